"""Numbers that share the days of the week out between them: a line's weekend phone sends when its other one does not.

Each may have wordings of its own and is in use while the other is, so that by words and time an imitator and a second
number look the same. What tells them is when the line sends: one that goes to its weekend number on Fridays is silent
on the other one until Monday, week after week, and everybody on its list gets both. Whoever imitates a line, or sells
to the same people, sends on days of his own choice and does not make it stop.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import product, starmap
from typing import Final

from search.linkage.attribution.evidence import Evidence
from search.linkage.extraction.edge_table import merged_record_ids
from search.linkage.extraction.said_edges import DAY_CHARS
from search.linkage.instants import earliest, latest
from search.linkage.joining.announcements import PlacedJoin, names_differ
from search.linkage.model import Join
from search.linkage.number_use.spells import Spell
from search.linkage.phrases import counted
from search.linkage.weights import JOIN_WEIGHTS

_LEAST_DAYS: Final = 4
"""On which each sent while the other was in use."""
_SHORT_WEEK: Final = 3
_OF_A_SHORT_WEEK: Final = 0.75
"""One of two numbers that share a week has three days of it or fewer, and sends on others now and then."""
_LEAST_GAIN: Final = 8.0
"""Log-likelihood of two weeks rather than one. Of two numbers that choose their days by themselves one pair in 150 has
so much, and keeps apart from day to day, where they sent on a dozen days each; of 25 days, one in 1,000."""
_LEAST_GAIN_OF_OTHER_NAMES: Final = 10.0
"""The same where their names differ: one pair in 1,500, and in 10,000."""
_OF_THOSE_BY_CHANCE: Final = 1 / 3
"""Days on which both sent, of as many as there would be if neither minded the other."""
_ONE_LIST: Final = 0.75
_LEAST_PEOPLE: Final = 2


class SharedWeeks:
    """Finds the numbers that share the week with a line.

    A line that changed its number has one week through all of its numbers, so that a number is compared with all that
    are joined already.

    Args:
        spells: All spells, by place.
        joins: What other evidence joins, the surest first.
        excludes: Whether two spells cannot be of one line.
        evidence: All that lines are made from.
    """

    def __init__(
        self,
        spells: Sequence[Spell],
        joins: Iterable[PlacedJoin],
        excludes: Callable[[Spell, Spell], bool],
        evidence: Evidence,
    ) -> None:
        self.joins: list[PlacedJoin] = []
        self.pairs: set[frozenset[int]] = set()
        """Places of spells that are used at once, and share the week."""
        short = [spell for spell in spells if _is_short_week(spell)]
        if not short:
            return
        by_party: dict[str, list[Spell]] = defaultdict(list)
        sought = frozenset[str]().union(*(spell.recipients for spell in short))
        for spell in spells:
            for party in spell.recipients & sought:
                by_party[party].append(spell)
        group_of = _groups(spells, joins, excludes)
        for spell in short:
            places = {other.place for party in spell.recipients for other in by_party[party]}
            for group in {id(group_of[place]): group_of[place] for place in sorted(places)}.values():
                rest = [other for other in group if other.sender != spell.sender]
                self._compare(spell, rest, evidence)

    def _compare(self, spell: Spell, others: Sequence[Spell], evidence: Evidence) -> None:
        first = latest((spell.first_at, earliest(other.first_at for other in others)))
        last = earliest((spell.last_at, latest(other.last_at for other in others)))
        if first is None or last is None:
            return
        days, other_days = _within(spell.days, first, last), _within(_all_days(others), first, last)
        gain = _gain_of_two_weeks(days, other_days)
        least = _LEAST_GAIN_OF_OTHER_NAMES if all(names_differ(spell, other) for other in others) else _LEAST_GAIN
        if gain < least or not _is_one_list(spell, others, first, last):
            return
        beside = max(others, key=lambda other: (len(_within(other.days, first, last)), -other.place))
        a, b = sorted((spell, beside), key=lambda one: (one.first_at or "~", one.place))
        self.pairs.update(frozenset((spell.place, other.place)) for other in others)
        self.joins.append((a.place, b.place, _join(a, b, spell, days, other_days, evidence)))


def _is_short_week(spell: Spell) -> bool:
    counts = sorted(_week(spell.days), reverse=True)
    return len(spell.days) >= _LEAST_DAYS and sum(counts[:_SHORT_WEEK]) >= _OF_A_SHORT_WEEK * len(spell.days)


def _groups(
    spells: Sequence[Spell], joins: Iterable[PlacedJoin], excludes: Callable[[Spell, Spell], bool]
) -> Mapping[int, list[Spell]]:
    """Return the spells that are joined with each, itself among them, by place; as lines are made (``groups``)."""
    group_of = {spell.place: [spell] for spell in spells}
    for a, b, _ in joins:
        one, other = group_of.get(a), group_of.get(b)
        if one is None or other is None or one is other or any(starmap(excludes, product(one, other))):
            continue
        one.extend(other)
        group_of.update(dict.fromkeys((spell.place for spell in other), one))
    return group_of


def _all_days(spells: Iterable[Spell]) -> frozenset[str]:
    return frozenset[str]().union(*(spell.days for spell in spells))


def _within(days: Iterable[str], first: str, last: str) -> frozenset[str]:
    return frozenset(day for day in days if first[:DAY_CHARS] <= day <= last[:DAY_CHARS])


def _week(days: Iterable[str]) -> list[int]:
    counts = Counter(date.fromisoformat(day).weekday() for day in days)
    return [counts[day] for day in range(7)]


def _gain_of_two_weeks(one: Collection[str], other: Collection[str]) -> float:
    """Return the log-likelihood that the days are of two weeks rather than of one; 0 where both sent on one day."""
    if min(len(one), len(other)) < _LEAST_DAYS:
        return 0.0
    span = (date.fromisoformat(max(*one, *other)) - date.fromisoformat(min(*one, *other))).days + 1
    if len(set(one) & set(other)) > _OF_THOSE_BY_CHANCE * len(one) * len(other) / span:
        return 0.0
    week, other_week = _week(one), _week(other)
    every = [sum(pair) for pair in zip(week, other_week, strict=True)]
    return _log_likelihood(week, week) + _log_likelihood(other_week, other_week) - _log_likelihood(every, every)


def _log_likelihood(counts: Sequence[int], shares: Sequence[int]) -> float:
    every = sum(shares)
    return sum(count * math.log(share / every) for count, share in zip(counts, shares, strict=True) if count)


def _is_one_list(spell: Spell, others: Sequence[Spell], first: str, last: str) -> bool:
    """Whether who got adverts of the one got the other's too, by the lists of held phones, else by the phones held."""
    sending = [other for other in others if other.sending]
    if spell.sending and sending:
        one, other = spell.recipients, frozenset[str]().union(*(held.recipients for held in sending))
    else:
        one = spell.receiving_in(first, last)
        other = frozenset[str]().union(*(held.receiving_in(first, last) for held in others))
    return len(one & other) >= max(_LEAST_PEOPLE, _ONE_LIST * len(one | other))


def _join(
    a: Spell, b: Spell, short: Spell, days: Collection[str], other_days: Collection[str], evidence: Evidence
) -> Join:
    week, other_week = _week(days), _week(other_days)
    its_days = [day for day, (count, others) in enumerate(zip(week, other_week, strict=True)) if count > others]
    named = ", ".join(_NAMES[day] for day in its_days)
    on_them, others_on_them = (sum(counts[day] for day in its_days) for counts in (week, other_week))
    other = b if short is a else a
    return Join(
        kind="one_week",
        older=a.sender,
        newer=b.sender,
        weight=JOIN_WEIGHTS["one_week"],
        sentence=f"{evidence.sender_label(short.sender)} sent adverts on {counted(len(days), 'day')}, {on_them} of them"
        f" {named}; the line of {evidence.sender_label(other.sender)} sent to the same people on "
        f"{counted(len(other_days), 'day')} in that time, {others_on_them} of them such days.",
        record_ids=merged_record_ids([advert.edge for spell in (a, b) for advert in spell.adverts[:2]], 4),
    )


_NAMES: Final = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")
