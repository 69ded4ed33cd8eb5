"""Reads the files of one handset: each element as a record, or named in a notice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from parsers.android_codes import MMS_MESSAGES
from parsers.archive_guard import damage_of
from parsers.contract import Delivery, ExtractionPart, PartKind, ReadContext, ReadEvent, Seen, SourceStamp
from parsers.epoch_times import MILLISECONDS, EpochClock
from parsers.formats.sms_backup_restore.backup_files import BackupFile, BackupSource
from parsers.formats.sms_backup_restore.calls import read_call
from parsers.formats.sms_backup_restore.claims import CALLS
from parsers.formats.sms_backup_restore.element_stream import CALL, MMS, SMS, BackupElement, Element, ElementStream
from parsers.formats.sms_backup_restore.picture_messages import read_picture_message
from parsers.formats.sms_backup_restore.reading_state import FileState
from parsers.formats.sms_backup_restore.texts import read_text
from parsers.formats.sms_backup_restore.values import Parties, whole_of
from parsers.part_book import PartBook
from parsers.records import ids
from parsers.records.facts import Record
from parsers.xml_guard import CleanXml

_TOOL: Final = "SMS Backup & Restore"
_ROWS: Final = {SMS: "message", MMS: "message", CALL: "call"}
_READERS: Final[dict[str, Callable[[FileState, BackupElement, Element], Record]]] = {
    SMS: read_text,
    MMS: read_picture_message,
    CALL: read_call,
}
_REPORT: Final = "MMS report"


class BackupReader:
    """Reads the files of one handset, once."""

    def __init__(
        self,
        delivery: Delivery,
        ctx: ReadContext,
        source: BackupSource,
        files: Sequence[BackupFile],
        stamp_of: Callable[[str | None], SourceStamp],
    ) -> None:
        self._ctx = ctx
        self._source = source
        self._files = files
        self._stamp_of = stamp_of
        only = files[0].member if len(files) == 1 else None
        self._member = only or files[0].folder or None
        self._vendor_id = _common(file.form.attributes.get("backup_set") for file in files)
        self._book = PartBook(ids.extraction_id(delivery.sha256, self._member, self._vendor_id))
        self._clock = EpochClock()
        self._parties = Parties(ctx.default_region, ctx.sidecar.owner_number)

    def events(self) -> Iterator[ReadEvent]:
        """Yield the part, its records and, last, notices and what was seen."""
        extraction_id = self._book.extraction_id
        dates = [date for file in self._files if (date := _backup_date(file)) is not None]
        yield ExtractionPart(
            extraction_id=extraction_id,
            member=self._member,
            vendor_id=self._vendor_id,
            kind=PartKind.HANDSET,
            tool=_TOOL,
            tool_version=_common(file.form.tool_version for file in self._files),
            extracted_at=max(dates, default=None),
        )
        kinds = Counter(file.form.root for file in self._files)
        for place, file in enumerate(self._files):
            yield from self._records(file, "top" if kinds[file.form.root] == 1 else f"file {place + 1}")
        yield from self._book.notices()
        yield from self._clock.notices(extraction_id)
        for element, count in self._book.seen():
            yield Seen(extraction_id=extraction_id, element=element, count=count)

    def _records(self, file: BackupFile, listing: str) -> Iterator[Record]:
        state = FileState(self._stamp_of(file.member), self._book, self._clock, self._parties, listing)
        with self._source.opened(file.member) as stream:
            clean = CleanXml(stream, leaves_ampersands=True)
            elements = ElementStream(clean, self._ctx.limits)
            count = 0
            for found in elements.elements():
                count += 1
                record = self._record(state, found, file)
                if record is not None:
                    yield record
                self._note_others(elements, file)
            self._note_others(elements, file)
            self._note_end(elements, clean, damage_of(stream), file)
        self._note_count(file, count, is_cut=not elements.has_end)

    def _record(self, state: FileState, found: BackupElement, file: BackupFile) -> Record | None:
        book, element = self._book, found.element
        if element is None:
            book.lose(_ROWS[found.kind], _place(file, found.locator), found.kind)
            if found.is_over_limit:
                book.note("limit_reached", subject="An element", ends_reading=True)
            return None
        if (
            found.kind == MMS
            and whole_of(element, "m_type") not in MMS_MESSAGES
            and next(iter(element.iter("part")), None) is None
        ):
            book.leave_out(_REPORT, _place(file, found.locator))
            return None
        book.saw(_ROWS[found.kind])
        if found.replaced_count:
            book.note("characters_replaced", count=found.replaced_count, locator=_place(file, found.locator))
        if found.mended is not None:
            book.note(found.mended, locator=_place(file, found.locator))
        return _READERS[found.kind](state, found, element)

    def _note_others(self, elements: ElementStream, file: BackupFile) -> None:
        for name in elements.others:
            self._book.leave_out(name, _place(file, f"element {name}"))
        elements.others.clear()

    def _note_end(self, elements: ElementStream, clean: CleanXml, damage: str | None, file: BackupFile) -> None:
        """Say what was wrong with the file as a whole: an archive's word for it, else its missing end."""
        if damage is not None:
            self._book.note(damage, subject=file.member, ends_reading=damage != "checksum_wrong")
        if damage in {None, "checksum_wrong"} and not elements.has_end:
            self._book.note("input_truncated", locator=_place(file, f"byte {clean.byte_count}"), ends_reading=True)
        if file.form.lacks_front:
            self._book.note("front_lost", locator=_place(file, "byte 0"), ends_reading=True)
        if elements.has_open_comment:
            self._book.note("input_malformed", locator=_place(file, "comment without an end"), ends_reading=True)
        if elements.has_large_gap:
            self._book.note("limit_reached", subject="What stands in front of the first element", ends_reading=True)
        if elements.has_open_section:
            self._book.note("input_malformed", locator=_place(file, "section without an end"))
        if elements.has_padding_behind:
            self._book.note("padding_behind_end", locator=file.member)
        if elements.has_more_behind:
            self._book.note("more_behind_end", locator=_place(file, "behind the end"))

    def _note_count(self, file: BackupFile, count: int, *, is_cut: bool) -> None:
        """Compare what the root states with what is there."""
        stated = file.form.attributes.get("count", "")
        if not (stated.isascii() and stated.isdecimal()) or len(stated) > 15:
            return
        subject = "calls" if file.form.root == CALLS else "messages"
        if int(stated) > count and is_cut:
            missing = f"{int(stated):,} {subject} and holds {count:,}: {int(stated) - count:,}"
            self._book.note("count_cut", subject=missing, locator=file.member)
        elif int(stated) > count:
            self._book.note("count_short", count=int(stated) - count, subject=subject, locator=file.member)
        elif int(stated) < count:
            self._book.note("count_exceeded", count=count - int(stated), subject=subject, locator=file.member)


def _place(file: BackupFile, locator: str) -> str:
    return locator if file.member is None else f"{file.member}: {locator}"


def _common(values: Iterator[str | None]) -> str | None:
    """Return the one value that is stated; None where none is, or several are."""
    stated = {value for value in values if value}
    return stated.pop() if len(stated) == 1 else None


def _backup_date(file: BackupFile) -> str | None:
    text = file.form.attributes.get("backup_date", "")
    is_count = text.isascii() and text.isdecimal() and len(text) < 16
    return EpochClock().unix(int(text), MILLISECONDS).utc if is_count else None
