"""Texts with a line break that a program wrote into a delimited text without quotes: one row stands there as several.

Where the text is not the last cell, the row breaks off in it, and what follows has the cells that are missing: the
lines are put together. Where it is the last, what follows is words in the place of a time, with a blank behind each
mark, as prose has it: it is no row, and nobody's message.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import msgspec

from parsers.phone_numbers import to_e164
from parsers.sheets.rows import Row
from parsers.table_fields import PARTY_FIELDS, TIME_FIELDS, Field
from parsers.tables.columns import Columns
from parsers.tables.survey import SheetSurvey
from parsers.tables.time_cells import is_dated

Numbered = tuple[int, Row]
"""A row and its place among the rows of its sheet, from 0."""

_MOST_LINES: Final = 50


def joined_rows(
    rows: Iterator[Numbered], most: int, columns_at: Callable[[int], Columns | None], note: Callable[[Row, int], None]
) -> Iterator[Numbered]:
    """Yield the rows; one that was broken in its text is put together.

    Args:
        rows: As they stand in the file.
        most: Cells of the longest row that can be broken: nearly all rows have more.
        columns_at: Gives the columns of the table that the row in a place is of. None: it is of none.
        note: Is told the row, and how many lines were joined to it.
    """
    held: Numbered | None = None
    lines: list[Numbered] = []
    for place, row in rows:
        if held is None:
            held = (place, row)
            continue
        columns = columns_at(held[0]) if len(held[1].cells) <= most else None
        text = None if columns is None else _open_text(columns, held[1])
        if columns is not None and text is not None and not _begins_dated(columns, row):
            missing = columns.all[-1].place - text
            if len(row.cells) == missing + 1:
                joined = _joined(held[1], [each for _, each in lines], row)
                if _is_dated(columns, joined):
                    note(joined, len(lines) + 1)
                    held, lines = (held[0], joined), []
                    continue
            elif len(row.cells) == 1 and len(lines) < _MOST_LINES:
                lines.append((place, row))
                continue
        yield held
        yield from lines
        held, lines = (place, row), []
    if held is not None:
        yield held
        yield from lines


def blank_led(survey: SheetSurvey, columns: Columns) -> bool:
    """Whether rows of a table have blanks behind the marks between their cells, as some programs write them."""
    return any(_is_dated(columns, row) and any(cell[:1] == " " for cell in row.cells[1:]) for row in survey.first_rows)


def is_rest_of_text(columns: Columns, row: Row, region: str) -> bool:
    """Whether a row is prose that stands where a row would: no time, no number, and a blank behind each mark."""
    further = [cell for cell in row.cells[1:] if cell.strip()]
    if not further or not row.cells[0].strip() or any(cell[0] != " " for cell in further):
        return False
    if not columns.has(*TIME_FIELDS) or _is_dated(columns, row):
        return False
    sides = (place for field in PARTY_FIELDS for place in columns.places(field) if place < len(row.cells))
    return all(to_e164(row.cells[place], region) is None for place in sides)


def _open_text(columns: Columns, row: Row) -> int | None:
    """Return the place of a text with which a row ends that should go on behind it. None: it does not end so."""
    places = columns.places(Field.BODY)
    if len(places) != 1 or len(row.cells) != places[0] + 1 or places[0] >= columns.all[-1].place:
        return None
    return places[0]


def _begins_dated(columns: Columns, row: Row) -> bool:
    return bool(row.cells) and columns.all[0].place in _time_places(columns) and is_dated(row.cells[0])


def _is_dated(columns: Columns, row: Row) -> bool:
    return any(place < len(row.cells) and is_dated(row.cells[place]) for place in _time_places(columns))


def _time_places(columns: Columns) -> set[int]:
    return {place for field in TIME_FIELDS for place in columns.places(field)}


def _joined(first: Row, lines: list[Row], last: Row) -> Row:
    text = "\n".join([first.cells[-1], *(line.cells[0] for line in lines), last.cells[0]])
    at = len(first.cells) - 1
    replaced = dict(first.replaced)
    for row in (*lines, last):
        for place, count in row.replaced.items():
            replaced[at + place] = replaced.get(at + place, 0) + count
    return msgspec.structs.replace(
        last, number=first.number, cells=[*first.cells[:-1], text, *last.cells[1:]], replaced=replaced
    )
