"""Senders that are one: what comes from two of them is one broadcast each time.

A line on WhatsApp alone is known to its customers by the names that they saved. Its broadcasts reach all of them in
the same minutes, wording for wording, day after day; two lines that share a wording do not send it at one time. So it
is with the id of an account on one phone and a saved name, or the id at another application, on another; and with two
phones of one line, each of which has half of its list. An imitator has to read a text before he copies it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, product
from typing import NamedTuple

from search.linkage.attribution.evidence import Evidence
from search.linkage.extraction.flare_rows import RECEIVED
from search.linkage.extraction.flares import PAUSE_SECONDS
from search.linkage.instants import DAY_SECONDS, to_seconds
from search.linkage.joining.announcements import PlacedJoin
from search.linkage.joining.name_joins import are_in_other_cases
from search.linkage.keys import NAME_PREFIX, is_account_id
from search.linkage.model import Join
from search.linkage.number_use.spells import Spell
from search.linkage.phrases import counted
from search.linkage.weights import JOIN_WEIGHTS

_SENDERS_OF_A_WORDING = 6
"""A wording of more numbers than this says nothing of two of them: "on now" at nine in the morning is everybody's."""


class _Least(NamedTuple):
    """What must coincide at least.

    Attributes:
        seconds: Between the beginnings of two that are one broadcast, at most.
        days: On which broadcasts coincide.
        wordings: In which they do.
        share: Of the broadcasts of the side that has fewer while both were in use: of one line all coincide but what
            got lost.
    """

    seconds: float
    days: int
    wordings: int
    share: float


_BY_NAME = _Least(PAUSE_SECONDS, 3, 1, 0.5)
_OF_NUMBERS = _Least(120, 3, 2, 0.5)
_OF_OTHER_CASES = _Least(120, 6, 3, 0.8)
"""Of two numbers of which no case holds phones of both: two forces may each have a line of a common name."""

_Seen = tuple[float, str, str]
"""When a broadcast of a wording came, to which sender's chat, and the first record of it."""
_Came = Mapping[str, Mapping[str, Sequence[_Seen]]]
"""What was seen of each sender, by wording."""


def broadcast_joins(
    spells: Sequence[Spell], evidence: Evidence, cases: Mapping[int, frozenset[str]]
) -> Iterator[PlacedJoin]:
    """Yield the joins of senders that phones show by a saved name or the id of an account alone, by place.

    Then those of two numbers under one name.

    Args:
        spells: All spells.
        evidence: All that lines are made from.
        cases: Case references of the devices of each spell, by place; empty where none is known.
    """
    spells_of: dict[str, list[Spell]] = defaultdict(list)
    for spell in spells:
        spells_of[spell.sender].append(spell)
    unnumbered: dict[str, dict[str, list[_Seen]]] = defaultdict(lambda: defaultdict(list))
    numbered: dict[str, dict[str, list[_Seen]]] = defaultdict(lambda: defaultdict(list))
    for _, flare, sender in evidence.flares:
        seen = (to_seconds(flare.started_at), sender, flare.first_record_id)
        if sender.startswith(NAME_PREFIX) or is_account_id(sender):
            if flare.direction == RECEIVED and sender in spells_of:
                unnumbered[sender][flare.template_id].append(seen)
        elif sender in spells_of:
            numbered[sender][flare.template_id].append(seen)
    for one, other in _may_be_one(unnumbered, _BY_NAME.seconds):
        # a sender without a number never splits: it has one spell
        pair = spells_of[one][0], spells_of[other][0]
        yield from _joined(pair, (unnumbered[one], unnumbered[other]), _BY_NAME, evidence)
    senders = Counter(key for came in numbered.values() for key in came)
    own = {
        sender: {key: seen for key, seen in came.items() if senders[key] <= _SENDERS_OF_A_WORDING}
        for sender, came in numbered.items()
    }
    for one, other in _may_be_one(own, _OF_NUMBERS.seconds):
        for pair in product(spells_of[one], spells_of[other]):
            if pair[0].shares_a_name(pair[1]):
                least = _OF_OTHER_CASES if are_in_other_cases(*pair, cases) else _OF_NUMBERS
                yield from _joined(pair, (_within(own[one], pair[0]), _within(own[other], pair[1])), least, evidence)


def _joined(
    spells: tuple[Spell, Spell],
    came: tuple[Mapping[str, Sequence[_Seen]], Mapping[str, Sequence[_Seen]]],
    least: _Least,
    evidence: Evidence,
) -> Iterator[PlacedJoin]:
    """Yield the join of two spells, if what came of both is one broadcast nearly each time."""
    one, other = came
    found = {key: list(_beside(one[key], other.get(key, ()), least.seconds)) for key in one}
    pairs = [pair for held in found.values() for pair in held]
    days = {int(seen[0] // DAY_SECONDS) for seen, _ in pairs}
    are_enough = len(days) >= least.days and sum(map(bool, found.values())) >= least.wordings
    if are_enough and len(pairs) >= least.share * _fewest(one, other):
        a, b = sorted(spells, key=lambda s: (s.first_at or "~", s.place))
        yield a.place, b.place, _join(a, b, pairs, len(days), evidence)


def _within(came: Mapping[str, Sequence[_Seen]], spell: Spell) -> dict[str, list[_Seen]]:
    """Return what came of a number in one use of it."""
    if spell.first_at is None or spell.last_at is None:
        return {}
    first, last = to_seconds(spell.first_at), to_seconds(spell.last_at)
    return {key: [each for each in seen if first <= each[0] <= last] for key, seen in came.items()}


def _may_be_one(came: _Came, seconds: float) -> list[tuple[str, str]]:
    """Return the pairs of senders of which some wording came within such a time, in order: cost follows those."""
    found: set[tuple[str, str]] = set()
    by_template: dict[str, list[_Seen]] = defaultdict(list)
    for held in came.values():
        for template_id, seen in held.items():
            by_template[template_id] += seen
    for seen in by_template.values():
        for before, after in pairwise(sorted(seen)):
            if before[1] != after[1] and after[0] - before[0] <= seconds:
                found.add((min(before[1], after[1]), max(before[1], after[1])))
    return sorted(found)


def _beside(one: Sequence[_Seen], other: Sequence[_Seen], seconds: float) -> Iterator[tuple[_Seen, _Seen]]:
    """Yield each broadcast of the one that came so soon before or after the other's, with that, the nearest.

    Of what several phones got of one broadcast, one that has a neighbour is enough.
    """
    rows = sorted(other)
    for broadcast in _broadcasts(one):
        for seen in broadcast:
            at = bisect_left(rows, seen)
            near = [row for row in rows[max(0, at - 1) : at + 1] if abs(row[0] - seen[0]) <= seconds]
            if near:
                yield seen, min(near, key=lambda row: (abs(row[0] - seen[0]), row))
                break


def _broadcasts(seen: Iterable[_Seen]) -> list[list[_Seen]]:
    """Return what came of a wording parted by pauses, in order."""
    found: list[list[_Seen]] = []
    for each in sorted(seen):
        if found and each[0] - found[-1][-1][0] <= PAUSE_SECONDS:
            found[-1].append(each)
        else:
            found.append([each])
    return found


def _fewest(one: Mapping[str, Sequence[_Seen]], other: Mapping[str, Sequence[_Seen]]) -> int:
    """Return how many broadcasts the side has that has fewer, in the time in which both have some."""
    sides = [[broadcast for held in side.values() for broadcast in _broadcasts(held)] for side in (one, other)]
    if not all(sides):
        return 0
    begin = max(min(broadcast[0][0] for broadcast in side) for side in sides) - PAUSE_SECONDS
    end = min(max(broadcast[0][0] for broadcast in side) for side in sides) + PAUSE_SECONDS
    return min(sum(begin <= broadcast[0][0] <= end for broadcast in side) for side in sides)


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
