"""Extractions by exhibit: what was read of each in all, and the files one by one under it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

import msgspec

from search.linkage.counting_order import counting_order
from search.linkage.phrases import counted
from search.reports.corrections import corrections_words
from search.reports.cuts import Cut, cut
from search.reports.device_names import exhibits_of
from search.reports.page_text import size
from search.reports.scope_words import OUTSIDE
from search.reports.summary_words import REFUSED

Item = Mapping[str, Any]

GROUPS_SHOWN: Final = 400
FILES_SHOWN: Final = 200
"""Of one exhibit."""
FILES_UNFOLDED: Final = 2
_NOTICES_SHOWN: Final = 12
_NAMED_FOR_EACH: Final = frozenset({"damaged", "skipped"})
_TALLIED: Final = ("seen", "indexed", "merged", "noticed")


class NoticeSum(msgspec.Struct, frozen=True):
    """One notice over the files of an exhibit."""

    sentence: str
    severity: str
    count: int
    files: int


class SourceGroup(msgspec.Struct, frozen=True):
    """The extractions of one exhibit, or of one device without an exhibit.

    Attributes:
        words: How many there are, of which kind, and how large.
        note: That it is not of the scope of the report; empty where it is.
        clocks: Which clocks are known to be wrong; empty where none is.
        states: How many are in which state.
        tally: What was seen, kept, listed twice and noticed, by type of element.
        corrected: What a person corrected of it, with what stood there before.
        notices: Over all its files, the grave ones first.
    """

    label: str
    words: str
    note: str
    clocks: str
    states: str
    tally: tuple[str, ...]
    corrected: tuple[str, ...]
    notices: Cut
    files: Cut
    is_open: bool


def source_groups(
    extractions: Sequence[Item],
    labels: Mapping[str, str],
    outside: Collection[str] = (),
    clocks: Mapping[str, Sequence[str]] | None = None,
) -> Cut:
    """Return the exhibits in order.

    Args:
        extractions: Those of the report.
        labels: How the page names each device.
        outside: Devices that are not in scope.
        clocks: What is wrong with the clock of an extraction, in words. None: of none is anything known.
    """
    held: dict[str, list[Item]] = {}
    for entry in extractions:
        named = exhibits_of([entry])
        label = named[0] if named else labels.get(entry["device_id"]) or entry["file_name"]
        held.setdefault(label, []).append(entry)
    found = cut(sorted(held, key=counting_order), GROUPS_SHOWN)
    return Cut(tuple(_group(label, held[label], outside, clocks or {}) for label in found.items), found.total)


def grave_notices(entry: Item) -> list[Item]:
    """Return the notices that say what is missing of one file; behind those of very many how many more there are."""
    grave = [notice for notice in entry["notices"] if notice["severity"] in _NAMED_FOR_EACH]
    part = cut(sorted(grave, key=lambda notice: (notice["severity"], -notice["count"])), _NOTICES_SHOWN)
    if not part.left_out:
        return grave
    return [*part.items, {"sentence": f"And {part.left_out} more notices, all of them in the JSON form.", "count": 1}]


def _group(
    label: str, entries: Sequence[Item], outside: Collection[str], clocks: Mapping[str, Sequence[str]]
) -> SourceGroup:
    readers = Counter(entry["format"] or "not known" for entry in entries)
    named = ", ".join(f"{name} ({count})" if len(entries) > 1 else name for name, count in sorted(readers.items()))
    states = Counter(entry["state"].replace("_", " ") for entry in entries)
    kinds = ("delivery", "deliveries") if set(states) == {REFUSED} else ("extraction", "extractions")
    several = counted(len(entries), *kinds)
    wrong = dict.fromkeys(words for entry in entries for words in clocks.get(entry["extraction_id"], ()))
    deliveries = {entry["sha256"]: entry["size_bytes"] for entry in entries}
    return SourceGroup(
        label=label,
        words=f"{several}, {size(sum(deliveries.values()))}: {named}",
        note=OUTSIDE if all(entry["device_id"] in outside for entry in entries) else "",
        clocks=", ".join(wrong),
        states=", ".join(f"{count} {state}" if len(entries) > 1 else state for state, count in sorted(states.items())),
        tally=tuple(_tally(entries)),
        corrected=tuple(corrections_words(entries)),
        notices=cut(_notices(entries), _NOTICES_SHOWN),
        files=cut(sorted(entries, key=lambda e: (e["file_name"], e["extraction_id"])), FILES_SHOWN),
        is_open=len(entries) <= FILES_UNFOLDED,
    )


def _tally(entries: Sequence[Item]) -> list[str]:
    sums: dict[str, Counter[str]] = {}
    for entry in entries:
        for element, row in entry["tally"].items():
            sums.setdefault(element, Counter()).update({key: row[key] for key in _TALLIED})
    return [tally_words(element, sums[element]) for element in sorted(sums)]


def tally_words(element: str, row: Mapping[str, int]) -> str:
    """Return one row of a tally in words; what is none is not said, but of what was seen and kept."""
    words = [f"{row['seen']} seen", f"{row['indexed']} kept"]
    words += [f"{row['merged']} listed twice"] if row["merged"] else []
    words += [f"{row['noticed']} noticed"] if row["noticed"] else []
    return f"{element}: {', '.join(words)}"


def _notices(entries: Sequence[Item]) -> list[NoticeSum]:
    counts: Counter[tuple[str, str]] = Counter()
    files: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        for notice in entry["notices"]:
            counts[notice["severity"], notice["sentence"]] += notice["count"]
        files.update({(notice["severity"], notice["sentence"]) for notice in entry["notices"]})
    ordered = sorted(counts, key=lambda key: (key[0] not in _NAMED_FOR_EACH, -counts[key], key))
    return [NoticeSum(key[1], key[0], counts[key], files[key]) for key in ordered]
