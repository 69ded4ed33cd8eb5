"""vMessage: texts as feature phones and their PC suites export them (.vmg), one or many a file. See README.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar, Final

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
from parsers.epoch_times import EpochClock
from parsers.errors import InputRefused
from parsers.formats.vmg.code_page import PagedStream, page_in
from parsers.formats.vmg.envelopes import Envelope, EnvelopeCutter
from parsers.formats.vmg.message_records import MessageMaker
from parsers.member_files import MemberFiles, open_members
from parsers.members.neighbours import has_neighbours
from parsers.members.told_fronts import neighbour_test, own_beside_others
from parsers.part_book import PartBook
from parsers.plain_lines import PlainLines, front_lines
from parsers.records.facts import Record
from parsers.records.ids import extraction_id
from parsers.sheets.code_pages import SHOWN_NAMES

_LOOKED_AT_LINES: Final = 40
_BEGIN: Final = re.compile(r"\ufeff?BEGIN\s*:\s*VMSG", re.IGNORECASE)
_SUFFIX: Final = ".vmg"


def is_message_file(name: str) -> bool:
    """Whether a member is named as exporters name these files."""
    return name.casefold().endswith(_SUFFIX)


class VmgParser:
    """Reads files of messages, one by one; exporters write a file a message, or all into one."""

    name: ClassVar[str] = "vmg"
    version: ClassVar[str] = "11"
    tier: ClassVar[Tier] = Tier.INFERRED
    title: ClassVar[str] = "vMessage (.vmg): texts of Nokia, Samsung and other phones; file, folder, zip"
    versions_seen: ClassVar[tuple[str, ...]] = ()
    not_read: ClassVar[tuple[str, ...]] = (
        "calendars, notes and address books beside the messages: drop the address book as vCard",
        "parts of a picture message beside its text",
        "whether a time marked as UTC is UTC, where the same digits stand there as the phone's own time",
    )
    reads_text: ClassVar[bool] = True
    has_no_zeros: ClassVar[bool] = True
    reads_together: ClassVar[bool] = True

    def identify(self, head: Head) -> Claim | None:
        """Return a claim where a message begins, or an archive or folder has files of them."""
        if head.members:
            files = [name for name in head.members if is_message_file(name)]
            # Files of several folders may be of several phones; what else lies there is read beside them.
            folders = {name.rpartition("/")[0] for name in files}
            is_one = len(folders) == 1 and (not head.is_folder or folders == {""})
            if not is_one or has_neighbours(folders.pop(), files, head.members, frozenset(), neighbour_test(head)):
                return None
            return Claim(score=80, reason="files of messages (.vmg)")
        lines = front_lines(head.first_bytes, _LOOKED_AT_LINES)
        if lines and _BEGIN.fullmatch(lines[0]):
            return Claim(score=95, reason="begins with BEGIN:VMSG")
        if any(map(_BEGIN.fullmatch, lines)):
            return Claim(score=AMONG_OTHERS, reason="a message begins among the first lines")
        return None

    def own_members(self, head: Head) -> tuple[str, ...]:
        """Return the files of messages at the top of a folder, where other deliveries lie beside them."""
        files = frozenset(name for name in head.members if is_message_file(name))
        is_one = head.is_folder and len(files) > 1 and not any("/" in name for name in files)
        return own_beside_others(head, files) if is_one else ()

    def read(self, delivery: Delivery, ctx: ReadContext) -> Iterator[ReadEvent]:
        """Yield the part, then the messages of each file in its order, and notices."""
        with open_members(delivery, ctx.limits) as files:
            yield from _Reading(delivery, ctx, files).events()


class _Reading:
    """Reads one delivery."""

    def __init__(self, delivery: Delivery, ctx: ReadContext, files: MemberFiles) -> None:
        self._delivery = delivery
        self._ctx = ctx
        self._files = files
        self._members = files.chosen(is_message_file, "file of messages")
        self._book = PartBook(extraction_id(delivery.sha256, None, None))
        self._clock = Clock(ctx.time_zone, ctx.sidecar.date_order)
        self._epoch = EpochClock()
        self._refused: InputRefused | None = None

    def events(self) -> Iterator[ReadEvent]:
        """Yield everything that the delivery holds.

        Raises:
            InputRefused: Its files are called so, and no message stands in any; or none can be opened.
        """
        book = self._book
        records = self._all_records()
        first = next(records, None)
        if first is None and "message" not in dict(book.seen()):
            raise self._refused or InputRefused("format_unknown", "no message in its files")
        yield ExtractionPart(extraction_id=book.extraction_id, member=None, kind=PartKind.HANDSET, tool="vMessage")
        if first is not None:
            yield first
        yield from records
        yield from self._files.notices({name for name in self._members if name is not None})
        yield from book.notices()
        yield from self._clock.notices(book.extraction_id)
        yield from self._epoch.notices(book.extraction_id)
        for element, count in book.seen():
            yield Seen(extraction_id=book.extraction_id, element=element, count=count)

    def _all_records(self) -> Iterator[Record]:
        book = self._book
        for member in self._members:
            stamp = SourceStamp(self._delivery, member, VmgParser)
            maker = MessageMaker(stamp, book, (self._clock, self._epoch), self._ctx.default_region)
            try:
                yield from self._records(member, maker)
            except InputRefused as refused:
                if member is None:
                    raise
                self._refused = self._refused or refused
                book.note(refused.code, subject=refused.about(member))

    def _records(self, member: str | None, maker: MessageMaker) -> Iterator[Record]:
        cutter = EnvelopeCutter(self._ctx.limits.text_chars)
        with self._files.opened(member) as stream:
            page = page_in(stream, self._ctx.limits.text_chars)
        if page is not None:
            self._book.note("encoding_assumed", subject=SHOWN_NAMES[page])
        with self._files.opened(member) as stream:
            text = stream if page is None else PagedStream(stream, page)
            lines = PlainLines(text, self._ctx.limits.text_chars)
            held: Envelope | None = None
            for envelope in cutter.envelopes(lines.raw_batches()):
                if held is not None:
                    yield from maker.records(held, is_last=False)
                held = envelope
            if held is not None:
                yield from maker.records(held, is_last=True)
        place = member or self._delivery.name
        cutter.outside.leave_out(self._book, "message")
        if cutter.joined_count:
            self._book.note("markup_broken", locator=f"line {cutter.first_joined}", count=cutter.joined_count)
        if lines.damage is not None:
            self._book.note(lines.damage, subject="a line", ends_reading=True)
        elif not lines.is_ended and cutter.ends_in_begin:
            self._book.note("input_truncated", subject=member, ends_reading=True)
        elif not lines.is_ended:
            self._book.note("end_unmarked")
        damage = self._files.damage(member)
        if damage is not None:
            self._book.note(damage, subject=place, ends_reading=damage != "checksum_wrong")
