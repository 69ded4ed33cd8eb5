"""Gammu's backups: older and newer forms to the same records, long texts joined, and what is cut off says so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.demo.truth import Handset, Holding, Peer, SavedContact, SavedNumber, TextMessage, Travel
from ingest.demo.writers.gammu import backup_text, smsbackup_text, write_backup, write_smsbackup
from parsers.errors import InputRefused
from parsers.records.facts import Device
from tests.fakes.deliveries import (
    FEW,
    bodies_of,
    claim_on,
    codes_of,
    contacts_of,
    is_balanced,
    messages_of,
    others_of,
    read_content,
    read_path,
)

AT = datetime(2024, 2, 5, 12, 0, 5, tzinfo=UTC)
SUMMER = datetime(2024, 7, 8, 12, 0, 5, tzinfo=timezone(timedelta(hours=1)))
PEER = Peer("+447700900123", "+447700900123", "Jay")
TEXTS = (
    TextMessage(key="1", at=AT, travel=Travel.IN, peers=(PEER,), body="u about; \\ \u20ac \U0001f44d\r\nnow"),
    TextMessage(key="2", at=SUMMER, travel=Travel.IN, peers=(Peer("SunCell"),), body="Top up. " * 30, status="unread"),
    TextMessage(key="3", at=None, travel=Travel.OUT, peers=(Peer("07700900456", "+447700900456"),), body="5 mins"),
    TextMessage(key="4", at=None, travel=Travel.DRAFT, peers=(PEER,), body="on tonight"),
)  # fmt: skip
PHONE = Holding(
    handset=Handset(make="Nokia", model="6300", imei=("356943000000013",)),
    read_at=AT,
    contacts=(
        SavedContact(
            key="a",
            name='Rico \u20ac \u0411 "R" \\',
            numbers=(
                SavedNumber("+447700900123", "+447700900123"),
                SavedNumber("07700900456", "+447700900456", "Home"),
            ),
            emails=("rico@example.org",),
        ),
        SavedContact(key="b", name="TopUp", numbers=(SavedNumber("60777", None, "General"),), on_sim=True),
    ),
)  # fmt: skip


@pytest.mark.parametrize("is_legacy", [False, True])
def test_texts_are_read(tmp_path: Path, *, is_legacy: bool) -> None:
    result = read_path(write_smsbackup(tmp_path / "x.smsbackup", TEXTS, is_legacy=is_legacy))
    found = messages_of(result)
    assert [message.body for message in found] == [text.body for text in TEXTS]
    assert [message.direction.value for message in found] == ["incoming", "incoming", "outgoing", "outgoing"]
    assert [message.status for message in found] == ["Read", "UnRead", "Sent", "UnSent"]
    assert {message.direction_basis for message in found} == {"status" if is_legacy else "message_type"}
    first, word, sent, _ = found
    assert first.from_party is not None
    assert (first.from_party.raw, first.from_party.e164, first.from_party.name) == (
        "+447700900123",
        "+447700900123",
        "Jay",
    )
    assert (first.smsc, first.folder) == ("+447785016005", "1")
    assert (first.time.raw, first.time.utc, first.time.basis) == (
        "20240205T120005Z",
        "2024-02-05T12:00:05.000Z",
        "stated_utc",
    )
    assert word.from_party is not None
    assert (word.from_party.raw, word.from_party.e164) == ("SunCell", None)
    assert (word.time.raw, word.time.utc) == ("20240708T120005", "2024-07-08T11:00:05.000Z")
    assert word.time.basis == "assumed_zone"
    assert "joined_parts" in word.body_notices
    assert [party.e164 for party in sent.to] == ["+447700900456"]
    assert set(codes_of(result)) == {"zone_assumed"}
    assert is_balanced(result)


@pytest.mark.parametrize("is_unicode", [False, True])
def test_a_backup_is_read(tmp_path: Path, *, is_unicode: bool) -> None:
    result = read_path(write_backup(tmp_path / "x.backup", PHONE, is_unicode=is_unicode))
    first, second = contacts_of(result)
    assert (first.name, first.emails, first.stored_in) == ('Rico \u20ac \u0411 "R" \\', ("rico@example.org",), "phone")
    assert [(number.raw, number.e164, number.label) for number in first.numbers] == [
        ("+447700900123", "+447700900123", "Mobile"),
        ("07700900456", "+447700900456", "Home"),
    ]
    assert (second.name, second.stored_in, second.numbers[0].e164) == ("TopUp", "sim", None)
    (device,) = others_of(result)
    assert isinstance(device, Device)
    assert (device.imei, device.model) == (("356943000000013",), "Nokia 6300")
    (part,) = result.parts
    assert (part.imei, part.format_version, part.extracted_at) == (
        ("356943000000013",),
        "1.06",
        "2024-02-05T12:00:05.000Z",
    )
    assert codes_of(result) == {}
    assert is_balanced(result)


def test_the_older_form_of_one_section() -> None:
    content = (
        '\n[SMSBackup00]\n;\nSMSC = "+447785016005"\nSent = 20070605T135630\nState = Read\nNumber = "+447700900123"\n'
        "Coding = Default\nText00 = 00540068\nText01 = 00690073\n"
    )
    (message,) = messages_of(read_content(content))
    assert (message.body, message.time.utc) == ("This", "2007-06-05T12:56:30.000Z")


def test_status_reports_data_and_details() -> None:
    of_jay = 'State = Read\nNumber = "+447700900123"\n'
    content = (
        f"[SMSBackup000]\nPDU = Status_Report\n{of_jay}Text00 = 00410000\nCoding = 8bit\n"
        f"[SMSBackup001]\nPDU = Deliver\n{of_jay}Text00 = 000102FF\nCoding = 8bit\nClass = 1\n"
        f"[SMSBackup002]\nPDU = Deliver\n{of_jay}UDH = 06050423F40000\nText00 = 0041\n"
        f"[SMSBackup003]\nPDU = Deliver\n{of_jay}UDH = 0003070201\nText00 = 0041\n"
        "[Calendar1]\nType = Memo\n"
    )
    result = read_content(content)
    data, part = messages_of(result)
    assert (data.body, dict(data.extra)) == (None, {"Class": "1", "user_data": "000102ff"})
    assert part.body == "A[part 2 missing]"
    counts = {notice.subject: notice.count for notice in result.notices if notice.code == "element_not_read"}
    assert counts == {"SMS status report": 1, "SMS to port 9204": 1, "section Calendar": 1}
    assert is_balanced(result)


def section(number: int, body: str, *more: str, coding: str = "Default_No_Compression", filling: int = 0) -> str:
    """Return a text as Gammu writes it; the codes of a character of the extension table count twice."""
    digits = body.encode("utf-16-be").hex().upper() + "0000" * filling
    pieces = [
        f"Text{place:02} = {digits[start : start + 200]}" for place, start in enumerate(range(0, len(digits), 200))
    ]
    lines = [
        f"[SMSBackup{number:03}]", "PDU = Deliver", "State = Read", 'Number = "+447700900123"', *pieces,
        f"Coding = {coding}", f"Length = {len(body) + filling}", "ReplySMSC = False", *more, "MessageReference = 0", "",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def test_what_gammu_fills_a_text_up_with_is_no_text() -> None:
    parts = [
        section(place, body, f"UDH = 0500030702{place + 1:02}", filling=3)
        for place, body in enumerate(("\u20ac5 [", "] now"))
    ]
    result = read_content("".join([*parts, section(2, "~ ok", filling=1)]))
    assert bodies_of(result) == ["\u20ac5 [] now", "~ ok"]
    assert codes_of(result) == {}
    assert bodies_of(read_content(section(0, "a\0", coding="Unicode_No_Compression"))) == ["a\0"]


def test_a_text_that_lacks_a_piece_says_so() -> None:
    whole = section(0, "x" * 130)
    result = read_content(whole.replace("Text01", "Text09") + section(1, "u about"))
    cut, other = messages_of(result)
    assert (cut.body, cut.body_notices, other.body_notices) == ("x" * 50, ("truncated",), ())
    assert set(dict(cut.extra)) == {"Text02", "Text09"}
    assert codes_of(result) == {"body_truncated": 1}


@pytest.mark.parametrize(
    "name", ["SMSBackupXYZ", "smsbackup001", "SMSBackup 001", "\0SMSBackup001", "S\ufffdSBackup001"]
)
def test_a_text_is_one_whatever_became_of_the_name_of_its_section(name: str) -> None:
    content = section(0, "yo") + section(1, "alright").replace("SMSBackup001", name)
    assert bodies_of(read_content(content)) == ["yo", "alright"]


def test_a_section_whose_name_is_lost_is_said_by_the_keys_that_stand_twice() -> None:
    lost = section(1, "second").split("]", 1)[1].lstrip("\r\n")
    result = read_content(section(0, "first") + lost + section(2, "third"))
    assert bodies_of(result) == ["first", "third"]
    assert codes_of(result)["element_unreadable"] >= 1
    assert is_balanced(result)


def test_a_backup_that_ends_in_a_line_and_lacks_its_checksum_is_cut_off(tmp_path: Path) -> None:
    path = write_backup(tmp_path / "x.backup", PHONE)
    content = path.read_bytes()
    path.write_bytes(content[: content.index(b"[PhonePBK") + 40])
    assert codes_of(read_path(path))["input_truncated"] == 1


def test_keys_that_have_no_field_are_kept() -> None:
    (message,) = messages_of(read_content(section(0, "x", "SMSCReply = TRUE", "Memory = SM", "ReplySMSC = True")))
    assert message.extra == (("SMSCReply", "TRUE"), ("Memory", "SM"))


def test_entries_of_a_contact_may_lack_their_number_or_their_type() -> None:
    content = (
        "[Backup]\nIMEI = 356943000000013\nPhone = Nokia 6300\n[PhonePBK001]\nLocation = 001\n"
        'Entry00Type = Name\nEntry00Text = "Zo\xeb"\nEntry02Type = NumberMobile\nEntry02Text = "07700900123"\n'
        'Entry03Type = JPEGPhoto\nEntry03Data00 = /9j/4AAQ\nEntry04Text = "02079460123"\n'
        'Entry06Type = NumberHome\nEntry06Text = "07700900456"\n[Checksum]\nMD5=0123456789abcdef0123456789abcdef\n'
    )
    result = read_content(content.encode("latin-1"))
    (contact,) = contacts_of(result)
    assert (contact.name, [number.raw for number in contact.numbers]) == ("Zo\ufffd", ["07700900123", "07700900456"])
    assert contact.extra == (("Entry04", "02079460123"),)
    assert codes_of(result) == {"characters_replaced": 1, "element_not_read": 1}
    assert is_balanced(result)


@pytest.mark.parametrize(
    ("pieces", "body"),
    [
        (('"on way, 5 mins"',), "on way, 5 mins"),
        (("on way",), "on way"),
        (('"one "', '"two \\"x\\""'), 'one two "x"'),
        (("0075 0020", "0061"), None),
        (("00750020zz61",), None),
    ],
)
def test_a_text_that_stands_there_in_characters_is_read(pieces: tuple[str, ...], body: str | None) -> None:
    texts = "".join(f"Text{number:02} = {piece}\n" for number, piece in enumerate(pieces))
    result = read_content(f'[SMSBackup000]\nState = Read\nNumber = "07700 900123"\n{texts}\n')
    if body is None:
        assert not messages_of(result)
        assert codes_of(result)["element_unreadable"] == 1
        return
    (message,) = messages_of(result)
    assert (message.body, message.body_notices) == (body, ("text_written_plainly",))
    assert codes_of(result)["text_written_plainly"] == 1


def test_a_broken_section_costs_no_other() -> None:
    content = smsbackup_text(TEXTS)
    place = content.index("Text00 = ") + len("Text00 = ")
    result = read_content(content[:place] + "zz" + content[place:])
    assert bodies_of(result) == [text.body for text in TEXTS[1:]]
    assert codes_of(result)["element_unreadable"] == 1


@pytest.mark.parametrize("cut_at", ["Coding", "Length", "ReplySMSC"])
def test_a_file_that_ends_between_two_lines_says_so(cut_at: str) -> None:
    content = smsbackup_text(TEXTS)
    result = read_content(content[: content.rindex(cut_at)])
    assert messages_of(result)[-1].body_notices == ("end_unmarked",)
    assert codes_of(result)["input_truncated"] == 1
    assert result.state == "partial"


def test_a_file_that_ends_within_a_line_says_so() -> None:
    content = smsbackup_text(TEXTS)
    result = read_content(content[: content.rindex("Text00 = ") + 17])
    assert (bodies_of(result)[-1], messages_of(result)[-1].body_notices) == ("on", ("end_unmarked",))


def test_a_backup_without_its_checksum_is_cut_off() -> None:
    content = backup_text(PHONE)
    behind = content.index("[Checksum]")
    for end in (behind, content.index("MD5="), content.rindex("[PhonePBK", 0, behind)):
        result = read_content(content[:end])
        assert codes_of(result) == {"input_truncated": 1}
        assert result.state == "partial"


def test_appended_files_keep_both_texts() -> None:
    result = read_content(smsbackup_text(TEXTS[:1]) + smsbackup_text(TEXTS[2:]))
    assert bodies_of(result) == [text.body for text in (TEXTS[0], *TEXTS[2:])]
    assert is_balanced(result)


@pytest.mark.parametrize("content", ["[General]\nx = 1\n", "[Backup]\nx = 1\n", "no ini\n"])
def test_what_is_no_backup_is_not_claimed(content: str) -> None:
    with pytest.raises(InputRefused):
        claim_on(content)


@FEW
@given(st.integers(0, 100_000), st.binary(min_size=1, max_size=3), st.booleans())
def test_any_change_is_a_record_or_a_notice(place: int, octets: bytes, is_backup: bool) -> None:  # noqa: FBT001 - hypothesis
    content = bytearray((backup_text(PHONE) if is_backup else smsbackup_text(TEXTS)).encode())
    place %= len(content)
    content[place : place + len(octets)] = octets
    try:
        result = read_content(bytes(content))
    except InputRefused:
        return
    assert is_balanced(result)
    assert "reader_failed" not in codes_of(result)


@FEW
@given(st.text(max_size=300).filter(lambda body: not body.endswith("\0")), st.sampled_from(Travel))
def test_any_text_goes_round(body: str, travel: Travel) -> None:
    text = TextMessage(key="1", at=AT if travel is Travel.IN else None, travel=travel, peers=(PEER,), body=body)
    assert bodies_of(read_content(smsbackup_text([text]))) == [body]


def test_an_offset_that_is_stated_holds() -> None:
    text = '[SMSBackup000]\nSent = 20230914T174942+0100\nState = Read\nNumber = "07700900123"\nText00 = 006F006E\n\n'
    (only,) = messages_of(read_content(text.encode(), "x.smsbackup"))
    assert (only.time.utc, only.time.offset_minutes) == ("2023-09-14T16:49:42.000Z", 60)


@pytest.mark.parametrize("begun", ["[", "[SMS", "[SMSBackup", "[SMSBackup00"])
def test_a_file_that_ends_inside_the_name_of_a_section_is_cut_off(begun: str) -> None:
    result = read_content(smsbackup_text(TEXTS) + begun)
    assert bodies_of(result) == [text.body for text in TEXTS]
    assert not any("end_unmarked" in message.body_notices for message in messages_of(result))
    assert codes_of(result)["input_truncated"] == 1
    assert result.state == "partial"


@pytest.mark.parametrize("behind", ["", "loose", "[no name", "; [SMS"])
def test_a_file_that_merely_lacks_its_last_line_end_is_not_cut_off(behind: str) -> None:
    content = smsbackup_text(TEXTS)
    codes = codes_of(read_content(content + behind if behind else content.rstrip()))
    assert ("input_truncated" in codes, "end_unmarked" in codes) == (False, True)


CONTACT = (
    "[PhonePBK001]\nLocation = 1\n"
    'Entry00Type = Name\nEntry00Text = "Jay"\nEntry01Type = NumberMobile\nEntry01Text = "07700900400"\n'
)
BOOK = "[Backup]\nIMEI = 356943000000013\nPhone = Nokia 6300\n" + CONTACT


@pytest.mark.parametrize("name", ["[honePBK001]", "[PhonePB001]", "[PhoneP\x07K001]"])
def test_a_contact_is_one_whatever_became_of_the_name_of_its_section(name: str) -> None:
    result = read_content(BOOK + BOOK.partition("300\n")[2].replace("[PhonePBK001]", name))
    assert [contact.name for contact in contacts_of(result)] == ["Jay", "Jay"]
    assert codes_of(result)["markup_broken"] == 1
    assert is_balanced(result)


@pytest.mark.parametrize("key", ["Etry00Text", "En\ufffdry00Text", "00Text"])
def test_a_key_of_a_contact_that_is_damaged_is_told_by_what_is_left(key: str) -> None:
    result = read_content(BOOK.replace("Entry00Text", key))
    assert [contact.name for contact in contacts_of(result)] == ["Jay"]
    assert codes_of(result)["markup_broken"] == 1


@pytest.mark.parametrize("key", ["Entry00Txt", "Entry0Text", "Ent"])
def test_an_entry_of_a_contact_that_lost_its_value_is_named_and_the_line_is_kept(key: str) -> None:
    result = read_content(BOOK.replace("Entry00Text", key))
    (contact,) = contacts_of(result)
    assert (contact.name, [number.raw for number in contact.numbers]) == (None, ["07700900400"])
    assert dict(contact.extra)[key] == "Jay"
    assert codes_of(result)["element_unreadable"] == 1
    assert is_balanced(result)


def test_an_entry_that_is_empty_is_whole() -> None:
    assert "element_unreadable" not in codes_of(read_content(BOOK.replace('"Jay"', '""')))


def test_a_damaged_checksum_is_no_lost_end() -> None:
    content = backup_text(PHONE)
    head = content[: content.index("MD5=")]
    result = read_content(f"{head}MD5=00\n")
    assert codes_of(result) == {"checksum_damaged": 1}
    assert codes_of(read_content(f"{head}MD5=00")) == {"input_truncated": 1}


def test_what_stands_behind_a_damaged_checksum_shows_that_the_end_is_lost() -> None:
    content = backup_text(PHONE)
    head = content[: content.index("MD5=")]
    result = read_content(f"{head}MD5=01234\n[PhonePBK002]\nLocation = 2\nEntry00Type = Na\n")
    assert (result.state, codes_of(result)["input_truncated"]) == ("partial", 1)
    assert "checksum_damaged" not in codes_of(result)
