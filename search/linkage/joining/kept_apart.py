"""Two senders that have much in common and were not joined, and what is said of that."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec


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

    def joined_through(self, others: Iterable[str]) -> str:
        """Return what is said of a line that both are of, by way of others."""
        return (
            f"{self.fact}; by themselves {self.lacking} do not join them: they are joined through "
            f"{' and '.join(others)}."
        )
