"""Whether ``You`` and ``Myself`` in the columns of the sides are the owner of the handset, as many exports write it.

Somebody may be saved so too: it is the owner where others stand in these columns, none of whom is called the owner by
another word, and no row says that what such a sender wrote came in, or that what went out went to one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import msgspec

from parsers.records.facts import Direction
from parsers.records.values import Party
from parsers.sheets.rows import Row
from parsers.table_fields import Field, TableKind
from parsers.tables.columns import Columns
from parsers.tables.party_cells import calls_owner
from parsers.tables.word_meanings import message_direction

_WORDS: Final = frozenset({"you", "myself"})
_LONGEST: Final = 300
_BETWEEN = re.compile(r"[;,\r\n]")
_DATED: Final = frozenset({TableKind.MESSAGE, TableKind.CALL, TableKind.MIXED})
_SENDERS: Final = (Field.FROM, Field.FROM_NAME)
_RECIPIENTS: Final = (Field.TO, Field.TO_NAME)
_WAYS: Final = (Field.DIRECTION, Field.TYPE)
_SIDES: Final = (*_SENDERS, *_RECIPIENTS, Field.PARTIES, Field.PARTICIPANTS)


class OwnWords:
    """Looks through the rows of a table for how its sides are called.

    Args:
        columns: What its headings say.
    """

    def __init__(self, columns: Columns) -> None:
        self._senders = frozenset(place for field in _SENDERS for place in columns.places(field))
        self._places = sorted({place for field in _SIDES for place in columns.places(field)})
        self._recipients = frozenset(place for field in _RECIPIENTS for place in columns.places(field))
        self._stated = [(field.value, place) for field in _WAYS for place in columns.places(field)]
        self._folders = columns.places(Field.FOLDER)
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
                is_alone = all(map(is_own_word, pieces))
                self._is_refuted |= place in self._senders and self._way(row) is Direction.INCOMING
                self._is_refuted |= place in self._recipients and is_alone and self._way(row) is Direction.OUTGOING
            self._has_others |= not all(map(is_own_word, pieces))
            self._is_refuted |= any(map(calls_owner, pieces))

    @property
    def are_owners(self) -> bool:
        """Whether the words are the owner."""
        return self._is_written and self._has_others and not self._is_refuted

    def _way(self, row: Row) -> Direction:
        """Return which way a row says that it went, whoever its sides are."""
        cells = row.cells
        stated = [(name, cells[place]) for name, place in self._stated if place < len(cells)]
        folder = next((cells[place] for place in self._folders if place < len(cells)), None)
        return message_direction(stated, folder, None, (None, ()), is_native=False)[0]


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
