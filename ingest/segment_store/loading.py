"""One extraction as an index takes it: records and findings side by side, made into documents batch by batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import Final, Self

import msgspec

from ingest.errors import SegmentDamaged
from ingest.segment_store.finding_segments import ELSEWHERE, NONE, FindingSegment, document_crc, elsewhere_crc
from ingest.segment_store.segments import PackedRecord, RecordSegment, SegmentStore
from parsers.contact_notes import notes_of
from parsers.records.facts import Account, Call, Contact, Message, Record
from parsers.records.findings import SpanKind
from parsers.records.values import NumberRef, Party
from search.contract import Edge, ExtractionEntry, Flare, RecordDocument, TemplateEntry
from search.linkage.adverts.ordering import ORDER_SCORE


class _Span(msgspec.Struct, frozen=True, gc=False):
    """Of a span only what a document takes."""

    kind: SpanKind
    canonical: str | None


class _Finding(msgspec.Struct, frozen=True):
    """Of a ``TextFinding`` only what a document takes: less than half of the time of the whole."""

    template_id: str
    is_advert: bool = False
    line: str | None = None
    order_score: float = 0.0
    spans: tuple[_Span, ...] = ()


_DRUG: Final = SpanKind.DRUG
_FINDING_DECODER: Final = msgspec.msgpack.Decoder(_Finding)


class SegmentLoad:
    """The ``search.contract.ExtractionLoad`` of one pair of segments. Close it, or use it in a ``with`` block."""

    def __init__(self, store: SegmentStore, entry: ExtractionEntry, records_sha256: str, findings_sha256: str) -> None:
        self.entry = entry
        self._records = store.open_records(entry.extraction_id, records_sha256)
        try:
            self._findings = FindingSegment(
                store.findings_path(entry.extraction_id, findings_sha256), entry.extraction_id
            )
        except SegmentDamaged:
            self._records.close()
            raise
        self.document_count = self._findings.meta.document_count
        self.crc_sum = self._findings.meta.crc_sum

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._records.close()
        self._findings.close()

    @property
    def records(self) -> RecordSegment:
        """The record segment."""
        return self._records

    def batches(self) -> Iterator[Sequence[RecordDocument]]:
        """Yield the documents in source order.

        Raises:
            SegmentDamaged: A frame does not match its checksums, or the two segments do not belong together.
        """
        flares = [flare.flare_id for flare in self._findings.flares()]
        flare_of = self._findings.flare_of()
        said = self._findings.batches()
        extraction_id, decoded = self.entry.extraction_id, self._records.decoded
        for batch in self._records.packed_batches():
            findings, places = next(said, ([], []))
            if len(places) != len(batch):
                raise SegmentDamaged(extraction_id, "findings and records do not belong together")
            summaries = [_said(packed) for packed in findings]
            first = batch[0].ordinal
            in_flare = flare_of[first : first + len(batch)].tolist()
            yield [
                _document(
                    item,
                    decoded(item),
                    extraction_id,
                    _NOTHING_SAID if place == NONE else summaries[place],
                    flares[flare] if flare >= 0 else None,
                    counts_elsewhere=flare == ELSEWHERE,
                )
                for item, place, flare in zip(batch, places, in_flare, strict=True)
            ]

    def edges(self) -> Iterable[Edge]:
        """Yield the edges."""
        return self._findings.edges()

    def flares(self) -> Iterable[Flare]:
        """Yield the flares."""
        return self._findings.flares()

    def templates(self) -> Iterable[TemplateEntry]:
        """Yield the templates."""
        return self._findings.templates()


class _Said(msgspec.Struct, frozen=True):
    """What a document takes of a finding; ``crc`` is what the finding adds to the document's checksum."""

    packed: bytes
    crc: int
    is_advert: bool
    is_order: bool
    line: str | None
    template_id: str | None
    drugs: tuple[str, ...]


_NOTHING_SAID: Final = _Said(b"", 0, is_advert=False, is_order=False, line=None, template_id=None, drugs=())


def _said(packed: bytes) -> _Said:
    finding = _FINDING_DECODER.decode(packed)
    drugs = {span.canonical for span in finding.spans if span.kind is _DRUG and span.canonical}
    return _Said(
        packed,
        document_crc(0, packed, None),
        is_advert=finding.is_advert,
        is_order=finding.order_score >= ORDER_SCORE,
        line=finding.line if finding.is_advert else None,
        template_id=finding.template_id,
        drugs=tuple(sorted(drugs)) if drugs else (),
    )


def _document(
    item: PackedRecord,
    record: Record,
    extraction_id: str,
    said: _Said,
    flare_id: str | None,
    *,
    counts_elsewhere: bool = False,
) -> RecordDocument:
    utc = direction = service = None
    if isinstance(record, Message):
        utc, direction, service = record.time.utc, record.direction, record.service
    elif isinstance(record, Call):
        utc, service = record.time.utc, record.service
    elif isinstance(record, Account):
        service = record.service
    parties = _parties(record)
    crc = elsewhere_crc(item.crc ^ said.crc) if counts_elsewhere else item.crc ^ said.crc
    return RecordDocument(
        record_id=record.record_id,
        extraction_id=extraction_id,
        ordinal=item.ordinal,
        crc=crc if flare_id is None else document_crc(crc, b"", flare_id),
        kind=record.kind,
        utc=utc,
        direction=direction,
        service=service,
        deleted=record.deleted,
        is_duplicate=counts_elsewhere or record.duplicate_of is not None,
        text=_text(record, parties),
        numbers=_number_keys(parties),
        is_advert=said.is_advert,
        is_order=said.is_order,
        line=said.line,
        # The template of any other text is nobody's concern: single texts are templates of one.
        template_id=said.template_id if said.is_advert or flare_id is not None else None,
        flare_id=flare_id,
        drugs=said.drugs,
        record=item.packed,
        finding=said.packed,
    )


def _parties(record: Record) -> Sequence[Party | NumberRef]:
    """Return the other parties of a message or call, or the numbers of a contact or account."""
    if isinstance(record, (Message, Call)):
        sender = record.from_party
        others = [party for party in record.to if party.is_owner is not True]
        return others if sender is None or sender.is_owner is True else [sender, *others]
    return record.numbers if isinstance(record, (Contact, Account)) else ()


def _number_keys(parties: Sequence[Party | NumberRef]) -> tuple[str, ...]:
    keys = [key for party in parties if (key := party.e164 or (party.raw.strip() if party.raw else ""))]
    return tuple(keys) if len(keys) < 2 else tuple(dict.fromkeys(keys))


def _text(record: Record, parties: Sequence[Party | NumberRef]) -> str:
    """Return what free text finds, a line each: body or name first, then names and numbers as written, then notes."""
    if isinstance(record, Message):
        parts = [record.body]
        if record.attachments:
            parts += [attachment.name for attachment in record.attachments]
    elif isinstance(record, Call):
        parts = []
    elif isinstance(record, Contact):
        parts = [record.name, *record.emails, *record.handles]
    elif isinstance(record, Account):
        parts = [record.name, *record.handles]
    else:
        parts = [*record.imei, *record.iccid, *record.imsi, *record.msisdn]
    for party in parties:
        if isinstance(party, Party):
            parts.append(party.name)
        parts.append(party.raw)
    if record.extra and isinstance(record, Contact):
        parts += notes_of(record.extra)
    return "\n".join(filter(None, parts))
