"""The job that makes a finding segment: findings beside records, and the edges, flares and templates that follow."""

from __future__ import annotations

import time
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from ingest.analysis_jobs import AnalysisVersions, Collected, CollectRequest
from ingest.finding_segments import NONE, FindingMeta, FindingSegmentWriter, document_crc
from ingest.memory import peak_memory_bytes
from ingest.segment_file import SealedFile
from ingest.segments import RecordSegment, StoredRecord
from ingest.text_findings import TextFindings
from nlp.text_ids import text_id
from parsers.records.facts import Message
from parsers.records.findings import TextFinding
from search.contract import Flare
from search.linkage.edges import EdgeCollector

_DECODER: Final = msgspec.msgpack.Decoder(TextFinding)
_REMEMBERED: Final = 8192
_LOOK_SECONDS: Final = 0.03


def collect(argument: CollectRequest) -> Collected:
    """Read one record segment and write the finding segment that belongs to it."""
    recipe = argument.recipe
    versions = AnalysisVersions(nlp_version=recipe.nlp_version, lexicon_version=recipe.lexicon_version)
    writer = FindingSegmentWriter(Path(argument.target), argument.compression_level)
    try:
        with (
            RecordSegment(Path(argument.records), argument.extraction_id) as segment,
            TextFindings(Path(argument.findings), versions.key) as known,
        ):
            skipped = bytearray(segment.meta.record_count)
            for ordinal in np.frombuffer(argument.skip, dtype="<i8"):
                skipped[ordinal] = 1
            collector = EdgeCollector(
                argument.extraction_id,
                recipe.own_numbers,
                region=recipe.region,
                skip=(lambda ordinal: skipped[ordinal] == 1) if argument.skip else None,
            )
            crcs = array("I")
            ended = Path(argument.ended) if argument.ended is not None else None
            findings = _Findings(known, argument.lexicon_dirs, ended)
            for batch in segment.batches():
                _add_batch(batch, findings, collector, writer, crcs)
            sealed = _sealed(argument, collector, writer, crcs)
    except BaseException:
        writer.discard()
        raise
    return Collected(sealed=sealed, peak_memory_bytes=peak_memory_bytes())


class _Findings:
    """Findings of the texts of one frame after the other.

    Runs beside the processes that analyse, and waits for what they have not come to yet. Remembers what it met lately
    in two generations: what is met again stays, the rest is forgotten.
    """

    def __init__(self, known: TextFindings, lexicon_dirs: tuple[str, ...], ended: Path | None) -> None:
        self._known = known
        self._lexicon_dirs = lexicon_dirs
        self._ended = ended
        self._young: dict[bytes, tuple[bytes, TextFinding]] = {}
        self._old: dict[bytes, tuple[bytes, TextFinding]] = {}

    def of(self, texts: dict[bytes, str]) -> dict[bytes, tuple[bytes, TextFinding]]:
        """Return the finding of each text by text id, packed and as it is; the result holds others too."""
        if len(self._young) > _REMEMBERED:
            self._old, self._young = self._young, {}
        young, old = self._young, self._old
        wanted: list[bytes] = []
        for key in texts:
            if key not in young:
                kept = old.get(key)
                if kept is None:
                    wanted.append(key)
                else:
                    young[key] = kept
        for key, packed in self._held(wanted, texts).items():
            young[key] = (packed, _DECODER.decode(packed))
        return young

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
            from ingest.analysing import find_missing, loaded_analyser  # noqa: PLC0415  # see above

            find_missing(loaded_analyser(self._lexicon_dirs), self._known, [texts[key] for key in missing])
            held |= self._known.get(missing)
        return held


def _add_batch(
    batch: Sequence[StoredRecord],
    findings: _Findings,
    collector: EdgeCollector,
    writer: FindingSegmentWriter,
    crcs: array[int],
) -> None:
    ids = [_text_key(stored) for stored in batch]
    texts = {key: _text(stored) for key, stored in zip(ids, batch, strict=True) if key is not None}
    found = findings.of(texts)
    places: list[int] = []
    place_of: dict[bytes, int] = {}
    for key, stored in zip(ids, batch, strict=True):
        if key is None:
            collector.add(stored.ordinal, stored.record, None)
            places.append(NONE)
            crcs.append(stored.crc)
        else:
            packed, finding = found[key]
            collector.add(stored.ordinal, stored.record, finding)
            places.append(place_of.setdefault(key, len(place_of)))
            crcs.append(document_crc(stored.crc, packed, None))
    writer.add_frame([found[key][0] for key in place_of], places)


def _text(stored: StoredRecord) -> str:
    """Return the text that is analysed; empty where there is none."""
    record = stored.record
    return record.body or "" if isinstance(record, Message) else ""


def _text_key(stored: StoredRecord) -> bytes | None:
    text = _text(stored)
    return bytes.fromhex(text_id(text)) if text else None


def _sealed(
    argument: CollectRequest, collector: EdgeCollector, writer: FindingSegmentWriter, crcs: array[int]
) -> SealedFile:
    collected = collector.collected()
    flare_of = np.full(len(crcs), NONE, dtype=np.int32)
    flare_of[: len(collected.flare_of)] = np.frombuffer(collected.flare_of, dtype=np.int32)
    meta = FindingMeta(
        extraction_id=argument.extraction_id,
        recipe=argument.recipe,
        document_count=len(crcs),
        crc_sum=_crc_sum(crcs, flare_of, collected.flares),
    )
    return writer.seal(
        meta, edges=collected.edges, flares=collected.flares, templates=collected.templates, flare_of=flare_of
    )


def _crc_sum(crcs: array[int], flare_of: npt.NDArray[np.int32], flares: Sequence[Flare]) -> int:
    total = int(np.frombuffer(crcs, dtype=np.uint32).sum(dtype=np.int64)) if crcs else 0
    for ordinal in np.flatnonzero(flare_of != NONE):
        crc = crcs[ordinal]
        total += document_crc(crc, b"", flares[flare_of[ordinal]].flare_id) - crc
    return total
