"""Which number a handset sent from, and when: what its file does not say, other phones show.

A handset keeps no note of the SIM that a text went out from. A file states the number of the SIM that was in it last,
if any; a text that went out before a change of SIM came from another. A broadcast that other phones received at the
same minutes in the same wording shows the number of that time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec

from search.contract import Edge, Flare
from search.linkage.instants import to_seconds
from search.linkage.keys import Role, holder_of, is_number

_PAD_SECONDS = 60.0
_FLARES_THAT_NAME = 2
"""Broadcasts that must coincide before a number that the file does not state is taken for the handset's: one may be
forwarded, or be sent by two phones of a line at once."""

_SAME_RECORD_SECONDS = 120.0
_ENDS_THAT_NAME = 2
"""Ends of traffic that must agree on both sides before a number is taken for a handset's."""


class Use(msgspec.Struct, frozen=True):
    """A number in a handset's use; ``until`` in seconds since 1970, exclusive; None: to the end."""

    number: str
    until: float | None


class OwnNumbers:
    """The numbers of each device over time, in order; so for SIMs of a device that records tell apart."""

    def __init__(self, uses: Mapping[str, Sequence[Use]]) -> None:
        self._uses = uses
        self._changed = frozenset(device_id for device_id, held in uses.items() if len(held) > 1)

    def at(self, device_id: str, instant: str | None) -> str | None:
        """Return the number at the instant, the last one where it is not known; None where no number is."""
        uses = self._uses.get(device_id, ())
        if not uses:
            return None
        if instant is not None:
            second = to_seconds(instant)
            for use in uses:
                if use.until is None or second < use.until:
                    return use.number
        return uses[-1].number

    def before(self, device_id: str, number: str) -> str | None:
        """Return the number that the device had right before it first had another; None where none is known."""
        numbers = [use.number for use in self._uses.get(device_id, ())]
        return numbers[numbers.index(number) - 1] if number in numbers[1:] and number != numbers[0] else None

    def has_changed(self, device_id: str) -> bool:
        """Whether the device had several numbers one after the other."""
        return device_id in self._changed

    def with_more(self, found: Mapping[str, str]) -> OwnNumbers:
        """Return these numbers and one for each further device."""
        return OwnNumbers({**{device_id: (Use(number, None),) for device_id, number in found.items()}, **self._uses})

    def numbers(self, device_id: str) -> set[str]:
        """Return all numbers that the device had."""
        return {use.number for use in self._uses.get(device_id, ())}

    def cuts(self, device_id: str) -> list[float]:
        """Return when the number changed, in seconds since 1970."""
        return [use.until for use in self._uses.get(device_id, ()) if use.until is not None]

    def known(self) -> dict[str, str]:
        """Return the last number of each device that has one; what shows of its SIMs is not the device's."""
        return {device_id: uses[-1].number for device_id, uses in self._uses.items() if uses and ":" not in device_id}


def own_numbers(device_of: Mapping[str, str], flares: Sequence[Flare], stated: Mapping[str, str]) -> OwnNumbers:
    """Return the numbers that devices sent from.

    Args:
        device_of: Device by extraction.
        flares: All flares, sent and received.
        stated: The one number that a device states, where it states one.
    """
    seen = _seen_elsewhere(device_of, flares)
    uses = {device_id: (Use(number, None),) for device_id, number in stated.items()}
    for holder, found in seen.items():
        counts = Counter(number for _, number in found)
        device_id, _, sim = holder.partition(":")
        known = stated.get(device_id)
        trusted = {number for number, count in counts.items() if number == known or count >= _FLARES_THAT_NAME}
        if trusted:
            timeline = sorted((second, number) for second, number in found if number in trusted)
            # The number that is stated may be another SIM's.
            uses[holder] = _uses_of(timeline, None if sim else known)  # type: ignore[assignment]  # any number of uses
    return OwnNumbers(uses)


def _seen_elsewhere(device_of: Mapping[str, str], flares: Sequence[Flare]) -> dict[str, list[tuple[float, str]]]:
    """Return, for each device or SIM, its broadcasts that others received, with the one number that these show."""
    sent = [flare for flare in flares if flare.direction == "sent" and flare.extraction_id in device_of]
    traces = _traces_of({flare.template_id for flare in sent}, device_of, flares)
    seen: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for flare in sent:
        device_id = device_of[flare.extraction_id]
        began = to_seconds(flare.started_at)
        numbers = {
            sender
            for other_id, sender in traces[flare.template_id].beside(
                began - _PAD_SECONDS, to_seconds(flare.ended_at) + _PAD_SECONDS
            )
            if other_id != device_id
        }
        for number in numbers if len(numbers) == 1 else ():
            seen[holder_of(device_id, flare.sim)].append((began, number))
    return seen


class _Traces:
    """Received traces of one wording, to be asked for by time."""

    def __init__(self) -> None:
        self.rows: list[tuple[float, float, str, str]] = []
        """First and last second, device, sender."""
        self._longest: float | None = None

    def beside(self, begin: float, end: float) -> Iterator[tuple[str, str]]:
        """Yield device and sender of the traces that have a part in the period."""
        if self._longest is None:
            self.rows.sort()
            self._longest = max((last - first for first, last, _, _ in self.rows), default=0.0)
        place = bisect_left(self.rows, (begin - self._longest,))
        while place < len(self.rows) and self.rows[place][0] <= end:
            _, last, device_id, sender = self.rows[place]
            if last >= begin:
                yield device_id, sender
            place += 1


def _traces_of(templates: Collection[str], device_of: Mapping[str, str], flares: Iterable[Flare]) -> dict[str, _Traces]:
    traces = {template_id: _Traces() for template_id in templates}
    for flare in flares:
        of_template = traces.get(flare.template_id)
        if of_template is None or flare.direction != "received" or not flare.sender:
            continue
        device_id = device_of.get(flare.extraction_id)
        if device_id is not None and is_number(flare.sender):
            begin = to_seconds(flare.started_at)
            end = begin if flare.ended_at == flare.started_at else to_seconds(flare.ended_at)
            of_template.rows.append((begin, end, device_id, flare.sender))
    return traces


def _uses_of(timeline: Sequence[tuple[float, str]], stated: str | None) -> tuple[Use, ...]:
    """Return the uses: between two broadcasts of different numbers the change lies half way."""
    uses = [
        Use(number, (second + later) / 2)
        for (second, number), (later, following) in pairwise(timeline)
        if number != following
    ]
    last_second, last = timeline[-1]
    if stated is not None and len({use.number for use in uses} | {last, stated}) <= len(uses):
        # to and fro between a stated number and another is no change of SIM: two phones of a line send at once
        return (Use(stated, None),)
    if stated is not None and last != stated:
        # the stated SIM was in it at the end; when it came in nothing shows, so right after what the other one sent
        uses.append(Use(last, last_second + 1))
        last = stated
    return (*uses, Use(last, None))


def number_by_traffic(device_edges: Iterable[Edge], others: Mapping[str, Sequence[Edge]]) -> str | None:
    """Return the number of a handset that states none, from the traffic of phones that it was in touch with.

    A text from one phone to another is kept on both. Where the first or the last of the texts that came in from a
    seized phone's number is, to the minute, the first or last that this phone sent to some number, that is its number.

    Args:
        device_edges: Edges of kind number of the handset.
        others: Edges of kind number of other devices, by their own number.
    """
    agreeing: Counter[str] = Counter()
    for mine in device_edges:
        for its in others.get(mine.key, ()):
            if is_number(its.key) and (mine.role, its.role) in _SAME_TRAFFIC:
                agreeing[its.key] += sum(
                    _same_instant(one, other)
                    for one, other in ((mine.first_at, its.first_at), (mine.last_at, its.last_at))
                )
    ranked = agreeing.most_common(2)
    if not ranked or ranked[0][1] < _ENDS_THAT_NAME:
        return None
    is_clear = len(ranked) == 1 or ranked[1][1] * 2 < ranked[0][1]
    return ranked[0][0] if is_clear else None


_SAME_TRAFFIC = frozenset(
    {
        (Role.RECEIVED, Role.SENT),
        (Role.SENT, Role.RECEIVED),
        (Role.SENT_ADVERT, Role.RECEIVED_ADVERT),
        (Role.CALLED, Role.CALLED_BY),
        (Role.CALLED_BY, Role.CALLED),
    }
)


def _same_instant(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and abs(to_seconds(one) - to_seconds(other)) <= _SAME_RECORD_SECONDS
