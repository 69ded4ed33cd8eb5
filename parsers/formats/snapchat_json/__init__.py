"""Snapchat: the saved chats of an account that was downloaded as JSON ("My Data"). See README.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

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
from parsers.epoch_times import EpochClock
from parsers.formats.snapchat_json.claims import claim_on, is_history_name, is_kept_beside
from parsers.formats.snapchat_json.history_reader import HistoryReader
from parsers.formats.snapchat_json.messages import MessageMaker, media_by_id
from parsers.member_files import open_members
from parsers.part_book import PartBook
from parsers.records.ids import extraction_id


class SnapchatJsonParser:
    """Reads histories conversation by conversation, message by message."""

    name: ClassVar[str] = "snapchat_json"
    version: ClassVar[str] = "11"
    tier: ClassVar[Tier] = Tier.DOCUMENTED
    title: ClassVar[str] = "Snapchat My Data (chat_history.json, snap_history.json; folder or zip)"
    versions_seen: ClassVar[tuple[str, ...]] = ()
    not_read: ClassVar[tuple[str, ...]] = (
        "everything in an export beside its histories (account, friends, locations): named",
        "media: named on their messages; the files stay with the original",
        "chats that were not saved: the export has none; and the export as HTML",
    )
    reads_text: ClassVar[bool] = True

    @staticmethod
    def keeps_member(path: str) -> bool:
        """Whether a file lies in a folder that the export keeps beside its histories."""
        return is_kept_beside(path)

    def identify(self, head: Head) -> Claim | None:
        """Return a claim where the keys are those that only this export has."""
        return claim_on(head)

    def read(self, delivery: Delivery, ctx: ReadContext) -> Iterator[ReadEvent]:
        """Yield the part, then the messages of each history, in its order."""
        with open_members(delivery, ctx.limits) as files:
            members = files.chosen(is_history_name, "history")
            book = PartBook(extraction_id(delivery.sha256, None, None))
            clock, epoch = Clock(ctx.time_zone, ctx.sidecar.date_order), EpochClock()
            owner: str | None = None
            used = {name for name in members if name is not None}
            media = media_by_id(files.names or ())
            yield _part(book, owner)
            for member in members:
                stamp = SourceStamp(delivery, member, SnapchatJsonParser)
                maker = MessageMaker(stamp, book, (clock, epoch), ctx.default_region, owner, media)
                yield from HistoryReader(files, member, book, maker).records()
                owner = maker.owner
                used |= maker.used
            yield _part(book, owner)
            yield from files.notices(used)
            yield from book.notices()
            yield from clock.notices(book.extraction_id)
            yield from epoch.notices(book.extraction_id)
            for element, count in book.seen():
                yield Seen(extraction_id=book.extraction_id, element=element, count=count)


def _part(book: PartBook, owner: str | None) -> ExtractionPart:
    return ExtractionPart(
        extraction_id=book.extraction_id, member=None, kind=PartKind.CHAT, tool="Snapchat My Data", vendor_name=owner
    )
