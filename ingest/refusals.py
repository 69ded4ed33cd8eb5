"""Deliveries of which nothing was read: reports list them beside what was read, so that none is lost without a word.

A refusal of a place stands until something else comes of that place: what lies there now, or what was found in it.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from ingest.journal import FINISHED, REFUSED, ArrivalRow, DeliveryRow, Journal
from ingest.receipts import is_of_litter
from ingest.selection import instant_of

WALKED: Final = "walked"
"""State of the arrival of a folder whose deliveries arrived by themselves."""
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
    refusals = [(row.received_at, row.refusal) for row in refused_contents(journal.deliveries())]
    refusals += [(row.arrived_at, row.refusal) for row in refused_places(journal)]
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


def refused_contents(deliveries: Sequence[DeliveryRow]) -> list[DeliveryRow]:
    """Return, in their order, the deliveries that were refused and not read since; each content once.

    Reports and the status count by this: the same bytes under two names are refused once.
    """
    read = {row.stated_sha256 for row in deliveries if row.state == FINISHED}
    # The first of each holds its place in a dict, and the latest what is said of it.
    refused = {row.stated_sha256: row for row in deliveries if row.state == REFUSED}
    return [row for sha256, row in refused.items() if sha256 not in read]


def refused_places(journal: Journal) -> list[ArrivalRow]:
    """Return the arrivals of which nothing reached the vault, but those in whose place something came later."""
    arrivals = journal.arrivals()
    last_at = {row.original_path: row.arrival_id for row in arrivals}
    return [
        row
        for row in arrivals
        # what lies in the place now came later, and stands for itself
        if row.state == REFUSED and row.sha256 is None and last_at[row.original_path] == row.arrival_id
    ]


def note_walked(journal: Journal, looked_at: Path, found: Sequence[Path]) -> None:
    """Note which folders that were refused as a whole were walked since: what was found in them stands for them.

    Args:
        journal: Of the data folder.
        looked_at: The path that was given; what lies above it was not looked through.
        found: Places of the deliveries that were found, and taken or refused by themselves.
    """
    if not journal.arrivals(REFUSED):
        return
    walked = {folder for path in found for folder in path.parents if folder.is_relative_to(looked_at)}
    for row in refused_places(journal):
        place = Path(os.fsdecode(row.original_path))
        if place in walked:
            journal.end_arrival(journal.begin_arrival(place), WALKED)
