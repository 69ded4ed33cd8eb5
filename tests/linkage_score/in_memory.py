"""The short way: what the phones hold is given to linkage as records and findings; no file is written or read.

For many worlds. Devices are told apart by the truth, and each phone is read once, so that nothing is measured here
but the analysis and linkage. With findings from the truth (``TrueFindings``) it is linkage alone.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Protocol

from ingest.demo.truth import Peer, TextMessage, Travel
from nlp.analysis import build_analyser
from nlp.text_ids import text_id
from parsers.clocks import to_utc_text
from parsers.records.facts import Call, CallType, Contact, Direction, Message, Record
from parsers.records.findings import NO_NUMBER_CHANGE, NumberChange, NumberChangeRole, Span, SpanKind, TextFinding
from parsers.records.ids import derived_id
from parsers.records.values import ClockBasis, Moment, NumberRef, Party, SourceRef
from search.contract import ExtractionEntry
from search.linkage.extraction.edges import Collected, EdgeCollector
from search.reports.build import build_report, report_bytes
from tests.fakes.memory_index import MemoryIndex
from tests.linkage_score.outcome import Outcome, TextSaid
from tests.linkage_worlds.building import WorldBuilder
from tests.linkage_worlds.happenings import Said
from tests.linkage_worlds.seizure import Held
from tests.linkage_worlds.truth import WorldTruth

Made = tuple[ExtractionEntry, Collected]


class Findings(Protocol):
    """Says of a text what the analysis would."""

    def of(self, body: str, said: Said) -> TextFinding:
        """Return the finding of a text."""
        ...


class AnalysedFindings:
    """What the analysis says; each distinct text is analysed once for all worlds."""

    def __init__(self) -> None:
        analyser = build_analyser()
        self._find = cache(lambda body: next(analyser.find([body])))

    def of(self, body: str, said: Said) -> TextFinding:
        del said
        return self._find(body)


class TrueFindings:
    """What a faultless analysis would say of adverts; of other texts, that they are none."""

    def __init__(self, world: WorldBuilder, truth: WorldTruth) -> None:
        self._texts = truth.texts
        self._new_of = {old: new for line in world.lines for old, new in line.successions}
        self._old_of = {new: old for line in world.lines for old, new in line.successions}

    def of(self, body: str, said: Said) -> TextFinding:
        true = self._texts[body]
        change = self._change(said, true.wording or "") if true.is_advert else NO_NUMBER_CHANGE
        spans: tuple[Span, ...] = ()
        if change.number is not None:
            spans = (Span(SpanKind.NUMBER, 0, 0, change.number, change.e164, "truth"),)
        return TextFinding(
            text_id=text_id(body),
            is_advert=true.is_advert,
            advert_score=0.99 if true.is_advert else 0.01,
            line=true.names if true.is_advert else None,
            line_surface=true.names if true.is_advert else None,
            spans=spans,
            number_change=change,
            template_id=derived_id("t", true.wording or body.casefold()),
            template=true.wording or body,
            nlp_version="truth",
            lexicon_version="truth",
        )

    def _change(self, said: Said, wording: str) -> NumberChange:
        kind = wording.split(maxsplit=1)[0] if wording else ""
        if kind == "old" and said.sender in self._new_of:
            number = self._new_of[said.sender]
            return NumberChange(NumberChangeRole.NEW, number, number)
        if kind == "new" and said.sender in self._old_of:
            number = self._old_of[said.sender]
            return NumberChange(NumberChangeRole.OLD, number, number)
        if kind in {"unnamed", "fakechange"}:
            return NumberChange(NumberChangeRole.NEW, None, None)
        return NO_NUMBER_CHANGE


def outcome_of(everything: list[Held], findings: Findings, without: Callable[[Made], Made] | None = None) -> Outcome:
    """Return what linkage says of the phones; ``without`` takes evidence out of what each of them gives."""
    started = time.monotonic()
    texts: dict[str, TextSaid] = {}
    extractions = [extraction_of(held, findings, texts) for held in everything]
    if without is not None:
        extractions = [without(made) for made in extractions]
    report = asyncio.run(_reported(extractions))
    return Outcome(
        report=report,
        phones_of={_device(held): (held.phone.key,) for held in everything},
        texts=texts,
        seconds=time.monotonic() - started,
    )


async def _reported(extractions: list[Made]) -> Mapping[str, object]:
    index = MemoryIndex()
    for entry, collected in extractions:
        await index.put_entries([entry])
        await index.put_edges(entry.extraction_id, collected.edges, collected.flares, collected.templates)
    report = await build_report(index, software={"version": "0"}, generated_at="2026-01-01T00:00:00.000Z")
    found: Mapping[str, object] = json.loads(report_bytes(report))
    return found


def _device(held: Held) -> str:
    return derived_id("dv", held.phone.key)


def extraction_of(held: Held, findings: Findings, texts: dict[str, TextSaid]) -> Made:
    """Return what the service keeps of a phone; ``texts`` takes what the analysis says of each of its texts."""
    phone, card = held.phone, held.last_card
    extraction_id = derived_id("ex", phone.key)
    own = [card.number] if phone.states_number else []
    collector = EdgeCollector(extraction_id, own)
    times, message_count = [], 0
    for ordinal, (record, body) in enumerate(_records(held, extraction_id, own)):
        finding = None
        if body and isinstance(record, Message):
            finding = findings.of(body, held.said[record.source.locator])
            texts[body] = TextSaid(finding.is_advert, finding.line, finding.template_id)
        if isinstance(record, Message):
            message_count += 1
            if record.time.utc is not None:
                times.append(record.time.utc)
        collector.add(ordinal, record, finding)
    handset = phone.handset
    entry = ExtractionEntry(
        extraction_id=extraction_id,
        device_id=_device(held),
        file_name=f"{phone.exhibit_ref}.ufdr",
        sha256=extraction_id.removeprefix("ex-").ljust(64, "0"),
        size_bytes=1,
        format="ufdr",
        case_ref=phone.case_ref,
        exhibit_ref=phone.exhibit_ref,
        part_kind="sim" if handset is None else "handset",
        state="complete",
        imei=() if handset is None or phone.is_nameless else handset.imei,
        iccid=() if phone.is_nameless else (card.iccid,),
        imsi=() if phone.is_nameless else (card.imsi,),
        msisdn=tuple(own),
        message_count=message_count,
        call_count=len(held.calls),
        contact_count=len(held.contacts),
        first_message_at=min(times, default=None),
        last_message_at=max(times, default=None),
    )
    return entry, collector.collected()


def _records(held: Held, extraction_id: str, own: list[str]) -> Iterator[tuple[Record, str | None]]:
    for text in held.every_text():
        yield _message(held, extraction_id, own, text), text.body
    for call in held.calls:
        went = call.call_type == "outgoing"
        other = _party(call.peer)
        yield (
            Call(
                source=_source(call.key),
                record_id=derived_id("r", held.phone.key, call.key),
                extraction_id=extraction_id,
                call_type=CallType(call.call_type),
                duration_seconds=call.duration_seconds,
                from_party=None if went else other,
                to=(other,) if went else (),
                time=_moment(call.at, is_zoneless=call.zoneless),
            ),
            None,
        )
    for contact in held.contacts:
        numbers = tuple(NumberRef(saved.written, saved.number) for saved in contact.numbers)
        yield (
            Contact(
                source=_source(contact.key),
                record_id=derived_id("r", held.phone.key, contact.key),
                extraction_id=extraction_id,
                name=contact.name,
                numbers=numbers,
            ),
            None,
        )


def _message(held: Held, extraction_id: str, own: list[str], text: TextMessage) -> Message:
    went = text.travel is Travel.OUT
    others = tuple(_party(other) for other in text.peers)
    owner = Party(own[0], own[0], None, True) if own and text.service == "whatsapp" else None  # noqa: FBT003  # a field
    return Message(
        source=_source(text.key),
        record_id=derived_id("r", held.phone.key, text.key),
        extraction_id=extraction_id,
        service=text.service,
        direction=Direction.OUTGOING if went else Direction.INCOMING,
        from_party=owner if went else others[0],
        to=others if went else (owner,) if owner else (),
        body=text.body,
        time=_moment(text.at, is_zoneless=text.zoneless),
    )


def _party(other: Peer) -> Party:
    if other.number is None and other.name is not None:
        return Party(None, None, other.name)  # a chat that shows whom it is with by a saved name alone
    return Party(other.written, other.number, other.name)


def _source(key: str) -> SourceRef:
    return SourceRef("0" * 64, "memory", None, key, "memory", "0")


def _moment(at: datetime | None, *, is_zoneless: bool) -> Moment:
    if at is None:
        return Moment()
    utc = to_utc_text(at)
    return Moment(
        utc, utc, None if is_zoneless else 0, ClockBasis.ASSUMED_ZONE if is_zoneless else ClockBasis.STATED_OFFSET
    )
