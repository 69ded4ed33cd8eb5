"""Broadcasts of one handset that was delivered twice: each delivery shows a part of one.

A fact counts in one extraction, so that the messages of a broadcast may count in several; one delivery may also begin
or end in the midst of it. The flares of one device, sender and wording between which there is no pause are one. Each
has all recipients that its extraction shows. The one with the most stands for all; to it come those whom others have
beyond it, each once, as far as the edges of numbers tell: these say of each the first text and the last that count.

A part of fewer than ten recipients is in no flare, and one that is typed anew at the cut is of another wording: neither
is joined. Where messages of each flare of a broadcast count in a third extraction, those in its midst are not added.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from search.contract import Edge, Flare
from search.linkage.attribution.account_ids import AccountIds
from search.linkage.extraction.flare_rows import SENT, adverts_together
from search.linkage.extraction.flares import PAUSE_SECONDS, least_firm
from search.linkage.instants import to_seconds
from search.linkage.keys import LISTED_ROLES, is_account_id

_Span = tuple[float, float]
_NO_ACCOUNTS = AccountIds()


def joined_broadcasts(
    flares: Sequence[Flare], sent: Iterable[Edge], device_of: Mapping[str, str], accounts: AccountIds = _NO_ACCOUNTS
) -> tuple[list[Flare], list[Flare]]:
    """Return the flares with those that are one made one, and the others of these.

    Args:
        flares: All, in any order.
        sent: Edges of kind number of the extractions that sent adverts or broadcasts.
        device_of: Device by extraction.
        accounts: Numbers of accounts.
    """
    held: dict[tuple[str, str], list[Flare]] = defaultdict(list)
    for flare in flares:
        if flare.direction == SENT and flare.extraction_id in device_of:
            held[device_of[flare.extraction_id], flare.template_id].append(flare)
    chains = [
        chain
        for of_device in held.values()
        if len({flare.extraction_id for flare in of_device}) > 1
        for chain in _chains(of_device, accounts)
        if len(chain) > 1
    ]
    if not chains:
        return list(flares), []
    lists = _lists(sent, {flare.extraction_id for chain in chains for flare in chain}, device_of)
    alone: _AloneIn = {}
    whole: dict[str, Flare] = {}
    parts: list[Flare] = []
    for chain in chains:
        chain.sort(key=lambda flare: (-flare.recipient_count, flare.started_at, flare.flare_id))
        whole[chain[0].flare_id] = _whole(chain, max(_recipients(chain, lists), _told(chain, lists, alone)))
        parts += chain[1:]
    gone = {flare.flare_id for flare in parts}
    return [whole.get(flare.flare_id, flare) for flare in flares if flare.flare_id not in gone], parts


class _Chain(msgspec.Struct):
    """Flares that are one so far; ``sender`` and ``sim`` are None until one of them says so."""

    flares: list[Flare]
    reached: float
    sender: str | None
    sim: str | None

    def takes(self, flare: Flare, sender: str | None) -> bool:
        """Whether nothing shows two senders: one delivery may state the number or tell SIMs apart, the other not."""
        return (sender is None or self.sender is None or sender == self.sender) and (
            flare.sim is None or self.sim is None or flare.sim == self.sim
        )

    def add(self, flare: Flare, sender: str | None, end: float) -> None:
        """Take a flare of a sender, who is a number where that of the account is known."""
        self.flares.append(flare)
        self.reached = max(self.reached, end)
        self.sender = sender if self.sender is None else self.sender
        self.sim = flare.sim if self.sim is None else self.sim


def _chains(flares: Iterable[Flare], accounts: AccountIds) -> Iterator[list[Flare]]:
    """Yield the flares of one device and wording so that those of one broadcast are together."""
    going: list[_Chain] = []
    for flare in sorted(flares, key=lambda flare: (flare.started_at, flare.flare_id)):
        start, end = _span(flare)
        sender = accounts.number_at(flare.sender or "", flare.started_at) or flare.sender
        came, going = going, []
        for chain in came:
            if start - chain.reached <= PAUSE_SECONDS:
                going.append(chain)
            else:
                yield chain.flares
        for chain in going:
            if chain.takes(flare, sender):
                chain.add(flare, sender, end)
                break
        else:
            going.append(_Chain([flare], end, sender, flare.sim))
    yield from (chain.flares for chain in going)


def _span(flare: Flare) -> _Span:
    return to_seconds(flare.started_at), to_seconds(flare.ended_at)


class _Listed:
    """Who is on the list of one extraction, by the first and the last text to each that counts there."""

    __slots__ = ("_at", "_ends", "_who")

    def __init__(self, ends: Mapping[str, tuple[float, ...]]) -> None:
        self._ends = ends
        by_time = sorted((at, who) for who, all_at in ends.items() for at in all_at)
        self._at, self._who = [at for at, _ in by_time], [who for _, who in by_time]

    def within(self, span: _Span) -> set[str]:
        """Return who got the first or last text in a span, the second of its end included."""
        return set(self._who[bisect_left(self._at, span[0]) : bisect_left(self._at, span[1] + 1)])

    def beyond(self, other: _Listed) -> _Alone:
        """Return those who are not on the list of another extraction."""
        return _Alone([(min(ends), max(ends)) for who, ends in self._ends.items() if who not in other._ends])


class _Alone:
    """From when to when each of some people is on a list."""

    __slots__ = ("_firsts", "_lasts")

    def __init__(self, spans: Sequence[_Span]) -> None:
        self._firsts, self._lasts = sorted(first for first, _ in spans), sorted(last for _, last in spans)

    def count(self, span: _Span) -> int:
        """Return how many had a text in a span, or one before and one after it."""
        return bisect_left(self._firsts, span[1] + 1) - bisect_left(self._lasts, span[0])


_Lists = Mapping[str, _Listed]
_NOBODY = _Listed({})
_AloneIn = dict[tuple[str, str], _Alone]
"""By an extraction and another one: who is on the list of the first alone."""


def _lists(sent: Iterable[Edge], extraction_ids: set[str], device_of: Mapping[str, str]) -> _Lists:
    """Return the lists; where deliveries of a device show accounts or numbers for whom may be the same, no accounts."""
    found: dict[str, dict[str, tuple[float, ...]]] = defaultdict(dict)
    for edge in sent:
        if edge.extraction_id in extraction_ids and edge.role in LISTED_ROLES and edge.first_at and edge.last_at:
            of_extraction = found[edge.extraction_id]
            ends = to_seconds(edge.first_at), to_seconds(edge.last_at)
            of_extraction[edge.key] = of_extraction.get(edge.key, ()) + ends
    numbered = {device_of[extraction_id] for extraction_id, ends in found.items() if not any(map(is_account_id, ends))}
    return {
        extraction_id: _Listed(
            {who: at for who, at in ends.items() if device_of[extraction_id] not in numbered or not is_account_id(who)}
        )
        for extraction_id, ends in found.items()
    }


def _recipients(chain: Sequence[Flare], lists: _Lists) -> int:
    """Return to how many a chain went: the recipients of the first, and whom the others show before and after it."""
    first = chain[0]
    count, span = first.recipient_count, _span(first)
    known = lists.get(first.extraction_id, _NOBODY).within(span)
    for flare in chain[1:]:
        begin, end = _span(flare)
        listed = lists.get(flare.extraction_id, _NOBODY)
        if begin > span[1] or end < span[0]:
            further = listed.within((begin, end))
            count += max(0, flare.recipient_count - len(further & known))
        else:
            further = listed.within((begin, span[0] - 1)) | listed.within((span[1] + 1, end))
            count += len(further - known)
        known |= further
        span = min(span[0], begin), max(span[1], end)
    return count


def _told(chain: Sequence[Flare], lists: _Lists, alone: _AloneIn) -> int:
    """Return to how many a chain went where all messages of one flare count in its extraction; 0: there is none.

    One is taken for such where as many messages count as it has recipients. Repeats may make it look so, and then there
    are too many: the fewest that any says are taken.
    """
    bases: dict[str, Flare] = {}
    for flare in chain:
        if flare.message_count >= flare.recipient_count:
            bases.setdefault(flare.extraction_id, flare)
    return min((_told_by(base, chain, lists, alone) for base in bases.values()), default=0)


def _told_by(base: Flare, chain: Sequence[Flare], lists: _Lists, alone: _AloneIn) -> int:
    """Return the recipients of a flare whose messages all count, with those on the lists of others alone.

    What counts in another extraction is none of its messages, so that whoever is on that list is one more, also in the
    midst of the flare. Of whom the list shows texts before and after no more are taken than messages count there.
    """
    listed = lists.get(base.extraction_id, _NOBODY)
    known, count = listed.within(_span(base)), base.recipient_count
    seen = {base.extraction_id}
    for flare in chain:
        if flare.extraction_id == base.extraction_id:
            continue
        span, other = _span(flare), lists.get(flare.extraction_id, _NOBODY)
        further = other.within(span) - known
        known |= further
        between = 0
        if flare.extraction_id not in seen:
            seen.add(flare.extraction_id)
            pair = flare.extraction_id, base.extraction_id
            if pair not in alone:
                alone[pair] = other.beyond(listed)
            between = min(flare.message_count, alone[pair].count(span))
        count += max(len(further), between)
    return count


def _whole(chain: Sequence[Flare], count: int) -> Flare:
    """Return the first of a chain with what the others show beyond it, to so many recipients."""
    first = chain[0]
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
        advert_count=adverts_together(chain),
        variant_count=max(flare.variant_count for flare in chain),
        first_record_id=by_start[0].first_record_id,
        last_record_id=by_end.last_record_id,
    )
