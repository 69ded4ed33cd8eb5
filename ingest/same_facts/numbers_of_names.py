"""Which number a name stands for, told by the readings of one device: by its contacts, else by the messages themselves.

An exported chat shows names for numbers, and a database of the same device numbers. Where no contact has both, a name
has the number whose messages it repeats: several of them stand in another reading in the same minute, the same way and
with the same text under that number and no other. What two numbers wrote in one minute speaks for neither, so a text
that went to a whole list tells nothing of whom it went to.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from ingest.same_facts.message_keys import contents_of, is_group
from ingest.same_facts.readings import BYTES_A_NAME, BYTES_A_NUMBER, Reading, made_of, messages_and_calls, records_of
from ingest.segment_store.fact_digests import service_family
from ingest.segment_store.segments import RecordSegment, SegmentStore
from parsers.minute_times import TO_THE_MINUTE
from parsers.phone_numbers import to_e164
from parsers.records.facts import Contact, Direction, Message
from parsers.records.values import Party

_ENOUGH: Final = 3
_TIMES_ANY_OTHER: Final = 10
"""How many messages say whose number a name has, and how many times those of any other number.

One text in one minute may be chance ("ok"); three are not. A name that two people have is told for neither.
"""


class _Numbered(msgspec.Struct, frozen=True):
    """Messages by what was said in which minute, and the digits of the number of the other side; a row each."""

    keys: npt.NDArray[np.int64]
    numbers: npt.NDArray[np.int64]


def numbers_by_contacts(store: SegmentStore, readings: Sequence[Reading]) -> dict[str, str]:
    """Return the number of each name that the device's contacts have for one number alone.

    Raises:
        SegmentDamaged: The records of one of them cannot be read.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    for reading in readings:
        if reading.meta.kind_counts.get("contact"):
            for name, numbers in made_of(store, reading, "names", _numbers_of_contacts, _bytes_of_contacts).items():
                found[name].update(numbers)
    return {name: next(iter(numbers)) for name, numbers in found.items() if len(numbers) == 1}


def numbers_by_messages(
    store: SegmentStore, chats: Sequence[Reading], others: Sequence[Reading], known: Container[str]
) -> dict[str, str]:
    """Return the number of each name of exported chats whose messages other readings have under one number.

    Args:
        store: Where their records are.
        chats: The exported chats.
        others: What has numbers.
        known: Names of which it is not asked.

    Raises:
        SegmentDamaged: The records of one of them cannot be read.
    """
    said: defaultdict[str, set[int]] = defaultdict(set)
    for chat in chats:
        for name, keys in made_of(store, chat, "said", _said_by_name, _bytes_of_said).items():
            if name not in known:
                said[name].update(keys)
    said = defaultdict(set, {name: keys for name, keys in said.items() if len(keys) >= _ENOUGH})
    if not said:
        return {}
    wanted = np.unique(np.fromiter((key for keys in said.values() for key in keys), dtype=np.int64))
    numbers: defaultdict[int, set[int]] = defaultdict(set)
    for reading in others:
        made = made_of(store, reading, "numbered", _numbered_of, lambda made: 2 * made.keys.nbytes)
        is_wanted = np.isin(made.keys, wanted)
        for key, number in zip(made.keys[is_wanted].tolist(), made.numbers[is_wanted].tolist(), strict=True):
            numbers[key].add(number)
    told = {name: _number_of(keys, numbers) for name, keys in said.items()}
    return {name: f"+{number}" for name, number in sorted(told.items()) if number is not None}


def _number_of(keys: Iterable[int], numbers: Mapping[int, set[int]]) -> int | None:
    votes = Counter(next(iter(found)) for key in keys if len(found := numbers.get(key, set())) == 1)
    ranked = votes.most_common(2)
    if not ranked or ranked[0][1] < _ENOUGH:
        return None
    if len(ranked) > 1 and ranked[0][1] < _TIMES_ANY_OTHER * ranked[1][1]:
        return None
    return ranked[0][0]


def _said_by_name(segment: RecordSegment) -> dict[str, set[int]]:
    """Return what was said in a chat under each name that stands for a number."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for other, key in _said(segment, in_words=True):
        if other.name and other.e164 is None:
            found[other.name].add(key)
    return dict(found)


def _numbered_of(segment: RecordSegment) -> _Numbered:
    keys, numbers = array("q"), array("q")
    for other, key in _said(segment, in_words=False):
        if other.e164 is not None:
            keys.append(key)
            numbers.append(int(other.e164.removeprefix("+")))
    return _Numbered(np.frombuffer(keys, dtype=np.int64), np.frombuffer(numbers, dtype=np.int64))


def _said(segment: RecordSegment, *, in_words: bool) -> Iterator[tuple[Party, int]]:
    """Yield the other side of each text, and what stands for the text in its minute."""
    for _, record in messages_and_calls(segment):
        if isinstance(record, Message) and (other := _other_side(record)) is not None:
            text = next(contents_of(record, in_words=in_words), None)
            if record.time.utc is not None and isinstance(text, str):
                minute = record.time.utc[:TO_THE_MINUTE]
                yield other, hash((service_family(record.service), str(record.direction), minute, text))


def _other_side(message: Message) -> Party | None:
    """Return who wrote what came in, or the one to whom a message went out; None: a group, or nobody known."""
    if message.direction is Direction.INCOMING:
        sender = message.from_party
        return sender if sender is not None and not sender.is_owner else None
    others = [party for party in message.to if party.is_owner is not True]
    if message.direction is not Direction.OUTGOING or len(others) != 1:
        return None
    return None if is_group(others[0].raw) or is_group(others[0].name) else others[0]


def _bytes_of_said(made: dict[str, set[int]]) -> int:
    return sum(BYTES_A_NAME + 4 * len(name) + 2 * BYTES_A_NUMBER * len(keys) for name, keys in made.items())


def _numbers_of_contacts(segment: RecordSegment) -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for _, record in records_of(segment):
        if isinstance(record, Contact) and record.name:
            stated = [number.e164 for number in record.numbers] + [to_e164(each) for each in record.handles]
            found[record.name].update(number for number in stated if number is not None)
    return dict(found)


def _bytes_of_contacts(made: dict[str, set[str]]) -> int:
    return sum(BYTES_A_NAME * (1 + len(numbers)) + 4 * len(name) for name, numbers in made.items())
