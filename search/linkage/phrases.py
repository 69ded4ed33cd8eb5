"""Small phrases that the sentences of linkage are made of."""

from __future__ import annotations

from collections.abc import Sequence


def counted(count: int, noun: str, nouns: str = "") -> str:
    """Return the count with its noun: ``1 advert``, ``2 adverts``; ``nouns`` where an s does not make several."""
    return f"{count} {noun}" if count == 1 else f"{count:,} {nouns or noun + 's'}"


def listed(names: Sequence[str], most: int) -> str:
    """Return the names, or the first of them and how many more there are; one more is named instead."""
    more = len(names) - most
    return ", ".join(names) if more <= 1 else f"{', '.join(names[:most])} and {more} more"


def with_case(exhibit: str, case: str | None) -> str:
    """Return an exhibit with its case, as reports and commands name it: one reference can stand in two cases."""
    return f"{exhibit} (case {case})" if case else exhibit


def ended(text: str) -> str:
    """Return what somebody wrote as a sentence that ends."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def day_of(instant: str | None) -> str:
    """Return the day of an instant in UTC, or words where there is none."""
    return instant[:10] if instant is not None else "no date"
