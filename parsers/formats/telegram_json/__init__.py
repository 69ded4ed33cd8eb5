"""Telegram Desktop: the JSON that it exports of an account or of one chat. See README.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from parsers.clocks import Clock
from parsers.contract import Claim, Delivery, Head, ReadContext, ReadEvent, Seen, SourceStamp, Tier
from parsers.epoch_times import EpochClock
from parsers.formats.telegram_json.claims import claim_on, is_kept_beside, is_result_name, own_members
from parsers.formats.telegram_json.export_reader import ExportReader
from parsers.formats.telegram_json.messages import MessageMaker
from parsers.member_files import MemberFiles, open_members
from parsers.part_book import PartBook
from parsers.records.ids import extraction_id


class TelegramJsonParser:
    """Reads exports message by message."""

    name: ClassVar[str] = "telegram_json"
    version: ClassVar[str] = "14"
    tier: ClassVar[Tier] = Tier.DOCUMENTED
    title: ClassVar[str] = "Telegram Desktop export (result.json; folder or zip)"
    versions_seen: ClassVar[tuple[str, ...]] = ("whole account", "single chat", "with and without date_unixtime")
    not_read: ClassVar[tuple[str, ...]] = (
        "service messages beside calls: counted by their action",
        "sessions, stories, frequent contacts and other lists: counted",
        "media: named on their messages; the files stay with the original",
        "reactions, and the export as HTML",
    )
    reads_text: ClassVar[bool] = True

    @staticmethod
    def keeps_member(path: str) -> bool:
        """Whether a file lies in a folder that the export keeps beside its JSON."""
        return is_kept_beside(path)

    def identify(self, head: Head) -> Claim | None:
        """Return a claim where the keys are those that only this export has."""
        return claim_on(head)

    def own_members(self, head: Head) -> tuple[str, ...]:
        """Return the export's own files at the top of a folder in which other deliveries lie."""
        return own_members(head)

    def read(self, delivery: Delivery, ctx: ReadContext) -> Iterator[ReadEvent]:
        """Yield for each export its part, its account, contacts, messages and calls, in the order of the file."""
        with open_members(delivery, ctx.limits) as files:
            members = files.chosen(is_result_name, "result.json")
            used = {name for name in members if name is not None}
            for member in members:
                yield from _export(delivery, ctx, files, member, used)
            yield from files.notices(used)


def _export(
    delivery: Delivery, ctx: ReadContext, files: MemberFiles, member: str | None, used: set[str]
) -> Iterator[ReadEvent]:
    book = PartBook(extraction_id(delivery.sha256, member, None))
    clock, epoch = Clock(ctx.time_zone, ctx.sidecar.date_order), EpochClock()
    stamp = SourceStamp(delivery, member, TelegramJsonParser)
    media = None
    if files.names is not None and member is not None:
        folder = member.rpartition("/")[0]
        start = f"{folder}/" if folder else ""
        media = {name.removeprefix(start): name for name in files.names if name.startswith(start)}
    maker = MessageMaker(stamp, book, (clock, epoch), ctx.default_region, media)
    reader = ExportReader(files, member, stamp, book, maker, ctx.default_region)
    yield reader.part()
    yield from reader.records()
    yield reader.part()
    used |= maker.used
    yield from book.notices()
    yield from clock.notices(book.extraction_id)
    yield from epoch.notices(book.extraction_id)
    for element, count in book.seen():
        yield Seen(extraction_id=book.extraction_id, element=element, count=count)
