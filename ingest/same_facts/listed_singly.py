"""Texts to several people that another delivery of the device lists to each of them alone: these count, it does not.

Only where every one of its recipients has a record of its own that its own delivery does not list.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from ingest.same_facts.near_digests import SHIFTS, DigestCounts, Digests, seconds_from
from ingest.same_facts.readings import Reading, made_of_wanted
from ingest.segment_store.fact_digests import NO_FACT, fact_digests_at
from ingest.segment_store.segments import SegmentStore
from parsers.group_ids import is_whatsapp_group
from parsers.minute_times import is_by_the_minute
from parsers.records.facts import Call, Direction, Message
from parsers.records.values import Party
from search.linkage.devices.superseding import HeldFacts, ListedSingly

_SECONDS_A_RECIPIENT: Final = 5
"""How long a handset may take to send one text to one more recipient. Chosen by reasoning, not measured."""
_LONGEST_SECONDS: Final = 1_800
_MOST_RECIPIENTS: Final = 2_000
"""How long it may take in all, and to how many a text is looked for one by one: each second and each recipient is a
digest, three million of which take four seconds."""

_BYTES_A_PARTY: Final = 200
"""What a party, and each of the other structures of a message, takes of memory."""


class _Shared(msgspec.Struct, frozen=True):
    """Texts to several: the ordinal of each, and the digests that it would have for the first of them alone.

    Attributes:
        asked: Of which of all records this was asked; by ordinal.
        starts: Where the digests of each begin, and where the last end.
    """

    asked: npt.NDArray[np.bool_]
    ordinals: npt.NDArray[np.int64]
    messages: tuple[Message, ...]
    starts: npt.NDArray[np.int64]
    digests: Digests


def one_as_many(
    store: SegmentStore, readings: Mapping[str, Reading], deliveries: Sequence[list[HeldFacts]]
) -> list[list[HeldFacts]]:
    """Return the facts; a text to several that another delivery lists to each of them stands behind those."""
    if not any(reading.meta.shared_count for reading in readings.values()):
        return list(deliveries)
    counts = [DigestCounts.of([held.digests for held in delivery]) for delivery in deliveries]
    listing = DigestCounts.of([each.values for each in counts])
    told = []
    for place, delivery in enumerate(deliveries):
        used: Counter[int] = Counter()
        found = [
            _behind(store, readings[held.extraction_id], held, place, counts, listing, used)
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
    place: int,
    counts: Sequence[DigestCounts],
    listing: DigestCounts,
    used: Counter[int],
) -> HeldFacts:
    """Return the facts of one extraction.

    Args:
        store: Where its records are.
        reading: The extraction.
        held: Its facts.
        place: Of its delivery.
        counts: How often each delivery lists each digest.
        listing: How many deliveries list each digest.
        used: Counts the records that its delivery stands behind already.
    """
    own = counts[place]
    is_alone = (held.digests != NO_FACT) & (listing.all_of(held.digests) < len(counts))
    singly: list[ListedSingly] = []
    of_wanted = made_of_wanted(store, reading, "shared", is_alone, _shared, _bytes_of_shared) if is_alone.any() else ()
    for shared in of_wanted:
        by_others = listing.all_of(shared.digests) > (own.all_of(shared.digests) > 0)
        for row in np.flatnonzero(is_alone[shared.ordinals]).tolist():
            of_first = slice(shared.starts[row], shared.starts[row + 1])
            of_others = shared.digests[of_first][by_others[of_first]]
            if not len(of_others):
                continue
            message = shared.messages[row]
            for other in (each for at, each in enumerate(counts) if at != place and each.all_of(of_others).any()):
                digests = _each_of(message, _several(message), other, own, used)
                if digests:
                    used.update(digests)
                    singly.append(ListedSingly(int(shared.ordinals[row]), digests[0]))
                    break
    if not singly:
        return held
    told = held.digests.copy()
    told[np.array([each.ordinal for each in singly], dtype=np.int64)] = np.uint64(NO_FACT)
    return msgspec.structs.replace(held, digests=told, listed_singly=tuple(singly))


def _shared(records: Iterable[tuple[int, Message | Call]], asked: npt.NDArray[np.bool_]) -> _Shared:
    ordinals, starts, digests = array("q"), array("q", [0]), array("Q")
    messages = []
    for ordinal, record in records:
        recipients = _several(record)
        if recipients and isinstance(record, Message):
            ordinals.append(ordinal)
            messages.append(record)
            digests.extend(fact_digests_at(_alone(record, recipients[0]), _seconds_of_each(record, recipients)))
            starts.append(len(digests))
    return _Shared(
        asked,
        np.frombuffer(ordinals, dtype=np.int64),
        tuple(messages),
        np.frombuffer(starts, dtype=np.int64),
        np.frombuffer(digests, dtype=np.uint64),
    )


def _bytes_of_shared(made: _Shared) -> int:
    texts = sum(4 * len(each.body or "") + _BYTES_A_PARTY * (8 + len(each.to)) for each in made.messages)
    return made.asked.nbytes + made.ordinals.nbytes + made.starts.nbytes + made.digests.nbytes + texts


def _several(record: Message | Call) -> tuple[Party, ...]:
    """Return to whom a text went, where they are several, and no group: what goes to one is listed once."""
    if not isinstance(record, Message) or record.direction is not Direction.OUTGOING:
        return ()
    if record.time.utc is None or is_by_the_minute(record.time) or is_whatsapp_group(record.thread):
        return ()
    recipients = tuple(party for party in record.to if party.is_owner is not True)
    return recipients if 1 < len(recipients) <= _MOST_RECIPIENTS else ()


def _alone(message: Message, recipient: Party) -> Message:
    return msgspec.structs.replace(message, from_party=None, to=(recipient,))


def _seconds_of_each(message: Message, recipients: Sequence[Party]) -> list[str]:
    """Return the seconds at which a text may be listed to each of its recipients, the nearest first."""
    assert message.time.utc is not None
    first, last = min(SHIFTS), max(SHIFTS) + min(_LONGEST_SECONDS, _SECONDS_A_RECIPIENT * (len(recipients) - 1))
    return seconds_from(message.time.utc, sorted(range(first, last + 1), key=abs))


def _each_of(
    message: Message, recipients: Sequence[Party], other: DigestCounts, own: DigestCounts, used: Counter[int]
) -> list[int]:
    """Return the digests under which another delivery lists a text to each of its recipients; empty: not to each."""
    seconds = _seconds_of_each(message, recipients)
    taken: Counter[int] = Counter()
    found: list[int] = []
    for recipient in recipients:
        for digest in fact_digests_at(_alone(message, recipient), seconds):
            if other.one(digest) > own.one(digest) + used[digest] + taken[digest]:
                taken[digest] += 1
                found.append(digest)
                break
        else:
            return []
    return found
