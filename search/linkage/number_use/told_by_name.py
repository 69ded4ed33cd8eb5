"""Which of a handset's numbers a broadcast came from, told by the name in it.

Of a handset that sends for two lines from two SIMs, phones that received a broadcast show its number. What none of them
holds has the number that the handset states, and so one line's adverts would stand under the other's number. Where the
broadcasts that are shown tie each name to one number, a broadcast that is not shown is from the number of its name. A
line that changes its number has one after the other, and the broadcasts on both sides of one that is not shown tell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, groupby, pairwise
from operator import attrgetter
from typing import Final

import msgspec

from search.contract import Flare
from search.linkage.attribution.evidence import Evidence, sent_among
from search.linkage.attribution.own_numbers import Use
from search.linkage.attribution.senders import Evidenced, cut_edge, of_name
from search.linkage.attribution.shown_senders import Shown
from search.linkage.instants import to_seconds
from search.linkage.keys import SENT_ADVERT_ROLES, fold_name, is_number
from search.linkage.number_use.names import share_a_form
from search.linkage.number_use.passed_numbers import PassedNumbers

_SHOWN_OF_A_NAME: Final = 3
"""Broadcasts of a name that phones show, all from one number at a time, from which it is tied to them."""
_SHOWN_OF_A_NUMBER: Final = 2
"""Of each number of a name. So many show too that the handset sends from another number under another name."""

NamedNumbers = Mapping[str, Mapping[str, tuple[Use, ...]]]
"""Numbers in order of time by folded name, by device."""


def named_numbers(evidence: Evidence) -> NamedNumbers:
    """Return the numbers of names on handsets that send from several, each name from one alone at a time."""
    senders: dict[str, set[str]] = defaultdict(set)
    for device_id, flare, sender in evidence.sent_flares:
        shown = evidence.shown.get(flare.flare_id)
        senders[device_id].update((sender,) if shown is None else (sender, shown.number))
    several = {device_id for device_id, held in senders.items() if len(held) > 1} - _telling(evidence)
    if not several:
        return {}
    names = _Names(evidence, several)
    shown_of: dict[str, dict[str, list[Shown]]] = defaultdict(lambda: defaultdict(list))
    for device_id, flare, _ in evidence.sent_flares:
        shown = evidence.shown.get(flare.flare_id)
        if shown is not None:
            held = names.of(device_id, flare)
            if len(held) == 1:  # two lines may use one wording
                shown_of[device_id][next(iter(held))].append(shown)
    found: dict[str, dict[str, tuple[Use, ...]]] = {}
    for device_id, by_name in shown_of.items():
        uses = {name: used for name, held in by_name.items() if (used := _uses_of(held))}
        numbers = {use.number for used in uses.values() for use in used}
        tied = {name: used for name, used in uses.items() if len(by_name[name]) >= _SHOWN_OF_A_NAME}
        own = {used[0].number for used in tied.values() if len(used) == 1}
        are_several = len(own) > 1 or (
            len(uses) > 1
            and len(numbers) > 1
            and _are_in_turn(_runs(shown for name in uses for shown in by_name[name]))
        )
        if are_several and all(map(is_number, numbers)):
            found[device_id] = tied
    return _with_passed(found, evidence, several, shown_of)


def _telling(evidence: Evidence) -> set[str]:
    """Return the devices whose records say of each text which of several numbers it went from."""
    told: dict[str, set[str]] = defaultdict(set)
    for device_id, flare, _ in evidence.sent_flares:
        if flare.sender is not None and is_number(flare.sender):
            told[device_id].add(flare.sender)
    return {device_id for device_id, numbers in told.items() if len(numbers) > 1}


def _with_passed(
    found: dict[str, dict[str, tuple[Use, ...]]],
    evidence: Evidence,
    devices: Collection[str],
    shown_of: Mapping[str, Mapping[str, Sequence[Shown]]],
) -> dict[str, dict[str, tuple[Use, ...]]]:
    """Add the numbers of two lines of one handset, of which the one took up a number that the other had left.

    What phones received shows it, however few broadcasts of the handset they show, but none from another number: two
    lines that change hands need not be this handset's.
    """
    sent: dict[str, set[str]] = defaultdict(set)
    received: dict[str, list[Evidenced]] = defaultdict(list)
    for advert in evidence.adverts:
        if advert.edge.role not in SENT_ADVERT_ROLES:
            received[advert.sender].append(advert)
        elif advert.device_id in devices and advert.edge.label:
            sent[advert.device_id].add(fold_name(advert.edge.label))
    passed = PassedNumbers(received, evidence.announcements, evidence.template_texts)
    for each in passed.every() if sent else ():
        if each.came_from is None or each.went_to is None:
            continue
        before = Use(each.number, each.left_at), Use(each.went_to, None)
        after = Use(each.came_from, each.taken_at), Use(each.number, None)
        for device_id, names in sent.items():
            if not names.isdisjoint(each.before) and not names.isdisjoint(each.after):
                uses = {**dict.fromkeys(each.before, before), **dict.fromkeys(each.after, after)}
                if _are_as_shown(uses, shown_of.get(device_id, {})):
                    found[device_id] = {**found.get(device_id, {}), **uses}
    return found


def _are_as_shown(uses: Mapping[str, Sequence[Use]], shown_of: Mapping[str, Sequence[Shown]]) -> bool:
    """Whether phones show each broadcast that bears one of the names from the number of that name at its time."""
    return all(
        shown.number == next(use.number for use in used if use.until is None or shown.began < use.until)
        for name, used in uses.items()
        for shown in shown_of.get(name, ())
    )


def _runs(broadcasts: Iterable[Shown]) -> list[list[Shown]]:
    """Return broadcasts in order of time, those from one number without another between together."""
    in_order = sorted(broadcasts, key=lambda shown: (shown.began, shown.number))
    return [list(run) for _, run in groupby(in_order, key=attrgetter("number"))]


def _are_in_turn(runs: Sequence[Sequence[Shown]]) -> bool:
    """Whether a number comes back after another one. Where a line's SIM was changed, the time tells the number."""
    return len({run[0].number for run in runs}) < len(runs)


def _uses_of(broadcasts: Sequence[Shown]) -> tuple[Use, ...]:
    """Return the numbers that the broadcasts of one name came from, one after the other; none where that is not so."""
    runs = _runs(broadcasts)
    if _are_in_turn(runs) or any(len(run) < _SHOWN_OF_A_NUMBER for run in runs):
        return ()
    changed = [Use(run[0].number, (run[-1].ended + later[0].began) / 2) for run, later in pairwise(runs)]
    return (*changed, Use(runs[-1][0].number, None))


def _number_at(uses: Iterable[Use], first: str | None, last: str | None) -> str | None:
    """Return the one number of a name in a period; None where it had two in it, or had several and nothing is dated."""
    bounds = [to_seconds(instant) for instant in (first, last) if instant is not None]
    held = list(uses)
    if len(held) > 1 and not bounds:
        return None
    numbers = {next(use.number for use in held if use.until is None or at < use.until) for at in bounds or [0.0]}
    return numbers.pop() if len(numbers) == 1 else None


def told_by_name(evidence: Evidence) -> Evidence:
    """Return the evidence with the numbers of names for adverts and broadcasts that no phone shows."""
    numbers = named_numbers(evidence)
    if not numbers:
        return evidence
    names = _Names(evidence, numbers)
    sent: dict[tuple[str, str], list[Flare]] = defaultdict(list)
    for device_id, flare, _ in evidence.sent_flares:
        if device_id in numbers:
            sent[device_id, flare.template_id].append(flare)

    def told(edges: tuple[Evidenced, ...]) -> tuple[Evidenced, ...]:
        found: list[Evidenced] = []
        for held in edges:
            uses = numbers.get(held.device_id, {}).get(fold_name(held.edge.label))
            if uses is None or held.edge.role not in SENT_ADVERT_ROLES:
                found.append(held)
            else:
                flares = of_name(sent.get((held.device_id, held.edge.other), ()), held.edge.label)
                found += _with_numbers(held, uses, flares)
        return tuple(found)

    changed: dict[str, str] = {}
    for device_id, flare, sender in evidence.sent_flares:
        uses_of = numbers.get(device_id, {})
        tied = {
            _number_at(uses_of[name], flare.started_at, flare.ended_at)
            for name in names.of(device_id, flare)
            if name in uses_of
        }
        number = tied.pop() if len(tied) == 1 else None
        shown = evidence.shown.get(flare.flare_id)
        if number not in {None, sender} and (shown is None or shown.number == number):
            changed[flare.flare_id] = number
    announced = _Within(
        (device_id, flare, changed[flare.flare_id])
        for device_id, flare, _ in evidence.sent_flares
        if flare.flare_id in changed
    )
    flares = tuple((held, flare, changed.get(flare.flare_id, sender)) for held, flare, sender in evidence.flares)
    return msgspec.structs.replace(
        evidence,
        adverts=told(evidence.adverts),
        announcements=tuple(map(announced.told, evidence.announcements)),
        nicknames=told(evidence.nicknames),
        flares=flares,
        sent_flares=sent_among(flares),
        told_by_name=evidence.told_by_name.union(changed),
    )


def _with_numbers(held: Evidenced, uses: Sequence[Use], flares: Sequence[Flare]) -> Iterator[Evidenced]:
    """Yield what was sent under a name from the number of each time; undated, as it is, if the name had several."""
    first, last = held.edge.first_at, held.edge.last_at
    if first is None or last is None:
        number = _number_at(uses, None, None)
        yield held if number is None else msgspec.structs.replace(held, sender=number)
        return
    begun, ended = to_seconds(first), to_seconds(last)
    cuts = [use.until for use in uses if use.until is not None and begun < use.until <= ended]
    for part in cut_edge(held.edge, cuts, flares) if cuts else (held.edge,):
        number = _number_at(uses, part.first_at, part.last_at)
        yield msgspec.structs.replace(held, edge=part, sender=number or held.sender)


class _Within:
    """Tells announcements by the broadcasts that they are in.

    Args:
        told: Device, broadcast and the number that it is told to be from.
    """

    def __init__(self, told: Iterable[tuple[str, Flare, str]]) -> None:
        self._spans: dict[str, list[tuple[float, float, str]]] = defaultdict(list)
        for device_id, flare, number in told:
            self._spans[device_id].append((to_seconds(flare.started_at), to_seconds(flare.ended_at), number))

    def told(self, said: Evidenced) -> Evidenced:
        """Return an announcement from the number of its broadcast; as it is where it is in none of these."""
        if said.edge.first_at is None or said.device_id not in self._spans:
            return said
        at = to_seconds(said.edge.first_at)
        numbers = {number for began, ended, number in self._spans[said.device_id] if began <= at <= ended}
        return msgspec.structs.replace(said, sender=numbers.pop()) if len(numbers) == 1 else said


class _Names:
    """The folded names that broadcasts of devices bear.

    A broadcast in which no name is read bears that of its wording, but where a wording of the handset bears two: lines
    of one holder that share one share others too, and then a wording tells neither.

    Args:
        evidence: All that lines are made from.
        devices: Those that are asked for.
    """

    def __init__(self, evidence: Evidence, devices: Container[str]) -> None:
        self._of_wording: dict[tuple[str, str], set[str]] = defaultdict(set)
        for advert in evidence.adverts:
            if advert.device_id in devices and advert.edge.role in SENT_ADVERT_ROLES and advert.edge.label:
                self._of_wording[advert.device_id, advert.edge.other].add(fold_name(advert.edge.label))
        self._sharing = {
            device_id
            for (device_id, _), names in self._of_wording.items()
            if any(not share_a_form([one], [other]) for one, other in combinations(names, 2))
        }

    def of(self, device_id: str, flare: Flare) -> Collection[str]:
        """Return the one name that is read in a broadcast; else those of its wording."""
        if flare.line is not None:
            return (fold_name(flare.line),)
        return () if device_id in self._sharing else self._of_wording.get((device_id, flare.template_id), ())
