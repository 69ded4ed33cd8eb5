"""Rows of one text that end in several ways, and carriage returns that end none."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from tests.unit.parsers.sheets.test_delimited import cells_of, sheet_at

HEADINGS = ["Time", "Way", "Number", "Text"]
ROWS = [HEADINGS, *([f"14/06/2024 18:0{n}:00", "in", f"0770090012{n}", f"m{n}"] for n in range(8))]
DOUBT = ["structure_in_text"]


def written(rows: list[list[str]], *ends: str, mark: str = "", delimiter: str = ",") -> str:
    lines = (delimiter.join(f"{mark}{cell}{mark}" for cell in row) for row in rows)
    return "".join(line + ends[place % len(ends)] for place, line in enumerate(lines))


@pytest.mark.parametrize(
    ("ends", "mark", "delimiter"),
    list(
        product(
            [
                ("\r\n", "\r\n", "\r"),
                ("\n", "\n", "\r"),
                ("\r", "\r\n", "\n"),
                ("\r", "\n"),
                ("\r", "\r", "\r\n"),
                ("\r\r\n",),
                ("\n\r",),
            ],
            ["", '"'],
            [",", "\t"],
        )
    ),
)
def test_rows_that_end_in_several_ways(tmp_path: Path, ends: tuple[str, ...], mark: str, delimiter: str) -> None:
    sheet = sheet_at(tmp_path, written(ROWS, *ends, mark=mark, delimiter=delimiter))
    assert cells_of(sheet) == ROWS
    assert sheet.damages == ()


def test_contacts_are_told_by_their_numbers(tmp_path: Path) -> None:
    rows = [["Name", "Number"], *([f"c{n}", f"0770090012{n}"] for n in range(5))]
    assert cells_of(sheet_at(tmp_path, written(rows, "\r", "\n", "\n"))) == rows


@pytest.mark.parametrize(
    "text", ["a\rb", "one, two\rthree", "look\r14/06/2024 18:00:00,in,07700900999,typed", 'a\r""b"", c']
)
def test_a_return_in_quotes_stays(tmp_path: Path, text: str) -> None:
    for end in ("\r\n", "\n"):
        sheet = sheet_at(tmp_path, written([*ROWS[:3], [*ROWS[3][:3], text], *ROWS[4:]], end, mark='"'))
        assert cells_of(sheet)[3] == [*ROWS[3][:3], text.replace('""', '"')]
        assert len(cells_of(sheet)) == len(ROWS)


def test_a_return_in_a_cell_without_quotes_stays(tmp_path: Path) -> None:
    rows = [*ROWS[:3], [*ROWS[3][:3], "one\rtwo"], *ROWS[4:]]
    sheet = sheet_at(tmp_path, written(rows, "\n"))
    assert (cells_of(sheet), sheet.damages) == (rows, ())


@pytest.mark.parametrize("behind", ["soon,in,07700900999,m", "14/06/2024 18:00:00,in,m"])
def test_what_is_nearly_a_row_is_said_to_be_in_doubt(tmp_path: Path, behind: str) -> None:
    sheet = sheet_at(tmp_path, written([*ROWS[:3], [*ROWS[3][:3], f"m2\r{behind}"], *ROWS[4:]], "\r\n"))
    assert len(cells_of(sheet)) == len(ROWS)
    assert [damage.code for damage in sheet.damages] == DOUBT


def test_a_text_over_lines_that_ends_before_a_return(tmp_path: Path) -> None:
    rows = [*ROWS[:3], [*ROWS[3][:3], "one\ntwo"], *ROWS[4:]]
    text = written(rows, "\r\n", mark='"').replace('two"\r\n', 'two"\r')
    assert cells_of(sheet_at(tmp_path, text)) == rows


def test_half_a_line_end_behind_the_last_row(tmp_path: Path) -> None:
    sheet = sheet_at(tmp_path, written(ROWS, "\r\n").removesuffix("\n"))
    assert cells_of(sheet) == ROWS
    assert [damage.code for damage in sheet.damages] == ["end_unmarked"]
