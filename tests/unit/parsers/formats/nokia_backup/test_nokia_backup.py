"""Backups of Nokia handsets: what each writer puts in is read; what is broken, or no text, is named."""

from __future__ import annotations

import struct
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ingest.demo.truth import Peer, TextMessage, Travel
from ingest.demo.writers.damage import marked_encrypted
from ingest.demo.writers.nokia_backup import (
    message_file,
    message_lines,
    nbf_files,
    nfb_bytes,
    write_message_folder,
    write_nbf,
    write_ncc,
    write_nfb,
)
from parsers.contract import Sidecar
from parsers.errors import InputRefused
from parsers.formats.nokia_backup import NokiaBackupParser
from parsers.reading import ReadResult
from parsers.records.facts import Device, Direction
from parsers.records.values import ClockBasis
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
from tests.unit.parsers.formats.handset_case import HANDSET, SUMMER, TEXTS, WINTER

DIRECTIONS = {Travel.IN: Direction.INCOMING, Travel.OUT: Direction.OUTGOING, Travel.DRAFT: Direction.DRAFT}
BROADCAST = TextMessage(
    key="9",
    at=SUMMER,
    travel=Travel.OUT,
    peers=(Peer("+447700900123", "+447700900123", "Zaro"), Peer("07700900456", "+447700900456"), Peer("07700900457")),
    body="Zaro back on both \U0001f525 " * 8,
)
SENT = TextMessage(key="8", at=WINTER, travel=Travel.OUT, peers=(Peer("07700900456"),), body="5 mins")
CAME = TextMessage(key="1", at=WINTER, travel=Travel.IN, peers=(Peer("+447700900123"),), body="u about")
CARD = b"BEGIN:VCARD\r\nVERSION:2.1\r\nN:Zaro\r\nTEL:07700900123\r\nEND:VCARD\r\n"


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    with ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def read_files(tmp_path: Path, files: dict[str, bytes]) -> ReadResult:
    return read_path(zipped(tmp_path / "Backup.NBF", files))


def lines(*written: str) -> bytes:
    return "".join(f"{line}\r\n" for line in written).encode("utf-16")


@pytest.mark.parametrize("form", ["zip", "folder", "messages"])
def test_the_messages_of_a_handset_are_read(tmp_path: Path, form: str) -> None:
    texts = (*TEXTS, SENT, BROADCAST)
    if form == "zip":
        path = write_nbf(tmp_path / "Backup.NBF", texts)
    else:
        path = write_message_folder(tmp_path / "HW7", texts)
        path = path if form == "folder" else path / "predefmessages"
    result = read_path(path)
    found = {message.body: message for message in messages_of(result)}
    assert Counter(bodies_of(result)) == Counter(text.body for text in texts)
    for text in texts:
        message = found[text.body]
        parties = (message.from_party,) if text.travel is Travel.IN else message.to
        assert [party.raw for party in parties if party is not None] == [peer.written for peer in text.peers]
        assert message.direction is DIRECTIONS[text.travel]
        assert message.time.utc == (None if text.at is None else f"{text.at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000Z")
        assert message.source.member is not None
        assert message.source.locator == "0xB0"
    assert [party.name for party in found[BROADCAST.body].to] == ["Zaro", None, None]
    assert "joined_parts" in found[BROADCAST.body].body_notices
    assert set(codes_of(result)) == {"zone_assumed"}
    assert is_balanced(result)


def test_times_are_the_networks_for_what_came_in_and_the_names_for_what_was_sent(tmp_path: Path) -> None:
    result = read_path(write_nbf(tmp_path / "x.nbf", (CAME, SENT)), sidecar=Sidecar(time_zone="Europe/Paris"))
    came, sent = messages_of(result)
    assert (came.time.utc, came.time.basis) == ("2024-02-05T18:30:05.000Z", ClockBasis.STATED_OFFSET)
    assert dict(came.extra) == {"time in the name": "2024-02-05T18:30:05"}
    assert (sent.time.utc, sent.time.basis) == ("2024-02-05T17:30:05.000Z", ClockBasis.DEVICE_LOCAL)
    assert sent.time.raw == sent.source.member.rpartition("/")[2][8:16] if sent.source.member else False
    assert (came.folder, sent.folder) == ("1", "3")


def changed(text: TextMessage, place: int, octets: bytes) -> dict[str, bytes]:
    ((name, content),) = nbf_files((text,)).items()
    return {name: content[:place] + octets + content[place + len(octets) :]}


def test_the_recipient_of_the_head_stands_in_where_the_sms_names_nobody(tmp_path: Path) -> None:
    for dummy in ("", "+35856789123456789123"):
        ((_, content),) = nbf_files((replace(SENT, peers=(Peer(dummy),)),)).items()
        unit = content[0xB0 : 0xB0 + int.from_bytes(content[4:8], "big")]
        name, whole = message_file(SENT, 1, unit)
        cut = whole[: whole.index(b"\x04\x00\x01\x00\x2b")]
        (message,) = messages_of(read_files(tmp_path, {name: cut}))
        assert [(party.raw, party.e164) for party in message.to] == [("07700900456", "+447700900456")]


def test_numbers_that_differ_are_kept(tmp_path: Path) -> None:
    other = "07700900999".encode("utf-16-be") + b"\0\0"
    (came,) = messages_of(read_files(tmp_path, changed(CAME, 0x5E, other + bytes(10))))
    assert came.from_party is not None
    assert (came.from_party.raw, dict(came.extra)["number in the head"]) == ("+447700900123", "07700900999")
    (sent,) = messages_of(read_files(tmp_path, changed(SENT, 0x5E, other)))
    assert ([party.raw for party in sent.to], dict(sent.extra)) == (
        ["07700900456"],
        {"number in the head": "07700900999"},
    )


def test_a_unit_with_and_one_without_the_octet_of_validity_are_read(tmp_path: Path) -> None:
    ((name, content),) = nbf_files((SENT,)).items()
    length = int.from_bytes(content[4:8], "big")
    unit = content[0xB0 : 0xB0 + length]
    place = 4 + (unit[2] + 1) // 2 + 2
    for other in (unit, unit[:place] + unit[place + 1 :], b"\x11" + unit[1:]):
        _, whole = message_file(SENT, 1, other)
        assert bodies_of(read_files(tmp_path, {name: whole})) == ["5 mins"]


def test_a_message_without_a_length_in_its_head_is_read(tmp_path: Path) -> None:
    for stated in (0, 60_000):
        result = read_files(tmp_path, changed(CAME, 4, struct.pack(">I", stated)))
        assert (bodies_of(result), codes_of(result)) == (["u about"], {})


def test_what_is_no_text_is_counted(tmp_path: Path) -> None:
    ((name, content),) = nbf_files((CAME,)).items()
    folder, _, last = name.rpartition("/")
    files = {
        name: content,
        f"{folder}/{'0' * 7}2{last[8:]}": content[:0xB0] + b"\x8c\x84" + bytes(200_000),
        f"{folder}/{'0' * 7}3{last[8:]}": content[:0xB0] + b"\x04" + bytes(200_000),
        f"{folder}/{'0' * 7}4{last[8:]}": content[:0x60],
        f"{folder}/{'0' * 7}5{last[8:]}": content[:0xB0] + b"\x03" + content[0xB1:],
        f"{folder}/{'0' * 7}6{last[8:]}": b"",
        "predefmessages/predefinbox/note.jpg": b"x",
    }
    result = read_files(tmp_path, files)
    assert bodies_of(result) == ["u about"]
    assert codes_of(result) == {"element_not_read": 1, "element_unreadable": 4, "member_not_read": 1}
    assert is_balanced(result)


def test_a_part_that_is_missing_is_said(tmp_path: Path) -> None:
    files = nbf_files((BROADCAST,))
    files.pop(next(iter(files)))
    result = read_files(tmp_path, files)
    (message,) = messages_of(result)
    assert "[part 1 missing]" in (message.body or "")
    assert len(message.to) == 3
    assert codes_of(result)["segments_missing"] == 1


def test_what_lies_beside_the_messages_is_read_by_its_own_reader(tmp_path: Path) -> None:
    files = nbf_files((CAME, BROADCAST))
    for place in ("", "HW7/"):
        held = {f"{place}{name}": content for name, content in files.items()} | {"phone.vcf": CARD}
        result = read_files(tmp_path, held)
        assert Counter(bodies_of(result)) == Counter(text.body for text in (CAME, BROADCAST))
        assert [contact.name for contact in contacts_of(result)] == ["Zaro"]
        assert is_balanced(result)


def test_backups_in_an_archive_are_two_extractions(tmp_path: Path) -> None:
    one = write_nbf(tmp_path / "a.nbf", (CAME,)).read_bytes()
    held = {"HW7/Backup.NBF": one, "HW8/b.nfb": nfb_bytes(HANDSET)}
    result = read_path(zipped(tmp_path / "both.zip", held))
    assert len(messages_of(result)) == 1 + len(TEXTS)
    assert len(result.parts) == 2


def test_messages_of_two_handsets_are_two_extractions(tmp_path: Path) -> None:
    held = {f"HW{number}/{name}": octets for number in (7, 8) for name, octets in nbf_files((CAME,)).items()}
    result = read_path(zipped(tmp_path / "both.zip", held))
    assert bodies_of(result) == ["u about"] * 2
    assert len(result.parts) == 2


def test_a_locked_archive_says_so(tmp_path: Path) -> None:
    path = write_nbf(tmp_path / "x.nbf", (CAME,))
    path.write_bytes(marked_encrypted(path.read_bytes()))
    with pytest.raises(InputRefused) as refused:
        read_path(path)
    assert refused.value.code == "input_protected"


def test_a_backup_of_pc_suite_is_read(tmp_path: Path) -> None:
    texts = (*TEXTS, SENT, replace(BROADCAST, body="both on\n\nbell me"))
    result = read_path(write_nfb(tmp_path / "HW7.nfb", replace(HANDSET, texts=texts)))
    found = messages_of(result)
    assert bodies_of(result) == [text.body for text in texts]
    assert [message.direction for message in found] == [DIRECTIONS[text.travel] for text in texts]
    for message, text in zip(found, texts, strict=True):
        parties = (message.from_party,) if text.travel is Travel.IN else message.to
        assert [party.raw for party in parties if party is not None] == [peer.written for peer in text.peers]
        assert message.time.utc == (None if text.at is None else f"{text.at.astimezone(UTC):%Y-%m-%dT%H:%M}:00.000Z")
        assert message.extra == () or text.key in {"2", "3"}
    assert [(each.name, each.stored_in) for each in contacts_of(result)] == [
        ("Zaro", "sim"),
        ("Jay Mum's \u00e9", "sim"),
        ("TopUp", "phone"),
    ]
    assert contacts_of(result)[1].numbers[0].e164 == "+447700900456"
    (device,) = others_of(result)
    assert isinstance(device, Device)
    assert (device.model, device.extra, result.parts[0].model) == (
        "Nokia 105",
        (("model or firmware", "RM-1"),),
        "Nokia 105",
    )
    assert set(codes_of(result)) == {"zone_assumed", "element_not_read"}
    assert is_balanced(result)


def test_lines_alone_are_read(tmp_path: Path) -> None:
    result = read_path(write_ncc(tmp_path / "Messages.ncc", TEXTS))
    assert bodies_of(result) == [text.body for text in TEXTS]
    assert set(codes_of(result)) == {"zone_assumed"}


def test_fields_that_no_other_field_holds_are_kept_and_a_folder_that_says_no_way_goes_by_its_side() -> None:
    result = read_content(
        lines(
            "1022\tPIT_MESSAGE_ARCHIVE\t1031\t4\t1033\tkept\t1034\tsubject\t1080\t07700900123",
            "1025\tPIT_MESSAGE_OWNFOLDER\t1031\t7\t1033\tmine\t1060\t2009-03-04T12:30\t1081\t07700900456",
            "1023\tPIT_MESSAGE_TEMPLATE\t1031\t5\t1033\tback in 5\t1081\t@",
            "1022\tPIT_MESSAGE_ARCHIVE\t1031\t4\t1033\twhose",
            "1020\tPIT_MESSAGE_INBOX\t1031\t2\t1063\t00ff\t1080\t07700900123",
        ),
        "Messages.ncc",
    )
    kept, mine, template, whose, picture = messages_of(result)
    assert (kept.direction, kept.direction_basis, kept.extra) == (
        Direction.INCOMING,
        "party_role",
        (("1034", "subject"),),
    )
    assert (mine.direction, mine.time.utc) == (Direction.OUTGOING, "2009-03-04T12:30:00.000Z")
    assert mine.extra == (("time", "1060"), ("1031", "7"), ("1060", "2009-03-04T12:30"))
    assert (template.direction, template.to) == (Direction.DRAFT, ())
    assert (whose.direction, whose.direction_basis, whose.from_party, whose.to) == (Direction.UNKNOWN, None, None, ())
    assert (picture.body, picture.extra) == (None, (("1063", "00ff"),))
    assert is_balanced(result)


def test_a_tab_in_a_text_is_part_of_it() -> None:
    result = read_content(lines("1020\tPIT_MESSAGE_INBOX\t1033\tone\ttwo\t1080\t07700900123"), "a.ncc")
    (message,) = messages_of(result)
    assert (message.body, message.from_party.raw if message.from_party else None) == ("one\ttwo", "07700900123")
    assert codes_of(result) == {"structure_in_text": 1}


@pytest.mark.parametrize(
    "body",
    [
        "one\t123\tfour",
        "call\t0123",
        "one\t1080",
        "price\t1080\t07700900999",
        "x\t1033\ty",
        "x\t500\t",
        "x\t\t500",
        "x\t",
    ],
)
def test_digits_behind_a_tab_in_a_text_are_part_of_it(body: str) -> None:
    behind = "1035\t0\t1041\t2024-02-05T12:00\t1080\t07700900123"
    result = read_content(lines(f"1020\tPIT_MESSAGE_INBOX\t1031\t2\t1033\t{body}\t{behind}"), "a.ncc")
    (message,) = messages_of(result)
    assert (message.body, message.from_party.raw if message.from_party else None) == (body, "07700900123")
    assert message.extra == ()
    assert codes_of(result) == {"structure_in_text": 1, "zone_assumed": 1}


def test_the_fields_behind_a_text_may_stand_in_any_order_and_parties_several_times() -> None:
    result = read_content(
        lines(
            "1021\tPIT_MESSAGE_OUTBOX\t1033\tyo\t1081\t07700900123\t1081\t07700900456\t1060\t\t1041\t2024-02-05T12:00\t",
            "1021\tPIT_MESSAGE_OUTBOX\t1033\tyo\t1081",
        ),
        "a.ncc",
    )
    first, second = messages_of(result)
    assert (first.body, [each.raw for each in first.to]) == ("yo", ["07700900123", "07700900456"])
    assert (first.time.utc, second.body) == ("2024-02-05T12:00:00.000Z", "yo")
    assert "structure_in_text" not in codes_of(result)


def test_a_broken_line_costs_no_other() -> None:
    whole = "1020\tPIT_MESSAGE_INBOX\t1033\tyo\t1080\t07700900123"
    broken = "1020\tPIT_MESSAGE_INBOX\t1033\tyo\t1049\t6,5,0,3,1,999,1\t1080\t07700900123"
    result = read_content(lines(whole, "dirt", broken, "1006\tPIT_FOLDER_OWNFOLDER\t1012\tmates", whole), "a.ncc")
    assert bodies_of(result) == ["yo", "yo"]
    assert codes_of(result) == {"element_unreadable": 2, "element_not_read": 1}
    assert is_balanced(result)


def test_a_backup_that_is_cut_off_says_so() -> None:
    whole = nfb_bytes(HANDSET)
    for cut in (len(whole) - 10, len(whole) - 2, whole.index("1033".encode("utf-16-le")) + 20):
        result = read_content(whole[:cut], "HW7.nfb")
        assert result.state == "partial"
        assert codes_of(result)["input_truncated"] >= 1
        assert is_balanced(result)
    (last,) = messages_of(result)
    assert last.body_notices == ("end_unmarked",)


@pytest.mark.parametrize("length", [0xFFFFFFFF, 5_000, 0])
def test_an_entry_that_cannot_be_followed_ends_the_reading(length: int) -> None:
    whole = nfb_bytes(HANDSET)
    place = whole.index("\\MPAPI\\MESSAGES".encode("utf-16-le")) - 4
    result = read_content(whole[:place] + struct.pack("<I", length) + whole[place + 4 :], "HW7.nfb")
    assert len(contacts_of(result)) == 3
    assert result.state == "partial"


def test_entries_that_are_no_lines_are_counted() -> None:
    whole = nfb_bytes(HANDSET).replace("1450\tPIT_".encode("utf-16-le"), "1450 PIT_".encode("utf-16-le") + b"\0\0")
    counts = {notice.subject: notice.count for notice in read_content(whole, "a.nfc").notices}
    assert counts["file of a backup"] == 1


@pytest.mark.parametrize(
    "content",
    [
        b"\x03\0\0\0" + b"\xff" * 40,
        struct.pack("<IIII", 3, 0, 0, 0),
        struct.pack("<IIII", 3, 0, 0, 9) + struct.pack("<II", 7, 0),
        "1031\t2\r\n1033\tyo\r\n".encode("utf-16"),
        "PIT_MESSAGE_INBOX 1033".encode("utf-16"),
    ],
)
def test_what_is_no_backup_is_not_claimed(content: bytes) -> None:
    with pytest.raises(InputRefused):
        claim_on(content, "HW7.bin")


def test_short_names_are_none_of_a_handset(tmp_path: Path) -> None:
    ((_, content),) = nbf_files((CAME,)).items()
    with pytest.raises(InputRefused) as refused:
        read_files(tmp_path, {f"predefmessages/1/00001A2B3C4D5E6F0010000{number}": content for number in (1, 2)})
    assert refused.value.code == "nokia_backup_not_read"


@FEW
@given(st.integers(0, 100_000), st.binary(min_size=1, max_size=4))
def test_any_change_of_a_backup_of_pc_suite_is_a_record_or_a_notice(place: int, octets: bytes) -> None:
    content = bytearray(nfb_bytes(HANDSET))
    place %= len(content)
    content[place : place + len(octets)] = octets
    try:
        result = read_content(bytes(content), "HW7.nfb")
    except InputRefused:
        return
    assert is_balanced(result)
    assert "reader_failed" not in codes_of(result)


@FEW
@given(st.integers(0, 100_000), st.binary(min_size=1, max_size=4), st.sampled_from([CAME, SENT, BROADCAST]))
def test_any_change_of_a_message_is_a_record_or_a_notice(
    tmp_path_factory: pytest.TempPathFactory, place: int, octets: bytes, text: TextMessage
) -> None:
    files = nbf_files((text,))
    name = next(iter(files))
    content = bytearray(files[name])
    place %= len(content)
    content[place : place + len(octets)] = octets
    files[name] = bytes(content)
    result = read_path(zipped(tmp_path_factory.mktemp("any") / "x.nbf", files))
    assert is_balanced(result)
    assert "reader_failed" not in codes_of(result)


_PLAIN = st.text(st.characters(exclude_categories=("Cs",)), max_size=300)


@FEW
@given(_PLAIN, st.sampled_from(Travel))
def test_any_text_goes_round(tmp_path_factory: pytest.TempPathFactory, body: str, travel: Travel) -> None:
    text = TextMessage(
        key="1", at=datetime(2024, 2, 5, tzinfo=UTC), travel=travel, peers=(Peer("+447700900123"),), body=body
    )
    assert bodies_of(read_path(write_nbf(tmp_path_factory.mktemp("any") / "x.nbf", [text]))) == [body]


@FEW
@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="\\\ufeff"), max_size=300))
def test_any_text_of_a_line_goes_round(body: str) -> None:
    text = replace(CAME, body=body)
    content = "".join(f"{line}\r\n" for line in message_lines([text])).encode("utf-16")
    assert bodies_of(read_content(content, "Messages.ncc")) == [body]


def test_it_says_what_it_is() -> None:
    assert NokiaBackupParser.tier == "inferred"
