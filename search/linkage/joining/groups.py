"""Line groups: the spells that joins hold together, before anything is said of devices.

The surest joins are made first, and none that would bring two spells together which exclude each other: an imitator
that overlaps a line's second number does not come in through the first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from math import inf
from typing import NamedTuple

import msgspec

from parsers.records.ids import derived_id
from search.linkage.attribution.senders import is_plain
from search.linkage.instants import days_between, earliest, latest, lies_within, periods_touch
from search.linkage.joining.accounts_of_lines import ACCOUNT_OF_LINE
from search.linkage.joining.announcements import PlacedJoin
from search.linkage.joining.asked_joins import TOLD_WHEN_ASKED
from search.linkage.joining.borrowed import BORROWED
from search.linkage.joining.joins import OWN_WORD, Joins
from search.linkage.joining.kept_apart import KeptApart
from search.linkage.joining.order_numbers import TOLD_TO_ORDER
from search.linkage.joining.rulings import MERGED, Rulings
from search.linkage.joining.sides import sides_of
from search.linkage.joining.told_beside import TOLD_BESIDE
from search.linkage.keys import is_number
from search.linkage.model import Join
from search.linkage.number_use.names import as_read, counted_names, grouped_forms
from search.linkage.number_use.one_number import OVERLAP_DAYS
from search.linkage.number_use.spells import Spell
from search.linkage.phrases import day_of

ANNOUNCED_ONLY_DAYS = 90.0
"""How long after its announcement a number counts as the line's where no advert of it was seen."""
WINDOW_PAD_DAYS = 30.0
"""Texts and calls with a line's number count as with the line from so long before its first advert to so long after
its last one; the adverts on seized phones are a sample."""

_BESIDE = frozenset(
    {TOLD_TO_ORDER, "speaks_for", "one_handset", "one_broadcast", "one_week", BORROWED, ACCOUNT_OF_LINE, TOLD_BESIDE}
)
"""Kinds of joins that say nothing of which number follows which."""

_TOLD = frozenset({*OWN_WORD, TOLD_WHEN_ASKED})
"""Kinds of joins that stand whatever the two numbers are called. A new number's own word is an imitator's too."""


class LineGroup(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The spells of one line.

    Attributes:
        conflicts: Sentences that speak against it; ``kept_apart``: what was not joined, of its senders or others.
        names: Folded names that stand for the line, most wordings first; of forms of one name the full one.
        forms: The same with every form of each name.
        numbers: Its telephone numbers in full, sorted.
    """

    line_id: str
    spells: tuple[Spell, ...]
    joins: tuple[Join, ...]
    conflicts: tuple[str, ...]
    kept_apart: tuple[KeptApart, ...]
    names: tuple[str, ...]
    forms: frozenset[str]
    numbers: tuple[str, ...]

    @property
    def recipients(self) -> frozenset[str]:
        """Devices and numbers that its adverts went to."""
        return frozenset().union(*(spell.recipients for spell in self.spells))

    def spells_of(self, number: str) -> Sequence[Spell]:
        """Return the spells of one of its numbers."""
        return self._spells_of.get(number, ())

    def joins_of(self, number: str) -> Sequence[Join]:
        """Return the joins of one of its numbers with others, in order."""
        return self._joins_of.get(number, ())

    @cached_property
    def _spells_of(self) -> Mapping[str, Sequence[Spell]]:
        found: dict[str, list[Spell]] = defaultdict(list)
        for spell in self.spells:
            found[spell.sender].append(spell)
        return found

    @cached_property
    def _joins_of(self) -> Mapping[str, Sequence[Join]]:
        found: dict[str, list[Join]] = defaultdict(list)
        for join in self.joins:
            for number in {join.older, join.newer}:
                found[number].append(join)
        return found

    def uses_at(self, number: str, first: str | None, last: str | None) -> bool:
        """Whether traffic with the number in this period is with the line. Undated traffic is not by itself."""
        spells = self.spells_of(number)
        for spell in spells:
            if _touches(spell, first) or (last != first and _touches(spell, last)):
                return True
        return any(_spans(spell, first, last) for spell in spells)

    def left_at(self, number: str) -> str | None:
        """Return when the line had gone on under another number, after its last advert from this one. None: not known.

        A number that is told to order from, or is in use beside this one, takes nothing over.
        """
        own = self.spells_of(number)
        ended = latest(spell.used_until for spell in own)
        if ended is None or any(spell.used_until is None or spell.is_announced_only for spell in own):
            return None
        after = [
            spell.used_from
            for join in self.joins_of(number)
            if join.older == number and join.kind not in _BESIDE
            for spell in self.spells_of(join.newer)
            if spell.used_from is not None
            and (spell.used_until or "") > ended
            and days_between(spell.used_from, ended) <= OVERLAP_DAYS
        ]
        return max(ended, min(after)) if after else None

    def is_in_use(self, number: str, first: str | None, last: str | None) -> bool:
        """Whether a part of the period lies between the first and the last advert of a spell of the number."""
        return any(
            periods_touch((spell.used_from, spell.used_until), (first, last), 0) for spell in self.spells_of(number)
        )

    def days_from_use(self, number: str, first: str, last: str) -> float:
        """Return the days from the period to the nearest spell of the number; 0 in one, inf where none is dated."""
        return min(
            max(0.0, days_between(spell.used_until, first), days_between(last, spell.used_from))
            if spell.used_from is not None and spell.used_until is not None
            else inf
            for spell in self.spells_of(number)
        )


def _touches(spell: Spell, instant: str | None) -> bool:
    if instant is None:
        return False
    after = ANNOUNCED_ONLY_DAYS if spell.is_announced_only else WINDOW_PAD_DAYS
    return lies_within(instant, spell.used_from, None, WINDOW_PAD_DAYS) and lies_within(
        instant, None, spell.used_until, after
    )


def _spans(spell: Spell, first: str | None, last: str | None) -> bool:
    """Whether the period begins before the spell and ends after it: the edge holds traffic on both sides."""
    if first is None or last is None or spell.first_at is None or spell.last_at is None:
        return False
    return lies_within(spell.first_at, first, last, 0) and lies_within(spell.last_at, first, last, 0)


def group_spells(
    spells: Sequence[Spell], joins: Joins, rulings: Rulings, further: Iterable[PlacedJoin] = ()
) -> list[LineGroup]:
    """Return the groups of spells that joins hold together, by line id; whether they are lines is not asked here.

    What people united or keep apart comes before what the evidence says, and further joins after it.
    """
    by_place = {spell.place: spell for spell in (*spells, *joins.announced)}
    group_of = {place: [place] for place in by_place}
    made: dict[int, list[Join]] = defaultdict(list)
    had_again: set[int] = set()
    conflicts: dict[int, set[str]] = defaultdict(set)
    for place, sentence in joins.conflicts:
        conflicts[place].add(sentence)
    apart: dict[int, set[KeptApart]] = defaultdict(set)
    for place, held in joins.kept_apart:
        apart[place].add(held)
    for a, b, join in (*rulings.united, *joins.joins, *further):
        one, other = group_of[a], group_of[b]
        goes_on = joins.goes_on(by_place[a], by_place[b], join)
        if one is not other:
            again = _SaidAgain(join.kind, {*one, *other}, b if goes_on else None, had_again)
            against = None if join.kind == MERGED else _excluded(one, other, by_place, joins, rulings, again)
            if against is not None:
                for place in (a, b):
                    conflicts[place].add(_refused_sentence(join, *against, rulings))
                continue
            one.extend(other)
            group_of.update(dict.fromkeys(other, one))
        made[a].append(join)
        if goes_on:
            had_again.add(b)
    groups = [
        _group(
            [by_place[place] for place in sorted(places)],
            [join for place in sorted(places) for join in made[place]],
            {sentence for place in places for sentence in conflicts[place]},
            {held for place in places for held in apart[place]},
        )
        for places in {id(places): places for places in group_of.values()}.values()
    ]
    return sorted(groups, key=lambda group: group.line_id)


class _SaidAgain(NamedTuple):
    """What says that the later one of two uses of a number is of the line that had it before.

    A number of that line calls it back, which is on one of the sides that the line's word or its handset joins; or it
    goes on from a number of that. Which of the two is known first does not matter: what it goes on from is of that line
    where a text says so, whatever it was called before. Where that is no word of the old number's, and where it is not
    the use itself that is joined, some of the same people are to have got both.

    Attributes:
        kind: Of the join of two sides.
        sides: Places of the spells of both.
        joined: Place of the later of two that are joined, where it goes on from the other. None: it does not.
        had_again: Places of the spells that go on from a number on their side.
    """

    kind: str
    sides: Collection[int]
    joined: int | None
    had_again: Collection[int]

    def of(self, a: Spell, b: Spell, calling_back: Collection[int]) -> bool:
        """Whether it does of these two spells; ``calling_back``: who called the number back."""
        if a.sender != b.sender:
            return False
        if self.joined in {a.place, b.place}:
            return True
        is_called = not frozenset(self.sides).isdisjoint(calling_back)
        if self.kind in OWN_WORD and is_called:
            return True
        is_said = self.kind in _TOLD and (is_called or not {a.place, b.place}.isdisjoint(self.had_again))
        return is_said and not a.recipients.isdisjoint(b.recipients)


def _excluded(
    one: Sequence[int],
    other: Sequence[int],
    by_place: Mapping[int, Spell],
    joins: Joins,
    rulings: Rulings,
    again: _SaidAgain,
) -> tuple[Spell, Spell] | None:
    """Return two spells, one of each side, that cannot be of one line; None where all fit."""
    return next(
        (
            (by_place[a], by_place[b])
            for a in sorted(one)
            for b in sorted(other)
            if rulings.keep_apart(a, b) is not None
            or (
                not rulings.is_together(a, b)
                and not again.of(by_place[a], by_place[b], joins.calling_back(a, b))
                and joins.exclude(by_place[a], by_place[b])
            )
        ),
        None,
    )


def _refused_sentence(join: Join, one: Spell, other: Spell, rulings: Rulings) -> str:
    decision = rulings.keep_apart(one.place, other.place)
    if decision is not None:
        day = day_of(decision.decided_at)
        said = f"A person keeps {one.sender} and {other.sender} apart since {day} ({decision.note})."
        # what a text says of two numbers does not go with the decision about it
        return f"{said} Against that stands: {join.sentence}" if join.kind.startswith("announced") else said
    if one.sender == other.sender:
        return (
            f"{join.older} and {join.newer} were not taken for one line, although they have much in common: "
            f"{one.sender} was used under another name or after a long silence too, and may have been given out again."
        )
    return (
        f"{join.older} and {join.newer} were not taken for one line, although they have much in common: {one.sender} "
        f"and {other.sender} were in use at the same time, and nothing joins these two."
    )


def _group(
    spells: Sequence[Spell], joins: Iterable[Join], conflicts: Iterable[str], apart: Iterable[KeptApart]
) -> LineGroup:
    forms = frozenset().union(*(spell.forms for spell in spells))
    counted = counted_names(
        advert.edge for spell in spells for advert in spell.adverts if advert.edge.other not in spell.to_few
    )
    names = grouped_forms({form: counted[form] for form in forms})
    numbers = tuple(sorted({spell.sender for spell in spells if is_number(spell.sender)}))
    first = min(spells, key=lambda spell: (not spell.has_number, spell.sender, spell.first_at or "~"))
    heads = tuple(forms[0] for forms in names)
    return LineGroup(
        line_id=derived_id("ln", first.sender, first.first_at, *heads[:1]),
        spells=tuple(sorted(spells, key=lambda spell: (spell.first_at or "~", spell.place))),
        joins=tuple(joins),
        conflicts=tuple(sorted({*conflicts, *_inner_conflicts(spells)})),
        kept_apart=tuple(sorted(apart)),
        names=heads,
        forms=forms,
        numbers=numbers,
    )


def parts_of(group: LineGroup) -> list[LineGroup]:
    """Return what a group falls into without the joins by which people merged it; nothing where it stays whole."""
    joins = [join for join in group.joins if join.kind != MERGED]
    sides = sides_of((spell.sender for spell in group.spells), ((join.older, join.newer) for join in joins))
    found = {min(side): frozenset(side) for side in sides.values()}
    if len(found) < 2:
        return []
    return [
        _group(
            [spell for spell in group.spells if spell.sender in side],
            [join for join in joins if join.older in side and join.newer in side],
            (),
            (),
        )
        for _, side in sorted(found.items())
    ]


def _inner_conflicts(spells: Sequence[Spell]) -> Iterable[str]:
    return (names_conflict(spell) for spell in spells if len(spell.names) > 1)


def names_conflict(spell: Spell) -> str:
    """Return that the adverts of a spell bear several names, in a sentence."""
    who = spell.sender if is_plain(spell.sender) else "a sender without a number"
    *names, last = (as_read(spell.adverts, forms) or forms[0] for forms in spell.common_names.names)
    return (
        f"In the adverts of {who} the analysis reads {len(spell.names)} names, {', '.join(names)} and {last}: "
        "the line was renamed, or not all of them are its name."
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
