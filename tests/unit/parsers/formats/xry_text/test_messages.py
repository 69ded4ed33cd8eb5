"""Messages: parties, directions, states, services; raw beside what is made of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.contract import Sidecar
from parsers.records.values import Party
from tests.unit.parsers.formats.xry_text.export_text import (
    AT,
    E164,
    PEER,
    bodies_of,
    codes,
    entity,
    export,
    message,
    messages_of,
    read_bytes,
    read_text,
    stored,
)


def test_a_key_in_front_of_the_text_is_read_however_it_is_spaced(tmp_path: Path) -> None:
    heads = ("From\nTel:\t07700900123", "  From\n  Tel:   07700900456")
    texts = (message(number, "hello", head=head) for number, head in enumerate(heads, 1))
    found = messages_of(read_text(tmp_path, export(*texts)))
    assert [each.from_party.raw for each in found if each.from_party] == ["07700900123", "07700900456"]


def test_a_message_whole(tmp_path: Path) -> None:
    lines = f"From\nTel:\t{PEER}\nName (Matched):\tK1"
    tail = (
        "Time:\t13/09/2023 18:45:00 (Network)\nStatus:\tRead\nType:\tDeliver\nStorage:\tSIM\nIndex:\t1\n"
        "Folder:\tInbox\nService Center:\t+447785016005"
    )
    (only,) = messages_of(read_text(tmp_path, export(message(1, "u about? \U0001f44d", head=lines, tail=tail))))
    assert only.body == "u about? \U0001f44d"
    assert only.from_party == Party(PEER, E164, "K1")
    assert (only.to, only.service, only.direction, only.direction_basis) == ((), "sms", "incoming", "type")
    assert (only.status, only.folder, only.smsc, only.listing) == ("Read", "Inbox", "+447785016005", "sim")
    assert only.time.raw == "13/09/2023 18:45:00 (Network)"
    assert only.extra == (("Type", "Deliver"), ("Storage", "SIM"), ("Index", "1"))
    assert only.source.locator == "Messages 1, line 6"
    assert only.deleted == "unknown"


@pytest.mark.parametrize(
    ("head", "tail", "direction", "basis"),
    [
        ("From\nTel:\t1", "Folder:\tDrafts\nStatus:\tUnsent", "draft", "folder"),
        ("To\nTel:\t1", "Type:\tDraft", "draft", "type"),
        ("To\nTel:\t1", "Status:\tSending failed\nFolder:\tOutbox", "outgoing", "status"),
        ("To\nTel:\t1", "Status:\tUnsent\nFolder:\tOutbox", "outgoing", "status"),
        ("Tel:\t1", "Direction:\tIncoming\nType:\tSubmit", "incoming", "direction"),
        ("Tel:\t1", "Type:\tDeliver\nFolder:\tSent", "incoming", "type"),
        ("Tel:\t1", "Type:\tOutgoing", "outgoing", "type"),
        ("From\nTel:\t1", "Folder:\tSent", "incoming", "party_role"),
        ("To\nTel:\t1", "Folder:\tInbox", "outgoing", "party_role"),
        ("From:\t07700 900456", "", "incoming", "party_role"),
        ("Tel:\t1", "Folder:\tInbox\nStatus:\tSent", "incoming", "folder"),
        ("Tel:\t1", "Status:\tUnread", "incoming", "status"),
        ("Tel:\t1", "Status:\tSent", "outgoing", "status"),
        ("Participant\nTel:\t1", "", "unknown", None),
        ("From\nTel:\t1", "Type:\tStatus Report", "unknown", None),
        ("From\nTel:\t1", "Type:\tStatus Report\nDirection:\tIncoming", "incoming", "direction"),
    ],
)
def test_directions(tmp_path: Path, head: str, tail: str, direction: str, basis: str | None) -> None:
    (only,) = messages_of(read_text(tmp_path, export(message(1, "x", head=head, tail=tail))))
    assert (only.direction, only.direction_basis) == (direction, basis)


@pytest.mark.parametrize(
    ("stated", "status", "deleted"),
    [
        ("Deleted:\tYes", "Read", "deleted"),
        ("Deleted:\tNo", "Read", "intact"),
        ("Deleted:\tmaybe", "Read", "unknown"),
        ("Index:\t1", "Deleted", "deleted"),
        ("Index:\t1", "Read", "unknown"),
    ],
)
def test_deletion_is_what_the_report_says(tmp_path: Path, stated: str, status: str, deleted: str) -> None:
    (only,) = messages_of(read_text(tmp_path, export(message(1, "x", tail=f"Status:\t{status}\n{stated}"))))
    assert only.deleted == deleted


def test_several_recipients(tmp_path: Path) -> None:
    head = "\n".join(f"To\nTel:\t0770090012{digit}\nName (Matched):\tN{digit}" for digit in range(3))
    (only,) = messages_of(read_text(tmp_path, export(message(1, "x", head=head, tail="Type:\tSubmit"))))
    assert [(each.raw, each.name) for each in only.to] == [(f"0770090012{n}", f"N{n}") for n in range(3)]
    repeated = "To\nTel:\t07700900120\nTel:\t07700900121"
    (only,) = messages_of(read_text(tmp_path, export(message(1, "x", head=repeated, tail="Type:\tSubmit"))))
    assert [each.raw for each in only.to] == ["07700900120", "07700900121"]


@pytest.mark.parametrize(
    ("head", "party"),
    [
        ("From\nTel:\tSunCell", Party("SunCell")),
        ("From\nTel:\t60777", Party("60777")),
        ("From\nTel:\t+7588", Party("+7588")),
        ("From\nTel:\tPrivate", Party("Private")),
        ("From\nTel:\t07700 900456\nNumber:\t+447700900456", Party("07700 900456", E164)),
        ("From\nTel:\t07700 900456\nName:\tJay\nName (Matched):\tJ", Party("07700 900456", E164, "Jay")),
        ("From\nName:\tJay", Party(name="Jay")),
        ("From:\t+44 7700 900456", Party("+44 7700 900456", E164)),
        ("From:\tJay", Party(name="Jay")),
        ("From:\tJay\nTel:\t07700 900456", Party("07700 900456", E164, "Jay")),
        ("From:\t+447700900456\nName (Matched):\tJay", Party("+447700900456", E164, "Jay")),
        ("Tel:\t07700 900456\nName (Matched):\tJay", Party("07700 900456", E164, "Jay")),
        ("Participant\nTel:\t07700 900456", Party("07700 900456", E164)),
        ("  FROM  \n   tel:\t07700 900456", Party("07700 900456", E164)),
    ],
)
def test_the_sender(tmp_path: Path, head: str, party: Party) -> None:
    (only,) = messages_of(read_text(tmp_path, export(message(1, "x", head=head, tail="Type:\tDeliver"))))
    assert only.from_party == party
    assert only.to == ()


def test_the_owners_own_number_is_marked(tmp_path: Path) -> None:
    head = f"From\nTel:\t+447700900100\nTo\nTel:\t{PEER}"
    text = export(message(1, "x", head=head, tail="Status:\tSent"))
    (only,) = messages_of(read_text(tmp_path, text, sidecar=Sidecar(owner_number="07700 900100")))
    assert only.from_party == Party("+447700900100", "+447700900100", is_owner=True)
    assert [each.raw for each in only.to] == [PEER]
    assert only.direction == "outgoing"


def test_no_text_is_not_an_empty_one(tmp_path: Path) -> None:
    result = read_text(tmp_path, export(message(1, None), message(2, "")))
    assert bodies_of(result) == [None, ""]


@pytest.mark.parametrize(
    ("view", "tail", "service"),
    [
        ("Messages/SMS", "Status:\tRead", "sms"),
        ("Messages/MMS", "Status:\tRead", "mms"),
        ("Messages", "Status:\tRead", "sms"),
        ("Messages/Chat", "Related Application:\tWhatsApp Messenger", "whatsapp"),
        ("Messages/Chat", "Status:\tRead", None),
        ("Messages/Viber", "Status:\tRead", "viber"),
        ("messages/sms", "Related Application:\tPhone", "sms"),
    ],
)
def test_services(tmp_path: Path, view: str, tail: str, service: str | None) -> None:
    (only,) = messages_of(read_text(tmp_path, export(message(1, "x", tail=tail), view=view)))
    assert only.service == service


@pytest.mark.parametrize(
    ("view", "source", "service"),
    [
        ("Messages/Chat", "Signal", "signal"),
        ("Messages/Chat", "msgstore.db", None),
        ("Messages/SMS", "Signal", "sms"),
    ],
)
def test_a_source_is_the_service_where_it_is_an_application(
    tmp_path: Path, view: str, source: str, service: str | None
) -> None:
    head = f"Source:\t{source}\nFrom\nTel:\t{PEER}"
    (only,) = messages_of(read_text(tmp_path, export(message(1, "x", head=head), view=view)))
    assert (only.service, ("Source", source) in only.extra) == (service, True)


def test_mail_is_not_read_and_said(tmp_path: Path) -> None:
    result = read_text(tmp_path, export(message(1, "x"), message(2, "y"), view="Messages/E-mail"))
    assert not result.records
    assert codes(result) == {"element_not_read": 2}
    assert result.state == "complete"


def test_the_case_in_the_header(tmp_path: Path) -> None:
    result = read_text(tmp_path, export(message(1, "x"), case="Case: OP HAZEL"))
    assert (result.parts[0].case_ref, result.parts[0].exhibit_ref, result.parts[0].tool) == (
        *("OP HAZEL", None),
        "MSAB XRY",
    )
    result = read_text(tmp_path, export(message(1, "x"), case="Exhibit reference: HW/7"))
    assert result.parts[0].exhibit_ref == "HW/7"
    result = read_text(tmp_path, export(message(1, "x"), case="something else"))
    assert result.parts[0].case_ref is None


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-16-le", "\ufeff"), ("utf-16-be", "\ufeff"), ("utf-8", "\ufeff"), ("utf-16-le", ""), ("utf-8", "")],
)
@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_encodings_and_line_ends(tmp_path: Path, encoding: str, mark: str, line_end: str) -> None:
    bodies = ["gr\u00fc\u00df \U0001f600", "two\nlines", "\u05e9\u05dc\u05d5\u05dd \u202epay\u202c\u200b"]
    text = export(*(message(number, body) for number, body in enumerate(bodies, 1)))
    result = read_bytes(tmp_path, stored(text, encoding, line_end, mark))
    assert bodies_of(result) == bodies
    assert messages_of(result)[0].from_party == Party(PEER, E164)


@pytest.mark.parametrize("character", ["\u2028", "\x0b", "\x0c", "\x1c", "\x85", "\u2029", "\x00", "\x07", "\ufeff"])
def test_what_python_would_split_at_or_swallow_stays(tmp_path: Path, character: str) -> None:
    body = f"one{character}two"
    assert bodies_of(read_text(tmp_path, export(message(1, body), message(2, "x")))) == [body, "x"]


def test_what_cannot_be_text_is_one_replaced_character_each(tmp_path: Path) -> None:
    raw = stored(export(message(1, "a@b@"), message(2, "fine"))).replace("@".encode("utf-16-le"), b"\x3d\xd8")
    result = read_bytes(tmp_path, raw)
    assert bodies_of(result) == ["a\ufffdb\ufffd", "fine"]
    assert messages_of(result)[0].body_notices == ("replaced_characters",)
    assert messages_of(result)[1].body_notices == ()
    assert codes(result)["characters_replaced"] == 2
    raw = stored(export(message(1, "a@b"), message(2, "\ufffd")), "utf-8").replace(b"@", b"\xff\xfe\xff")
    result = read_bytes(tmp_path, raw)
    assert bodies_of(result) == ["a\ufffdb", "\ufffd"]
    assert [each.body_notices for each in messages_of(result)] == [("replaced_characters",), ()]


def test_two_equal_texts_of_one_list_are_two_facts(tmp_path: Path) -> None:
    result = read_text(tmp_path, export(message(1, "x"), message(2, "x")))
    assert all(each.duplicate_of is None for each in messages_of(result))


def test_a_text_on_the_handset_and_on_the_card_is_one_fact(tmp_path: Path) -> None:
    card = message(2, "x", tail="Time:\t13/09/2023 18:45:00 (Network)\nType:\tDeliver\nStorage:\tSIM")
    first, second = messages_of(read_text(tmp_path, export(message(1, "x"), card)))
    assert (first.duplicate_of, second.duplicate_of) == (None, first.record_id)


def test_lines_that_belong_to_no_key_are_kept(tmp_path: Path) -> None:
    head = "something odd\nFrom\nTel:\t07700 900456"
    (only,) = messages_of(read_text(tmp_path, export(message(1, "x", head=head))))
    assert ("line without key", "something odd") in only.extra
    assert only.body == "x"


def test_an_entity_without_anything_is_named(tmp_path: Path) -> None:
    result = read_text(tmp_path, export("Messages #\t1", message(2, "x")))
    assert bodies_of(result) == ["x"]
    assert codes(result)["element_unreadable"] == 1
    (rows,) = result.tally.values()
    assert (rows["message"].seen, rows["message"].noticed) == (2, 1)


def test_an_account_name_is_the_party_of_an_application(tmp_path: Path) -> None:
    account = "447700900456@s.whatsapp.net"
    tail = "Related Application:\tWhatsApp\nDirection:\tIncoming"
    texts = [
        message(1, "on", head=f"From\nName:\tJay\nAccount Name:\t{account}", tail=tail),
        message(2, "ok", head=f"From\nTel:\t{PEER}\nAccount Name:\tjay_77", tail=tail),
    ]
    first, second = messages_of(read_text(tmp_path, export(*texts)))
    assert first.from_party == Party(account, "+447700900456", "Jay")
    assert second.from_party is not None
    assert second.from_party.raw == PEER
    assert ("Account Name", "jay_77") in second.extra


@pytest.mark.parametrize(
    ("head", "raw", "e164"),
    [
        ("From\nName:\tJay\nAccount:\t447700900456@s.whatsapp.net", "447700900456@s.whatsapp.net", E164),
        ("From\nUser Name:\tjaysnap99\nName:\tJay", "jaysnap99", None),
        (f"From\nTel:\t{PEER}\nName:\tJay\nAccount:\tjay_77", PEER, E164),
        # Nothing says whose these are: an application, a message, the owner of the handset.
        ("From\nName:\tJay\nAccount:\tWhatsApp", None, None),
        ("From\nName:\tJay\nIdentifier:\t4711", None, None),
        ("From\nName:\tJay\nLabel:\tx\nAccount:\tme_99", None, None),
    ],
)
def test_an_account_right_behind_its_side_is_the_party(
    tmp_path: Path, head: str, raw: str | None, e164: str | None
) -> None:
    tail = "Related Application:\tWhatsApp\nDirection:\tIncoming"
    (only,) = messages_of(read_text(tmp_path, export(message(1, "on", head=head, tail=tail))))
    assert only.from_party == Party(raw, e164, "Jay")


KEPT_IN = ("Phone", "Unknown", "N/A", "Personal", "Local", "SIM 1", "SIM1", "Device", "iPhone12", "Google", "user_1")
KEPT_IN += ("Samsung account", "vnd.sec.contact.phone", "com.android.contacts2", "WhatsApp (Business)", "Office365")


@pytest.mark.parametrize("value", KEPT_IN)
@pytest.mark.parametrize("key", ["Account", "User Name"])
def test_what_keeps_a_contact_is_no_party(tmp_path: Path, key: str, value: str) -> None:
    head, tail = f"From\nName:\tJay\n{key}:\t{value}", "Related Application:\tWhatsApp\nDirection:\tIncoming"
    (only,) = messages_of(read_text(tmp_path, export(message(1, "on", head=head, tail=tail))))
    assert only.from_party == Party(name="Jay")
    assert (key, value) in only.extra


@pytest.mark.parametrize("tail", ["Direction:\tIncoming", "Related Application:\tSMS\nDirection:\tIncoming"])
def test_an_account_beside_a_text_of_the_handset_is_no_party(tmp_path: Path, tail: str) -> None:
    head = "From\nName:\tJay\nAccount:\tjay_77@example.org"
    (only,) = messages_of(read_text(tmp_path, export(message(1, "on", head=head, tail=tail))))
    assert only.from_party == Party(name="Jay")


def test_an_account_that_is_a_number_goes_before_others(tmp_path: Path) -> None:
    head = "From\nUser Name:\tjay_77\nAccount:\t447700900456@s.whatsapp.net"
    tail = "Related Application:\tWhatsApp\nDirection:\tIncoming"
    (only,) = messages_of(read_text(tmp_path, export(message(1, "on", head=head, tail=tail))))
    assert only.from_party == Party("447700900456@s.whatsapp.net", E164)
    assert ("User Name", "jay_77") in only.extra


def test_an_account_behind_the_text_is_nobodys(tmp_path: Path) -> None:
    tail = "Direction:\tIncoming\nAccount:\tme_99"
    (only,) = messages_of(read_text(tmp_path, export(message(1, "on", head="From\nName:\tJay", tail=tail))))
    assert only.from_party == Party(name="Jay")
    assert ("Account", "me_99") in only.extra


def test_a_side_as_a_key_may_hold_number_and_name(tmp_path: Path) -> None:
    head = "From:\tJay (447700900456@s.whatsapp.net)\nTo:\tLocal User"
    (only,) = messages_of(read_text(tmp_path, export(message(1, "on", head=head, tail="Direction:\tIncoming"))))
    assert only.from_party == Party("447700900456@s.whatsapp.net", "+447700900456", "Jay")
    assert only.to == (Party(name="Local User", is_owner=True),)


@pytest.mark.parametrize("head", ["To:\t07700900457; 07700900458", "To\nTel:\t07700900457, 07700900458"])
def test_several_numbers_in_one_value(tmp_path: Path, head: str) -> None:
    (record,) = messages_of(read_text(tmp_path, export(message(1, "hi", head=head, tail="Type:\tSubmit"))))
    assert [party.e164 for party in record.to] == ["+447700900457", "+447700900458"]


@pytest.mark.parametrize(
    ("written", "e164", "name"),
    [
        ("07700 900456 (Mobile)", "+447700900456", None),
        ("Mobile: 07700 900456", "+447700900456", None),
        ("07700 900456 (Jay)", "+447700900456", "Jay"),
        ("07700 900456 [SIM 1]", "+447700900456", None),
        ("Jay", None, None),
        ("24/7 Jay", None, None),
        ("85075", None, None),
    ],
)
@pytest.mark.parametrize("key", ["From\nTel", "Tel", "Number", "From"])
def test_a_number_with_words_beside_it(
    tmp_path: Path, written: str, e164: str | None, name: str | None, key: str
) -> None:
    """It stays as written; what says what kind of number it is names nobody."""
    texts = (message(1, "hi", head=f"{key}:\t{written}", tail="Type:\tDeliver"),)
    texts += (message(2, "hi", head=f"{key}:\t{written}\nName (Matched):\tKay", tail="Type:\tDeliver"),)
    alone, named = (each.from_party for each in messages_of(read_text(tmp_path, export(*texts))))
    assert alone is not None
    assert named is not None
    assert (alone.e164, named.e164) == (e164, e164)
    if e164 is not None:
        assert (alone.name, named.name) == (name, name or "Kay")
    if key != "From":
        assert (alone.raw, named.raw) == (written, written)


def test_the_path_of_an_attachment_is_kept(tmp_path: Path) -> None:
    text = message(1, "hi", "Attachment:\tMMS\\7\\img.jpg")
    (record,) = messages_of(read_text(tmp_path, export(text)))
    assert [each.name for each in record.attachments] == ["img.jpg"]
    assert ("Attachment", "MMS\\7\\img.jpg") in record.extra


@pytest.mark.parametrize(
    ("view", "code"),
    [
        ("Nachrichten/SMS", "list_in_other_language"),
        ("Meddelanden/SMS", "list_in_other_language"),
        ("Anrufe", "list_in_other_language"),
        ("Kontakty/Kontakty", "list_in_other_language"),
        ("Messages/E-mail", "element_not_read"),
        ("Web/Bookmarks", "element_not_read"),
        ("Files/Pictures", "element_not_read"),
    ],
)
def test_a_list_in_another_language_is_missing(tmp_path: Path, view: str, code: str) -> None:
    text = export(entity(view.partition("/")[0], 1, ("Tel", "07700 900456"), ("Text", "hi")), view=view)
    assert codes(read_text(tmp_path, text))[code] == 1


def test_entities_under_a_name_of_a_view_that_is_none_are_missing(tmp_path: Path) -> None:
    result = read_text(tmp_path, export(message(1, "hi"), view="ssages/S"))
    assert codes(result)["element_unreadable"] == 1
    mail = read_text(tmp_path, export(message(1, "hi"), view="Messages/E-mail"))
    assert codes(mail)["element_not_read"] == 1


@pytest.mark.parametrize(("first", "second"), [("Number", "Tel"), ("Tel", "Number"), ("Tel", "Tel")])
def test_a_second_number_of_the_sender_is_no_recipient(tmp_path: Path, first: str, second: str) -> None:
    head = f"From\n{first}:\t07700900930\n{second}:\t07700900931"
    (only,) = messages_of(read_text(tmp_path, export(message(1, "hello", head=head))))
    assert (only.from_party, only.to) == (Party("07700900930", "+447700900930"), ())
    assert ("From", "07700900931") in only.extra


def test_numbers_of_several_recipients_are_theirs(tmp_path: Path) -> None:
    head = "To\nNumber:\t07700900930\nTel:\t07700900931"
    (only,) = messages_of(read_text(tmp_path, export(message(1, "hello", head=head, tail=f"Time:\t{AT}"))))
    assert [party.e164 for party in only.to] == ["+447700900930", "+447700900931"]


@pytest.mark.parametrize(
    ("label", "name", "number"),
    [("\U0001f525 07700 900339", "\U0001f525", "07700 900339"), ("Zed 0044 7700 900339", "Zed", "0044 7700 900339")],
)
def test_the_number_behind_a_name_is_the_partys(tmp_path: Path, label: str, name: str, number: str) -> None:
    (only,) = messages_of(read_text(tmp_path, export(message(1, "hello", head=f"From:\t{label}"))))
    assert only.from_party == Party(number, "+447700900339", name)
