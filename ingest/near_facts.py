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
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from ingest.fact_digests import NO_FACT, fact_digests_at
from ingest.minute_facts import Reading
from ingest.segments import SegmentStore
from parsers.minute_times import is_by_the_minute
from parsers.records.facts import Call, Direction, Message
from parsers.records.values import Party
from search.linkage.superseding import HeldFacts, ListedSingly

_SHIFTS: Final = (-1, 1, -2, 2)
"""Seconds; as far as two lists of one delivery may be apart (``parsers.duplicate_pairing``), the nearest first."""

_SECONDS_A_RECIPIENT: Final = 5
"""How long a handset may take to send one text to one more recipient. Chosen by reasoning, not measured."""
_LONGEST_SECONDS: Final = 1_800
_MOST_RECIPIENTS: Final = 2_000
"""How long it may take in all, and to how many a text is looked for one by one: each second and each recipient is a
digest, three million of which take four seconds."""

_TO_THE_SECOND: Final = len("2020-05-18T21:06:19")

_Digests = npt.NDArray[np.uint64]


class _Counts(msgspec.Struct, frozen=True):
    """How often each of some digests is listed."""

    values: _Digests
    counts: npt.NDArray[np.int64]

    @classmethod
    def of(cls, digests: Sequence[_Digests]) -> _Counts:
        listed = np.concatenate(digests) if digests else np.empty(0, dtype=np.uint64)
        values, counts = np.unique(listed[listed != NO_FACT], return_counts=True)
        return cls(values, counts.astype(np.int64))

    def all_of(self, values: _Digests) -> npt.NDArray[np.int64]:
        if not len(self.values):
            return np.zeros(len(values), dtype=np.int64)
        places = np.searchsorted(self.values, values).clip(max=len(self.values) - 1)
        return np.where(self.values[places] == values, self.counts[places], 0)

    def one(self, digest: int) -> int:
        place = int(np.searchsorted(self.values, np.uint64(digest)))
        return int(self.counts[place]) if place < len(self.values) and int(self.values[place]) == digest else 0

    def at_most(self, other: _Counts) -> _Counts:
        """Return the larger count of both, digest by digest."""
        values = np.union1d(self.values, other.values)
        return _Counts(values, np.maximum(self.all_of(values), other.all_of(values)))


def told_nearly(store: SegmentStore, readings: Sequence[Reading], facts: Sequence[HeldFacts]) -> list[HeldFacts]:
    """Return the facts of the extractions of one device, each that is told apart as the one that it repeats.

    Reads the records that only one delivery lists. The outcome does not depend on the order of the readings.

    Args:
        store: Where the records are.
        readings: The extractions.
        facts: Theirs, in any order.

    Raises:
        SegmentDamaged: The records of one of them cannot be read.
    """
    by_id = {reading.facts.extraction_id: reading for reading in readings}
    deliveries: defaultdict[str, list[HeldFacts]] = defaultdict(list)
    for held in sorted(facts, key=lambda held: held.extraction_id):
        # Those of one delivery were paired among themselves, and are looked at as one.
        deliveries[held.paired_within or held.extraction_id].append(held)
    if len(deliveries) < 2:
        return list(facts)
    ordered = sorted(deliveries.values(), key=lambda each: (-sum(map(_size, each)), each[0].extraction_id))
    told = _seconds_apart(store, by_id, ordered)
    return [held for each in _one_as_many(store, by_id, told) for held in each]


def _size(held: HeldFacts) -> int:
    return int(np.count_nonzero(held.digests))


def _seconds_apart(
    store: SegmentStore, readings: dict[str, Reading], deliveries: Sequence[list[HeldFacts]]
) -> list[list[HeldFacts]]:
    settled = _Counts.of(())
    told: list[list[HeldFacts]] = []
    for delivery in deliveries:
        own = _Counts.of([held.digests for held in delivery])
        left = own.values[own.counts > settled.all_of(own.values)]
        if len(settled.values) and len(left) and (settled.counts > own.all_of(settled.values)).any():
            delivery = _told_apart(store, readings, delivery, own, settled)  # noqa: PLW2901 - the same, told again
        told.append(delivery)
        settled = settled.at_most(_Counts.of([held.digests for held in delivery]))
    return told


def _told_apart(
    store: SegmentStore, readings: dict[str, Reading], delivery: list[HeldFacts], own: _Counts, settled: _Counts
) -> list[HeldFacts]:
    """Return a delivery's facts; what it alone lists has the digest of what the others list seconds before or after."""
    may_be_rough = any(reading.meta.minute_count for reading in readings.values())
    places = array("q")
    shifted = array("Q")
    for place, ordinal, record in _beyond(store, readings, delivery, settled):
        near = _shifted_digests(record, may_be_rough=may_be_rough)
        if near:
            places.extend((place, ordinal))
            shifted.extend(near)
    near_of = np.frombuffer(shifted, dtype=np.uint64).reshape(-1, len(_SHIFTS))
    # Most of what one delivery alone lists has nothing near it, which is asked of all at once.
    free = settled.all_of(near_of) - own.all_of(near_of)
    listed: Counter[int] = Counter()
    digests = [held.digests.copy() for held in delivery]
    is_told: set[int] = set()
    for nth in range(len(_SHIFTS)):
        for row in np.flatnonzero(free[:, nth] > 0).tolist():
            digest = int(near_of[row, nth])
            if row not in is_told and free[row, nth] > listed[digest]:
                listed[digest] += 1
                is_told.add(row)
                digests[places[2 * row]][places[2 * row + 1]] = np.uint64(digest)
    return [msgspec.structs.replace(held, digests=each) for held, each in zip(delivery, digests, strict=True)]


def _beyond(
    store: SegmentStore, readings: dict[str, Reading], delivery: Sequence[HeldFacts], settled: _Counts
) -> Iterator[tuple[int, int, Message | Call]]:
    """Yield place, ordinal and record of what a delivery lists more often than the others do: the last of each."""
    own = _Counts.of([held.digests for held in delivery])
    before: Counter[int] = Counter()
    for place, held in enumerate(delivery):
        known = settled.all_of(held.digests)
        is_more = own.all_of(held.digests) > known
        for ordinal, record in _records(store, readings[held.extraction_id], (held.digests != NO_FACT) & is_more):
            digest = int(held.digests[ordinal])
            before[digest] += 1
            if before[digest] > known[ordinal]:
                yield place, ordinal, record


def _records(
    store: SegmentStore, reading: Reading, wanted: npt.NDArray[np.bool_]
) -> Iterator[tuple[int, Message | Call]]:
    """Yield the wanted messages and calls with their ordinals."""
    if not wanted.any():
        return
    with store.open_records(reading.facts.extraction_id, reading.records_sha256) as segment:
        for batch in segment.packed_batches():
            for item in batch:
                if wanted[item.ordinal] and isinstance(record := segment.decoded(item), Message | Call):
                    yield item.ordinal, record


def _shifted_digests(record: Message | Call, *, may_be_rough: bool) -> tuple[int, ...]:
    """Return the digest that a record has at each of the shifts; none where its time is not known to the second.

    Args:
        record: The record.
        may_be_rough: Whether others date by the minute: what they have at a full minute is no second to go by.
    """
    if record.time.utc is None or is_by_the_minute(record.time):
        return ()
    seconds = _seconds_from(record.time.utc, _SHIFTS)
    digests = tuple(fact_digests_at(record, seconds))
    if not may_be_rough:
        return digests
    return tuple(NO_FACT if second.endswith(":00") else digest for second, digest in zip(seconds, digests, strict=True))


def _seconds_from(utc: str, shifts: Iterable[int]) -> list[str]:
    """Return the seconds (``2020-05-18T21:06:19``) that lie so many from an instant; itself beyond the calendar."""
    start = datetime.fromisoformat(utc[:_TO_THE_SECOND])
    found = []
    for shift in shifts:
        try:
            found.append((start + timedelta(seconds=shift)).isoformat())
        except OverflowError:
            found.append(utc[:_TO_THE_SECOND])
    return found


def _one_as_many(
    store: SegmentStore, readings: dict[str, Reading], deliveries: Sequence[list[HeldFacts]]
) -> list[list[HeldFacts]]:
    """Return the facts; a text to several that another delivery lists to each of them stands behind those."""
    counts = [_Counts.of([held.digests for held in delivery]) for delivery in deliveries]
    told = []
    for place, delivery in enumerate(deliveries):
        others = [each for other, each in enumerate(counts) if other != place]
        used: Counter[int] = Counter()
        found = [
            _behind(store, readings[held.extraction_id], held, counts[place], others, used)
            if readings[held.extraction_id].meta.shared_count
            else held
            for held in delivery
        ]
        told.append(found)
    return told


def _behind(
    store: SegmentStore,
    reading: Reading,
    held: HeldFacts,
    own: _Counts,
    others: Sequence[_Counts],
    used: Counter[int],
) -> HeldFacts:
    """Return the facts of one extraction; ``used`` counts the records that its delivery stands behind already."""
    in_all = np.all([each.all_of(held.digests) > 0 for each in others], axis=0)
    singly: list[ListedSingly] = []
    for ordinal, record in _records(store, reading, (held.digests != NO_FACT) & ~in_all):
        recipients = _several(record)
        if not recipients or not isinstance(record, Message):
            continue
        for other in others:
            digests = _each_of(record, recipients, other, own, used)
            if digests:
                used.update(digests)
                singly.append(ListedSingly(ordinal, digests[0]))
                break
    if not singly:
        return held
    told = held.digests.copy()
    told[np.array([each.ordinal for each in singly], dtype=np.int64)] = np.uint64(NO_FACT)
    return msgspec.structs.replace(held, digests=told, listed_singly=tuple(singly))


def _several(record: Message | Call) -> tuple[Party, ...]:
    """Return to whom a text went, where they are several."""
    if not isinstance(record, Message) or record.direction is not Direction.OUTGOING:
        return ()
    if record.time.utc is None or is_by_the_minute(record.time):
        return ()
    recipients = tuple(party for party in record.to if party.is_owner is not True)
    return recipients if 1 < len(recipients) <= _MOST_RECIPIENTS else ()


def _each_of(
    message: Message, recipients: Sequence[Party], other: _Counts, own: _Counts, used: Counter[int]
) -> list[int]:
    """Return the digests under which another delivery lists a text to each of its recipients; empty: not to each."""
    assert message.time.utc is not None
    first, last = min(_SHIFTS), max(_SHIFTS) + min(_LONGEST_SECONDS, _SECONDS_A_RECIPIENT * (len(recipients) - 1))
    seconds = _seconds_from(message.time.utc, sorted(range(first, last + 1), key=abs))
    taken: Counter[int] = Counter()
    found: list[int] = []
    for recipient in recipients:
        alone = msgspec.structs.replace(message, from_party=None, to=(recipient,))
        for digest in fact_digests_at(alone, seconds):
            if other.one(digest) > own.one(digest) + used[digest] + taken[digest]:
                taken[digest] += 1
                found.append(digest)
                break
        else:
            return []
    return found
