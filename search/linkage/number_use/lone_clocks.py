"""Phones that alone date a number's adverts years from where several others do: their clock was wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from search.linkage.attribution.senders import Evidenced
from search.linkage.instants import DAY_SECONDS, to_seconds

_PHONES_THAT_DATE: Final = 3
_CLOCK_WRONG_DAYS: Final = 365.0
_LEAST_WORDINGS: Final = 3
"""Of a phone whose adverts bear no name: one or two wordings are everybody's, and a number is given out again. Who has
it next comes by three of the words of who had it by no chance."""


def is_of_wrong_clock(before: Sequence[Evidenced], after: Sequence[Evidenced]) -> bool:
    """Whether one phone alone shows the one of two uses of a number, years from the other, all of it in its wordings.

    Args:
        before: Adverts of the earlier use.
        after: Of the later one.
    """
    alone, rest = sorted((before, after), key=lambda side: len({held.device_id for held in side}))
    said = {held.edge.other for held in alone}
    return (
        len(said) >= _LEAST_WORDINGS
        and said <= {held.edge.other for held in rest}
        and {held.device_id for held in alone} == out_of_time((*before, *after))
    )


def out_of_time(adverts: Iterable[Evidenced]) -> frozenset[str]:
    """Return the one phone whose adverts lie a year or more apart from those on three others or more, if there is one.

    They are in one use of the number by their name. Where several show when that was, one that alone shows it years
    from there has a clock that was wrong rather than a use of its own. A line that rests for some months is no such
    case: customers' phones are often seized before the line's own.
    """
    periods: dict[str, tuple[float, float]] = {}
    for advert in adverts:
        edge = advert.edge
        if edge.first_at is not None and edge.last_at is not None:
            first, last = to_seconds(edge.first_at), to_seconds(edge.last_at)
            known = periods.get(advert.device_id)
            periods[advert.device_id] = (min(known[0], first), max(known[1], last)) if known else (first, last)
    if len(periods) <= _PHONES_THAT_DATE:
        return frozenset()
    gap = _CLOCK_WRONG_DAYS * DAY_SECONDS
    # of two phones each is beside the other; three that date leave no doubt which one is apart
    apart = [
        device_id
        for device_id, (first, last) in periods.items()
        if not any(
            begun - last <= gap and first - ended <= gap
            for other_id, (begun, ended) in periods.items()
            if other_id != device_id
        )
    ]
    return frozenset(apart) if len(apart) == 1 else frozenset()
