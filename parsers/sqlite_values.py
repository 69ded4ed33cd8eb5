"""Values of a database row, read with care: SQLite stores any type in any column, and apps use that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Final, Generic, TypeVar

from parsers.remembered import Remembered
from parsers.sqlite_records import Value
from parsers.stored_text import decode_stored, mend_escaped

_EXACT_FLOAT: Final = 2**53
_INFINITE: Final = float("inf")

_Shape = TypeVar("_Shape")


class Places(dict[str, int]):
    """Name of a column to its place among the values of a row; the last value, NULL, stands for those that lack."""

    def __init__(self, names: Iterable[str]) -> None:
        """Take the columns in the order of their values, of which the first is the rowid."""
        super().__init__((name, place) for place, name in enumerate(names, start=1))
        self._among: dict[tuple[str, ...], tuple[tuple[str, int], ...]] = {}

    def __missing__(self, _name: str) -> int:
        """Return the place of the NULL."""
        return -1

    def among(self, names: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
        """Return those of some names that the table has, with their places; found out once a table."""
        held = self._among.get(names)
        if held is None:
            held = self._among[names] = tuple((name, self[name]) for name in names if name in self)
        return held


class Row:
    """One row: its rowid, and the values of the columns that were asked for and that exist.

    A column that the table lacks is in neither; ``has`` tells it from one that holds NULL. All rows of a table share
    one table of places: a table of its own for each row would take longer than everything else about it.
    """

    __slots__ = ("_places", "_values", "rowid")

    def __init__(self, rowid: int, values: Sequence[Value], places: Places) -> None:
        """Make a row.

        Args:
            rowid: Its number.
            values: As stored, and a None after them.
            places: Where each column lies among them.
        """
        self.rowid = rowid
        self._values = values
        self._places = places

    def has(self, name: str) -> bool:
        """Whether the table has the column."""
        return name in self._places

    def raw(self, name: str) -> Value:
        """Return the value as stored; None for NULL and for a column that the table lacks."""
        return self._values[self._places[name]]

    def words(self, names: tuple[str, ...]) -> list[tuple[str, str]]:
        """Return name and text of those columns that hold a text that is not blank, in that order."""
        values = self._values
        return [
            (name, text)
            for name, place in self._places.among(names)
            if values[place] is not None and (text := self.word(name)) is not None
        ]

    def wholes(self, names: tuple[str, ...]) -> list[tuple[str, int]]:
        """Return name and number of those columns that hold a whole number other than 0, in that order."""
        values = self._values
        return [
            (name, number)
            for name, place in self._places.among(names)
            if values[place] is not None and (number := self.whole(name))
        ]

    def text(self, name: str) -> str | None:
        """Return the value as text, exactly as stored; a number as SQLite would write it. None: there is none."""
        value = self._values[self._places[name]]
        if value is None or (isinstance(value, str) and value.isascii()):
            return value
        return self.text_and_replaced(name)[0]

    def text_and_replaced(self, name: str) -> tuple[str | None, int]:
        """Return the value as text, and how many characters were replaced in it."""
        return _text_and_replaced(self._values[self._places[name]])

    def cells(self) -> tuple[list[str], dict[int, int]]:
        """Return all values as texts, in the order in which they were asked for, and the characters replaced by place.

        Empty for NULL. All of the columns MUST exist.
        """
        replaced: dict[int, int] = {}
        texts: list[str] = []
        for value in self._values[1:-1]:
            # By type, which takes half as long as asking what a value is one of: each of a table is asked.
            if value is None:
                texts.append("")
            elif type(value) is str and value.isascii():
                texts.append(value)
            elif type(value) is int:
                texts.append(str(value))
            else:
                text, count = _text_and_replaced(value)
                if count:
                    replaced[len(texts)] = count
                texts.append(text or "")
        return texts, replaced

    def word(self, name: str) -> str | None:
        """Return the value as text. None for NULL, and for an empty or blank text."""
        value = self._values[self._places[name]]
        if value is None:
            return None
        text = value if isinstance(value, str) and value.isascii() else self.text_and_replaced(name)[0]
        return text if text and not text.isspace() else None

    def whole(self, name: str) -> int | None:
        """Return the value as a whole number. None where it is none."""
        value = self._values[self._places[name]]
        if value is None or isinstance(value, int):
            return value
        if isinstance(value, float):
            return int(value) if value.is_integer() and abs(value) <= _EXACT_FLOAT else None
        text = value.decode("ascii", "replace") if isinstance(value, bytes) else value
        if len(text) <= 20:
            try:
                return int(text)
            except ValueError:
                return None
        return None

    def key(self, name: str) -> int:
        """Return the number by which other tables know the row: a column's, else (as nearly always) the rowid."""
        found = self.whole(name)
        return self.rowid if found is None else found

    def number(self, name: str) -> int | float | None:
        """Return the value as a number. None where it is none, or not finite."""
        value = self._values[self._places[name]]
        if value is None or isinstance(value, int):
            return value
        if isinstance(value, float):
            return value if abs(value) < _INFINITE else None
        whole = self.whole(name)
        if whole is not None or not isinstance(value, bytes | str):
            return whole
        try:
            number = float(value)
        except ValueError:
            return None
        return number if abs(number) < _INFINITE else None


class RowShapes(Generic[_Shape]):
    """What the rows of a table become but for what is each row's own (its text, its times), made once for rows alike.

    Most columns of a row are codes and the other party, which a handset repeats from row to row. Memory is bounded:
    what rows are alike by is short, and so many shapes are kept at most.
    """

    def __init__(self, columns: tuple[str, ...], make: Callable[[Row, int | None], _Shape]) -> None:
        """Take what makes a shape.

        Args:
            columns: The columns that rows are alike by, two at least; ``make`` MUST ask a row for no other, and for
                none of them by ``raw`` or ``number``, which tell 1.0 from 1.
            make: Makes the shape of a row, and of the number that ``of`` was given with it. What it does beside that
                is done once for rows alike.
        """
        self._columns = columns
        self._make = make
        self._known = Remembered[tuple[int | None, tuple[Value, ...]], _Shape]()
        self._places: Places | None = None
        self._take: Callable[[Sequence[Value]], tuple[Value, ...]]

    def of(self, row: Row, beside: int | None = None) -> _Shape:
        """Return the shape of a row; ``beside`` is what else rows have to be alike by."""
        if row._places is not self._places:  # noqa: SLF001 - a row's own module
            self._places = row._places  # noqa: SLF001
            self._take = itemgetter(*[self._places[name] for name in self._columns])
        values = self._take(row._values)  # noqa: SLF001
        shape = self._known.get((beside, values))
        return shape if shape is not None else self._made(row, beside, values)

    def _made(self, row: Row, beside: int | None, values: tuple[Value, ...]) -> _Shape:
        shape = self._make(row, beside)
        if all(map(_is_itself, values)):
            self._known.keep((beside, values), shape, sum(len(str(value)) for value in values))
        return shape


def _is_itself(value: Value) -> bool:
    """Whether whatever equals the value reads as it does: a float that is no exact count equals a whole number too."""
    return not isinstance(value, float) and (not isinstance(value, int) or abs(value) <= _EXACT_FLOAT)


def _text_and_replaced(value: Value) -> tuple[str | None, int]:
    if value is None:
        return None, 0
    if isinstance(value, str):
        return (value, 0) if value.isascii() else mend_escaped(value)
    if isinstance(value, bytes):
        return decode_stored(value)
    return number_text(value), 0


def number_text(value: float) -> str:
    """Return a number as text: whole numbers without a fraction, others as short as they are exact."""
    if isinstance(value, int):
        return str(value)
    return str(int(value)) if value.is_integer() else repr(value)
