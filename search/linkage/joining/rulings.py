"""What people's decisions come to over the evidence held now.

Which spells are united or kept apart, which lines and links are confirmed or rejected. A later decision about the same
thing replaces an earlier one. Pure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, pairwise

import msgspec

from search.linkage.attribution.senders import named_sender
from search.linkage.decisions import (
    Decision,
    DecisionOutcome,
    DecisionState,
    LineKey,
    PhoneKey,
    SenderKey,
    Verdict,
)
from search.linkage.instants import periods_touch
from search.linkage.keys import NAME_PREFIX, OWN_PREFIX, is_stand_in, own_key
from search.linkage.model import Join
from search.linkage.number_use.spells import Spell
from search.linkage.phrases import day_of, listed

MERGED = "merged_by_person"
MERGED_WEIGHT = 10.0
"""Of a join that a person made: taken as certain. Natural logarithm of a likelihood ratio."""

_NUMBERS_NAMED = 12
_Pair = frozenset[int]


class Rulings:
    """Decisions laid over the spells and devices held now.

    Args:
        decisions: Oldest first.
        spells: All spells, those of numbers that were only announced too.
        device_of: Device by extraction.
    """

    def __init__(self, decisions: Sequence[Decision], spells: Sequence[Spell], device_of: Mapping[str, str]) -> None:
        self._device_of = device_of
        self._spells: dict[str, list[Spell]] = defaultdict(list)
        for spell in spells:
            self._spells[spell.sender].append(spell)
        self._outcomes: dict[str, DecisionOutcome] = {}
        self._places: dict[str, frozenset[int]] = {}
        """Spells of the line that was confirmed or rejected, by decision."""
        self._named: dict[str, frozenset[int]] = {}
        """Of these the spells of the number by which a person named the line, by decision."""
        self._decisions = tuple(decisions)
        self._apart: dict[_Pair, Decision] = {}
        self._together: list[frozenset[int]] = []
        """Spells of lines that a person took for one."""
        self.united: tuple[tuple[int, int, Join], ...] = ()
        """Joins that a person made: places of the older and the newer spell."""
        self.pairs: dict[tuple[str, str], Decision] = {}
        """Links that a person confirmed or rejected, by device ids."""
        self._resolve()

    def line_verdict(self, places: Iterable[int]) -> Decision | None:
        """Return the latest decision that a line of these spells is one, or is none; None where nobody decided."""
        held = frozenset(places)
        return next((each for each in reversed(self._decisions) if self._is_about(each, held)), None)

    def _is_about(self, decision: Decision, held: frozenset[int]) -> bool:
        """Whether a line of these spells is confirmed or rejected by it: not one that is kept from what was named."""
        if self._places.get(decision.decision_id, frozenset()).isdisjoint(held):
            return False
        named = self._named[decision.decision_id]
        return not any(frozenset((a, b)) in self._apart for a in named for b in held)

    def keep_apart(self, a: int, b: int) -> Decision | None:
        """Return the decision that keeps two spells apart, by their places; None where there is none."""
        return self._apart.get(frozenset((a, b))) if self._apart else None

    def is_together(self, a: int, b: int) -> bool:
        """Whether a person took the lines of two spells for one: that both were in use at once keeps none apart."""
        return any(a in places and b in places for places in self._together)

    def outcomes(self, line_of_place: Mapping[int, str]) -> list[DecisionOutcome]:
        """Return what each decision comes to, oldest first.

        Args:
            line_of_place: Line id of each spell that is in a line or in a rejected one.
        """
        of_line: dict[str, set[int]] = defaultdict(set)
        for place, line_id in line_of_place.items():
            of_line[line_id].add(place)
        spells = {line_id: frozenset(places) for line_id, places in of_line.items()}
        holding = {
            decision.decision_id for held in spells.values() if (decision := self.line_verdict(held)) is not None
        }
        return [self._with_lines(decision, spells, holding) for decision in self._decisions]

    def _with_lines(
        self, decision: Decision, spells: Mapping[str, frozenset[int]], holding: set[str]
    ) -> DecisionOutcome:
        known = self._outcomes.get(decision.decision_id)
        if known is not None and decision.phones:
            return known
        places = {place for key in decision.lines for place in self._places_of(key)}
        is_verdict = decision.decision_id in self._places
        line_ids = tuple(
            sorted(
                line_id
                for line_id, held in spells.items()
                if (self._is_about(decision, held) if is_verdict else not held.isdisjoint(places))
            )
        )
        if known is not None:
            state, sentence = known.state, known.sentence
        elif not places:
            state, sentence = DecisionState.NO_LONGER_FITS, "No adverts of this line are held now."
        elif decision.decision_id in holding or not line_ids:
            state, sentence = DecisionState.HOLDS, ""
        else:
            state, sentence = DecisionState.REPLACED, "A later decision about the same line holds."
        if decision.verdict is Verdict.SPLIT and state is DecisionState.HOLDS:
            sentence = self._sides_of(decision, spells)
        return DecisionOutcome(decision=decision, state=state, sentence=sentence, line_ids=line_ids)

    def _sides_of(self, decision: Decision, spells: Mapping[str, frozenset[int]]) -> str:
        """Return which numbers are on each side of what was split; empty where a side is in no line now."""
        sender_of = {spell.place: spell.sender for held in self._spells.values() for spell in held}
        sides = []
        for key in decision.lines[:2]:
            places = self._places_of(key)
            whole = frozenset().union(*(held for held in spells.values() if not held.isdisjoint(places)))
            numbers = sorted({sender_of[place] for place in whole if not is_stand_in(sender_of[place])})
            sides.append(listed(numbers, _NUMBERS_NAMED))
        return f"Kept apart: {sides[0]} on one side, {sides[1]} on the other." if all(sides) else ""

    def _resolve(self) -> None:
        united: list[tuple[int, int, Join]] = []
        group_of: dict[int, set[int]] = {}
        decided: set[frozenset[int]] = set()
        for decision in reversed(self._decisions):
            if decision.revoked is not None:
                taken = decision.revoked
                sentence = f"Taken back on {day_of(taken.revoked_at)} by {taken.revoked_by}: {taken.note}"
                self._end(decision, DecisionState.REVOKED, sentence)
            elif decision.phones:
                self._decide_pair(decision)
            elif decision.verdict is Verdict.MERGE:
                self._unite(decision, united, group_of, decided)
            elif decision.verdict is Verdict.SPLIT:
                self._keep_apart(decision, group_of, decided)
            else:
                line = decision.lines[0]
                self._places[decision.decision_id] = self._places_of(line)
                chosen = tuple(key for key in line.senders if key.sender == line.named)
                self._named[decision.decision_id] = self._places_of(msgspec.structs.replace(line, senders=chosen))
        self.united = tuple(united)

    def _end(self, decision: Decision, state: DecisionState, sentence: str, device_ids: tuple[str, ...] = ()) -> None:
        self._outcomes[decision.decision_id] = DecisionOutcome(
            decision=decision, state=state, sentence=sentence, device_ids=device_ids
        )

    def _decide_pair(self, decision: Decision) -> None:
        found = [self._devices_of(key) for key in decision.phones]
        if any(len(devices) != 1 for devices in found) or found[0] == found[1]:
            sentence = "The extractions it names are not held, or are no longer of two phones."
            self._end(decision, DecisionState.NO_LONGER_FITS, sentence, tuple(sorted(set().union(*found))))
            return
        a, b = sorted(device_id for devices in found for device_id in devices)
        if (a, b) in self.pairs:
            self._end(decision, DecisionState.REPLACED, "A later decision about the same link holds.", (a, b))
        else:
            self.pairs[a, b] = decision
            self._end(decision, DecisionState.HOLDS, "", (a, b))

    def _unite(
        self,
        decision: Decision,
        united: list[tuple[int, int, Join]],
        group_of: dict[int, set[int]],
        decided: set[frozenset[int]],
    ) -> None:
        sides = [self._places_of(key) for key in decision.lines]
        if not all(sides):
            self._end(decision, DecisionState.NO_LONGER_FITS, _not_held(decision, sides))
            return
        if len(set(sides)) == 1:
            # Beside ``decided``: it joins nothing, so it replaces nothing that does.
            self._end(decision, DecisionState.NO_LONGER_FITS, "What it names is one line without it.")
            return
        firsts = [min(side) for side in sides]
        whole = set().union(*(group_of.get(place, {place}) for place in firsts))
        crossing = {frozenset((a, b)) for one, other in combinations(sides, 2) for a in one for b in other}
        if any(pair in self._apart for pair in (*crossing, *map(frozenset, combinations(whole, 2)))):
            self._end(decision, DecisionState.REPLACED, "A later decision keeps these lines apart.")
            return
        if _about(sides) in decided:
            self._end(decision, DecisionState.REPLACED, "A later decision about the same lines holds.")
            return
        decided.add(_about(sides))
        self._together.append(_about(sides))
        for place in whole:
            group_of[place] = whole
        of_place = {spell.place: spell for held in self._spells.values() for spell in held}
        for one, other in pairwise(firsts):
            a, b = of_place[one], of_place[other]
            if a is b:
                continue
            older, newer = sorted((a, b), key=lambda spell: (spell.first_at or "~", spell.place))
            united.append((older.place, newer.place, _join_of(decision, older, newer)))
        self._end(decision, DecisionState.HOLDS, "")

    def _keep_apart(self, decision: Decision, group_of: Mapping[int, set[int]], decided: set[frozenset[int]]) -> None:
        one, other = (self._places_of(key) for key in decision.lines[:2])
        if not one or not other or one & other:
            sentence = "Both are of one unbroken use of one number." if one and other else ""
            self._end(decision, DecisionState.NO_LONGER_FITS, sentence or _not_held(decision, (one, other)))
            return
        is_merged = any(b in group_of.get(a, ()) or self.is_together(a, b) for a in one for b in other)
        if is_merged or _about((one, other)) in decided:
            self._end(decision, DecisionState.REPLACED, "A later decision about the same lines holds.")
            return
        decided.add(_about((one, other)))
        for a in one:
            for b in other:
                self._apart[frozenset((a, b))] = decision
        self._end(decision, DecisionState.HOLDS, "")

    def _devices_of(self, key: PhoneKey) -> frozenset[str]:
        return frozenset(self._device_of[name] for name in key.extraction_ids if name in self._device_of)

    def _places_of(self, key: LineKey) -> frozenset[int]:
        return frozenset(
            spell.place
            for held in key.senders
            for sender in self._senders_of(held)
            for spell in self._spells.get(sender, ())
            if _is_then(held, spell)
        )

    def _senders_of(self, key: SenderKey) -> Iterable[str]:
        if key.sender not in {NAME_PREFIX, OWN_PREFIX}:
            return (key.sender,)
        devices = sorted({self._device_of[name] for name in key.extraction_ids if name in self._device_of})
        if key.sender == OWN_PREFIX:
            return [own_key(device_id, key.name) for device_id in devices]
        return [named_sender(device_id, key.name) for device_id in devices]


def _not_held(decision: Decision, sides: Iterable[frozenset[int]]) -> str:
    """Return of which of its lines no adverts are held; at least one side is empty."""
    labels = dict.fromkeys(key.label for key, side in zip(decision.lines, sides, strict=False) if not side)
    return f"No adverts of {' and of '.join(labels)} are held now."


def _about(sides: Iterable[frozenset[int]]) -> frozenset[int]:
    return frozenset().union(*sides)


def _is_then(key: SenderKey, spell: Spell) -> bool:
    """Whether the spell is the use that was decided on; a use without dates on either side is taken for it."""
    period = (key.first_at, key.last_at)
    return None in period or None in spell.period or periods_touch(period, spell.period, 0)


def _join_of(decision: Decision, older: Spell, newer: Spell) -> Join:
    return Join(
        kind=MERGED,
        older=older.sender,
        newer=newer.sender,
        weight=MERGED_WEIGHT,
        sentence=(f"A person took {decision.subject} for one line on {day_of(decision.decided_at)} ({decision.note})."),
        record_ids=(),
    )
