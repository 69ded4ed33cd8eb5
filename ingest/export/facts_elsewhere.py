"""Which records of an extraction state a fact that counts in another extraction of the same device, and under what id.

One handset that was read twice, or by two tools, lists a fact in each reading. Which of them counts is decided when
the extractions are resolved, over digests; here the decision is taken again, from the same digests, to say the ids.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Mapping
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from ingest.errors import SegmentDamaged
from ingest.journal import ExtractionRow, Journal
from ingest.resolving import ENTRY_DECODER, held_facts
from ingest.segment_store.segments import ID_BYTES, ID_PREFIX, SegmentStore
from search.linkage.devices.superseding import Standing, Superseding, decide_superseding

_NO_ORDINALS: Final = np.empty(0, dtype=np.int64)
_ID_TYPE: Final = f"S{ID_BYTES}"
_MOST_DEVICES: Final = 500
"""Devices whose decision is held: extractions come by their ids, those of one device far apart."""


class FactsElsewhere(msgspec.Struct, frozen=True):
    """The records of one extraction, and of those of its delivery, that state what another extraction counts.

    Attributes:
        ordinals: Of the extraction's own, rising.
        standing: Id of the record that stands for the fact of each, as ten bytes.
        listed: Ids of such records in all extractions of the delivery, rising; what a delivery lists twice points here.
        listed_standing: As ``standing``, for each of these.
    """

    ordinals: npt.NDArray[np.int64]
    standing: npt.NDArray[np.bytes_]
    listed: npt.NDArray[np.bytes_]
    listed_standing: npt.NDArray[np.bytes_]

    def of(self, ordinal: int, duplicate_of: str | None) -> str | None:
        """Return the id of the record that stands for a record's fact. None: it stands for itself.

        Args:
            ordinal: Of the record.
            duplicate_of: What its delivery says of it.
        """
        if duplicate_of is None:
            place = int(np.searchsorted(self.ordinals, ordinal))
            is_here = place < len(self.ordinals) and int(self.ordinals[place]) == ordinal
            return _text_of(self.standing[place]) if is_here else None
        key = np.bytes_(bytes.fromhex(duplicate_of.removeprefix(ID_PREFIX)))
        place = int(np.searchsorted(self.listed, key))
        is_here = place < len(self.listed) and self.listed[place] == key
        return _text_of(self.listed_standing[place]) if is_here else duplicate_of


_NO_IDS: Final = np.empty(0, dtype=_ID_TYPE)
NONE_ELSEWHERE: Final = FactsElsewhere(_NO_ORDINALS, _NO_IDS, _NO_IDS, _NO_IDS)


class _Decided(msgspec.Struct, frozen=True):
    """The extractions of one device, and which facts of theirs count. ``superseding`` None: none is skipped in any."""

    rows: Mapping[str, ExtractionRow]
    superseding: Superseding | None


class DeviceFacts:
    """Says of the extractions of a data folder, one after the other, what of each counts in another of its device.

    The journal is read through once, and decided once a device, however many deliveries it has.
    """

    def __init__(self, journal: Journal, store: SegmentStore) -> None:
        self._journal, self._store = journal, store
        self._members = _members_of_devices(journal)
        self._decided: OrderedDict[str | None, _Decided] = OrderedDict()

    def elsewhere(self, row: ExtractionRow) -> FactsElsewhere:
        """Return what of an extraction counts in another one of its device.

        Args:
            row: As the journal has it now.

        Raises:
            SegmentDamaged: The records of one of them cannot be read.
        """
        assert row.entry is not None
        device_id = ENTRY_DECODER.decode(row.entry).device_id
        if row.extraction_id not in self._members[device_id]:
            # A writer beside us gave it to another device.
            self._members = _members_of_devices(self._journal)
        try:
            return self._elsewhere(device_id, row)
        except SegmentDamaged:
            # It may have put newer segments in the place of those of another extraction of the device, too.
            self._decided.pop(device_id, None)
            return self._elsewhere(device_id, row)

    def _elsewhere(self, device_id: str | None, row: ExtractionRow) -> FactsElsewhere:
        decided = self._decided.get(device_id)
        if decided is None or decided.rows.get(row.extraction_id) != row:
            # A writer beside us has put newer segments in the place of those that were read.
            decided = self._decide(device_id, row)
        self._decided[device_id] = decided
        self._decided.move_to_end(device_id)
        if len(self._decided) > _MOST_DEVICES:
            self._decided.popitem(last=False)
        if decided.superseding is None:
            return NONE_ELSEWHERE
        return _elsewhere(self._store, decided.rows, decided.superseding, row)

    def _decide(self, device_id: str | None, row: ExtractionRow) -> _Decided:
        read = (self._journal.extraction(name) for name in sorted(self._members[device_id]))
        rows = {each.extraction_id: each for each in read if each is not None and each.entry is not None}
        is_skipping = any(ENTRY_DECODER.decode(each.entry).skipped_counts for each in rows.values() if each.entry)
        rows[row.extraction_id] = row
        return _Decided(rows, decide_superseding(held_facts(self._store, rows.values())) if is_skipping else None)


def _members_of_devices(journal: Journal) -> defaultdict[str | None, set[str]]:
    members: defaultdict[str | None, set[str]] = defaultdict(set)
    for row in journal.extractions():
        if row.entry is not None:
            members[ENTRY_DECODER.decode(row.entry).device_id].add(row.extraction_id)
    return members


def _elsewhere(
    store: SegmentStore, rows: Mapping[str, ExtractionRow], decided: Superseding, row: ExtractionRow
) -> FactsElsewhere:
    ordinals, own = _NO_ORDINALS, _NO_IDS
    listed, listed_standing = [_NO_IDS], [_NO_IDS]
    for name, each in rows.items():
        skipped = decided.skip.get(name, _NO_ORDINALS)
        if each.sha256 != row.sha256 or not len(skipped):
            continue
        standing = _standing_ids(store, rows, decided.standing[name])
        if name == row.extraction_id:
            ordinals, own = skipped, standing
        listed.append(_ids_in(store, each, skipped))
        listed_standing.append(standing)
    ids = np.concatenate(listed)
    order = np.argsort(ids)
    return FactsElsewhere(ordinals, own, ids[order], np.concatenate(listed_standing)[order])


def _standing_ids(store: SegmentStore, rows: Mapping[str, ExtractionRow], standing: Standing) -> npt.NDArray[np.bytes_]:
    ids = np.empty(len(standing.ordinals), dtype=_ID_TYPE)
    for place in np.unique(standing.places).tolist():
        is_there = standing.places == place
        ids[is_there] = _ids_in(store, rows[standing.extraction_ids[place]], standing.ordinals[is_there])
    return ids


def _ids_in(store: SegmentStore, row: ExtractionRow, ordinals: npt.NDArray[np.int64]) -> npt.NDArray[np.bytes_]:
    with store.open_records(row.extraction_id, row.records_sha256) as segment:
        return segment.record_ids(ordinals)


def _text_of(stored: np.bytes_) -> str:
    # The type takes zeros from the end.
    return ID_PREFIX + bytes(stored).ljust(ID_BYTES, b"\0").hex()
