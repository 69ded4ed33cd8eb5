"""Numbers that rested while another one was in use: a line goes to a new number and back to the old one.

First and last advert of such a number lie around all of the other's, as those of a number that is used beside it do.
What tells is the time between: a number that would have sent on several days by then, and sent on none or hardly any,
was put aside for the other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import Final

from search.linkage.attribution.evidence import Evidence
from search.linkage.instants import DAY_SECONDS, days_between, to_seconds
from search.linkage.number_use.one_number import OVERLAP_DAYS, WITHIN_DAYS
from search.linkage.number_use.spells import Spell

_EXPECTED_DAYS: Final = 5.0
"""Days on which it would have sent; that it sends on none by chance is one in 150."""
_DAYS_ENOUGH: Final = 4
"""On which the other number sent."""
_DAYS_ON_A_SIDE: Final = 3
"""On which it sent before its rest and after it: from fewer nothing follows of how often it sends. Fitted: without it
two of 31 successions of eight development worlds were second numbers of lines that send once a week."""
_HARDLY_ANY: Final = 0.1
"""Of the days that it would have sent on: a phone's clock may be wrong, and a text come late."""
_EDGE_SECONDS: Final = WITHIN_DAYS * DAY_SECONDS


class Rests:
    """Tells which numbers rested while others were in use, by the days of their broadcasts.

    Args:
        evidence: All that lines are made from.
    """

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence

    @cached_property
    def _started(self) -> dict[str, list[float]]:
        started: dict[str, set[float]] = defaultdict(set)
        for _, flare, sender in self._evidence.advert_flares():
            started[sender].add(to_seconds(flare.started_at))
        return {sender: sorted(held) for sender, held in started.items()}

    def days_between(self, older: Spell, newer: Spell) -> float | None:
        """Return the days from the last advert of a spell to the first of the next; negative: in use at once.

        Of a number that rested while the other was in use, to its rest. None: one of them is undated.
        """
        if older.last_at is None or newer.first_at is None or newer.last_at is None:
            return None
        gap = days_between(older.last_at, newer.first_at)
        if gap < -WITHIN_DAYS and days_between(newer.last_at, older.last_at) >= 0:
            gap = min(gap, -2 * OVERLAP_DAYS)  # one that lies within the other, however short, follows on nothing
        rested = self.gap_days(older.sender, newer.sender) if gap < -OVERLAP_DAYS else None
        return gap if rested is None else rested

    def gap_days(self, old: str, new: str) -> float | None:
        """Return the days from the last broadcast of a number before its rest to the first of the other one.

        None: it did not rest while that one was in use, or too little was sent to tell.
        """
        before, within, after = self._parts(old, new)
        sent = self._started.get(new, [])
        if min(_days(before), _days(after)) < _DAYS_ON_A_SIDE or _days(sent) < _DAYS_ENOUGH:
            return None
        span = sent[-1] - sent[0] - 2 * _EDGE_SECONDS
        used = before[-1] - before[0] + after[-1] - after[0]
        expected = (_days(before) + _days(after) - 2) * span / used
        if expected < _EXPECTED_DAYS or _days(within) > _HARDLY_ANY * expected:
            return None
        return (sent[0] - before[-1]) / DAY_SECONDS

    def _parts(self, old: str, new: str) -> tuple[Sequence[float], Sequence[float], Sequence[float]]:
        """Return the broadcasts of one number before, while and after the other was in use."""
        held, sent = self._started.get(old, []), self._started.get(new, [])
        if not held or not sent:
            return [], [], []
        begin, end = bisect_left(held, sent[0] + _EDGE_SECONDS), bisect_right(held, sent[-1] - _EDGE_SECONDS)
        return held[:begin], held[begin:end], held[max(begin, end) :]


def _days(instants: Sequence[float]) -> int:
    return len({int(instant // DAY_SECONDS) for instant in instants})
