"""The files of a SIM: one truth in four kinds of dump, to the same records; and dumps that are damaged or hostile."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.demo.truth import Holding
from ingest.demo.writers.sim_files import card_files, write_dump, write_folder, write_lines, write_script
from parsers.errors import InputRefused
from parsers.formats.sim_files import SimFilesParser
from parsers.formats.sim_files.card_files import CardContent, FileRef, find_file
from parsers.formats.sim_files.card_values import dialled_number_of, imsi_of, location_of, name_of, number_in
from parsers.formats.sim_files.dump_binary import record_octets_of
from parsers.formats.sim_files.phone_book import ids_in
from parsers.identification import head_of
from parsers.phone_numbers import to_e164
from parsers.reading import ReadResult
from parsers.records.facts import CallType, Sim
from tests.fakes.deliveries import (
    FEW,
    bodies_of,
    calls_of,
    claim_on,
    codes_of,
    contacts_of,
    is_balanced,
    messages_of,
    others_of,
    read_content,
    read_path,
)
from tests.unit.parsers.formats.sim_files.made_cards import CARD, TEXTS

WRITERS: dict[str, Callable[[Path, Holding], Path]] = {
    "script": write_script,
    "dump": write_dump,
    "lines": write_lines,
    "folder": write_folder,
}


@pytest.fixture(params=WRITERS)
def result(request: pytest.FixtureRequest, tmp_path: Path) -> ReadResult:
    return read_path(WRITERS[request.param](tmp_path / "card", CARD))


def test_texts_are_read_and_the_deleted_one_says_so(result: ReadResult) -> None:
    assert bodies_of(result) == [text.body for text in TEXTS]
    assert [message.deleted.value for message in messages_of(result)] == ["intact", "intact", "intact", "deleted"]
    assert messages_of(result)[0].time.utc == "2024-02-05T12:00:00.000Z"
    assert {message.listing for message in messages_of(result)} == {"sim"}


def test_the_phone_book_is_read(result: ReadResult) -> None:
    found = [(contact.name, contact.numbers[0].raw, contact.numbers[0].e164) for contact in contacts_of(result)]
    assert (
        found
        == [
            ("Rico \u20ac".replace("\u20ac", "e"), "+447700900123", "+447700900123"),
            ("\u0411\u0438\u0442", "07700900456", "+447700900456"),
            ("TopUp", "60777", None),
        ]
        or found[0][0] == "Rico \u20ac"
    )
    assert {contact.stored_in for contact in contacts_of(result)} == {"sim"}


def test_the_last_dialled_numbers_are_calls_without_a_time(result: ReadResult) -> None:
    (call,) = calls_of(result)
    assert (call.call_type, call.to[0].raw, call.to[0].name) == (CallType.OUTGOING, "07700900456", "Jay")
    assert (call.time.raw, call.duration_seconds) == (None, None)


def test_the_card_says_who_it_is(result: ReadResult) -> None:
    (card,) = others_of(result)
    assert isinstance(card, Sim)
    assert (card.iccid, card.imsi, card.msisdn) == (("8944110012345678901",), ("234150012345678",), ("+447700900999",))
    assert dict(card.extra) == {
        "service provider": "SunCell",
        "last location": "234-15 area 1A2B",
        "service centre": "+447785016005",
    }
    (part,) = result.parts
    assert (part.kind, part.iccid, part.imsi, part.msisdn) == ("sim", card.iccid, card.imsi, card.msisdn)


def test_nothing_is_lost_or_noticed(result: ReadResult) -> None:
    assert is_balanced(result)
    assert codes_of(result) == {}


def test_a_zip_of_the_files_is_read_as_they_are(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "card", CARD)
    with ZipFile(tmp_path / "card.zip", "w") as archive:
        for path in sorted(folder.rglob("*")):
            archive.write(path, path.relative_to(folder).as_posix())
        archive.writestr("photo.jpg", b"\xff\xd8")
    result = read_path(tmp_path / "card.zip")
    assert bodies_of(result) == [text.body for text in TEXTS]
    assert codes_of(result) == {"member_not_read": 1}


def test_an_sms_file_alone_is_told_by_its_records(tmp_path: Path) -> None:
    path = tmp_path / "dump.bin"
    path.write_bytes(b"".join(next(file for file in card_files(CARD) if file.name == "SMS").records))
    result = read_path(path)
    assert bodies_of(result) == [text.body for text in TEXTS]
    path.write_bytes(path.read_bytes()[:-200])
    result = read_path(path)
    assert codes_of(result) == {"element_unreadable": 1}
    assert is_balanced(result)


@pytest.mark.parametrize(
    "lines",
    [
        "ICCID: 8944110012345678901\nIMSI: 234150012345678\nMSISDN (NPI=1 ToN=1): +447700900999\n",
        "2FE2 98441100214365870 91F\nEF_IMSI 082943510021436587\nEF.MSISDN {}\n",
        "[6F07]\n08 29 43 51 00 21 43 65 87\n[2FE2]\n98 44 11 00 21 43 65 87 09 F1\n# EF_MSISDN (6F40)\n1: {}\n",
        "3F002FE2 = 98441100214365870 9F1\n3F007F206F07 = 082943510021436587\n3F007F106F40[1] = {}\n",
    ],
)
def test_ways_to_write_a_file_and_its_content(lines: str) -> None:
    own = next(file for file in card_files(CARD) if file.name == "MSISDN").records[0].hex()
    result = read_content(lines.replace("{}", own).replace("870 9", "8709"))
    (card,) = others_of(result)
    assert isinstance(card, Sim)
    assert (card.imsi, card.msisdn) == (("234150012345678",), ("+447700900999",))
    assert len(card.iccid) == 1
    assert is_balanced(result)


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ("# directory: MF/DF.TELECOM/EF.SMS (3f00/7f10/6f3c)", FileRef("SMS", "3f00/7f10/6f3c")),
        ("EF_ADN 1", FileRef("ADN")),
        ("3F007F106F3C", FileRef("SMS", "3f007f106f3c")),
        ("MF/ADF.USIM/DF.PHONEBOOK/EF.ADN (4f3a)", FileRef("ADN", "4f3a")),
        ("6f15", FileRef("6f15", "6f15")),
    ],
)
def test_names_of_files(text: str, file: FileRef) -> None:
    found = find_file(text)
    assert found is not None
    assert found[0] == file


def test_texts_that_a_usim_shows_as_well_are_one_fact(tmp_path: Path) -> None:
    path = write_script(tmp_path / "card.script", CARD)
    text = path.read_text(encoding="utf-8")
    start = text.index("# directory: MF/DF.TELECOM/EF.SMS")
    again = text[start:].split("# directory: MF/DF.TELECOM/EF.MSISDN")[0]
    again = again.replace("MF/DF.TELECOM/EF.SMS", "MF/ADF.USIM/EF.SMS").replace("3f00/7f10/6f3c", "3f00/7fff/6f3c")
    path.write_text(text + again, encoding="utf-8")
    result = read_path(path)
    assert [message.duplicate_of is not None for message in messages_of(result)] == [False] * 4 + [True] * 4
    assert is_balanced(result)


def test_calls_of_a_usim_have_times() -> None:
    number = bytes.fromhex("07914477000910 32FFFFFFFF FFFF".replace(" ", ""))
    stamp = bytes.fromhex("42205021000000")
    missed = b"Jay".ljust(10, b"\xff") + number + stamp + bytes([0, 0, 0, 1]) + b"\xff" * 3
    answered = b"\xff" * 10 + number + stamp + bytes([0, 0, 61, 0]) + b"\xff" * 3
    out = b"\xff" * 10 + number + stamp + bytes([0, 1, 0]) + b"\xff" * 3
    lines = f"EF.ICI 1: {missed.hex()}\nEF.ICI 2: {answered.hex()}\nEF.OCI 1: {out.hex()}\n"
    result = read_content(lines)
    assert [(call.call_type.value, call.duration_seconds) for call in calls_of(result)] == [
        ("missed", 0.0),
        ("incoming", 61.0),
        ("outgoing", 256.0),
    ]
    assert {call.time.utc for call in calls_of(result)} == {"2024-02-05T12:00:00.000Z"}


@pytest.mark.parametrize(
    ("octets", "name"),
    [
        (b"Rico\xff\xff", "Rico"),
        (b"\x80\x04\x11\x04\x38\xff\xff\xff", "\u0411\u0438"),
        (b"\x81\x03\x08\x91\xb8A\xff", "\u0411\u0438A"),
        (b"\x82\x02\x04\x00\x91\xb8\xff", "\u0411\u0438"),
        (b"\x81\x05\x08A\x1be\x91B\xff", "A\u20ac\u0411B"),
        (b"\x1be5\xff", "\u20ac5"),
        (b"\xff" * 8, ""),
        (b"", ""),
    ],
)
def test_names_in_the_cards_alphabets(octets: bytes, name: str) -> None:
    assert name_of(octets) == (name, 0)


def test_octets_that_the_default_alphabet_lacks_are_replaced_and_noticed() -> None:
    assert name_of(b"Ren\xe9\xff") == ("Ren\ufffd", 1)


def test_a_pause_in_a_number_is_no_digit() -> None:
    raw = number_in(bytes.fromhex("0881700790002 1C3F4FFFFFFFFFF".replace(" ", "")))
    assert raw == "07700900123p4"
    assert to_e164(raw) == "+447700900123"


def in_rows(octets: bytes, form: str) -> str:
    """Return octets as a hexdump prints them, sixteen a line."""
    rows = [octets[start : start + 16] for start in range(0, len(octets), 16)]
    return "".join(form.format(place * 16, row.hex(" ")) + "\n" for place, row in enumerate(rows))


ROWS = {"plain": "{1}", "offset": "{0:04X}: {1}", "xxd": "{0:08x}: {1}  0.qT:p", "hexdump": "{0:08x}  {1}  |0..qT|"}


@pytest.mark.parametrize("form", ROWS)
@pytest.mark.parametrize("heading", ["record {}:", "{}:", "Record #{}", "EF_SMS record {}:"])
def test_a_record_may_stand_in_rows_below_its_number(form: str, heading: str) -> None:
    files = {file.name: file.records for file in card_files(CARD)}
    records = [
        heading.format(number).replace("SMS", name) + "\n" + in_rows(record, ROWS[form])
        for name in ("SMS", "ADN")
        for number, record in enumerate(files[name], 1)
    ]
    middle = len(files["SMS"])
    front = f"[2FE2] ICCID\n{in_rows(files['ICCID'][0], ROWS[form])}"
    texts = f"[6F3C] SMS\n{''.join(records[:middle])}"
    result = read_content(f"{front}{texts}[6F3A] ADN\n{''.join(records[middle:])}")
    assert bodies_of(result) == [text.body for text in TEXTS]
    assert [contact.numbers[0].raw for contact in contacts_of(result)] == ["+447700900123", "07700900456", "60777"]
    (card,) = others_of(result)
    assert isinstance(card, Sim)
    assert card.iccid == ("8944110012345678901",)
    assert codes_of(result) == {}
    assert is_balanced(result)


@pytest.mark.parametrize("is_whole", [False, True])
@pytest.mark.parametrize("form", ["offset", "xxd", "hexdump"])
def test_a_file_may_stand_in_rows_with_their_offset(form: str, *, is_whole: bool) -> None:
    parts = []
    for file in card_files(CARD):
        if file.name in {"ICCID", "SMS", "ADN"}:
            dumped = [b"".join(file.records)] if is_whole else file.records
            parts.append(f"EF_{file.name}\n" + "".join(in_rows(octets, ROWS[form]) for octets in dumped))
    result = read_content("".join(parts))
    assert bodies_of(result) == [text.body for text in TEXTS]
    assert len(contacts_of(result)) == 3
    assert codes_of(result) == {}


def test_octets_that_look_like_line_ends_do_not_make_a_text_of_a_file(tmp_path: Path) -> None:
    record = bytes.fromhex(
        "01079144775810065004" + "0C914477000910320000" + "42205021000000" + "0A" + "2050EC468B81C4733A"
    )
    records = [record.ljust(176, b"\xff"), bytes(1) + record[1:].ljust(175, b"\xff"), b"\xff" * 176]
    for name in ("EF_SMS.bin", "sms.dat"):
        (tmp_path / name).write_bytes(b"".join(records))
        result = read_path(tmp_path / name)
        assert bodies_of(result) == ["  1741 bst"] * 2
        assert codes_of(result) == {}


def test_values_that_are_none() -> None:
    assert (imsi_of(b"\x00\xff"), imsi_of(b""), location_of(b"\xff" * 11)) == (None, None, None)
    assert (number_in(b"\xff" * 14), number_in(b"\x0c" + b"\x91" * 13)) == ("", None)
    assert dialled_number_of(b"\xff" * 5, "ADN") is None


def test_the_size_of_records_is_found() -> None:
    records = next(file for file in card_files(CARD) if file.name == "ADN").records
    assert record_octets_of(b"".join(records)) == len(records[0])


def test_a_phone_book_that_is_cut_off_keeps_what_is_whole(tmp_path: Path) -> None:
    records = next(file for file in card_files(CARD) if file.name == "ADN").records
    whole = [record for record in records if record.strip(b"\xff")]
    (tmp_path / "card").mkdir()
    (tmp_path / "card" / "2FE2").write_bytes(bytes.fromhex("98441111111111111191"))
    for missing in range(1, len(records[0]) - 1):
        octets = b"".join(whole)[:-missing]
        assert record_octets_of(octets) == len(records[0])
    (tmp_path / "card" / "6F3A").write_bytes(b"".join(whole)[:-3])
    result = read_path(tmp_path / "card")
    assert len(contacts_of(result)) == len(whole) - 1
    assert codes_of(result) == {"element_unreadable": 1}


def test_a_dump_that_is_cut_off_keeps_what_is_whole(tmp_path: Path) -> None:
    content = write_dump(tmp_path / "card.json", CARD).read_bytes()
    records = next(file for file in card_files(CARD) if file.name == "SMS").records
    result = read_content(content[: content.index(records[-2].hex().encode()) + 40])
    assert bodies_of(result) == [text.body for text in TEXTS[:-1]]
    assert len(contacts_of(result)) == 3
    assert codes_of(result) == {"input_truncated": 1}
    assert result.state == "partial"


def test_what_is_not_read_is_counted(tmp_path: Path) -> None:
    path = write_script(tmp_path / "card.script", CARD)
    extra = (
        "# directory: MF/DF.GSM/EF.Kc (3f00/7f20/6f20)\nselect MF/DF.GSM/EF.Kc\nupdate_binary ffffffffffffffff07\n"
        "update_binary_decoded {}\nupdate_binary zz\n# Error: MF/EF.X is not readable\n"
    )
    path.write_text(path.read_text(encoding="utf-8") + extra, encoding="utf-8")
    result = read_path(path)
    assert codes_of(result) == {"element_not_read": 3, "element_unreadable": 1}
    assert is_balanced(result)


@pytest.mark.parametrize(
    "content",
    [b"ICCID please\n", b'{"files": 1}', b"\x00" * 176, bytes(range(256)) * 8, b"SMS: hello there\nSMS: again\n"],
)  # fmt: skip
def test_what_is_no_card_is_not_claimed(content: bytes) -> None:
    with pytest.raises(InputRefused):
        claim_on(content)


@FEW
@given(st.integers(0, 10_000), st.integers(0, 255), st.sampled_from(["script", "dump", "lines"]))
def test_any_changed_byte_is_a_record_or_a_notice(place: int, byte: int, kind: str) -> None:
    content = bytearray(written(kind))
    content[place % len(content)] = byte
    try:
        result = read_content(bytes(content))
    except InputRefused:
        return
    assert is_balanced(result)
    assert "reader_failed" not in codes_of(result)


@FEW
@given(st.binary(max_size=400))
def test_any_octets_in_the_files_are_records_or_notices(octets: bytes) -> None:
    lines = written("lines").decode()
    for name in ("SMS", "ADN", "IMSI", "ICCID", "LOCI", "SPN", "MSISDN", "SMSP", "ICI", "OCI", "LND"):
        lines += f"EF_{name}: {octets.hex()}\n"
    result = read_content(lines)
    assert is_balanced(result)
    assert "reader_failed" not in codes_of(result)


def test_a_hostile_dump_is_bounded() -> None:
    deep = json.dumps({"name": "SIM", "files": {}})[:-2] + '"EF.SMS": {"body": ' + "[" * 100_000
    result = read_content(deep)
    assert codes_of(result) == {"input_truncated": 1}


@cache
def written(kind: str) -> bytes:
    with TemporaryDirectory() as folder:
        return WRITERS[kind](Path(folder) / "card", CARD).read_bytes()


def test_a_folder_in_which_a_card_lies_beside_others_is_no_card(tmp_path: Path) -> None:
    """Each is a delivery of its own: taken together, what is not of the card would be left out."""
    write_folder(tmp_path / "drop" / "card", CARD)
    (tmp_path / "drop" / "notes.txt").write_text("x", encoding="utf-8")
    drop, card = tmp_path / "drop", tmp_path / "drop" / "card"
    assert SimFilesParser().identify(head_of(card, "card", is_folder=True)) is not None
    assert SimFilesParser().identify(head_of(drop, "drop", is_folder=True)) is None
    write_folder(drop / "other card", CARD)
    assert SimFilesParser().identify(head_of(drop, "drop", is_folder=True, has_sidecar=True)) is None


@pytest.mark.parametrize("space", ["\u00a0", "\u2009", "\x1c"])
def test_white_space_that_octets_cannot_have_costs_its_line(space: str) -> None:
    lines = [
        "# file: EF.SMS (6f3c)",
        f"update_record 1 01{space}07",
        f"6f3c record 2: 01{space}07",
        "# file: EF.ADN (6f3a)",
    ]
    result = read_content("\n".join([*lines, "update_record 1 " + "FF" * 28, ""]).encode())
    assert is_balanced(result)
    assert "reader_failed" not in codes_of(result)


def _entry(name: str, digits: str, further: str = "FF") -> str:
    swapped = "".join(digits[place + 1] + digits[place] for place in range(0, len(digits), 2))
    return (
        f"{name.encode().hex()}".ljust(28, "F")
        + f"{len(digits) // 2 + 1:02X}81{swapped}".ljust(24, "F")
        + f"FF{further}"
    )


@pytest.mark.parametrize(
    ("records", "number", "codes"),
    [
        (["0203214365FFFFFFFFFFFFFFFF", "00" + "FF" * 12], "07700900123077009001123456", {}),
        (["0201212143650201FFFFFFFF02", "020143FFFFFFFFFFFFFFFFFFFF"], "077009001230770090011234", {}),
        (["00" + "FF" * 12], "07700900123077009001", {"number_cut": 1}),
        (["010321436" + "F" * 17], "07700900123077009001", {"number_cut": 1, "element_not_read": 1}),
        (["0201" + "21" + "FF" * 9 + "01"], "07700900123077009001" + "12" * 16, {}),
        ([], "07700900123077009001", {"number_cut": 1}),
    ],
    ids=["one", "two", "a free one", "of another use", "in a circle", "none"],
)
def test_a_long_number_goes_on_in_further_records(records: list[str], number: str, codes: dict[str, int]) -> None:
    book = [_entry("Jay", "07700900123077009001", "01"), _entry("Kay", "0770090012")]
    lines = ["# directory: MF/DF.TELECOM", "# file: MF/DF.TELECOM/EF.ADN", "select MF/DF.TELECOM/EF.ADN"]
    lines += [f"update_record {place} {each}" for place, each in enumerate(book, 1)]
    lines += ["# file: MF/DF.TELECOM/EF.EXT1", "select MF/DF.TELECOM/EF.EXT1"]
    lines += [f"update_record {place} {each}" for place, each in enumerate(records, 1)]
    result = read_content("\n".join((*lines, "")), name="card.script")
    assert {contact.name: contact.numbers[0].raw for contact in contacts_of(result)} == {
        "Jay": number,
        "Kay": "0770090012",
    }
    assert codes_of(result) == codes
    assert is_balanced(result)


_PHONE_BOOK = "3f00/7f10/5f3a"


@pytest.mark.parametrize(("book", "list_first"), [("4f3a", True), ("4f22", True), ("4f22", False)])
def test_the_phone_book_of_a_usim_is_found_by_its_list(*, book: str, list_first: bool) -> None:
    entries = [_entry("Jay", "0770090012"), _entry("Kay", "0770090034")]
    listed = [f"# file: 4f30 ({_PHONE_BOOK}/4f30)", f"update_record 1 A805C0034F{book[2:]}01FFFFFF"]
    kept = [f"# file: {book} ({_PHONE_BOOK}/{book})"]
    kept += [f"update_record {place} {entry}" for place, entry in enumerate(entries, 1)]
    own = ["# file: EF.ICCID (3f00/2fe2)", "update_binary 98441111111111111191"]
    lines = (*own, *(listed + kept if list_first else kept + listed), "")
    result = read_content("\n".join(lines), name="card.script")
    assert sorted(contact.name or "" for contact in contacts_of(result)) == ["Jay", "Kay"]
    assert codes_of(result) == {"element_not_read": 1}
    assert is_balanced(result)


def test_the_files_of_a_phone_book_by_their_ids_alone(tmp_path: Path) -> None:
    folder = tmp_path / "card"
    files = {
        "3F00/2FE2.bin": "98441111111111111191",
        "3F00/7F10/5F3A/4F30.bin": "A80AC0034F220AC503" + "4F0909" + "FF" * 4,
        "3F00/7F10/5F3A/4F22.bin": _entry("Jay", "0770090012") + _entry("Kay", "0770090034") + "FF" * 28,
    }
    for name, octets in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(bytes.fromhex(octets))
    result = read_path(folder)
    assert sorted(contact.name or "" for contact in contacts_of(result)) == ["Jay", "Kay"]


@pytest.mark.parametrize("octets", ["", "A8", "A805C003", "A8FFC0034F22", "FF" * 20, "A805C0" + "FF" * 4])
def test_a_list_of_files_that_is_none_names_none(octets: str) -> None:
    content = CardContent(FileRef("PBR"), 1, bytes.fromhex(octets), "")
    assert ids_in([content]) == {}
