"""Messages that one delivery of a device dates by when they came, and another by when they were sent: told to be one.

A handset dates a text by its own clock when it came, and states beside it when the network took it from its sender; a
card knows that time alone, and so do tools that give it. A copy of one text counted twice. Here a message that came in
takes the digest of the one that it repeats: alike in everything but the time, and dated to the second at which the
other says that it was sent.

What one delivery lists as two stays two: a fact is paired with one that is left over in the other delivery alone, the
k-th with the k-th. Facts of one delivery were paired among themselves and are not looked at.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec
import numpy as np

from ingest.fact_digests import NO_FACT, fact_digests_at, states_sending
from ingest.readings import Reading
from ingest.segments import SegmentStore
from parsers.records.facts import Message
from search.linkage.superseding import HeldFacts

_TO_THE_SECOND: Final = len("2020-05-18T21:06:19")


def told_by_sending(store: SegmentStore, readings: Sequence[Reading], facts: Sequence[HeldFacts]) -> list[HeldFacts]:
    """Return the facts of the extractions of one device; what is dated by its sending has the digest that it repeats.

    Reads the records of those extractions alone that state such times, and only where another delivery is beside them.
    Memory: two digests for each message that states one. The outcome does not depend on the order of the readings.

    Args:
        store: Where the records are.
        readings: The extractions.
        facts: Theirs, in any order.

    Raises:
        SegmentDamaged: The records of one of them cannot be read.
    """
    by_id = {reading.facts.extraction_id: reading for reading in readings}
    told = sorted(facts, key=lambda held: held.extraction_id)
    if len({held.paired_within or held.extraction_id for held in told}) < 2:
        return told
    for place in range(len(told)):
        stating = told[place]
        if not by_id[stating.extraction_id].meta.sending_count:
            continue
        sendings = _Sendings(stating)
        for digest, at_sending in _stated(store, by_id[stating.extraction_id], stating):
            sendings.add(digest, at_sending)
        told = [held if _is_of_one(held, stating) else sendings.told(held) for held in told]
    return told


def _is_of_one(held: HeldFacts, stating: HeldFacts) -> bool:
    return (held.paired_within or held.extraction_id) == (stating.paired_within or stating.extraction_id)


def _stated(store: SegmentStore, reading: Reading, held: HeldFacts) -> Iterator[tuple[int, int]]:
    """Yield the digest of each message that states when it was sent, and the one that it would have at that second."""
    with store.open_records(reading.facts.extraction_id, reading.records_sha256) as segment:
        for batch in segment.packed_batches():
            for item in batch:
                digest = int(held.digests[item.ordinal])
                record = segment.decoded(item)
                if digest == NO_FACT or not isinstance(record, Message) or not states_sending(record):
                    continue
                sent = record.times.sent
                if sent is not None and sent.utc is not None:
                    yield digest, next(fact_digests_at(record, [sent.utc[:_TO_THE_SECOND]]))


class _Sendings:
    """The messages of one extraction by the digest that they would have, were they dated by their sending."""

    def __init__(self, stating: HeldFacts) -> None:
        self._own = Counter(stating.digests.tolist())
        self._digests_of: defaultdict[int, list[int]] = defaultdict(list)

    def add(self, digest: int, at_sending: int) -> None:
        """Take the next message."""
        self._digests_of[at_sending].append(digest)

    def told(self, held: HeldFacts) -> HeldFacts:
        """Return the facts of another delivery's extraction, with the digests of the messages that they repeat."""
        keys = np.fromiter(self._digests_of, dtype=np.uint64, count=len(self._digests_of))
        near = np.flatnonzero(np.isin(held.digests, keys)).tolist()
        if not near:
            return held
        listed = Counter(held.digests.tolist())
        digests = held.digests.copy()
        met: Counter[int] = Counter()
        for ordinal in near:
            digest = int(held.digests[ordinal])
            met[digest] += 1
            if met[digest] <= self._own[digest]:
                # The other delivery has it at this very time too.
                continue
            repeated = next((each for each in self._digests_of[digest] if self._own[each] > listed[each]), None)
            if repeated is not None:
                listed[repeated] += 1
                digests[ordinal] = np.uint64(repeated)
        return msgspec.structs.replace(held, digests=digests)
