"""Texts of templates, such too as no extraction holds: of what came one by one, and is no advert to the analysis."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from parsers.records.facts import Message, Record
from parsers.records.findings import TextFinding
from search.contract import EvidenceIndex, Hit

MOST_ASKED = 200
"""Texts that are looked up each time that linkage is computed."""

_RECORD_DECODER = msgspec.msgpack.Decoder(Record)
_FINDING_DECODER = msgspec.msgpack.Decoder(TextFinding)


async def read_texts(index: EvidenceIndex, record_ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return by record id the template's text of a message, its constants and slots, and its body, where it has one."""
    hits = await index.get_all(record_ids)
    return {record_id: text for record_id, hit in hits.items() if (text := _text_of(hit)) is not None}


def _text_of(hit: Hit) -> tuple[str, str] | None:
    record = _RECORD_DECODER.decode(hit.record)
    if not isinstance(record, Message) or record.body is None:
        return None
    finding = _FINDING_DECODER.decode(hit.finding) if hit.finding else None
    return finding.template if finding is not None and finding.template else record.body, record.body


async def texts_of_records(index: EvidenceIndex, records: Mapping[str, str]) -> dict[str, str]:
    """Return the text of each template, by its id, of which one record is given, of ``MOST_ASKED`` at most."""
    asked = sorted(records)[:MOST_ASKED]
    texts = await read_texts(index, {records[template_id] for template_id in asked}) if asked else {}
    return {template_id: texts[record_id][0] for template_id in asked if (record_id := records[template_id]) in texts}
