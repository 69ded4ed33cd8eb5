"""What stays under an exhibit when one of its deliveries is put under another: a phone can come in several files."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import Final

import msgspec

from ingest.journal import Journal
from ingest.resolving import ENTRY_DECODER
from ingest.selection import same_ref
from search.contract import ExtractionEntry
from search.linkage.phrases import counted, with_case

_SHOWN: Final = 8


class LeftBehind(msgspec.Struct, frozen=True, kw_only=True):
    """The other deliveries of an exhibit, one extraction of each, by id.

    Attributes:
        exhibit: The exhibit with its case, as reports name it. Empty: the extraction stated none.
    """

    exhibit: str = ""
    others: tuple[ExtractionEntry, ...] = ()


def left_behind(journal: Journal, extraction_id: str) -> LeftBehind:
    """Return what else is of the exhibit of an extraction, as it is now; nothing where it states no exhibit."""
    rows = [row for row in journal.extractions() if row.entry is not None]
    entries = {row.extraction_id: ENTRY_DECODER.decode(row.entry) for row in rows if row.entry is not None}
    named = entries.get(extraction_id)
    if named is None or not named.exhibit_ref:
        return LeftBehind()
    delivery_of = {row.extraction_id: row.sha256 for row in rows}
    others = {
        delivery_of[name]: entry
        for name, entry in reversed(entries.items())
        if delivery_of[name] != delivery_of[extraction_id] and _is_of(entry, named)
    }
    return LeftBehind(
        exhibit=with_case(named.exhibit_ref, named.case_ref),
        others=tuple(sorted(others.values(), key=lambda entry: entry.extraction_id)),
    )


def _is_of(entry: ExtractionEntry, named: ExtractionEntry) -> bool:
    return (
        named.exhibit_ref is not None
        and same_ref(entry.exhibit_ref, named.exhibit_ref)
        and (entry.case_ref == named.case_ref or same_ref(entry.case_ref, named.case_ref or ""))
    )


def left_behind_words(held: LeftBehind, now: LeftBehind, changed: Sequence[tuple[str, str | None]]) -> str:
    """Return which files stay, and how they are taken along; empty where none does, or the exhibit stays the same.

    Args:
        held: As it was before the correction.
        now: As it is after it.
        changed: Options of the correction with their values, those of case and exhibit. None: not given.
    """
    given = [(option, value) for option, value in changed if value is not None]
    if not held.others or not given or same_ref(now.exhibit, held.exhibit):
        return ""
    options = " ".join(f"{option} {shlex.quote(value)}" for option, value in given)
    count = len(held.others)
    more = f" and {count - _SHOWN} more" if count > _SHOWN else ""
    files = ", ".join(f"{entry.file_name} ({entry.extraction_id})" for entry in held.others[:_SHOWN])
    return (
        f"{counted(count, 'other file', 'other files')} of {held.exhibit} {'stays' if count == 1 else 'stay'} there:"
        f" {files}{more}. Where they are of the same phone, amend each too: trapline amend"
        f" {held.others[0].extraction_id} {options} --note WHY"
    )
