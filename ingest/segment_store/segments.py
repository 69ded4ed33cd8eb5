"""Record segments: the store of record. What a parser made of one extraction, compressed, synced, named by its hash.

Written by the process that parses, read by everything after it, one frame of records at a time: memory does not grow
with the extraction. Duplicates are known only at the end of a reading; they lie beside the records and are laid over
them when they are read.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final
from zlib import crc32

import msgspec
import numpy as np
import numpy.typing as npt

from ingest.data_paths import remove_any, sync_folder
from ingest.errors import SegmentDamaged
from ingest.segment_store.fact_digests import is_untold, lacks_side, shows_name_alone, states_sending
from ingest.segment_store.made_of_files import MadeOfFiles
from ingest.segment_store.record_meta import META_DECODER, RecordMeta
from ingest.segment_store.repeated_hours import HOUR, are_repeated, zone_of
from ingest.segment_store.segment_file import SealedFile, SegmentFile, SegmentFileWriter, is_file_sound
from parsers.contract import ExtractionPart
from parsers.minute_times import is_by_the_minute
from parsers.records.facts import RECORD_KINDS, Call, Message, Record
from parsers.records.notices import Notice
from parsers.records.tally import TallyRow
from parsers.records.values import Moment

_MAGIC: Final = b"TLREC\x00\x001"
ID_PREFIX: Final = "r-"
ID_BYTES: Final = 10
RECORDS_A_FRAME: Final = 1000
_FRAME_BYTES: Final = 4 * 2**20
_MOST_HOURS: Final = 500_000
_LENGTH: Final = struct.Struct("<I")
_LENGTH_OF: Final = _LENGTH.pack
_AFTER_ALL: Final = "~"
"""Sorts behind every instant."""
_KIND_PLACES: Final = {kind: place for place, kind in enumerate(RECORD_KINDS)}
_RECORDS, _DUPLICATES, _DIGESTS = "records", "duplicates", "digests"
_MARK_DTYPE: Final = np.dtype([("ordinal", "<u4"), ("id", f"V{ID_BYTES}")])
DIGEST_DTYPE: Final = np.dtype("<u8")

_DECODER: Final = msgspec.msgpack.Decoder(Record)


class _Identified(msgspec.Struct):
    """A record, of which nothing is read but its id."""

    record_id: str


_ID_DECODER: Final = msgspec.msgpack.Decoder(_Identified)
_NO_RECORD: Final = "a record cannot be read"


class StoredRecord(msgspec.Struct, frozen=True, gc=False):
    """One record with its place, its MessagePack, and the CRC-32 of that."""

    ordinal: int
    record: Record
    packed: bytes
    crc: int


class PackedRecord(msgspec.Struct, frozen=True, gc=False):
    """One record with its place, as MessagePack, and the CRC-32 that it is handed out with."""

    ordinal: int
    packed: bytes
    crc: int


class RecordSegmentWriter:
    """Writes the records of one extraction, in source order."""

    def __init__(self, path: Path, level: int) -> None:
        self._file = SegmentFileWriter(path, _MAGIC, level)
        self._encode = msgspec.msgpack.Encoder().encode
        self._frame: list[bytes] = []
        self._frame_bytes = 0
        self._moments: list[Moment] = []
        self._call_moments: list[Moment] = []
        self._unstated_hours: set[str] = set()
        self._crcs = array("I")
        self._digests = array("Q")
        self._kind_of = bytearray()
        self._duplicate_counts: dict[str, int] = {}
        self._crc_change = 0
        self._marked = array("I")
        self._canonical = bytearray()
        self._first_at, self._last_at = _AFTER_ALL, ""
        self._minute_count = self._shared_count = 0
        self._sending_count = self._untold_count = self._sideless_count = self._named_count = 0

    @property
    def record_count(self) -> int:
        """How many records were added."""
        return len(self._kind_of)

    @property
    def kind_counts(self) -> dict[str, int]:
        """Records by kind, duplicates included; kinds in the order in which they came."""
        places = sorted(set(self._kind_of), key=self._kind_of.find)
        return {RECORD_KINDS[place].kind: self._kind_of.count(place) for place in places}

    @property
    def duplicate_counts(self) -> dict[str, int]:
        """Records by kind that were marked as duplicates."""
        return dict(self._duplicate_counts)

    def add(self, record: Record, digest: int) -> None:
        """Take the next record with the digest of its fact (unsigned 64 bits)."""
        packed = self._encode(record)
        self._frame.append(packed)
        self._frame_bytes += len(packed)
        self._digests.append(digest)
        self._kind_of.append(_KIND_PLACES[type(record)])
        self._untold_count += is_untold(record)
        if type(record) is Message:
            self._moments.append(record.time)
            if len(record.to) > 1:
                self._shared_count += 1
            if record.times.sent is not None and states_sending(record):
                self._sending_count += 1
            self._sideless_count += lacks_side(record)
            self._named_count += shows_name_alone(record)
        elif type(record) is Call:
            self._call_moments.append(record.time)
        if len(self._frame) >= RECORDS_A_FRAME or self._frame_bytes >= _FRAME_BYTES:
            self._end_frame()

    def mark_duplicate(self, ordinal: int, canonical: str) -> None:
        """Say that the record at the ordinal states a fact that counts under another record's id; once a record."""
        self._end_frame()
        crc = self._crcs[ordinal]
        self._crc_change += _marked_crc(crc, canonical) - crc
        self._digests[ordinal] = 0
        self._marked.append(ordinal)
        self._canonical += bytes.fromhex(canonical.removeprefix(ID_PREFIX))
        name = RECORD_KINDS[self._kind_of[ordinal]].kind
        self._duplicate_counts[name] = self._duplicate_counts.get(name, 0) + 1

    def seal(
        self,
        part: ExtractionPart,
        *,
        parser: tuple[str, str],
        notices: Sequence[Notice],
        tally: Mapping[str, TallyRow],
        paired_device: int | None = None,
    ) -> tuple[SealedFile, RecordMeta]:
        """End the segment.

        Args:
            part: The extraction.
            parser: Name and version of the parser.
            notices: Of the extraction and of the delivery as a whole.
            tally: By element type.
            paired_device: See ``RecordMeta``.
        """
        self._end_frame()
        order = np.argsort(np.frombuffer(self._marked, dtype=np.uint32), kind="stable")
        marks = np.empty(len(order), dtype=_MARK_DTYPE)
        marks["ordinal"] = np.frombuffer(self._marked, dtype=np.uint32)[order]
        marks["id"] = np.frombuffer(self._canonical, dtype=f"V{ID_BYTES}")[order]
        self._file.add_frame(_DUPLICATES, marks.tobytes(), len(marks))
        digests = np.frombuffer(self._digests, dtype=np.uint64).astype(DIGEST_DTYPE, copy=False)
        self._file.add_frame(_DIGESTS, digests.tobytes(), len(digests))
        meta = RecordMeta(
            part=part,
            format=parser[0],
            parser_version=parser[1],
            notices=tuple(notices),
            tally=dict(sorted(tally.items())),
            record_count=len(self._crcs),
            crc_sum=int(np.frombuffer(self._crcs, dtype=np.uint32).sum(dtype=np.int64)) + self._crc_change,
            kind_counts=self.kind_counts,
            duplicate_counts=self.duplicate_counts,
            first_message_at=self._first_at if self._last_at else None,
            last_message_at=self._last_at or None,
            minute_count=self._minute_count,
            has_repeated_hours=are_repeated(self._unstated_hours, zone_of(notices)),
            shared_count=self._shared_count,
            sending_count=self._sending_count,
            untold_count=self._untold_count,
            sideless_count=self._sideless_count,
            named_count=self._named_count,
            paired_device=paired_device,
        )
        return self._file.seal(meta), meta

    def discard(self) -> None:
        """Remove the unfinished segment."""
        self._file.discard()

    def _end_frame(self) -> None:
        """Write what has come, if anything; sums are made for a frame at once, which takes half the time."""
        frame = self._frame
        if not frame:
            return
        crcs = array("I", map(crc32, frame))
        self._crcs += crcs
        pieces = [b""] * (2 * len(frame))
        pieces[::2] = map(_LENGTH_OF, map(len, frame))
        pieces[1::2] = frame
        self._file.add_frame(_RECORDS, b"".join(pieces), len(frame), sum(crcs))
        self._note_times()
        frame.clear()
        self._moments.clear()
        self._call_moments.clear()
        self._frame_bytes = 0

    def _note_times(self) -> None:
        # Texts of one form (milliseconds and Z) sort as instants do.
        instants = [moment.utc for moment in self._moments if moment.utc is not None]
        if instants:
            self._first_at = min(self._first_at, *instants)
            self._last_at = max(self._last_at, *instants)
        self._minute_count += sum(map(is_by_the_minute, self._moments))
        # Years of hours at most: no source has more, and a hostile one gains nothing by it.
        if len(self._unstated_hours) < _MOST_HOURS:
            for moments in (self._moments, self._call_moments):
                unstated = [
                    moment.utc for moment in moments if moment.offset_minutes is None and moment.utc is not None
                ]
                self._unstated_hours.update([utc[:HOUR] for utc in unstated])


class RecordSegment(SegmentFile[RecordMeta]):
    """Reads a record segment, in source order."""

    def __init__(self, path: Path, extraction_id: str) -> None:
        super().__init__(path, _MAGIC, META_DECODER, extraction_id)

    def batches(self) -> Iterator[list[StoredRecord]]:
        """Yield the records, at most ``RECORDS_A_FRAME`` at a time, duplicates marked; abandon it when you like.

        Raises:
            SegmentDamaged: A frame does not match its checksums.
        """
        for batch in self.packed_batches():
            yield [StoredRecord(item.ordinal, self.decoded(item), item.packed, item.crc) for item in batch]

    def packed_batches(self) -> Iterator[list[PackedRecord]]:
        """Yield the same as ``batches``, not decoded.

        For readers that make something of one record after the other: a record that is decoded, used and dropped at
        once costs a third of one that is kept with a thousand others.

        Raises:
            SegmentDamaged: A frame does not match its checksums.
        """
        (ref,) = self.frames_of(_DUPLICATES)
        marks = np.frombuffer(self.frame(ref), dtype=_MARK_DTYPE)
        ordinal = 0
        for ref in self.frames_of(_RECORDS):
            first, last = np.searchsorted(marks["ordinal"], (ordinal, ordinal + ref.items))
            canonical = {int(mark["ordinal"]): ID_PREFIX + mark["id"].tobytes().hex() for mark in marks[first:last]}
            batch = list(self._packed(self.frame(ref), ordinal, canonical))
            if len(batch) != ref.items:
                raise SegmentDamaged(self.extraction_id, "a frame holds another number of records than it says")
            ordinal += ref.items
            yield batch

    def decoded(self, item: PackedRecord) -> Record:
        """Return a record of a packed batch.

        Raises:
            SegmentDamaged: It is none.
        """
        try:
            record: Record = _DECODER.decode(item.packed)
        except msgspec.DecodeError as exc:
            raise SegmentDamaged(self.extraction_id, _NO_RECORD) from exc
        return record

    def digests(self) -> npt.NDArray[np.uint64]:
        """Return the digest of each record's fact by ordinal; 0 where the record is a duplicate. Shape (n,)."""
        (ref,) = self.frames_of(_DIGESTS)
        return np.frombuffer(self.frame(ref), dtype=DIGEST_DTYPE).astype(np.uint64)

    def record_ids(self, ordinals: npt.NDArray[np.int64]) -> npt.NDArray[np.bytes_]:
        """Return the ten bytes of the id of each record that is named by its ordinal, in that order.

        The type takes zeros from the end.

        Raises:
            SegmentDamaged: A frame does not match its checksums, or there is no such record.
        """
        wanted, places = np.unique(ordinals, return_inverse=True)
        found = bytearray()
        first = 0
        for ref in self.frames_of(_RECORDS):
            low, high = np.searchsorted(wanted, (first, first + ref.items))
            if low < high:
                frame = list(self._packed(self.frame(ref), first, {}))
                for ordinal in wanted[low:high]:
                    record = _ID_DECODER.decode(frame[int(ordinal) - first].packed)
                    found += bytes.fromhex(record.record_id.removeprefix(ID_PREFIX))
            first += ref.items
        if len(found) != len(wanted) * ID_BYTES:
            raise SegmentDamaged(self.extraction_id, "it holds fewer records than another extraction says")
        return np.frombuffer(bytes(found), dtype=f"S{ID_BYTES}")[places]

    def _packed(self, content: bytes, ordinal: int, duplicates: Mapping[int, str]) -> Iterator[PackedRecord]:
        place, end = 0, len(content)
        try:
            while place < end:
                (length,) = _LENGTH.unpack_from(content, place)
                place += _LENGTH.size
                packed = content[place : place + length]
                place += length
                crc = crc32(packed)
                if ordinal in duplicates:
                    canonical = duplicates[ordinal]
                    crc = _marked_crc(crc, canonical)
                    record = msgspec.structs.replace(_DECODER.decode(packed), duplicate_of=canonical)
                    packed = msgspec.msgpack.encode(record)
                yield PackedRecord(ordinal, packed, crc)
                ordinal += 1
        except (msgspec.DecodeError, struct.error) as exc:
            raise SegmentDamaged(self.extraction_id, _NO_RECORD) from exc


def _marked_crc(crc: int, canonical: str) -> int:
    """Return the checksum of a record with its mark; cheaper than packing the record again when it is written."""
    return crc ^ crc32(canonical.encode("ascii"))


class SegmentStore:
    """Where segments lie: ``segments/<extraction id>/<kind>-<sha256>.seg``.

    Attributes:
        made: What was made of them.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._place = str(folder)
        self.made = MadeOfFiles()

    def records_path(self, extraction_id: str, sha256: str) -> Path:
        """Return where a record segment lies."""
        return Path(self.records_place(extraction_id, sha256))

    def records_place(self, extraction_id: str, sha256: str) -> str:
        """Return the same as text, which takes a tenth of the time."""
        return f"{self._place}/{extraction_id}/records-{sha256}.seg"

    def findings_path(self, extraction_id: str, sha256: str) -> Path:
        """Return where a finding segment lies."""
        return self._folder / extraction_id / f"findings-{sha256}.seg"

    def open_records(self, extraction_id: str, sha256: str) -> RecordSegment:
        """Open a record segment.

        Raises:
            SegmentDamaged: It is missing or damaged.
        """
        return RecordSegment(self.records_path(extraction_id, sha256), extraction_id)

    def adopt(self, sealed: SealedFile, target: Path) -> None:
        """Give a finished file its place; what is there already under the same hash is kept."""
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        source = Path(sealed.path)
        if is_file_sound(target, sealed.sha256):
            source.unlink()
            return
        if target.is_dir():
            # No file can be renamed over it.
            remove_any(target)
        source.replace(target)
        sync_folder(target.parent)
        sync_folder(target.parent.parent)

    def keep_only(self, extraction_id: str, paths: Sequence[Path]) -> None:
        """Remove every segment of an extraction but these; call it when the journal names no other."""
        folder = self._folder / extraction_id
        for path in folder.iterdir() if folder.exists() else ():
            if path not in paths:
                remove_any(path)

    def remove(self, extraction_id: str) -> None:
        """Remove all segments of an extraction."""
        self.keep_only(extraction_id, ())
        folder = self._folder / extraction_id
        if folder.exists():
            folder.rmdir()

    def files(self) -> Iterator[tuple[str, str, Path]]:
        """Yield extraction id, SHA-256 as the name says, and path of every segment, in order."""
        for path in sorted(self._folder.glob("*/*.seg")):
            yield path.parent.name, path.stem.partition("-")[2], path
