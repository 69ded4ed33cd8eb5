"""Numbers that rested while another one was in use: a line goes to a new number and back to the old one.

First and last advert of such a number lie around all of the other's, as those of a number that is used beside it do.
What tells is the time between: a number that would have sent on several days by then, and sent on none or hardly any,
was put aside for the other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from search.contract import Flare
from search.linkage.attribution.evidence import Evidence, flares_by_sender
from search.linkage.instants import DAY_SECONDS, days_between, to_seconds
from search.linkage.number_use.one_number import OVERLAP_DAYS, WITHIN_DAYS
from search.linkage.number_use.spells import Spell


class _Enough(NamedTuple):
    """What must be seen of two numbers, for one of them to have rested for the other.

    Attributes:
        expected: Days on which it would have sent.
        days: Days on which the other number sent.
        edge_seconds: At both ends of the other number's use, in which it may still send, or send again.
        hardly_any: Share of the expected days on which it may send all the same.
    """

    expected: float
    days: int
    edge_seconds: float
    hardly_any: float


_UNSAID: Final = _Enough(expected=3.0, days=4, edge_seconds=WITHIN_DAYS * DAY_SECONDS, hardly_any=0.1)
"""That it sends on none of three days by chance is one in twenty. On hardly any: a phone's clock may be wrong, and a
text come late."""
_ANNOUNCED: Final = _Enough(expected=1.5, days=2, edge_seconds=DAY_SECONDS / 2, hardly_any=0.0)
"""Where it said itself that the other number takes over: that is what it says, and one in four by chance. Both
reasoned; numbers that never worked are in use for days."""
_DAYS_ON_A_SIDE: Final = 3
"""On which it sent before its rest and after it: from fewer nothing follows of how often it sends. Fitted: without it
two of 31 successions of eight development worlds were second numbers of lines that send once a week."""


class Rests:
    """Tells which numbers rested while others were in use, by the days of their broadcasts.

    Args:
        evidence: All that lines are made from.
    """

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence

    @cached_property
    def _flares(self) -> dict[str, list[tuple[str, Flare, str]]]:
        return flares_by_sender(self._evidence.advert_flares())

    @cached_property
    def _started(self) -> dict[str, list[float]]:
        return {
            sender: sorted({to_seconds(flare.started_at) for _, flare, _ in held})
            for sender, held in self._flares.items()
        }

    def records(self, number: str) -> Iterable[tuple[str, str]]:
        """Yield the first record of each broadcast of a number, with its instant."""
        return ((flare.started_at, flare.first_record_id) for _, flare, _ in self._flares.get(number, ()))

    def started(self, number: str) -> Sequence[float]:
        """Return when the broadcasts of a number began, in seconds and in order."""
        return self._started.get(number, ())

    def of_turns(self, turns: Mapping[str, tuple[str, float, float]]) -> Rests:
        """Return what tells of turns too, by their names, each as if the number had been in use in it alone.

        Args:
            turns: Number, and first and last instant in seconds, of each.
        """
        started = {
            turn: [at for at in self.started(number) if begun <= at <= ended]
            for turn, (number, begun, ended) in turns.items()
        }
        return _RestsOfTurns(self._evidence, self, started)

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

    def gap_days(self, old: str, new: str, *, is_announced: bool = False) -> float | None:
        """Return the days from the last broadcast of a number before its rest to the first of the other one.

        None: it did not rest while that one was in use, or too little was sent to tell.

        Args:
            old: The number.
            new: The other one.
            is_announced: The number said itself that the other one takes over; less is enough then.
        """
        enough = _ANNOUNCED if is_announced else _UNSAID
        before, within, after = self._parts(old, new, enough.edge_seconds)
        sent = self.started(new)
        if min(_days(before), _days(after)) < _DAYS_ON_A_SIDE or _days(sent) < enough.days:
            return None
        span = sent[-1] - sent[0] - 2 * enough.edge_seconds
        used = before[-1] - before[0] + after[-1] - after[0]
        expected = (_days(before) + _days(after) - 2) * span / used
        if expected < enough.expected or _days(within) > enough.hardly_any * expected:
            return None
        return (sent[0] - before[-1]) / DAY_SECONDS

    def is_silent(self, number: str, first: str, last: str) -> bool:
        """Whether a number sent no broadcast between two instants, but for half a day at both ends."""
        edge = _ANNOUNCED.edge_seconds
        started = self.started(number)
        return bisect_left(started, to_seconds(last) - edge) <= bisect_left(started, to_seconds(first) + edge)

    def _parts(
        self, old: str, new: str, edge_seconds: float
    ) -> tuple[Sequence[float], Sequence[float], Sequence[float]]:
        """Return the broadcasts of one number before, while and after the other was in use."""
        held, sent = self.started(old), self.started(new)
        if not held or not sent:
            return [], [], []
        begin, end = bisect_left(held, sent[0] + edge_seconds), bisect_right(held, sent[-1] - edge_seconds)
        return held[:begin], held[begin:end], held[max(begin, end) :]


class _RestsOfTurns(Rests):
    def __init__(self, evidence: Evidence, rests: Rests, started: Mapping[str, Sequence[float]]) -> None:
        super().__init__(evidence)
        self._rests = rests
        self._of_turns = started

    def started(self, number: str) -> Sequence[float]:
        """Return when the broadcasts of a number, or of a turn, began, in seconds and in order."""
        return self._of_turns[number] if number in self._of_turns else self._rests.started(number)


def _days(instants: Sequence[float]) -> int:
    return len({int(instant // DAY_SECONDS) for instant in instants})
