"""MSAB XRY: the text export, one UTF-16 file a view. See README.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from parsers.contract import Claim, Delivery, Head, ReadContext, ReadEvent, SourceStamp, Tier
from parsers.formats.xry_text.claims import claim_on, own_members
from parsers.formats.xry_text.export_files import open_export
from parsers.formats.xry_text.export_reader import ExportReader
from parsers.outcome import NoticeBook


class XryTextParser:
    """Reads the text export of XRY and XAMN."""

    name: ClassVar[str] = "xry_text"
    version: ClassVar[str] = "28"
    tier: ClassVar[Tier] = Tier.DOCUMENTED
    title: ClassVar[str] = "MSAB XRY and XAMN text export (.txt, one file a view)"
    versions_seen: ClassVar[tuple[str, ...]] = ()
    not_read: ClassVar[tuple[str, ...]] = (
        "views other than contacts, calls, messages and general information: counted and named in a notice",
        "mail (Messages/E-mail)",
        ".xry and .xrycase containers and the Extended XML: refused, with what to export instead",
    )
    reads_text: ClassVar[bool] = True
    has_no_zeros: ClassVar[bool] = True
    reads_together: ClassVar[bool] = True

    def identify(self, head: Head) -> Claim | None:
        """Return a claim where a file starts with the words of the export, alone, in an archive or in a folder."""
        return claim_on(head)

    def own_members(self, head: Head) -> tuple[str, ...]:
        """Return the files of one export in a folder in which other deliveries lie beside it."""
        return own_members(head)

    def read(self, delivery: Delivery, ctx: ReadContext) -> Iterator[ReadEvent]:
        """Yield parts, records, notices and, last, what was seen; in source order."""
        notices = NoticeBook()

        def stamp_of(member: str | None) -> SourceStamp:
            return SourceStamp(delivery, member, XryTextParser)

        with open_export(delivery, ctx, notices) as source:
            for export in source.exports:
                yield from ExportReader(delivery, ctx, source, export, stamp_of).events()
        yield from notices.notices()
