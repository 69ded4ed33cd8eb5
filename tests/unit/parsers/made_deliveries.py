"""Reads files and folders in tests as the service does."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from parsers.contract import EMPTY_SIDECAR, Delivery, Limits, ReadContext, Sidecar
from parsers.reading import ReadResult, read_all
from parsers.records.facts import Record

_Kind = TypeVar("_Kind", bound=Record)
_COMPANIONS = ("-wal", "-shm", "-journal")


def read_path(
    path: Path, *, name: str | None = None, sidecar: Sidecar = EMPTY_SIDECAR, limits: Limits | None = None
) -> ReadResult:
    """Read a delivery; ``name`` is what it was dropped under."""
    companions = tuple(suffix for suffix in _COMPANIONS if path.with_name(path.name + suffix).exists())
    content = b"" if path.is_dir() else path.read_bytes()
    delivery = Delivery(
        path=path,
        name=name or path.name,
        is_folder=path.is_dir(),
        sha256=sha256(content).hexdigest(),
        companions=companions,
    )
    with TemporaryDirectory() as scratch:
        result = read_all(delivery, ReadContext(scratch_dir=Path(scratch), sidecar=sidecar, limits=limits or Limits()))
        assert list(Path(scratch).iterdir()) == []
    for rows in result.tally.values():
        assert all(row.is_balanced for row in rows.values()), rows
    return result


def of_kind(result: ReadResult, kind: type[_Kind]) -> list[_Kind]:
    return [record for record in result.records if isinstance(record, kind)]


def codes_of(result: ReadResult) -> dict[str, int]:
    """Return notice codes with their counts."""
    counts: dict[str, int] = {}
    for notice in result.notices:
        counts[notice.code] = counts.get(notice.code, 0) + notice.count
    return counts
