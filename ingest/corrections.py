"""What people corrected of extractions, with what stood there before: as reports state it beside each extraction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from ingest.decisions import NO_AMENDMENT, Amended, Amendment
from ingest.entries import Stated, Summary, stated
from ingest.journal import Journal
from ingest.resolving import SUMMARY_DECODER
from search.reports.build import Report
from search.reports.corrections import corrections_words

Corrections = dict[str, list[dict[str, object]]]
_FIELDS: Final = ("case_ref", "exhibit_ref", "owner_number")


def corrections_of(journal: Journal, amended: Iterable[Amended], region: str) -> Corrections:
    """Return the corrections of each extraction that is held, oldest first, by its id.

    Args:
        journal: Holds what each extraction's file and its submitter state.
        amended: Every correction, oldest first.
        region: Region of numbers without a country code.
    """
    found: Corrections = {}
    holding: dict[str, Amendment] = {}
    for each in amended:
        row = journal.extraction(each.extraction_id)
        if row is None or row.summary is None:
            continue
        earlier = holding.get(each.extraction_id, NO_AMENDMENT)
        holding[each.extraction_id] = each.amendment.over(earlier)
        summary = SUMMARY_DECODER.decode(row.summary)
        changed = _changed(summary, earlier, holding[each.extraction_id], region)
        said: dict[str, object] = {
            "corrected_at": each.at,
            "corrected_by": each.by,
            "note": each.reason,
            "changed": changed,
        }
        found.setdefault(each.extraction_id, []).append(said)
    return found


def put_corrections(report: Report, corrections: Corrections) -> None:
    """Put to each extraction of a report what was corrected of it; to any other nothing."""
    entries = report["extractions"]
    assert isinstance(entries, list)
    for entry in entries:
        if held := corrections.get(entry["extraction_id"]):
            entry["corrections"] = held


def latest_words(journal: Journal, amended: Iterable[Amended], extraction_id: str, region: str) -> str:
    """Return what the latest correction of an extraction changed, from what, by whom and why.

    Args:
        journal: As for ``corrections_of``.
        amended: Every correction, oldest first.
        extraction_id: That of one extraction of the delivery that was corrected.
        region: Region of numbers without a country code.
    """
    of_it = [each for each in amended if each.extraction_id == extraction_id]
    held = corrections_of(journal, of_it, region).get(extraction_id, [])[-1:]
    words = corrections_words([{"corrections": held}])
    return words[0] if words else "Nothing was corrected: what was given is what holds."


def _changed(summary: Summary, before: Amendment, after: Amendment, region: str) -> list[Mapping[str, object]]:
    was, now = (_values(stated(summary, held, region)) for held in (before, after))
    return [{"field": field, "was": was[field], "now": now[field]} for field in _FIELDS if was[field] != now[field]]


def _values(held: Stated) -> dict[str, str | None]:
    owner = ", ".join(held.msisdn) or None
    return {"case_ref": held.case_ref, "exhibit_ref": held.exhibit_ref, "owner_number": owner}
