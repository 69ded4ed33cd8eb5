"""Columns of telephone numbers under headings that nobody knows, beside one of senders or of recipients alone.

They may be the other side (``Origin`` beside ``Sent To``). Then both sides of a row are listed, and that one of them is
read says nothing of its way. One number all the way down is that of the line whose list it is, and so are numbers
under words for a line that was billed, or for one that something was passed on to.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from parsers.sheets.rows import Row
from parsers.table_fields import Field, TableKind
from parsers.tables.columns import Column, Columns
from parsers.tables.labels import label_key
from parsers.tables.side_columns import OF_OWNER, is_address

_HAS_SIDES: Final = frozenset({TableKind.MESSAGE, TableKind.CALL, TableKind.MIXED})
_SENDERS: Final = (Field.FROM, Field.FROM_NAME)
_RECIPIENTS: Final = (Field.TO, Field.TO_NAME)
_OTHERS: Final = (Field.NUMBER, Field.PARTIES, Field.PARTICIPANTS)
_SHARE: Final = 0.6
_SEVERAL: Final = 2
_OF_NO_SIDE: Final = OF_OWNER | frozenset(
    {"billing", "billed", "bill", "account", "charged", "charging", "customer", "contract", "line", "user", "cost"}
    | {"forward", "forwarded", "forwarding", "divert", "diverted", "redirect", "redirected", "transferred", "reply"}
    | {"alternative", "alternate", "secondary", "second", "callback", "ref", "reference", "id", "msisdn", "cli"}
    | {"gateway", "access", "time", "date", "duration", "seconds", "bytes", "size", "lat", "long", "latitude"}
    | {"longitude", "cell", "lac", "row", "record", "serial"}
)
"""Words of headings of numbers that are of the line read, of one that a call was passed on to, or of no telephone."""


class OpenSides:
    """Looks through the rows of a table for columns that may be the side which no heading names.

    Args:
        columns: What its headings say.
    """

    def __init__(self, columns: Columns) -> None:
        read = {column.place for found in columns.by_field.values() for column in found}
        self._open = [
            column
            for column in columns.all
            if column.place not in read
            and column not in columns.beside
            and _OF_NO_SIDE.isdisjoint(label_key(column.heading).split())
        ]
        self._filled: Counter[int] = Counter()
        self._addresses: Counter[int] = Counter()
        self._held: dict[int, set[str]] = {column.place: set() for column in self._open}

    def add(self, row: Row) -> None:
        """Take a row below the headings."""
        for column in self._open:
            text = row.cells[column.place].strip() if column.place < len(row.cells) else ""
            if text:
                self._filled[column.place] += 1
                self._addresses[column.place] += is_address(text)
                if len(self._held[column.place]) < _SEVERAL:
                    self._held[column.place].add(text)

    def found(self, columns: Columns) -> tuple[Column, ...]:
        """Return the columns that may be the side that is not read. Empty: none is, or both sides are read.

        Args:
            columns: The same ones, as far as the cells have told what they hold by now.
        """
        if columns.has(*_OTHERS) or columns.has(*_SENDERS) == columns.has(*_RECIPIENTS):
            return ()
        read = {column.place for found in (*columns.by_field.values(), columns.callers) for column in found}
        return tuple(column for column in self._open if column.place not in read and self._may_be_side(column.place))

    def _may_be_side(self, place: int) -> bool:
        filled = self._filled[place]
        is_constant = filled >= _SEVERAL and len(self._held[place]) == 1
        return filled > 0 and self._addresses[place] >= filled * _SHARE and not is_constant


def open_sides(columns: Columns) -> OpenSides | None:
    """Return a search. None: the rows have no sides, no heading or both roles name them, or their way is stated."""
    is_asked = columns.kind in _HAS_SIDES and not columns.has(*_OTHERS, Field.DIRECTION)
    if not is_asked or (columns.has(*_SENDERS) and columns.has(*_RECIPIENTS)):
        return None
    return OpenSides(columns)
