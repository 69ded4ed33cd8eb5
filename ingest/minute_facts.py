"""Facts that one extraction dates by the minute and another of the same device by the second: told to be one.

An exported chat, or a table cut by hand, gives hours and minutes alone, so its digests equal no other reading's. Here
such a message takes the digest of the message that it repeats: same application, way, text and minute, and the same
other side, by number or by the name that both show, or that a contact of the device has for one number alone. The k-th
of equal messages repeats the k-th. What cannot be said for sure stays a fact of its own. Times in the hour that a
zone repeats in autumn are told first (``ingest.repeated_hours``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec
import numpy as np

from ingest.fact_digests import NO_FACT, is_by_the_minute, service_family
from ingest.repeated_hours import later_digests, later_of, told_an_hour_later, zone_of
from ingest.segments import RecordMeta, RecordSegment, SegmentStore
from parsers.phone_numbers import to_e164
from parsers.records.facts import Contact, Direction, Message, Record
from parsers.records.values import Party
from search.linkage.superseding import HeldFacts

_TO_THE_MINUTE: Final = len("2020-05-18T21:06")
_GROUP_ID: Final = "@g.us"
_HANDSET: Final = service_family(None)


class Reading(msgspec.Struct, frozen=True):
    """One extraction: its facts, where its records lie, and what they say of themselves."""

    facts: HeldFacts
    meta: RecordMeta
    records_sha256: str


def told_by_the_minute(store: SegmentStore, readings: Sequence[Reading]) -> list[HeldFacts]:
    """Return the facts of the extractions of one device; what is dated by the minute has the digest that it repeats.

    Reads records only where an extraction has such messages beside another one. Memory: what is dated by the minute,
    and the contacts' names.

    Raises:
        SegmentDamaged: The records of one of them cannot be read.
    """
    readings = _told_later(store, sorted(readings, key=lambda reading: reading.facts.extraction_id))
    facts = [reading.facts for reading in readings]
    if len(readings) < 2 or not any(reading.meta.minute_count for reading in readings):
        return facts
    numbers = _numbers_by_name(store, readings)
    rough: list[list[tuple[int, tuple[int, ...]]]] = [[] for _ in readings]
    wanted: set[int] = set()
    for place, reading in enumerate(readings):
        if not reading.meta.minute_count:
            continue
        zone = zone_of(reading.meta.notices)
        for ordinal, message in _messages(store, reading):
            if is_by_the_minute(message.time) and (keys := tuple(_keys_of_both_hours(message, numbers, zone))):
                rough[place].append((ordinal, keys))
                wanted.update(keys)
    exact = [_exact(store, reading, wanted) for reading in readings]
    return [_told(held, rough[place], _without(exact, place)) for place, held in enumerate(facts)]


def _told_later(store: SegmentStore, readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings; what stands in a repeated hour has the digest of the hour in which another states it."""
    if len(readings) < 2 or not any(reading.meta.has_repeated_hours for reading in readings):
        return list(readings)
    doubtful = []
    for reading in readings:
        zone = zone_of(reading.meta.notices) if reading.meta.has_repeated_hours else None
        records = _records(store, reading) if zone is not None else iter(())
        doubtful.append(later_digests(records, reading.facts.digests, zone or ""))
    told = told_an_hour_later([reading.facts.digests for reading in readings], doubtful)
    return [
        msgspec.structs.replace(reading, facts=msgspec.structs.replace(reading.facts, digests=digests))
        for reading, digests in zip(readings, told, strict=True)
    ]


Dated = dict[int, list[tuple[int, int]]]
"""By key: ordinal and digest of the messages of one extraction that are dated by the second, in order."""


def _exact(store: SegmentStore, reading: Reading, wanted: set[int]) -> Dated:
    found: Dated = defaultdict(list)
    digests = reading.facts.digests
    for ordinal, message in _messages(store, reading):
        if is_by_the_minute(message.time):
            continue
        for key in _keys(message, {}):
            if key in wanted:
                found[key].append((ordinal, int(digests[ordinal])))
    return found


def _without(exact: Sequence[Dated], place: int) -> list[Dated]:
    return [each for other, each in enumerate(exact) if other != place and each]


def _told(held: HeldFacts, rough: Sequence[tuple[int, tuple[int, ...]]], others: Sequence[Dated]) -> HeldFacts:
    """Return the facts with each rough one under the digest that it repeats in the extraction that has most of them."""
    if not rough or not others:
        return held
    # A chat lies in one reading; of two readings that both hold it the digests are the same.
    best = max(others, key=lambda dated: sum(any(key in dated for key in keys) for _, keys in rough))
    digests = held.digests.copy()
    taken: set[int] = set()
    for ordinal, keys in rough:
        repeated = next((each for key in keys for each in best.get(key, ()) if each[0] not in taken), None)
        if repeated is not None:
            taken.add(repeated[0])
            digests[ordinal] = np.uint64(repeated[1])
    return msgspec.structs.replace(held, digests=digests)


def _messages(store: SegmentStore, reading: Reading) -> Iterator[tuple[int, Message]]:
    """Yield the messages that are facts of their own, with their ordinals."""
    digests = reading.facts.digests
    for ordinal, record in _records(store, reading):
        if isinstance(record, Message) and digests[ordinal] != NO_FACT:
            yield ordinal, record


def _records(store: SegmentStore, reading: Reading) -> Iterator[tuple[int, Record]]:
    segment: RecordSegment
    with store.open_records(reading.facts.extraction_id, reading.records_sha256) as segment:
        for batch in segment.packed_batches():
            for item in batch:
                yield item.ordinal, segment.decoded(item)


def _numbers_by_name(store: SegmentStore, readings: Sequence[Reading]) -> dict[str, str]:
    """Return the number of each name that the device's contacts have for one number alone."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for reading in readings:
        if not reading.meta.kind_counts.get("contact"):
            continue
        for _, record in _records(store, reading):
            if isinstance(record, Contact) and record.name:
                stated = [number.e164 for number in record.numbers] + [to_e164(each) for each in record.handles]
                found[record.name].update(number for number in stated if number is not None)
    return {name: next(iter(numbers)) for name, numbers in found.items() if len(numbers) == 1}


def _keys_of_both_hours(message: Message, numbers: dict[str, str], zone: str | None) -> Iterator[int]:
    """Yield the keys of a message, and then those that it has an hour later, where its clock shows it once more."""
    yield from _keys(message, numbers)
    later = later_of(message.time, zone) if zone is not None else None
    if later is not None:
        yield from _keys(msgspec.structs.replace(message, time=later), numbers)


def _keys(message: Message, numbers: dict[str, str]) -> Iterator[int]:
    """Yield what stands for a message to the minute, once for each way in which its other side is known."""
    utc = message.time.utc
    if utc is None or not message.body or message.direction not in {Direction.INCOMING, Direction.OUTGOING}:
        return
    family = service_family(message.service)
    for side in dict.fromkeys(_sides(message, family, numbers)):
        yield hash((family, str(message.direction), utc[:_TO_THE_MINUTE], message.body, *side))


def _sides(message: Message, family: str, numbers: dict[str, str]) -> Iterator[tuple[str, str]]:
    others = [party for party in message.to if party.is_owner is not True]
    sender = message.from_party
    if message.direction is Direction.INCOMING:
        if sender is None or sender.is_owner:
            return
        kind = "pair" if not others and (family == _HANDSET or _is_pair(message, sender)) else "group"
        yield from ((kind, known) for known in _known_as(sender, numbers))
    elif len(others) == 1 and not _is_group(others[0].raw) and not _is_group(others[0].name):
        yield from (("pair", known) for known in _known_as(others[0], numbers))
    elif family != _HANDSET:
        # To a group: by its name, which is that of the chat in an export.
        title = others[0].name if len(others) == 1 else None if others else message.thread
        if title and not _is_group(title):
            yield "group", f"name {title}"


def _is_pair(message: Message, sender: Party) -> bool:
    """Whether a message that came in through an application stands in a conversation of two."""
    thread = message.thread
    if thread is None:
        return True
    if _is_group(thread):
        return False
    if any(party.is_owner for party in message.to):
        return True
    return thread in {sender.raw, sender.name} or (sender.e164 is not None and to_e164(thread) == sender.e164)


def _known_as(party: Party, numbers: dict[str, str]) -> Iterator[str]:
    number = party.e164 or numbers.get(party.name or "")
    if number is not None:
        yield number
    elif party.raw:
        yield f"raw {party.raw}"
    if party.name:
        yield f"name {party.name}"


def _is_group(text: str | None) -> bool:
    return text is not None and text.endswith(_GROUP_ID)
