"""Stored SMS as lines of hexadecimal: with or without service centre, or as records of a card. See README.md."""

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
from parsers.formats.pdu_lines.line_octets import LineOctets, LineSms
from parsers.part_book import PartBook
from parsers.plain_lines import PlainLine, PlainLines, front_lines
from parsers.records.facts import Message
from parsers.records.ids import extraction_id
from parsers.sms_pdu.long_messages import Slot
from parsers.sms_pdu.pdu_errors import PduMalformed
from parsers.sms_pdu.sim_records import RECORD_OCTETS, slot_of
from parsers.sms_pdu.sms_messages import SmsMessages
from parsers.stored_text import FEWEST_LOST, FILLING

_LOOKED_AT_LINES: Final = 200
_FEWEST_OCTETS: Final = 12
"""The shortest SMS in use."""
_FRONT_CHARS: Final = 4
_MOST_FRONTS: Final = 100
"""Characters of a line by which one that is cut is told, and how many such fronts are remembered."""
_COMMENTS: Final = ("#", ";", "//")
_COLUMN_MARKS: Final = (",", ";", "\t")
_OCTETS: Final = re.compile("[0-9A-Fa-f]{16,}")


class PduLinesParser:
    """Reads one SMS a line."""

    name: ClassVar[str] = "pdu_lines"
    version: ClassVar[str] = "8"
    tier: ClassVar[Tier] = Tier.DOCUMENTED
    title: ClassVar[str] = "SMS as lines of hexadecimal (PDUs, records of EF.SMS)"
    versions_seen: ClassVar[tuple[str, ...]] = ("3GPP TS 23.040 deliver and submit", "TS 51.011 EF.SMS records")
    not_read: ClassVar[tuple[str, ...]] = (
        "status reports, and what is addressed to an application's port: counted",
        "compressed texts: kept as octets beside their message",
        "lines without an SMS: counted",
    )

    def identify(self, head: Head) -> Claim | None:
        """Return a claim where SMS stand among the first lines: one where most lines are octets, else two."""
        if head.is_folder or head.members:
            return None
        lines = [line for line in front_lines(head.first_bytes, _LOOKED_AT_LINES) if not line.startswith(_COMMENTS)]
        coded = [(line, octets) for line in lines if (octets := LineOctets(line)).are_many]
        if all(_is_row_of_digits(line, lines[0]) for line, _ in coded):
            return None
        readable = sum(_is_readable(octets) for _, octets in coded)
        if readable and len(coded) * 2 >= len(lines) and readable * 4 >= len(coded):
            return Claim(score=85, reason="lines of hexadecimal are stored SMS")
        return Claim(score=AMONG_OTHERS, reason="stored SMS among other lines") if readable > 1 else None

    def read(self, delivery: Delivery, ctx: ReadContext) -> Iterator[ReadEvent]:
        """Yield the part, its messages, and notices for the lines that are none."""
        book = PartBook(extraction_id(delivery.sha256, None, None))
        part = ExtractionPart(extraction_id=book.extraction_id, member=None, tool="hexadecimal lines")
        yield part
        clock = Clock(ctx.time_zone, ctx.sidecar.date_order)
        messages = SmsMessages(SourceStamp(delivery, None, PduLinesParser), book, clock, ctx.default_region)
        reading = _Reading(book, messages)
        with delivery.path.open("rb") as stream:
            lines = PlainLines(stream, ctx.limits.text_chars)
            for line in lines:
                yield from reading.messages_of(line)
            yield from messages.rest()
        if lines.damage is not None:
            book.note(lines.damage, subject="a line", ends_reading=True)
        elif not lines.is_ended:
            book.note("end_unmarked")
        if reading.has_cards:
            yield ExtractionPart(
                extraction_id=book.extraction_id, member=None, tool="hexadecimal lines", kind=PartKind.SIM
            )
        yield from book.notices()
        yield from clock.notices(book.extraction_id)
        for element, count in book.seen():
            yield Seen(extraction_id=book.extraction_id, element=element, count=count)


class _Reading:
    """Reads the lines of one file; ``has_cards``: whether a record of a card stood among them."""

    def __init__(self, book: PartBook, messages: SmsMessages) -> None:
        self.has_cards = False
        self._fronts: set[str] = set()
        self._book = book
        self._messages = messages

    def messages_of(self, line: PlainLine) -> Iterator[Message]:
        """Yield the messages that a line makes whole."""
        text = line.text.strip()
        if not text:
            return
        if FILLING in text:
            yield from self._around_zeros(text, line.locator)
            return
        octets = LineOctets(text)
        if octets.are_broken:
            self._book.lose("message", line.locator, "SMS (characters in it are no hexadecimal)")
            return
        if not octets.are_many and not line.is_ended and self._is_front(text):
            self._book.lose("message", line.locator, "SMS (the file ends in it)")
            return
        if not octets.are_many:
            self._book.leave_out("line without an SMS", line.locator)
            return
        try:
            found = octets.sms()
        except PduMalformed as malformed:
            self._book.lose("message", line.locator, f"SMS ({malformed.reason})")
            return
        if len(self._fronts) < _MOST_FRONTS:
            self._fronts.add(text[:_FRONT_CHARS])
        for number, one in enumerate(found, 1):
            yield from self._messages_of(one, line.locator if number == 1 else f"{line.locator} SMS {number}")

    def _is_front(self, text: str) -> bool:
        """Whether a line begins as lines with an SMS do: a service centre, or the first octets of a unit."""
        return any(front.startswith(text[:_FRONT_CHARS]) for front in self._fronts)

    def _around_zeros(self, text: str, locator: str) -> Iterator[Message]:
        """Yield what is whole beside zeros; all else of such a line, and lines that stood in them, is lost."""
        if FILLING * FEWEST_LOST in text:
            self._book.note("block_lost", locator=locator, ends_reading=True)
        is_whole = True
        for number, piece in enumerate(filter(None, text.split(FILLING)), 1):
            octets = LineOctets(piece.strip())
            try:
                found = octets.sms() if octets.are_many else []
            except PduMalformed:
                found = []
            is_whole = is_whole and bool(found)
            for one in found:
                yield from self._messages_of(one, locator if number == 1 else f"{locator} behind zeros {number - 1}")
        if not is_whole:
            self._book.lose("message", locator, "SMS (zeros stand in it)")

    def _messages_of(self, found: LineSms, locator: str) -> Iterator[Message]:
        self.has_cards = self.has_cards or found.is_card
        if found.sms is None:
            self._book.leave_out("unused record of a card", locator)
            return
        if found.sms.rest.strip(b"\0"):
            self._name_rest(found, locator)
        around = (("label", found.label), ("behind", found.behind))
        extra = tuple((name, text) for name, text in around if text)
        slot = slot_of(found.record, locator, extra=extra) if found.is_card else Slot(locator=locator, extra=extra)
        yield from self._messages.add_read(slot, found.sms)

    def _name_rest(self, found: LineSms, locator: str) -> None:
        """Name octets behind an SMS that are no whole one; a record of a card keeps what stood there before."""
        assert found.sms is not None
        if len(found.sms.rest) >= _FEWEST_OCTETS and not (found.is_card and len(found.record) <= RECORD_OCTETS):
            self._book.lose("message", locator, "SMS (octets behind another that are no whole one)")
        else:
            self._book.leave_out("octets behind an SMS", locator)


def _is_row_of_digits(text: str, heading: str) -> bool:
    """Whether a line has the columns of a table's headings, and no octet but of decimal digits: a count, a number."""
    separator = next((mark for mark in _COLUMN_MARKS if heading.count(mark) > 1), None)
    if separator is None or text.count(separator) != heading.count(separator):
        return False
    cells = [cell.strip() for cell in text.split(separator)]
    return not any(_OCTETS.fullmatch(cell) and not cell.isdecimal() for cell in cells)


def _is_readable(octets: LineOctets) -> bool:
    try:
        octets.sms()
    except PduMalformed:
        return False
    return True
