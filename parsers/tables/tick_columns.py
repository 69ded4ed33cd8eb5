"""Two columns that are ticked in turn: ``Sent`` and ``Received``, with ``x`` in one of them in each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from parsers.plain_characters import to_plain_characters
from parsers.sheets.rows import Row
from parsers.table_fields import Field
from parsers.tables.columns import Column, Columns

_OUT: Final = frozenset({"sent", "out", "outgoing", "outbound", "is sent", "is outgoing", "is outbound"})
_IN: Final = frozenset({"received", "in", "incoming", "inbound", "recd", "is received", "is incoming", "is inbound"})
_TICKS: Final = frozenset(
    {"x", "y", "yes", "1", "true", "tick", "ticked", "*", "\u2022", "\u221a", "\u2611", "\u2612", "\u2705"}
    | {"\u2713", "\u2714", "\u2715", "\u2716", "\u2717", "\u2718", "\u00d7", "\u25cf", "\u25a0", "\u00fc", "\u00fb"}
)
"""The last two are ticks and crosses of a font of symbols."""

_VARIANT: Final = "\ufe0f"
_MOST_FORMS: Final = 8
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
        if all(texts) or not all(map(_is_tick, filter(None, texts))):
            self._pair = ()
            return
        for text, held in zip(texts, self._held, strict=True):
            if text:
                held.add(text)
            if len(held) > _MOST_FORMS:
                self._pair = ()

    def found(self) -> Ticked:
        """Return the columns with their ticks. Empty: there are none, or nothing is ticked in them."""
        if not any(self._held):
            return ()
        ways = ("outgoing", "incoming")
        return [
            (column, dict.fromkeys(held, way)) for column, held, way in zip(self._pair, self._held, ways, strict=False)
        ]


def _is_tick(text: str) -> bool:
    return to_plain_characters(text).strip(_VARIANT).casefold() in _TICKS
