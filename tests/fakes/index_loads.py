"""Extractions made by hand, as ``ExtractionLoad`` gives them to an index. All texts and numbers are invented."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from search.contract import Edge, EdgeKind, ExtractionEntry, Flare, RecordDocument, TemplateEntry


class MadeLoad:
    """An extraction as it is loaded; ``batches`` may be asked for as often as one likes."""

    def __init__(
        self,
        entry: ExtractionEntry,
        documents: Sequence[RecordDocument] = (),
        edges: Sequence[Edge] = (),
        flares: Sequence[Flare] = (),
        templates: Sequence[TemplateEntry] = (),
    ) -> None:
        self.entry = entry
        self.documents = documents
        self.document_count = len(documents)
        self.crc_sum = sum(document.crc for document in documents)
        self._edges = edges
        self._flares = flares
        self._templates = templates
        self.batch_size = 1_000

    def batches(self) -> Iterator[Sequence[RecordDocument]]:
        for at in range(0, len(self.documents), self.batch_size):
            yield self.documents[at : at + self.batch_size]

    def edges(self) -> Iterable[Edge]:
        return self._edges

    def flares(self) -> Iterable[Flare]:
        return self._flares

    def templates(self) -> Iterable[TemplateEntry]:
        return self._templates


class BrokenLoad(MadeLoad):
    """Raises in the middle of its documents, as a process that is killed would end."""

    def batches(self) -> Iterator[Sequence[RecordDocument]]:
        yield self.documents[: len(self.documents) // 2]
        raise InterruptedError


def entry(extraction_id: str, **changes: object) -> ExtractionEntry:
    made = ExtractionEntry(
        extraction_id=extraction_id,
        device_id=f"d-{extraction_id}",
        file_name="report.xml",
        sha256="0" * 64,
        size_bytes=1,
        format="ufdr",
        state="complete",
        tally={"message": {"seen": 1, "indexed": 1, "merged": 0, "noticed": 0}},
        notices=({"code": "time_zone_assumed", "count": 2},),
    )
    return msgspec.structs.replace(made, **changes)


def document(extraction_id: str, ordinal: int, text: str = "", **fields: object) -> RecordDocument:
    record = f"{extraction_id}/{ordinal}/{text}".encode("utf-8", "replace")
    made = RecordDocument(
        record_id=f"r-{extraction_id}-{ordinal:06}",
        extraction_id=extraction_id,
        ordinal=ordinal,
        crc=zlib.crc32(record),
        kind="message",
        text=text,
        record=record,
    )
    return msgspec.structs.replace(made, **fields)


def load(extraction_id: str, *texts: str, **fields: object) -> MadeLoad:
    """Return a load of one message a text, a minute apart."""
    documents = [
        document(
            extraction_id,
            ordinal,
            text,
            **{"utc": f"2020-05-18T{21 + ordinal // 60:02}:{ordinal % 60:02}:00.000Z", **fields},
        )
        for ordinal, text in enumerate(texts)
    ]
    return MadeLoad(entry(extraction_id), documents)


def edge(kind: EdgeKind, key: str, extraction_id: str, role: str = "sent", **fields: object) -> Edge:
    made = Edge(kind=kind, key=key, role=role, extraction_id=extraction_id, count=1)
    return msgspec.structs.replace(made, **fields)


def flare(flare_id: str, extraction_id: str) -> Flare:
    return Flare(
        flare_id=flare_id,
        extraction_id=extraction_id,
        direction="sent",
        sender="+447700900123",
        template_id="t-1",
        line="Rico",
        has_advert=True,
        started_at="2020-05-18T21:00:00.000Z",
        ended_at="2020-05-18T21:10:00.000Z",
        time_basis="stated_offset",
        recipient_count=12,
        message_count=14,
        variant_count=2,
        first_record_id="r-1",
        last_record_id="r-2",
    )


def template(template_id: str, extraction_id: str) -> TemplateEntry:
    return TemplateEntry(
        template_id=template_id,
        extraction_id=extraction_id,
        text="{line} on both {deal} bell me",
        message_count=14,
        variants=(("Rico on both 3 for 25 bell me", 12, "r-1"),),
        variant_count=2,
        slots=(("deal", "price", "3 for 25", 14),),
        is_advert=True,
    )
