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


def span_words(seconds: float) -> str:
    """Return how long so many seconds are, to the hour: ``9 days and 1 hour``; under an hour to the minute."""
    days, hours = divmod(round(seconds / 3600), 24)
    if days:
        return f"{days:,} day{'' if days == 1 else 's'}" + (f" and {counted(hours, 'hour')}" if hours else "")
    if hours:
        return counted(hours, "hour")
    return counted(round(seconds / 60), "minute") if seconds >= 60 else counted(round(seconds), "second")
