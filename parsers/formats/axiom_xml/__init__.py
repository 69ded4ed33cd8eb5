"""Magnet AXIOM: the XML that AXIOM Examine exports, hit by hit. See README.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from parsers.contract import Claim, Delivery, Head, ReadContext, ReadEvent, Tier
from parsers.formats.axiom_xml.claims import claim_on, is_kept_beside
from parsers.formats.axiom_xml.export_reader import ExportReader
from parsers.member_files import open_members


class AxiomXmlParser:
    """Reads the export as a stream; each item of evidence is an extraction."""

    name: ClassVar[str] = "axiom_xml"
    version: ClassVar[str] = "22"
    tier: ClassVar[Tier] = Tier.DOCUMENTED
    title: ClassVar[str] = "Magnet AXIOM XML export (AXIOM Examine)"
    versions_seen: ClassVar[tuple[str, ...]] = ()
    not_read: ClassVar[tuple[str, ...]] = (
        "artifacts whose names say nothing of messages, calls, people or the handset: counted and named in a notice",
        "exports whose artifacts are named in another language than English: counted, with what to do",
        "media: named on their messages; Base64 values are cut",
        "Case.mfdb and portable cases: refused, with what to export instead",
    )
    reads_text: ClassVar[bool] = True

    @staticmethod
    def keeps_member(path: str) -> bool:
        """Whether a file lies in a folder that the export keeps beside its XML."""
        return is_kept_beside(path)

    def identify(self, head: Head) -> Claim | None:
        """Return a claim where the elements are those of the export, alone, or beside its attachments."""
        return claim_on(head)

    def read(self, delivery: Delivery, ctx: ReadContext) -> Iterator[ReadEvent]:
        """Yield the items of evidence, their records, and notices; in the order of the export."""
        with open_members(delivery, ctx.limits) as files:
            yield from ExportReader(delivery, ctx, files, AxiomXmlParser).events()
