"""Broadcasts of one handset that was delivered twice: each delivery shows a part of one.

A fact counts in one extraction, so that the messages of a broadcast may count in several; one delivery may also begin
or end in the midst of it. The flares of one device, sender and wording between which there is no pause are one. Each
has all recipients that its extraction shows. The one with the most stands for all; to it come those whom others have
before and after it, each once, as far as the edges of numbers tell: these say of each the first text and the last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from search.contract import Edge, Flare
from search.linkage.extraction.flare_rows import SENT
from search.linkage.extraction.flares import PAUSE_SECONDS, least_firm
from search.linkage.instants import to_seconds
from search.linkage.keys import LISTED_ROLES

_Span = tuple[float, float]


def joined_broadcasts(
    flares: Sequence[Flare], sent: Iterable[Edge], device_of: Mapping[str, str]
) -> tuple[list[Flare], list[Flare]]:
    """Return the flares with those that are one made one, and the others of these.

    Args:
        flares: All, in any order.
        sent: Edges of kind number of the extractions that sent adverts or broadcasts.
        device_of: Device by extraction.
    """
    held: dict[tuple[str, str], list[Flare]] = defaultdict(list)
    for flare in flares:
        if flare.direction == SENT and flare.extraction_id in device_of:
            held[device_of[flare.extraction_id], flare.template_id].append(flare)
    chains = [
        chain
        for of_device in held.values()
        if len({flare.extraction_id for flare in of_device}) > 1
        for chain in _chains(of_device)
        if len(chain) > 1
    ]
    if not chains:
        return list(flares), []
    lists = _lists(sent, {flare.extraction_id for chain in chains for flare in chain})
    whole: dict[str, Flare] = {}
    parts: list[Flare] = []
    for chain in chains:
        chain.sort(key=lambda flare: (-flare.recipient_count, flare.started_at, flare.flare_id))
        whole[chain[0].flare_id] = _whole(chain, lists)
        parts += chain[1:]
    gone = {flare.flare_id for flare in parts}
    return [whole.get(flare.flare_id, flare) for flare in flares if flare.flare_id not in gone], parts


def _chains(flares: Iterable[Flare]) -> Iterator[list[Flare]]:
    """Yield the flares of one device and wording so that those of one broadcast are together."""
    going: list[tuple[list[Flare], float]] = []
    for flare in sorted(flares, key=lambda flare: (flare.started_at, flare.flare_id)):
        start, end = _span(flare)
        for place, (chain, reached) in enumerate(going):
            if start - reached <= PAUSE_SECONDS and all(_may_be_one_sender(flare, other) for other in chain):
                chain.append(flare)
                going[place] = chain, max(reached, end)
                break
        else:
            going.append(([flare], end))
    yield from (chain for chain, _ in going)


def _may_be_one_sender(one: Flare, other: Flare) -> bool:
    """Whether nothing shows two senders: one delivery may state the number or tell SIMs apart, and the other not."""
    return (one.sender is None or other.sender is None or one.sender == other.sender) and (
        one.sim is None or other.sim is None or one.sim == other.sim
    )


def _span(flare: Flare) -> _Span:
    return to_seconds(flare.started_at), to_seconds(flare.ended_at)


_Lists = Mapping[str, Mapping[str, tuple[float, ...]]]
"""Seconds of the first and the last text to each on the list, by extraction and recipient."""


def _lists(sent: Iterable[Edge], extraction_ids: set[str]) -> _Lists:
    found: dict[str, dict[str, tuple[float, ...]]] = defaultdict(dict)
    for edge in sent:
        if edge.extraction_id in extraction_ids and edge.role in LISTED_ROLES and edge.first_at and edge.last_at:
            of_extraction = found[edge.extraction_id]
            ends = to_seconds(edge.first_at), to_seconds(edge.last_at)
            of_extraction[edge.key] = of_extraction.get(edge.key, ()) + ends
    return found


def _whole(chain: Sequence[Flare], lists: _Lists) -> Flare:
    """Return the first of a chain with what the others show beyond it."""
    first = chain[0]
    count, span = first.recipient_count, _span(first)
    known = _within(lists.get(first.extraction_id, {}), span)
    for flare in chain[1:]:
        begin, end = _span(flare)
        listed = lists.get(flare.extraction_id, {})
        if begin > span[1] or end < span[0]:
            further = _within(listed, (begin, end))
            count += max(0, flare.recipient_count - len(further & known))
        else:
            further = _within(listed, (begin, span[0] - 1)) | _within(listed, (span[1] + 1, end))
            count += len(further - known)
        known |= further
        span = min(span[0], begin), max(span[1], end)
    by_start = sorted(chain, key=lambda flare: (flare.started_at, flare.flare_id))
    by_end = max(chain, key=lambda flare: (flare.ended_at, flare.flare_id))
    return msgspec.structs.replace(
        first,
        sender=next((flare.sender for flare in chain if flare.sender is not None), None),
        line=next((flare.line for flare in chain if flare.line is not None), None),
        has_advert=any(flare.has_advert for flare in chain),
        advert_score=max(flare.advert_score for flare in chain),
        started_at=by_start[0].started_at,
        ended_at=by_end.ended_at,
        time_basis=least_firm(flare.time_basis for flare in chain),
        recipient_count=count,
        message_count=sum(flare.message_count for flare in chain),
        variant_count=max(flare.variant_count for flare in chain),
        first_record_id=by_start[0].first_record_id,
        last_record_id=by_end.last_record_id,
    )


def _within(listed: Mapping[str, tuple[float, ...]], span: _Span) -> set[str]:
    """Return who on a list got its first or last text in a span, the second of its end included."""
    return {who for who, ends in listed.items() if any(span[0] <= at < span[1] + 1 for at in ends)}
