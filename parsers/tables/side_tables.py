"""A small table of contacts beside one of messages or calls, in the same rows: each is read as a table of its own.

Between the two stands a column that is empty in every row. The headings of one are those of contacts and of nothing
else, and those of the other have a time and a side of their own. What stands there may yet be the name of the side of
each row, or the owner all the way down: then the numbers are those of the rows, one stands in every row, or contacts
come more than once, and the table is left as one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from parsers.phone_numbers import number_key, to_e164
from parsers.sheets.rows import Damage, Row, Sheet
from parsers.table_fields import Field, TableKind
from parsers.tables.columns import Column, kind_of
from parsers.tables.rows_below import DATED_KINDS
from parsers.tables.survey import SheetSurvey

_REGION: Final = "GB"
_SIDES: Final = frozenset({Field.FROM, Field.TO, Field.NUMBER, Field.PARTIES, Field.PARTICIPANTS})
_OF_CONTACTS: Final = frozenset({Field.NAME, Field.NUMBER, Field.EMAIL, Field.HANDLE, Field.STORED_IN, Field.ROW, None})
_MOST_GAPS: Final = 8
_DATED: Final = DATED_KINDS | {TableKind.MIXED}


class ColumnSheet:
    """Some columns of a sheet, at their own places; rows that hold nothing in them are left out.

    Args:
        sheet: The whole.
        first: The first of its columns.
        end: The first that is no longer one of them. None: all behind it are.
    """

    def __init__(self, sheet: Sheet, first: int, end: int | None) -> None:
        self.name = sheet.name
        self._sheet = sheet
        self._first, self._end = first, end

    @property
    def damages(self) -> tuple[Damage, ...]:
        """Return what was wrong with the whole, where these are its first columns."""
        return () if self._first else self._sheet.damages

    def rows(self) -> Iterator[Row]:
        """Yield the rows that hold anything, in file order."""
        for row in self._sheet.rows():
            if row.is_over:
                if not self._first:
                    yield row
                continue
            found = self._own(row)
            if any(found.cells):
                yield found

    def _own(self, row: Row) -> Row:
        first, end = self._first, self._end
        cells = [*([""] * first), *row.cells[first:end]] if len(row.cells) > first else []
        last = len(row.cells) if end is None else end
        kinds, replaced, formulas = (
            {place: held for place, held in each.items() if first <= place < last}
            for each in (row.kinds, row.replaced, row.formulas)
        )
        is_whole = end is not None and len(row.cells) > end
        return msgspec.structs.replace(
            row,
            cells=cells,
            kinds=kinds,
            replaced=replaced,
            formulas=formulas,
            is_cut=row.is_cut and not is_whole,
            is_unended=row.is_unended and not is_whole,
        )


class _Gap:
    """Empty columns between a table of contacts and another one, and what the rows show of the two."""

    def __init__(self, left: Sequence[Column], right: Sequence[Column], *, is_left: bool) -> None:
        own, contacts = (right, left) if is_left else (left, right)
        self.is_left = is_left
        self.end = right[0].place
        self._gap = range(left[-1].place + 1, right[0].place)
        self._own = [column.place for column in own]
        self._contacts = [column.place for column in contacts]
        self._headings = tuple(column.heading for column in contacts)
        self._sides = [column.place for column in own if column.label.field in _SIDES]
        self._numbers = [column.place for column in contacts if column.label.field is Field.NUMBER]
        self._held: set[int] = set()
        self._count = self._row_count = self._of_row_count = self._alone_count = 0

    def take(self, row: Row, *, is_head: bool) -> bool:
        """Take a row from the headings on; return whether the gap is one still."""
        if any(_text(row, place) for place in self._gap):
            return False
        told = tuple(_text(row, place) for place in self._contacts)
        if is_head or told == self._headings:
            return True
        has_own = any(_text(row, place) for place in self._own)
        self._row_count += has_own
        if any(told):
            self._count += 1
            self._held.add(hash(told))
            self._alone_count += not has_own
            self._of_row_count += bool(_keys(row, self._numbers) & _keys(row, self._sides))
        return True

    @property
    def is_apart(self) -> bool:
        """Whether the rows show that the contacts are not the sides of the rows that they stand in.

        One beside each of them may be: its number is then another one than the side that they name.
        """
        if len(self._held) != self._count or not self._count:
            return False
        return self._alone_count > 0 or (self._count < self._row_count and self._of_row_count * 2 < self._count)


class SidePart(msgspec.Struct, frozen=True):
    """One of two tables that stand side by side; ``wanted`` is what its rows are. None: its headings tell it."""

    sheet: ColumnSheet
    wanted: TableKind | None


def side_parts(survey: SheetSurvey) -> tuple[SidePart, SidePart] | None:
    """Return the two tables of a sheet of which one is of contacts. None: there are no such two."""
    if len(survey.sections) != 1 or survey.sections[0].columns.beside:
        return None
    section = survey.sections[0]
    at = _first_apart(survey, section.ordinal, _gaps(section.headed.all))
    if at is None:
        return None
    wanted = (TableKind.CONTACT, None) if at.is_left else (None, TableKind.CONTACT)
    places = ((0, at.end), (at.end, None))
    first, second = (
        SidePart(ColumnSheet(survey.sheet, *place), kind) for place, kind in zip(places, wanted, strict=True)
    )
    return first, second


def _gaps(columns: Sequence[Column]) -> list[_Gap]:
    """Return the places between columns with contacts on one side alone. Empty: none, or more than two tables have."""
    found: list[_Gap] = []
    for at in range(1, len(columns)):
        if columns[at].place == columns[at - 1].place + 1:
            continue
        left, right = columns[:at], columns[at:]
        is_left = _are_contacts(left) and _is_dated(right)
        if is_left or (_are_contacts(right) and _is_dated(left)):
            found.append(_Gap(left, right, is_left=is_left))
            if len(found) > _MOST_GAPS:
                return []
    return found


def _first_apart(survey: SheetSurvey, ordinal: int, gaps: list[_Gap]) -> _Gap | None:
    """Return the first gap beside which two tables stand, told by one reading of the rows. None: there is none."""
    if not gaps:
        return None
    left = gaps
    for each, row in enumerate(survey.sheet.rows()):
        if each < ordinal or row.is_over:
            continue
        left = [gap for gap in left if gap.take(row, is_head=each == ordinal)]
        if not left:
            return None
    return next((gap for gap in left if gap.is_apart), None)


def _are_contacts(columns: Sequence[Column]) -> bool:
    fields = {column.label.field for column in columns}
    return fields <= _OF_CONTACTS and {Field.NAME, Field.NUMBER} <= fields and kind_of(columns, "") is TableKind.CONTACT


def _is_dated(columns: Sequence[Column]) -> bool:
    fields = {column.label.field for column in columns}
    return Field.TIME in fields and bool(fields & _SIDES) and kind_of(columns, "") in _DATED


def _text(row: Row, place: int) -> str:
    return row.cells[place].strip() if place < len(row.cells) else ""


def _keys(row: Row, places: Sequence[int]) -> set[str]:
    texts = (_text(row, place) for place in places)
    keys = (number_key(text, to_e164(text, _REGION)) for text in texts if text)
    return {key for key in keys if key}
