"""Adverts that somebody sent for a line from a number that is none of its numbers."""

from __future__ import annotations

import msgspec


class Unjoined(msgspec.Struct, frozen=True, kw_only=True):
    """What of a relation is with a sender who is none of the line's numbers: adverts that others sent for it.

    Attributes:
        number: The sender; empty where no number is known.
        sources: Numbers of the line that its texts give to ring, or that the adverts came from before.
        is_giving: They give them.
        count: Records; ``recovered_count`` of them such as the analysis took for no adverts.
        first_at: The first of them. None: none is dated.
        last_at: The last.
        record_ids: Two of them at most.
    """

    number: str
    sources: tuple[str, ...]
    is_giving: bool
    count: int
    recovered_count: int
    first_at: str | None
    last_at: str | None
    record_ids: tuple[str, ...]
