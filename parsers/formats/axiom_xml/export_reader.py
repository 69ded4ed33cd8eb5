"""Reads one export: each hit as a record of the evidence that it is of, or counted by its artifact."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from parsers.archive_guard import MemberStream
from parsers.contract import (
    Delivery,
    ExtractionParser,
    ExtractionPart,
    PartKind,
    ReadContext,
    ReadEvent,
    Seen,
    SourceStamp,
)
from parsers.errors import InputRefused
from parsers.formats.axiom_xml.artifacts import artifact_of, is_in_other_language
from parsers.formats.axiom_xml.claims import shows_export
from parsers.formats.axiom_xml.fragments import read_name
from parsers.formats.axiom_xml.hit_records import is_listing, record_of
from parsers.formats.axiom_xml.hit_stream import NO_NAME, Hit, HitStream
from parsers.formats.axiom_xml.hit_values import HitValues
from parsers.formats.axiom_xml.reading_state import PartState, Place
from parsers.formats.axiom_xml.survey import Survey, image_of, row_of, survey_of
from parsers.member_files import MemberFiles
from parsers.part_book import shown_name
from parsers.records import ids
from parsers.records.facts import Record
from parsers.xml_guard import CleanXml

_TOOL: Final = "Magnet AXIOM"
_HEAD_BYTES: Final = 64 * 1024
_MOST_PARTS: Final = 256
_MOST_WAITING: Final = 200
_SUFFIX: Final = ".xml"


class ExportReader:
    """Reads one delivery."""

    def __init__(
        self, delivery: Delivery, ctx: ReadContext, files: MemberFiles, parser: type[ExtractionParser]
    ) -> None:
        self._delivery = delivery
        self._ctx = ctx
        self._files = files
        self._member = _export_in(files)
        self._stamp = SourceStamp(delivery, self._member, parser)
        names = files.names or ()
        self._members = {name.rpartition("/")[2].casefold(): name for name in names}
        self._parts: dict[str | None, PartState] = {}
        self._survey = self._surveyed()
        self._used = {self._member} if self._member is not None else set()
        self._known_count = 0

    def events(self) -> Iterator[ReadEvent]:
        """Yield parts and records in the order of the hits; then notices and what was seen."""
        with self._files.opened(self._member) as stream:
            clean = CleanXml(stream)
            hits = HitStream(clean, self._ctx.limits)
            yield from self._all_events(hits)
            damage = stream.damage if isinstance(stream, MemberStream) else None
        if not self._parts:
            if hits.damage is None and hits.first_stretch is None:
                raise InputRefused("xml_unknown", "an export of AXIOM without a hit")
            yield from self._part_events(self._part_of(None))
        yield from self._closing(hits, damage, clean)

    def _all_events(self, hits: HitStream) -> Iterator[ReadEvent]:
        """Yield what the hits give. Those in front that name no evidence wait for one that does."""
        waiting: list[Hit] = []
        for hit in hits.hits():
            evidence = self._told_by(hit)
            if evidence is None and not self._parts and len(waiting) < _MOST_WAITING:
                waiting.append(hit)
                continue
            self._part_of(evidence)
            for each in waiting:
                yield from self._hit_events(each, None)
            waiting.clear()
            yield from self._hit_events(hit, evidence)
        for each in waiting:
            yield from self._hit_events(each, None)

    def _hit_events(self, hit: Hit, evidence: str | None) -> Iterator[ReadEvent]:
        state = self._part_of(evidence)
        if hit.broken:
            state.book.note("markup_broken", count=hit.broken, locator=hit.locator)
        if hit.swallowed:
            state.book.leave_out("Hit in a value", hit.locator, code="element_unreadable", count=hit.swallowed)
        artifact = artifact_of(hit.artifact)
        if artifact is None or is_listing(fragment.name for fragment in hit.fragments):
            yield from self._part_events(state)
            state.book.leave_out(
                hit.artifact, hit.locator, code=_why_left_out(hit.artifact, is_known=artifact is not None)
            )
            return
        self._known_count += 1
        if self._survey.images and image_of(hit.fragments) not in self._survey.images:
            state.book.note("handset_untold", subject=hit.artifact, locator=hit.locator)
        place = Place(self._stamp, hit.locator, self._members)
        values = HitValues(hit, artifact, state, self._survey.orders)
        if values.replaced_count:
            state.book.note("characters_replaced", count=values.replaced_count, locator=hit.locator)
        for name in values.markup_names:
            state.book.note("markup_in_value", subject=name, locator=hit.locator)
        if values.says_nothing:
            state.book.note("value_names_unknown", subject=hit.artifact, locator=hit.locator)
        record = record_of(values, state, place)
        if (row := row_of(hit, self._survey)) is not None:
            record = replace(record, source=replace(record.source, row=row))
        self._note_attached(record)
        yield from self._part_events(state)
        state.book.saw(record.kind)
        yield record

    def _part_of(self, evidence: str | None) -> PartState:
        if evidence not in self._parts:
            if evidence is None and self._parts:
                # A hit that names no evidence is of the only one there is, else of the first.
                return next(iter(self._parts.values()))
            if len(self._parts) >= _MOST_PARTS:
                return next(iter(self._parts.values()))
            extraction_id = ids.extraction_id(self._delivery.sha256, self._member, evidence)
            is_image = bool(self._survey.images)
            self._parts[evidence] = PartState(
                extraction_id, None if is_image else evidence, self._ctx, evidence if is_image else None
            )
        return self._parts[evidence]

    def _part_events(self, state: PartState) -> Iterator[ReadEvent]:
        if not state.is_told:
            return
        state.is_told = False
        known = {kind: tuple(values) for kind, values in state.identifiers.items()}
        yield ExtractionPart(
            extraction_id=state.extraction_id,
            member=self._member,
            vendor_id=state.evidence or state.image,
            kind=PartKind.HANDSET,
            tool=_TOOL,
            exhibit_ref=state.evidence,
            make=state.make,
            model=state.model,
            os=state.os,
            imei=known["imei"],
            iccid=known["iccid"],
            imsi=known["imsi"],
            msisdn=known["msisdn"],
        )

    def _surveyed(self) -> Survey:
        """Return what the hits show together. They are read once for that, and once more for their records."""
        with self._files.opened(self._member) as stream:
            return survey_of(HitStream(CleanXml(stream), self._ctx.limits).hits())

    def _told_by(self, hit: Hit) -> str | None:
        """Return what tells which extraction a hit is of: its evidence, or its image where images tell handsets."""
        if not self._survey.images:
            return _evidence_of(hit)
        image = image_of(hit.fragments)
        if image is None:
            return next(iter(self._survey.images.values()))
        return self._survey.images.get(image, image)

    def _note_attached(self, record: Record) -> None:
        for attachment in getattr(record, "attachments", ()):
            if attachment.member is not None:
                self._used.add(attachment.member)

    def _closing(self, hits: HitStream, damage: str | None, clean: CleanXml) -> Iterator[ReadEvent]:
        self._note_whole(hits, damage, clean)
        for state in self._parts.values():
            yield from state.notices()
        if self._files.names is not None:
            yield from self._files.notices(self._used)
        for state in self._parts.values():
            for element, count in state.book.seen():
                yield Seen(extraction_id=state.extraction_id, element=element, count=count)

    def _note_whole(self, hits: HitStream, damage: str | None, clean: CleanXml) -> None:
        """Say what is to be said of the export as a whole, with its first extraction."""
        first = next(iter(self._parts.values()))
        if self._survey.is_open:
            first.book.note("handsets_together")
        name = shown_name(self._member or self._delivery.name)
        for code in dict.fromkeys((hits.damage, damage)):
            if code is not None:
                first.book.note(code, subject=name, ends_reading=code != "checksum_wrong")
        if hits.first_stretch is not None:
            first.book.note(
                "stretch_malformed",
                subject=name,
                locator=hits.first_stretch.locator,
                count=hits.stretch_count,
                ends_reading=True,
            )
            for artifact, count in hits.torn.items():
                _lose(first, artifact, hits.first_stretch.locator, count)
        counts = {
            "value_cut": hits.cut_count,
            "markup_unescaped": clean.unescaped_count,
            "padding_behind_end": int(hits.has_padding),
        }
        for code, count in counts.items():
            if count:
                first.book.note(code, count=count)
        unknown = (
            sum(count for state in self._parts.values() for _, count in state.book.seen()) and not self._known_count
        )
        if unknown:
            first.book.note("artifact_names_unknown")
        marked = sum(state.book.count_of("characters_replaced") for state in self._parts.values())
        if clean.replaced_count > marked:
            first.book.note("characters_replaced", count=clean.replaced_count - marked)


def _lose(state: PartState, artifact: str, locator: str, count: int) -> None:
    """Count hits that were torn: seen, and no record."""
    known = artifact_of(artifact)
    if known is None:
        state.book.leave_out(artifact, locator, code=_why_left_out(artifact, is_known=False), count=count)
        return
    state.book.saw(known.kind.value, count)
    state.book.note(
        "element_unreadable", element=known.kind.value, subject=shown_name(artifact), locator=locator, count=count
    )


def _why_left_out(artifact: str, *, is_known: bool) -> str:
    """Return the notice for a hit that gives no record; what it is of must be told where that is by design."""
    if artifact == NO_NAME:
        return "element_unreadable"
    return "list_in_other_language" if not is_known and is_in_other_language(artifact) else "element_not_read"


def _evidence_of(hit: Hit) -> str | None:
    for fragment in hit.fragments:
        if read_name(fragment.name).meaning == "evidence" and fragment.text.strip():
            return fragment.text.strip()
    return None


def _export_in(files: MemberFiles) -> str | None:
    """Return the member that is the export; None where the delivery is.

    Raises:
        InputRefused: There is none.
    """
    if files.names is None:
        return None
    for name in sorted(files.names, key=lambda each: (each.count("/"), each)):
        if name.casefold().endswith(_SUFFIX):
            with files.opened(name) as stream:
                head = bytearray()
                while len(head) < _HEAD_BYTES and (piece := stream.read(_HEAD_BYTES - len(head))):
                    head += piece
            if shows_export(bytes(head)):
                return name
    raise InputRefused("format_unknown", "no export of AXIOM in it")
