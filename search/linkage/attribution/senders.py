"""Senders of texts: each key gets its number where the evidence names it, else one that is good on its device alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec

from search.contract import Edge, EdgeKind, Flare
from search.linkage.attribution.account_ids import AccountIds
from search.linkage.attribution.own_numbers import OwnNumbers
from search.linkage.attribution.saved_senders import SavedSenders, saved_name
from search.linkage.extraction.edge_table import RECORDS_AN_EDGE
from search.linkage.instants import to_seconds
from search.linkage.keys import (
    NAME_PREFIX,
    OWN_PREFIX,
    SENT_ADVERT_ROLES,
    UNKNOWN_NUMBER,
    WITH_PREFIX,
    AnnouncedFrom,
    Role,
    fold_name,
    holder_of,
    own_key,
    sim_in,
)


class Evidenced(msgspec.Struct, frozen=True, gc=False):
    """An edge and the device that it is of.

    Attributes:
        sender: The key with stand-ins resolved.
        is_recovered: The analysis took the texts for no adverts; that they were broadcast shows that they are.
        time_basis: Of the texts of a recovered advert, as in a flare; empty for others and where none is dated.
        is_to_worker: It is no broadcast, but words to one who works for the sender (``words_to_workers``).
        moved: The edge as a right clock would have dated it, where the phone's was wrong and the edge is undated.
    """

    edge: Edge
    device_id: str
    sender: str
    is_recovered: bool = False
    time_basis: str = ""
    moved: Edge | None = None
    is_to_worker: bool = False

    @property
    def placed(self) -> Edge:
        """Return the edge with the dates that tell which use of a number it is of; a report states none of these."""
        return self.moved or self.edge


class Resent(msgspec.Struct, frozen=True):
    """The adverts of one number that another sent on to many.

    Attributes:
        sender: Who sent them on.
        device_id: The phone that did.
        sources: The numbers of the line that they came from, or that they give to ring.
        adverts: On that phone and on those that got them so.
        is_giving: Its own texts give the numbers of the line to ring.
    """

    sender: str
    device_id: str
    sources: tuple[str, ...]
    adverts: tuple[Evidenced, ...]
    is_giving: bool = False


def by_sender(found: Iterable[Evidenced]) -> dict[str, list[Evidenced]]:
    """Return the edges by their sender, in their order."""
    held: dict[str, list[Evidenced]] = defaultdict(list)
    for each in found:
        held[each.sender].append(each)
    return held


def named_sender(device_id: str, name: str) -> str:
    """Return the key of a sender that a device shows by a saved name alone, or (empty name) withholds."""
    return f"{NAME_PREFIX}{device_id}:{fold_name(name)}"


def is_withheld(key: str) -> bool:
    """Whether a key stands for whoever a device says nothing of: several who withhold their number, as a rule."""
    return key.startswith(NAME_PREFIX) and key.endswith(":")


def is_plain(key: str) -> bool:
    """Whether a key stands for itself on every phone that had one number alone: no stand-in."""
    return key[:1] == "+" or (key != UNKNOWN_NUMBER and not key.startswith((OWN_PREFIX, NAME_PREFIX)))


class SenderResolver:
    """Resolves the senders of edges and flares.

    Args:
        device_of: Device by extraction.
        flares: All flares, from which edges of a handset that changed its SIM are shared out.
        own: Numbers that devices sent from.
        saved: Numbers of names that chat parties are shown by.
        accounts: Numbers of ids of accounts that senders are shown by.
    """

    def __init__(
        self,
        device_of: Mapping[str, str],
        flares: Iterable[Flare],
        own: OwnNumbers,
        saved: SavedSenders | None = None,
        accounts: AccountIds | None = None,
    ) -> None:
        self._device_of = device_of
        self._own = own
        self._saved = saved or SavedSenders()
        self._accounts = accounts or AccountIds()
        self._ids = self._accounts.ids
        self._steady: dict[tuple[str, str], set[str] | None] = {}
        self._holders: dict[tuple[str, str], str | None] = {}
        self._sent: dict[tuple[str, str], list[Flare]] = defaultdict(list)
        for flare in flares:
            device_id = device_of.get(flare.extraction_id)
            if device_id is not None and flare.direction == "sent" and own.has_changed(device_id):
                self._sent[device_id, flare.template_id].append(flare)

    def resolve(self, key: str, edge: Edge) -> str:
        """Return the sender that a key of an edge stands for at the time of the edge's first record."""
        if self._own.told.is_told(edge.extraction_id, key):
            return key
        return self._resolved(key, self._device_of[edge.extraction_id], edge.first_at)

    def announcer(self, key: str, edge: Edge) -> str:
        """Return the sender of an announcement, of which a key of the edge stands for the one that spoke.

        When a handset changed its number is known to some hours at best; what names the new one came from the one
        before.
        """
        sender = self.resolve(key, edge)
        device_id = self._device_of[edge.extraction_id]
        if sender == named_sender(device_id, "") and key.startswith(NAME_PREFIX):
            # who told it is not known, but two who told two things are not one
            return named_sender(*saved_name(device_id, key))
        if sender != edge.other or not AnnouncedFrom(edge.role).is_from_old:
            return sender
        is_own = key.startswith(OWN_PREFIX) or key in self._own.numbers(device_id)
        return (self._own.before(device_id, sender) if is_own else None) or sender

    def every(self, key: str, edge: Edge) -> set[str]:
        """Return all senders that the key stands for in the time of the edge."""
        if self._own.told.is_told(edge.extraction_id, key):
            return {key}
        device_id = self._device_of[edge.extraction_id]
        shown = device_id, key
        if shown not in self._steady:
            self._steady[shown] = {self._resolved(key, device_id, None)} if self._is_steady(*shown) else None
        return self._steady[shown] or {
            self._resolved(key, device_id, instant) for instant in (edge.first_at, edge.last_at)
        }

    def _is_steady(self, device_id: str, key: str) -> bool:
        """Whether a key on a device stands for one sender at all times."""
        if self._own.has_changed(device_id):
            return False
        is_own = key.startswith(OWN_PREFIX) and not self._own.has_changed(holder_of(device_id, sim_in(key)))
        return is_own or self._is_itself(key)

    def flare_sender(self, flare: Flare) -> str:
        """Return the sender of a flare."""
        device_id = self._device_of[flare.extraction_id]
        if flare.sim is not None:
            return self._own_at(holder_of(device_id, flare.sim), flare.started_at)
        if flare.direction == "sent" and flare.sender and self._own.told.is_told(flare.extraction_id, flare.sender):
            return flare.sender
        if flare.direction == "sent" and (flare.sender is None or self._own.has_changed(device_id)):
            return self._own_at(device_id, flare.started_at)
        shown = (device_id, flare.sender or "")
        if self._saved.is_shown(shown):
            return self._saved.at(shown, flare.started_at) or named_sender(*shown)
        if flare.sender and device_id not in self._own.changed and self._is_itself(flare.sender):
            return flare.sender
        return self._resolved(flare.sender or UNKNOWN_NUMBER, device_id, flare.started_at)

    def evidenced(self, edges: Iterable[Edge], *, by_other: bool) -> tuple[Evidenced, ...]:
        """Return the edges with their devices and senders; those without a known extraction are left out."""
        found = []
        device_of, changed = self._device_of, self._own.changed
        for edge in edges:
            device_id = device_of.get(edge.extraction_id)
            if device_id is None:
                continue
            key = edge.other if by_other else edge.key
            if device_id not in changed and self._is_itself(key):
                found.append(Evidenced(edge, device_id, key))
            else:
                found += [
                    Evidenced(part, device_id, self.resolve(key, part) if key else "") for part in self._parts(edge)
                ]
        return tuple(found)

    def _resolved(self, key: str, device_id: str, instant: str | None) -> str:
        shown = device_id, key
        if shown not in self._holders:
            self._holders[shown] = self._holder(*shown)
        if (holder := self._holders[shown]) is not None:
            return self._own_at(holder, instant)
        if key.startswith(NAME_PREFIX):
            saved = saved_name(device_id, key)
            is_either = saved[1].startswith(WITH_PREFIX)
            return self._saved.at(saved, instant) or named_sender(device_id, "" if is_either else saved[1])
        if key == UNKNOWN_NUMBER:
            return named_sender(device_id, "")
        return self._accounts.number_at(key, instant) or key

    def _holder(self, device_id: str, key: str) -> str | None:
        """Return the handset or SIM whose number at a time a key on a device stands for. None: it is no own one."""
        if key.startswith(OWN_PREFIX):
            return holder_of(device_id, sim_in(key))
        is_own = self._own.has_changed(device_id) and key in self._own.numbers(device_id)
        return device_id if is_own else None

    def _is_itself(self, key: str) -> bool:
        return is_plain(key) and key not in self._ids

    def _own_at(self, holder: str, instant: str | None) -> str:
        return self._own.at(holder, instant) or own_key(holder)

    def _parts(self, edge: Edge) -> Iterator[Edge]:
        """Yield the edge; of a handset that changed its SIM meanwhile, one part for each number."""
        device_id = self._device_of[edge.extraction_id]
        if (ended := self._accounts.cut_of(edge.key)) and edge.first_at is not None and edge.last_at is not None:
            is_within = to_seconds(edge.first_at) < ended[0] <= to_seconds(edge.last_at)
            yield from cut_edge(edge, ended, ()) if is_within else (edge,)
            return
        is_told = self._own.told.is_told(edge.extraction_id, edge.key)
        if edge.role not in SENT_ADVERT_ROLES or is_told or not self._own.has_changed(device_id):
            yield edge
            return
        if edge.first_at is None or edge.last_at is None:
            yield edge
            return
        first, last = to_seconds(edge.first_at), to_seconds(edge.last_at)
        cuts = [cut for cut in self._own.cuts(device_id) if first < cut <= last]
        if not cuts:
            yield edge
            return
        template_id = edge.other if edge.kind == "advert" else ""
        yield from cut_edge(edge, cuts, of_name(self._sent.get((device_id, template_id), ()), edge.label))


def of_name(flares: Sequence[Flare], name: str) -> Sequence[Flare]:
    """Return those of broadcasts of one wording that bear the name, or none; all where there are no such.

    Two lines of one holder may use one wording: what went out under the name of the one dates nothing of the other.
    """
    folded = fold_name(name)
    return [flare for flare in flares if fold_name(flare.line or "") == folded] or flares


def cut_edge(edge: Edge, cuts: Sequence[float], flares: Sequence[Flare]) -> Iterator[Edge]:
    """Yield the parts of a dated edge between the cuts, dated and counted by the flares of its wording.

    Its first and last record lie outside the cuts. What is in no flare is shared among the parts that have none; each
    record counts once. A part names records of its own flares; which of the edge's lie in what time is not known, so
    that parts name those where no flare tells any apart.
    """
    bounds = [float("-inf"), *cuts, float("inf")]
    held = [[flare for flare in flares if a <= to_seconds(flare.started_at) < b] for a, b in pairwise(bounds)]
    places = [place for place, found in enumerate(held) if found or place in {0, len(cuts)}]
    counts = _counts([sum(flare.message_count for flare in held[place]) for place in places], edge.count)
    for place, count in zip(places, counts, strict=True):
        is_first, is_last = place == 0, place == len(cuts)
        starts: list[str | None] = (
            [edge.first_at] if is_first else [flare.started_at for flare in held[place]] or [edge.last_at]
        )
        ends: list[str | None] = (
            [edge.last_at] if is_last else [flare.ended_at for flare in held[place]] or [edge.first_at]
        )
        yield msgspec.structs.replace(
            edge,
            first_at=min(filter(None, starts)),
            last_at=max(filter(None, ends)),
            count=count,
            record_ids=_records_of(held[place]) if any(held) else edge.record_ids,
        )


def _records_of(flares: Iterable[Flare]) -> tuple[str, ...]:
    """Return the first record of each broadcast and the last one of the last, as many as an edge names."""
    ordered = sorted(flares, key=lambda flare: (flare.started_at, flare.flare_id))
    if not ordered:
        return ()
    firsts = [flare.first_record_id for flare in ordered[: RECORDS_AN_EDGE - 1]]
    return tuple(dict.fromkeys((*firsts, ordered[-1].last_record_id)))


def _counts(broadcast: Sequence[int], count: int) -> list[int]:
    """Return how many of an edge's records each part has, one at least.

    Args:
        broadcast: Texts of flares in each part, which may be of other wordings too.
        count: Records of the edge.
    """
    left, found = count, []
    bare = sum(not texts for texts in broadcast)
    for place, texts in enumerate(broadcast):
        later = len(broadcast) - place - 1
        found.append(max(1, min(texts, left - later)) if texts else 1)
        left -= found[-1]
    takers = [place for place, texts in enumerate(broadcast) if not texts or not bare]
    each, further = divmod(max(left, 0), len(takers))
    for order, place in enumerate(takers):
        found[place] += each + (order < further)
    return found


def advert_of_broadcast(flare: Flare, number: str) -> Edge:
    """Return a broadcast as the edge that its adverts would be."""
    return Edge(
        kind=EdgeKind.ADVERT,
        key=number,
        role=Role.SENT,
        other=flare.template_id,
        extraction_id=flare.extraction_id,
        count=flare.message_count,
        first_at=flare.started_at,
        last_at=flare.ended_at,
        record_ids=(flare.first_record_id, flare.last_record_id),
        score=flare.advert_score,
    )
