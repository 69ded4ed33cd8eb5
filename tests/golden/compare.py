"""Compares a reading with its golden file: every record in the contract's shape, and every notice."""

from __future__ import annotations

import json
import os
from pathlib import Path

import msgspec

from parsers.reading import ReadResult
from parsers.records.export import export_record

GOLDEN = Path(__file__).resolve().parent
WRITE_SWITCH = "TRAPLINE_WRITE_GOLDEN"


class _NoIdentity(msgspec.Struct):
    device_id: str | None = None
    case_ref: str | None = None
    exhibit_ref: str | None = None


def golden_lines(result: ReadResult) -> list[str]:
    """Return the records as JSON lines, then the notices."""
    records = [export_record(record, _NoIdentity()) for record in result.records]
    notices = [{"notice": msgspec.to_builtins(notice)} for notice in result.notices]
    return [json.dumps(each, ensure_ascii=False) for each in (*records, *notices)]


def assert_golden(result: ReadResult, name: str) -> None:
    """Compare with ``tests/golden/<name>.jsonl``; written anew only where the switch is set."""
    path = GOLDEN / f"{name}.jsonl"
    lines = golden_lines(result)
    if os.environ.get(WRITE_SWITCH):
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert lines == path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
