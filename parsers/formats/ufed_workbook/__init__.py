"""Cellebrite's report as a workbook: one sheet a model, a title over each, headings below. See README.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from parsers.contract import Claim, Delivery, Head, ReadContext, ReadEvent, SourceStamp, Tier
from parsers.formats.ufed_workbook.claims import claim_on
from parsers.formats.ufed_workbook.workbook_reader import WorkbookReader
from parsers.language_words import languages
from parsers.sheets.books import book_notices, open_book


class UfedWorkbookParser:
    """Reads the vendor's workbook."""

    name: ClassVar[str] = "ufed_workbook"
    version: ClassVar[str] = "35"
    tier: ClassVar[Tier] = Tier.INFERRED
    title: ClassVar[str] = "Cellebrite UFED, Physical Analyzer, Inseyets (Excel report, .xlsx, .xls, .ods)"
    versions_seen: ClassVar[tuple[str, ...]] = ("sheets and headings of published scripts",)
    not_read: ClassVar[tuple[str, ...]] = (
        "sheets of other models (timeline, locations, web history, e-mails ...): counted and named in a notice",
        f"sheets and headings in other languages than English, {', '.join(languages())}, without a mapping",
        "links behind cells, and the files that attachments name",
        "more than 32,767 characters of a text: the vendor's tool cuts it there",
    )

    def identify(self, head: Head) -> Claim | None:
        """Return a claim where titles, headings or the names of sheets are the vendor's."""
        return claim_on(head)

    def read(self, delivery: Delivery, ctx: ReadContext) -> Iterator[ReadEvent]:
        """Yield the parts, records, notices and, last, what was seen; sheet by sheet."""
        stamp = SourceStamp(delivery, None, UfedWorkbookParser)
        with open_book(delivery.path, ctx.limits, ctx.scratch_dir) as book:
            yield from WorkbookReader(delivery, ctx, stamp, book).events()
            yield from book_notices(book)
