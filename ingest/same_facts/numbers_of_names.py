"""Which number a name stands for, told by the readings of one device: by its contacts, else by the messages themselves.

An exported chat shows names for numbers, and a database of the same device numbers. Where no contact has both, a name
has the number whose messages it repeats: several of them stand in another reading in the same minute, the same way and
with the same text under that number and no other. What two numbers wrote in one minute speaks for neither, so a text
that went to a whole list tells nothing of whom it went to.

An exported group does not say who the owner is. It is the name under which another exported chat of the device has the
owner, or under which several stand of the messages that another reading has as gone out to a group.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from ingest.same_facts.message_keys import OWNER, contents_of
from ingest.same_facts.readings import BYTES_A_NAME, BYTES_A_NUMBER, Reading, made_of, messages_and_calls, records_of
from ingest.segment_store.fact_digests import service_family
from ingest.segment_store.segments import RecordSegment, SegmentStore
from parsers.group_ids import is_whatsapp_group
from parsers.minute_times import TO_THE_MINUTE
from parsers.phone_numbers import to_e164
from parsers.records.facts import Contact, Direction, Message
from parsers.records.values import Party

_ENOUGH: Final = 3
_TIMES_ANY_OTHER: Final = 10
"""How many messages say whose number a name has, and how many times those of any other number.

One text in one minute may be chance ("ok"); three are not. A name that two people have is told for neither.
"""

_OF_OWNER: Final = 0
_TO_GROUP: Final = "to a group"
"""The way of a message that went out to a group, and what stands in place of its sender's number."""


class _Numbered(msgspec.Struct, frozen=True):
    """Messages by what was said in which minute, and the digits of the number of the other side; a row each."""

    keys: npt.NDArray[np.int64]
    numbers: npt.NDArray[np.int64]


def numbers_by_contacts(store: SegmentStore, readings: Sequence[Reading]) -> dict[str, str]:
    """Return the number of each name that the device's contacts have for one number alone.

    Raises:
        SegmentDamaged: The records of one of them cannot be read.
    """
    found = numbers_of_contacts(store, readings)
    return {name: next(iter(numbers)) for name, numbers in found.items() if len(numbers) == 1}


def numbers_of_contacts(store: SegmentStore, readings: Sequence[Reading]) -> dict[str, set[str]]:
    """Return the numbers that the device's contacts have for each name.

    Raises:
        SegmentDamaged: The records of one of them cannot be read.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    for reading in readings:
        if reading.meta.kind_counts.get("contact"):
            for name, numbers in made_of(store, reading, "names", _numbers_of_contacts, _bytes_of_contacts).items():
                found[name].update(numbers)
    return dict(found)


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
    return {
        name: OWNER if number == _OF_OWNER else f"+{number}"
        for name, number in sorted(told.items())
        if number is not None
    }


def names_of_owner(store: SegmentStore, chats: Sequence[Reading]) -> dict[str, str]:
    """Return the names under which exported chats of one device have its owner, and nobody else: for each ``OWNER``.

    Raises:
        SegmentDamaged: The records of one of them cannot be read.
    """
    names: set[str] = set()
    others: set[str] = set()
    for chat in chats:
        of_owner, of_others = made_of(store, chat, "sides", _names_of_sides, _bytes_of_sides)
        names |= of_owner
        others |= of_others
    return dict.fromkeys(sorted(names - others), OWNER)


def _names_of_sides(segment: RecordSegment) -> tuple[set[str], set[str]]:
    """Return the names of the owner in a chat, and those of who is known to be another."""
    names: tuple[set[str], set[str]] = (set(), set())
    for _, record in messages_and_calls(segment):
        for party in (record.from_party, *record.to):
            if party is not None and party.name and party.e164 is None and party.is_owner is not None:
                names[not party.is_owner].add(party.name)
    return names


def _bytes_of_sides(made: tuple[set[str], set[str]]) -> int:
    return sum(BYTES_A_NAME + 4 * len(name) for names in made for name in names)


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
        if other is not None and other.name and other.e164 is None:
            found[other.name].add(key)
    return dict(found)


def _numbered_of(segment: RecordSegment) -> _Numbered:
    keys, numbers = array("q"), array("q")
    for other, key in _said(segment, in_words=False):
        if other is None or other.e164 is not None:
            keys.append(key)
            numbers.append(_OF_OWNER if other is None else int((other.e164 or "").removeprefix("+")))
    return _Numbered(np.frombuffer(keys, dtype=np.int64), np.frombuffer(numbers, dtype=np.int64))


def _said(segment: RecordSegment, *, in_words: bool) -> Iterator[tuple[Party | None, int]]:
    """Yield the other side of each text, and what stands for the text in its minute; nobody for one to a group.

    Of a text of a group whose owner is not told, the sender: as one that came in, and as one that went out.
    """
    for _, record in messages_and_calls(segment):
        if not isinstance(record, Message) or record.time.utc is None:
            continue
        text = next(contents_of(record, in_words=in_words), None)
        if isinstance(text, str):
            minute, family = record.time.utc[:TO_THE_MINUTE], service_family(record.service)
            for other, way in _sides_said(record):
                yield other, hash((family, way, minute, text))


def _sides_said(message: Message) -> Iterator[tuple[Party | None, str]]:
    """Yield who wrote what came in, or to whom a message went out, and the way; a group is told from one person."""
    sender = message.from_party
    if message.direction is Direction.INCOMING:
        if sender is not None and not sender.is_owner:
            yield sender, Direction.INCOMING.value
    elif message.direction is Direction.UNKNOWN:
        if sender is not None and not message.to:
            yield sender, Direction.INCOMING.value
            yield sender, _TO_GROUP
    elif message.direction is Direction.OUTGOING:
        others = [party for party in message.to if party.is_owner is not True]
        if is_whatsapp_group(message.thread) or any(
            is_whatsapp_group(text) for each in others for text in (each.raw, each.name)
        ):
            yield None, _TO_GROUP
        elif len(others) == 1:
            yield others[0], Direction.OUTGOING.value


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
