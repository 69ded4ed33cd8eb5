"""Copies of one broadcast on one phone, with a longer pause between them than a broadcast has.

A broadcast goes on while its sender sends to further people, and some of them get it again. On a phone that got it at
the start and at the end it looks like two; the copies on other phones in between, and on the phone that sent it, show
that it went on.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import Final

import msgspec

from search.linkage.extraction.flare_rows import RECEIVED, SENT, adverts_together
from search.linkage.extraction.flares import PAUSE_SECONDS
from search.linkage.instants import to_seconds
from search.linkage.model import FlareLeftOut, PlacedFlare

WHY: Final = (
    "Copies on other phones show that the broadcast of which this phone has an earlier copy was still under way: a "
    "repeat within it, and counted there."
)
_LONGEST_SECONDS: Final = 6 * 3600.0
"""Between two copies on one phone; no broadcast that was seen took as long. Bounds the work."""

_Key = tuple[str | None, str]
"""Sender and template id."""


def without_repeats(placed: Sequence[PlacedFlare]) -> tuple[list[PlacedFlare], list[FlareLeftOut]]:
    """Return the flares with what is a repeat within one counted there, and the repeats left out."""
    received: dict[tuple[str, _Key], list[PlacedFlare]] = defaultdict(list)
    for each in placed:
        if each.flare.direction == RECEIVED and each.clock_seconds == 0:
            received[each.device_id, _key(each)].append(each)
    several = {key: held for key, held in received.items() if len(held) > 1 and _has_near(held)}
    if not several:
        return list(placed), []
    under_way = _under_way(placed, {key for _, key in several})
    joined: dict[str, PlacedFlare] = {}
    left_out = []
    for (device_id, key), held in several.items():
        held.sort(key=lambda each: (each.flare.started_at, each.flare.flare_id))
        first = held[0]
        for each in held[1:]:
            if _goes_on(first, each, device_id, under_way[key]):
                first = _with(first, each)
                joined[first.flare.flare_id] = first
                left_out.append(FlareLeftOut(flare=each.flare, device_id=device_id, why=WHY))
            else:
                first = each
    gone = {each.flare.flare_id for each in left_out}
    kept = [joined.get(each.flare.flare_id, each) for each in placed if each.flare.flare_id not in gone]
    return kept, left_out


def _key(placed: PlacedFlare) -> _Key:
    return placed.flare.sender, placed.flare.template_id


def _has_near(held: Iterable[PlacedFlare]) -> bool:
    starts = sorted(to_seconds(each.flare.started_at) for each in held)
    return any(later - earlier <= _LONGEST_SECONDS for earlier, later in pairwise(starts))


_Copies = Sequence[tuple[float, float, str]]
"""Start, end and device of each, by the start."""


def _under_way(placed: Iterable[PlacedFlare], keys: set[_Key]) -> Mapping[_Key, _Copies]:
    found: dict[_Key, list[tuple[float, float, str]]] = defaultdict(list)
    for each in placed:
        if _key(each) in keys and each.clock_seconds == 0 and each.flare.direction in {RECEIVED, SENT}:
            begin, end = to_seconds(each.flare.started_at), to_seconds(each.flare.ended_at)
            found[_key(each)].append((begin, end, each.device_id))
    return {key: sorted(found.get(key, ())) for key in keys}


def _goes_on(first: PlacedFlare, later: PlacedFlare, device_id: str, copies: _Copies) -> bool:
    """Whether no pause from the one to the other is longer than a broadcast has, with the copies on other phones."""
    reached, begin = to_seconds(first.flare.ended_at), to_seconds(later.flare.started_at)
    if begin - reached > _LONGEST_SECONDS or first.line_id != later.line_id:
        return False
    is_shown = False
    first_place = bisect_left(copies, reached - _LONGEST_SECONDS, key=itemgetter(0))
    for start, end, device in copies[first_place : bisect_right(copies, begin, key=itemgetter(0))]:
        if device != device_id and end >= reached:
            if start > reached + PAUSE_SECONDS:
                return False
            reached, is_shown = max(reached, end), True
    return is_shown and begin <= reached + PAUSE_SECONDS


def _with(first: PlacedFlare, later: PlacedFlare) -> PlacedFlare:
    one, other = first.flare, later.flare
    flare = msgspec.structs.replace(
        one,
        ended_at=max(one.ended_at, other.ended_at),
        message_count=one.message_count + other.message_count,
        advert_count=adverts_together((one, other)),
        variant_count=max(one.variant_count, other.variant_count),
        advert_score=max(one.advert_score, other.advert_score),
        last_record_id=other.last_record_id,
    )
    return msgspec.structs.replace(first, flare=flare)
