"""What pages call a line: a title that no other line has, and whether any advert bears the name.

Where the adverts of a line carry no name, linkage shows the one that a phone saved its number under. That is the word
of one contact list, not the line's: wherever it stands, the page says so.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from search.linkage.device_links.line_ties import ASSUMED
from search.linkage.phrases import counted

Item = Mapping[str, Any]

DIGITS_FOLLOW: Final = "…"
"""Stands before the last digits of a line's number."""
LEAST_DIGITS: Final = 4
_MORE_DIGITS: Final = 6
NO_NAME: Final = "No name"
"""What a line is called that has no name."""


def saved_words(line: Item) -> str:
    """Return where the name of a line comes from, where no advert bears it; empty for any other."""
    phones = line["name_saved_on"]
    return f"Saved as {line['name']} on {counted(phones, 'phone')}; no advert names this line" if phones else ""


def line_titles(lines: Sequence[Item]) -> dict[str, str]:
    """Return a title for each line that no other line has.

    Lines of one name are told by the last digits of the number that each had in use last: which of them a report shows
    changes nothing about that, and whoever knows the number knows the line.
    """
    called = {line["line_id"]: (line["name"] or NO_NAME, line["name_saved_on"] > 0) for line in lines}
    held: dict[tuple[str, bool], list[Item]] = defaultdict(list)
    for line in sorted(lines, key=lambda line: (line["first_seen_at"] or "~", line["line_id"])):
        held[called[line["line_id"]]].append(line)
    titles = {}
    for (name, is_saved), alike in held.items():
        marks = _marks(alike) if len(alike) > 1 else [("", "")]
        for line, (digits, count) in zip(alike, marks, strict=True):
            behind = ", ".join(filter(None, ("saved name" if is_saved else "", count)))
            titles[line["line_id"]] = f"{name}{digits}{f' ({behind})' if behind else ''}"
    return titles


def _marks(lines: Sequence[Item]) -> list[tuple[str, str]]:
    """Return, for lines of one name, the last digits that tell each, or its place where they have none of their own."""
    for length in (LEAST_DIGITS, _MORE_DIGITS):
        ends = [_last_digits(line, length) for line in lines]
        if all(ends) and len(set(ends)) == len(ends):
            return [(f" {DIGITS_FOLLOW}{end}", "") for end in ends]
    often = Counter(ends)
    return [
        (f" {DIGITS_FOLLOW}{end}", "") if end and often[end] == 1 else ("", f"{place} of {len(lines)}")
        for place, end in enumerate(ends, start=1)
    ]


def _last_digits(line: Item, length: int) -> str:
    """Return the last digits of the number that a line had in use last; empty where it has none so long."""
    latest = max(line["numbers"], key=lambda held: (held["last_seen_at"] or "", held["number"]), default=None)
    digits = "".join(filter(str.isdecimal, latest["number"])) if latest else ""
    return digits[-length:] if len(digits) > length else ""


def with_titles(report: Item, titles: Mapping[str, str]) -> dict[str, Any]:
    """Return the report with lines that share a name told apart where a link says which line it rests on."""
    told = {
        line["line_id"]: (f"the line {line['name']} {ASSUMED}", f"the line {titles[line['line_id']]} {ASSUMED}")
        for line in report["lines"]
        if line["name"] and titles[line["line_id"]] != line["name"]
    }
    if not told:
        return dict(report)

    def named(reason: Item) -> Item:
        key = reason["value"]
        return {**reason, "sentence": reason["sentence"].replace(*told[key])} if key in told else reason

    links = {
        section: [{**link, "reasons": [named(reason) for reason in link["reasons"]]} for link in report[section]]
        for section in ("links", "rejected_links")
    }
    return {**report, **links}
