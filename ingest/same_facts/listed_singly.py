"""Texts to several people that another delivery of the device lists to each of them alone: one of both counts.

Where every one of its recipients has a record of its own that its own delivery does not list, these count: they tell
when it went to each. Where only some have (a chat of one of them, a reading that lost rows), it counts and they do not.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
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
from search.linkage.devices.superseding import HeldFacts, ListedOtherwise

_SECONDS_A_RECIPIENT: Final = 5
"""How long a handset may take to send one text to one more recipient. Chosen by reasoning, not measured."""
_LONGEST_SECONDS: Final = 1_800
_MOST_RECIPIENTS: Final = 2_000
"""How long it may take in all, and to how many a text is looked for one by one: each second and each recipient is a
digest, three million of which take four seconds."""

_ALL_LOOKED_FOR: Final = 16
_LOOKED_FOR: Final = 4
"""Recipients that are looked for first where a text went to more than the former: of one that nobody else lists singly,
all would take too long. A reading that lost every other row lists none of four in one of 16."""

_FIRST_LOOKED_FOR: Final = 8
_NEAR_SECONDS: Final = 120
_RIGHT_THEN: Final = 10

_BYTES_A_PARTY: Final = 200
"""What a party, and each of the other structures of a message, takes of memory."""


class _Shared(msgspec.Struct, frozen=True):
    """Texts to several: the ordinal of each, and the digests that it would have for some of them alone.

    Attributes:
        asked: Of which of all records this was asked; by ordinal.
        starts: Where the digests of each begin, and where the last end.
    """

    asked: npt.NDArray[np.bool_]
    ordinals: npt.NDArray[np.int64]
    messages: tuple[Message, ...]
    starts: npt.NDArray[np.int64]
    digests: Digests


class _Kept(msgspec.Struct, frozen=True):
    """A text to several that counts, where others list it singly: which record, and under which digest."""

    ordinal: int
    digest: int


class _Behind(msgspec.Struct, frozen=True):
    """What stands behind the texts to several: records of other deliveries that list them to one recipient each.

    Attributes:
        listed: By the place of the delivery and the digest of the record, the digests of the texts that count for it.
        kept: How many equal texts, by place of the other delivery and digest, have their records behind them.
        standing: Records that count for a text of another delivery, by the place of theirs and digest.
    """

    listed: defaultdict[int, defaultdict[int, list[int]]]
    kept: Counter[tuple[int, int]]
    standing: set[tuple[int, int]]

    def count(self, place: int, digest: int) -> int:
        """Return how many records of one digest stand behind a text already in one delivery."""
        return len(self.listed[place][digest]) if place in self.listed and digest in self.listed[place] else 0

    def put(self, place: int, digest: int, singly: Iterable[int]) -> None:
        """Put records of the delivery at a place behind a text."""
        for each in singly:
            self.listed[place][each].append(digest)


def one_as_many(
    store: SegmentStore, readings: Mapping[str, Reading], deliveries: Sequence[list[HeldFacts]]
) -> list[list[HeldFacts]]:
    """Return the facts; of a text to several and what another delivery lists to one of them each, one counts."""
    if not any(reading.meta.shared_count for reading in readings.values()):
        return list(deliveries)
    counts = [DigestCounts.of([held.digests for held in delivery]) for delivery in deliveries]
    listing = DigestCounts.of([each.values for each in counts])
    behind = _Behind(defaultdict(lambda: defaultdict(list)), Counter(), set())
    told = []
    for place, delivery in enumerate(deliveries):
        used: Counter[int] = Counter()
        nth: Counter[int] = Counter()
        found = []
        for held in delivery:
            reading = readings[held.extraction_id]
            if reading.meta.shared_count:
                listed = _Listings(place, counts, listing, used, nth, behind)
                held = _behind_others(store, reading, held, listed)  # noqa: PLW2901 - the same, told again
            found.append(held)
        told.append(found)
    return [_behind_kept(delivery, behind.listed.get(place, {})) for place, delivery in enumerate(told)]


class _Listings(msgspec.Struct, frozen=True):
    """What the deliveries of a device list, while the texts of one of them are looked at.

    Attributes:
        place: Of its delivery.
        counts: How often each delivery lists each digest.
        listing: How many deliveries list each digest.
        used: Counts the records that its delivery stands behind already.
        nth: Counts its texts to several that count, by digest.
        behind: What stands behind texts to several.
    """

    place: int
    counts: Sequence[DigestCounts]
    listing: DigestCounts
    used: Counter[int]
    nth: Counter[int]
    behind: _Behind

    @property
    def own(self) -> DigestCounts:
        """What the delivery itself lists."""
        return self.counts[self.place]

    def others_with(self, digests: Digests) -> list[int]:
        """Return the places of the other deliveries that list one of these."""
        return [at for at, each in enumerate(self.counts) if at != self.place and each.all_of(digests).any()]


def _behind_others(store: SegmentStore, reading: Reading, held: HeldFacts, listed: _Listings) -> HeldFacts:
    """Return the facts of one extraction, its texts to several behind what others list to each; notes the rest."""
    is_alone = (held.digests != NO_FACT) & (listed.listing.all_of(held.digests) < len(listed.counts))
    otherwise: list[ListedOtherwise] = []
    of_wanted = made_of_wanted(store, reading, "shared", is_alone, _shared, _bytes_of_shared) if is_alone.any() else ()
    for shared in of_wanted:
        by_others = listed.listing.all_of(shared.digests) > (listed.own.all_of(shared.digests) > 0)
        for row in np.flatnonzero(is_alone[shared.ordinals]).tolist():
            of_some = slice(shared.starts[row], shared.starts[row + 1])
            of_others = shared.digests[of_some][by_others[of_some]]
            if not len(of_others):
                continue
            ordinal = int(shared.ordinals[row])
            kept = _Kept(ordinal, int(held.digests[ordinal]))
            first = _first_of_each(shared.messages[row], kept, listed.others_with(of_others), listed)
            if first is not None:
                otherwise.append(ListedOtherwise(ordinal, first))
    return _standing_behind(held, otherwise)


def _first_of_each(message: Message, kept: _Kept, others: Sequence[int], listed: _Listings) -> int | None:
    """Return the first of the digests under which another delivery lists a text to each of its recipients.

    None: no other lists it to each. It counts then, and what they list to some stands behind it.
    """
    recipients = _several(message)
    found: dict[int, list[int]] = {}
    for at in others:
        digests = _of_each(message, recipients, at, listed)
        if len(digests) == len(recipients):
            listed.used.update(digests)
            listed.behind.standing.update((at, digest) for digest in digests)
            return digests[0]
        # What stands for another delivery's text counts.
        if free := [digest for digest in digests if (at, digest) not in listed.behind.standing]:
            found[at] = free
    if found:
        listed.nth[kept.digest] += 1
    for at, digests in found.items():
        # The same text of a third delivery has put them behind it already.
        if listed.nth[kept.digest] > listed.behind.kept[at, kept.digest]:
            listed.behind.kept[at, kept.digest] += 1
            listed.behind.put(at, kept.digest, digests)
    return None


def _behind_kept(delivery: Sequence[HeldFacts], listed: Mapping[int, Sequence[int]]) -> list[HeldFacts]:
    """Return the facts of one delivery, its records behind the texts to several that count for them."""
    if not listed:
        return list(delivery)
    left = {digest: list(texts) for digest, texts in listed.items()}
    wanted = np.array(sorted(left), dtype=np.uint64)
    told = []
    for held in delivery:
        otherwise = []
        for ordinal in np.flatnonzero(np.isin(held.digests, wanted)).tolist():
            texts = left[int(held.digests[ordinal])]
            if texts:
                otherwise.append(ListedOtherwise(ordinal, texts.pop(0)))
        told.append(_standing_behind(held, otherwise))
    return told


def _standing_behind(held: HeldFacts, otherwise: Sequence[ListedOtherwise]) -> HeldFacts:
    """Return the facts of one extraction with further records that stand behind those of others."""
    if not otherwise:
        return held
    told = held.digests.copy()
    told[np.array([each.ordinal for each in otherwise], dtype=np.int64)] = np.uint64(NO_FACT)
    every = sorted((*held.listed_otherwise, *otherwise), key=lambda each: each.ordinal)
    return msgspec.structs.replace(held, digests=told, listed_otherwise=tuple(every))


def _shared(records: Iterable[tuple[int, Message | Call]], asked: npt.NDArray[np.bool_]) -> _Shared:
    ordinals, starts, digests = array("q"), array("q", [0]), array("Q")
    messages = []
    for ordinal, record in records:
        recipients = _several(record)
        if recipients and isinstance(record, Message):
            ordinals.append(ordinal)
            messages.append(record)
            seconds = _seconds_of_each(record, recipients)
            step = 1 if len(recipients) <= _ALL_LOOKED_FOR else -(-len(recipients) // _LOOKED_FOR)
            for recipient in recipients[::step]:
                digests.extend(fact_digests_at(_alone(record, recipient), seconds))
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


def _of_each(message: Message, recipients: Sequence[Party], at: int, listed: _Listings) -> list[int]:
    """Return the digests under which another delivery lists a text to its recipients, of those whom it lists.

    Of one recipient alone only what was listed right then: later the text may have gone to that one anew.
    """
    seconds = _seconds_of_each(message, recipients)
    other, own = listed.counts[at], listed.own
    taken: Counter[int] = Counter()
    found: list[int] = []
    farthest = 0
    for nth, recipient in enumerate(recipients):
        if nth == _FIRST_LOOKED_FOR:
            # How long the broadcast took shows by now; of whom the other does not list, all seconds would be asked.
            seconds = seconds[: 2 * farthest + _NEAR_SECONDS]
        digests = np.fromiter(fact_digests_at(_alone(message, recipient), seconds), dtype=np.uint64)
        for place in np.flatnonzero(other.all_of(digests)).tolist():
            digest = int(digests[place])
            spent = own.one(digest) + listed.used[digest] + listed.behind.count(at, digest) + taken[digest]
            if other.one(digest) > spent:
                taken[digest] += 1
                found.append(digest)
                farthest = max(farthest, place)
                break
    return [] if len(found) == 1 and farthest > _RIGHT_THEN else found
