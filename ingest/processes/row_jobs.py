"""What the service asks of the reading process while it loads the embedded index, and what it gets back."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec

from search.contract import ExtractionEntry

_SUFFIX: Final = ".rows"
PORTIONS_AHEAD: Final = 16
"""Portions of some thousand documents that may wait; bounds what lies on disk."""


class RowsRequest(msgspec.Struct, frozen=True, kw_only=True):
    """One pair of segments of which rows are wanted.

    Attributes:
        segments: Folder of all segments.
        extraction_no: Number of the extraction in the index.
        folder: Where portions of rows are written; exists and is empty. Whoever reads one removes it.
    """

    segments: str
    entry: ExtractionEntry
    records_sha256: str
    findings_sha256: str
    extraction_no: int
    folder: str


class RowsMade(msgspec.Struct, frozen=True, kw_only=True):
    """How many portions were written."""

    portion_count: int


def portion_path(folder: Path, number: int) -> Path:
    """Return where a portion lies, counted from 0; it appears whole."""
    return folder / f"{number:08d}{_SUFFIX}"
