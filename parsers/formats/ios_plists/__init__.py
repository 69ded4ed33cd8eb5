"""iOS: the property lists that say which handset it is and which cards were in it. See README.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar, Final

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
from parsers.formats.ios_plists.handset import HandsetFacts, device_of, gather, is_backup_info, is_commcenter, sims_of
from parsers.members.sources import open_members
from parsers.part_book import PartBook
from parsers.plist_guard import MOST_BYTES, PlistValues, is_plist, read_plist
from parsers.records import ids

_NAMES = re.compile(r"com\.apple\.commcenter(?:\.[\w.]+)?\.plist", re.IGNORECASE)
_LOCATOR: Final = "property list"


class IosPlistParser:
    """Reads the telephone's own settings, and the Info.plist of a backup that comes without it."""

    name: ClassVar[str] = "ios_plists"
    version: ClassVar[str] = "4"
    tier: ClassVar[Tier] = Tier.PROVEN
    title: ClassVar[str] = "iOS property lists of the handset and its cards (com.apple.commcenter, Info.plist)"
    versions_seen: ClassVar[tuple[str, ...]] = ("iOS 15",)
    not_read: ClassVar[tuple[str, ...]] = ("settings of carriers, tickets of activation and all other keys",)

    @staticmethod
    def is_member_name(path: str) -> bool:
        """Whether a file is one of the telephone's settings by its name."""
        return _NAMES.fullmatch(path.rpartition("/")[2]) is not None

    def identify(self, head: Head) -> Claim | None:
        """Return a claim where the keys are those of a handset's settings."""
        if head.members or not is_plist(head.first_bytes):
            return None
        if head.last_bytes and len(head.first_bytes) < MOST_BYTES:
            values = read_plist(head.first_bytes) or PlistValues()
            if is_backup_info(values) or is_commcenter(values):
                return Claim(score=85, reason="property list with the numbers of a handset")
        named = self.is_member_name(head.name)
        return Claim(score=60, reason="property list named as the telephone's settings") if named else None

    def read(self, delivery: Delivery, ctx: ReadContext) -> Iterator[ReadEvent]:
        """Yield the handset and its cards."""
        book = PartBook(ids.extraction_id(delivery.sha256, None, None))
        facts = HandsetFacts()
        first: str | None = None
        has_any = False
        for member, content in _contents(delivery, ctx):
            values = read_plist(content)
            if values is None or not (is_backup_info(values) or is_commcenter(values)):
                book.note("element_unreadable", subject="property list", locator=member)
                continue
            gather(values, facts)
            first = member if not has_any else first
            has_any = True
        for key, _ in facts.repeated:
            book.note("field_repeated", subject=key)
        if not has_any or facts.is_empty:
            raise InputRefused("format_unknown", "no property list of a handset")
        yield part_of(facts, book.extraction_id, tool=None)
        stamp = SourceStamp(delivery, first, IosPlistParser)
        book.saw("device")
        yield device_of(facts, stamp, book.extraction_id, _LOCATOR)
        for sim in sims_of(facts, stamp, book.extraction_id, _LOCATOR):
            book.saw("sim")
            yield sim
        yield from book.notices()
        for element, count in book.seen():
            yield Seen(extraction_id=book.extraction_id, element=element, count=count)


def part_of(facts: HandsetFacts, extraction_id: str, *, tool: str | None) -> ExtractionPart:
    """Return the extraction of a handset of which no more is known than the facts."""
    return ExtractionPart(
        extraction_id=extraction_id,
        member=None,
        kind=PartKind.HANDSET,
        tool=tool,
        make="Apple",
        model=facts.model,
        os=facts.os or "iOS",
        extracted_at=facts.read_at,
        imei=tuple(facts.imei),
        iccid=tuple(facts.cards),
        imsi=facts.imsi,
        msisdn=tuple(facts.msisdn),
    )


def _contents(delivery: Delivery, ctx: ReadContext) -> Iterator[tuple[str | None, bytes]]:
    if not delivery.is_folder:
        with delivery.path.open("rb") as stream:
            yield None, stream.read(MOST_BYTES + 1)
        return
    with open_members(delivery, ctx.limits, ctx.scratch_dir) as source:
        for name in source.names:
            if IosPlistParser.is_member_name(name):
                yield name, source.front(name, MOST_BYTES + 1)
