"""What is named as the files of a card and is none: tables, notes and reports, alone and beside a card."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from ingest.demo.writers.sim_files import write_folder
from parsers.contract import Head
from parsers.formats.sim_files import SimFilesParser
from parsers.formats.sim_files.card_octets import card_octets, could_be_octets
from parsers.identification import head_of
from parsers.records.facts import Contact, Message, Sim
from tests.fakes.deliveries import bodies_of, codes_of, messages_of, others_of, read_path
from tests.unit.parsers.formats.sim_files.made_cards import CARD, TEXTS

TABLE = "Date,From,To,Message\n13/05/2024 10:00,07700900456,07700900001,lost?\n"
ICCID = "98441111111111111191"


def _claim(head: Head) -> float | None:
    claim = SimFilesParser().identify(head)
    return claim.score if claim is not None and claim.is_whole else None


def _folder(place: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return place


@pytest.mark.parametrize(
    "files",
    [
        {"sms.csv": TABLE, "adn.csv": "Name,Number\nJay,07700900456\n"},
        {"sms.xml": '\ufeff<?xml version="1.0"?>\n<smses count="0"></smses>', "msisdn.txt": "owner 07700900001"},
        {"imsi.csv": TABLE, "msisdn.csv": TABLE, "phone/a.csv": TABLE},
        {"iccid.txt": "ICCID 8944100000000000017\n", "imsi.txt": "IMSI 234100000000001\n"},
        {"iccid.txt": "89441000000000000170\n", "imsi.txt": "2341000000000011\n"},
        {"iccid.txt": "ICCID £5 8944\n".encode("cp1252"), "imsi": "IMSI \u2013 2341".encode("utf-16")},
        {"sms.db": b"SQLite format 3\0", "adn": b"SQLite format 3\0", "imsi": b"PK\x03\x04\x00"},
        {"sms": b"", "adn": b"", "imsi": b""},
    ],
    ids=["tables", "backup and note", "below", "typed", "digits", "encodings", "databases", "empty"],
)
def test_files_that_only_have_the_names_are_no_card(files: dict[str, str | bytes], tmp_path: Path) -> None:
    folder = _folder(tmp_path / "drop", files)
    with ZipFile(tmp_path / "drop.zip", "w") as archive:
        for name in files:
            archive.write(folder / name, name)
    assert _claim(head_of(folder, "drop", is_folder=True)) is None
    assert _claim(head_of(folder, "drop", is_folder=True, has_sidecar=True)) is None
    assert _claim(head_of(tmp_path / "drop.zip", "drop.zip", is_folder=False)) is None
    assert SimFilesParser().own_members(head_of(folder, "drop", is_folder=True)) == ()


@pytest.mark.parametrize("is_zip", [False, True])
@pytest.mark.parametrize("name", ["sms.csv", "ADN.tsv", "phone/imsi.csv", "phone/a.csv"])
def test_a_table_beside_a_card_is_read_beside_it(name: str, tmp_path: Path, *, is_zip: bool) -> None:
    folder = _folder(write_folder(tmp_path / "card", CARD), {name: TABLE.replace(",", "\t" if "tsv" in name else ",")})
    path = folder
    if is_zip:
        path = tmp_path / "card.zip"
        with ZipFile(path, "w") as archive:
            for each in sorted(folder.rglob("*")):
                archive.write(each, each.relative_to(folder).as_posix())
    result = read_path(path)
    assert sorted(bodies_of(result)) == sorted([*(text.body for text in TEXTS), "lost?"])
    assert {part.parser for part in result.parts} == {"sim_files", "table"}
    assert "member_not_read" not in codes_of(result)


def test_a_note_among_the_files_of_a_card_is_named_and_not_its_content(tmp_path: Path) -> None:
    folder = _folder(write_folder(tmp_path / "card", CARD), {"ICCID.txt": "ICCID 8944100000000000017\n"})
    result = read_path(folder)
    assert len(messages_of(result)) == len(TEXTS)
    (card,) = others_of(result)
    assert isinstance(card, Sim)
    assert card.iccid == ("8944110012345678901",)
    assert [notice.subject for notice in result.notices] == ["ICCID.txt"]
    assert codes_of(result) == {"member_not_read": 1}


def test_files_of_a_card_in_pairs_of_digits_are_read_as_octets(tmp_path: Path) -> None:
    folder = _folder(
        tmp_path / "card",
        {
            "EF_ICCID.txt": "98 44 11 11 11 11 11 11 11 91\n",
            "EF_ADN.txt": "4A6179FFFFFFFFFFFFFFFFFFFFFF06817007090021FFFFFFFFFFFFFF\n",
        },
    )
    result = read_path(folder)
    assert {part.parser for part in result.parts} <= {None, "sim_files"}
    assert [card.iccid for card in others_of(result) if isinstance(card, Sim)] == [("89441111111111111119",)]
    assert codes_of(result) == {}


def test_half_octets_that_are_no_digits_identify_no_card(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "card", {"ICCID.bin": bytes.fromhex("984a11c1111111111191"), "IMSI.bin": b"\x08" * 9})
    (folder / "IMSI.bin").write_bytes(bytes.fromhex("08b9a1111111111111"))
    result = read_path(folder)
    assert others_of(result) == []
    assert not any(isinstance(record, Message) for record in result.records)
    assert codes_of(result) == {"element_unreadable": 2}


@pytest.mark.parametrize(
    ("content", "octets"),
    [
        (bytes.fromhex(ICCID), ICCID),
        (b"98 44 11\n11", "98441111"),
        (b"98:44:FF", "9844ff"),
        (b"A805C003\r\n", "a805c003"),
        (b"", ""),
        (ICCID.encode(), None),
        (b"8944 1000 0000", None),
        (b"4A6179 is Jay", None),
    ],
)
def test_what_can_be_the_content_of_a_file(content: bytes, octets: str | None) -> None:
    held = card_octets(content)
    assert (None if held is None else held.hex()) == octets
    assert could_be_octets(content) is (octets is not None)


def test_a_front_that_ends_within_an_octet_is_octets() -> None:
    assert could_be_octets(b"4A6179F")


ADN = "4A6179FFFFFFFFFFFFFFFFFFFFFF06817007090021FFFFFFFFFFFFFF\n"


@pytest.mark.parametrize(("iccid", "imsi"), [(ICCID, "082943010000000010"), (f"{ICCID}\n", "082943010000000010\r\n")])
def test_identifiers_of_digits_alone_with_the_halves_swapped_are_octets(tmp_path: Path, iccid: str, imsi: str) -> None:
    result = read_path(_folder(tmp_path / "card", {"EF_ICCID": iccid, "EF_IMSI": imsi, "EF_ADN": ADN}))
    cards = [card for card in others_of(result) if isinstance(card, Sim)]
    assert {(card.iccid, card.imsi) for card in cards} == {(("89441111111111111119",), ("234100000000001",))}
    assert codes_of(result) == {}
    assert [contact.name for contact in result.records if isinstance(contact, Contact)] == ["Jay"]


@pytest.mark.parametrize("iccid", ["89441111111111111119\n", "8944 1111 1111 1111 1119"])
def test_an_identifier_as_typed_is_named_and_leaves_the_others_of_the_folder(tmp_path: Path, iccid: str) -> None:
    result = read_path(_folder(tmp_path / "card", {"EF_ICCID": iccid, "EF_ADN": ADN}))
    assert [contact.name for contact in result.records if isinstance(contact, Contact)] == ["Jay"]
    assert [notice.subject for notice in result.notices if notice.code == "member_not_read"] == ["EF_ICCID"]


@pytest.mark.parametrize("content", ["89441111111111111119", "08294301000000001", "081143010000000010"])
def test_other_digits_are_no_octets_under_any_name(content: str) -> None:
    assert [card_octets(content.encode(), name) for name in ("ICCID", "IMSI", "ADN")] == [None] * 3
