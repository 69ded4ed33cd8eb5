"""What stands below a table and says something of it, and what a row must hold to be one."""

from __future__ import annotations

import re
from typing import Final

from parsers.sheets.merged_cells import own_cells
from parsers.table_fields import TIME_FIELDS, Field, TableKind
from parsers.tables.columns import Columns
from parsers.tables.row_view import RowView
from parsers.tables.time_cells import is_time
from parsers.tables.word_meanings import seconds_of

_SIDES: Final = (Field.FROM, Field.FROM_NAME, Field.TO, Field.TO_NAME, Field.NUMBER, Field.NAME, Field.PARTIES)
_REACHED: Final = (Field.NAME, Field.NUMBER, Field.EMAIL, Field.HANDLE, Field.ENTRIES)
TELLING: Final = {
    TableKind.MESSAGE: (Field.BODY, Field.ATTACHMENT, *_SIDES),
    TableKind.CALL: _SIDES,
    TableKind.CONTACT: _REACHED,
    TableKind.ACCOUNT: _REACHED,
}
DATED_KINDS: Final = frozenset({TableKind.MESSAGE, TableKind.CALL})
_DATED: Final = (Field.TIME, Field.SENT, Field.RECEIVED, Field.DURATION)
_SUM = re.compile(
    r"(?:grand\s|sub-?)?(?:totals?|sum|count|summe|gesamt|totaal|suma|razem|cyfanswm)"
    r"(?:\s(?:rows?|records?|items?|messages?|texts?|calls?|contacts?|entries|costs?|charges?|usage|duration|due|spend))?"
    r"(?:\s\(?(?:inc|incl|including|ex|exc|excl|excluding)\.?\s?vat\)?)?\s*[:=]?\s*[0-9]{0,7}",
    re.IGNORECASE,
)
_DIGITS: Final = "0123456789"
_MOST_SUMS: Final = 8
_COUNTED = re.compile(
    r"[0-9]{1,3}(?:,?[0-9]{3}){0,2}"
    r"(?:\s(?:rows?|records?|items?|messages?|texts?|sms|mms|chats?|calls?|contacts?|entries|minutes|mins|seconds|secs))?",
    re.IGNORECASE,
)
"""A count under a column, and perhaps of what: ``3 messages``."""

_MONEY = re.compile(
    r"-?(?:[\u00a3$\u20ac]|GBP|EUR|USD)?\s?[0-9]{1,3}(?:,?[0-9]{3}){0,2}[.,][0-9]{2,4}\s?(?:[\u00a3$\u20acp]|GBP|EUR|USD)?"
    r"|-?(?:[\u00a3$\u20ac]|GBP|EUR|USD)\s?[0-9]{1,7}(?:,[0-9]{3}){0,2}"
    r"|[0-9]{1,7}(?:,[0-9]{3}){0,2}\s?(?:[\u00a3$\u20ac]|GBP|EUR|USD)"
    r"|[0-9]{1,5}\s?p",
    re.IGNORECASE,
)
"""What calls cost together, in a column that no field is read from; without pence with its currency alone."""

_BARE = re.compile(r"[0-9,]+")


def tells(kind: TableKind, view: RowView, columns: Columns) -> bool:
    """Whether a row holds anything that a record is made of; what cells merged with those above hold is none alone."""
    own = view if not view.row.merged else RowView(own_cells(view.row), columns, view.filled)
    return own.holds(*TELLING[kind]) or (kind in DATED_KINDS and own.has_digits(*_DATED))


def is_of_table(kind: TableKind, view: RowView, *, is_told: bool) -> bool:
    """Whether a row is no record and says something of the table above it.

    Args:
        kind: What a row becomes.
        view: The row.
        is_told: Whether it holds anything that a record is made of; where not, the word for a sum alone is none.
    """
    if is_told:
        return is_below(kind, view) or is_sum(view)
    return sum(1 for cell in view.row.cells if cell and not cell.isspace()) > 1 and is_sum(view)


def is_below(kind: TableKind, view: RowView) -> bool:
    """Whether a row says something of the table: its one cell is no side, no text and no time (``Total: 3``)."""
    if kind not in DATED_KINDS or view.holds(*TELLING[kind]):
        return False
    cells = [cell for cell in view.row.cells if cell and not cell.isspace()]
    return len(cells) == 1 and not (is_time(cells[0]) and view.holds(*TIME_FIELDS))


def is_sum(view: RowView) -> bool:
    """Whether a row is the sum under a table: the word alone, or with counts or durations beside it, and nothing else.

    Beside a person who is called so, a text of a number and a word is a text (``Total``, ``5 mins``).
    """
    written = view.row.cells
    # Nearly every row is told by its first cell, a time or a number.
    if written[0] and written[0][0] in _DIGITS:
        return False
    cells = [(place, cell.strip()) for place, cell in enumerate(written) if cell and not cell.isspace()]
    if not 1 <= len(cells) <= _MOST_SUMS or _SUM.fullmatch(cells[0][1]) is None:
        return False
    is_person = cells[0][0] in _places(view, *_SIDES)
    bodies = _places(view, Field.BODY) if is_person else frozenset()
    read = _places(view, *Field)
    spans = _places(view, Field.DURATION) if not is_person or view.has_any(*TIME_FIELDS) else frozenset()
    return all(
        (_BARE if place in bodies else _COUNTED).fullmatch(cell) is not None
        or (place in spans and seconds_of(cell) is not None)
        or (place not in read and _MONEY.fullmatch(cell) is not None)
        for place, cell in cells[1:]
    )


def _places(view: RowView, *fields: Field) -> frozenset[int]:
    return frozenset(column.place for field in fields for column, _ in view.texts(field))
