"""What ``--since`` means: an instant, or an earlier report as JSON."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, Final

import msgspec
import orjson

from ingest.assemble import Workspace
from ingest.command_errors import EarlierReportRefused
from ingest.selection import instant_of
from search.reports.build import SCHEMA

_NEEDED: Final = ("scope", "software", "extractions", "devices", "lines", "links", "events", "generated_at")


class EarlierReport(msgspec.Struct, frozen=True):
    """An earlier report, and what the section of news states about it."""

    report: dict[str, Any]
    stated: dict[str, object]


Since = str | EarlierReport
"""RFC 3339 with ``Z``, or an earlier report."""


def read_earlier(path: Path) -> EarlierReport:
    """Return the report in a file.

    Raises:
        EarlierReportRefused: It cannot be read, or is no report of this schema.
    """
    try:
        content = path.read_bytes()
    except OSError as exc:
        raise EarlierReportRefused(str(path), exc.strerror or "it cannot be read") from exc
    try:
        report = orjson.loads(content)
    except orjson.JSONDecodeError:
        raise EarlierReportRefused(str(path), "it is no JSON: name a report made with --format json") from None
    if not isinstance(report, dict) or report.get("schema") != SCHEMA or any(key not in report for key in _NEEDED):
        raise EarlierReportRefused(str(path), f"it is no report of the schema {SCHEMA}")
    stated = {"at": None, "generated_at": report["generated_at"], "sha256": hashlib.sha256(content).hexdigest()}
    return EarlierReport(report, stated)


def held_before(workspace: Workspace, instant: str, extraction_ids: frozenset[str]) -> frozenset[str]:
    """Return the extractions whose delivery was received before the instant.

    What another site loaded into a common index is in no journal of this folder, and counts as held before.
    """
    since = instant_of(instant)
    received = {row.sha256: instant_of(row.received_at) for row in workspace.journal.deliveries()}
    later = {row.extraction_id for row in workspace.journal.extractions() if received[row.sha256] >= since}
    return extraction_ids - later
