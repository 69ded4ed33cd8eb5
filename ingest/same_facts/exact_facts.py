"""What of a device is told by the second, by the keys under which what is told roughly looks for it."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import msgspec
import numpy as np
import numpy.typing as npt

from ingest.same_facts.message_keys import contents_of, keys_of
from ingest.same_facts.readings import MANY_RECORDS, Reading, made_of, records_of
from ingest.segment_store.fact_digests import NO_FACT
from ingest.segment_store.segments import RECORDS_A_FRAME, RecordSegment, SegmentStore
from parsers.contract import PartKind
from parsers.minute_times import TO_THE_MINUTE, TO_THE_SECOND, is_by_the_minute
from parsers.records.facts import Message


class _Keyed(msgspec.Struct, frozen=True):
    """What messages that are dated by the second are found by: a key each row, and the message's ordinal."""

    keys: npt.NDArray[np.int64]
    ordinals: npt.NDArray[np.int64]


def is_chat(reading: Reading) -> bool:
    """Whether a reading is what an application exported for people to read."""
    return reading.meta.part.kind is PartKind.CHAT


def messages_of(segment: RecordSegment, reading: Reading) -> Iterator[tuple[int, Message]]:
    """Yield the messages that are facts of their own, with their ordinals."""
    digests = reading.facts.digests
    for ordinal, record in records_of(segment):
        if isinstance(record, Message) and digests[ordinal] != NO_FACT:
            yield ordinal, record


Dated = dict[int, dict[int, list[tuple[int, int]]]]
"""By key, by place of the reading: ordinal and digest of its messages that are dated by the second, in order."""


def exact_by_key(store: SegmentStore, readings: Sequence[Reading], wanted: npt.NDArray[np.int64]) -> Dated:
    """Return what is found by the wanted keys, which rise."""
    found: Dated = defaultdict(lambda: defaultdict(list))
    for place, reading in enumerate(readings):
        digests = reading.facts.digests
        for keyed in _keyed_of(store, reading):
            is_wanted = wanted[np.searchsorted(wanted, keyed.keys).clip(max=len(wanted) - 1)] == keyed.keys
            for key, ordinal in zip(keyed.keys[is_wanted].tolist(), keyed.ordinals[is_wanted].tolist(), strict=True):
                found[key][place].append((ordinal, int(digests[ordinal])))
    return found


def _keyed_of(store: SegmentStore, reading: Reading) -> Iterable[_Keyed]:
    """Return what the messages of a reading are found by, in order; of a large one piece by piece, and not kept."""
    if reading.meta.record_count > MANY_RECORDS:
        return _pieces_of(store, reading)
    return (
        made_of(
            store,
            reading,
            "keyed",
            lambda segment: _keyed(messages_of(segment, reading)),
            lambda made: 2 * made.keys.nbytes,
        ),
    )


def _pieces_of(store: SegmentStore, reading: Reading) -> Iterator[_Keyed]:
    with store.open_records(reading.facts.extraction_id, reading.records_sha256) as segment:
        messages = messages_of(segment, reading)
        while piece := list(islice(messages, RECORDS_A_FRAME)):
            yield _keyed(piece)


def _no_number(_name: str) -> None:
    """Say of any name that it has no number: what is dated exactly is found by what it states itself."""


def _keyed(messages: Iterable[tuple[int, Message]]) -> _Keyed:
    keys, ordinals = array("q"), array("q")
    for ordinal, message in messages:
        if is_by_the_minute(message.time):
            continue
        contents = list(contents_of(message, in_words=False))
        for until in (TO_THE_SECOND, TO_THE_MINUTE):
            for key in keys_of(message, until, contents, _no_number, is_rough=False):
                keys.append(key)
                ordinals.append(ordinal)
    return _Keyed(np.frombuffer(keys, dtype=np.int64), np.frombuffer(ordinals, dtype=np.int64))
