"""What is said of a time that is in doubt: its zone was assumed, or the clock of its phone was wrong."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

WRONG_CLOCK: Final = "wrong_clock"
"""Basis of the times of a broadcast that only a phone whose clock was wrong shows."""
_WORDS: Final = {"assumed_zone": "time zone assumed", WRONG_CLOCK: "the phone's clock was wrong"}


def doubts_of(time_basis: str | None, shift_seconds: int) -> list[str]:
    """Return what puts a time in doubt.

    Args:
        time_basis: What the record's time rests on. None: it has no time.
        shift_seconds: By how much the phone's clock is known to have been wrong; 0: nothing shows that it was.
    """
    found = [str(time_basis)] if time_basis in _WORDS else []
    return [*found, WRONG_CLOCK] if shift_seconds else found


DELETED_WORDS: Final = "deleted on the phone, and recovered"
"""Stands at a text whose source marks its record as deleted."""


def quote_words(text: Mapping[str, Any]) -> str:
    """Return what stands behind the day of a quoted text of a line; empty for nothing."""
    deleted = DELETED_WORDS if text.get("is_deleted") else ""
    return ", ".join(filter(None, (doubt_words(text.get("time_doubts", ())) if text["at"] else "", deleted)))


def doubt_words(doubts: Collection[str]) -> str:
    """Return in words what puts a time in doubt, of bases that may be others too; empty where nothing does."""
    return ", ".join(words for basis, words in _WORDS.items() if basis in doubts)
