"""Senders without a number that are one: what came in under two names, on two phones, is one broadcast each time.

A line on WhatsApp alone is known to its customers by the names that they saved. Its broadcasts reach all of them in
the same minutes, wording for wording, day after day; two lines that share a wording do not send it at one time. So it
is with the id of an account on one phone and a saved name, or the id at another application, on another.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from search.linkage.attribution.evidence import Evidence
from search.linkage.extraction.flare_rows import RECEIVED
from search.linkage.extraction.flares import PAUSE_SECONDS
from search.linkage.instants import DAY_SECONDS, to_seconds
from search.linkage.joining.announcements import PlacedJoin
from search.linkage.keys import NAME_PREFIX, is_account_id
from search.linkage.model import Join
from search.linkage.number_use.spells import Spell
from search.linkage.phrases import counted
from search.linkage.weights import JOIN_WEIGHTS

_DAYS_TOGETHER = 3
"""Days on which broadcasts must coincide."""
_LEAST_SHARE = 0.5
"""Of the broadcasts of the side that has fewer while both were in use: of one line all coincide but what got lost."""

_Seen = tuple[float, str, str]
"""When a broadcast of a wording came, to which sender's chat, and the first record of it."""


def broadcast_joins(spells: Sequence[Spell], evidence: Evidence) -> Iterator[PlacedJoin]:
    """Yield the joins of senders that phones show by a saved name or the id of an account alone, by place."""
    spells_of: dict[str, list[Spell]] = defaultdict(list)
    for spell in spells:
        if spell.sender.startswith(NAME_PREFIX) or is_account_id(spell.sender):
            spells_of[spell.sender].append(spell)
    came: dict[str, dict[str, list[_Seen]]] = defaultdict(lambda: defaultdict(list))
    for _, flare, sender in evidence.flares:
        if flare.direction == RECEIVED and sender in spells_of:
            came[sender][flare.template_id].append((to_seconds(flare.started_at), sender, flare.first_record_id))
    for one, other in _may_be_one(came):
        pairs = [pair for key in came[one] for pair in _beside(came[one][key], came[other].get(key, ()))]
        days = {int(seen[0] // DAY_SECONDS) for seen, _ in pairs}
        if len(days) >= _DAYS_TOGETHER and len(pairs) >= _LEAST_SHARE * _fewest(came[one], came[other]):
            # a sender without a number never splits: it has one spell
            a, b = sorted((spells_of[one][0], spells_of[other][0]), key=lambda s: (s.first_at or "~", s.place))
            yield a.place, b.place, _join(a, b, pairs, len(days), evidence)


def _may_be_one(came: dict[str, dict[str, list[_Seen]]]) -> list[tuple[str, str]]:
    """Return the pairs of senders of which some wording came in the same minutes, in order: cost follows those."""
    found: set[tuple[str, str]] = set()
    by_template: dict[str, list[_Seen]] = defaultdict(list)
    for held in came.values():
        for template_id, seen in held.items():
            by_template[template_id] += seen
    for seen in by_template.values():
        for before, after in pairwise(sorted(seen)):
            if before[1] != after[1] and after[0] - before[0] <= PAUSE_SECONDS:
                found.add((min(before[1], after[1]), max(before[1], after[1])))
    return sorted(found)


def _beside(one: Sequence[_Seen], other: Sequence[_Seen]) -> Iterator[tuple[_Seen, _Seen]]:
    """Yield each broadcast of the one with that of the other that came within a pause of it, the nearest."""
    rows = sorted(other)
    for seen in sorted(one):
        at = bisect_left(rows, seen)
        near = [row for row in rows[max(0, at - 1) : at + 1] if abs(row[0] - seen[0]) <= PAUSE_SECONDS]
        if near:
            yield seen, min(near, key=lambda row: (abs(row[0] - seen[0]), row))


def _fewest(one: dict[str, list[_Seen]], other: dict[str, list[_Seen]]) -> int:
    """Return how many broadcasts the side has that has fewer, in the time in which both have some."""
    times = [sorted(seen[0] for held in side.values() for seen in held) for side in (one, other)]
    begin, end = max(times[0][0], times[1][0]) - PAUSE_SECONDS, min(times[0][-1], times[1][-1]) + PAUSE_SECONDS
    return min(sum(begin <= at <= end for at in side) for side in times)


def _join(a: Spell, b: Spell, pairs: Sequence[tuple[_Seen, _Seen]], days: int, evidence: Evidence) -> Join:
    records = [record for pair in sorted(pairs)[:2] for _, _, record in pair]
    return Join(
        kind="one_broadcast",
        older=a.sender,
        newer=b.sender,
        weight=JOIN_WEIGHTS["one_broadcast"],
        sentence=f"{counted(len(pairs), 'broadcast')} of {evidence.sender_label(a.sender)} and of "
        f"{evidence.sender_label(b.sender)} came in the same minutes in the same wording, on {counted(days, 'day')}.",
        record_ids=tuple(records),
    )
