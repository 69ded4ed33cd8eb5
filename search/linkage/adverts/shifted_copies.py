"""Copies of broadcasts on a phone whose clock was wrong, where their texts are no adverts to the analysis.

Such a phone has nothing at the time of any other, so that no copy of its is beside others. One shift brings nearly all
of what it got from senders of broadcasts onto these, whoever sent them, and no other shift does (``clocks``): a day, or
an hour where a zone was read amiss.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from search.contract import Flare
from search.linkage.adverts.bulk_traces import traces_of
from search.linkage.adverts.bulk_wordings import BulkWording
from search.linkage.attribution.clock_shifts import PAD_SECONDS, Burst, Shifts, beside, middle_shift, rarest
from search.linkage.attribution.clocks import (
    FITTING_SHARE,
    LEAST_A_PHONE,
    LEAST_BROADCASTS,
    LEAST_PHONES,
    MANY_BROADCASTS,
    MANY_FITTING_SHARE,
    MET_SHARE,
    OTHER_SHARE,
)
from search.linkage.attribution.senders import Evidenced
from search.linkage.extraction.flares import PAUSE_SECONDS
from search.linkage.extraction.said_edges import DAY_CHARS
from search.linkage.instants import to_seconds
from search.linkage.keys import Role

_HOUR: Final = 3600.0
_OF_AN_HOUR: Final = 120.0
"""Seconds from whole hours within which a shift is what a zone read amiss, or a wrong date, gives; half of the copies
are enough for it, as they are of many."""
_PAIRS_COMPARED: Final = 50_000
"""Of copies and broadcasts; those of the rarest wordings tell most. What is sent every day fits a shift of any days."""

_Wording = tuple[str, str]
"""Sender and template id."""


class Shifted(NamedTuple):
    """A trace of a broadcast, as the phone dated it, and the seconds that are to be added."""

    device_id: str
    flare: Flare
    seconds: int


def shifted_traces(
    bulk: Iterable[BulkWording], traces: Iterable[tuple[str, str, Flare]], dated: Collection[str] = ()
) -> Iterator[Shifted]:
    """Yield the received flares of phones whose clock was wrong, by device.

    Args:
        bulk: Wordings that were seen to go to many.
        traces: Device, sender and received flare of the copies that lie beside others.
        dated: Extractions that are dated as a right clock would have it.
    """
    shown: dict[_Wording, list[tuple[float, str]]] = defaultdict(list)
    met: dict[str, int] = defaultdict(int)
    for device_id, sender, flare in traces:
        shown[sender, flare.template_id].append((to_seconds(flare.started_at), device_id))
        met[device_id] += 1
    left: dict[str, list[tuple[_Wording, Evidenced]]] = defaultdict(list)
    for each in bulk:
        key = each.sender, each.template_id
        shown[key] += [(to_seconds(flare.started_at), device_id) for device_id, flare in each.flares]
        for copy in each.copies if shown[key] else ():
            if _may_be_shifted(copy, dated):
                left[copy.device_id].append((key, copy))
    shown = {key: of_phones(held) for key, held in shown.items()}
    for device_id in sorted(left):
        copies = left[device_id]
        if len(copies) >= LEAST_BROADCASTS and met.get(device_id, 0) <= MET_SHARE * len(copies):
            yield from _of_device(device_id, copies, shown)


def _may_be_shifted(copy: Evidenced, dated: Collection[str]) -> bool:
    is_dated = copy.edge.first_at is not None and copy.edge.last_at is not None
    return is_dated and copy.edge.role != Role.RECEIVED_ANSWER and copy.edge.extraction_id not in dated


def _of_device(
    device_id: str,
    copies: Sequence[tuple[_Wording, Evidenced]],
    shown: Mapping[_Wording, Sequence[tuple[float, str]]],
) -> Iterator[Shifted]:
    bursts = [_burst(copy, shown[key]) for key, copy in copies]
    shift = _shift(rarest(bursts, _PAIRS_COMPARED))
    if shift is None:
        return
    for burst, (_, copy) in zip(bursts, copies, strict=True):
        if next(beside(burst, shift), None) is not None:
            for flare in traces_of(copy.edge, copy.edge.label[DAY_CHARS + 1 :]):
                yield Shifted(device_id, flare, round(shift))


def of_phones(shown: Iterable[tuple[float, str]]) -> list[tuple[float, str]]:
    """Return when each phone shows a wording, in order, without what is beside an earlier instant of the same phone."""
    kept: list[tuple[float, str]] = []
    last: dict[str, float] = {}
    for at, phone in sorted(shown):
        if at - last.get(phone, -math.inf) > PAD_SECONDS:
            kept.append((at, phone))
            last[phone] = at
    return kept


def _burst(copy: Evidenced, shown: Sequence[tuple[float, str]]) -> Burst:
    assert copy.edge.first_at is not None
    assert copy.edge.last_at is not None
    return Burst(to_seconds(copy.edge.first_at), to_seconds(copy.edge.last_at), shown, copy.device_id)


def _shift(bursts: Sequence[Burst]) -> float | None:
    """Return the one shift that brings copies of a phone onto broadcasts. None: none does."""
    shifts = Shifts(bursts, PAD_SECONDS)
    count, found = shifts.best(lambda shift: abs(shift) > PAUSE_SECONDS)
    if count < LEAST_BROADCASTS:
        return None
    exact = middle_shift(bursts, found)
    is_half_enough = count >= MANY_BROADCASTS or abs(exact - round(exact / _HOUR) * _HOUR) <= _OF_AN_HOUR
    other, _ = shifts.best(lambda shift: abs(shift - exact) > PAUSE_SECONDS)
    held: dict[str, int] = defaultdict(int)
    for burst in bursts:
        for phone in {phone for _, phone in beside(burst, exact)}:
            held[phone] += 1
    phones = sum(fitting >= LEAST_A_PHONE for fitting in held.values())
    is_fitting = count >= (MANY_FITTING_SHARE if is_half_enough else FITTING_SHARE) * len(bursts)
    return exact if is_fitting and phones >= LEAST_PHONES and other < OTHER_SHARE * count else None
