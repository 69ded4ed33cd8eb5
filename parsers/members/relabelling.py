"""Makes what a parser says of a unit a statement about the delivery that it was delivered in.

The parser sees a delivery of its own; the source of each record is the outer one, with the place in it.
"""

from __future__ import annotations

from typing import Final, cast

import msgspec

from parsers.contract import Delivery, ExtractionParser, ExtractionPart, ReadEvent, Sidecar
from parsers.members.beside_files import BesideFiles
from parsers.members.units import Unit
from parsers.part_book import shown_name
from parsers.records.facts import RECORD_KINDS, Message, Record
from parsers.records.notices import Notice
from parsers.records.values import Attachment, SourceRef

_RECORD_TYPES: Final = frozenset(RECORD_KINDS)
_ABOUT_MEMBERS: Final = frozenset(
    {"member_not_read", "member_refused", "member_locked", "member_missing", "checksum_wrong"}
)
"""Codes whose subject is a file of the delivery."""

_MOST_MEMBERS: Final = 4_096
_OF_WHOLE: Final = ("case_ref", "exhibit_ref", "owner_number")
"""What is stated beside a delivery holds for all that lies in it, unless a sidecar beside the member says otherwise."""


class Relabelling:
    """Relabels the events of one unit.

    Attributes:
        stated: What is stated beside the unit itself, and not beside the outer delivery.
        parts: The unit's extractions by id, as they were last given out.
    """

    def __init__(
        self, outer: Delivery, unit: Unit, parser: ExtractionParser, stated: Sidecar, beside: BesideFiles
    ) -> None:
        """Make one.

        Args:
            outer: The delivery that was delivered.
            unit: The unit that is read.
            parser: The parser that reads it.
            stated: What is stated beside the unit itself, and not beside the outer delivery.
            beside: The files that lie beside the units.
        """
        self.parts: dict[str, ExtractionPart] = {}
        self.stated = stated
        self._outer = outer
        self._unit = unit
        self._parser = parser
        self._beside = beside
        self._members: dict[str | None, str | None] = {}

    def part(self, part: ExtractionPart, *, is_apart: bool, belongs_to: str | None) -> ExtractionPart:
        """Return an extraction as one of the outer delivery.

        Args:
            part: As the parser gave it.
            is_apart: Whether nothing says that it is of the same device as other units.
            belongs_to: The extraction of the same handset that came first, if any.
        """
        stated = self.stated
        held = part.stated_beside
        own = tuple(name for name in _OF_WHOLE if name in held or getattr(stated, name))
        relabelled = msgspec.structs.replace(
            part,
            member=self._joined(part.member),
            unit=f"{self._parser.name}: {self._joined(part.unit) or ''}" if is_apart else None,
            parser=part.parser or self._parser.name,
            parser_version=part.parser_version or self._parser.version,
            belongs_to=part.belongs_to or belongs_to,
            case_ref=part.case_ref if "case_ref" in held else stated.case_ref or part.case_ref,
            exhibit_ref=part.exhibit_ref if "exhibit_ref" in held else stated.exhibit_ref or part.exhibit_ref,
            make=part.make or stated.make,
            model=part.model or stated.model,
            imei=part.imei or _one(stated.imei),
            iccid=part.iccid or _one(stated.iccid),
            msisdn=part.msisdn if "owner_number" in held else _one(stated.owner_number) or part.msisdn,
            stated_beside=own,
        )
        self.parts[part.extraction_id] = relabelled
        return relabelled

    def record(self, record: Record) -> Record:
        """Return a record whose source is the outer delivery."""
        source = record.source
        place = SourceRef(
            self._outer.stated_sha256,
            self._outer.name,
            self._joined(source.member),
            source.locator,
            source.parser,
            source.parser_version,
            source.row,
        )
        if isinstance(record, Message) and record.attachments:
            attachments = tuple(self._attachment(each) for each in record.attachments)
            return msgspec.structs.replace(record, source=place, attachments=attachments)
        return msgspec.structs.replace(record, source=place)

    def notice(self, notice: Notice) -> Notice:
        """Return a notice about the unit's first extraction, where it was about the unit as a whole."""
        subject = notice.subject
        if subject is not None and notice.code in _ABOUT_MEMBERS:
            subject = shown_name(self._joined(subject) or subject)
        return self.about_unit(msgspec.structs.replace(notice, subject=subject))

    def about_unit(self, notice: Notice) -> Notice:
        """Return a notice of the outer delivery about the unit's first extraction, where it names none."""
        first = next(iter(self.parts), None)
        return msgspec.structs.replace(notice, extraction_id=notice.extraction_id or first)

    def _attachment(self, attachment: Attachment) -> Attachment:
        if attachment.member is not None:
            return msgspec.structs.replace(attachment, member=self._joined(attachment.member))
        kept_at = attachment.kept_at or attachment.name
        found = self._beside.member_of(kept_at, self._unit) if kept_at else None
        return attachment if found is None else msgspec.structs.replace(attachment, member=found, kept_at=None)

    def _joined(self, member: str | None) -> str | None:
        """Return a place inside the unit as a place inside the outer delivery."""
        found = self._members.get(member)
        if found is None:
            if len(self._members) >= _MOST_MEMBERS:
                self._members.clear()
            found = "/".join(each for each in (self._unit.key.rstrip("/"), member) if each) or None
            self._members[member] = found
        return found


def is_record(event: ReadEvent) -> bool:
    """Whether an event is a record."""
    return type(event) in _RECORD_TYPES


def as_record(event: ReadEvent) -> Record:
    """Return an event that is a record as one."""
    return cast("Record", event)


def _one(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()
