"""Two senders that have much in common and were not joined, and what is said of that."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

UNDER_ONE_NAME: Final = " sent adverts under one name to some of the same recipients"
"""What two senders have to do with each other that were kept apart although a name is in adverts of both."""
_KEPT: Final = f"{UNDER_ONE_NAME}; wording and time do not bear out one line, so they were kept apart "


def apart_in(sentence: str) -> tuple[str, str] | None:
    """Return the two senders of adverts under one name that a sentence says were kept apart; None: it says else."""
    named, kept, _ = sentence.partition(_KEPT)
    one, joined, other = named.partition(" and ")
    return (one, other) if kept and joined else None


class KeptApart(msgspec.Struct, frozen=True, order=True):
    """Two senders of adverts that were not joined by what they have in common.

    Attributes:
        one: Of them, as pages name it; ``other`` likewise.
        fact: What they have to do with each other: a sentence without its end.
        beside: What else is to be said of that where they are kept apart, before ``lacking``.
        lacking: What does not bear out one line.
        meaning: What it may mean.
    """

    one: str
    other: str
    fact: str
    beside: str
    lacking: str
    meaning: str

    @property
    def sentence(self) -> str:
        """What is said of a line that one of them is of, and not the other."""
        lacks = f"{self.lacking} do not bear out one line, so they were kept apart ({self.meaning})."
        return f"{self.fact}; {self.beside}{lacks}"

    @property
    def merged(self) -> str:
        """What is said of a line that both are of by what a person decided."""
        return (
            f"{self.fact}; by themselves {self.lacking} do not join them ({self.meaning}): a person took the two for "
            "one line."
        )

    def joined_through(self, others: Iterable[str]) -> str:
        """Return what is said of a line that both are of, by way of others."""
        return (
            f"{self.fact}; by themselves {self.lacking} do not join them: they are joined through "
            f"{' and '.join(others)}."
        )
