"""vCards: three versions to the same contacts, the real sample record by record, and cards that are broken."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.demo.truth import Peer, PhoneCall, SavedContact, SavedNumber
from ingest.demo.writers.vcard import VERSIONS, cards, write_cards
from parsers.contract import Limits
from parsers.errors import InputRefused
from tests.fakes.deliveries import (
    FEW,
    calls_of,
    claim_on,
    codes_of,
    contacts_of,
    is_balanced,
    read_content,
    read_path,
)
from tests.fakes.golden import golden_reading

CONTACTS = (
    SavedContact(key="a", name="Zaro", numbers=(SavedNumber("+44 7700 900123", "+447700900123", "Cell"),)),
    SavedContact(
        key="b",
        name="Jay; M\u00fcm, \U0001f525 \u0411\u0438\u0442 " + "long " * 20 + "end",
        numbers=(SavedNumber("07700 900456", "+447700900456", "Home"), SavedNumber("60777", None, "Work")),
        emails=("jay@example.org",),
    ),
    SavedContact(key="c", name=None, numbers=(SavedNumber("07700 900789", "+447700900789", "Cell"),)),
)


@pytest.mark.parametrize("version", VERSIONS)
def test_what_was_written_is_read(tmp_path: Path, version: str) -> None:
    result = read_path(write_cards(tmp_path / "c.vcf", CONTACTS, version))
    found = contacts_of(result)
    assert [contact.name for contact in found] == [contact.name for contact in CONTACTS]
    assert [[number.e164 for number in contact.numbers] for contact in found] == [
        ["+447700900123"],
        ["+447700900456", None],
        ["+447700900789"],
    ]
    assert [(number.label or "").lower() for number in found[1].numbers] == ["home", "work"]
    assert found[0].numbers[0].raw == ("tel:+44-7700-900123" if version == "4.0" else "+44 7700 900123")
    assert found[1].emails == ("jay@example.org",)
    assert result.notices == ()
    assert is_balanced(result)


def test_the_real_sample() -> None:
    result = golden_reading("vcard/contacts.vcf")
    assert [contact.name for contact in contacts_of(result)] == [
        "Sample Contact",
        "Yard Lawn Guy, Jose Lopez",
        "John Butler \U0001f31f\U0001f4ab\U0001f31f",
        "Airline Contact #'s",
        "James Peacock Elementary",
        "AAA Car Service",
    ]
    assert [len(contact.numbers) for contact in contacts_of(result)] == [1] * 6
    assert result.notices == ()


def test_a_call_list() -> None:
    calls = (
        PhoneCall(key="1", at=datetime(2024, 7, 8, 12, 0), call_type="missed", peer=Peer("07700900123", None, "Zaro")),  # noqa: DTZ001 - handsets write no zone
        PhoneCall(key="2", at=datetime(2024, 7, 8, 13, 0), call_type="outgoing", peer=Peer("07700900456")),  # noqa: DTZ001 (call lists of vCards state no zone)
        PhoneCall(key="3", at=datetime(2024, 7, 8, 13, 5), call_type="incoming", peer=Peer("07700900456")),  # noqa: DTZ001 (call lists of vCards state no zone)
    )
    for version in ("2.1", "3.0"):
        found = calls_of(read_content(cards((), version, calls)))
        assert [call.call_type.value for call in found] == ["missed", "outgoing", "incoming"]
        assert found[0].from_party is not None
        assert (found[0].from_party.e164, found[0].from_party.name) == ("+447700900123", "Zaro")
        assert (found[0].time.raw, found[0].time.utc) == ("20240708T120000", "2024-07-08T11:00:00.000Z")
        assert found[0].time.basis == "device_local"
        assert found[1].to[0].e164 == "+447700900456"


def card(*lines: str, version: str = "3.0") -> str:
    return "".join(f"{line}\r\n" for line in ("BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD"))


@pytest.mark.parametrize(
    ("lines", "version", "name"),
    [
        (["FN:Zaro\\, the\\; man\\nhere \\\\"], "3.0", "Zaro, the; man\nhere \\"),
        (["FN:a\\;b\\c"], "2.1", "a;b\\c"),
        (["N:Best;Zaro;Q;Mr;Jr"], "3.0", "Mr Zaro Q Best Jr"),
        (["N:Best\\;er;Zaro;;;"], "2.1", "Zaro Best;er"),
        (["FN:", "N:;Zaro;;;"], "3.0", "Zaro"),
        (["N:;;;;", "NICKNAME:Zed"], "3.0", "Zed"),
        (["ORG:Cabs;Night"], "3.0", "Cabs, Night"),
        (["fn:lower"], "3.0", "lower"),
        (["item1.FN:grouped"], "3.0", "grouped"),
        (["FN:Za", " ro", "\tx"], "3.0", "Zarox"),
        (["FN:Za", " ro"], "2.1", "Za ro"),
        (["FN;ENCODING=QUOTED-PRINTABLE:Caf=C3=A9 =", "noir"], "2.1", "Caf\u00e9 noir"),
        (["FN;QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Caf=E9"], "2.1", "Caf\u00e9"),
        (["FN;CHARSET=no-such-set:Zaro"], "2.1", "Zaro"),
        (["FN;CHARSET=hex:Zaro"], "2.1", "Zaro"),
        (["FN=:Zaro", "N:Best"], "2.1", "Best"),
    ],
)
def test_names(lines: list[str], version: str, name: str) -> None:
    (contact,) = contacts_of(read_content(card(*lines, version=version)))
    assert contact.name == name


@pytest.mark.parametrize(
    ("line", "raw", "e164", "label"),
    [
        ("TEL:07700900123", "07700900123", "+447700900123", None),
        ("TEL;CELL;VOICE;PREF:07700900123", "07700900123", "+447700900123", "CELL"),
        ("TEL;TYPE=CELL;TYPE=pref:07700900123", "07700900123", "+447700900123", "CELL"),
        ('TEL;VALUE=uri;PREF=1;TYPE="voice,home":tel:+44-7700-900123', "tel:+44-7700-900123", "+447700900123", "home"),
        ("TEL;TYPE=voice:60777", "60777", None, "voice"),
        ("item2.TEL:07700900123\r\nitem2.X-ABLabel:_$!<Mobile>!$_", "07700900123", "+447700900123", "Mobile"),
        ("TEL;type=CELL;waid=447700900123:+44 7700 900123", "+44 7700 900123", "+447700900123", "CELL"),
    ],
)
def test_numbers(line: str, raw: str, e164: str | None, label: str | None) -> None:
    (contact,) = contacts_of(read_content(card("FN:x", line)))
    (number,) = contact.numbers
    assert (number.raw, number.e164, number.label) == (raw, e164, label)


def test_what_is_beside_names_and_numbers() -> None:
    lines = [
        *("FN:Zaro", "N:Best;Zaro;;;", "IMPP;X-SERVICE-TYPE=Telegram:zaro_best", "NOTE:owes 20\\nask"),
        *("EMAIL:z@example.org", "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ", " AAAA", "", "X-ABUID:1"),
        *("AGENT:", "BEGIN:VCARD", "FN:Agent", "END:VCARD", "TEL:07700900123"),
    ]
    result = read_content(card(*lines))
    (contact,) = contacts_of(result)
    assert (contact.handles, contact.emails) == (("zaro_best",), ("z@example.org",))
    assert dict(contact.extra)["NOTE"] == "owes 20\nask"
    assert contact.numbers[0].raw == "07700900123"
    assert [text for name, text in contact.extra if name in {"FN", "AGENT"}] == ["FN:Agent"]
    assert {notice.subject: notice.count for notice in result.notices} == {"PHOTO of a card": 1}
    assert is_balanced(result)


@pytest.mark.parametrize("version", ["2.1", "3.0"])
def test_the_number_of_an_agent_is_not_the_contacts(version: str) -> None:
    agent = ("AGENT:", "BEGIN:VCARD", "FN:Mum", "TEL:07700900456", "EMAIL:m@example.org", "END:VCARD")
    first, second = contacts_of(read_content(card("FN:Jay", *agent, version=version) + card("TEL:07700900123")))
    assert (first.numbers, first.emails) == ((), ())
    assert dict(first.extra) == {"AGENT": "FN:Mum\nTEL:07700900456\nEMAIL:m@example.org"}
    assert second.numbers[0].raw == "07700900123"
    unended = contacts_of(read_content(card("FN:Jay", *agent[:-1]) + card("FN:Zaro")))
    assert [contact.name for contact in unended] == ["Jay", "Zaro"]


def test_a_call_list_keeps_what_a_card_says_besides() -> None:
    lines = ("N:Best;Jay;;;", "FN:Jay Best", "TEL;CELL:07700900123", "TEL:02079460123", "X-CALL-DURATION:35")
    calls = (
        "X-IRMC-CALL-DATETIME;MISSED:20240708T091530",
        "X-IRMC-CALL-DATETIME;X-IRMC-CALL-TYPE=DIALED:20241027T013000Z",
    )
    result = read_content(card(*lines, *calls))
    missed, made = calls_of(result)
    assert missed.extra == made.extra == (("TEL", "02079460123"), ("X-CALL-DURATION", "35"))
    assert (missed.call_type.value, missed.time.utc) == ("missed", "2024-07-08T08:15:30.000Z")
    assert (made.call_type.value, made.to[0].raw, made.time.utc) == (
        "outgoing",
        "07700900123",
        "2024-10-27T01:30:00.000Z",
    )
    assert is_balanced(result)


@pytest.mark.parametrize(
    "picture",
    [
        ("PHOTO;ENCODING=BASE64;TYPE=JPEG:/9j/4AAQSkZJRg", "AAQABAADEAFQAX", "ABAAD=", ""),
        ("PHOTO;JPEG;BASE64:/9j/4AAQSkZJRg", "AAQABAADEAFQAX", ""),
        ("PHOTO:data:image/jpeg;base64,/9j/4AAQSkZJRg==",),
    ],
)
def test_a_picture_is_counted_however_it_is_written(picture: tuple[str, ...]) -> None:
    result = read_content(card("FN:Jay", *picture, "NOTE:x", "TEL:1"))
    (contact,) = contacts_of(result)
    assert contact.extra == (("NOTE", "x"),)
    assert codes_of(result) == {"element_not_read": 1}


@pytest.mark.parametrize("version", ["2.1", "3.0"])
def test_what_is_folded_and_what_is_indented(version: str) -> None:
    note = "NOTE:" + "ring him on the other one when it is late or on the old one which is off" * 2
    (folded,) = contacts_of(read_content(card("FN:Jay", note, " TEL:07700900999", "TEL:1", version=version)))
    assert [number.raw for number in folded.numbers] == ["1"]
    assert "TEL:07700900999" in dict(folded.extra)["NOTE"]
    whole = "".join(f"  {line}\r\n" for line in card("FN:Jay", "TEL:1", "NOTE:x", " y", version=version).splitlines())
    (indented,) = contacts_of(read_content(whole))
    assert (indented.numbers[0].raw, dict(indented.extra)["NOTE"]) == ("1", "x y" if version == "2.1" else "xy")


def test_a_soft_break_before_the_next_property_costs_no_number() -> None:
    name = "N;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=4A=61=79="
    (contact,) = contacts_of(read_content(card(name, "TEL;CELL:07700900123", version="2.1")))
    assert (contact.name, contact.numbers[0].raw) == ("Jay", "07700900123")


def test_what_stands_behind_the_cards_is_counted() -> None:
    for behind, code in (("\0" * 300, "input_truncated"), ("BEGIN:VCALENDAR\r\n", "element_not_read")):
        result = read_content(card("FN:Jay") + behind)
        assert [contact.name for contact in contacts_of(result)] == ["Jay"]
        assert codes_of(result)[code] == 1


def test_bytes_that_are_no_text_are_replaced_and_named() -> None:
    broken = card("FN:Caf?", "TEL:1").encode().replace(b"?", b"\xe9\xff")
    first, second = contacts_of(result := read_content(broken + card("FN:Caf\u00e9", "TEL:2").encode()))
    assert (first.name, second.name) == ("Caf\ufffd", "Caf\u00e9")
    assert codes_of(result) == {"characters_replaced": 1}


def test_utf_16() -> None:
    assert contacts_of(read_content(card("FN:\u0411\u0438\u0442").encode("utf-16")))[0].name == "\u0411\u0438\u0442"


def test_cards_without_an_end() -> None:
    result = read_content("BEGIN:VCARD\nFN:one\nBEGIN:VCARD\nFN:two\nEND:VCARD\nloose\nBEGIN:VCARD\nFN:thr")
    assert [contact.name for contact in contacts_of(result)] == ["one", "two", "thr"]
    assert codes_of(result) == {
        "card_unended": 1,
        "element_not_read": 1,
        "input_truncated": 1,
        "end_unmarked": 1,
    }
    assert result.state == "partial"
    assert is_balanced(result)


def test_a_line_that_is_no_property_is_named() -> None:
    result = read_content(card("FN:x", "something else", "TEL:1"))
    assert codes_of(result) == {"element_unreadable": 1}
    assert len(contacts_of(result)[0].numbers) == 1


def test_a_card_larger_than_the_limit_costs_no_other() -> None:
    content = card("FN:one", "NOTE:" + "x" * 3000) + card("FN:two")
    result = read_content(content, limits=Limits(text_chars=2_000))
    assert [contact.name for contact in contacts_of(result)] == ["two"]
    assert codes_of(result) == {"element_unreadable": 1}


@pytest.mark.parametrize("content", ["BEGIN:VCALENDAR\nBEGIN:VCARD\nEND:VCARD\n", "FN:x\n", "BEGIN:VCALENDAR\n"])
def test_what_is_no_card_is_not_claimed(content: str) -> None:
    with pytest.raises(InputRefused):
        claim_on(content)


@FEW
@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x00"), min_size=1), st.sampled_from(VERSIONS))
def test_any_name_goes_round(name: str, version: str) -> None:
    if version == "2.1" and ("\\" in name or not name.isprintable()):
        return
    contact = SavedContact(key="a", name=name, numbers=(SavedNumber("07700900123"),))
    (found,) = contacts_of(read_content(cards([contact], version)))
    assert (found.name or name) == name
    assert (found.name is None) == (not name.strip())


@FEW
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=4), st.sampled_from(VERSIONS))
def test_any_change_is_a_record_or_a_notice(place: int, octets: bytes, version: str) -> None:
    content = bytearray(cards(CONTACTS, version))
    place %= len(content)
    content[place : place + len(octets)] = octets
    try:
        result = read_content(bytes(content))
    except InputRefused:
        return
    assert is_balanced(result)
    assert "reader_failed" not in codes_of(result)


@FEW
@given(st.lists(st.text(max_size=40), max_size=10))
def test_any_lines_in_a_card_are_read(lines: list[str]) -> None:
    try:
        result = read_content(card("FN:x", *lines).encode("utf-8", "replace"))
    except InputRefused:
        # zeros among so few octets are no text's
        assert any("\0" in line for line in lines)
        return
    assert is_balanced(result)
    assert "reader_failed" not in codes_of(result)


@pytest.mark.parametrize("version", ["2.1", "4.0"])
def test_the_made_fixtures(version: str) -> None:
    result = golden_reading(f"vcard/made_{version}.vcf")
    assert (len(contacts_of(result)), len(calls_of(result))) == (4, 1)
    assert is_balanced(result)


def _card(name: bytes, number: str, parameters: bytes = b"") -> bytes:
    lines = (b"BEGIN:VCARD", b"VERSION:2.1", b"FN%b:%b" % (parameters, name), b"TEL;CELL:%b" % number.encode())
    return b"\r\n".join((*lines, b"END:VCARD", b""))


def test_a_file_in_a_code_page_that_it_does_not_state_is_read_and_named() -> None:
    content = _card("Zo\u00eb".encode("cp1252"), "07700900123") + _card(b"Jay", "07700900124")
    content += _card(b"J=F6rg", "07700900125", b";ENCODING=QUOTED-PRINTABLE")
    result = read_content(content, "c.vcf")
    assert [contact.name for contact in contacts_of(result)] == ["Zo\u00eb", "Jay", "J\u00f6rg"]
    assert codes_of(result) == {"encoding_assumed": 1}
    assert [notice.subject for notice in result.notices] == ["Windows-1252"]


@pytest.mark.parametrize(
    "content",
    [
        _card("Zo\u00eb".encode("cp1252"), "07700900123") + _card("Zo\u00eb".encode(), "07700900124"),
        _card(b"Zo\xeb", "07700900123", b";CHARSET=UTF-8"),
        _card(b"Jay", "07700900123") + _card("Zo\u00eb".encode(), "07700900124")[:-40],
    ],
    ids=["other cards are UTF-8", "the set is stated", "the end is cut off"],
)
def test_no_code_page_is_assumed_where_something_speaks_against_it(content: bytes) -> None:
    result = read_content(content, "c.vcf")
    assert "encoding_assumed" not in codes_of(result)


def test_a_card_whose_beginning_is_lost_is_read_and_named() -> None:
    broken = card("FN:Kay", "TEL:07700900124").replace("BEGIN:VCARD", "#" * 11)
    lost = card("FN:Jay", "TEL:07700900123") + broken + card("FN:Lee", "TEL:07700900125")
    result = read_content(lost)
    assert [contact.name for contact in contacts_of(result)] == ["Jay", "Kay", "Lee"]
    assert codes_of(result)["card_unbegun"] == 1
    assert is_balanced(result)


def test_lines_outside_cards_are_no_card_without_an_end() -> None:
    result = read_content(card("FN:Jay") + "TEL:07700900123\n" + card("FN:Kay") + "loose\n")
    assert [contact.name for contact in contacts_of(result)] == ["Jay", "Kay"]
    assert "card_unbegun" not in codes_of(result)
    assert sum(notice.count for notice in result.notices if notice.code == "element_not_read") == 2


def test_a_version_that_stands_twice_is_that_of_a_card_whose_beginning_is_lost() -> None:
    first = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zaro\r\nTEL:07700900123\r\n"
    second = "VERSION:3.0\r\nFN:Jay\r\nTEL:07700900456\r\nEND:VCARD\r\n"
    result = read_content(first + second)
    assert [contact.name for contact in contacts_of(result)] == ["Zaro", "Jay"]
    assert codes_of(result)["card_unbegun"] == 1
    twice = "BEGIN:VCARD\r\nVERSION:3.0\r\nVERSION:3.0\r\nFN:Jay\r\nEND:VCARD\r\n"
    assert [contact.name for contact in contacts_of(read_content(twice))] == ["Jay"]


@pytest.mark.parametrize("begun", ["B", "BEG", "begin:", "BEGIN : VCA", "BEGIN:VCAR"])
def test_a_file_that_ends_inside_the_beginning_of_a_card_is_cut_off(begun: str) -> None:
    result = read_content(card("FN:one") + begun)
    assert codes_of(result) == {"element_not_read": 1, "input_truncated": 1}
    assert result.state == "partial"
    assert codes_of(read_content(card("FN:one") + begun + "\n")) == {"element_not_read": 1}


@pytest.mark.parametrize("behind", ["", "loose", "ND", "BEGINNING"])
def test_a_file_that_merely_lacks_its_last_line_end_is_not_cut_off(behind: str) -> None:
    content = card("FN:one") + behind if behind else card("FN:one").rstrip()
    assert codes_of(read_content(content)) == {"end_unmarked": 1} | ({"element_not_read": 1} if behind else {})
