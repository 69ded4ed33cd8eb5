"""A small table of contacts beside one of messages is a table of its own, and puts nobody into messages."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.records.values import Party
from tests.unit.parsers.formats.table.made_tables import codes_of, contacts_of, messages_of, read_text

TEXTS = (
    "Date/Time,Number,Direction,Message",
    "25/07/2024 13:00,07700900201,In,a",
    "25/07/2024 13:01,07700900202,Out,b",
    "25/07/2024 13:02,07700900201,In,c",
)
BOOK = ("Name,Number", "Ann,07700900205", "Ben,07700900206", ",")


def table(*parts: tuple[str, ...]) -> str:
    return "".join(",,".join(cells) + "\n" for cells in zip(*parts, strict=True))


def numbers(parties: tuple[Party | None, ...]) -> list[str | None]:
    return [party.e164 for party in parties if party is not None]


@pytest.mark.parametrize("parts", [(TEXTS, BOOK), (BOOK, TEXTS)])
def test_each_is_read(tmp_path: Path, parts: tuple[tuple[str, ...], ...]) -> None:
    result = read_text(tmp_path, table(*parts))
    told = [(each.body, numbers((each.from_party, *each.to))) for each in messages_of(result)]
    assert told == [("a", ["+447700900201"]), ("b", ["+447700900202"]), ("c", ["+447700900201"])]
    book = [(each.name, [number.e164 for number in each.numbers]) for each in contacts_of(result)]
    assert book == [("Ann", ["+447700900205"]), ("Ben", ["+447700900206"])]
    assert "row_ragged" not in codes_of(result)


def test_one_longer_than_the_other(tmp_path: Path) -> None:
    text = table(TEXTS, BOOK) + ",,,,,Zed,07700900207\n,,,,,Total: 3,\n"
    result = read_text(tmp_path, text)
    assert [each.body for each in messages_of(result)] == ["a", "b", "c"]
    assert [each.name for each in contacts_of(result)][:3] == ["Ann", "Ben", "Zed"]


def test_whose_numbers_those_of_the_rows_are_is_no_other_table(tmp_path: Path) -> None:
    own = ("Name,Number", "Ann,07700 900201", "Ben,+447700900202", ",")
    result = read_text(tmp_path, table(TEXTS, own))
    assert contacts_of(result) == []
    assert [numbers((each.from_party, *each.to)) for each in messages_of(result)] == [
        ["+447700900201"],
        ["+447700900202"],
        ["+447700900201"],
    ]


def test_one_beside_every_row_is_no_address_book(tmp_path: Path) -> None:
    assert contacts_of(read_text(tmp_path, table(TEXTS, (*BOOK[:3], "Cy,07700900207")))) == []


def test_one_contact_all_the_way_down_is_no_address_book(tmp_path: Path) -> None:
    owner = ("Name,Number", "Ann,07700900205", "Ann,07700900205", ",")
    assert contacts_of(read_text(tmp_path, table(TEXTS, owner))) == []


def test_a_column_that_holds_anything_parts_no_tables(tmp_path: Path) -> None:
    rows = table(TEXTS, BOOK).replace(",In,a,,", ",In,a,x,")
    assert contacts_of(read_text(tmp_path, rows)) == []


def test_an_older_remark_behind_a_table_is_none(tmp_path: Path) -> None:
    notes = ("Officer notes", "call back", "", "")
    result = read_text(tmp_path, table(TEXTS, notes))
    assert contacts_of(result) == []
    assert dict(messages_of(result)[0].extra)["Officer notes"] == "call back"
