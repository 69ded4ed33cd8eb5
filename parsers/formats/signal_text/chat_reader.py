"""Reads one exported chat: its part, its messages and, last, notices and what was seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from parsers.clocks import Clock
from parsers.contract import Delivery, ExtractionPart, PartKind, ReadContext, ReadEvent, Seen, SourceStamp
from parsers.formats.signal_text.chat_survey import Sides, Survey, sides_of
from parsers.formats.signal_text.line_starts import LineStart, is_begun_start, is_spoiled_start, read_start
from parsers.part_book import PartBook
from parsers.phone_numbers import read_label, to_e164
from parsers.plain_lines import PlainLine, PlainLines
from parsers.records.facts import Direction, Message
from parsers.records.ids import extraction_id
from parsers.records.values import Attachment, Moment, Party
from parsers.stored_text import replaced_in
from parsers.time_order import Standing, is_repeated_hour

_SERVICE: Final = "signal"
_START_IN_TEXT: Final = "start_in_text"
_OUT_OF_ORDER: Final = "start_out_of_order"
_END_UNMARKED: Final = "end_unmarked"
_CUT: Final = "truncated"
_PAIR: Final = 2
_FILE: Final = r"!?\[([^\[\]\r\n]{0,300})\]\((\./media/[^()\r\n]{1,300})\)[ ]{0,2}"
_FILES: Final = re.compile(_FILE)
_FILES_AT_END: Final = re.compile(rf"(?:{_FILE})+\Z")


class Draft(msgspec.Struct, kw_only=True):
    """A message while its lines are read."""

    locator: str
    start: LineStart
    text: list[str]
    chars: int
    notices: list[str] = []
    replaced: int = 0

    def note(self, notice: str) -> None:
        """Say something of the text, once."""
        if notice not in self.notices:
            self.notices.append(notice)


class ChatReader:
    """Reads one chat, once."""

    def __init__(self, delivery: Delivery, ctx: ReadContext, survey: Survey, stamp: SourceStamp) -> None:
        self._delivery = delivery
        self._ctx = ctx
        self._survey = survey
        self._stamp = stamp
        self._sides = sides_of(delivery, survey, ctx.sidecar.owner_number, ctx.default_region)
        self._book = PartBook(extraction_id(delivery.sha256, None, None))
        self._clock = Clock(ctx.time_zone)
        self._zone = ZoneInfo(ctx.time_zone)
        self._place = 0

    def events(self) -> Iterator[ReadEvent]:
        """Yield the part, the messages and, last, the notices and what was seen."""
        book, sides = self._book, self._sides
        yield _part(book.extraction_id, sides, self._ctx.default_region)
        with self._delivery.path.open("rb") as stream:
            lines = PlainLines(stream, self._ctx.limits.text_chars)
            count = 0
            for draft in self._drafts(lines):
                count += 1
                book.saw("message")
                yield self._message(draft)
        if lines.damage is not None:
            book.note(lines.damage, subject="A line", ends_reading=True)
        if sides.owner is None and count and len(self._survey.senders) <= _PAIR:
            book.note("owner_untold", count=count)
        yield from book.notices()
        yield from self._clock.notices(book.extraction_id)
        for element, seen in book.seen():
            yield Seen(extraction_id=book.extraction_id, element=element, count=seen)

    def _drafts(self, lines: PlainLines) -> Iterator[Draft]:
        """Yield the messages, each when its last line was read."""
        draft: Draft | None = None
        for line in lines:
            start = read_start(line.text)
            standing = Standing.IN_ORDER
            if start is not None:
                standing = Standing(self._survey.places[self._place])
                self._place += 1
            if start is not None and (standing is not Standing.TYPED or draft is None):
                if draft is not None:
                    yield self._ended(draft)
                draft = self._begun(line, start, standing)
            elif draft is not None:
                self._continue(draft, line, is_start=start is not None)
            elif line.text.strip():
                self._book.leave_out("line before the first message", line.locator, code="element_unreadable")
        if draft is not None:
            is_open = len(draft.text) == 1 or bool(draft.text[-1])
            # Blank lines in front of a start belong to the text; at the end of the file they are its end.
            while len(draft.text) > 1 and not draft.text[-1]:
                draft.text.pop()
            # Where the tool puts a blank line behind each message, one without it may be cut.
            if self._survey.is_spaced and is_open and _END_UNMARKED not in draft.notices:
                draft.note(_END_UNMARKED)
                self._book.note(_END_UNMARKED, locator=draft.locator)
            yield draft

    def _ended(self, draft: Draft) -> Draft:
        if self._survey.is_spaced and len(draft.text) > 1 and not draft.text[-1]:
            draft.text.pop()
        return draft

    def _begun(self, line: PlainLine, start: LineStart, standing: Standing) -> Draft:
        text = line.text[start.end :]
        draft = Draft(locator=line.locator, start=start, text=[text], chars=len(text))
        if standing is Standing.OUT_OF_ORDER and not self._is_repeated_hour(start):
            draft.note(_OUT_OF_ORDER)
            self._book.note(_OUT_OF_ORDER, locator=line.locator)
        self._note_line(draft, line)
        return draft

    def _continue(self, draft: Draft, line: PlainLine, *, is_start: bool) -> None:
        is_lost = is_spoiled_start(line.text) or (not line.is_ended and not is_start and is_begun_start(line.text))
        if is_lost:
            self._book.leave_out("start of a message", line.locator, code="element_unreadable")
        if is_lost or is_start:
            draft.note(_START_IN_TEXT)
            self._book.note(_START_IN_TEXT, locator=line.locator)
        draft.chars += len(line.text) + 1
        if draft.chars <= self._ctx.limits.text_chars:
            draft.text.append(line.text)
        elif _CUT not in draft.notices:
            draft.note(_CUT)
            self._book.note("limit_reached", subject="A text", locator=draft.locator)
        self._note_line(draft, line)

    def _note_line(self, draft: Draft, line: PlainLine) -> None:
        if line.replaced_count:
            draft.replaced += line.replaced_count
            self._book.note("characters_replaced", locator=draft.locator, count=line.replaced_count)
        if not line.is_ended:
            draft.note(_END_UNMARKED)
            self._book.note(_END_UNMARKED, locator=draft.locator)

    def _message(self, draft: Draft) -> Message:
        sides, name = self._sides, draft.start.sender
        body = "\n".join(draft.text)
        is_owner = None if sides.owner is None else name == sides.owner
        direction = Direction.UNKNOWN
        recipients: tuple[Party, ...] = ()
        if is_owner is not None:
            direction = Direction.OUTGOING if is_owner else Direction.INCOMING
            recipient = None if sides.other is None else sides.other if is_owner else sides.owner
            recipients = () if recipient is None else (self._party(recipient, is_owner=not is_owner),)
        return Message(
            source=self._stamp.source(draft.locator),
            record_id=self._stamp.record_id("message", draft.locator),
            extraction_id=self._book.extraction_id,
            service=_SERVICE,
            direction=direction,
            direction_basis=None if is_owner is None else sides.basis,
            from_party=self._party(name, is_owner=is_owner),
            to=recipients,
            body=body,
            body_notices=(*draft.notices, *replaced_in(body, draft.replaced)),
            thread=sides.title,
            attachments=() if _START_IN_TEXT in draft.notices else tuple(_attachments(body)),
            time=self._moment(draft.start),
        )

    def _party(self, name: str, *, is_owner: bool | None) -> Party:
        return read_label(name, self._ctx.default_region, is_owner=is_owner)

    def _moment(self, start: LineStart) -> Moment:
        moment = self._clock.iso(start.iso)
        return Moment(start.raw, moment.utc, moment.offset_minutes, moment.basis)

    def _is_repeated_hour(self, start: LineStart) -> bool:
        try:
            return is_repeated_hour(datetime.fromisoformat(start.iso), self._zone)
        except ValueError:
            return False


def _part(part_id: str, sides: Sides, region: str) -> ExtractionPart:
    owner = sides.owner if sides.owner is not None and to_e164(sides.owner, region) else None
    return ExtractionPart(
        extraction_id=part_id,
        member=None,
        vendor_name=sides.title,
        kind=PartKind.CHAT,
        tool="Signal (exported chat)",
        msisdn=() if owner is None else (owner,),
    )


def _attachments(body: str) -> Iterator[Attachment]:
    """Yield the files that are named at the end of a text, where the tool writes them; the text keeps their lines."""
    last = body.rpartition("\n")[2]
    at_end = _FILES_AT_END.search(last)
    if at_end is not None:
        for name, path in _FILES.findall(at_end[0]):
            yield Attachment(name or path.rpartition("/")[2])
