"""Messages of a table that shows names for numbers, by the second: told to be those of a reading that has the numbers.

An officer cuts the column of numbers out and leaves the names. Beside another reading of the handset each message
counted twice. Here it takes the digest of the one that it repeats in another delivery: of the same second, way,
application and text, under the number that the device's contacts have for the name alone, or under the name that both
show.

Nothing is guessed. Only as many are paired as the other delivery lists beyond its own; and where several numbers have
the name there (two people of one name, and one text to both within a second), only where all of them are repeated.
It comes before what is told by the minute, which repeats such a table too. Exported chats are told there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import msgspec
import numpy as np

from ingest.same_facts.exact_facts import Dated, exact_by_key, is_chat, messages_of
from ingest.same_facts.message_keys import keys_of
from ingest.same_facts.near_digests import DigestCounts
from ingest.same_facts.numbers_of_names import numbers_by_contacts
from ingest.same_facts.readings import BYTES_A_NAME, BYTES_A_NUMBER, Reading, made_of
from ingest.segment_store.fact_digests import shows_name_alone
from ingest.segment_store.segments import RecordSegment, SegmentStore
from parsers.minute_times import TO_THE_SECOND, is_by_the_minute
from parsers.stored_text import as_told_alike

_Rows = dict[tuple[int, tuple[int, ...]], list[tuple[int, int]]]
"""By the digest and the keys of messages of one delivery: place of the reading, and ordinal, of each."""


def told_by_name(store: SegmentStore, readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings of one device, in the same order; what shows a name alone has the digest that it repeats.

    Reads records only where an extraction has such messages beside another delivery. Memory: those messages. The
    outcome does not depend on the order of the readings.

    Raises:
        SegmentDamaged: The records of one of them cannot be read.
    """
    told = list(readings)
    asking = [place for place, reading in enumerate(told) if reading.meta.named_count and not is_chat(reading)]
    if not asking or len({reading.facts.delivery for reading in told}) < 2:
        return told
    numbers = numbers_by_contacts(store, told)
    named: defaultdict[str, _Rows] = defaultdict(dict)
    for place in sorted(asking, key=lambda place: told[place].facts.extraction_id):
        for ordinal, keys in _named_of(store, told[place], numbers):
            facts = told[place].facts
            group = int(facts.digests[ordinal]), keys
            named[facts.delivery].setdefault(group, []).append((place, ordinal))
    wanted = np.unique(np.array([key for rows in named.values() for _, keys in rows for key in keys], dtype=np.int64))
    if not len(wanted):
        return told
    exact = exact_by_key(store, told, wanted)
    listed = {
        delivery: DigestCounts.of([each.facts.digests for each in readings if each.facts.delivery == delivery])
        for delivery in sorted({reading.facts.delivery for reading in readings})
    }
    for delivery, groups in named.items():
        for (own, keys), rows in groups.items():
            found = _repeated(readings, exact, keys, delivery, listed)
            for (place, ordinal), digest in zip(rows, _chosen(found, own, len(rows)), strict=False):
                told[place] = _with_digest(told[place], readings[place], ordinal, digest)
    return told


class _Named(msgspec.Struct, frozen=True):
    """Messages of a reading that show a name alone, what each may be found by, and the numbers of the names then."""

    messages: tuple[tuple[int, tuple[int, ...]], ...]
    numbers: dict[str, str | None]


def _named_of(
    store: SegmentStore, reading: Reading, numbers: Mapping[str, str]
) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """Return the messages of a reading that show a name alone: ordinal, and what each may be found by."""

    def make(segment: RecordSegment) -> _Named:
        asked: dict[str, str | None] = {}

        def number_of(name: str) -> str | None:
            number = asked[name] = numbers.get(name)
            return number

        found = []
        for ordinal, message in messages_of(segment, reading):
            if shows_name_alone(message) and not is_by_the_minute(message.time):
                said = (as_told_alike(message.body or ""),)
                if keys := tuple(keys_of(message, TO_THE_SECOND, said, number_of, is_rough=True)):
                    found.append((ordinal, keys))
        return _Named(tuple(found), asked)

    def byte_count(made: _Named) -> int:
        return BYTES_A_NAME * len(made.numbers) + sum(BYTES_A_NUMBER * (2 + len(keys)) for _, keys in made.messages)

    def holds(made: _Named) -> bool:
        return all(numbers.get(name) == number for name, number in made.numbers.items())

    return made_of(store, reading, "named", make, byte_count, holds).messages


def _repeated(
    readings: Sequence[Reading], exact: Dated, keys: Sequence[int], own: str, listed: Mapping[str, DigestCounts]
) -> Counter[int]:
    """Return the digests that messages of one name may repeat, and how often the delivery lists each beyond their own.

    Of several deliveries the one that lists most.
    """
    digests: defaultdict[str, set[int]] = defaultdict(set)
    for key in keys:
        for place, messages in exact.get(key, {}).items():
            delivery = readings[place].facts.delivery
            if delivery != own and not is_chat(readings[place]):
                digests[delivery].update(digest for _, digest in messages)
    found = [
        Counter({each: listed[delivery].one(each) - listed[own].one(each) for each in sorted(digests[delivery])})
        for delivery in sorted(digests)
    ]
    return max(found, key=lambda counts: sum((+counts).values()), default=Counter())


def _chosen(found: Counter[int], own: int, count: int) -> list[int]:
    """Return what each of some messages repeats, those that repeat nothing left out.

    Nothing where the other delivery has the name alone, too: that is the same already.
    """
    repeated = list((+found).elements()) if own not in found else []
    return repeated[:count] if len(set(repeated)) == 1 or len(repeated) == count else []


def _with_digest(reading: Reading, before: Reading, ordinal: int, digest: int) -> Reading:
    digests = reading.facts.digests
    if digests is before.facts.digests:
        digests = digests.copy()
    digests[ordinal] = np.uint64(digest)
    return msgspec.structs.replace(reading, facts=msgspec.structs.replace(reading.facts, digests=digests))
