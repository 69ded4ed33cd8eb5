"""The files of a SIM: dumps as text or JSON, and the files themselves. See README.md."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import ClassVar, Final

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
from parsers.formats.sim_files.card_files import NO_IDS, CardContent
from parsers.formats.sim_files.card_records import CardRecords, part_identifiers
from parsers.formats.sim_files.claims import claim_on, holds_lines, is_kept_beside, own_members
from parsers.formats.sim_files.dump_binary import ZIP_MAGIC, binary_contents, file_of_name
from parsers.formats.sim_files.dump_json import dump_contents, looks_like_dump
from parsers.formats.sim_files.dump_text import DumpLines
from parsers.formats.sim_files.phone_book import ids_in
from parsers.part_book import PartBook
from parsers.plain_lines import PlainLines
from parsers.records.ids import extraction_id

_FRONT_BYTES: Final = 1 << 16
_LIST: Final = b"pbr"
# Digits that octets go on behind are no id: by chance they stand in every few hundred texts.
_LIST_ID: Final = re.compile(rb"4f30(?![0-9a-z])")


class SimFilesParser:
    """Reads the files of one card."""

    name: ClassVar[str] = "sim_files"
    version: ClassVar[str] = "9"
    tier: ClassVar[Tier] = Tier.DOCUMENTED
    title: ClassVar[str] = "SIM files (pySim export and fsdump, lines of a file and its content, binary files)"
    versions_seen: ClassVar[tuple[str, ...]] = ("TS 51.011 SIM", "TS 31.102 USIM", "pySim-shell export and fsdump")
    not_read: ClassVar[tuple[str, ...]] = (
        "files beside ICCID, IMSI, MSISDN, phone books, calls, SMS, SMS parameters, provider and location: counted",
        "contents that a tool has decoded to its own words: counted",
    )

    @staticmethod
    def keeps_member(path: str) -> bool:
        """Whether a file is named as one of a card."""
        return is_kept_beside(path)

    def identify(self, head: Head) -> Claim | None:
        """Return a claim where commands, names or records are those of a card's files."""
        return claim_on(head)

    def own_members(self, head: Head) -> tuple[str, ...]:
        """Return the files of the card at the top of a folder, where other deliveries lie beside it."""
        return own_members(head)

    def said_by_name(self, delivery: Delivery, _ctx: ReadContext) -> str:
        """Return the file of the card that a lone file of octets is, by its name."""
        front = _front_of(delivery)
        is_octets = not (delivery.is_folder or front.startswith(ZIP_MAGIC) or looks_like_dump(front))
        file = file_of_name(delivery.name) if is_octets and not holds_lines(front) else None
        return "" if file is None or file.name == "SMS" else file.name

    def read(self, delivery: Delivery, ctx: ReadContext) -> Iterator[ReadEvent]:
        """Yield the part, the card's texts, contacts and calls, and last the card itself."""
        book = PartBook(extraction_id(delivery.sha256, None, None))
        clock = Clock(ctx.time_zone, ctx.sidecar.date_order)
        records = CardRecords(SourceStamp(delivery, None, SimFilesParser), book, clock, ctx.default_region)
        yield _part(book, records)
        for content in _contents(delivery, ctx, book):
            yield from records.records_of(content)
        yield from records.rest()
        yield _part(book, records)
        yield from book.notices()
        yield from clock.notices(book.extraction_id)
        for element, count in book.seen():
            yield Seen(extraction_id=book.extraction_id, element=element, count=count)


def _part(book: PartBook, records: CardRecords) -> ExtractionPart:
    return ExtractionPart(
        extraction_id=book.extraction_id,
        member=None,
        kind=PartKind.SIM,
        tool="SIM files",
        **part_identifiers(records),  # type: ignore[arg-type]  # identifiers alone
    )


def _front_of(delivery: Delivery) -> bytes:
    if delivery.is_folder:
        return b""
    with delivery.path.open("rb") as stream:
        return stream.read(_FRONT_BYTES)


def _contents(delivery: Delivery, ctx: ReadContext, book: PartBook) -> Iterator[CardContent]:
    ids = ids_in(_made(delivery, ctx, PartBook(""), NO_IDS)) if _may_list_files(delivery) else NO_IDS
    yield from _made(delivery, ctx, book, ids)


def _may_list_files(delivery: Delivery) -> bool:
    """Whether a list of the phone book's files may stand in a dump: a folder, an archive, or a text that names it."""
    if delivery.is_folder:
        return True
    before = b""
    with delivery.path.open("rb") as stream:
        while piece := stream.read(_FRONT_BYTES):
            lowered = (before + piece).lower()
            if piece.startswith(ZIP_MAGIC) or _LIST in lowered or _LIST_ID.search(lowered):
                return True
            before = piece[-8:]
    return False


def _made(delivery: Delivery, ctx: ReadContext, book: PartBook, ids: Mapping[str, str]) -> Iterator[CardContent]:
    front = _front_of(delivery)
    if looks_like_dump(front):
        yield from dump_contents(delivery.path, book, ids)
    elif holds_lines(front):
        yield from _lines(delivery, ctx, book, ids)
    else:
        yield from binary_contents(delivery, ctx.limits, book, ids)


def _lines(delivery: Delivery, ctx: ReadContext, book: PartBook, ids: Mapping[str, str]) -> Iterator[CardContent]:
    dump = DumpLines(book, ids)
    with delivery.path.open("rb") as stream:
        lines = PlainLines(stream, ctx.limits.text_chars)
        for line in lines:
            yield from dump.contents_of(line)
        yield from dump.rest()
    if lines.damage is not None:
        book.note(lines.damage, subject="a line", ends_reading=True)
    elif not lines.is_ended and dump.ends_short:
        book.note("input_truncated", ends_reading=True)
    elif not lines.is_ended:
        book.note("end_unmarked")
