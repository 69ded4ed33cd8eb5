"""Facts that two deliveries of one device tell a little apart: a second or two, or one text as many.

Two tools that read one handset may round the time of one message to different seconds, and one lists a text to several
people once where another lists it once for each of them. Both would count twice. Here a fact that no other delivery
lists takes the digest of the one that it repeats, at most two seconds apart and alike in everything else; and a text to
several people stands behind the records of another delivery that list it to each of them.

What one delivery lists as two stays two: a fact is paired with one that is left over in the other delivery alone, the
k-th with the k-th, those of equal times first, and a text to several only where every one of its recipients has a
record of its own that its own delivery does not list.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from ingest.same_facts.listed_singly import one_as_many
from ingest.same_facts.near_digests import SHIFTS, DigestCounts, Digests, seconds_from
from ingest.same_facts.readings import Reading, in_order, made_of_wanted
from ingest.segment_store.fact_digests import NO_FACT, fact_digests_at
from ingest.segment_store.segments import SegmentStore
from parsers.minute_times import is_by_the_minute
from parsers.records.facts import Call, Message
from search.linkage.devices.superseding import HeldFacts


class _Near(msgspec.Struct, frozen=True):
    """Records by ordinal, and the digest that each has at each of the shifts.

    Attributes:
        asked: Of which of all records this was asked; by ordinal.
        at_minutes: Where the second of a digest is ``:00``.
    """

    asked: npt.NDArray[np.bool_]
    ordinals: npt.NDArray[np.int64]
    digests: Digests
    at_minutes: npt.NDArray[np.bool_]


def told_nearly(store: SegmentStore, readings: Sequence[Reading], facts: Sequence[HeldFacts]) -> list[HeldFacts]:
    """Return the facts of the extractions of one device, each that is told apart as the one that it repeats.

    Reads the records that only one delivery lists, those of a small extraction once. The outcome does not depend on the
    order of the readings.

    Args:
        store: Where the records are.
        readings: The extractions.
        facts: Theirs, in any order.

    Raises:
        SegmentDamaged: The records of one of them cannot be read.
    """
    by_id = {reading.facts.extraction_id: reading for reading in readings}
    deliveries: defaultdict[str, list[HeldFacts]] = defaultdict(list)
    for held in in_order(facts):
        # Those of one delivery were paired among themselves, and are looked at as one.
        deliveries[held.delivery].append(held)
    if len(deliveries) < 2:
        return list(facts)
    ordered = sorted(deliveries.values(), key=lambda each: (-sum(map(_size, each)), each[0].extraction_id))
    told = _seconds_apart(store, by_id, ordered)
    return [held for each in one_as_many(store, by_id, told) for held in each]


def _size(held: HeldFacts) -> int:
    return int(np.count_nonzero(held.digests))


def _seconds_apart(
    store: SegmentStore, readings: dict[str, Reading], deliveries: Sequence[list[HeldFacts]]
) -> list[list[HeldFacts]]:
    """Return the facts; what one delivery alone lists has the digest of what those before it list seconds from it.

    What can be told so is found over all of them at once: only of digests that such a record may take, or has, is it
    counted delivery by delivery how often they are listed.
    """
    near = _candidates(store, readings, deliveries)
    if not near:
        return list(deliveries)
    concerned = np.unique(np.concatenate([each for it in near.values() for each in (it.own, it.near.ravel())]))
    settled: dict[int, int] = {}
    told: list[list[HeldFacts]] = []
    for place, delivery in enumerate(deliveries):
        own = _listed(delivery, concerned)
        if place in near:
            delivery = _told_apart(delivery, near[place], own, settled)  # noqa: PLW2901 - the same, told again
        told.append(delivery)
        for digest, count in _listed(delivery, concerned).items():
            settled[digest] = max(count, settled.get(digest, 0))
    return told


class _Candidates(msgspec.Struct, frozen=True):
    """Records of one delivery that others may list seconds before or after: place, ordinal, digest, digests near."""

    places: npt.NDArray[np.int64]
    ordinals: npt.NDArray[np.int64]
    own: Digests
    near: Digests


def _candidates(
    store: SegmentStore, readings: dict[str, Reading], deliveries: Sequence[list[HeldFacts]]
) -> dict[int, _Candidates]:
    """Return, by the delivery's place, the records that have a digest near that any delivery lists.

    None of the first: it lists most, and what it says is what the others repeat.
    """
    may_be_rough = any(reading.meta.minute_count for reading in readings.values())
    all_listed = DigestCounts.of([held.digests for delivery in deliveries for held in delivery])
    first = DigestCounts.of([held.digests for held in deliveries[0]])
    found: dict[int, _Candidates] = {}
    for number, delivery in enumerate(deliveries[1:], start=1):
        own = DigestCounts.of([held.digests for held in delivery])
        pieces = []
        for place, held in enumerate(delivery):
            # What the first lists as often is nothing that this one alone does, whatever the others list.
            is_more = (held.digests != NO_FACT) & (own.all_of(held.digests) > first.all_of(held.digests))
            if not is_more.any():
                continue
            for near in made_of_wanted(store, readings[held.extraction_id], "near", is_more, _near, _bytes_of_near):
                digests = np.where(near.at_minutes, np.uint64(NO_FACT), near.digests) if may_be_rough else near.digests
                is_near = (all_listed.all_of(digests.ravel()) > 0).reshape(digests.shape).any(axis=1)
                ordinals = near.ordinals[rows := np.flatnonzero(is_near & is_more[near.ordinals])]
                pieces.append((np.full(len(rows), place), ordinals, held.digests[ordinals], digests[rows]))
        if any(len(ordinals) for _, ordinals, _, _ in pieces):
            found[number] = _Candidates(*(np.concatenate(each) for each in zip(*pieces, strict=True)))
    return found


def _listed(delivery: Sequence[HeldFacts], concerned: Digests) -> Counter[int]:
    """Count how often a delivery lists each of the digests, which rise."""
    listed: Counter[int] = Counter()
    for held in delivery:
        places = np.searchsorted(concerned, held.digests).clip(max=len(concerned) - 1)
        listed.update(held.digests[(concerned[places] == held.digests) & (held.digests != NO_FACT)].tolist())
    return listed


def _told_apart(
    delivery: list[HeldFacts], candidates: _Candidates, own: Mapping[int, int], settled: Mapping[int, int]
) -> list[HeldFacts]:
    """Return a delivery's facts; what it alone lists has the digest of what the others list seconds before or after."""
    which = _which_of_its_digest(delivery, candidates)
    # Of what is listed more often than by the others, the last of each.
    rows = [row for row, digest in enumerate(candidates.own.tolist()) if which[row] > settled.get(digest, 0)]
    near_of = candidates.near.tolist()
    listed: Counter[int] = Counter()
    is_told: set[int] = set()
    digests: dict[int, Digests] = {}
    for nth in range(len(SHIFTS)):
        for row in rows:
            digest = near_of[row][nth]
            if row not in is_told and settled.get(digest, 0) - own.get(digest, 0) > listed[digest]:
                listed[digest] += 1
                is_told.add(row)
                place = int(candidates.places[row])
                if place not in digests:
                    digests[place] = delivery[place].digests.copy()
                digests[place][candidates.ordinals[row]] = np.uint64(digest)
    return [
        msgspec.structs.replace(held, digests=digests[place]) if place in digests else held
        for place, held in enumerate(delivery)
    ]


def _which_of_its_digest(delivery: Sequence[HeldFacts], candidates: _Candidates) -> list[int]:
    """Return which of its delivery's records with the same digest each candidate is, from 1."""
    wanted = np.unique(candidates.own)
    before: Counter[int] = Counter()
    which: dict[tuple[int, int], int] = {}
    for place, held in enumerate(delivery):
        places = np.searchsorted(wanted, held.digests).clip(max=len(wanted) - 1)
        for ordinal in np.flatnonzero(wanted[places] == held.digests).tolist():
            digest = int(held.digests[ordinal])
            before[digest] += 1
            which[place, ordinal] = before[digest]
    return [which[each] for each in zip(candidates.places.tolist(), candidates.ordinals.tolist(), strict=True)]


def _near(records: Iterable[tuple[int, Message | Call]], asked: npt.NDArray[np.bool_]) -> _Near:
    ordinals, digests, at_minutes = array("q"), array("Q"), bytearray()
    for ordinal, record in records:
        if record.time.utc is None or is_by_the_minute(record.time):
            continue
        seconds = seconds_from(record.time.utc, SHIFTS)
        ordinals.append(ordinal)
        digests.extend(fact_digests_at(record, seconds))
        at_minutes.extend(second.endswith(":00") for second in seconds)
    shape = (-1, len(SHIFTS))
    return _Near(
        asked,
        np.frombuffer(ordinals, dtype=np.int64),
        np.frombuffer(digests, dtype=np.uint64).reshape(shape),
        np.frombuffer(at_minutes, dtype=np.bool_).reshape(shape),
    )


def _bytes_of_near(made: _Near) -> int:
    return made.asked.nbytes + made.ordinals.nbytes + made.digests.nbytes + made.at_minutes.nbytes
