"""Columns of a number without a role (``MSISDN``, ``Mobile Number``, ``Number``) beside one that names the other side.

Such a heading is that of the other side only where no other column is. Beside one of the other side, or of whom a call
or text went to, it is that of the line whose list it is: no side of what came in, and who made what went out to whoever
was called. So is, of two such columns, the one that has one number all the way down beside one that has several. Where
nothing tells which of two is the other side, neither is read as that. The cells tell, because what has the heading of
the other side may hold names whose numbers stand under the other one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final

import msgspec

from parsers.sheets.rows import Row
from parsers.table_fields import Field, TableKind
from parsers.tables.columns import Column, Columns
from parsers.tables.known_headings import CALLING_LINE, OF_NO_ROLE
from parsers.tables.party_cells import lacks_zero, parties_of_label

_HAS_SIDES: Final = frozenset({TableKind.MESSAGE, TableKind.CALL, TableKind.MIXED})
_DIALLED: Final = frozenset({"number dialled"})
_DIAL: Final = "dial"
_NO_RANK: Final = frozenset({"contact id", "cell"})
"""Headings of a number, and of a row or of a mast alike: they name no side."""

_SHARE: Final = 0.6
_FORM_REGION: Final = "GB"
"""To tell numbers from other cells by their form; they are read in the region of the delivery."""

_LONGEST_ADDRESS: Final = 120
_MOST_NUMBERS: Final = 2
"""One number all the way down, or several: how many does not matter."""

_FEWEST_ROWS: Final = 2
_NOTHING: Final = frozenset[str]()


class _Held:
    """What a column holds: how many cells, how many of them addresses, and the first different ones."""

    __slots__ = ("addresses", "filled", "numbers")

    def __init__(self) -> None:
        self.filled = self.addresses = 0
        self.numbers: set[str] = set()

    @property
    def is_of_addresses(self) -> bool:
        return self.filled > 0 and self.addresses >= self.filled * _SHARE

    def add(self, keys: Collection[str]) -> None:
        self.filled += 1
        self.addresses += bool(keys)
        if len(self.numbers) < _MOST_NUMBERS:
            self.numbers.update(keys)


class OwnSearch:
    """Looks through the rows of a table for columns of its own line's number.

    Args:
        columns: What its headings say.
    """

    def __init__(self, columns: Columns) -> None:
        numbers = columns.by_field.get(Field.NUMBER, ())
        self._open = [column for column in numbers if column.label.key in OF_NO_ROLE]
        self._told = [
            column for column in numbers if column.label.key not in OF_NO_ROLE | _NO_RANK and not _is_saved(column)
        ]
        self._from, self._to = columns.by_field.get(Field.FROM, ()), columns.by_field.get(Field.TO, ())
        places = (*self._open, *self._told, *self._from, *self._to)
        self._held = {column.place: _Held() for column in places}
        self._apart: dict[tuple[int, int], list[int]] = {}

    @property
    def is_needed(self) -> bool:
        """Whether a column without a role stands beside another that may be the other side."""
        return bool(self._open) and (len(self._open) > 1 or bool(self._told or self._to))

    def add(self, row: Row) -> None:
        """Take a row below the headings."""
        cells = row.cells
        keys: dict[int, frozenset[str]] = {}
        for place, held in self._held.items():
            text = cells[place].strip() if place < len(cells) else ""
            if text:
                keys[place] = _keys_of(text)
                held.add(keys[place])
        for column in self._open:
            own = keys.get(column.place, _NOTHING)
            for place, others in keys.items():
                if own and others and place != column.place:
                    counts = self._apart.setdefault((column.place, place), [0, 0])
                    counts[own.isdisjoint(others)] += 1

    def found(self, columns: Columns) -> tuple[Columns, tuple[str, ...]]:
        """Return the columns without those of the own line, and the headings of which nothing tells whose they are.

        Args:
            columns: The same ones, as far as the cells have told what they hold by now.
        """
        others = [column for column in self._told if self._held[column.place].is_of_addresses]
        others += [column for column in self._to if self._held[column.place].is_of_addresses]
        if others and (own := [column for column in self._open if self._is_apart(column, others)]):
            is_dialled = any(column in self._to or column.label.key in _DIALLED for column in others)
            callers = own[:1] if is_dialled and not self._from else []
            left = _with_dialled(_without(columns, own, callers)) if callers else _without(columns, own, ())
            return (_with_sender(left) if callers and self._is_of_callers(callers[0]) else left), ()
        if self._told or self._to or self._from or len(self._open) != _MOST_NUMBERS:
            return columns, ()
        one, other = self._open
        if not (self._is_apart(one, (other,)) and all(self._held[each.place].is_of_addresses for each in self._open)):
            return columns, ()
        constant = [column for column in self._open if len(self._held[column.place].numbers) == 1]
        if len(constant) == 1 and self._held[constant[0].place].filled >= _FEWEST_ROWS:
            return _without(columns, constant, ()), ()
        return _without(columns, self._open, ()), (one.heading, other.heading)

    def _is_of_callers(self, column: Column) -> bool:
        """Whether a column of calling lines is that of calls which may have come in: several lines called."""
        is_dialled = any(_DIAL in column.label.key for column in (*self._told, *self._to))
        return column.label.key == CALLING_LINE and not is_dialled and len(self._held[column.place].numbers) > 1

    def _is_apart(self, column: Column, others: Iterable[Column]) -> bool:
        """Whether a column has other numbers than others in the same rows; both may be numbers of one person."""
        if self._from and self._to and not all(self._held[each.place].is_of_addresses for each in self._from):
            # A number beside the names of senders may be theirs.
            return False
        counts = [self._apart.get((column.place, other.place), (0, 0)) for other in others]
        same, apart = (sum(count[at] for count in counts) for at in (0, 1))
        return apart > 0 and (bool(self._from) or apart >= (same + apart) * _SHARE)


def own_search(columns: Columns) -> OwnSearch | None:
    """Return a search. None: the rows have no sides, or no column may be the own line's."""
    search = OwnSearch(columns) if columns.kind in _HAS_SIDES else None
    return search if search is not None and search.is_needed else None


def _is_saved(column: Column) -> bool:
    """Whether a number is one of several that somebody was saved with, or of one kind."""
    return column.label.key in {"home", "work", "fax", "home phone", "work phone", "business phone", "other phone"} or (
        column.label.key[-1:].isdigit() or column.label.numbered_value is not None
    )


def _without(columns: Columns, own: Sequence[Column], callers: Sequence[Column]) -> Columns:
    left = tuple(column for column in columns.by_field[Field.NUMBER] if column not in own)
    by_field = {field: found for field, found in columns.by_field.items() if field is not Field.NUMBER or left}
    if left:
        by_field[Field.NUMBER] = left
    return msgspec.structs.replace(columns, by_field=by_field, callers=tuple(callers))


def _with_dialled(columns: Columns) -> Columns:
    """Return the columns with numbers dialled as whom a call went to, where no column says that it came in."""
    dialled = tuple(each for each in columns.by_field.get(Field.NUMBER, ()) if each.label.key in _DIALLED)
    if not dialled or columns.has(Field.DIRECTION, Field.TYPE):
        return columns
    by_field = {**_without(columns, dialled, ()).by_field, Field.TO: (*columns.by_field.get(Field.TO, ()), *dialled)}
    return msgspec.structs.replace(columns, by_field=by_field)


def _with_sender(columns: Columns) -> Columns:
    return msgspec.structs.replace(columns, by_field={**columns.by_field, Field.FROM: columns.callers}, callers=())


def _keys_of(text: str) -> frozenset[str]:
    """Return what tells the numbers and addresses of a cell from others. Empty: it is none, or names."""
    if len(text) > _LONGEST_ADDRESS:
        return _NOTHING
    plain = f"0{text}" if lacks_zero(text) else text
    keys = [party.e164 or party.raw for party in parties_of_label(plain, _FORM_REGION)]
    return frozenset(key for key in keys if key is not None)
