"""Facts that one extraction tells roughly and another of the same device exactly: told to be one.

An exported chat, or a table cut by hand, gives hours and minutes alone, an exported chat names for numbers, and words
where a file or a deleted text was, so their digests equal no other reading's. Here such a message takes the digest of
the message that it repeats: same application, way, content (the text, else the file, else that it was deleted) and
minute (second, where it has one), and the same other side, by number or by the name that both show, or that a contact
of the device has for one number alone. The k-th of equal messages repeats the k-th. What cannot be said for sure stays
a fact of its own. Times in the hour that a zone repeats in autumn are told first
(``ingest.repeated_hours``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec
import numpy as np

from ingest.fact_digests import NO_FACT, service_family
from ingest.record_meta import RecordMeta
from ingest.repeated_hours import later_digests, later_of, told_an_hour_later, zone_of
from ingest.segments import RecordSegment, SegmentStore
from parsers.contract import PartKind
from parsers.minute_times import is_by_the_minute
from parsers.phone_numbers import to_e164
from parsers.records.facts import Contact, Direction, Message, Record
from parsers.records.values import DeletedState, Party
from parsers.stored_text import with_line_feeds
from search.linkage.superseding import HeldFacts

_TO_THE_MINUTE: Final = len("2020-05-18T21:06")
_TO_THE_SECOND: Final = len("2020-05-18T21:06:19")
_GROUP_ID: Final = "@g.us"
_HANDSET: Final = service_family(None)


class Reading(msgspec.Struct, frozen=True):
    """One extraction: its facts, where its records lie, and what they say of themselves."""

    facts: HeldFacts
    meta: RecordMeta
    records_sha256: str


class _Rough(msgspec.Struct, frozen=True):
    """A message that another reading may tell exactly.

    Attributes:
        keys: What it may be found by, the surest first.
    """

    ordinal: int
    keys: tuple[int, ...]
    by_the_minute: bool


def told_by_the_minute(store: SegmentStore, readings: Sequence[Reading]) -> list[HeldFacts]:
    """Return the facts of the extractions of one device; what is told roughly has the digest that it repeats.

    Reads records only where an extraction has such messages beside another one. Memory: what is told roughly, and the
    contacts' names.

    Raises:
        SegmentDamaged: The records of one of them cannot be read.
    """
    readings = _told_later(store, sorted(readings, key=lambda reading: reading.facts.extraction_id))
    facts = [reading.facts for reading in readings]
    if len(readings) < 2 or not any(_is_rough(reading) for reading in readings):
        return facts
    numbers = _numbers_by_name(store, readings)
    rough: list[list[_Rough]] = [[] for _ in readings]
    wanted: set[int] = set()
    for place, reading in enumerate(readings):
        if not _is_rough(reading):
            continue
        zone = zone_of(reading.meta.notices)
        for ordinal, message in _messages(store, reading):
            by_the_minute = is_by_the_minute(message.time)
            if not by_the_minute and not _is_chat(reading):
                continue
            until = _TO_THE_MINUTE if by_the_minute else _TO_THE_SECOND
            contents = tuple(_contents(message, in_words=_is_chat(reading)))
            if keys := tuple(_keys_of_both_hours(message, until, contents, numbers, zone)):
                rough[place].append(_Rough(ordinal, keys, by_the_minute))
                wanted.update(keys)
    exact = [_exact(store, reading, wanted) for reading in readings]
    chats = [_is_chat(reading) for reading in readings]
    return [_told(held, rough[place], *_others(exact, chats, place)) for place, held in enumerate(facts)]


def _is_rough(reading: Reading) -> bool:
    return bool(reading.meta.minute_count) or _is_chat(reading)


def _is_chat(reading: Reading) -> bool:
    """Whether a reading is what an application exported for people to read."""
    return reading.meta.part.kind is PartKind.CHAT


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
        contents = list(_contents(message, in_words=False))
        for until in (_TO_THE_SECOND, _TO_THE_MINUTE):
            for key in _keys(message, until, contents, {}):
                if key in wanted:
                    found[key].append((ordinal, int(digests[ordinal])))
    return found


def _others(exact: Sequence[Dated], chats: Sequence[bool], place: int) -> tuple[list[Dated], list[Dated]]:
    """Return what the other readings date by the second: first those that are no exported chats."""
    others = [(is_chat, each) for other, (is_chat, each) in enumerate(zip(chats, exact, strict=True)) if other != place]
    return [each for is_chat, each in others if each and not is_chat], [
        each for is_chat, each in others if each and is_chat
    ]


def _told(held: HeldFacts, rough: Sequence[_Rough], stores: Sequence[Dated], chats: Sequence[Dated]) -> HeldFacts:
    """Return the facts with each rough one under the digest that it repeats.

    Two chats that both have the seconds tell each other nothing.
    """
    digests = held.digests.copy()
    told: set[int] = set()
    for others, by_the_minute_alone in ((stores, False), (chats, True)):
        left = [each for each in rough if each.ordinal not in told and each.by_the_minute >= by_the_minute_alone]
        if not left or not others:
            continue
        # A chat lies in one reading; of two readings that both hold it the digests are the same.
        best = max(others, key=lambda dated: sum(any(key in dated for key in each.keys) for each in left))
        taken: set[int] = set()
        for each in left:
            repeated = next((it for key in each.keys for it in best.get(key, ()) if it[0] not in taken), None)
            if repeated is not None:
                taken.add(repeated[0])
                told.add(each.ordinal)
                digests[each.ordinal] = np.uint64(repeated[1])
    return msgspec.structs.replace(held, digests=digests) if told else held


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


def _contents(message: Message, *, in_words: bool) -> Iterator[str | tuple[str, ...]]:
    """Yield what a message says, the surest first.

    Args:
        message: The message.
        in_words: Whether words stand in place of its files, and of a text that was deleted.
    """
    is_deleted = message.deleted is DeletedState.DELETED
    if message.body and not (in_words and (is_deleted or message.attachments)):
        yield with_line_feeds(message.body)
    if message.attachments:
        yield from (("file", each.name) for each in message.attachments if each.name)
        yield ("file",)
    elif is_deleted and (in_words or not message.body):
        yield ("deleted",)


def _keys_of_both_hours(
    message: Message, until: int, contents: Sequence[str | tuple[str, ...]], numbers: dict[str, str], zone: str | None
) -> Iterator[int]:
    """Yield the keys of a message, and then those that it has an hour later, where its clock shows it once more."""
    yield from _keys(message, until, contents, numbers)
    later = later_of(message.time, zone) if zone is not None else None
    if later is not None:
        yield from _keys(msgspec.structs.replace(message, time=later), until, contents, numbers)


def _keys(
    message: Message, until: int, contents: Iterable[str | tuple[str, ...]], numbers: dict[str, str]
) -> Iterator[int]:
    """Yield what stands for a message, its time cut, once for each way in which its other side is known."""
    utc = message.time.utc
    if utc is None or message.direction not in {Direction.INCOMING, Direction.OUTGOING}:
        return
    family = service_family(message.service)
    sides = list(dict.fromkeys(_sides(message, family, numbers)))
    for content in contents:
        for side in sides:
            yield hash((family, str(message.direction), utc[:until], content, *side))


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
        if message.thread:
            # One reading names the group, another all who are in it.
            yield "thread", message.thread


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
