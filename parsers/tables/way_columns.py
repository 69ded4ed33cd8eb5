"""Columns that say which way a message or call went in other than words: answers, letters, arrows, Android's numbers.

What one cell leaves open the whole column tells: ``Yes`` and ``No`` answer the question of their heading (``Sent?``,
``is_from_me``), ``I`` and ``O`` stand for in and out where nothing else stands there. What a column leaves open is not
guessed; its cells are named as not read.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

import msgspec

from parsers.language_words import english_cell
from parsers.plain_characters import to_plain_characters
from parsers.sheets.rows import Row
from parsers.table_fields import Field, TableKind
from parsers.tables.columns import Column, Columns
from parsers.tables.tick_columns import Ticked, TickSearch, tick_key
from parsers.tables.word_meanings import (
    ANDROID_CALL_TYPES,
    ANDROID_TEXT_TYPES,
    direction_word,
    outcome_of,
)

_HAS_WAYS: Final = frozenset({TableKind.MESSAGE, TableKind.CALL, TableKind.MIXED})
_IN, _OUT = "incoming", "outgoing"
_OWNERS_OWN: Final = frozenset(
    {"is from me", "from me", "fromme", "sent by me", "is sent by me", "sent by owner", "is outgoing", "is outbound"}
    | {"outgoing", "outbound", "is sent"}
)
_OTHERS_OWN: Final = frozenset({"is incoming", "is inbound", "incoming", "inbound", "is received"})
_TIME_OR_ANSWER: Final = {"sent": _OUT, "received": _IN}
"""Headings of a time, or of the question whether it was so: the cells tell."""

_ASKS: Final = {
    **dict.fromkeys(_OWNERS_OWN, _OUT),
    **dict.fromkeys(_OTHERS_OWN, _IN),
    **_TIME_OR_ANSWER,
}
"""Headings that ask, and what ``Yes`` says below them."""

_SIDE_OR_WAY: Final = frozenset(
    {"to from", "from to", "from or to", "to or from", "sender recipient", "sender or recipient"}
)
"""Headings of the other side, or of the word that says which side it is: the cells tell."""

_YES: Final = frozenset({"yes", "y", "true", "t", "1"})
_NO: Final = frozenset({"no", "n", "false", "f", "0"})
_LETTERS: Final = ({"i": _IN, "o": _OUT}, {"r": _IN, "s": _OUT})
_TO_THE_RIGHT: Final = frozenset({"->", "-->", "=>", ">", ">>", "\u2192", "\u21d2", "\u27a1", "\u279c"})
_TO_THE_LEFT: Final = frozenset({"<-", "<--", "<=", "<", "<<", "\u2190", "\u21d0", "\u2b05"})
_ARROWS: Final = {**dict.fromkeys(_TO_THE_RIGHT, _OUT), **dict.fromkeys(_TO_THE_LEFT, _IN)}
_VARIANT: Final = "\ufe0f"
_OTHER_SIDES: Final = (Field.NUMBER, Field.NAME, Field.PARTIES)
_STATED_SIDES: Final = (Field.FROM, Field.TO, Field.FROM_NAME, Field.TO_NAME)
_ANDROID_TEXTS: Final = frozenset({"address", "date", "type", "body"})
_ANDROID_CALLS: Final = frozenset({"number", "date", "type", "duration"})
_MAY_HEAD_WAYS: Final = frozenset(
    {"call", "calls", "call kind", "kind of call", "call event", "event", "way", "log", "call log"}
)
"""Headings of something else, below which words for ways may stand; nothing is looked for under any other."""

_WHOLE_CELLS: Final = frozenset(
    {"incoming", "outgoing", "inbound", "outbound", "received", "sent", "dialled", "dialed", "placed", "made"}
    | {"answered", "missed", "unanswered", "rejected", "declined", "voicemail"}
)
"""Words for ways, and for how calls ended, that are the whole cell: ``In`` may be of an allowance or a store."""

_MOST_WORDS: Final = 24
_LONGEST_WORD: Final = 24

Words = Mapping[str, Mapping[str, str]]
"""Field to a cell's text to what it says."""


class WaySearch:
    """Looks through the rows of a table for what its columns of directions hold.

    Args:
        columns: What its headings say.
    """

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        asked = [column for column in columns.all if column not in columns.beside and _may_hold_way(columns, column)]
        self._held: dict[int, set[str]] = {column.place: set() for column in asked}
        # Where no heading says that its column is of ways, one of which every cell is a word for one may be. Sides that
        # stand under their roles tell the way themselves: what else is said may be of an allowance or a roamer.
        is_open = columns.kind in _HAS_WAYS and not columns.has(Field.DIRECTION, Field.TYPE, *_STATED_SIDES)
        unread = [column for column in columns.all if column.label.field is None and column not in columns.beside]
        self._unread: dict[int, set[str]] = {
            column.place: set() for column in unread if is_open and column.label.key in _MAY_HEAD_WAYS
        }

        self._ticks = TickSearch(columns, is_open=columns.kind in _HAS_WAYS)

    @property
    def is_needed(self) -> bool:
        """Whether there is a column to look at."""
        return bool(self._held or self._unread or self._ticks.is_needed)

    def add(self, row: Row) -> None:
        """Take a row below the headings."""
        cells = row.cells
        self._ticks.add(row)
        for place, held in self._held.items():
            text = cells[place].strip() if place < len(cells) else ""
            if text and text not in held and len(held) <= _MOST_WORDS:
                held.add(text if len(text) <= _LONGEST_WORD else "")
        for place in tuple(self._unread):
            text = cells[place].strip() if place < len(cells) else ""
            said = _way_said(text) if text else None
            if said is not None:
                self._unread[place].add(said)
            elif text:
                del self._unread[place]

    def found(self) -> tuple[Columns, Words]:
        """Return the columns, with those that prove to hold the direction, and what their cells say."""
        columns = self._columns
        by_field = dict(columns.by_field)
        if ticked := self._ticks.found():
            return _by_ticks(columns, ticked)
        stated = by_field.get(Field.DIRECTION, ())
        answers = [column for column in columns.all if self._answers(column)]
        for column in answers:
            # One that is said to state the way, as a description of LEAPP does, stays what it is.
            if column not in stated:
                _move(by_field, column, None)
        for column in columns.all:
            is_told = column.label.key in _SIDE_OR_WAY and _all_ways(self._held.get(column.place, ()))
            others = sum(len(by_field.get(field, ())) for field in _OTHER_SIDES)
            if is_told and not stated and others > 1:
                _move(by_field, column, Field.DIRECTION)
                stated = (column,)
        usable = [column for column in answers if column.label.key not in _TIME_OR_ANSWER or not _has_sides(columns)]
        words: dict[str, Mapping[str, str]] = {}
        if not stated and usable:
            column = min(usable, key=lambda each: (each.label.key in _TIME_OR_ANSWER, each.place))
            _move(by_field, column, Field.DIRECTION)
            words[Field.DIRECTION.value] = self._by_answers(column)
        elif len(stated) == 1:
            by_answers = stated[0] in answers
            words[Field.DIRECTION.value] = self._by_answers(stated[0]) if by_answers else self._said_by_marks(stated[0])
        if not by_field.get(Field.DIRECTION) and (told := self._told_by_cells()) is not None:
            _move(by_field, told, Field.DIRECTION)
        types = by_field.get(Field.TYPE, ())
        if len(types) == 1 and (android := _android_types(columns, self._held.get(types[0].place, ()))):
            words[Field.TYPE.value] = android
        return msgspec.structs.replace(columns, by_field=by_field), words

    def _told_by_cells(self) -> Column | None:
        """Return the one column whose heading leaves it open and whose cells say a way. None: none, or several.

        Something must have gone out, and not all of it: that each text was ``Sent`` does not say its way, and that
        calls were ``Answered`` or not does not say who called. Of texts some must have come in.
        """
        needed = {_OUT} if self._columns.kind is TableKind.CALL else {_IN, _OUT}
        told = [place for place, said in self._unread.items() if len(said) > 1 and said >= needed]
        return next((column for column in self._columns.all if [column.place] == told), None)

    def _answers(self, column: Column) -> bool:
        held = self._held.get(column.place)
        return column.label.key in _ASKS and bool(held) and all(_answer(text) is not None for text in held or ())

    def _by_answers(self, column: Column) -> Mapping[str, str]:
        return _said_by_answers(self._held[column.place], _ASKS[column.label.key])

    def _said_by_marks(self, column: Column) -> Mapping[str, str]:
        held = self._held.get(column.place, set())
        keys = {text: to_plain_characters(text).casefold().strip(_VARIANT) for text in held}
        # Lists that were put together of several write words in some rows, and marks in others.
        keys = {text: key for text, key in keys.items() if direction_word(text) is None and outcome_of(text) is None}
        known = [each for each in _LETTERS if keys and set(keys.values()) <= each.keys()]
        sides = [place for field in _OTHER_SIDES for place in self._columns.places(field) if place != column.place]
        if sides and column.place < min(sides) and not _ARROWS.keys().isdisjoint(keys.values()):
            # An arrow behind a number points from it or away from the handset: nothing tells which.
            known += [
                each for each in ({**one, **_ARROWS} for one in (*_LETTERS, {})) if set(keys.values()) <= each.keys()
            ]
        return {text: known[0][key] for text, key in keys.items()} if known else {}


def _by_ticks(columns: Columns, ticked: Ticked) -> tuple[Columns, Words]:
    by_field = dict(columns.by_field)
    for column, _ in ticked:
        _move(by_field, column, Field.DIRECTION)
    return msgspec.structs.replace(columns, by_field=by_field), {
        tick_key(column.place): said for column, said in ticked
    }


def _may_hold_way(columns: Columns, column: Column) -> bool:
    if columns.kind not in _HAS_WAYS:
        return False
    key = column.label.key
    is_type = column in columns.by_field.get(Field.TYPE, ()) and bool(_android_types(columns, ("1",)))
    return is_type or key in _ASKS or key in _SIDE_OR_WAY or column in columns.by_field.get(Field.DIRECTION, ())


def _move(by_field: dict[Field, tuple[Column, ...]], column: Column, field: Field | None) -> None:
    """Take a column for one of another field; None: for one that is kept beside the records."""
    for held, columns in tuple(by_field.items()):
        left = tuple(each for each in columns if each is not column)
        if left:
            by_field[held] = left
        else:
            by_field.pop(held)
    if field is not None:
        by_field[field] = (*by_field.get(field, ()), column)


def _has_sides(columns: Columns) -> bool:
    return columns.has(*_STATED_SIDES)


def _answer(text: str) -> bool | None:
    word = (english_cell(text) or "").casefold()
    return True if word in _YES else False if word in _NO else None


def _said_by_answers(held: Collection[str], said_by_yes: str) -> Mapping[str, str]:
    other = _IN if said_by_yes == _OUT else _OUT
    return {text: said_by_yes if _answer(text) else other for text in held}


def _way_said(text: str) -> str | None:
    """Return which way a cell says that something went, or how a call ended. None: it says neither, or more."""
    word = (english_cell(text) or "").casefold()
    if len(text) > _LONGEST_WORD or word.removesuffix(" calls").removesuffix(" call") not in _WHOLE_CELLS:
        return None
    way = direction_word(text)
    return way.value if way is not None else outcome_of(text)


def _all_ways(held: Collection[str]) -> bool:
    return bool(held) and all(direction_word(text) is not None and not any(map(str.isdigit, text)) for text in held)


def _android_types(columns: Columns, held: Collection[str]) -> Mapping[str, str]:
    """Return what the numbers under ``type`` mean where a table is Android's own, its headings as the handset has them.

    None but these numbers may stand there, in whatever form the times were written out.
    """
    headings = {column.heading for column in columns.all}
    for own, meanings in ((_ANDROID_TEXTS, ANDROID_TEXT_TYPES), (_ANDROID_CALLS, ANDROID_CALL_TYPES)):
        if headings >= own:
            return meanings if held and meanings.keys() >= set(held) else {}
    return {}


def way_search(columns: Columns) -> WaySearch | None:
    """Return a search. None: no column is to be looked at."""
    search = WaySearch(columns)
    return search if search.is_needed else None
