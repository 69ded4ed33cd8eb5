"""Deliveries of which nothing was read: reports list them beside what was read, so that none is lost without a word."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from ingest.journal import FINISHED, REFUSED, Journal
from ingest.receipts import is_of_litter
from ingest.selection import instant_of

_STATED: Final = (
    *("extraction_id", "file_name", "sha256", "size_bytes", "format", "tool", "tool_version", "case_ref"),
    *("exhibit_ref", "device_id", "state", "superseded_by", "tally", "notices"),
)
"""What the receipt of a refusal has in common with an extraction of the report; the rest differs from run to run."""


def refused_deliveries(journal: Journal, before: str | None = None) -> list[dict[str, Any]]:
    """Return what was refused and not read since, in the shape of the report's extractions, by their ids.

    Args:
        journal: Of the data folder.
        before: Only what came before this instant (RFC 3339 with ``Z``). None: everything.
    """
    deliveries = journal.deliveries()
    read = {row.stated_sha256 for row in deliveries if row.state == FINISHED}
    arrivals = journal.arrivals()
    last_at = {row.original_path: row.arrival_id for row in arrivals}
    refusals = [
        (row.received_at, row.refusal) for row in deliveries if row.state == REFUSED and row.stated_sha256 not in read
    ] + [
        (row.arrived_at, row.refusal)
        for row in arrivals
        # what lies in the place now came later, and stands for itself
        if row.state == REFUSED and row.sha256 is None and last_at[row.original_path] == row.arrival_id
    ]
    found = {}
    for at, refusal in refusals:
        if refusal is not None and (before is None or instant_of(at) < instant_of(before)):
            receipt: dict[str, Any] = msgspec.json.decode(refusal)
            if is_of_litter(receipt):
                continue
            found[receipt["extraction_id"]] = {key: receipt[key] for key in _STATED} | {
                "part_kind": None,
                "make": None,
                "model": None,
            }
    return [found[key] for key in sorted(found)]
