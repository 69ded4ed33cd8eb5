"""vCard: contacts as handsets and accounts export them (.vcf), and call lists in the same form. See README.md."""

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
    ReadContext,
    ReadEvent,
    Seen,
    SourceStamp,
    Tier,
)
from parsers.formats.vcard.card_records import CardMaker
from parsers.formats.vcard.cards import Card, CardCutter
from parsers.formats.vcard.code_page import page_of
from parsers.formats.vcard.lone_returns import LineParter
from parsers.part_book import PartBook
from parsers.plain_lines import PlainLines, front_lines
from parsers.records.facts import Record
from parsers.records.ids import extraction_id
from parsers.sheets.code_pages import SHOWN_NAMES
from parsers.vcard_properties import properties_of

_LOOKED_AT_LINES: Final = 200
_BEGIN: Final = re.compile(r"\ufeff?BEGIN\s*:\s*VCARD", re.IGNORECASE)
_MESSAGE: Final = re.compile(r"BEGIN\s*:\s*VMSG", re.IGNORECASE)
_CALENDAR: Final = re.compile(r"\ufeff?BEGIN\s*:\s*VCALENDAR", re.IGNORECASE)


class VCardParser:
    """Reads a file of cards, one by one."""

    name: ClassVar[str] = "vcard"
    version: ClassVar[str] = "8"
    tier: ClassVar[Tier] = Tier.PROVEN
    title: ClassVar[str] = "vCard 2.1, 3.0 and 4.0 (.vcf)"
    versions_seen: ClassVar[tuple[str, ...]] = ("2.1", "3.0", "4.0 (documented)")
    not_read: ClassVar[tuple[str, ...]] = (
        "pictures, sounds and keys: counted",
        "the card of an agent inside a card: kept beside it as it is written",
        "which account or card a contact was kept in: the format does not say",
    )
    reads_text: ClassVar[bool] = True
    has_no_zeros: ClassVar[bool] = True

    def identify(self, head: Head) -> Claim | None:
        """Return a claim where a card begins among the first lines."""
        if head.is_folder or head.members:
            return None
        front = front_lines(head.first_bytes, _LOOKED_AT_LINES)
        lines = [part.strip() for line in front for part in line.split("\r")] if front else front
        if not lines or _CALENDAR.fullmatch(lines[0]) or any(map(_MESSAGE.fullmatch, lines)):
            return None
        if _BEGIN.fullmatch(lines[0]):
            return Claim(score=95, reason="begins with BEGIN:VCARD")
        if any(map(_BEGIN.fullmatch, lines)):
            return Claim(score=AMONG_OTHERS, reason="a card begins among the first lines")
        return None

    def read(self, delivery: Delivery, ctx: ReadContext) -> Iterator[ReadEvent]:
        """Yield the part, a contact or a call for each card, and notices."""
        book = PartBook(extraction_id(delivery.sha256, None, None))
        yield ExtractionPart(extraction_id=book.extraction_id, member=None, tool="vCard")
        clock = Clock(ctx.time_zone, ctx.sidecar.date_order)
        maker = CardMaker(SourceStamp(delivery, None, VCardParser), book, clock, ctx.default_region)
        cutter, parter = CardCutter(ctx.limits.text_chars), LineParter()
        page = page_of(delivery.path, ctx.limits)
        if page is not None:
            book.note("encoding_assumed", subject=SHOWN_NAMES[page])
        with delivery.path.open("rb") as stream:
            lines = PlainLines(stream, ctx.limits.text_chars)
            held: Card | None = None
            for card in cutter.cards(parter.lines(lines.raw_lines())):
                if held is not None:
                    yield from _records(held, maker, book, page, is_last=False)
                held = card
            if held is not None:
                yield from _records(held, maker, book, page, is_last=True)
        cutter.outside.leave_out(book, "card")
        if parter.doubtful_count:
            locator = f"line {parter.first_doubtful}"
            book.note("structure_in_text", locator=locator, count=parter.doubtful_count)
        if lines.damage is not None:
            book.note(lines.damage, subject="a line", ends_reading=True)
        elif cutter.ends_in_begin:
            book.note("input_truncated", ends_reading=True)
        elif not lines.is_ended:
            book.note("end_unmarked")
        yield from book.notices()
        yield from clock.notices(book.extraction_id)
        for element, count in book.seen():
            yield Seen(extraction_id=book.extraction_id, element=element, count=count)


def _records(card: Card, maker: CardMaker, book: PartBook, page: str | None, *, is_last: bool) -> Iterator[Record]:
    if card.is_too_large:
        book.lose("contact", card.locator, "card (larger than the limit)")
        return
    properties = []
    for held in properties_of(card.lines, page=page):
        if held is None:
            book.leave_out("line of a card", card.locator, code="element_unreadable")
        else:
            properties.append(held)
    if not card.is_begun:
        book.note("card_unbegun", locator=card.locator)
    if not card.is_ended:
        if is_last:
            book.note("input_truncated", locator=card.locator, ends_reading=True)
        else:
            book.note("card_unended", locator=card.locator)
    yield from maker.records(card.locator, properties, card.agents)
