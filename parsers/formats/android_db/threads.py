"""Conversations of mmssms.db: ``threads`` names recipients by number, ``canonical_addresses`` says who they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from parsers.records.facts import Direction
from parsers.records.values import Party
from parsers.store_reading import Store

_MOST_ADDRESSES: Final = 500_000


class Threads:
    """Recipients of conversations, read when they are asked for first: drafts need them, and MMS of several."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._recipients: dict[int, str] | None = None
        self._addresses: dict[int, str] = {}

    def parties(self, thread_id: int | None) -> list[Party | None]:
        """Return the other parties of a conversation; none where it is not known."""
        if thread_id is None:
            return []
        if self._recipients is None:
            self._recipients = self._texts("threads", "recipient_ids")
            self._addresses = self._texts("canonical_addresses", "address")
        numbers = self._recipients.get(thread_id, "").split()
        return [self._store.party(self._addresses.get(int(number))) for number in numbers if number.isdecimal()]

    def _texts(self, table: str, column: str) -> dict[int, str]:
        found: dict[int, str] = {}
        for row in self._store.database.rows(table, ("_id", column)):
            if len(found) < _MOST_ADDRESSES and (text := row.word(column)) is not None:
                found[row.key("_id")] = text
        return found


def sides_of(others: Iterable[Party | None], direction: Direction) -> tuple[Party | None, tuple[Party, ...]]:
    """Return sender and recipients of a text whose other parties are known: which of several sent it is not."""
    found = tuple(party for party in others if party is not None)
    return (found[0], ()) if direction is Direction.INCOMING and len(found) == 1 else (None, found)
