"""Phones that state no number of their own, and whose texts and calls with other phones held show which one they had.

A call between two phones stands on both. Where the one states its number, and has as with a line's number what the
other, which states none, has with that number at the same seconds, the other one had the line's number then. A line's
phone that was wiped keeps its calls at times, and no text by which broadcasts would show its number.

Of each talk its first and its last text or call each way are compared. One clock may be behind another, and a zone
assumed wrongly: by one shift for all of them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import msgspec

from search.contract import Edge
from search.linkage.attribution.evidence import DeviceFacts
from search.linkage.extraction.edge_table import merged_record_ids
from search.linkage.instants import earliest, latest, periods_touch, to_seconds
from search.linkage.keys import Role, is_number
from search.linkage.phrases import counted

_PAD_SECONDS: Final = 15.0
"""How far apart two phones note one call: it rings on the one before it does on the other. A text takes as long."""
_CLOCK_SECONDS: Final = 60.0
"""How far clocks that networks set lie apart."""
_ZONE_STEP_SECONDS: Final = 900.0
_LARGEST_ZONE_SECONDS: Final = 14 * 3600.0
_LEAST: Final = 3
"""Texts and calls that must stand on both phones. Two of years of talk may meet by chance within some seconds."""
_LEAST_OF_BOTH: Final = 2
"""The same where there are texts and calls among them, and the clocks agree."""
_SHARE: Final = 0.5
"""Of all that are compared: where one phone was emptied its first of each talk is not the other's first."""
_RECORDS: Final = 3

_TOLD_BY: Final = {
    Role.SENT: Role.RECEIVED,
    Role.RECEIVED: Role.SENT,
    Role.SENT_ADVERT: Role.RECEIVED_ADVERT,
    Role.RECEIVED_ADVERT: Role.SENT_ADVERT,
    Role.CALLED: Role.CALLED_BY,
    Role.CALLED_BY: Role.CALLED,
}
"""What the other phone has a talk as."""
_CALLS: Final = frozenset({Role.CALLED, Role.CALLED_BY})


class HeldNumber(msgspec.Struct, frozen=True, kw_only=True):
    """A number that a phone had which states none.

    Attributes:
        agreeing: Texts and calls that stand on both phones.
        phones: How many other phones show it.
        seconds: By how much they stand later there.
        first_at: The first of these on the phone, ``last_at`` the last.
        record_ids: Some of them on the phone, then on the others.
    """

    number: str
    device_id: str
    agreeing: int
    phones: int
    seconds: float
    first_at: str
    last_at: str
    record_ids: tuple[str, ...]

    def sentence(self, label: str) -> str:
        """Return in a sentence what shows that the phone had the number."""
        minutes = round(abs(self.seconds) / 60)
        when = "at the same seconds" if minutes == 0 else f"at times that all lie {counted(minutes, 'minute')} apart"
        return (
            f"{label} states no number of its own: that it had {self.number} is taken from {self.agreeing} or more of "
            f"its texts and calls, which {counted(self.phones, 'other phone')} whose number is known "
            f"{'has' if self.phones == 1 else 'have'} with {self.number} {when}."
        )


class _Talk(NamedTuple):
    """What one phone has with one number, one way; ``texts``: how many texts or calls."""

    first_at: str
    last_at: str
    texts: int
    edges: tuple[Edge, ...]


class _End(NamedTuple):
    """The first or the last of a talk: by how much it stands later on the phone that states its number."""

    seconds: float
    partner: str
    role: Role
    at: str
    here: _Talk
    there: _Talk


_Talks = Mapping[tuple[str, Role], _Talk]


def numbers_to_compare(
    devices: Mapping[str, DeviceFacts], traffic: Mapping[str, Sequence[Edge]], device_of: Mapping[str, str]
) -> tuple[list[str], list[str]]:
    """Return the own numbers of phones with such traffic, and the extractions of phones that state none, in order."""
    partners = {device_of.get(edge.extraction_id, "") for edges in traffic.values() for edge in edges}
    numbers = {number for key in partners & devices.keys() for number in devices[key].own_numbers if is_number(number)}
    unstated = (facts for facts in devices.values() if not any(map(is_number, facts.own_numbers)))
    return sorted(numbers), sorted(entry.extraction_id for facts in unstated for entry in facts.entries)


def held_numbers(
    devices: Mapping[str, DeviceFacts],
    unstated: Iterable[Edge],
    traffic: Mapping[str, Sequence[Edge]],
    device_of: Mapping[str, str],
    sending: Mapping[str, Collection[str]],
) -> dict[str, tuple[HeldNumber, ...]]:
    """Return by number the phones that had it, of those that state none.

    No number is told where two phones seem to have had it at once, or a phone two at once: a list of calls may be one
    that several phones of one account have.

    Args:
        devices: All devices.
        unstated: Edges of kind number of phones that state no number, with numbers that other devices state.
        traffic: Edges of kind number, by the number in question.
        device_of: Device by extraction.
        sending: Numbers that devices broadcast from, as far as they are known.
    """
    own = {device_id: _talks(edges) for device_id, edges in _by_device(unstated, devices, device_of).items()}
    found: list[HeldNumber] = []
    for number, edges in sorted(traffic.items()) if own else ():
        on_phones = _by_device(edges, devices, device_of).items()
        partners = [(devices[device_id], _talks(held)) for device_id, held in sorted(on_phones)]
        for device_id, talks in sorted(own.items()):
            if number in (sending.get(device_id) or (number,)):
                ends = [end for facts, theirs in partners for end in _ends(number, facts, talks, theirs)]
                found += _held(device_id, number, ends)
    stating = defaultdict(list)
    for facts in devices.values():
        for number in facts.own_numbers:
            stating[number].append(facts)
    by_number: dict[str, list[HeldNumber]] = defaultdict(list)
    for held in found:
        is_others = any(_may_be_in_use(facts, held) for facts in stating[held.number])
        if not is_others and not any(_clash(held, other) for other in found):
            by_number[held.number].append(held)
    return {number: tuple(held) for number, held in by_number.items()}


def _by_device(edges: Iterable[Edge], devices: Collection[str], device_of: Mapping[str, str]) -> dict[str, list[Edge]]:
    found: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        device_id = device_of.get(edge.extraction_id)
        if device_id is not None and device_id in devices:
            found[device_id].append(edge)
    return found


def _talks(edges: Iterable[Edge]) -> dict[tuple[str, Role], _Talk]:
    """Return dated talks by number and way; who is saved under two names is one."""
    held: dict[tuple[str, Role], list[Edge]] = defaultdict(list)
    for edge in edges:
        if edge.role in _TOLD_BY:
            held[edge.key, Role(edge.role)].append(edge)
    found = {}
    for key, same in held.items():
        first, last = earliest(edge.first_at for edge in same), latest(edge.last_at for edge in same)
        if first is not None and last is not None:
            found[key] = _Talk(first, last, sum(edge.count for edge in same), tuple(same))
    return found


def _ends(number: str, facts: DeviceFacts, own: _Talks, theirs: _Talks) -> Iterator[_End]:
    """Yield the ends of what a phone has with a phone that states its number, and that one with a number."""
    for key in sorted(filter(is_number, facts.own_numbers)):
        for role, told in _TOLD_BY.items():
            here, there = own.get((key, role)), theirs.get((number, told))
            if here is not None and there is not None:
                pairs = {(here.first_at, there.first_at), (here.last_at, there.last_at)}
                for at, beside in sorted(pairs):
                    yield _End(to_seconds(beside) - to_seconds(at), facts.device_id, role, at, here, there)


def _held(device_id: str, number: str, ends: Sequence[_End]) -> Iterator[HeldNumber]:
    """Yield that a phone had a number, where enough of its talk stands on the phones with which it was."""
    fitting = _most_together(sorted(ends, key=_by_seconds))
    agreeing = _agreeing(fitting)
    is_right = all(abs(end.seconds) <= _CLOCK_SECONDS for end in fitting)
    is_of_both = is_right and len({end.role in _CALLS for end in fitting}) > 1
    if agreeing < (_LEAST_OF_BOTH if is_of_both else _LEAST) or len(fitting) < _SHARE * len(ends):
        return
    yield HeldNumber(
        number=number,
        device_id=device_id,
        agreeing=agreeing,
        phones=len({end.partner for end in fitting}),
        seconds=fitting[0].seconds,
        first_at=min(end.at for end in fitting),
        last_at=max(end.at for end in fitting),
        record_ids=(
            *merged_record_ids((edge for end in fitting for edge in end.here.edges), _RECORDS),
            *merged_record_ids((edge for end in fitting for edge in end.there.edges), _RECORDS),
        ),
    )


def _most_together(ends: Sequence[_End]) -> list[_End]:
    """Return the most ends, in order, that one shift brings onto one another which clocks or zones may have."""
    seconds = [end.seconds for end in ends]
    found: list[_End] = []
    for place, end in enumerate(ends):
        if _is_of_clocks(end.seconds):
            after = bisect_right(seconds, end.seconds + _PAD_SECONDS, lo=place)
            before = bisect_left(seconds, end.seconds, hi=place + 1)
            if after - before > len(found):
                found = list(ends[before:after])
    return found


def _is_of_clocks(seconds: float) -> bool:
    beside = abs(seconds - round(seconds / _ZONE_STEP_SECONDS) * _ZONE_STEP_SECONDS)
    return beside <= _CLOCK_SECONDS and abs(seconds) <= _LARGEST_ZONE_SECONDS


def _agreeing(ends: Iterable[_End]) -> int:
    """Return how many texts and calls stand on both phones, as far as the ends of talks tell.

    Of a talk whose first and last are the same and of which both phones hold as many, one between them is too.
    """
    of_talk: dict[tuple[str, Role], list[_End]] = defaultdict(list)
    for end in ends:
        of_talk[end.partner, end.role].append(end)
    return sum(
        len({end.at for end in held}) + (len(held) > 1 and _LEAST <= held[0].here.texts == held[0].there.texts)
        for held in of_talk.values()
    )


def _by_seconds(end: _End) -> tuple[float, str, Role, str]:
    return end.seconds, end.partner, end.role, end.at


def _clash(held: HeldNumber, other: HeldNumber) -> bool:
    """Whether two phones have one number, or a phone two, at once."""
    is_one = (held.number == other.number) != (held.device_id == other.device_id)
    return is_one and periods_touch((held.first_at, held.last_at), (other.first_at, other.last_at), 0)


def _may_be_in_use(facts: DeviceFacts, held: HeldNumber) -> bool:
    """Whether a phone that states the number may have had it at that time."""
    first, last = facts.period_of(held.number)
    return first is None or last is None or periods_touch((first, last), (held.first_at, held.last_at), 0)
