"""Messages that one delivery of a device dates by when they came, and another by when they were sent: told to be one.

A handset dates a text by its own clock when it came, and states beside it when the network took it from its sender; a
card knows that time alone, and so do tools that give it. A copy of one text counted twice. Here a message that came in
takes the digest of the one that it repeats: alike in everything but the time, and dated to the second at which the
other says that it was sent.

What one delivery lists as two stays two: a fact is paired with one that is left over in the other delivery alone, the
k-th with the k-th. Facts of one delivery were paired among themselves and are not looked at.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from ingest.same_facts.readings import Reading, beside_others, in_order, made_of, records_of
from ingest.segment_store.fact_digests import NO_FACT, fact_digests_at, states_sending
from ingest.segment_store.segments import RecordSegment, SegmentStore
from parsers.minute_times import TO_THE_SECOND
from parsers.records.facts import Message
from search.linkage.devices.superseding import HeldFacts


class _Sent(msgspec.Struct, frozen=True):
    """The messages of a reading that state when they were sent: their ordinals, and the digests of that second."""

    ordinals: npt.NDArray[np.int64]
    at_sending: npt.NDArray[np.uint64]


def told_by_sending(store: SegmentStore, readings: Sequence[Reading], facts: Sequence[HeldFacts]) -> list[HeldFacts]:
    """Return the facts of the extractions of one device; what is dated by its sending has the digest that it repeats.

    Reads the records of those extractions alone that state such times, once, and only where another delivery is beside
    them. Memory: two digests for each message that states one. The outcome does not depend on the order of the
    readings.

    Args:
        store: Where the records are.
        readings: The extractions.
        facts: Theirs, in any order.

    Raises:
        SegmentDamaged: The records of one of them cannot be read.
    """
    told = in_order(facts)
    stating = beside_others(readings, told, lambda meta: meta.sending_count)
    if not stating:
        return told
    sent_of = {place: _sent_of(store, reading) for place, reading in stating.items()}
    asked = np.unique(np.concatenate([sent.at_sending for sent in sent_of.values()]))
    # Nearly none: only these are looked at beside each extraction that states such times.
    repeating = [place for place, held in enumerate(told) if np.isin(held.digests, asked).any()]
    for place, sent in sent_of.items():
        others = [other for other in repeating if told[other].delivery != told[place].delivery]
        if others:
            sendings = _Sendings(told[place], sent)
            for other in others:
                told[other] = sendings.told(told[other])
    return told


def _sent_of(store: SegmentStore, reading: Reading) -> _Sent:
    return made_of(store, reading, "sent", _sent, lambda made: made.ordinals.nbytes + made.at_sending.nbytes)


def _sent(segment: RecordSegment) -> _Sent:
    ordinals, digests = array("q"), array("Q")
    for ordinal, record in records_of(segment):
        if isinstance(record, Message) and states_sending(record) and (sent := record.times.sent) and sent.utc:
            ordinals.append(ordinal)
            digests.append(next(fact_digests_at(record, [sent.utc[:TO_THE_SECOND]])))
    return _Sent(np.frombuffer(ordinals, dtype=np.int64), np.frombuffer(digests, dtype=np.uint64))


class _Sendings:
    """The messages of one extraction by the digest that they would have, were they dated by their sending."""

    def __init__(self, stating: HeldFacts, sent: _Sent) -> None:
        self._own = Counter(stating.digests.tolist())
        self._digests_of: defaultdict[int, list[int]] = defaultdict(list)
        for digest, at_sending in zip(stating.digests[sent.ordinals].tolist(), sent.at_sending.tolist(), strict=True):
            if digest != NO_FACT:
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
