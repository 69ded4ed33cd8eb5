"""Logs of AT commands: what a handset answered when its texts and phone books were asked for. See README.md."""

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
from parsers.formats.at_log.answers import Identity
from parsers.formats.at_log.log_reader import LogReader
from parsers.formats.at_log.log_text import log_lines, without_prefix
from parsers.part_book import PartBook
from parsers.plain_lines import PlainLines, front_lines
from parsers.records.ids import extraction_id

_LOOKED_AT_LINES: Final = 500
# What terminals, commands, answers and results begin with.
_FRONT: Final = re.compile(
    r"\W{0,3}(?:AT(?:[+^*#&$%]|[A-Z]?[0-9]*\s*$)|[+^*#][A-Z]{2,12}:|(?:OK|ERROR|RING)\s*$)|=(?:~=){4}|>", re.IGNORECASE
)
_LIST: Final = re.compile(r"\W{0,3}\+(?:CMG[LR]|CPB[RF]|CMT):\s?\S")
_COMMAND: Final = re.compile(r"\W{0,3}AT[+^](?:CMG[LR]|CPB[RFS]|CGSN|CPMS|CSCS|CIMI|CNUM)\b", re.IGNORECASE)


class AtLogParser:
    """Reads one log of one handset."""

    name: ClassVar[str] = "at_log"
    version: ClassVar[str] = "10"
    tier: ClassVar[Tier] = Tier.DOCUMENTED
    title: ClassVar[str] = "AT command logs (AT+CMGL, AT+CMGR, AT+CPBR; text and PDU mode)"
    versions_seen: ClassVar[tuple[str, ...]] = ("3GPP TS 27.005 texts", "TS 27.007 phone books")
    not_read: ClassVar[tuple[str, ...]] = (
        "status reports and what is addressed to an application's port: counted",
        "answers beside texts, phone books and identity: counted by name",
        "parts of long texts in text mode: each is a message of its own, because text mode leaves their places out",
    )
    reads_text: ClassVar[bool] = True

    def identify(self, head: Head) -> Claim | None:
        """Return a claim where answers with texts or phone books stand among the first lines."""
        if head.is_folder or head.members:
            return None
        lines = list(map(without_prefix, front_lines(head.first_bytes, _LOOKED_AT_LINES)))
        answers = sum(_LIST.match(line) is not None for line in lines)
        commands = sum(_COMMAND.match(line) is not None for line in lines)
        first = next((line for line in lines if line.strip()), "")
        if _FRONT.match(first) is None:
            # Any text can hold such a line, for somebody typed it; of octets in lines an answer says what they are.
            return Claim(score=AMONG_OTHERS + 1, reason="answers of a handset among other lines") if answers else None
        if answers:
            return Claim(score=95, reason="answers with texts or phone books of a handset")
        return Claim(score=80, reason="commands to a handset") if commands > 1 else None

    def read(self, delivery: Delivery, ctx: ReadContext) -> Iterator[ReadEvent]:
        """Yield the part, texts, contacts and calls in the order of the log, and last the handset."""
        book = PartBook(extraction_id(delivery.sha256, None, None))
        clock = Clock(ctx.time_zone, ctx.sidecar.date_order)
        reader = LogReader(SourceStamp(delivery, None, AtLogParser), book, clock, ctx.default_region)
        yield _part(book, reader.identity)
        with delivery.path.open("rb") as stream:
            lines = PlainLines(stream, ctx.limits.text_chars)
            yield from reader.records(log_lines(lines))
        if lines.damage is not None:
            book.note(lines.damage, subject="a line", ends_reading=True)
        elif not lines.is_ended:
            book.note("end_unmarked")
        yield _part(book, reader.identity)
        yield from book.notices()
        yield from clock.notices(book.extraction_id)
        for element, count in book.seen():
            yield Seen(extraction_id=book.extraction_id, element=element, count=count)


def _part(book: PartBook, identity: Identity) -> ExtractionPart:
    is_handset = bool(identity.get("imei") or identity.get("make") or identity.get("model"))
    return ExtractionPart(
        extraction_id=book.extraction_id,
        member=None,
        kind=PartKind.HANDSET if is_handset else PartKind.UNKNOWN,
        tool="AT commands",
        make=next(iter(identity.get("make")), None),
        model=next(iter(identity.get("model")), None),
        os=next(iter(identity.get("os")), None),
        imei=identity.get("imei"),
        iccid=identity.get("iccid"),
        imsi=identity.get("imsi"),
        msisdn=identity.get("msisdn"),
    )
