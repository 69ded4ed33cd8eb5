"""The job that makes a finding segment: findings beside records, and the edges, flares and templates that follow."""

from __future__ import annotations

import time
from array import array
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from ingest.errors import SegmentDamaged
from ingest.processes.analysis_jobs import AnalysisVersions, Collected, CollectRequest
from ingest.processes.memory import give_back_memory, peak_memory_bytes
from ingest.processes.text_findings import TextFindings
from ingest.processes.time_sorting import TimeSorter
from ingest.segment_store.finding_segments import (
    ELSEWHERE,
    NONE,
    FindingMeta,
    FindingSegmentWriter,
    document_crc,
    elsewhere_crc,
)
from ingest.segment_store.segment_file import SealedFile
from ingest.segment_store.segments import PackedRecord, RecordSegment
from nlp.text_ids import text_key
from parsers.records.facts import Message
from parsers.records.findings import TextFinding
from search.linkage.extraction.edges import EdgeCollector
from search.linkage.extraction.flare_table import FoundFlares
from search.linkage.extraction.time_order import TimeOrder


class _Body(msgspec.Struct, frozen=True, gc=False):
    """Of a record only this: messages alone have a body."""

    body: str | None = None


_DECODER: Final = msgspec.msgpack.Decoder(TextFinding)
_BODY_DECODER: Final = msgspec.msgpack.Decoder(_Body)
_REMEMBERED_BYTES: Final = 5 * 2**20
"""Of texts and packed findings in one generation; there are two."""
_LOOK_SECONDS: Final = 0.03


def collect(argument: CollectRequest) -> Collected:
    """Read one record segment and write the finding segment that belongs to it."""
    give_back_memory()
    recipe = argument.recipe
    versions = AnalysisVersions(nlp_version=recipe.nlp_version, lexicon_version=recipe.lexicon_version)
    writer = FindingSegmentWriter(Path(argument.target), argument.compression_level)
    try:
        with (
            RecordSegment(Path(argument.records), argument.extraction_id) as segment,
            TextFindings(Path(argument.findings), versions.key) as known,
        ):
            ended = Path(argument.ended) if argument.ended is not None else None
            findings = _Findings(known, versions, argument.lexicon_dirs, ended)
            # What is remembered of findings is gone before edges and flares are made, which takes as much memory.
            crcs = array("I")
            collector = _collected(argument, writer, crcs, segment, findings)
            del findings
            give_back_memory()
            sealed = _sealed(argument, collector, writer, crcs)
    except BaseException:
        writer.discard()
        raise
    return Collected(sealed=sealed, peak_memory_bytes=peak_memory_bytes())


def _new_collector(argument: CollectRequest, record_count: int) -> EdgeCollector:
    recipe = argument.recipe
    skipped = bytearray(record_count)
    for ordinal in np.frombuffer(argument.skip, dtype="<i8"):
        skipped[ordinal] = 1
    return EdgeCollector(
        argument.extraction_id,
        recipe.own_numbers,
        is_owner_stated=recipe.is_owner_stated,
        region=recipe.region,
        skip=(lambda ordinal: skipped[ordinal] == 1) if argument.skip else None,
        scratch_dir=Path(argument.target).parent,
    )


def _collected(
    argument: CollectRequest,
    writer: FindingSegmentWriter,
    crcs: array[int],
    segment: RecordSegment,
    findings: _Findings,
) -> EdgeCollector:
    """Give every record to a collector, which is returned, and write what is said of it; add the checksums by ordinal.

    What is written stands in source order. The collector has the records in that order too, unless it is none of time:
    then another one is given them again.
    """
    collector, order = _new_collector(argument, segment.meta.record_count), TimeOrder()
    last, finding = "", None
    for batch in segment.packed_batches():
        texts = [_text_of(segment, item) for item in batch]
        said = findings.of(texts)
        for item, text in zip(batch, texts, strict=True):
            # Made, used and dropped one by one: what waits for a frame's end has left the cache by then.
            record = segment.decoded(item)
            if isinstance(record, Message):
                order.note(record)
            if not order.is_kept:
                continue
            if text != last:
                # Copies of a broadcast follow each other.
                last, finding = text, _DECODER.decode(said[text].packed) if text else None
            collector.add(item.ordinal, record, finding)
        _add_frame(writer, crcs, batch, texts, said)
    if not order.is_kept:
        collector = _new_collector(argument, segment.meta.record_count)
        _collect_by_time(collector, segment, findings, order, Path(argument.target).parent)
    return collector


def _collect_by_time(
    collector: EdgeCollector, segment: RecordSegment, findings: _Findings, order: TimeOrder, scratch_dir: Path
) -> None:
    """Give the collector what is no message, and then the messages in order of time.

    Args:
        collector: A new one.
        segment: The records.
        findings: Of their texts.
        order: Has noted every message of the segment.
        scratch_dir: Where messages are put aside when there are many.
    """
    places = TimeOrder()
    with TimeSorter(scratch_dir) as sorter:
        for batch in segment.packed_batches():
            for item in batch:
                record = segment.decoded(item)
                if not isinstance(record, Message):
                    collector.add(item.ordinal, record)
                elif record.duplicate_of is None:
                    sorter.add(places.note(record), item, is_backwards=order.runs_backwards(record.service))
        for batch in sorter.batches():
            texts = [_text_of(segment, item) for item in batch]
            said = findings.of(texts)
            for item, text in zip(batch, texts, strict=True):
                finding = _DECODER.decode(said[text].packed) if text else None
                collector.add(item.ordinal, segment.decoded(item), finding)


class _Said(msgspec.Struct, frozen=True, gc=False):
    """A finding, and what it adds to the checksum of a document."""

    packed: bytes
    crc: int


class _Findings:
    """Findings of the texts of one frame after the other.

    Runs beside the processes that analyse, and waits for what they have not come to yet. Remembers what it met lately
    in two generations: what is met again stays, the rest is forgotten. By text and not by text id, which would have to
    be made for every message.
    """

    def __init__(
        self, known: TextFindings, versions: AnalysisVersions, lexicon_dirs: tuple[str, ...], ended: Path | None
    ) -> None:
        self._known = known
        self._versions = versions
        self._lexicon_dirs = lexicon_dirs
        self._ended = ended
        self._young: dict[str, _Said] = {}
        self._old: dict[str, _Said] = {}
        self._young_bytes = 0

    def of(self, texts: Iterable[str]) -> dict[str, _Said]:
        """Return the finding of each text that is not empty; the result holds others too."""
        if self._young_bytes > _REMEMBERED_BYTES:
            self._old, self._young, self._young_bytes = self._young, {}, 0
        young, old = self._young, self._old
        wanted: dict[bytes, str] = {}
        for text in dict.fromkeys(texts):
            if text and text not in young:
                kept = old.get(text)
                if kept is None:
                    wanted[text_key(text)] = text
                else:
                    self._remember(text, kept)
        for key, packed in self._held(list(wanted), wanted).items():
            self._remember(wanted[key], _Said(packed, document_crc(0, packed, None)))
        return young

    def _remember(self, text: str, said: _Said) -> None:
        self._young[text] = said
        self._young_bytes += len(text) + len(said.packed)

    def _held(self, wanted: list[bytes], texts: dict[bytes, str]) -> dict[bytes, bytes]:
        held = self._known.get(wanted)
        while len(held) < len(wanted) and self._ended is not None:
            # Looked at before the question is asked, or what came in between would be analysed twice.
            has_ended = self._ended.exists()
            missing = [key for key in wanted if key not in held]
            held |= self._known.get(missing)
            if has_ended:
                self._ended = None
            elif len(held) < len(wanted):
                time.sleep(_LOOK_SECONDS)
        missing = [key for key in wanted if key not in held]
        if missing:
            # Loaded where it is needed alone: this process does not analyse as a rule.
            from ingest.processes.analysing import find_missing, loaded_analyser, versions_of  # noqa: PLC0415  # see above

            analyser = loaded_analyser(self._lexicon_dirs)
            if versions_of(analyser) != self._versions:
                raise RuntimeError("the lexicons changed while the delivery was worked on")
            find_missing(analyser, self._known, [texts[key] for key in missing])
            held |= self._known.get(missing)
        return held


def _text_of(segment: RecordSegment, item: PackedRecord) -> str:
    """Return the text that is analysed; empty where there is none."""
    try:
        return _BODY_DECODER.decode(item.packed).body or ""
    except msgspec.DecodeError as exc:
        raise SegmentDamaged(segment.extraction_id, "a record cannot be read") from exc


def _add_frame(
    writer: FindingSegmentWriter,
    crcs: array[int],
    batch: Sequence[PackedRecord],
    texts: Sequence[str],
    said: Mapping[str, _Said],
) -> None:
    place_of: dict[str, int] = {}
    places: list[int] = []
    for item, text in zip(batch, texts, strict=True):
        if text:
            places.append(place_of.setdefault(text, len(place_of)))
            crcs.append(item.crc ^ said[text].crc)
        else:
            places.append(NONE)
            crcs.append(item.crc)
    writer.add_frame([said[text].packed for text in place_of], places)


def _sealed(
    argument: CollectRequest, collector: EdgeCollector, writer: FindingSegmentWriter, crcs: array[int]
) -> SealedFile:
    found = collector.found_flares()
    flare_of = np.full(len(crcs), NONE, dtype=np.int32)
    flare_of[: len(found.flare_of)] = found.flare_of
    # What counts elsewhere is in no flare of this extraction.
    flare_of[np.frombuffer(argument.skip, dtype="<i8")] = ELSEWHERE
    meta = FindingMeta(
        extraction_id=argument.extraction_id,
        recipe=argument.recipe,
        document_count=len(crcs),
        crc_sum=_crc_sum(crcs, flare_of, found),
    )
    return writer.seal(
        meta,
        edges=collector.iter_edges(),
        flares=found.flares(),
        templates=collector.iter_templates(found),
        flare_of=flare_of,
    )


def _crc_sum(crcs: array[int], flare_of: npt.NDArray[np.int32], found: FoundFlares) -> int:
    total = int(np.frombuffer(crcs, dtype=np.uint32).sum(dtype=np.int64)) if crcs else 0
    for ordinal in np.flatnonzero(flare_of == ELSEWHERE):
        total += elsewhere_crc(crcs[ordinal]) - crcs[ordinal]
    for ordinal in np.flatnonzero(flare_of >= 0):
        crc = crcs[ordinal]
        total += document_crc(crc, b"", found.flare_id(flare_of[ordinal])) - crc
    return total
