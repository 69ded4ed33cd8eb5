"""Reads one exported chat: its part, its messages and, last, notices and what was seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from parsers.archive_guard import damage_of
from parsers.clocks import Clock
from parsers.contract import Delivery, ExtractionPart, PartKind, ReadContext, ReadEvent, Seen, SourceStamp
from parsers.deleted_lines import MARK
from parsers.formats.whatsapp_text.chat_members import ChatMember, ChatSource, handset_folder
from parsers.formats.whatsapp_text.chat_survey import Survey, survey_chat
from parsers.formats.whatsapp_text.damaged_starts import is_begun_start, is_damaged_start, loses_start
from parsers.formats.whatsapp_text.date_orders import date_of, possible_dates
from parsers.formats.whatsapp_text.lent_orders import shown_orders, untold_forms
from parsers.formats.whatsapp_text.line_bodies import read_rest
from parsers.formats.whatsapp_text.line_starts import LineStart, read_start
from parsers.formats.whatsapp_text.messages import START_IN_TEXT, Draft, MessageMaker
from parsers.formats.whatsapp_text.owners import Sides, sides_of
from parsers.formats.whatsapp_text.text_lines import Line, TextLines
from parsers.phone_numbers import to_e164
from parsers.records.ids import extraction_id
from parsers.records.notices import Notice
from parsers.records.values import Moment
from parsers.sheets.code_pages import SHOWN_NAMES
from parsers.sheets.text_encoding import CHUNK_BYTES, page_of
from parsers.stored_text import REPLACED
from parsers.time_order import Standing, is_repeated_hour

_BEFORE_FIRST: Final = "other:line before the first message"
_LOST_START: Final = "other:start of a message"
_END_UNMARKED: Final = "end_unmarked"
_OUT_OF_ORDER: Final = "start_out_of_order"
_CUT: Final = "truncated"
_LENT: Final = "date_order_of_others"
_TWICE: Final = 2
_STANDINGS: Final = {int(standing): standing for standing in Standing}
"""An enumeration finds its members in Python."""


class ChatReader:
    """Reads one chat, once."""

    def __init__(
        self, delivery: Delivery, ctx: ReadContext, source: ChatSource, chat: ChatMember, stamp: SourceStamp
    ) -> None:
        self._delivery = delivery
        self._ctx = ctx
        self._source = source
        self._chat = chat
        self._stamp = stamp
        self._clock = Clock(ctx.time_zone)
        self._zone = ZoneInfo(ctx.time_zone)
        self._counts: Counter[str] = Counter()
        self._first: dict[str, str] = {}
        self._place = 0
        self._message_count = 0
        self._last_front = ""
        self._page: str | None = None
        self._lent: Mapping[str, str] = {}
        self._own: Survey | None = None
        self.used: set[str] = set()
        self.extraction_id = extraction_id(delivery.sha256, chat.member, None)
        self.handset_folder = handset_folder(chat.member)

    def survey(self) -> Survey:
        """Return what the chat shows as a whole; reads it to its end.

        Raises:
            InputRefused: The member is encrypted, or packed by a method that is not read.
        """
        survey = self._surveyed()
        if survey.has_invalid:
            self._page = page_of(self._pieces)
            if self._page is not None:
                return self._surveyed()
        return survey

    def survey_again(self, own: Survey, lent: Mapping[str, str]) -> Survey:
        """Return what the chat shows where its dates are read in the orders of other chats, by ``date_form``."""
        self._lent, self._own = lent, own
        return self._surveyed()

    def _surveyed(self) -> Survey:
        title = self._chat.titles[0] if self._chat.is_titled else None
        with self._source.opened(self._chat) as stream:
            lines = TextLines(stream, self._ctx.limits.text_chars, self._page)
            return survey_chat(lines, title, self._ctx.sidecar.date_order, self._lent)

    def _pieces(self) -> Iterator[bytes]:
        with self._source.opened(self._chat) as stream:
            while piece := stream.read(CHUNK_BYTES):
                yield piece

    def events(self, survey: Survey, first_of: dict[str, str]) -> Iterator[ReadEvent]:
        """Yield the part, the messages and, last, the notices and what was seen.

        Args:
            survey: What the chat shows as a whole.
            first_of: The extraction of each conversation that came before, by ``_conversation``; this one is added.
        """
        sides = self._sides(survey)
        part = self._part(sides, survey)
        conversation = self._conversation(survey, sides)
        first = part.extraction_id if conversation is None else first_of.setdefault(conversation, part.extraction_id)
        yield part if first == part.extraction_id else msgspec.structs.replace(part, belongs_to=first)
        files = self._source.files_of(self._chat)
        maker = MessageMaker(self._stamp, part.extraction_id, sides, self._ctx.default_region, files)
        with self._source.opened(self._chat) as stream:
            lines = TextLines(stream, self._ctx.limits.text_chars, self._page)
            for draft in self._drafts(lines, survey, sides):
                self._message_count += 1
                yield maker.message(draft)
            damages = (damage_of(stream), lines.damage)
        self.used = maker.used
        if sides.is_untold and self._message_count:
            yield Notice(code="owner_untold", extraction_id=part.extraction_id, count=self._message_count)
        for code, is_so in (("owner_by_text", sides.is_by_text), ("owner_text_doubtful", sides.is_doubtful)):
            if is_so:
                yield Notice(code=code, extraction_id=part.extraction_id)
        yield from self._notices(part.extraction_id, survey, maker, damages)
        yield Seen(extraction_id=part.extraction_id, element="message", count=self._message_count)
        for element in (_BEFORE_FIRST, _LOST_START):
            if count := self._counts[element]:
                yield Seen(extraction_id=part.extraction_id, element=element, count=count)

    def _sides(self, survey: Survey) -> Sides:
        return sides_of(self._chat, survey, self._ctx.sidecar.owner_number, self._ctx.default_region)

    def _conversation(self, survey: Survey, sides: Sides) -> str | None:
        """Return what a conversation is told by that may lie in the delivery twice: its bytes, and who talks.

        None: it cannot, or not both of them wrote. What one sender sends to many stands alike in the chats of many
        handsets; two that wrote and got the same are one. Told without orders that are lent: which device a chat is
        of must not depend on what the device lends.
        """
        if len(self._source.chats) < _TWICE:
            return None
        if self._own is not None:
            survey, sides = self._own, self._sides(self._own)
        if not (survey.senders[sides.owner or ""] and survey.senders[sides.other or ""]):
            return None
        digest = sha256()
        for piece in self._pieces():
            digest.update(piece)
        return f"{digest.hexdigest()} {sides.owner}\n{sides.other}"

    def _part(self, sides: Sides, survey: Survey) -> ExtractionPart:
        layout = next(iter(survey.orders), None)
        owner = sides.owner if sides.owner and to_e164(sides.owner, self._ctx.default_region) else None
        return ExtractionPart(
            extraction_id=self.extraction_id,
            member=self._chat.member,
            vendor_name=sides.title,
            kind=PartKind.CHAT,
            tool="WhatsApp (exported chat)",
            format_version=None if layout is None else "ios" if layout.is_bracketed else "android",
            msisdn=(owner,) if owner is not None else (),
            shown_orders=tuple(sorted(shown_orders(survey))),
            untold_forms=tuple(sorted(untold_forms(survey, self._ctx.sidecar.date_order))),
        )

    def _drafts(self, lines: TextLines, survey: Survey, sides: Sides) -> Iterator[Draft]:
        """Yield the messages, each when its last line was read."""
        draft: Draft | None = None
        for line in lines:
            start = read_start(line.text)
            standing = Standing.IN_ORDER
            if start is not None and start.layout in survey.orders:
                standing = _STANDINGS[survey.places[self._place]]
                self._place += 1
                if standing is not Standing.TYPED or draft is None:
                    if draft is not None:
                        yield draft
                    draft = self._begun(line, start, standing, survey, sides)
                    continue
            if draft is None:
                self._count_before_first(line)
                continue
            self._continue(draft, line, survey, is_start=start is not None)
        if draft is not None:
            # Blank lines in front of a start belong to the text; at the end of the file they are its end.
            while len(draft.text) > 1 and not draft.text[-1]:
                draft.text.pop()
            yield draft

    def _begun(self, line: Line, start: LineStart, standing: Standing, survey: Survey, sides: Sides) -> Draft:
        rest = read_rest(line.text[start.end :], survey.senders, sides.title)
        self._last_front = line.text[: start.end]
        draft = Draft(
            locator=f"line {line.number}",
            sender=rest.sender,
            moment=self._moment(start, survey),
            text=[rest.text],
            is_first=self._place <= 1,
            is_spoken=rest.sender is not None and rest.sender == survey.spoken_for and rest.text.startswith(MARK),
            notices=[],
            chars=len(rest.text),
        )
        if survey.orders[start.layout].is_lent and len(possible_dates(start.numbers, start.layout)) > 1:
            self._count(_LENT, draft.locator)
        if standing is Standing.OUT_OF_ORDER and not self._is_repeated_hour(start, survey):
            draft.note(_OUT_OF_ORDER)
            self._count(_OUT_OF_ORDER, draft.locator)
        if self._is_lost(line, survey, is_start=True):
            self._note_start(draft, line)
        self._note_line(draft, line, survey)
        return draft

    def _continue(self, draft: Draft, line: Line, survey: Survey, *, is_start: bool) -> None:
        if self._is_lost(line, survey, is_start=is_start) or is_start or is_damaged_start(line.text, survey.senders):
            self._note_start(draft, line)
        elif not line.is_ended and is_begun_start(line.text, self._last_front):
            self._note_start(draft, line)
            self._count(_LOST_START, f"line {line.number}")
        draft.chars += len(line.text) + 1
        if draft.chars > self._ctx.limits.text_chars:
            if _CUT not in draft.notices:
                draft.note(_CUT)
                self._count(_CUT, draft.locator)
        else:
            if line.is_behind_return:
                draft.returns.add(len(draft.text))
            draft.text.append(line.text)
        self._note_line(draft, line, survey)

    def _is_lost(self, line: Line, survey: Survey, *, is_start: bool) -> bool:
        """Count a message whose beginning was lost in a line, so that it is part of the text before it."""
        is_of_page = self._page is not None
        if not line.replaced_count and (not is_of_page or line.text.isascii()):
            return False
        is_lost = loses_start(line.text, survey.senders, is_start=is_start, is_of_page=is_of_page)
        if is_lost:
            self._count(_LOST_START, f"line {line.number}")
        return is_lost

    def _note_start(self, draft: Draft, line: Line) -> None:
        draft.note(START_IN_TEXT)
        self._count(START_IN_TEXT, f"line {line.number}")

    def _note_line(self, draft: Draft, line: Line, survey: Survey) -> None:
        if "\r" in line.text and any(is_damaged_start(each, survey.senders) for each in line.text.split("\r")[1:]):
            self._note_start(draft, line)
        if line.replaced_count:
            for notice in REPLACED:
                draft.note(notice)
            self._count("characters_replaced", draft.locator, line.replaced_count)
        if not line.is_ended:
            draft.note(_END_UNMARKED)
            self._count(_END_UNMARKED, draft.locator)

    def _count_before_first(self, line: Line) -> None:
        if line.text.strip():
            self._count(_BEFORE_FIRST, f"line {line.number}")

    def _count(self, what: str, locator: str, count: int = 1) -> None:
        self._counts[what] += count
        self._first.setdefault(what, locator)

    def _date(self, start: LineStart, survey: Survey) -> tuple[int, int, int] | None:
        """Return year, month and day of a start. None: day and month are not told apart."""
        order = survey.orders[start.layout]
        if order.name is not None:
            return date_of(start.numbers, order.name)
        possible = possible_dates(start.numbers, start.layout)
        return next(iter(possible)) if len(possible) == 1 else None if possible else start.numbers

    def _moment(self, start: LineStart, survey: Survey) -> Moment:
        date = self._date(start, survey)
        if date is None:
            self._clock.ambiguous_count += 1
            return Moment(start.raw)
        (year, month, day), (hour, minute, second) = date, start.clock
        text = f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"
        moment = self._clock.iso(text)
        return Moment(start.raw, moment.utc, moment.offset_minutes, moment.basis)

    def _is_repeated_hour(self, start: LineStart, survey: Survey) -> bool:
        date = self._date(start, survey)
        try:
            return date is not None and is_repeated_hour(
                datetime(*date, *start.clock),  # noqa: DTZ001 (the text states no zone; the one assumed is asked beside it)
                self._zone,
            )
        except ValueError:
            return False

    def _notices(
        self, part_id: str, survey: Survey, maker: MessageMaker, damages: tuple[str | None, str | None]
    ) -> Iterator[Notice]:
        for code in (START_IN_TEXT, _OUT_OF_ORDER, _END_UNMARKED, "characters_replaced"):
            if count := self._counts[code]:
                yield Notice(code=code, extraction_id=part_id, count=count, first_locator=self._first[code])
        for element in (_BEFORE_FIRST, _LOST_START):
            if count := self._counts[element]:
                yield Notice(
                    code="element_unreadable",
                    extraction_id=part_id,
                    count=count,
                    element=element,
                    first_locator=self._first[element],
                    subject=element.removeprefix("other:"),
                )
        if count := self._counts[_CUT]:
            yield Notice(
                code="limit_reached",
                extraction_id=part_id,
                count=count,
                subject="A text",
                first_locator=self._first[_CUT],
            )
        if self._page is not None:
            yield Notice(code="encoding_assumed", extraction_id=part_id, subject=SHOWN_NAMES[self._page])
        yield from self._order_notices(part_id, survey)
        if maker.missing_count:
            yield Notice(
                code="member_missing",
                extraction_id=part_id,
                count=maker.missing_count,
                first_locator=maker.first_missing,
                subject="a file of an attachment",
            )
        yield from self._damage_notices(part_id, *damages)
        yield from self._clock.notices(part_id)

    def _order_notices(self, part_id: str, survey: Survey) -> Iterator[Notice]:
        if any(order.disagrees for order in survey.orders.values()):
            yield Notice(code="sidecar_disagrees", extraction_id=part_id, subject="date_order")
        if count := self._counts[_LENT]:
            lent = {order.name for order in survey.orders.values() if order.is_lent}
            yield Notice(
                code=_LENT,
                extraction_id=part_id,
                count=count,
                first_locator=self._first[_LENT],
                subject=", ".join(sorted(name.replace("_", " ") for name in lent if name is not None)),
            )

    def _damage_notices(self, part_id: str, of_member: str | None, of_text: str | None) -> Iterator[Notice]:
        name = self._chat.member or "The text"
        if of_member is not None:
            ends = of_member != "checksum_wrong"
            yield Notice(code=of_member, extraction_id=part_id, subject=name, ends_reading=ends)
        if of_text is not None and of_text != of_member:
            yield Notice(code=of_text, extraction_id=part_id, subject="A line", ends_reading=True)
