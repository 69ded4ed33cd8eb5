"""Whether ``You`` and ``Myself`` in the columns of the sides are the owner of the handset, as many exports write it.

Somebody may be saved so too: it is the owner where others stand in these columns, none of whom is called the owner by
another word, and no row says that what such a sender wrote came in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import msgspec

from parsers.records.values import Party
from parsers.sheets.rows import Row
from parsers.table_fields import Field, TableKind
from parsers.tables.columns import Columns
from parsers.tables.party_cells import calls_owner
from parsers.tables.word_meanings import direction_word

_WORDS: Final = frozenset({"you", "myself"})
_LONGEST: Final = 300
_BETWEEN = re.compile(r"[;,\r\n]")
_DATED: Final = frozenset({TableKind.MESSAGE, TableKind.CALL, TableKind.MIXED})
_SENDERS: Final = (Field.FROM, Field.FROM_NAME)
_SIDES: Final = (*_SENDERS, Field.TO, Field.TO_NAME, Field.PARTIES, Field.PARTICIPANTS)


class OwnWords:
    """Looks through the rows of a table for how its sides are called.

    Args:
        columns: What its headings say.
    """

    def __init__(self, columns: Columns) -> None:
        self._senders = frozenset(place for field in _SENDERS for place in columns.places(field))
        self._places = sorted({place for field in _SIDES for place in columns.places(field)})
        self._ways = columns.places(Field.DIRECTION)
        self._is_written = self._has_others = self._is_refuted = False

    def add(self, row: Row) -> None:
        """Take a row below the headings."""
        cells = row.cells
        for place in self._places:
            text = cells[place] if place < len(cells) else ""
            if not text or text.isspace() or len(text) > _LONGEST:
                continue
            pieces = [piece for piece in _BETWEEN.split(text) if piece and not piece.isspace()]
            if any(map(is_own_word, pieces)):
                self._is_written = True
                self._is_refuted |= place in self._senders and self._came_in(row)
            self._has_others |= not all(map(is_own_word, pieces))
            self._is_refuted |= any(map(calls_owner, pieces))

    @property
    def are_owners(self) -> bool:
        """Whether the words are the owner."""
        return self._is_written and self._has_others and not self._is_refuted

    def _came_in(self, row: Row) -> bool:
        texts = (row.cells[place] for place in self._ways if place < len(row.cells))
        return any(direction_word(text) == "incoming" for text in texts)


def own_words(columns: Columns) -> OwnWords | None:
    """Return a search. None: no columns name the sides by their roles."""
    return OwnWords(columns) if columns.kind in _DATED and columns.has(*_SIDES) else None


def is_own_word(text: str) -> bool:
    """Whether a text is one of the words."""
    return text.strip().casefold() in _WORDS


def owned(parties: Iterable[tuple[str, Party]]) -> list[tuple[str, Party]]:
    """Return parties with their roles, those marked as the owner who are called by one of the words alone."""
    return [
        (role, msgspec.structs.replace(party, is_owner=True))
        if party.raw is None and party.is_owner is None and is_own_word(party.name or "")
        else (role, party)
        for role, party in parties
    ]
