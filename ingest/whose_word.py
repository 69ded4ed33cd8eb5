"""Whose word the case, the exhibit and the owner's number of an extraction are, where it is not the file's."""

from __future__ import annotations

from typing import Final

from ingest.assemble import Workspace
from ingest.decisions import NO_AMENDMENT
from ingest.entries import stated
from ingest.resolving import SUMMARY_DECODER
from parsers.stated_parts import sidecar_of_part

SUBMITTER: Final = "stated by the submitter"
CORRECTED: Final = "corrected by a person"
_FIELDS: Final = ("case_ref", "exhibit_ref", "owner_number")


def whose_words(workspace: Workspace, extraction_id: str) -> dict[str, str]:
    """Return by field of a correction whose word its value is; what the file states has none.

    Nothing where the extraction is not in this data folder: several sites share an index.
    """
    row = workspace.journal.extraction(extraction_id)
    if row is None:
        return {}
    summary = SUMMARY_DECODER.decode(row.summary)
    part = summary.meta.part
    sidecar = sidecar_of_part(summary.sidecar, part)
    amendment = workspace.decisions.amendments().get(extraction_id, NO_AMENDMENT)
    found = {}
    for field in _FIELDS:
        if getattr(amendment, field) is not None:
            found[field] = CORRECTED
        elif getattr(sidecar, field) or field in part.stated_beside:
            found[field] = SUBMITTER
    held = stated(summary, amendment, workspace.settings.parsers.default_region)
    if not held.msisdn:
        found.pop("owner_number", None)
    return found
