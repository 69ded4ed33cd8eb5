"""CASE/UCO: bundles of linked data that forensic tools exchange, as JSON-LD. See README.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from parsers.contract import Claim, Delivery, Head, ReadContext, ReadEvent, Tier
from parsers.formats.case_jsonld.bundle_reader import BundleReader
from parsers.formats.case_jsonld.claims import claim_on


class CaseJsonldParser:
    """Reads a bundle twice: once for what nodes point at, once for the records."""

    name: ClassVar[str] = "case_jsonld"
    version: ClassVar[str] = "19"
    tier: ClassVar[Tier] = Tier.PROVEN
    title: ClassVar[str] = "CASE/UCO bundle (JSON-LD), our own export among them"
    versions_seen: ClassVar[tuple[str, ...]] = (
        "examples of the CASE community (1.x)",
        "UFED XML to CASE 1.0.0 (converter)",
        "our own export (trapline export --format case)",
    )
    not_read: ClassVar[tuple[str, ...]] = (
        "things that are no message, call, contact, account, handset or card: counted by type",
        "the files that a bundle names, and payloads within it",
        "other writings of the same graph (Turtle, RDF/XML): export as JSON-LD",
    )
    reads_text: ClassVar[bool] = True

    def identify(self, head: Head) -> Claim | None:
        """Return a claim where the names are those of CASE and UCO."""
        return claim_on(head)

    def read(self, delivery: Delivery, ctx: ReadContext) -> Iterator[ReadEvent]:
        """Yield the part, its records in the order of the file, and notices."""
        yield from BundleReader(delivery, ctx, CaseJsonldParser).events()
