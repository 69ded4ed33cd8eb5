"""Words about what a person corrected of extractions: old and new label, when, by whom and why. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

from search.linkage.phrases import counted, day_of
from search.reports.summary_words import capitalize_first

Item = Mapping[str, Any]

_FIELDS: Final = {"case_ref": "case", "exhibit_ref": "exhibit", "owner_number": "owner's number"}


def corrections_words(entries: Iterable[Item]) -> list[str]:
    """Return one sentence for each correction, oldest first: of what, from what, when, by whom and why.

    Args:
        entries: Extractions of a report; those that were corrected together have one sentence.
    """
    counts = Counter(
        (held["corrected_at"][: len("2024-01-31T12:00")], held["corrected_by"], held["note"], _changes(held))
        for entry in entries
        for held in entry.get("corrections", ())
        if held["changed"]
    )
    return [
        f"{changes} on {day_of(at)} by {by} ({counted(count, 'extraction')}): {note}{'' if note.endswith('.') else '.'}"
        for (at, by, note, changes), count in sorted(counts.items())
    ]


def _changes(held: Item) -> str:
    told = [
        f"{_FIELDS[each['field']]} {each['now'] or 'none'} ({each['was'] or 'none'} until then)"
        for each in held["changed"]
    ]
    return f"{capitalize_first(' and '.join(told))} corrected"
