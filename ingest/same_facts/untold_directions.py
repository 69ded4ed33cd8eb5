"""Messages and calls of which one delivery of a device does not know the direction, and another does: told to be one.

A bundle that does not say whose handset it is of gives a message's sender and recipients, and no direction; another
tool gives the same message as come in or gone out. Both counted. Here a message without a direction takes the digest
of the one that it repeats in another delivery: come in from the same sender, or gone out to the same recipients, and
alike in second, application and text. A call does so with one that came in, was missed or went out, alike in length;
its one side may have called or been called, where nothing says which.

Nothing is guessed. Where both ways are found, or more such messages would take a digest than the other delivery lists
beyond its own, each stays a fact of its own. Facts of one delivery were paired among themselves and are not looked at.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from ingest.same_facts.near_digests import DigestCounts, Digests
from ingest.same_facts.readings import Reading, beside_others, in_order, made_of, records_of
from ingest.segment_store.fact_digests import NO_FACT, fact_digest, is_untold
from ingest.segment_store.segments import RecordSegment, SegmentStore
from parsers.records.facts import Call, CallType, Direction, Message
from search.linkage.devices.superseding import HeldFacts

_WAYS: Final = 3


class _Untold(msgspec.Struct, frozen=True):
    """The messages and calls of a reading without a direction: their ordinals, and a row of digests each.

    The first is that of it come in, the second that of it gone out, the third that of a missed call; ``NO_FACT`` where
    that side is not known.
    """

    ordinals: npt.NDArray[np.int64]
    digests: Digests


def told_by_direction(store: SegmentStore, readings: Sequence[Reading], facts: Sequence[HeldFacts]) -> list[HeldFacts]:
    """Return the facts of the extractions of one device; what lacks its direction has the digest that it repeats.

    Reads the records of those extractions alone that hold such messages, once, and only where another delivery is
    beside them. Memory: two digests for each such message. The outcome does not depend on the order of the readings.

    Args:
        store: Where the records are.
        readings: The extractions.
        facts: Theirs, in any order.

    Raises:
        SegmentDamaged: The records of one of them cannot be read.
    """
    told = in_order(facts)
    lacking = beside_others(readings, told, lambda meta: meta.untold_count)
    if not lacking:
        return told
    listed = {
        delivery: DigestCounts.of([held.digests for held in told if held.delivery == delivery])
        for delivery in sorted({held.delivery for held in told})
    }
    for place, reading in lacking.items():
        untold, own = _untold_of(store, reading), told[place].delivery
        for delivery, others in listed.items():
            if delivery != own:
                told[place] = _told(told[place], untold, listed[own], others)
    return told


def _told(held: HeldFacts, untold: _Untold, own: DigestCounts, others: DigestCounts) -> HeldFacts:
    """Return the facts of an extraction with the digests of the messages that it repeats of one other delivery."""
    left = (others.all_of(untold.digests.ravel()) - own.all_of(untold.digests.ravel())).reshape(-1, _WAYS)
    # What both list without a direction, or an earlier step told, is the same message already.
    is_alone = others.all_of(held.digests[untold.ordinals]) == 0
    asked = Counter(untold.digests[is_alone].ravel().tolist())
    digests = held.digests.copy()
    for row in np.flatnonzero(is_alone & ((left > 0).sum(axis=1) == 1)).tolist():
        way = int(np.argmax(left[row] > 0))
        digest = int(untold.digests[row, way])
        if asked[digest] <= left[row, way]:
            digests[untold.ordinals[row]] = np.uint64(digest)
    return msgspec.structs.replace(held, digests=digests)


def _untold_of(store: SegmentStore, reading: Reading) -> _Untold:
    return made_of(store, reading, "untold", _untold, lambda made: made.ordinals.nbytes + made.digests.nbytes)


def _untold(segment: RecordSegment) -> _Untold:
    ordinals, digests = array("q"), array("Q")
    for ordinal, record in records_of(segment):
        if isinstance(record, Message | Call) and is_untold(record):
            ordinals.append(ordinal)
            digests.extend(_both_ways(record) if isinstance(record, Message) else _ways_of_call(record))
    found = np.frombuffer(digests, dtype=np.uint64).reshape(-1, _WAYS)
    return _Untold(np.frombuffer(ordinals, dtype=np.int64), found)


def _both_ways(message: Message) -> tuple[int, int, int]:
    """Return the digests of a message as it would be had it come in, and had it gone out."""
    come_in = msgspec.structs.replace(message, direction=Direction.INCOMING)
    gone_out = msgspec.structs.replace(message, direction=Direction.OUTGOING, from_party=None)
    return (
        fact_digest(come_in) if _is_known(message, is_sender=True) else NO_FACT,
        fact_digest(gone_out) if _is_known(message, is_sender=False) else NO_FACT,
        NO_FACT,
    )


def _ways_of_call(call: Call) -> tuple[int, int, int]:
    """Return the digests of a call as it would be had it come in, gone out and been missed."""
    caller = call.from_party
    if caller is None and len(call.to) == 1:
        (caller,) = call.to
    came_in = msgspec.structs.replace(call, from_party=caller, to=(), call_type=CallType.INCOMING)
    missed = msgspec.structs.replace(came_in, call_type=CallType.MISSED)
    went_out = msgspec.structs.replace(call, from_party=None, call_type=CallType.OUTGOING)
    has_caller = caller is not None and bool(caller.raw or caller.name)
    return (
        fact_digest(came_in) if has_caller else NO_FACT,
        fact_digest(went_out) if _is_known(call, is_sender=False) else NO_FACT,
        fact_digest(missed) if has_caller else NO_FACT,
    )


def _is_known(record: Message | Call, *, is_sender: bool) -> bool:
    parties = (record.from_party,) if is_sender else record.to
    return bool(parties) and all(party is not None and (party.raw or party.name) for party in parties)
