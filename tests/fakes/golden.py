"""Golden files: the records of a fixture as they are exported, one a line."""

from __future__ import annotations

import json
import os
from pathlib import Path

import msgspec

from parsers.reading import ReadResult
from parsers.records.export import export_record
from tests.fakes.deliveries import read_path

TESTS = Path(__file__).resolve().parents[1]
FIXTURES, GOLDEN = TESTS / "fixtures", TESTS / "golden"


class _NoIdentity(msgspec.Struct):
    device_id: str | None = None
    case_ref: str | None = None
    exhibit_ref: str | None = None


def golden_reading(fixture: str) -> ReadResult:
    """Read a fixture, hold its records against its golden file, and return the reading.

    With ``TRAPLINE_WRITE_GOLDEN`` set the golden file is written anew.
    """
    result = read_path(FIXTURES / fixture)
    golden = GOLDEN / f"{fixture}.jsonl"
    lines = [json.dumps(export_record(record, _NoIdentity()), ensure_ascii=False) for record in result.records]
    if os.environ.get("TRAPLINE_WRITE_GOLDEN"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert lines == golden.read_text(encoding="utf-8").splitlines()
    return result
