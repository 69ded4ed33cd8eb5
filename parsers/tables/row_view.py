"""One row of a table, by what its columns hold; keeps count of what was read, so that the rest is kept beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from parsers.sheets.rows import CellKind, Row
from parsers.table_fields import Field
from parsers.tables.columns import Column, Columns, unnamed

_OWN = "own"
Extra = list[tuple[str, str]]


class RowView:
    """A row.

    Attributes:
        row: As read.
        filled: Texts that an earlier row of the same chat states for this one too, by field.
        beside: Cells that are of no column that is known, as they are kept beside the record.
    """

    __slots__ = ("_columns", "_taken", "beside", "filled", "row")

    def __init__(self, row: Row, columns: Columns, filled: Mapping[Field, str]) -> None:
        self.row = row
        self.filled = filled
        self.beside: Extra = []
        self._columns = columns
        self._taken: set[int] = set()

    def read_by(self, columns: Columns) -> None:
        """Read the row by other columns from now on; what was read stays read."""
        self._columns = columns

    def cell(self, place: int) -> str | None:
        """Return the text of a column as stored. None: it is empty or blank."""
        text = self.row.cells[place] if place < len(self.row.cells) else ""
        return text if text and not text.isspace() else None

    def has(self, field: Field) -> bool:
        """Whether a column of the table is of a field."""
        return field in self._columns.by_field

    def columns_of(self, field: Field) -> Sequence[Column]:
        """Return the columns of a field."""
        return self._columns.by_field.get(field, ())

    def own(self) -> Iterator[str]:
        """Yield the texts under headings that say that they are the owner's: ``Own Number``."""
        for column in self._columns.all:
            text = self.cell(column.place) if _OWN in column.label.key.split() else None
            if text is not None:
                yield text

    def has_any(self, *fields: Field) -> bool:
        """Whether a column of the table is of one of the fields."""
        return self._columns.has(*fields)

    def callers(self) -> list[tuple[Column, str]]:
        """Return the texts of the column of the own line's number, who made what went out; they stay beside it."""
        columns = self._columns.callers
        return [(column, text) for column in columns if (text := self.cell(column.place)) is not None]

    @property
    def is_owner_calling(self) -> bool:
        """Whether that line is said to be the owner's."""
        return self._columns.is_owner_calling

    def of_row(self, row: Row) -> RowView:
        """Return another row of the same table."""
        return RowView(row, self._columns, {})

    def lacks(self, field: Field, other: Field) -> bool:
        """Whether no column of the table is of one of the two fields."""
        by_field = self._columns.by_field
        return field not in by_field and other not in by_field

    def look(self, field: Field) -> str | None:
        """Return the first text of a field; it stays among what is kept beside the record."""
        columns = self._columns.by_field.get(field)
        if columns is None:
            return None
        for column in columns:
            text = self.cell(column.place)
            if text is not None:
                return text
        return self.filled.get(field)

    def take(self, field: Field) -> str | None:
        """Return the first text of a field, which the record holds."""
        columns = self._columns.by_field.get(field)
        if columns is None:
            return None
        for column in columns:
            text = self.cell(column.place)
            if text is not None:
                self._taken.add(column.place)
                return text
        return self.filled.get(field)

    def take_word(self, field: Field) -> str | None:
        """Return the first text of a field, trimmed."""
        text = self.take(field)
        return text.strip() if text is not None else None

    def take_kind(self, column: Column) -> str | None:
        """Return what another column says of the kind of number in this one. None: none does."""
        place = self._columns.kinds_of_numbers().get(column.place)
        text = self.cell(place) if place is not None else None
        if place is None or text is None:
            return None
        self._taken.add(place)
        return text.strip()

    def take_all(self, field: Field) -> list[tuple[Column, str]]:
        """Return all texts of a field with their columns; the record holds them."""
        if field not in self._columns.by_field:
            return []
        found = list(self._texts(field))
        self._taken.update(column.place for column, _ in found)
        if not found and field in self.filled:
            return [(self._columns.by_field[field][0], self.filled[field])]
        return found

    def texts(self, field: Field) -> Iterator[tuple[Column, str]]:
        """Yield all texts of a field with their columns; they stay among what is kept beside the record."""
        yield from self._texts(field)

    def take_places(self, field: Field) -> None:
        """Mark every column of a field as read."""
        self._taken.update(column.place for column in self._columns.by_field.get(field, ()))

    def take_at(self, places: Iterable[int]) -> None:
        """Mark columns as read."""
        self._taken.update(places)

    @property
    def taken(self) -> frozenset[int]:
        """Return the columns that were read."""
        return frozenset(self._taken)

    def keep(self, place: int) -> None:
        """Keep a column beside the record although it was read."""
        self._taken.discard(place)

    def details(self) -> str | None:
        """Return the text of a column of details that no field is read from. None: there is none."""
        for column in self._columns.details():
            text = self.cell(column.place)
            if text is not None:
                return text
        return None

    def body(self, field: Field) -> tuple[str | None, int, int]:
        """Return the first text of a field exactly as stored, its place (-1: none), and its replaced characters."""
        for column in self._columns.by_field.get(field, ()):
            text = self.row.cells[column.place] if column.place < len(self.row.cells) else ""
            if text:
                self._taken.add(column.place)
                return text, column.place, self.row.replaced.get(column.place, 0)
        return None, -1, 0

    def is_number(self, place: int) -> bool:
        """Whether a spreadsheet program holds the cell as a number, without a leading zero."""
        return self.row.kinds.get(place) == CellKind.NUMBER

    def holds(self, *fields: Field) -> bool:
        """Whether any of the fields has a text of the row's own."""
        by_field = self._columns.by_field
        for field in fields:
            for column in by_field.get(field, ()):
                if self.cell(column.place) is not None:
                    return True
        return False

    def has_digits(self, *fields: Field) -> bool:
        """Whether any of the fields has a text with a digit: a time, and not the word over a sum."""
        texts = (self.cell(place) or "" for field in fields for place in self._columns.places(field))
        return any(char.isdigit() for text in texts for char in text)

    def extra(self) -> Extra:
        """Return what no attribute of the record holds: heading and text, in the order of the columns."""
        formulas, taken = self.row.formulas, self._taken
        left = [
            place for place, text in enumerate(self.row.cells) if text and place not in taken and not text.isspace()
        ]
        if not left and not formulas:
            return list(self.beside)
        headings, cells = self._columns.headings, self.row.cells
        if not formulas:
            return [*((headings.get(place) or unnamed(place), cells[place]) for place in left), *self.beside]
        found: Extra = []
        shown = set(left)
        for place in sorted(shown.union(formulas)):
            heading = headings.get(place) or unnamed(place)
            if place in shown:
                found.append((heading, cells[place]))
            if place in formulas and place < len(cells):
                found.append((f"{heading} formula", formulas[place]))
        return found

    def cut(self, place: int) -> RowView:
        """Return the row without its cells from a column on, which are kept beside it under their letters."""
        cells = self.row.cells
        view = RowView(msgspec.structs.replace(self.row, cells=cells[:place]), self._columns, self.filled)
        view.beside = [
            (unnamed(each), cells[each])
            for each in range(place, len(cells))
            if cells[each] and not cells[each].isspace()
        ]
        return view

    def _texts(self, field: Field) -> Iterator[tuple[Column, str]]:
        for column in self._columns.by_field.get(field, ()):
            text = self.cell(column.place)
            if text is not None:
                yield column, text
