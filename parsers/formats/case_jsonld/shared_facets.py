"""Facets that many records name as theirs: their many values are told with the first of these alone.

Where a thousand nodes bear the id of one facet and a thousand messages name it, each message says what all of these
nodes say, a million values for two thousand nodes. No program that we know writes so; a file made to hurt can.
"""

from __future__ import annotations

from typing import Final

from parsers.json_decoding import Json

MOST_AGAIN: Final = 1_024
"""Values under one name that a further record repeats: as many people as a large group of WhatsApp has."""

_ELSEWHERE: Final = "further values"


class SharedFacets:
    """Which facets of many values were told with which record."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}

    def for_record(self, held: dict[str, Json], facet_id: str, locator: str) -> dict[str, Json]:
        """Return what a facet says to a record: all to the first that names it, to others no more than they can bear.

        Args:
            held: The facet; stays as it is.
            facet_id: What it is named by.
            locator: Where the record stands.

        Returns:
            The facet; where values were left out, how many, and with which record they are, among what it says.
        """
        long = {
            key: value
            for key, value in held.items()
            if key[:1] != "@" and isinstance(value, list) and len(value) > MOST_AGAIN
        }
        if not long or self._first.setdefault(facet_id, locator) == locator:
            return held
        left = sum(map(len, long.values())) - MOST_AGAIN * len(long)
        cut: dict[str, Json] = {key: value[:MOST_AGAIN] for key, value in long.items()}
        return {**held, **cut, _ELSEWHERE: f"{left} of this facet, with {self._first[facet_id]}"}
