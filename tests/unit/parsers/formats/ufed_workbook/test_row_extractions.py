"""Rows that name the extraction that they are of: two handsets, a card, several, none, one that is not listed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.contract import PartKind
from parsers.reading import ReadResult
from parsers.records.facts import Sim
from tests.unit.parsers.formats.table.made_tables import calls_of, codes_of, contacts_of, messages_of
from tests.unit.parsers.formats.ufed_workbook.test_sheets import Cells, read

A, B, CARD = "Phone A", "Phone B", "SIM Card"
ITEMS = ("#", "Name", "Value", "Extraction")
TWO: Cells = (
    ("Device Info (4)",),
    ITEMS,
    (1, "IMEI", "356943000000013", A),
    (2, "MSISDN", "07700900401", A),
    (3, "IMEI", "352099001761481", B),
    (4, "MSISDN", "07700900409", B),
)
WITH_CARD: Cells = (
    ("Device Info (4)",),
    ITEMS,
    (1, "IMEI", "356943000000013", A),
    (2, "MSISDN", "07700900401", A),
    (3, "ICCID", "8944100030000000221", CARD),
    (4, "MSISDN", "07700900409", CARD),
)
CHAT = ("#", "Chat #", "Identifier", "Source", "From", "Body", "Timestamp: Time", "Extraction")


def sms(names: Sequence[str | None], heading: str = "Extraction") -> Cells:
    rows = (
        (place, "From: +447700900402", f"16/07/2024 09:05:{place:02}(UTC+1)", "Read", "Inbox", f"text {place}", name)
        for place, name in enumerate(names)
    )
    return (
        (f"SMS Messages ({len(names)})",),
        ("#", "Parties", "Timestamp", "Status", "Folder", "Body", heading),
        *rows,
    )


def texts_of(result: ReadResult) -> dict[str | None, list[str | None]]:
    """Return the texts by what the extraction of each is called."""
    names = {part.extraction_id: part.vendor_id for part in result.parts}
    found: dict[str | None, list[str | None]] = {}
    for message in messages_of(result):
        found.setdefault(names[message.extraction_id], []).append(message.body)
    return found


def assert_adds_up(result: ReadResult) -> None:
    for rows in result.tally.values():
        for row in rows.values():
            assert row.seen == row.indexed + row.merged + row.noticed


@pytest.mark.parametrize("heading", ["Extraction", "Extraction Name", "Source Extraction"])
def test_what_is_of_the_second_handset_is_not_the_firsts(tmp_path: Path, heading: str) -> None:
    calls = (
        ("Call Log (1)",),
        ("#", "Parties", "Timestamp", "Duration", "Direction", heading),
        (1, "From: +447700900404\nTo: 07700900409", "16/07/2024 09:05:30(UTC+1)", "00:00:05", "Incoming", B),
    )
    contacts = (("Contacts (1)",), ("#", "Name", "Entries", heading), (1, "Bee", "Phone-: 07700900450", B))
    sheets = {"Device Info": TWO, "SMS Messages": sms((A, B), heading), "Call Log": calls, "Contacts": contacts}
    result = read(tmp_path, sheets)
    first, second = result.parts
    assert texts_of(result) == {A: ["text 0"], B: ["text 1"]}
    assert {each.extraction_id for each in (*calls_of(result), *contacts_of(result))} == {second.extraction_id}
    assert {name for name in result.tally[first.extraction_id] if not name.startswith("other:")} == {
        "device",
        "message",
    }
    assert_adds_up(result)
    assert not {"extraction_unknown", "extraction_unstated"} & codes_of(result).keys()


@pytest.mark.parametrize(
    ("items", "headings"),
    [
        (
            ("#", "Name", "Wert", "Extraktion"),
            ("#", "Beteiligte", "Zeitstempel", "Status", "Ordner", "Nachricht", "Extraktion"),
        ),
        (
            ("#", "Nombre", "Valor", "Extracci\u00f3n"),
            ("#", "Participantes", "Fecha y hora", "Estado", "Carpeta", "Mensaje", "Extracci\u00f3n"),
        ),
        (
            ("#", "Naam", "Waarde", "Extractie"),
            ("#", "Partijen", "Tijdstempel", "Status", "Map", "Bericht", "Extractie"),
        ),
        (
            ("#", "Nazwa", "Warto\u015b\u0107", "Ekstrakcja"),
            ("#", "Strony", "Data i godzina", "Status", "Folder", "Wiadomo\u015b\u0107", "Ekstrakcja"),
        ),
    ],
)
def test_an_extraction_is_told_by_its_heading_in_other_languages(
    tmp_path: Path, items: tuple[str, ...], headings: tuple[str, ...]
) -> None:
    title, _, *rows = TWO
    texts_title, _, *texts = sms((A, B))
    result = read(tmp_path, {"Device Info": (title, items, *rows), "SMS Messages": (texts_title, headings, *texts)})
    assert texts_of(result) == {A: ["text 0"], B: ["text 1"]}
    assert [part.imei for part in result.parts] == [("356943000000013",), ("352099001761481",)]


def test_each_handset_has_its_own_number(tmp_path: Path) -> None:
    rows = [
        (place, f"From: {sender}\nTo: {to}", f"16/07/2024 09:05:0{place}(UTC+1)", "Sent", str(place), name)
        for place, (sender, to, name) in enumerate(
            (("07700900401", "07700900409", A), ("07700900401", "07700900409", B))
        )
    ]
    sheet = (("SMS Messages (2)",), ("#", "Parties", "Timestamp", "Status", "Body", "Extraction"), *rows)
    found = messages_of(read(tmp_path, {"Device Info": TWO, "SMS Messages": sheet}))
    sides = [(bool(each.from_party and each.from_party.is_owner), bool(each.to[0].is_owner)) for each in found]
    assert sides == [(True, False), (False, True)]


def test_what_a_card_holds_is_the_cards(tmp_path: Path) -> None:
    sim_data = (
        ("SIM Data (2)",),
        ITEMS,
        (1, "IMSI", "234150246813579", CARD),
        (2, "Service provider", "O2", A),
    )
    sheets = {"Device Info": WITH_CARD, "SIM Data": sim_data, "SMS Messages": sms((A, CARD, " sim  card "))}
    result = read(tmp_path, sheets)
    handset, card = result.parts
    assert (card.kind, card.belongs_to) == (PartKind.SIM, handset.extraction_id)
    assert (card.imsi, handset.imsi) == (("234150246813579",), ())
    assert texts_of(result) == {A: ["text 0"], CARD: ["text 1", "text 2"]}
    rows = [each.extraction_id for each in result.records if isinstance(each, Sim) and each.listing == "simdata"]
    assert rows == [card.extraction_id, handset.extraction_id]
    assert_adds_up(result)


@pytest.mark.parametrize(
    ("name", "code", "subject"),
    [
        (None, "extraction_unstated", None),
        ("Phone C", "extraction_unknown", "Phone C"),
        (f"{A}; {B}", "extraction_unknown", f"{A}; {B}"),
    ],
)
def test_a_row_of_no_extraction_that_is_known_is_the_firsts_and_noticed(
    tmp_path: Path, name: str | None, code: str, subject: str | None
) -> None:
    result = read(tmp_path, {"Device Info": TWO, "SMS Messages": sms((B, name, A, name))})
    assert texts_of(result) == {A: ["text 1", "text 2", "text 3"], B: ["text 0"]}
    (notice,) = [each for each in result.notices if each.code.startswith("extraction_")]
    assert (notice.code, notice.count, notice.subject) == (code, 2, subject)
    assert (notice.first_locator, notice.extraction_id) == ("SMS Messages row 4", result.parts[0].extraction_id)
    assert_adds_up(result)


def test_one_handset_need_not_be_named(tmp_path: Path) -> None:
    result = read(tmp_path, {"Device Info": WITH_CARD, "SMS Messages": sms((CARD, None, f"{A}; {A}"))})
    assert texts_of(result) == {CARD: ["text 0"], A: ["text 1", "text 2"]}
    assert not {"extraction_unknown", "extraction_unstated"} & codes_of(result).keys()


@pytest.mark.parametrize(
    ("device", "names", "unknown"),
    [
        ((), (A, A), 0),
        ((), (A, B), 2),
        (TWO[:4], (A, A), 0),
        (TWO[:4], (A, B), 1),
    ],
)
def test_extractions_that_nothing_lists_are_noticed(
    tmp_path: Path, device: Cells, names: Sequence[str], unknown: int
) -> None:
    sheets = {**({"Device Info": device} if device else {}), "SMS Messages": sms(names)}
    result = read(tmp_path, sheets)
    assert [len(each) for each in texts_of(result).values()] == [2]
    assert sum(each.count for each in result.notices if each.code == "extraction_unknown") == unknown


def test_a_chat_may_name_its_extraction_in_its_first_row_alone(tmp_path: Path) -> None:
    def row(number: int, chat: int, thread: str | None, name: str | None) -> tuple[str | int | None, ...]:
        service = "WhatsApp" if thread else None
        at = f"16/07/2024 09:05:0{number}(UTC+1)"
        return (number, chat, thread, service, "07700900404", f"text {number}", at, name)

    sheets = {
        "Device Info": TWO,
        "Chats": (("Chats (2)",), CHAT, row(1, 1, "t1", A), row(2, 1, None, None), row(3, 2, "t2", B)),
        "Chats (2)": (CHAT, row(4, 2, None, None), row(5, 3, "t3", A)),
    }
    result = read(tmp_path, sheets)
    assert texts_of(result) == {A: ["text 1", "text 2", "text 5"], B: ["text 3", "text 4"]}
    assert [each.thread for each in messages_of(result)] == ["t1", "t1", "t2", "t2", "t3"]
    assert "extraction_unstated" not in codes_of(result)


def test_names_without_end_are_a_bounded_number_of_notices(tmp_path: Path) -> None:
    result = read(tmp_path, {"Device Info": TWO, "SMS Messages": sms([f"Phone {place}" for place in range(400)])})
    notices = [each for each in result.notices if each.code == "extraction_unknown"]
    assert (len(notices), sum(each.count for each in notices)) == (101, 400)


def test_numbers_that_were_rounded_are_counted_over_all_handsets(tmp_path: Path) -> None:
    rows = [
        (place, "4.47701E+11", f"16/07/2024 09:05:0{place}(UTC+1)", f"text {place}", name)
        for place, name in enumerate((A, B, B))
    ]
    sheet = (("SMS Messages (3)",), ("#", "From", "Timestamp", "Body", "Extraction"), *rows)
    result = read(tmp_path, {"Device Info": TWO, "SMS Messages": sheet})
    assert codes_of(result)["number_rounded"] == 3


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from([A, B, CARD, None, "Phone C", f"{A}\n{B}"]), min_size=1, max_size=12))
def test_no_row_is_lost_whatever_it_names(tmp_path_factory: pytest.TempPathFactory, names: list[str | None]) -> None:
    device = (*TWO, (5, "ICCID", "8944100030000000221", CARD))
    result = read(tmp_path_factory.mktemp("book"), {"Device Info": device, "SMS Messages": sms(names)})
    expected: dict[str | None, list[str | None]] = {}
    for place, name in enumerate(names):
        expected.setdefault(name if name in {A, B, CARD} else A, []).append(f"text {place}")
    assert texts_of(result) == expected
    assert_adds_up(result)
