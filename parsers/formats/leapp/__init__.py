"""ALEAPP, iLEAPP and their kin: the output of a run, as LAVA database and TSV files. See README.md."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import ClassVar

from parsers.contract import Claim, Delivery, Head, ReadContext, ReadEvent, Tier
from parsers.errors import InputRefused
from parsers.formats.leapp.claims import (
    DATABASE,
    are_exports,
    claim_on,
    has_tsv,
    is_kept_beside,
    output_prefix,
    own_members,
)
from parsers.formats.leapp.output_reader import OutputReader
from parsers.members.sources import MemberSource, open_members
from parsers.sqlite_database import EvidenceDatabase
from parsers.sqlite_guard import Copier, file_copier, open_database
from parsers.sqlite_pages import SQLITE_MAGIC


class LeappParser:
    """Reads the artifacts of texts, calls and contacts; all others are counted."""

    name: ClassVar[str] = "leapp"
    version: ClassVar[str] = "34"
    tier: ClassVar[Tier] = Tier.PROVEN
    title: ClassVar[str] = "ALEAPP and iLEAPP output (LAVA database, TSV exports)"
    versions_seen: ClassVar[tuple[str, ...]] = ("ALEAPP 2026.3.2-dev, LAVA schema 2",)
    not_read: ClassVar[tuple[str, ...]] = (
        "artifacts of which neither name nor columns say messages, calls or contacts: counted and named in a notice",
        "receipts, reactions and notifications; the timeline (tl.db), pages, media: named in a notice",
        "of an artifact that stands in both, the LAVA table (or a TSV file that has fewer rows than it)",
    )
    reads_text: ClassVar[bool] = True

    @staticmethod
    def keeps_member(path: str) -> bool:
        """Whether a file lies in a folder that the tool makes in its output."""
        return is_kept_beside(path)

    def identify(self, head: Head) -> Claim | None:
        """Return a claim where the database of LAVA or the folder of TSV exports lies there."""
        return claim_on(head)

    def own_members(self, head: Head) -> tuple[str, ...]:
        """Return the output's own files at the top of a folder into which other deliveries were put."""
        return own_members(head)

    def read(self, delivery: Delivery, ctx: ReadContext) -> Iterator[ReadEvent]:
        """Yield the handset and its records, artifact by artifact."""
        if not delivery.is_folder and _is_database(delivery.path):
            with open_database(file_copier(delivery.path), ctx.scratch_dir, ctx.limits) as database:
                yield from OutputReader(delivery, ctx, None, database, LeappParser).events()
            return
        with open_members(delivery, ctx.limits, ctx.scratch_dir) as source:
            prefix = output_prefix(source.names, is_folder=delivery.is_folder)
            if prefix is None and are_exports(delivery.name, source.names):
                prefix = ""
            if prefix is None:
                raise InputRefused("format_unknown", "no output of ALEAPP or iLEAPP in it")
            if not source.has(prefix + DATABASE):
                yield from OutputReader(delivery, ctx, source, None, LeappParser).events()
                return
            with ExitStack() as opened:
                lava: EvidenceDatabase | None = None
                lost = None
                try:
                    copier = _copier(source, prefix + DATABASE)
                    lava = opened.enter_context(open_database(copier, ctx.scratch_dir, ctx.limits))
                except InputRefused as refused:
                    if not has_tsv(source.names, prefix):
                        raise
                    lost = _code_of(refused, source, prefix + DATABASE)
                yield from OutputReader(delivery, ctx, source, lava, LeappParser, lost).events()


def _copier(source: MemberSource, name: str) -> Copier:
    def copy(suffix: str, target: Path) -> bool:
        if not source.has(name + suffix):
            return False
        source.copy(name + suffix, target)
        return True

    return copy


def _code_of(refused: InputRefused, source: MemberSource, name: str) -> str:
    """Return the notice code of a database of which nothing can be read, beside files that can."""
    if refused.code != "format_unknown":
        return refused.code
    return "input_malformed" if source.front(name, 1) else "input_truncated"


def _is_database(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(len(SQLITE_MAGIC)) == SQLITE_MAGIC
