"""Facts that one extraction tells roughly and another of the same device exactly: told to be one.

An exported chat, or a table cut by hand, gives hours and minutes alone, an exported chat names for numbers, and words
where a file or a deleted text was, so their digests equal no other reading's. Here such a message takes the digest of
the message that it repeats: same application, way, content (the text, else the file, else that it was deleted) and
minute (second, where it has one), and the same other side, by number or by the name that both show, or whose number is
known (``ingest.same_facts.numbers_of_names``). The k-th of equal messages repeats the k-th. What cannot be said for
sure stays a fact of its own. Times in the hour that a zone repeats in autumn are told first
(``ingest.segment_store.repeated_hours``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec
import numpy as np

from ingest.same_facts.exact_facts import Dated, exact_by_key, is_chat, messages_of
from ingest.same_facts.message_keys import contents_of, keys_of_both_hours
from ingest.same_facts.named_facts import told_by_name
from ingest.same_facts.numbers_of_names import names_of_owner, numbers_by_contacts, numbers_by_messages
from ingest.same_facts.readings import BYTES_A_NAME, BYTES_A_NUMBER, Reading, made_of, records_of
from ingest.segment_store.repeated_hours import LaterDigests, later_digests, told_an_hour_later, zone_of
from ingest.segment_store.segments import RecordSegment, SegmentStore
from parsers.minute_times import TO_THE_MINUTE, TO_THE_SECOND, is_by_the_minute
from search.linkage.devices.superseding import HeldFacts


class _Rough(msgspec.Struct, frozen=True):
    """A message that another reading may tell exactly.

    Attributes:
        keys: What it may be found by, the surest first.
    """

    ordinal: int
    keys: tuple[int, ...]
    by_the_minute: bool


class _RoughOf(msgspec.Struct, frozen=True):
    """The rough messages of one reading, and what was asked of the names' numbers for them."""

    messages: tuple[_Rough, ...]
    asked: dict[str, str | None]


class _Asked(dict[str, str | None]):
    """The numbers of names, and which of them were asked for."""

    def __init__(self, numbers: Mapping[str, str]) -> None:
        super().__init__()
        self._numbers = numbers

    def number_of(self, name: str) -> str | None:
        """Return the number of a name, if it is known."""
        number = self[name] = self._numbers.get(name)
        return number


def told_by_the_minute(store: SegmentStore, readings: Sequence[Reading]) -> list[HeldFacts]:
    """Return the facts of the extractions of one device; what is told roughly has the digest that it repeats.

    Reads records only where an extraction has such messages beside another one, those of a small one once. Memory: what
    is told roughly, and the names.

    Raises:
        SegmentDamaged: The records of one of them cannot be read.
    """
    readings = _told_later(store, sorted(readings, key=lambda reading: reading.facts.extraction_id))
    readings = told_by_name(store, readings)
    facts = [reading.facts for reading in readings]
    if len(readings) < 2 or not any(_is_rough(reading) for reading in readings):
        return facts
    chats = [is_chat(reading) for reading in readings]
    numbers = _numbers_of_names(store, readings, chats)
    rough = [_rough_of(store, reading, numbers) if _is_rough(reading) else () for reading in readings]
    wanted = np.unique(np.array([key for each in rough for message in each for key in message.keys], dtype=np.int64))
    exact = exact_by_key(store, readings, wanted) if len(wanted) else {}
    return [_told(held, place, rough[place], exact, chats) for place, held in enumerate(facts)]


def _numbers_of_names(store: SegmentStore, readings: Sequence[Reading], chats: Sequence[bool]) -> dict[str, str]:
    numbers = numbers_by_contacts(store, readings)
    names = [reading for reading, of_chat in zip(readings, chats, strict=True) if of_chat]
    others = [reading for reading, of_chat in zip(readings, chats, strict=True) if not of_chat]
    if not names or not others:
        return numbers
    # A contact has a name first, then the owner.
    numbers = names_of_owner(store, names) | numbers
    return numbers_by_messages(store, names, others, numbers) | numbers


def _is_rough(reading: Reading) -> bool:
    return bool(reading.meta.minute_count) or is_chat(reading)


def _told_later(store: SegmentStore, readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings; what stands in a repeated hour has the digest of the hour in which another states it."""
    if len(readings) < 2 or not any(reading.meta.has_repeated_hours for reading in readings):
        return list(readings)
    doubtful = [
        _later_of(store, reading) if reading.meta.has_repeated_hours else LaterDigests() for reading in readings
    ]
    told = told_an_hour_later([reading.facts.digests for reading in readings], doubtful)
    return [
        msgspec.structs.replace(reading, facts=msgspec.structs.replace(reading.facts, digests=digests))
        for reading, digests in zip(readings, told, strict=True)
    ]


def _later_of(store: SegmentStore, reading: Reading) -> LaterDigests:
    zone = zone_of(reading.meta.notices)
    if zone is None:
        return LaterDigests()
    return made_of(
        store,
        reading,
        ("later", zone),
        lambda segment: later_digests(records_of(segment), reading.facts.digests, zone),
        lambda made: BYTES_A_NUMBER * 3 * len(made.ordinals),
    )


def _rough_of(store: SegmentStore, reading: Reading, numbers: Mapping[str, str]) -> tuple[_Rough, ...]:
    """Return the messages of a reading that another may tell exactly; kept with the names' numbers as they are."""
    zone, of_chat = zone_of(reading.meta.notices), is_chat(reading)

    def make(segment: RecordSegment) -> _RoughOf:
        asked = _Asked(numbers)
        found = []
        for ordinal, message in messages_of(segment, reading):
            by_the_minute = is_by_the_minute(message.time)
            if not by_the_minute and not of_chat:
                continue
            until = TO_THE_MINUTE if by_the_minute else TO_THE_SECOND
            contents = tuple(contents_of(message, in_words=of_chat))
            if keys := tuple(keys_of_both_hours(message, until, contents, asked.number_of, zone)):
                found.append(_Rough(ordinal, keys, by_the_minute))
        return _RoughOf(tuple(found), dict(asked))

    def byte_count(made: _RoughOf) -> int:
        names = sum(BYTES_A_NAME + 4 * len(name) for name in made.asked)
        return names + sum(BYTES_A_NUMBER * (4 + len(each.keys)) for each in made.messages)

    def holds(made: _RoughOf) -> bool:
        # A contact or a message that came since may tell a name's number, or another one.
        return all(numbers.get(name) == number for name, number in made.asked.items())

    return made_of(store, reading, ("rough", zone, of_chat), make, byte_count, holds).messages


def _told(held: HeldFacts, place: int, rough: Sequence[_Rough], exact: Dated, chats: Sequence[bool]) -> HeldFacts:
    """Return the facts with each rough one under the digest that it repeats: first what no exported chat tells.

    Two chats that both have the seconds tell each other nothing.
    """
    rough = [each for each in rough if any(key in exact for key in each.keys)]
    if not rough:
        return held
    digests = held.digests.copy()
    told: set[int] = set()
    for of_chats in (False, True):
        left = [each for each in rough if each.ordinal not in told and each.by_the_minute >= of_chats]
        counts: Counter[int] = Counter()
        for each in left:
            others = {other for key in each.keys for other in exact.get(key, ())}
            counts.update(other for other in others if other != place and chats[other] is of_chats)
        if not counts:
            continue
        # A chat lies in one reading; of two readings that both hold it the digests are the same.
        best = min(counts, key=lambda other: (-counts[other], other))
        taken: set[int] = set()
        for each in left:
            dated = (it for key in each.keys if key in exact for it in exact[key].get(best, ()))
            repeated = next((it for it in dated if it[0] not in taken), None)
            if repeated is not None:
                taken.add(repeated[0])
                told.add(each.ordinal)
                digests[each.ordinal] = np.uint64(repeated[1])
    return msgspec.structs.replace(held, digests=digests) if told else held
