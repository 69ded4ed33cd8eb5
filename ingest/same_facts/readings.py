"""The readings of one device that are compared, and what is made of the records of each."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, Protocol, TypeVar

import msgspec
import numpy as np
import numpy.typing as npt

from ingest.segment_store.made_of_files import Made, always
from ingest.segment_store.record_meta import RecordMeta
from ingest.segment_store.segments import RECORDS_A_FRAME, RecordSegment, SegmentStore
from parsers.records.facts import Call, Message, Record
from search.linkage.devices.superseding import HeldFacts

MANY_RECORDS: Final = 100_000
"""From which what is made of each record is made anew each time: it takes as much as the records themselves."""


BYTES_A_NUMBER: Final = 40
BYTES_A_NAME: Final = 160
"""What a number, and a text with its place in a table, take of memory."""


class Reading(msgspec.Struct, frozen=True):
    """One extraction: its facts, where its records lie, and what they say of themselves."""

    facts: HeldFacts
    meta: RecordMeta
    records_sha256: str


def in_order(facts: Iterable[HeldFacts]) -> list[HeldFacts]:
    """Return facts in an order that does not hang on when each came."""
    return sorted(facts, key=lambda held: held.extraction_id)


def beside_others(
    readings: Iterable[Reading], facts: Sequence[HeldFacts], count_of: Callable[[RecordMeta], int]
) -> dict[int, Reading]:
    """Return the readings that hold messages of a kind, by the places of their facts; none beside no other delivery."""
    if len({held.delivery for held in facts}) < 2:
        return {}
    by_id = {reading.facts.extraction_id: reading for reading in readings}
    found = {place: by_id[held.extraction_id] for place, held in enumerate(facts)}
    return {place: reading for place, reading in found.items() if count_of(reading.meta)}


def made_of(
    store: SegmentStore,
    reading: Reading,
    name: Hashable,
    make: Callable[[RecordSegment], Made],
    byte_count: Callable[[Made], int],
    holds: Callable[[Made], bool] = always,
) -> Made:
    """Return what is made of a reading's records; see ``made_of_records``."""
    return made_of_records(store, reading.facts.extraction_id, reading.records_sha256, name, make, byte_count, holds)


def made_of_records(
    store: SegmentStore,
    extraction_id: str,
    sha256: str,
    name: Hashable,
    make: Callable[[RecordSegment], Made],
    byte_count: Callable[[Made], int],
    holds: Callable[[Made], bool] = always,
) -> Made:
    """Return what is made of a record segment; see ``MadeOfFiles``.

    Raises:
        SegmentDamaged: It is missing or damaged.
    """

    def make_it() -> Made:
        with store.open_records(extraction_id, sha256) as segment:
            return make(segment)

    return store.made.of(store.records_place(extraction_id, sha256), name, make_it, byte_count, holds)


def records_of(segment: RecordSegment) -> Iterator[tuple[int, Record]]:
    """Yield the records with their ordinals."""
    for batch in segment.packed_batches():
        for item in batch:
            yield item.ordinal, segment.decoded(item)


def messages_and_calls(
    segment: RecordSegment, wanted: npt.NDArray[np.bool_] | None = None
) -> Iterator[tuple[int, Message | Call]]:
    """Yield messages and calls with their ordinals; of these the wanted alone, where it is said which."""
    for batch in segment.packed_batches():
        for item in batch:
            if (wanted is None or wanted[item.ordinal]) and isinstance(record := segment.decoded(item), Message | Call):
                yield item.ordinal, record


class OfWanted(Protocol):
    """What is made of the messages and calls that were asked for."""

    @property
    def asked(self) -> npt.NDArray[np.bool_]:
        """Which of all records these were; by ordinal."""


OfWantedT = TypeVar("OfWantedT", bound=OfWanted)


def made_of_wanted(
    store: SegmentStore,
    reading: Reading,
    name: Hashable,
    wanted: npt.NDArray[np.bool_],
    make: Callable[[Iterable[tuple[int, Message | Call]], npt.NDArray[np.bool_]], OfWantedT],
    byte_count: Callable[[OfWantedT], int],
) -> Iterable[OfWantedT]:
    """Return what is made of the wanted messages and calls of a reading, at least; of a large one piece by piece.

    Args:
        store: Where its records are.
        reading: The reading.
        name: Of what is made; see ``MadeOfFiles``.
        wanted: By ordinal.
        make: Makes it of messages and calls with their ordinals, and of what was asked for.
        byte_count: Says how much memory it takes. What is made of a large reading is not kept.
    """
    if reading.meta.record_count > MANY_RECORDS:
        return _pieces_of(store, reading, wanted, lambda records: make(records, wanted))
    made = made_of(
        store,
        reading,
        name,
        lambda segment: make(messages_and_calls(segment, wanted), wanted),
        byte_count,
        lambda made: not (wanted & ~made.asked).any(),
    )
    return (made,)


def _pieces_of(
    store: SegmentStore,
    reading: Reading,
    wanted: npt.NDArray[np.bool_],
    make: Callable[[Iterable[tuple[int, Message | Call]]], Made],
) -> Iterator[Made]:
    """Yield what is made of the wanted messages and calls of a reading, some at a time."""
    with store.open_records(reading.facts.extraction_id, reading.records_sha256) as segment:
        records = messages_and_calls(segment, wanted)
        while piece := list(islice(records, RECORDS_A_FRAME)):
            yield make(piece)
