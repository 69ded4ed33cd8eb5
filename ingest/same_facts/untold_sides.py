"""Messages whose other side two deliveries of a device tell in ways that do not compare: told to be one.

What went out to a group one tool lists with all who are in it, by number or by name, and another with the group alone;
of what came in to a group a tool may not say who wrote it. Telegram's own export has the id of an account where other
tools have the number. Each counted twice. Here such a message takes the digest of the one that it repeats in another
delivery: the same way, application, second and text, where both went out to a group, or one of both has no sender, or
an account for the number.

Nothing is guessed. Only as many as the other delivery has besides its own are paired, the k-th with the k-th, and never
what went to two groups or accounts whose ids are known, to two numbers of people, or as a text to two lists of people.
Facts of one delivery were paired among themselves and are not looked at.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from ingest.same_facts.near_digests import DigestCounts
from ingest.same_facts.readings import Reading, in_order, made_of_wanted
from ingest.segment_store.fact_digests import NO_FACT, account_id, group_id, lacks_side, service_family
from ingest.segment_store.segments import SegmentStore
from parsers.minute_times import TO_THE_SECOND, is_by_the_minute
from parsers.records.facts import Call, Direction, Message
from parsers.service_families import HANDSET
from parsers.stored_text import as_told_alike
from search.linkage.devices.superseding import HeldFacts

_OF_ACCOUNTS: Final = "telegram"
"""Where one tool has the account's id and another the number that it was registered with."""


class _Sided(msgspec.Struct, frozen=True):
    """Messages, a row each.

    Attributes:
        asked: Of which of all records this was asked; by ordinal.
        keys: What stands for second, way, application and text.
        lacking: Whether a side is lacking.
        groups: A digest of the id of the group, or of the account on its other side; 0: none is known.
        sizes: To how many it went out; 0 to a group by its id alone, less than 0 where they were texts of the handset.
    """

    asked: npt.NDArray[np.bool_]
    ordinals: npt.NDArray[np.int64]
    keys: npt.NDArray[np.int64]
    lacking: npt.NDArray[np.bool_]
    groups: npt.NDArray[np.int64]
    sizes: npt.NDArray[np.int64]


class _Found(msgspec.Struct, frozen=True):
    """A message of a delivery: the place of its facts, its ordinal, and the rest as above."""

    place: int
    ordinal: int
    digest: int
    is_lacking: bool
    group: int
    size: int

    def may_be(self, other: _Found) -> bool:
        """Whether it may be the other one."""
        if self.group and other.group and self.group != other.group:
            return False
        is_alike = not self.size or not other.size or self.size == other.size > 0
        return is_alike and (self.is_lacking or other.is_lacking)


def told_by_side(store: SegmentStore, readings: Sequence[Reading], facts: Sequence[HeldFacts]) -> list[HeldFacts]:
    """Return the facts of the extractions of one device; what lacks a side has the digest that it repeats.

    Reads only where an extraction has such messages beside another delivery, and only what not every delivery lists.
    The outcome does not depend on the order of the readings.

    Args:
        store: Where the records are.
        readings: The extractions.
        facts: Theirs, in any order.

    Raises:
        SegmentDamaged: The records of one of them cannot be read.
    """
    told = in_order(facts)
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, held in enumerate(told):
        places[held.delivery].append(place)
    if len(places) < 2 or not any(reading.meta.sideless_count for reading in readings):
        return told
    by_id = {reading.facts.extraction_id: reading for reading in readings}
    # The fullest first: what it says is what the others repeat.
    order = sorted(places.values(), key=lambda each: (-sum(_size(told[place]) for place in each), each))
    counts = [DigestCounts.of([told[place].digests for place in each]) for each in order]
    listing = DigestCounts.of([each.values for each in counts])
    wanted, found = set[int](), []
    for each in order:
        of_delivery = [(place, _sided_of(store, by_id, told[place], listing, len(order))) for place in each]
        wanted.update(key for _, it in of_delivery for made in it for key in made.keys[made.lacking].tolist())
        found.append(of_delivery)
    standing: defaultdict[int, list[_Found]] = defaultdict(list)
    for own, of_delivery in zip(counts, found, strict=True):
        for key, messages in _by_key(told, of_delivery, wanted).items():
            _pair(told, messages, standing[key], own)
    return told


def _size(held: HeldFacts) -> int:
    return int(np.count_nonzero(held.digests))


def _sided_of(
    store: SegmentStore, readings: Mapping[str, Reading], held: HeldFacts, listing: DigestCounts, deliveries: int
) -> list[_Sided]:
    is_apart = (held.digests != NO_FACT) & (listing.all_of(held.digests) < deliveries)
    if not is_apart.any():
        return []
    reading = readings[held.extraction_id]
    return list(made_of_wanted(store, reading, "sided", is_apart, _sided, lambda made: made.asked.nbytes * 34))


def _sided(records: Iterable[tuple[int, Message | Call]], asked: npt.NDArray[np.bool_]) -> _Sided:
    ordinals, keys, lacking, groups, sizes = array("q"), array("q"), bytearray(), array("q"), array("q")
    for ordinal, record in records:
        if not isinstance(record, Message) or not record.body or record.time.utc is None:
            continue
        is_lacking = lacks_side(record)
        if is_by_the_minute(record.time) or not (is_lacking or _may_be_listed(record)):
            continue
        at, text, family = record.time.utc[:TO_THE_SECOND], as_told_alike(record.body), service_family(record.service)
        ordinals.append(ordinal)
        keys.append(hash((str(record.direction), family, at, text)))
        lacking.append(is_lacking)
        group = group_id(record) or account_id(record)
        groups.append(hash(group) if group is not None else 0)
        several = len([party for party in record.to if not party.is_owner]) if _is_to_people(record) else 0
        sizes.append(0 if record.direction is Direction.INCOMING else -several if family == HANDSET else several)
    return _Sided(
        asked,
        np.frombuffer(ordinals, dtype=np.int64),
        np.frombuffer(keys, dtype=np.int64),
        np.frombuffer(lacking, dtype=np.bool_),
        np.frombuffer(groups, dtype=np.int64),
        np.frombuffer(sizes, dtype=np.int64),
    )


def _may_be_listed(message: Message) -> bool:
    """Whether another delivery may show no side of a message that shows one, or an account for its number."""
    return message.direction is Direction.INCOMING or service_family(message.service) == _OF_ACCOUNTS


def _is_to_people(message: Message) -> bool:
    """Whether it names to whom it went: several, or one of an application that has accounts for numbers."""
    is_to_one = len(message.to) == 1 and group_id(message) is None
    return len(message.to) > 1 or (is_to_one and service_family(message.service) == _OF_ACCOUNTS)


def _by_key(
    told: Sequence[HeldFacts], of_delivery: Iterable[tuple[int, list[_Sided]]], wanted: set[int]
) -> dict[int, list[_Found]]:
    """Return the messages of a delivery by second and text, of those alone that any delivery lists without a side."""
    found: defaultdict[int, list[_Found]] = defaultdict(list)
    sought = np.fromiter(wanted, dtype=np.int64, count=len(wanted))
    for place, made in ((place, made) for place, it in of_delivery for made in it):
        digests = told[place].digests
        for row in np.flatnonzero(np.isin(made.keys, sought)).tolist():
            ordinal = int(made.ordinals[row])
            if digest := int(digests[ordinal]):
                rest = bool(made.lacking[row]), int(made.groups[row]), int(made.sizes[row])
                found[int(made.keys[row])].append(_Found(place, ordinal, digest, *rest))
    return found


def _pair(told: list[HeldFacts], messages: list[_Found], standing: list[_Found], own: DigestCounts) -> None:
    """Give the messages of a delivery the digests of those that stand, or let them stand beside them."""
    known = {each.digest for each in standing}
    left = [each for each in messages if each.digest not in known]
    others = [each for each in standing if not own.one(each.digest)]
    if left and len(left) == len(others) and all(map(_Found.may_be, left, others)):
        for each, other in zip(left, others, strict=True):
            digests = told[each.place].digests.copy()
            digests[each.ordinal] = np.uint64(other.digest)
            told[each.place] = msgspec.structs.replace(told[each.place], digests=digests)
    else:
        standing += left
