"""A small table of contacts beside one of messages or calls, in the same rows: each is read as a table of its own.

Between the two stands a column that is empty in every row. The headings of one are those of contacts and of nothing
else, and those of the other have a time and a side of their own. What stands there may yet be the name of the side of
each row, or the owner all the way down: then the numbers are those of the rows, or contacts come more than once, and
the table is left as one.
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


class SidePart(msgspec.Struct, frozen=True):
    """One of two tables that stand side by side; ``wanted`` is what its rows are. None: its headings tell it."""

    sheet: ColumnSheet
    wanted: TableKind | None


def side_parts(survey: SheetSurvey) -> tuple[SidePart, SidePart] | None:
    """Return the two tables of a sheet of which one is of contacts. None: there are no such two."""
    if len(survey.sections) != 1 or survey.sections[0].columns.beside:
        return None
    section = survey.sections[0]
    columns = section.headed.all
    for at in range(1, len(columns)):
        if columns[at].place == columns[at - 1].place + 1:
            continue
        left, right = columns[:at], columns[at:]
        is_left = _are_contacts(left) and _is_dated(right)
        if not is_left and not (_are_contacts(right) and _is_dated(left)):
            continue
        own, contacts = (right, left) if is_left else (left, right)
        if _stand_apart(survey, section.ordinal, own, contacts):
            wanted = (TableKind.CONTACT, None) if is_left else (None, TableKind.CONTACT)
            places = ((0, right[0].place), (right[0].place, None))
            first, second = (
                SidePart(ColumnSheet(survey.sheet, *place), kind) for place, kind in zip(places, wanted, strict=True)
            )
            return first, second
    return None


def _are_contacts(columns: Sequence[Column]) -> bool:
    fields = {column.label.field for column in columns}
    return fields <= _OF_CONTACTS and {Field.NAME, Field.NUMBER} <= fields and kind_of(columns, "") is TableKind.CONTACT


def _is_dated(columns: Sequence[Column]) -> bool:
    fields = {column.label.field for column in columns}
    return Field.TIME in fields and bool(fields & _SIDES) and kind_of(columns, "") in _DATED


def _stand_apart(survey: SheetSurvey, ordinal: int, own: Sequence[Column], contacts: Sequence[Column]) -> bool:
    """Whether the rows show that the contacts are not the sides of the rows that they stand in."""
    gap = range(min(own[-1].place, contacts[-1].place) + 1, max(own[0].place, contacts[0].place))
    sides = [column.place for column in own if column.label.field in _SIDES]
    numbers = [column.place for column in contacts if column.label.field is Field.NUMBER]
    held: set[int] = set()
    count = of_row_count = alone_count = 0
    for each, row in enumerate(survey.sheet.rows()):
        if each < ordinal or row.is_over:
            continue
        if any(_text(row, place) for place in gap):
            return False
        told = tuple(_text(row, column.place) for column in contacts)
        if each == ordinal or not any(told) or told == tuple(column.heading for column in contacts):
            continue
        count += 1
        held.add(hash(told))
        alone_count += not any(_text(row, column.place) for column in own)
        of_row_count += bool(_keys(row, numbers) & _keys(row, sides))
    return len(held) == count > 0 and (alone_count > 0 or of_row_count * 2 < count)


def _text(row: Row, place: int) -> str:
    return row.cells[place].strip() if place < len(row.cells) else ""


def _keys(row: Row, places: Sequence[int]) -> set[str]:
    texts = (_text(row, place) for place in places)
    keys = (number_key(text, to_e164(text, _REGION)) for text in texts if text)
    return {key for key in keys if key}
