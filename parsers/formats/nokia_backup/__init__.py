"""Backups of Nokia handsets: of Series 40 (.nbf) and of PC Suite (.nfb, .nfc, .ncc). See README.md."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO, ClassVar, Final

from msgspec.structs import replace

from parsers.byte_streams import ByteStream
from parsers.clocks import Clock
from parsers.contract import (
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
from parsers.errors import InputRefused
from parsers.formats.nokia_backup.backup_file import Entries, EntryRange, Front, front_of
from parsers.formats.nokia_backup.coded_lines import is_front
from parsers.formats.nokia_backup.line_records import LineRecords
from parsers.formats.nokia_backup.message_folder import MessageFolder, is_message_file
from parsers.member_files import open_members
from parsers.members.neighbours import could_be_delivery
from parsers.part_book import PartBook, shown_name
from parsers.plain_lines import PlainLines, front_lines
from parsers.records.facts import Device, Record
from parsers.records.ids import extraction_id

_FRONT_BYTES: Final = 64 * 1024
_TELLING_BYTES: Final = 512
_TOOL: Final = "Nokia backup"
_HEAD_LOCATOR: Final = "head"
_UTF_16: Final = re.compile(rb"\xff\xfe|[0-9]\0[0-9]\0")


class NokiaBackupParser:
    """Reads one backup of one handset."""

    name: ClassVar[str] = "nokia_backup"
    version: ClassVar[str] = "3"
    tier: ClassVar[Tier] = Tier.INFERRED
    title: ClassVar[str] = "Nokia backups (.nbf, its predefmessages folder or zip; .nfb, .nfc; .ncc)"
    versions_seen: ClassVar[tuple[str, ...]] = ()
    not_read: ClassVar[tuple[str, ...]] = (
        "picture messages, status reports and what is addressed to an application's port: counted",
        "calendar, notes, groups, settings, files: counted or named; an address book beside .nbf messages is named",
        ".nbu backups: refused by name, with what to export instead",
    )

    @staticmethod
    def keeps_member(path: str) -> bool:
        """Whether a file is one of the handset's messages, whatever it holds."""
        return "predefmessages" in path.casefold().split("/")

    def identify(self, head: Head) -> Claim | None:
        """Return a claim where messages lie as the handset numbers them, or the head or first line is PC Suite's."""
        if head.members:
            return _claim_on_folder(head)
        if head.is_folder:
            return None
        if front_of(head.first_bytes) is not None:
            return Claim(score=95, reason="head of a backup of Nokia PC Suite")
        if _UTF_16.match(head.first_bytes) and any(map(is_front, front_lines(head.first_bytes, 1))):
            return Claim(score=95, reason="first line is one of Nokia PC Suite")
        return None

    def read(self, delivery: Delivery, ctx: ReadContext) -> Iterator[ReadEvent]:
        """Yield the part, then its records in the order of the backup, last notices and what was seen."""
        reading = _Reading(delivery, ctx)
        if delivery.is_folder:
            yield from reading.of_folder()
            return
        with delivery.path.open("rb") as file:
            octets = file.read(_FRONT_BYTES)
            front = front_of(octets)
            if front is not None:
                yield from reading.of_file(file, front)
                return
            if _UTF_16.match(octets):
                file.seek(0)
                yield from reading.of_lines(file)
                return
        yield from reading.of_folder()


def _claim_on_folder(head: Head) -> Claim | None:
    """Return a claim where messages of one handset lie in an archive or folder, and nothing else that is a delivery."""
    own = [name for name in head.members if is_message_file(name, head.name)]
    roots = {name.rpartition("/")[0].rpartition("/")[0] for name in own}
    if len(roots) != 1:
        return None
    held = frozenset(own)
    folder = roots.pop()
    inside = f"{folder}/" if folder else ""
    others = (name for name in head.members if name not in held and not (inside and name.startswith(inside)))
    # What else a delivery could be is read by its own reader, beside the folder of messages.
    if any(map(could_be_delivery, others)):
        return None
    return Claim(score=85, reason="messages of a Nokia handset (predefmessages)")


class _Reading:
    """Reads one delivery."""

    def __init__(self, delivery: Delivery, ctx: ReadContext) -> None:
        self._delivery = delivery
        self._ctx = ctx
        self._book = PartBook(extraction_id(delivery.sha256, None, None))
        self._clock = Clock(ctx.time_zone, ctx.sidecar.date_order)
        self._part = ExtractionPart(
            extraction_id=self._book.extraction_id, member=None, kind=PartKind.HANDSET, tool=_TOOL
        )

    def of_folder(self) -> Iterator[ReadEvent]:
        """Yield what a folder or archive of messages holds.

        Raises:
            InputRefused: None of its files can be opened.
        """
        with open_members(self._delivery, self._ctx.limits) as files:
            folder = MessageFolder(self._delivery, NokiaBackupParser, files, self._book, self._clock)
            records = folder.records(self._ctx.default_region)
            first = next(records, None)
            if first is None and not any(self._book.seen()):
                raise folder.refused or InputRefused("format_unknown", "no message in its files")
            yield self._part
            if first is not None:
                yield first
            yield from records
            yield from files.notices(folder.used)
        yield from self._ending()

    def of_file(self, file: BinaryIO, front: Front) -> Iterator[ReadEvent]:
        """Yield what a backup of PC Suite holds."""
        yield replace(self._part, model=front.phone or None)
        yield from self._device(front)
        lines = LineRecords(self._delivery, NokiaBackupParser, self._book, self._clock, self._ctx.default_region)
        entries = Entries(file, front)
        for entry in entries:
            telling = EntryRange(file, entry).read(_TELLING_BYTES)
            if _UTF_16.match(telling) and any(map(is_front, front_lines(telling, 1))):
                yield from self._records(EntryRange(file, entry), lines, shown_name(entry.name))
            elif entry.size:
                self._book.leave_out("file of a backup", shown_name(entry.name))
        yield from lines.rest()
        if entries.is_cut:
            self._book.note("input_truncated", count=entries.missing_count, ends_reading=True)
        yield from self._ending()

    def of_lines(self, file: BinaryIO) -> Iterator[ReadEvent]:
        """Yield what a file of coded lines holds."""
        yield self._part
        lines = LineRecords(self._delivery, NokiaBackupParser, self._book, self._clock, self._ctx.default_region)
        yield from self._records(file, lines, "")
        yield from lines.rest()
        yield from self._ending()

    def _records(self, stream: ByteStream, records: LineRecords, place: str) -> Iterator[Record]:
        lines = PlainLines(stream, self._ctx.limits.text_chars)
        for line in lines:
            yield from records.of(line, place)
        if lines.damage is not None:
            self._book.note(lines.damage, subject="a line", ends_reading=True)
        elif not lines.is_ended:
            self._book.note("end_unmarked", subject=place or None)

    def _device(self, front: Front) -> Iterator[Device]:
        if not front.phone and not front.model:
            return
        stamp = SourceStamp(self._delivery, None, NokiaBackupParser)
        self._book.saw("device")
        yield Device(
            source=stamp.source(_HEAD_LOCATOR),
            record_id=stamp.record_id("device", _HEAD_LOCATOR),
            extraction_id=self._book.extraction_id,
            model=front.phone or None,
            extra=(("model or firmware", front.model),) if front.model else (),
        )

    def _ending(self) -> Iterator[ReadEvent]:
        book = self._book
        yield from book.notices()
        yield from self._clock.notices(book.extraction_id)
        seen: Iterable[tuple[str, int]] = book.seen()
        for element, count in seen:
            yield Seen(extraction_id=book.extraction_id, element=element, count=count)
