"""Wordings that were seen to go to many: on several phones at once, or in a broadcast of the sending phone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

import msgspec

from search.contract import Flare
from search.linkage.attribution.evidence import Evidence, flares_by_sender
from search.linkage.attribution.senders import Evidenced, by_sender
from search.linkage.attribution.together import share_together
from search.linkage.instants import DAY_SECONDS, to_seconds
from search.linkage.kept import Kept
from search.linkage.keys import Role

TOGETHER_SHARE = 0.25
"""Share of the copies that must have a copy elsewhere beside them. "Ring me" stands on two customers' phones within an
hour now and then; of a broadcast, which may go to a part of the list, the phones held have one copy or several."""


class BulkWording(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A wording that one sender broadcast, and that is no advert to the analysis.

    Attributes:
        copies: Edges of kind wording, one a phone and day.
        flares: Broadcasts of it, with the sending device.
        score: Highest advert score of its texts.
    """

    sender: str
    template_id: str
    copies: tuple[Evidenced, ...]
    flares: tuple[tuple[str, Flare], ...]
    score: float

    def instants(self) -> list[tuple[float, float]]:
        """Return the first and last second of each dated copy and broadcast, by the first."""
        bounds = [(copy.edge.first_at, copy.edge.last_at) for copy in self.copies]
        bounds += [(flare.started_at, flare.ended_at) for _, flare in self.flares]
        return sorted(
            (to_seconds(first), to_seconds(last)) for first, last in bounds if first is not None and last is not None
        )

    def is_on_one_phone(self) -> bool:
        """Whether one phone alone holds it, so that its template alone, which an advert has, says that it is bulk."""
        return not self.flares and len({copy.device_id for copy in self.copies}) == 1

    def came_again(self) -> bool:
        """Whether it went out on more than one day, as far as that does not hang on the clock of one phone.

        Either one phone has it more than a day apart, or the phones have, whichever of them is left out.
        """
        held: dict[str, list[float]] = defaultdict(list)
        dated = [(copy.device_id, copy.edge.first_at, copy.edge.last_at) for copy in self.copies]
        dated += [(device_id, flare.started_at, flare.ended_at) for device_id, flare in self.flares]
        for device_id, first, last in dated:
            if first is not None and last is not None:
                held[device_id] += [to_seconds(first), to_seconds(last)]
        begins = sorted((min(instants), device_id) for device_id, instants in held.items())
        ends = sorted(((max(instants), device_id) for device_id, instants in held.items()), reverse=True)
        return any(max(instants) - min(instants) > DAY_SECONDS for instants in held.values()) or (
            len(held) > 1
            and all(
                next(end for end, device_id in ends if device_id != left_out)
                - next(begin for begin, device_id in begins if device_id != left_out)
                > DAY_SECONDS
                for left_out in held
            )
        )


def bulk_wordings(evidence: Evidence, kept: Kept | None = None) -> list[BulkWording]:
    """Return the wordings that were seen to go to many and that the analysis takes for no adverts.

    Args:
        evidence: All that lines are made from.
        kept: What was made before. None: nothing.
    """
    kept = kept or Kept()
    adverts, copies = by_sender(evidence.adverts), by_sender(evidence.wordings)
    flares = flares_by_sender(held for held in evidence.sent_flares if not held[1].has_advert)
    found: list[BulkWording] = []
    for sender in sorted({**copies, **flares}):
        found += kept.made(
            _bulk_of,
            sender,
            sender,
            tuple(copies.get(sender, ())),
            tuple(flares.get(sender, ())),
            frozenset(advert.edge.other for advert in adverts.get(sender, ())),
        )
    return found


def _bulk_of(
    sender: str, received: Iterable[Evidenced], sent: Iterable[tuple[str, Flare, str]], adverts: Collection[str]
) -> list[BulkWording]:
    """Return the same of one sender, by template id; ``adverts``: the templates of what is an advert."""
    copies: dict[str, list[Evidenced]] = defaultdict(list)
    for wording in received:
        copies[wording.edge.other].append(wording)
    flares: dict[str, list[tuple[str, Flare]]] = defaultdict(list)
    for device_id, flare, _ in sent:
        flares[flare.template_id].append((device_id, flare))
    found = []
    for key in sorted({**copies, **flares}):
        held, broadcast = copies.get(key, ()), flares.get(key, ())
        # a wording that is an advert in another spelling is one in this one
        is_bulk = bool(broadcast) or (key in adverts and any(copy.edge.role != Role.RECEIVED_ANSWER for copy in held))
        if is_bulk or (len(held) > 1 and _share_together(held) >= TOGETHER_SHARE):
            scores = [copy.edge.score for copy in held] + [flare.advert_score for _, flare in broadcast]
            found.append(
                BulkWording(
                    sender=sender, template_id=key, copies=tuple(held), flares=tuple(broadcast), score=max(scores)
                )
            )
    return found


def _share_together(copies: Sequence[Evidenced]) -> float:
    """Return the share of the dated copies that came beside one on another phone, and not as an answer."""
    first = copies[0].device_id
    if all(copy.device_id == first for copy in copies):
        return 0.0
    dated = [
        (copy.edge.role, (copy.edge.first_at, copy.edge.last_at, copy.device_id))
        for copy in copies
        if copy.edge.first_at is not None and copy.edge.last_at is not None
    ]
    unasked = sum(role != Role.RECEIVED_ANSWER for role, _ in dated)
    # two customers who order in the same minutes get the same answer
    if unasked < TOGETHER_SHARE * len(dated) or not dated:
        return 0.0
    return share_together(trace for _, trace in dated) * unasked / len(dated)
