"""What columns may hold by their cells alone: for a person to check, and to tell records from pages of notes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from parsers.language_words import english_time
from parsers.locale_times import DAY_FIRST, read_written_time
from parsers.phone_numbers import to_e164
from parsers.plain_characters import to_plain_characters
from parsers.sheets.rows import CellKind, Row
from parsers.table_fields import Field, TableKind
from parsers.tables.word_meanings import direction_word, seconds_of

_SHARE: Final = 0.6
_LONG_TEXT: Final = 8
_LONGEST_COUNT: Final = 6
_SIDES: Final = (Field.NUMBER, Field.FROM, Field.TO, Field.PARTIES)
_DATE = re.compile(r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}")
_CLOCK = re.compile(r"[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?\s*([AP]M)?", re.IGNORECASE)
_ZONE_BEHIND = re.compile(r"\s*\(?\b(?:UTC|GMT)(?:[+-][0-9:]{1,5})?\)?$")
_COUNT = re.compile(r"1[0-9]{9}(?:[0-9]{3})?")
"""Seconds or milliseconds since 1970, of 2001 to 2033."""

_HOURS_ALONE = re.compile(r"(?:[01][0-9]|2[0-3])[0-5][0-9]")
_PARTY = re.compile(
    r"(?:[^\W\d]{2,14}:\s*)?"
    r"\+?[0-9][0-9 ()-]{6,18}[0-9](?:@[\w.]+)?"
    r"(?:[ ,]+(?:[A-ZÀ-Þ][\w.'-]*|\([^()]{1,20}\))){0,3}\*?"
)
"""One party of a list: ``De: +447700900123 Jay``, ``447700900123@s.whatsapp.net Kay (owner)``."""

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}.*")


def guessed_columns(
    first_rows: Sequence[Row], width: int, header_row: int, known: Mapping[int, Field] | None = None
) -> tuple[dict[int, Field], TableKind | None]:
    """Return what the columns are taken for by their cells, and what the rows would be.

    Args:
        first_rows: The rows that the front of the table shows.
        width: How many columns there are.
        header_row: Row of the headings; 0: none was told from data.
        known: What headings say that are known, by place; it holds before the cells.
    """
    rows = [row for row in first_rows if row.number > header_row]
    fields: dict[int, Field] = {}
    lengths: dict[int, float] = {}
    known = known or {}
    for place in range(width):
        cells = column_texts(rows, place)
        if place in known:
            fields[place] = known[place]
            continue
        if not cells or all(cell.strip().isdecimal() and len(cell.strip()) <= _LONGEST_COUNT for cell in cells):
            # Numbers of rows are nobody's text.
            continue
        found = _field_of(cells, [row.kinds.get(place) for row in rows])
        if found is not None:
            fields[place] = found
        else:
            lengths[place] = sum(map(len, cells)) / len(cells)
    _take_clocks(fields, rows, width)
    for place in [place for place in lengths if _are_parties(column_texts(rows, place))]:
        # Who wrote and who got it, in one cell, is longer than most texts.
        fields[place] = Field.PARTIES
        del lengths[place]
    longest = max(lengths, key=lambda place: lengths[place], default=None)
    is_text = longest is not None and (
        len(lengths) == 1 or lengths[longest] >= _LONG_TEXT or _are_words(column_texts(rows, longest))
    )
    if longest is not None and is_text and Field.TIME in fields.values() and Field.BODY not in fields.values():
        fields[longest] = Field.BODY
    return fields, _kind_told(fields, lengths, rows, width)


def _kind_told(
    fields: dict[int, Field], lengths: Mapping[int, float], rows: Sequence[Row], width: int
) -> TableKind | None:
    """Return what rows are by what their columns hold; takes one more for the name or the duration that it needs."""
    held = set(fields.values())
    if Field.BODY in held:
        return TableKind.MESSAGE
    has_numbers = not held.isdisjoint(_SIDES)
    if Field.DURATION in held and has_numbers:
        return TableKind.CALL
    if Field.NUMBER in held and Field.TIME not in held and lengths:
        fields[min(lengths)] = Field.NAME
        return TableKind.CONTACT
    if not has_numbers or Field.TIME not in held:
        return None
    counts = [place for place in range(width) if place not in fields and _are_spans(column_texts(rows, place))]
    if len(counts) == 1:
        fields[counts[0]] = Field.DURATION
    # What is dated and has sides and no text would be empty messages.
    return TableKind.CALL


def _are_spans(cells: Sequence[str]) -> bool:
    """Whether cells are whole numbers of seconds, and not the numbers of the rows."""
    if not cells or not all(cell.strip().isdecimal() and len(cell.strip()) <= _LONGEST_COUNT for cell in cells):
        return False
    counts = [int(cell) for cell in cells]
    return any(after - before != 1 for before, after in pairwise(counts))


def _take_clocks(fields: dict[int, Field], rows: Sequence[Row], width: int) -> None:
    """Take a column of hours and minutes for the time of day where that of the time holds days alone."""
    times = [place for place, field in fields.items() if field is Field.TIME]
    if len(times) != 1 or not all(_DATE.fullmatch(cell.strip()) for cell in column_texts(rows, times[0])):
        return
    clocks = [
        place
        for place, field in fields.items()
        if field is Field.DURATION and all(_CLOCK.fullmatch(cell.strip()) for cell in column_texts(rows, place))
    ]
    if not clocks:
        texts = {place: column_texts(rows, place) for place in range(width) if place not in fields}
        clocks = [
            place
            for place, cells in texts.items()
            if cells and all(_HOURS_ALONE.fullmatch(cell.strip()) for cell in cells)
        ]
    if clocks:
        fields[min(clocks, key=lambda place: abs(place - times[0]))] = Field.TIME


def _are_words(cells: Sequence[str]) -> bool:
    """Whether most cells of a column are more than one word."""
    return sum(" " in cell.strip() for cell in cells) >= len(cells) * _SHARE


def _are_parties(cells: Sequence[str]) -> bool:
    """Whether most cells of a column list parties: each a number with a name at most, a word for its side in front.

    A text may begin with a number too (``07700 900123 is my new one``); it goes on, and has no such word.
    """
    told = [[line for line in cell.splitlines() if line.strip()] for cell in cells]
    listed = sum(bool(lines) and all(map(_PARTY.fullmatch, map(str.strip, lines))) for lines in told)
    return bool(cells) and listed >= len(cells) * _SHARE


def _field_of(cells: Sequence[str], kinds: Sequence[int | None]) -> Field | None:
    tests: Mapping[Field, int] = {
        Field.TIME: sum(map(_is_time, cells)) + sum(kind == CellKind.MOMENT for kind in kinds),
        Field.NUMBER: sum(to_e164(cell) is not None for cell in cells),
        Field.DIRECTION: sum(len(cell) < 20 and direction_word(cell) is not None for cell in cells),
        Field.DURATION: sum(":" in cell and seconds_of(cell) is not None for cell in cells),
    }
    return next((field for field, count in tests.items() if count >= len(cells) * _SHARE), None)


def _is_time(text: str) -> bool:
    plain = english_time(to_plain_characters(text))
    if (
        _COUNT.fullmatch(plain)
        or _ISO.fullmatch(plain)
        or _DATE.fullmatch(plain)
        or read_written_time(plain, DAY_FIRST) is not None
    ):
        return True
    zoned = _ZONE_BEHIND.search(plain)
    if zoned is not None:
        # No duration has a zone.
        return bool(_CLOCK.fullmatch(plain[: zoned.start()]))
    return bool(_CLOCK.fullmatch(plain)) and plain.count(":") == 2 and not plain.startswith("00:")


def column_texts(rows: Sequence[Row], place: int) -> list[str]:
    """Return the texts of a column that are not blank."""
    return [row.cells[place] for row in rows if place < len(row.cells) and row.cells[place].strip()]
