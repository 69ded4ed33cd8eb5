"""Cellebrite: .ufdr, report.xml and the folder delivery, of Physical Analyzer and UFED. See README.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from parsers.contract import Claim, Delivery, Head, ReadContext, ReadEvent, SourceStamp, Tier
from parsers.formats.ufdr.claims import claim_on, is_kept_beside, own_members
from parsers.formats.ufdr.container import open_report
from parsers.formats.ufdr.notice_book import NoticeBook
from parsers.formats.ufdr.report_reader import ReportReader


class CellebriteParser:
    """Reads Cellebrite reports."""

    name: ClassVar[str] = "ufdr"
    version: ClassVar[str] = "25"
    tier: ClassVar[Tier] = Tier.PROVEN
    title: ClassVar[str] = "Cellebrite UFED, Physical Analyzer, Inseyets (.ufdr, report.xml)"
    versions_seen: ClassVar[tuple[str, ...]] = ("3.0", "5.2.0.0", "5.5.2.1", "8.5")
    not_read: ClassVar[tuple[str, ...]] = (
        "models of other types (locations, web history, e-mails ...): counted and named in a notice",
        "tagged files, images, carved files, bookmarks: the files stay with the original",
        "provenance of models (extraInfos: source database, table, offset)",
        "DbData/database.db and other members beside report.xml that are no deliveries of another format",
        "protected exports and the old <reports> schema: refused",
    )
    reads_text: ClassVar[bool] = True

    @staticmethod
    def keeps_member(path: str) -> bool:
        """Whether a file is one that the tool put beside its report."""
        return is_kept_beside(path)

    def identify(self, head: Head) -> Claim | None:
        """Return a claim where the vendor's report stands at the front, in an archive or in a folder."""
        return claim_on(head)

    def own_members(self, head: Head) -> tuple[str, ...]:
        """Return the files of a report beside which deliveries of other formats lie."""
        return own_members(head)

    def read(self, delivery: Delivery, ctx: ReadContext) -> Iterator[ReadEvent]:
        """Yield parts, records, notices and, last, what was seen; in source order."""
        notices = NoticeBook()
        with open_report(delivery, ctx.limits, notices) as source:
            stamp = SourceStamp(delivery, source.member, CellebriteParser)
            yield from ReportReader(delivery, ctx, source, stamp, notices).events()
