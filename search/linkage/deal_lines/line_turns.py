"""The turns of a line's numbers (``number_use.turns``), and in which of them what was announced belongs.

A turn is named by its number, where that has one alone, else by its number and place: each stands in the order of the
line's numbers for itself, as the numbers of a line that comes back to none do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import inf

import msgspec

from search.linkage.attribution.evidence import Evidence
from search.linkage.attribution.senders import Evidenced
from search.linkage.instants import days_between, instant_of, to_seconds
from search.linkage.joining.groups import LineGroup
from search.linkage.keys import UNKNOWN_NUMBER, AnnouncedFrom
from search.linkage.model import Join
from search.linkage.number_use.rests import Rests
from search.linkage.number_use.turns import Told, turns_of

Periods = Mapping[str, tuple[str | None, str | None]]


def number_of(turn: str) -> str:
    """Return the number of a turn."""
    return turn.partition(" ")[0]


class LineTurns:
    """The turns of the numbers that a line has one after the other.

    Args:
        group: The line.
        periods: First and last instant of each of these numbers.
        evidence: All that lines are made from.
        rests: When broadcasts of numbers began.

    Attributes:
        periods: First and last instant of each turn.
        of: The turns of each number, in order.
        joins: The joins of the line, announced ones between the turns that they are about: what was told again of two
            numbers is about later ones.
        rests: When broadcasts of numbers and turns began, by these names.
    """

    def __init__(self, group: LineGroup, periods: Periods, evidence: Evidence, rests: Rests) -> None:
        # a number alone has one turn: nothing else was in use while it was silent
        instants = {number: _instants(group, number, rests) for number in periods} if len(periods) > 1 else {}
        sent = {number: list(held) for number, held in instants.items() if held}
        self._changes = _changes(group, evidence)
        told = Told([(old, new, to_seconds(at)) for old, new, at in self._changes], _new(group, evidence))
        self.periods: dict[str, tuple[str | None, str | None]] = {}
        self.of: dict[str, tuple[str, ...]] = {}
        several: dict[str, tuple[str, float, float]] = {}
        for number, (first, last) in periods.items():
            turns = turns_of(number, sent, told) if number in sent else []
            if len(turns) < 2:
                self.periods[number] = (first, last)
                self.of[number] = (number,)
                continue
            self.of[number] = tuple(f"{number} {place}" for place in range(1, len(turns) + 1))
            bounds = [(instants[number][begun], instants[number][ended]) for begun, ended in turns]
            self.periods.update(zip(self.of[number], bounds, strict=True))
            several.update({turn: (number, *held) for turn, held in zip(self.of[number], turns, strict=True)})
        self.rests = rests.of_turns(several) if several else rests
        self.joins = tuple(placed for join in group.joins for placed in self._placed(join))

    def is_one(self, number: str) -> bool:
        """Whether a number has one turn, or is none of those that follow each other."""
        return len(self.of.get(number, ())) < 2

    def at(self, number: str, instant: str | None) -> str:
        """Return the turn of a number that had begun at an instant, the last of these; else its first one."""
        begun = [turn for turn in self.of.get(number, (number,)) if self._has_begun(turn, instant)]
        return begun[-1] if begun else self.of.get(number, (number,))[0]

    def since(self, number: str, instant: str | None) -> str:
        """Return the turn of a number that goes on after an instant, the first of these; else its last one."""
        turns = self.of.get(number, (number,))
        return next((turn for turn in turns if self._goes_on(turn, instant)), turns[-1])

    def is_about(self, turn: str, join: Join) -> bool:
        """Whether a join of a turn's number is about this turn; what is no announcement is put to its first one."""
        placed = [each for each in self.joins if each.sentence == join.sentence and each.kind == join.kind]
        if any(turn in {each.newer, each.older} for each in placed):
            return True
        own = self.of[number_of(turn)]
        return turn == own[0] and not any(each.newer in own or each.older in own for each in placed)

    def is_told_in(self, turn: str, join: Join) -> bool:
        """Whether the records of a join are of this turn: those of an announcement are of when it was told first."""
        if not join.kind.startswith("announced"):
            return self.is_about(turn, join)
        return turn in {self.at(join.older, join.at), self.since(join.newer, join.at)}

    def _has_begun(self, turn: str, instant: str | None) -> bool:
        first = self.periods[turn][0] if turn in self.periods else None
        return instant is None or first is None or days_between(first, instant) >= 0

    def _goes_on(self, turn: str, instant: str | None) -> bool:
        last = self.periods[turn][1] if turn in self.periods else None
        return instant is None or last is None or days_between(instant, last) > 0

    def _placed(self, join: Join) -> Iterable[Join]:
        if not join.kind.startswith("announced") or (self.is_one(join.older) and self.is_one(join.newer)):
            return [join]
        again = (at for old, new, at in self._changes if (old, new) == (join.older, join.newer))
        found: dict[tuple[str, str], Join] = {}
        for instant in sorted({*again, join.at} - {None}, key=str):
            older, newer = self.at(join.older, instant), self.since(join.newer, instant)
            placed = msgspec.structs.replace(join, older=older, newer=newer, at=instant)
            found.setdefault((older, newer), placed)
        return found.values() or [join]


def _instants(group: LineGroup, number: str, rests: Rests) -> dict[float, str]:
    """Return when a number sent what went to many, in seconds and as written, in order."""
    found: dict[float, str] = {}
    for spell in group.spells_of(number):
        first, last = spell.period
        begin, end = -inf if first is None else to_seconds(first), inf if last is None else to_seconds(last)
        for advert in spell.adverts:
            if advert.device_id not in spell.out_of_time and advert.edge.other not in spell.to_few:
                for at in filter(None, (advert.edge.first_at, advert.edge.last_at)):
                    if begin <= (second := to_seconds(at)) <= end:
                        found[second] = at
        if first is not None and last is not None:
            begun = (at for at in rests.started(number) if begin <= at <= end)
            found.update((at, instant_of(at)) for at in begun if at not in found)
    return dict(sorted(found.items()))


def _changes(group: LineGroup, evidence: Evidence) -> list[tuple[str, str, str]]:
    """Return the changes of number that were told and taken over, each with when, as often as they were."""
    taken = {(join.older, join.newer) for join in group.joins if join.kind.startswith("announced")}
    return [
        (old, new, at)
        for said in evidence.announcements
        for old, new in [_old_and_new(said)]
        if (old, new) in taken
        for at in (said.edge.first_at, said.edge.last_at)
        if at is not None
    ]


def _old_and_new(said: Evidenced) -> tuple[str, str]:
    if AnnouncedFrom(said.edge.role).is_from_old:
        return said.sender, said.edge.other
    return said.edge.key, said.sender


def _new(group: LineGroup, evidence: Evidence) -> list[tuple[str, float]]:
    """Return the numbers of a line that say that they are new, and not in place of which, with the instant."""
    own = set(group.numbers)
    return [
        (said.sender, to_seconds(at))
        for said in evidence.announcements
        if said.edge.key == UNKNOWN_NUMBER and said.sender in own
        for at in (said.edge.first_at, said.edge.last_at)
        if at is not None
    ]
