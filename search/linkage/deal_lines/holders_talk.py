"""Whether traffic with a line's number is with somebody to whom that number was given out again.

His own phone may show it from later on than it was his: it was read in part, or he had another one first. What is
talked with the number after its last advert, and nearer to the first that his phone shows than to that advert, is his.
"""

from __future__ import annotations

from collections.abc import Iterable

from search.contract import Edge
from search.linkage.instants import days_between, latest, lies_within
from search.linkage.number_use.spells import Spell

_Period = tuple[str | None, str | None]
_PAD_DAYS = 1.0
"""Around the time in which a phone shows that it had the number."""


def is_with_holder(edge: Edge, period: _Period, spells: Iterable[Spell]) -> bool:
    """Whether all traffic of an edge is with the holder of a phone that had the number in a period.

    Args:
        edge: Traffic with the number; undated traffic is not known to be with him.
        period: First and last message of his phone with the number.
        spells: The line's use of the number. Where it goes on after he had it, only what lies in his time is his.
    """
    if edge.first_at is None or edge.last_at is None:
        return False
    if lies_within(edge.first_at, *period, _PAD_DAYS) and lies_within(edge.last_at, *period, _PAD_DAYS):
        return True
    ended, began = latest(spell.used_until for spell in spells), period[0]
    if ended is None or began is None or days_between(ended, began) <= _PAD_DAYS:
        return False
    if days_between(edge.last_at, began) > _PAD_DAYS:
        return False  # it ended before he is known to have had the number
    return days_between(ended, edge.first_at) > days_between(edge.first_at, began)
