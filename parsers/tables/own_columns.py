"""Columns of a number without a role (``MSISDN``, ``Mobile Number``, ``Number``) beside one that names the other side.

Such a heading is that of the other side only where no other column is. Beside one of the other side, or of whom a call
or text went to, it is that of the line whose list it is: no side of what came in, and who made what went out to whoever
was called. Where one number was called all the way down from several, or where calls and texts came in to whoever was
called, such a column is that of the callers. Where hardly a row says who was called, nothing tells whose it is.

Of two such columns the one that has one number all the way down beside one that has several is that of the own line,
unless their headings say the contrary. Where nothing tells which of two is the other side, neither is read as that, but
beside names both are numbers of these. The cells tell, because what has the heading of the other side may hold names
whose numbers stand under the other one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final

import msgspec

from parsers.directions import folder_direction
from parsers.records.facts import Direction
from parsers.sheets.rows import Row
from parsers.table_fields import Field, TableKind
from parsers.tables.columns import Column, Columns
from parsers.tables.known_headings import CALLING_LINE, DIALLED, OF_NO_ROLE
from parsers.tables.party_cells import lacks_zero, parties_of_label
from parsers.tables.word_meanings import direction_word, outcome_of

_HAS_SIDES: Final = frozenset({TableKind.MESSAGE, TableKind.CALL, TableKind.MIXED})
_DIAL: Final = "dial"
_NO_RANK: Final = frozenset({"contact id", "cell"})
"""Headings of a number, and of a row or of a mast alike: they name no side."""

_SHARE: Final = 0.6
_FORM_REGION: Final = "GB"
"""To tell numbers from other cells by their form; they are read in the region of the delivery."""

_LONGEST_ADDRESS: Final = 120
_MOST_NUMBERS: Final = 200
"""So many different numbers of a column are counted; of more it does not matter how many."""

_OF_LINES: Final = frozenset({CALLING_LINE, "msisdn"})
"""Headings that are mostly those of the line whose list it is."""

_OUTCOMES_IN: Final = frozenset({"missed", "rejected"})
_PAIR: Final = 2
_FEWEST_OTHERS: Final = 3
"""An owner may have changed a card, and have written with one person alone."""

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
        self._names = columns.places(Field.NAME)
        self._ways = (*columns.places(Field.DIRECTION), *columns.places(Field.TYPE))
        self._folders = columns.places(Field.FOLDER)
        self._rows = 0
        self._has_names = self._came_in = False

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
        if not keys:
            return
        self._rows += 1
        self._has_names = self._has_names or any(_texts(row, self._names))
        if not self._came_in and len(keys) > 1:
            self._came_in = any(map(_says_in, _texts(row, self._ways))) or any(
                map(_is_of_inbox, _texts(row, self._folders))
            )
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
            return self._without_own(columns, own, others), ()
        if self._told or self._to or self._from or len(self._open) != _PAIR:
            return columns, ()
        one, other = self._open
        if not (self._is_apart(one, (other,)) and all(self._held[each.place].is_of_addresses for each in self._open)):
            return columns, ()
        constant = self._constant(one, other) or self._constant(other, one)
        if constant is not None:
            return _without(columns, (constant,), ()), ()
        if self._has_names:
            return columns, ()
        return _without(columns, self._open, ()), (one.heading, other.heading)

    def _constant(self, column: Column, other: Column) -> Column | None:
        """Return a column that has one number beside one that has several. None: it has not, or may not be a line."""
        held, several = self._held[column.place], len(self._held[other.place].numbers)
        if len(held.numbers) != 1 or held.filled < _FEWEST_ROWS or several == 1 or other.label.key in _OF_LINES:
            return None
        if column.label.key in _OF_LINES:
            return column
        return column if several >= _FEWEST_OTHERS and not self._has_names else None

    def _without_own(self, columns: Columns, own: Sequence[Column], others: Sequence[Column]) -> Columns:
        """Return the columns with that of who called; as they are where nothing tells whose it is."""
        called = [column for column in others if self._is_dialled(column)]
        if self._from or not called:
            return _without(columns, own, ())
        held = self._held[own[0].place]
        lines, numbers = len(held.numbers), len(set().union(*(self._held[each.place].numbers for each in called)))
        filled = max(self._held[each.place].filled for each in called)
        is_told, is_line = filled >= held.filled * _SHARE, own[0].label.key in _OF_LINES
        left = _with_dialled(_without(columns, own, own[:1]))
        if held.filled < self._rows * _SHARE:
            return columns
        if self._is_of_callers(own[0]) or (is_told and self._are_callers(lines, numbers, is_line=is_line)):
            return _with_sender(left)
        if lines < numbers or (is_line and lines == 1) or (is_told and (is_line or not self._came_in)):
            is_owner = not self._came_in or lines == 1 < numbers
            return msgspec.structs.replace(left, is_owner_calling=is_owner)
        return columns

    def _are_callers(self, lines: int, numbers: int, *, is_line: bool) -> bool:
        """Whether so many numbers beside so many that were called are of whoever called, and not of the own line."""
        if numbers == 1 < lines:
            return True
        return self._came_in and (lines > numbers or (not is_line and not lines == 1 < numbers))

    def _is_dialled(self, column: Column) -> bool:
        return column in self._to or column.label.key in DIALLED

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
    dialled = tuple(each for each in columns.by_field.get(Field.NUMBER, ()) if each.label.key in DIALLED)
    if not dialled or columns.has(Field.DIRECTION, Field.TYPE):
        return columns
    by_field = {**_without(columns, dialled, ()).by_field, Field.TO: (*columns.by_field.get(Field.TO, ()), *dialled)}
    return msgspec.structs.replace(columns, by_field=by_field)


def _with_sender(columns: Columns) -> Columns:
    return msgspec.structs.replace(columns, by_field={**columns.by_field, Field.FROM: columns.callers}, callers=())


def _texts(row: Row, places: Iterable[int]) -> list[str]:
    cells = row.cells
    return [text for place in places if place < len(cells) and (text := cells[place].strip())]


def _says_in(text: str) -> bool:
    """Whether a direction or type says that a call or text came in; a call that was missed or rejected did."""
    way = direction_word(text)
    return way is Direction.INCOMING or (way is None and outcome_of(text) in _OUTCOMES_IN)


def _is_of_inbox(text: str) -> bool:
    told = folder_direction(text)
    return told is not None and told[0] is Direction.INCOMING


def _keys_of(text: str) -> frozenset[str]:
    """Return what tells the numbers and addresses of a cell from others. Empty: it is none, or names."""
    if len(text) > _LONGEST_ADDRESS:
        return _NOTHING
    plain = f"0{text}" if lacks_zero(text) else text
    keys = [party.e164 or party.raw for party in parties_of_label(plain, _FORM_REGION)]
    return frozenset(key for key in keys if key is not None)
