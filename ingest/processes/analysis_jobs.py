"""What the service asks of an analysing process, and what it gets back. Imports no part of the analysis itself."""

from __future__ import annotations

import msgspec

from ingest.segment_store.finding_segments import Recipe
from ingest.segment_store.segment_file import SealedFile


class AnalysisVersions(msgspec.Struct, frozen=True, kw_only=True):
    """What the analysis is, as every finding states it."""

    nlp_version: str
    lexicon_version: str

    @property
    def key(self) -> str:
        """Both versions as one key."""
        return f"{self.nlp_version} {self.lexicon_version}"


class VersionsRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Which lexicons of the force are read after the ones in the package."""

    lexicon_dirs: tuple[str, ...]


class AnalyseRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Portions of texts (``text_spill``), and the file in which findings are kept.

    Attributes:
        processes: Most that work on them side by side (``twins``).
    """

    portions: tuple[str, ...]
    findings: str
    lexicon_dirs: tuple[str, ...]
    processes: int = 1


class Analysed(msgspec.Struct, frozen=True, kw_only=True):
    """How many texts the portions had."""

    text_count: int
    peak_memory_bytes: int


class CollectRequest(msgspec.Struct, frozen=True, kw_only=True):
    """One extraction.

    Attributes:
        skip: Ordinals (little-endian int64) of the records whose facts count in another extraction of the device.
        ended: File that appears when nothing more is being analysed; until then, findings that are missing are waited
            for. None: whatever is missing is analysed by the job itself, at once.
    """

    extraction_id: str
    records: str
    target: str
    findings: str
    lexicon_dirs: tuple[str, ...]
    recipe: Recipe
    skip: bytes
    compression_level: int
    ended: str | None = None


class Collected(msgspec.Struct, frozen=True, kw_only=True):
    """The finished segment under its temporary name."""

    sealed: SealedFile
    peak_memory_bytes: int
