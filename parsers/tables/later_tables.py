"""Tables that stand below another on one sheet: what their own headings and title say, and those that nobody knows.

The name of a sheet, and what a vendor's sheet of that name is known to hold, is true of its first table. A later one is
told by its own headings, by the title over it where they do not say, and by the sheet only where it can be no other.
"""

from __future__ import annotations

import re
from typing import Final

from parsers.sheets.rows import Row
from parsers.table_fields import TIME_FIELDS, Field, TableKind
from parsers.tables.columns import Columns, columns_of, headings_of, looks_like_headings
from parsers.tables.misfit_rows import fits
from parsers.tables.time_cells import is_dated, may_be_time

_DIGITS: Final = frozenset("0123456789")
_NUMBER = re.compile(r"[+-]?[0-9](?:[0-9 .,()/-]*[0-9])?")
_COUNTED = re.compile(r".{1,80}\([0-9]{1,9}\)\s*")
_PEOPLE: Final = frozenset({TableKind.CONTACT, TableKind.ACCOUNT})
_NEEDED: Final = {
    TableKind.MESSAGE: (Field.BODY, Field.ATTACHMENT),
    TableKind.CALL: TIME_FIELDS,
    TableKind.CONTACT: (Field.NAME, Field.NUMBER, Field.ENTRIES),
    TableKind.ACCOUNT: (Field.NAME, Field.NUMBER, Field.ENTRIES, Field.HANDLE, Field.EMAIL),
    TableKind.MIXED: (Field.BODY,),
}
_FEWEST_HEADINGS: Final = 3
_LONGEST_HEADING: Final = 60
_MOST_HELD: Final = 100
_DAMAGED = re.compile("[\\x00-\\x08\\x0e-\\x1f\\x7f\ufffd]")
_FORM_REGION: Final = "GB"
"""To tell numbers from other cells by their form."""


class UnknownTable:
    """A table of columns that are not known, below one that is.

    Attributes:
        begins: Place of the row of its headings among the rows of the sheet.
        ends: Place of the first row behind it. None: it goes on to the end.
        title: What stands over it; empty: nothing.
        headings: As written.
        rows: Its first rows, its headings with them.
        is_sure: Whether a time where the table above has it does not show that it was none; all that fits does.
        has_more: Whether it has more rows than are kept.
        may_be_records: Whether its rows look like messages, calls or contacts. None: that was not looked at.
    """

    def __init__(self, begins: int, row: Row, title: str, *, is_sure: bool) -> None:
        self.begins = begins
        self.ends: int | None = None
        self.title = title
        self.headings = tuple(column.heading for column in headings_of(row))
        self.rows = [row]
        self.is_sure = is_sure
        self.has_more = False
        self.may_be_records: bool | None = None

    def holds(self, ordinal: int) -> bool:
        """Whether the row in a place is of this table."""
        return self.begins <= ordinal and (self.ends is None or ordinal < self.ends)

    def take(self, row: Row, held: Columns) -> bool:
        """Take a row; False: it is of the table above, as those before it are where ``has_more`` is not set."""
        if is_dated_row(held, row) and (not self.is_sure or fits(held, row.cells, _FORM_REGION)):
            return False
        if len(self.rows) < _MOST_HELD:
            self.rows.append(row)
        else:
            self.has_more = True
        return True


def later_columns(row: Row, title: str, name: str, wanted: TableKind | None) -> Columns | None:
    """Return the columns of a heading row below another table. None: it is none, or does not tell what its rows are.

    Args:
        row: Any row.
        title: What stands over it; empty: nothing.
        name: Of the sheet.
        wanted: The kind of the sheet's rows, where it is known otherwise.
    """
    own, given = columns_of(row, title), columns_of(row, name, wanted)
    if own is None:
        return given if given is not None and given.has(*_NEEDED[given.kind]) else None
    is_like = given is not None and (own.kind is TableKind.MIXED or {own.kind, given.kind} <= _PEOPLE)
    return given if is_like else own


def title_over(row: Row, before: Row | None) -> str:
    """Return what stands alone in the row above another; empty: nothing does, or a time or a number, which is data."""
    if before is None or before.number >= row.number or not before.cells or any(before.cells[1:]):
        return ""
    title = before.cells[0].strip()
    return "" if is_dated(title) or _NUMBER.fullmatch(title) else title


def unknown_table(ordinal: int, row: Row, before: Row | None, held: Columns) -> UnknownTable | None:
    """Return the table of unknown columns that a row below another table begins. None: nothing shows that it does.

    A row of texts that are no data, with a title over it or behind blank rows; it may yet be one of the table above,
    which rows below it with a time in its place show. Asked of every row, so that it must be cheap.
    """
    cells = row.cells
    if row.kinds or before is None or not cells or cells[0][:1] in _DIGITS:
        return None
    is_apart = row.number > before.number + 1
    title = title_over(row, before)
    if not (is_apart or title) or not looks_like_headings(row):
        return None
    texts = [text for text in cells if text.strip()]
    if len(texts) < _FEWEST_HEADINGS or max(map(len, texts)) > _LONGEST_HEADING or any(map(_DAMAGED.search, texts)):
        return None
    is_counted = _COUNTED.fullmatch(title) is not None
    if not is_counted and not held.has(*TIME_FIELDS):
        return None
    has_text = _holds(held, row, Field.BODY)
    if not title and has_text:
        return None
    is_sure = is_counted or (not has_text and _holds(held, row, *TIME_FIELDS))
    return UnknownTable(ordinal, row, title, is_sure=is_sure)


def is_dated_row(columns: Columns, row: Row) -> bool:
    """Whether a row has a time where its table has one."""
    cells = row.cells
    return any(
        place < len(cells) and is_dated(cells[place]) for field in TIME_FIELDS for place in columns.places(field)
    )


def _holds(columns: Columns, row: Row, *fields: Field) -> bool:
    cells = row.cells
    return any(place < len(cells) and may_be_time(cells[place]) for field in fields for place in columns.places(field))
