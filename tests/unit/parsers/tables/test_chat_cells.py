"""What holds for a chat and stands in its first row alone: also where the list goes on in another sheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.records.facts import Direction
from parsers.sheets.rows import Row
from parsers.table_fields import Field, TableKind
from parsers.tables.chat_cells import ChatCells
from parsers.tables.columns import Columns, columns_of
from tests.unit.parsers.formats.table.made_tables import codes_of, messages_of
from tests.unit.parsers.formats.ufed_workbook.test_sheets import Cells, read

HEADINGS = ("Chat #", "Identifier", "Source", "From", "Body", "Timestamp: Time")
WIDE = (
    *("#", "Chat #", "Identifier", "Participants", "Source", "Account", "Instant Message #", "From", "To", "Body"),
    *("Timestamp: Date", "Timestamp: Time"),
)
ME, PEER = "447700900401@s.whatsapp.net", "447700900404@s.whatsapp.net"
FIRST = (PEER, f"{ME} Rico (owner)\n{PEER} Zed", "WhatsApp", ME)
NOTHING = (None, None, None, None)
Told = Sequence[str | None]


def row_of(*cells: str) -> Row:
    return Row(number=1, cells=[*cells, *[""] * (len(HEADINGS) - len(cells))])


def columns() -> Columns:
    found = columns_of(Row(number=1, cells=list(HEADINGS)), "Chats", TableKind.MESSAGE)
    assert found is not None
    return found


def wide(number: int, chat: int, told: Told, sender: str) -> tuple[str | int | None, ...]:
    at = f"16/07/2024 09:05:0{number}(UTC+1)"
    return (number, chat, *told, number, sender, None, f"text {number}", "16/07/2024", at)


def read_rows(
    tmp_path: Path, first: Sequence[tuple[str | int | None, ...]], second: Sequence[tuple[str | int | None, ...]]
) -> list[tuple[str | None, str | None, Direction, list[str | None]]]:
    sheets: dict[str, Cells] = {"Chats": (("Chats (1)",), WIDE, *first), "Chats (2)": (WIDE, *second)}
    found = messages_of(read(tmp_path, sheets))
    return [(each.thread, each.service, each.direction, [party.raw for party in each.to]) for each in found]


def test_a_chat_goes_on_in_the_next_sheet(tmp_path: Path) -> None:
    rows = [wide(1, 1, FIRST, f"{PEER} Zed"), wide(2, 1, NOTHING, f"{ME} Rico"), wide(3, 1, NOTHING, f"{PEER} Zed")]
    assert read_rows(tmp_path, rows[:1], rows[1:]) == [
        (PEER, "whatsapp", Direction.INCOMING, [ME]),
        (PEER, "whatsapp", Direction.OUTGOING, [PEER]),
        (PEER, "whatsapp", Direction.INCOMING, [ME]),
    ]


@pytest.mark.parametrize(("number", "told"), [(1, ("t2", None, None, None)), (2, NOTHING)])
def test_another_chat_of_the_next_sheet_has_nothing_of_the_one_before(tmp_path: Path, number: int, told: Told) -> None:
    found = read_rows(tmp_path, [wide(1, 1, FIRST, f"{PEER} Zed")], [wide(2, number, told, "Kay")])
    assert found[1][0] == (told[0] or "2")
    assert found[1][1:] != found[0][1:]
    assert found[1][3] == []


def test_a_list_of_another_name_goes_on_with_nothing() -> None:
    cells, held = ChatCells(), columns()
    cells.begin_sheet("chats")
    cells.take(row_of("1", "t1", "Signal"), held, "Phone A")
    cells.begin_sheet("instant messages")
    assert cells.take(row_of("1"), held) == ({Field.CHAT_NUMBER: "1"}, None)
    cells.begin_sheet("chats")
    filled, named = cells.take(row_of("1"), held)
    assert (filled[Field.THREAD], filled[Field.SERVICE], named) == ("t1", "Signal", "Phone A")
    cells.begin_table()
    assert cells.take(row_of("1"), held) == ({Field.CHAT_NUMBER: "1 (from  row 1)"}, None)


def test_numbers_that_begin_anew_with_an_extraction_are_of_other_chats() -> None:
    cells, held = ChatCells(), columns()
    cells.begin_sheet("chats")
    cells.take(row_of("1", "t1", "Signal"), held, "Phone A")
    filled, named = cells.take(row_of("1", "t2"), held, "Phone B")
    assert (filled, named) == ({Field.CHAT_NUMBER: "1", Field.THREAD: "t2"}, "Phone B")
    # one message of a chat that another extraction holds too is still of the chat
    filled, named = cells.take(row_of("1"), held, "Phone A")
    assert (filled[Field.THREAD], named) == ("t2", "Phone A")
    assert cells.take(row_of("1"), held)[1] == "Phone B"


@given(st.lists(st.integers(1, 4), min_size=1, max_size=5), st.data())
def test_where_a_list_is_cut_into_sheets_changes_nothing(lengths: list[int], data: st.DataObject) -> None:
    rows = [
        (str(chat), f"t{chat}" if place == 0 else "", "Signal" if place == 0 and chat % 2 else "")
        for chat, length in enumerate(lengths)
        for place in range(length)
    ]
    cuts = data.draw(st.sets(st.integers(0, len(rows))))
    held, whole, cut = columns(), ChatCells(), ChatCells()
    whole.begin_sheet("chats")
    cut.begin_sheet("chats")
    for at, cells in enumerate(rows):
        if at in cuts:
            cut.begin_sheet("chats")
        name = f"Phone {cells[0]}" if cells[1] else None
        assert cut.take(row_of(*cells), held, name) == whole.take(row_of(*cells), held, name)


NUMBERED = ("#", "Chat #", "Participants", "Source", "Instant Message #", "From", "Body", "Timestamp: Time")
Numbered = tuple[int, str | None, str | None, int, str]


def threads_of(tmp_path: Path, *sheets: Sequence[Numbered]) -> tuple[list[str | None], list[str]]:
    made: dict[str, Cells] = {}
    for place, rows in enumerate(sheets):
        lines = [
            (line, chat, who, source, count, sender, f"{place} {line}", "16/07/2024 09:05:00(UTC+1)")
            for line, (chat, who, source, count, sender) in enumerate(rows, 1)
        ]
        made[f"Chats ({place + 1})" if place else "Chats"] = (("Chats (9)",), NUMBERED, *lines)
    result = read(tmp_path, made)
    return [each.thread for each in messages_of(result)], codes_of(result)


@pytest.mark.parametrize("source", ["WhatsApp", None])
def test_a_number_that_begins_anew_in_a_later_sheet_is_of_another_chat(tmp_path: Path, source: str | None) -> None:
    first: list[Numbered] = [(1, None, source, 1, "Zed"), (1, None, None, 2, "Kay"), (2, None, source, 1, "Bo")]
    second: list[Numbered] = [(2, None, None, 2, "Cy"), (3, None, source, 1, "Dee")]
    third: list[Numbered] = [(1, None, "Signal", 1, "Abe"), (1, None, None, 2, "Flo"), (2, None, "Signal", 1, "Gil")]
    threads, codes = threads_of(tmp_path, first, second, third)
    again = ["1 (from Chats (3) row 3)"] * 2 + ["2 (from Chats (3) row 5)"]
    assert threads == ["1", "1", "2", "2", "3", *again]
    assert "chat_number_again" in codes


def test_a_lone_chat_that_counts_its_messages_anew_is_another(tmp_path: Path) -> None:
    one: list[Numbered] = [(1, None, None, 1, "Zed"), (1, None, None, 2, "Kay")]
    assert threads_of(tmp_path, one, one)[0] == ["1", "1", *["1 (from Chats (2) row 3)"] * 2]
    on: list[Numbered] = [(1, None, None, 3, "Zed"), (1, None, None, 4, "Kay")]
    assert threads_of(tmp_path, one, on)[0] == ["1"] * 4


@pytest.mark.parametrize("who", ["Zed\nKay", None])
def test_sheets_in_the_order_of_time_tear_no_chat(tmp_path: Path, who: str | None) -> None:
    mixed: list[Numbered] = [(1, who, None, 1, "Zed"), (2, None, None, 1, "Bo"), (1, who, None, 2, "Kay")]
    later: list[Numbered] = [(2, None, None, 2, "Bo"), (1, who, None, 3, "Zed"), (3, None, None, 1, "Cy")]
    threads, codes = threads_of(tmp_path, mixed, later)
    assert threads == ["1", "2", "1", "2", "1", "3"]
    assert "chat_number_again" not in codes
