"""Rows that do not fit their headings: a cell too few, or a mark between cells that stands unquoted in one of them.

Where exactly one way to place the cells leaves a time, a direction and numbers in their columns, the row is read so.
Where none does, or several do, nothing is guessed: the row is read as it stands, and is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from parsers.sheets.rows import Row
from parsers.table_fields import PARTY_FIELDS, TIME_FIELDS, Field
from parsers.tables.columns import Columns
from parsers.tables.party_cells import parties_of_label
from parsers.tables.time_cells import is_dated, may_be_time
from parsers.tables.word_meanings import direction_word

_DAY = re.compile(r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{2,4}")
_DIGITS: Final = frozenset("0123456789")
_SHORTEST_TIME: Final = 5
_LONGEST_NUMBER: Final = 15
_MOST_COLUMNS: Final = 60
_MOST_SURPLUS: Final = 20
_WAYS: Final = (Field.DIRECTION, Field.FOLDER)
_WORDS_OF_WAYS: Final = frozenset({"incoming", "outgoing", "inbound", "outbound", "sent", "received"})
_DIALLED = re.compile(r"(?<![0-9+])(?:\+[0-9]{9,14}|0[0-9]{10})(?![0-9])")
_CODED: Final = (Field.FOLDER, Field.STATUS, Field.TYPE, Field.SERVICE)
_TOLD_OTHERWISE: Final = (*PARTY_FIELDS, *_WAYS, Field.BODY, Field.TYPE, Field.STATUS, Field.FROM_NAME, Field.TO_NAME)


def fits(columns: Columns, cells: Sequence[str], region: str) -> bool:
    """Whether a row has a time, and times, directions and numbers of sides in their columns or nothing there."""

    def texts(*fields: Field) -> Iterator[str]:
        places = (place for field in fields for place in columns.places(field) if place < len(cells))
        return (cells[place].strip() for place in places if not cells[place].isspace() and cells[place])

    times = list(texts(*TIME_FIELDS))
    return (
        bool(times)
        and all(map(_is_time, times))
        and all(direction_word(text) is not None for text in texts(*_WAYS))
        and all(_is_number(text, region) for text in texts(*PARTY_FIELDS))
    )


def fitted(columns: Columns, row: Row, width: int, delimiter: str, region: str) -> list[str] | None:
    """Return the cells of a row where exactly one way to place them fits. None: none does, or several do.

    Args:
        columns: Of its table.
        row: Of another width than its table.
        width: How many cells the rows of the table have.
        delimiter: What stands between cells.
        region: For numbers without a country code.
    """
    cells = row.cells
    surplus = len(cells) - width
    if width > _MOST_COLUMNS or not -1 <= surplus <= _MOST_SURPLUS or not surplus:
        return None
    found: list[str] | None = None
    # A word for a direction holds no mark.
    words = {place for field in _WAYS for place in columns.places(field)} if surplus > 0 else set()
    times = {place for field in TIME_FIELDS for place in columns.places(field)} if surplus > 0 else set()
    sides = {place for field in PARTY_FIELDS for place in columns.places(field)} if surplus > 0 else set()
    for place in range(width):
        if place in words or (place in times and not _is_parted_time(cells[place : place + surplus + 1])):
            continue
        end = place + surplus + 1
        if surplus < 0:
            placed = [*cells[:place], "", *cells[place:]]
        else:
            placed = [*cells[:place], delimiter.join(cells[place:end]), *cells[end:]]
        shown = placed
        if place in sides:
            # A number may stand with its name, and the mark between them.
            number = next((part for part in cells[place:end] if _is_number(part, region)), "")
            shown = [*placed[:place], number or placed[place], *placed[place + 1 :]]
        if placed != found and fits(columns, shown, region):
            if found is not None:
                return None
            found = placed
    return found


def first_contrary(columns: Columns, cells: Sequence[str]) -> int | None:
    """Return the first cell that holds what its column cannot, and another can. None: there is none.

    A word for a direction is no time and no side, a dialled number no time, direction, folder or status, a day no side.
    """

    def held(*fields: Field) -> Iterator[tuple[int, str]]:
        for field in fields:
            for place in columns.places(field):
                if place < len(cells) and (text := cells[place].strip()):
                    yield place, text

    found = [
        place
        for place, text in held(*TIME_FIELDS)
        if text.casefold() in _WORDS_OF_WAYS or _DIALLED.fullmatch(text) is not None
    ]
    found += [place for place, text in held(Field.DIRECTION) if _DIALLED.search(text) is not None]
    found += [place for place, text in held(*_CODED) if _DIALLED.fullmatch(text) is not None]
    found += [
        place
        for place, text in held(*PARTY_FIELDS)
        if text.casefold() in _WORDS_OF_WAYS or (_DAY.search(text) is not None and is_dated(text))
    ]
    return min(found, default=None)


def is_shifted(columns: Columns, row: Row) -> bool:
    """Whether a row has a word for its time, and a day in a column of something else."""
    cells = row.cells
    for place in columns.places(Field.TIME):
        text = cells[place] if place < len(cells) else ""
        # Nearly every row is told by the first character of its time.
        if not text or (text[0] in _DIGITS and len(text) >= _SHORTEST_TIME):
            return False
        if not may_be_time(text) or is_dated(text):
            return False
    return columns.has(Field.TIME) and any(
        place < len(cells) and _DAY.search(cells[place]) is not None and is_dated(cells[place])
        for field in _TOLD_OTHERWISE
        for place in columns.places(field)
    )


def _is_parted_time(parts: Sequence[str]) -> bool:
    """Whether cells are the parts of one time: where one has a day, no other is prose or a number."""
    has_day = any(map(_DAY.search, parts))
    return not has_day or all(bool(part.strip()) and _is_time(part.strip()) for part in parts)


def _is_time(text: str) -> bool:
    # A number with its zero or its country code is dialled; no count of time is written so.
    return not (text[0] in "+0" and text[1:].isdecimal()) and is_dated(text)


def _is_number(text: str, region: str) -> bool:
    parties = parties_of_label(text, region)
    if len(parties) != 1 or sum(map(str.isdecimal, text)) > _LONGEST_NUMBER:
        return False
    return parties[0].e164 is not None or "@" in (parties[0].raw or "")
