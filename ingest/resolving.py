"""What must be true of extractions now: their devices, what supersedes them, and what their findings are made from.

Computed from the journal, the segments' digests and the decisions, never from what was computed before: a run that
was cut short comes to the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from hashlib import blake2b
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from ingest.decisions import NO_AMENDMENT, Amendment
from ingest.entries import FileFacts, Stated, Summary, entry_of, identity, is_damaged, stated
from ingest.errors import SegmentDamaged
from ingest.journal import DeliveryRow, ExtractionRow, Journal
from ingest.lent_orders import DatesRead, orders_beside, to_read_again
from ingest.same_facts.following import followed, without_taken
from ingest.same_facts.minute_facts import told_by_the_minute
from ingest.same_facts.near_facts import told_nearly
from ingest.same_facts.readings import Reading, made_of_records, records_of
from ingest.same_facts.renamed_chats import told_by_whole_chats
from ingest.same_facts.sent_facts import told_by_sending
from ingest.same_facts.untold_directions import told_by_direction
from ingest.same_facts.untold_sides import told_by_side
from ingest.segment_store.finding_segments import COLLECTED_AS, Recipe
from ingest.segment_store.repeated_hours import ZONE_ASSUMED
from ingest.segment_store.segments import RecordSegment, SegmentStore
from parsers.contract import ShownOrder
from parsers.device_identity import resolve_devices
from parsers.records.facts import RECORD_KINDS
from search.contract import ExtractionEntry
from search.linkage.devices.superseding import HeldFacts, Superseding, decide_superseding

SUMMARY_DECODER: Final = msgspec.msgpack.Decoder(Summary)
ENTRY_DECODER: Final = msgspec.msgpack.Decoder(ExtractionEntry)


class Versions(msgspec.Struct, frozen=True, kw_only=True):
    """What findings would be made with today."""

    nlp_version: str
    lexicon_version: str
    region: str


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """What one extraction must become: ``row`` is ``ahead`` of ``held``, ``skip`` is as ``CollectRequest`` has it."""

    held: ExtractionRow
    row: ExtractionRow
    entry: ExtractionEntry
    recipe: Recipe
    skip: bytes


class Resolved(msgspec.Struct, frozen=True):
    """What extractions must become, those of them whose records cannot be read, and deliveries to read again."""

    targets: list[Target]
    damaged: list[SegmentDamaged]
    to_read_again: frozenset[str]


class _Known(msgspec.Struct, frozen=True):
    held: ExtractionRow
    row: ExtractionRow
    summary: Summary
    stated: Stated


def resolve(
    journal: Journal,
    store: SegmentStore,
    amendments: Mapping[str, Amendment],
    versions: Versions,
    touched: Collection[str],
) -> Resolved:
    """Return what the touched extractions, and all others of their devices, must become; by device, then by id.

    An extraction whose records cannot be read decides nothing and is named: what else is on its device goes on.
    """
    known, device_of = _by_device(journal, amendments, versions.region)
    files = {row.sha256: row for row in journal.deliveries()}
    members: dict[str, list[str]] = defaultdict(list)
    for name, device_id in device_of.items():
        members[device_id].append(name)
    targets: list[Target] = []
    damaged: list[SegmentDamaged] = []
    for device_id in sorted(_affected(known, device_of, touched)):
        names = sorted(members[device_id])
        decided = _superseding(store, [known[name] for name in names], damaged)
        unreadable = {fault.extraction_id for fault in damaged}
        targets += [
            _target(store, known[name], files[known[name].row.sha256], device_id, decided, versions)
            for name in names
            if name not in unreadable
        ]
    return Resolved(targets, damaged, to_read_again(_dates_read(known, device_of)))


def orders_beside_parts(
    journal: Journal, amendments: Mapping[str, Amendment], region: str, sha256: str
) -> dict[str, tuple[ShownOrder, ...]]:
    """Return what others of their devices show of the order of day and month, by extraction of a delivery."""
    known, device_of = _by_device(journal, amendments, region)
    readings = _dates_read(known, device_of)
    return orders_beside(readings, [it for it in readings if it.sha256 == sha256])


def _by_device(
    journal: Journal, amendments: Mapping[str, Amendment], region: str
) -> tuple[dict[str, _Known], Mapping[str, str]]:
    """Return all extractions, and the device of each."""
    known = {
        row.extraction_id: _known(row, amendments.get(row.extraction_id, NO_AMENDMENT), region)
        for row in journal.extractions()
    }
    return known, resolve_devices(identity(it.summary.meta.part, it.stated) for it in known.values())


def _dates_read(known: Mapping[str, _Known], device_of: Mapping[str, str]) -> list[DatesRead]:
    return [
        DatesRead(
            extraction_id=name,
            sha256=it.row.sha256,
            device_id=device_of[name],
            shown=part.shown_orders,
            untold=part.untold_forms,
            lent=it.summary.lent_orders,
        )
        for name, it in known.items()
        if (part := it.summary.meta.part).shown_orders or part.untold_forms
    ]


def _known(held: ExtractionRow, amendment: Amendment, region: str) -> _Known:
    row = held.ahead()
    summary = SUMMARY_DECODER.decode(row.summary)
    return _Known(held, row, summary, stated(summary, amendment, region))


def _affected(known: Mapping[str, _Known], device_of: Mapping[str, str], touched: Collection[str]) -> set[str]:
    """Return the devices of the touched extractions, and every device that gained or lost an extraction."""
    devices = {device_of[name] for name in touched if name in device_of}
    for name, it in known.items():
        held = ENTRY_DECODER.decode(it.row.entry).device_id if it.row.entry is not None else None
        # One without an entry was not finished; it comes again by itself.
        if held is not None and held != device_of[name]:
            # What stays behind under the id from before may no longer be superseded.
            devices |= {device_of[name], *({held} & set(device_of.values()))}
    return devices


def stale_amendments(journal: Journal, amendments: Mapping[str, Amendment], region: str) -> set[str]:
    """Return the extractions whose catalogue entry does not show a correction that was decided."""
    stale: set[str] = set()
    for extraction_id, amendment in amendments.items():
        row = journal.extraction(extraction_id)
        if row is None or row.entry is None:
            continue
        held, entry = _known(row, amendment, region).stated, ENTRY_DECODER.decode(row.entry)
        shown = (entry.case_ref, entry.exhibit_ref, entry.msisdn)
        if shown != (held.case_ref, held.exhibit_ref, held.msisdn):
            stale.add(extraction_id)
    return stale


def _superseding(store: SegmentStore, members: Collection[_Known], damaged: list[SegmentDamaged]) -> Superseding:
    if len(members) < 2:
        return Superseding({}, {})
    readings: list[Reading] = []
    for it in members:
        try:
            readings.append(_reading(store, it.row))
        except SegmentDamaged as exc:
            damaged.append(exc)
    try:
        facts = _told(store, readings)
    except SegmentDamaged as exc:
        # Its digests could be read and its records cannot: it decides nothing, and the others as they are.
        damaged.append(exc)
        facts = [reading.facts for reading in readings if reading.facts.extraction_id != exc.extraction_id]
    return decide_superseding(facts)


def held_facts(store: SegmentStore, rows: Iterable[ExtractionRow]) -> list[HeldFacts]:
    """Return the facts of all extractions of one device, for the decision which of them count.

    Raises:
        SegmentDamaged: The records of one of them cannot be read.
    """
    return _told(store, [_reading(store, row) for row in rows])


def _told(store: SegmentStore, readings: list[Reading]) -> list[HeldFacts]:
    """Return the facts of the readings of one device, where one tells roughly what another tells exactly as one."""
    first = told_by_whole_chats(store, readings, told_by_the_minute(store, readings))
    left = without_taken(readings, first)
    told = told_by_sending(store, readings, told_nearly(store, readings, left))
    return followed(first, left, told_by_side(store, readings, told_by_direction(store, readings, told)))


def _reading(store: SegmentStore, row: ExtractionRow) -> Reading:
    meta = SUMMARY_DECODER.decode(row.summary).meta
    digests = made_of_records(
        store, row.extraction_id, row.records_sha256, "digests", RecordSegment.digests, lambda made: made.nbytes
    )
    facts = HeldFacts(
        extraction_id=row.extraction_id,
        digests=digests,
        source_kind=meta.part.kind,
        extracted_at=meta.part.extracted_at,
        paired_within=None if meta.paired_device is None else f"{row.sha256} {meta.paired_device}",
        is_by_the_minute=2 * meta.minute_count > len(digests),
        untold_count=meta.untold_count,
        assumed_count=sum(notice.count for notice in meta.notices if notice.code == ZONE_ASSUMED),
        is_damaged=is_damaged(meta.notices),
    )
    return Reading(facts, meta, row.records_sha256)


def _target(
    store: SegmentStore, it: _Known, file: DeliveryRow, device_id: str, decided: Superseding, versions: Versions
) -> Target:
    name = it.row.extraction_id
    skipped = decided.skip.get(name)
    skip = _skip_bytes(skipped)
    recipe = Recipe(
        records_sha256=it.row.records_sha256,
        nlp_version=versions.nlp_version,
        lexicon_version=versions.lexicon_version,
        own_numbers=it.stated.msisdn,
        is_owner_stated=it.stated.is_owner_stated,
        region=versions.region,
        skip_digest=blake2b(skip, digest_size=16).hexdigest() if skip else "",
        collected_as=COLLECTED_AS,
    )
    entry = entry_of(
        FileFacts(file_name=file.name, sha256=file.stated_sha256, size_bytes=file.size_bytes),
        it.summary.meta,
        it.stated,
        recipe,
        device_id=device_id,
        superseded_by=decided.superseded_by.get(name),
        skipped_counts=_skipped_counts(store, it.row, skipped),
    )
    return Target(held=it.held, row=it.row, entry=entry, recipe=recipe, skip=skip)


def _skipped_counts(store: SegmentStore, row: ExtractionRow, ordinals: npt.NDArray[np.int64] | None) -> dict[str, int]:
    """Count, by kind, the records whose facts count elsewhere; reads the segment, which few extractions need."""
    if ordinals is None or not len(ordinals):
        return {}
    places = made_of_records(
        store, row.extraction_id, row.records_sha256, "kinds", _kind_places, lambda made: made.nbytes
    )
    kinds = {_KINDS[place]: count for place, count in enumerate(np.bincount(places[ordinals]).tolist()) if count}
    return dict(sorted(kinds.items()))


_KINDS: Final = tuple(kind.kind for kind in RECORD_KINDS)


def _kind_places(segment: RecordSegment) -> npt.NDArray[np.uint8]:
    """Return the place of each record's kind among all kinds, by ordinal."""
    place_of = {kind: place for place, kind in enumerate(RECORD_KINDS)}
    places = bytearray(place_of[type(record)] for _, record in records_of(segment))
    return np.frombuffer(places, dtype=np.uint8)


def _skip_bytes(ordinals: npt.NDArray[np.int64] | None) -> bytes:
    return b"" if ordinals is None or not len(ordinals) else ordinals.astype("<i8", copy=False).tobytes()


def waiting_of(rows: Iterable[ExtractionRow], index_name: str, journal: Journal) -> set[str]:
    """Return the extractions that an index does not hold as they are now."""
    loads = journal.loads(index_name)
    return {
        row.extraction_id
        for row in rows
        if row.findings_sha256 is None
        or (load := loads.get(row.extraction_id)) is None
        or load.findings_sha256 != row.findings_sha256
        or load.entry_sha256 != entry_sha256(row)
    }


def entry_sha256(row: ExtractionRow) -> str:
    """Return the digest of the catalogue entry that the journal holds."""
    return blake2b(row.entry or b"", digest_size=16).hexdigest()
