"""Texts of templates that no extraction holds: of what came to phones one by one, and is no advert to the analysis."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from parsers.records.facts import Message, Record
from parsers.records.findings import TextFinding
from search.contract import EvidenceIndex

MOST_ASKED = 200
"""Texts that are looked up each time that linkage is computed: each is a question to the store of its own."""

_RECORD_DECODER = msgspec.msgpack.Decoder(Record)
_FINDING_DECODER = msgspec.msgpack.Decoder(TextFinding)


async def text_of_record(index: EvidenceIndex, record_id: str) -> tuple[str, str] | None:
    """Return the template's text of a message, its constants and slots, and its body; None: it is none, or has none."""
    hit = await index.get(record_id)
    record = _RECORD_DECODER.decode(hit.record) if hit is not None else None
    if hit is None or not isinstance(record, Message) or record.body is None:
        return None
    finding = _FINDING_DECODER.decode(hit.finding) if hit.finding else None
    return finding.template if finding is not None and finding.template else record.body, record.body


async def texts_of_records(index: EvidenceIndex, records: Mapping[str, str]) -> dict[str, str]:
    """Return the text of each template, by its id, of which one record is given, of ``MOST_ASKED`` at most."""
    found = {}
    for template_id in sorted(records)[:MOST_ASKED]:
        if (text := await text_of_record(index, records[template_id])) is not None:
            found[template_id] = text[0]
    return found
