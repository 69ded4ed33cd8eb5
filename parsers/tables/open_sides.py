"""Columns of telephone numbers under headings that nobody knows, beside one of senders or of recipients alone.

They may be the other side. Where their heading speaks of it (``Origin`` beside ``Sent To``), both sides of a row are
listed, and that one of them is read says nothing of its way; else they are named alone. One number all the way down is
that of the line whose list it is, and so are few numbers beside many others, and numbers under words for a line that
was billed, or for one that something was passed on to. The number beside it, written anew, is nobody else's.
"""

from __future__ import annotations

from typing import Final

from parsers.language_words import fold
from parsers.sheets.rows import Row
from parsers.table_fields import Field, TableKind
from parsers.tables.columns import Column, Columns
from parsers.tables.labels import label_key
from parsers.tables.side_cells import SideCells
from parsers.tables.side_columns import OF_OWNER

_HAS_SIDES: Final = frozenset({TableKind.MESSAGE, TableKind.CALL, TableKind.MIXED})
_SENDERS: Final = (Field.FROM, Field.FROM_NAME)
_RECIPIENTS: Final = (Field.TO, Field.TO_NAME)
_OTHERS: Final = (Field.NUMBER, Field.PARTIES, Field.PARTICIPANTS)
_OF_SENDERS: Final = frozenset(
    {"origin", "originating", "originator", "source", "src", "sender", "sending", "sent", "from", "author", "caller"}
    | {"calling", "dialler", "herkunft", "ursprung", "quelle", "origine", "provenance", "herkomst", "bron", "origen"}
    | {"procedencia", "pochodzenie", "zrodlo", "tarddiad", "ffynhonnell"}
)
_OF_RECIPIENTS: Final = frozenset(
    {"destination", "dest", "dst", "target", "terminating", "recipient", "receiver", "receiving", "received", "to"}
    | {"addressee", "called", "callee", "dialled", "dialed", "ziel", "bestemming", "doel", "destino", "cel", "cyrchfan"}
)
_OF_NO_SIDE: Final = OF_OWNER | frozenset(
    {"billing", "billed", "bill", "account", "charged", "charging", "customer", "contract", "line", "user", "cost"}
    | {"forward", "forwarded", "forwarding", "divert", "diverted", "redirect", "redirected", "transferred", "reply"}
    | {"alternative", "alternate", "secondary", "second", "callback", "ref", "reference", "id", "msisdn", "cli"}
    | {"gateway", "access", "time", "date", "duration", "seconds", "bytes", "size", "lat", "long", "latitude"}
    | {"longitude", "cell", "lac", "row", "record", "serial", "sc", "smsc", "service", "extension", "ext", "employee"}
    | {"staff", "sequence", "seq", "invoice", "anschluss", "nebenstelle", "mitarbeiter", "ligne", "poste", "lijn"}
    | {"toestel", "linea", "linia", "wewnetrzny", "llinell", "estyniad"}
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
            and _OF_NO_SIDE.isdisjoint(fold(label_key(column.heading)).split())
        ]
        sides = [place for field in (*_SENDERS, *_RECIPIENTS) for place in columns.places(field)]
        self._cells = SideCells([column.place for column in self._open], sides)

    def add(self, row: Row) -> None:
        """Take a row below the headings."""
        self._cells.add(row)

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
        cells = self._cells
        return cells.are_whole_addresses(place) and not cells.are_repeated(place) and not cells.are_of_line(place)


def tells_side(column: Column, columns: Columns) -> bool:
    """Whether the heading of such a column speaks of the side that is not read, so that the other tells no way."""
    words = _OF_SENDERS if columns.has(*_RECIPIENTS) else _OF_RECIPIENTS
    return not words.isdisjoint(fold(label_key(column.heading)).split())


def open_sides(columns: Columns) -> OpenSides | None:
    """Return a search. None: the rows have no sides, no heading or both roles name them, or their way is stated."""
    is_asked = columns.kind in _HAS_SIDES and not columns.has(*_OTHERS, Field.DIRECTION)
    if not is_asked or (columns.has(*_SENDERS) and columns.has(*_RECIPIENTS)):
        return None
    return OpenSides(columns)
