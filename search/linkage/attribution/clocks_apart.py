"""Copies of a broadcast on phones whose clock is some minutes from that of the phone that sent it.

What a handset sent it dates by its own clock, which is often minutes out, and so does many a phone with what came in.
Then no copy lies within the minutes of the broadcast, although all of its list have one. A clock is as far out at every
broadcast: where one shift brings nearly all copies on a phone of the list onto the broadcasts, a copy that lies on one
at that shift shows its sender as well as one of the same minute does. Who sends the same words some time after another,
or sends on what came in, keeps no such time.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Final, NamedTuple

from search.contract import Flare
from search.linkage.attribution.clock_shifts import Burst, Shifts
from search.linkage.attribution.shown_senders import PAD_SECONDS, SeenElsewhere, Shown
from search.linkage.extraction.flare_rows import SENT
from search.linkage.instants import to_seconds
from search.linkage.keys import holder_of, is_number

_REACH_SECONDS: Final = 600.0
"""How far out two clocks may be together. What is more is a zone that was read amiss, or a clock that was never set."""
_LEAST_BROADCASTS: Final = 2
"""Broadcasts with copies on one phone that one shift must fit: to one alone some shift always does."""
_FITTING_SHARE: Final = 0.8
"""Of its copies about the broadcasts, which must lie on these then; one may be of another broadcast. Reasoned."""


class _Trace(NamedTuple):
    """What a phone shows of a wording; ``sender`` is empty where the phone sent it."""

    second: float
    device_id: str
    sender: str


_Traces = Mapping[str, Sequence[_Trace]]
"""By template, in order of time."""


def with_clocks_apart(
    seen: SeenElsewhere,
    device_of: Mapping[str, str],
    flares: Iterable[Flare],
    stated: Mapping[str, str],
    lists: Mapping[str, Collection[str]],
) -> SeenElsewhere:
    """Return what phones show of broadcasts, with what those show whose clock is minutes from the sender's.

    Args:
        seen: What phones show in the same minute, which goes before.
        device_of: Device by extraction.
        flares: All flares, sent and received.
        stated: The one number that a device states, where it states one.
        lists: Numbers that a device sent adverts or bulk texts to.
    """
    known = {shown.flare_id for found in seen.shown.values() for shown in found}
    held = [(device_of[flare.extraction_id], flare) for flare in flares if flare.extraction_id in device_of]
    sent: dict[str, list[Flare]] = defaultdict(list)
    for device_id, flare in held:
        if flare.direction == SENT and lists.get(device_id):
            sent[device_id].append(flare)
    sent = {device_id: found for device_id, found in sent.items() if any(it.flare_id not in known for it in found)}
    traces = _traces(held, {flare.template_id for found in sent.values() for flare in found})
    shown = {holder: list(found) for holder, found in seen.shown.items()}
    for device_id, found in sent.items():
        listed = frozenset(phone for phone, number in stated.items() if number in lists[device_id])
        for flare, more in _shown_of(device_id, found, known, traces, listed):
            shown.setdefault(holder_of(device_id, flare.sim), []).append(more)
    return SeenElsewhere(shown, seen.at_once)


def _traces(held: Iterable[tuple[str, Flare]], template_ids: Collection[str]) -> _Traces:
    found: dict[str, list[_Trace]] = {template_id: [] for template_id in template_ids}
    for device_id, flare in held:
        if flare.template_id in found:
            if flare.direction == SENT:
                found[flare.template_id] += [
                    _Trace(to_seconds(at), device_id, "") for at in (flare.started_at, flare.ended_at)
                ]
            elif is_number(flare.sender or ""):
                found[flare.template_id].append(_Trace(to_seconds(flare.started_at), device_id, flare.sender or ""))
    return {template_id: sorted(traces) for template_id, traces in found.items()}


def _shown_of(
    device_id: str, flares: Sequence[Flare], known: Collection[str], traces: _Traces, listed: Collection[str]
) -> Iterable[tuple[Flare, Shown]]:
    """Yield the broadcasts of a device that phones on its list show by their clock alone, with what they show."""
    asked: list[tuple[Flare, dict[str, float], str]] = []
    for flare in flares:
        about = _about(flare, traces, _REACH_SECONDS, device_id)
        senders = {trace.sender for trace in about}
        copies = {trace.device_id: trace.second for trace in about if trace.device_id in listed}
        # what another phone sent then, or came in at those minutes, is of another clock
        is_open = flare.flare_id not in known and not _about(flare, traces, PAD_SECONDS, device_id)
        if is_open and len(senders) == 1 and "" not in senders and copies:
            asked.append((flare, copies, senders.pop()))
    shifts = {
        phone: _shift(device_id, flares, traces, phone)
        for phone in {phone for _, copies, _ in asked for phone in copies}
    }
    for flare, copies, number in asked:
        began, ended = to_seconds(flare.started_at), to_seconds(flare.ended_at)
        fitting = frozenset(
            phone
            for phone, second in copies.items()
            if (shift := shifts[phone]) is not None and began - PAD_SECONDS <= second - shift <= ended + PAD_SECONDS
        )
        if fitting:
            yield (
                flare,
                Shown(
                    flare.flare_id,
                    number,
                    began,
                    ended,
                    phones=len(fitting),
                    is_sure=False,
                    is_listed=True,
                    device_ids=fitting,
                ),
            )


def _about(flare: Flare, traces: _Traces, reach: float, device_id: str) -> list[_Trace]:
    """Return what other phones show of the wording about the time of a broadcast."""
    held = traces[flare.template_id]
    begin, end = to_seconds(flare.started_at) - reach, to_seconds(flare.ended_at) + reach
    place = bisect_left(held, begin, key=attrgetter("second"))
    within = held[place : bisect_right(held, end, lo=place, key=attrgetter("second"))]
    return [trace for trace in within if trace.device_id != device_id]


def _shift(device_id: str, flares: Iterable[Flare], traces: _Traces, phone: str) -> float | None:
    """Return by how many seconds what a phone dates stands after the broadcasts. None: no one shift fits."""
    bursts = [
        Burst(to_seconds(flare.started_at), to_seconds(flare.ended_at), copies, device_id)
        for flare in flares
        if (
            copies := [
                (trace.second, phone)
                for trace in _about(flare, traces, _REACH_SECONDS, device_id)
                if trace.device_id == phone and trace.sender
            ]
        )
    ]
    count, shift = Shifts(bursts, PAD_SECONDS).best(lambda other: abs(other) <= _REACH_SECONDS + PAD_SECONDS)
    return shift if count >= max(_LEAST_BROADCASTS, _FITTING_SHARE * len(bursts)) else None
