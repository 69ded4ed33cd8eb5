"""Line groups: the spells that joins hold together, before anything is said of devices."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from parsers.records.ids import derived_id
from search.linkage.instants import earliest, latest, lies_within
from search.linkage.joins import Joins
from search.linkage.keys import is_number
from search.linkage.model import Join
from search.linkage.spells import Spell

ANNOUNCED_ONLY_DAYS = 90.0
"""How long after its announcement a number counts as the line's where no advert of it was seen."""
WINDOW_PAD_DAYS = 30.0
"""Texts and calls with a line's number count as with the line from so long before its first advert to so long after
its last one; the adverts on seized phones are a sample."""


class LineGroup(msgspec.Struct, frozen=True, kw_only=True):
    """The spells of one line.

    Attributes:
        names: Folded names that stand for the line, most adverts first.
        numbers: Its telephone numbers in full, sorted.
    """

    line_id: str
    spells: tuple[Spell, ...]
    joins: tuple[Join, ...]
    conflicts: tuple[str, ...]
    names: tuple[str, ...]
    numbers: tuple[str, ...]

    @property
    def customers(self) -> frozenset[str]:
        """Devices and numbers that its adverts went to."""
        return frozenset().union(*(spell.customers for spell in self.spells))

    def spells_of(self, number: str) -> list[Spell]:
        """Return the spells of one of its numbers."""
        return [spell for spell in self.spells if spell.sender == number]

    def uses_at(self, number: str, first: str | None, last: str | None) -> bool:
        """Whether traffic with the number in this period is with the line. Undated traffic is not by itself."""
        return any(
            _touches(spell, instant) for spell in self.spells_of(number) for instant in {first, last} - {None}
        ) or any(_spans(spell, first, last) for spell in self.spells_of(number))


def _touches(spell: Spell, instant: str | None) -> bool:
    if instant is None:
        return False
    after = ANNOUNCED_ONLY_DAYS if spell.is_announced_only else WINDOW_PAD_DAYS
    return lies_within(instant, spell.first_at, None, WINDOW_PAD_DAYS) and lies_within(
        instant, None, spell.last_at, after
    )


def _spans(spell: Spell, first: str | None, last: str | None) -> bool:
    """Whether the period begins before the spell and ends after it: the edge holds traffic on both sides."""
    if first is None or last is None or spell.first_at is None or spell.last_at is None:
        return False
    return lies_within(spell.first_at, first, last, 0) and lies_within(spell.last_at, first, last, 0)


def group_spells(spells: Sequence[Spell], joins: Joins) -> list[LineGroup]:
    """Return the groups that are lines: those that offered something, and more than once or under a name."""
    everything = [*spells, *joins.announced]
    parent = {spell.place: spell.place for spell in everything}

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    for a, b, _ in joins.joins:
        low, high = sorted((root(a), root(b)))
        parent[high] = low
    members: dict[int, list[Spell]] = defaultdict(list)
    for spell in everything:
        members[root(spell.place)].append(spell)
    joined: dict[int, list[Join]] = defaultdict(list)
    for a, _, join in joins.joins:
        joined[root(a)].append(join)
    conflicts: dict[int, set[str]] = defaultdict(set)
    for place, sentence in joins.conflicts:
        conflicts[root(place)].add(sentence)
    established = {name for spell in spells if spell.is_established for name in spell.names}
    groups = [
        _group(members[place], joined[place], conflicts[place])
        for place in sorted(members)
        if _is_line(members[place], established)
    ]
    return sorted(groups, key=lambda group: group.line_id)


def _is_line(spells: Sequence[Spell], established_names: set[str]) -> bool:
    """Whether the spells are more than a stray text.

    A change of number by itself is none: people and shops announce theirs too. One or two adverts on one phone,
    under the name of an established line, are a forward or an imitation. Without a name it takes a second advert.
    """
    offers = sum(spell.offer_count for spell in spells)
    if offers == 0:
        return False
    if any(spell.is_established for spell in spells):
        return True
    names = {name for spell in spells for name in spell.names}
    return bool(names) and not names & established_names


def _group(spells: Sequence[Spell], joins: Iterable[Join], conflicts: Iterable[str]) -> LineGroup:
    counts: Counter[str] = Counter()
    for spell in spells:
        for name in spell.names:
            counts[name] += spell.name_counts[name]
    names = tuple(sorted(counts, key=lambda name: (-counts[name], name)))
    numbers = tuple(sorted({spell.sender for spell in spells if is_number(spell.sender)}))
    first = min(spells, key=lambda spell: (not spell.has_number, spell.sender, spell.first_at or "~"))
    return LineGroup(
        line_id=derived_id("ln", first.sender, first.first_at, *sorted(names[:1])),
        spells=tuple(sorted(spells, key=lambda spell: (spell.first_at or "~", spell.place))),
        joins=tuple(joins),
        conflicts=tuple(sorted({*conflicts, *_inner_conflicts(spells)})),
        names=names,
        numbers=numbers,
    )


def _inner_conflicts(spells: Sequence[Spell]) -> Iterable[str]:
    for spell in spells:
        if len(spell.names) > 1:
            count = len(spell.names)
            yield (
                f"The adverts of {spell.sender} carry {count} names: the line was renamed, or its name is read in "
                "two ways."
            )


def periods_of(group: LineGroup, number: str) -> tuple[str | None, str | None]:
    """Return when adverts or announcements show the number as the line's."""
    spells = group.spells_of(number)
    return earliest(spell.first_at for spell in spells), latest(spell.last_at for spell in spells)


def lines_by_number(groups: Iterable[LineGroup]) -> Mapping[str, tuple[LineGroup, ...]]:
    """Return the lines that used each number; several where it was given out again."""
    found: dict[str, list[LineGroup]] = defaultdict(list)
    for group in groups:
        for number in group.numbers:
            found[number].append(group)
    return {number: tuple(lines) for number, lines in found.items()}
