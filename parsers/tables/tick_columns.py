"""Two columns that are ticked in turn: ``Sent`` and ``Received``, with ``x`` in one of them in each row.

Where a type, a folder or a status of any row tells which way it went, ticks say nothing: that a text was ``Received``
may be that it was delivered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from parsers.directions import call_type, folder_direction, stated_direction, status_direction
from parsers.plain_characters import to_plain_characters
from parsers.records.facts import CallType
from parsers.sheets.rows import Row
from parsers.table_fields import Field
from parsers.tables.columns import Column, Columns
from parsers.tables.word_meanings import direction_word

_OUT: Final = frozenset({"sent", "out", "outgoing", "outbound", "is sent", "is outgoing", "is outbound"})
_IN: Final = frozenset({"received", "in", "incoming", "inbound", "recd", "is received", "is incoming", "is inbound"})
_TICKS: Final = frozenset(
    {"x", "y", "yes", "1", "true", "tick", "ticked", "*", "\u2022", "\u221a", "\u2611", "\u2612", "\u2705"}
    | {"\u2713", "\u2714", "\u2715", "\u2716", "\u2717", "\u2718", "\u00d7", "\u25cf", "\u25a0", "\u00fc", "\u00fb"}
)
"""The last two are ticks and crosses of a font of symbols."""

_VARIANT: Final = "\ufe0f"
_MOST_FORMS: Final = 8
_MOST_WORDS: Final = 200
_TELLING: Final = (Field.TYPE, Field.FOLDER, Field.STATUS)
_SIDES: Final = (Field.FROM, Field.TO, Field.FROM_NAME, Field.TO_NAME)

Ticked = Sequence[tuple[Column, Mapping[str, str]]]
"""Columns, each with its ticks and what they say."""


def tick_key(place: int) -> str:
    """Return under which word the ticks of a column stand among what cells say."""
    return f"{Field.DIRECTION.value} {place}"


class TickSearch:
    """Looks through the rows of a table for two columns that are ticked in turn.

    Args:
        columns: What its headings say.
        is_open: Whether its rows went one way or the other.
    """

    def __init__(self, columns: Columns, *, is_open: bool) -> None:
        own = [column for column in columns.all if column not in columns.beside]
        pairs = [[column for column in own if column.label.key in keys] for keys in (_OUT, _IN)]
        is_open = is_open and not columns.has(Field.DIRECTION, *_SIDES)
        self._pair = tuple(found[0] for found in pairs) if is_open and all(len(found) == 1 for found in pairs) else ()
        pair = {column.place for column in self._pair}
        told = {place for field in _TELLING for place in columns.places(field)}
        self._told = {place: set[str]() for place in told - pair}
        self._held: tuple[set[str], set[str]] = (set(), set())

    @property
    def is_needed(self) -> bool:
        """Whether there are columns to look at."""
        return bool(self._pair)

    def add(self, row: Row) -> None:
        """Take a row below the headings."""
        if not self._pair:
            return
        texts = [row.cells[column.place].strip() if column.place < len(row.cells) else "" for column in self._pair]
        if all(texts) or not all(map(_is_tick, filter(None, texts))) or self._is_told(row):
            self._pair = ()
            return
        for text, held in zip(texts, self._held, strict=True):
            if text:
                held.add(text)
            if len(held) > _MOST_FORMS:
                self._pair = ()

    def _is_told(self, row: Row) -> bool:
        """Whether another cell tells which way a row went, or a table of many words may."""
        for place, seen in self._told.items():
            text = row.cells[place].strip() if place < len(row.cells) else ""
            if not text or text in seen:
                continue
            if len(seen) >= _MOST_WORDS or _tells_way(text):
                return True
            seen.add(text)
        return False

    def found(self) -> Ticked:
        """Return the columns with their ticks. Empty: there are none, or nothing is ticked in them."""
        if not self._pair or not any(self._held):
            return ()
        ways = ("outgoing", "incoming")
        return [
            (column, dict.fromkeys(held, way)) for column, held, way in zip(self._pair, self._held, ways, strict=False)
        ]


def _tells_way(text: str) -> bool:
    """Whether a type, a folder or a status tells a way; numbers stand for types."""
    if text.isdecimal() or call_type(None, text, None, None) is not CallType.UNKNOWN:
        return True
    found = (direction_word(text), folder_direction(text), stated_direction(text, text, text), status_direction(text))
    return any(each is not None for each in found)


def _is_tick(text: str) -> bool:
    return to_plain_characters(text).strip(_VARIANT).casefold() in _TICKS
