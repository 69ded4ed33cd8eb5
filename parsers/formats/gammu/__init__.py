"""Gammu: backups of a handset (.backup) and of its texts (.smsbackup). See README.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar, Final

import msgspec

from parsers.clocks import Clock
from parsers.contract import (
    AMONG_OTHERS,
    Claim,
    Delivery,
    ExtractionPart,
    Head,
    PartKind,
    ReadContext,
    ReadEvent,
    Seen,
    SourceStamp,
    Tier,
)
from parsers.formats.gammu.backup_texts import BackupTexts
from parsers.formats.gammu.phone_book import contact_of, is_contact
from parsers.formats.gammu.sections import Section, sections_of
from parsers.formats.gammu.times import moment_in
from parsers.part_book import PartBook
from parsers.plain_lines import PlainLines, front_lines
from parsers.records.facts import Device, Record
from parsers.records.ids import extraction_id

_LOOKED_AT_LINES: Final = 400
_TEXTS: Final = re.compile(r"\[SMSBackup[0-9]+\]", re.IGNORECASE)
_CONTACTS: Final = re.compile(r"\[(?:Phone|SIM)PBK[0-9]+\]", re.IGNORECASE)
_HEADER: Final = "[backup]"
_SECTION: Final = re.compile(r"\[[A-Za-z]+[0-9]*\]")
_COMMENTS: Final = ("#", ";")
_CHECKSUM: Final = "Checksum"
_DIGEST: Final = re.compile(r"[0-9A-Fa-f]{32}")
_BOOK_KINDS: Final = frozenset({"PhonePBK", "SIMPBK"})
_TEXT_KIND: Final = "SMSBackup"
_TEXT_KEYS: Final = frozenset({"State", "Number", "Text00"})
"""What a section of a text has, whatever became of its name."""

_OTHER_KINDS: Final = frozenset({"Calendar", "ToDo", "Note", "WAPBookmark", "MMSBookmark", "FMStation", "GPRSPoint"})
_READ_KINDS: Final = _BOOK_KINDS | {_TEXT_KIND}


class GammuParser:
    """Reads one backup, section by section."""

    name: ClassVar[str] = "gammu"
    version: ClassVar[str] = "9"
    tier: ClassVar[Tier] = Tier.DOCUMENTED
    title: ClassVar[str] = "Gammu backups (.backup, .smsbackup)"
    versions_seen: ClassVar[tuple[str, ...]] = ("backup formats 1.01 to 1.06", "smsbackup with Sent and with DateTime")
    not_read: ClassVar[tuple[str, ...]] = (
        "calendar, notes, tasks, settings, logos, ringtones: counted by section",
        "the checksum of a .backup: not computed",
        "status reports and what is addressed to an application's port: counted",
    )
    reads_text: ClassVar[bool] = True
    has_no_zeros: ClassVar[bool] = True

    def identify(self, head: Head) -> Claim | None:
        """Return a claim where the first sections are those of a backup."""
        if head.is_folder or head.members:
            return None
        lines = front_lines(head.first_bytes, _LOOKED_AT_LINES)
        has_texts = any(map(_TEXTS.fullmatch, lines))
        has_contacts = any(map(_CONTACTS.fullmatch, lines))
        has_header = any(line.casefold() == _HEADER for line in lines)
        first = next((line for line in lines if line.strip() and not line.startswith(_COMMENTS)), "")
        if _SECTION.fullmatch(first.strip()) is None:
            # Any text can hold such a line, for somebody typed it.
            found = has_texts or has_contacts
            return Claim(score=AMONG_OTHERS, reason="sections of a Gammu backup among other lines") if found else None
        if has_texts or has_contacts:
            return Claim(score=95, reason="sections of a Gammu backup")
        if has_header and any(line.startswith(("Format", "IMEI", "Phone")) for line in lines):
            return Claim(score=90, reason="head of a Gammu backup")
        return None

    def read(self, delivery: Delivery, ctx: ReadContext) -> Iterator[ReadEvent]:
        """Yield the part, then its records section by section, last notices and what was seen."""
        book = PartBook(extraction_id(delivery.sha256, None, None))
        clock = Clock(ctx.time_zone, ctx.sidecar.date_order)
        part = ExtractionPart(extraction_id=book.extraction_id, member=None, tool="Gammu", kind=PartKind.HANDSET)
        yield part
        stamp = SourceStamp(delivery, None, GammuParser)
        reading = _Reading(stamp, book, clock, ctx.default_region)
        with delivery.path.open("rb") as stream:
            lines = PlainLines(stream, ctx.limits.text_chars)
            yield from reading.events(lines, part)
        if lines.damage is not None:
            book.note(lines.damage, subject="a line", ends_reading=True)
        yield from book.notices()
        yield from clock.notices(book.extraction_id)
        for element, count in book.seen():
            yield Seen(extraction_id=book.extraction_id, element=element, count=count)


class _Reading:
    """Reads the sections of one file."""

    def __init__(self, stamp: SourceStamp, book: PartBook, clock: Clock, region: str) -> None:
        self._stamp = stamp
        self._book = book
        self._region = region
        self._clock = clock
        self._texts = BackupTexts(stamp, book, clock, region)
        self._last_keys: set[str | None] = set()

    def events(self, lines: PlainLines, part: ExtractionPart) -> Iterator[ReadEvent]:
        """Yield the part again once its head was read, and the records."""
        held: Section | None = None
        has_head = has_checksum = is_damaged = is_name_behind = False
        for section in sections_of(lines):
            kind = section.kind
            # A checksum is the end of a backup only where nothing stands behind it.
            is_name_behind, is_damaged = section.is_name_behind, False
            if held is not None:
                yield from self._records(held, is_last=False)
            held = section
            if kind == "Backup" and not has_head:
                has_head, held = True, None
                yield _with_head(part, section, self._clock)
                yield from self._device(section)
            elif kind == _CHECKSUM:
                has_checksum, held = _DIGEST.fullmatch(section.plain("MD5") or "") is not None, None
                is_damaged = not has_checksum and bool(section.plain("MD5"))
        if held is not None:
            yield from self._records(held, is_last=True)
        yield from self._texts.rest()
        # Every version writes a checksum behind everything else: a backup without one has lost its end.
        if is_damaged and lines.is_ended and not is_name_behind:
            self._book.note("checksum_damaged")
        elif is_name_behind or (has_head and not has_checksum):
            self._book.note("input_truncated", ends_reading=True)
        elif not lines.is_ended:
            self._book.note("end_unmarked")

    def _records(self, section: Section, *, is_last: bool) -> Iterator[Record]:
        if section.loose_count:
            self._book.leave_out("line of a section", section.locator, count=section.loose_count)
        kind = section.kind
        is_text = kind == _TEXT_KIND or section.entries.keys() >= _TEXT_KEYS
        if section.repeated_count and (is_text or kind in _READ_KINDS):
            self._book.leave_out(
                "line of a section that repeats a key",
                section.locator,
                count=section.repeated_count,
                code="element_unreadable",
            )
        if is_text:
            if kind != _TEXT_KIND:
                self._book.note("markup_broken", locator=section.locator)
            # A file that was cut off between two lines shows it only by the keys that its last section lacks.
            last_key = section.last_key
            is_short = is_last and bool(self._last_keys) and last_key not in self._last_keys
            self._last_keys.add(last_key)
            if is_short:
                self._book.note("input_truncated", locator=section.name, ends_reading=True)
            yield from self._texts.add(section, may_be_cut=is_last and (section.is_open or is_short))
        elif kind in _BOOK_KINDS or (kind not in _OTHER_KINDS and is_contact(section)):
            if kind not in _BOOK_KINDS:
                self._book.note("markup_broken", locator=section.locator)
            self._book.saw("contact")
            yield contact_of(section, self._stamp, self._book, self._region)
        else:
            self._book.leave_out(f"section {kind}", section.locator)

    def _device(self, section: Section) -> Iterator[Device]:
        imei, phone = section.plain("IMEI"), section.plain("Phone")
        if not imei and not phone:
            return
        self._book.saw("device")
        extra = [(key, section.plain(key) or "") for key in ("Creator", "DateTime", "Format") if section.plain(key)]
        yield Device(
            source=self._stamp.source(section.name),
            record_id=self._stamp.record_id("device", section.name),
            extraction_id=self._book.extraction_id,
            imei=(imei,) if imei else (),
            model=phone or None,
            extra=tuple(extra),
        )


def _with_head(part: ExtractionPart, section: Section, clock: Clock) -> ExtractionPart:
    imei = section.plain("IMEI")
    return msgspec.structs.replace(
        part,
        tool_version=section.plain("Creator") or None,
        format_version=section.plain("Format") or None,
        extracted_at=moment_in(section, clock).utc,
        model=section.plain("Phone") or None,
        imei=(imei,) if imei else (),
    )
