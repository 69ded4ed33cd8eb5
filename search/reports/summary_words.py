"""What the first page says on screen and on paper: what the report means, and what was not read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from search.linkage.counting_order import counting_order
from search.linkage.devices.traffic import NO_LINE_MADE
from search.linkage.keys import fold_name
from search.linkage.phrases import counted, listed
from search.reports.caveats import cut_caveat
from search.reports.cuts import shown_of
from search.reports.device_names import exhibits_of
from search.reports.shown_clocks import is_unset

FIRST_PAGE_LINES: Final = 12
"""Lines that the first page lists; the others follow."""

MEANS: Final = (
    (
        "The phones named with a line hold adverts of it, its SIM, or one-to-one traffic with its numbers. What is "
        "said of a phone of a line, of a link and of an event names some of the records behind it, where there are any."
    ),
    (
        "A strong link has evidence that would rarely be found between unrelated phones; a moderate one needs support; "
        "a weak one is a pointer only."
    ),
    "Open any record with trapline show and its id: it names the exhibit, the file's hash and the place in it.",
)
MEANS_NOT: Final = (
    "A phone sent a text, not a person. Who sent adverts need not hold the line, and may be an exploited child.",
    (
        "Receiving an advert is not buying. A nickname is not a person, and what a line is called here is what the "
        "analysis reads as its name, or what phones saved."
    ),
    "A name, a wording, or a number across a gap in time links nothing by itself.",
    "This is intelligence for triage: check it against the source extraction.",
)

SAID_BY: Final = {
    "old": "the old number said",
    "new": "the new number said",
}
"""Who announced a change of number, before the words that are quoted."""
PERIOD_NOTE: Final = "counts reach beyond it: see Caveats"
"""What stands beside the period of a report that is narrowed to one."""
FOUND_ORDER: Final = ", the line of most phones first"
TELLS_RENAMING: Final = "says that it was renamed"
"""Stands in a conflict of a line of which a text of its own explains the two names (``deal_lines.renaming_texts``)."""
FORMS_READ: Final = "What the analysis takes for its name in adverts, as it stands there:"
PERIOD_COUNTS: Final = (
    "Counts of messages here are not of the period alone: what reaches into it counts whole where it is more than five "
    "messages, see Caveats. Days and broadcasts are of the period."
)
"""What stands at the lines of a report that is narrowed to a period."""
TIMES: Final = (
    "Times stand in UTC, with the time in the United Kingdom under or behind them; a day without a time is one in UTC."
)
_NOT_WHOLE: Final = 8
REFUSED: Final = "refused"
_STATES: Final = {
    REFUSED: "was refused, and nothing of it was read",
    "partial": "was read only in part",
    "complete_with_notices": "was read with items skipped or damaged",
    "superseded": "was not read without loss",
}
_WITHOUT_INSTANT: Final = frozenset({
    "day_missing", "day_month_order_unknown", "dates_turned", "epoch_unknown", "time_unreadable", "zone_contrary",
    "zone_name_unknown", "zone_open",
})  # fmt: skip
"""Notices that count times which are kept as written, without an instant."""
_GRAVE: Final = frozenset({"damaged", "skipped"})
_SUPERSEDED: Final = "superseded"
_UNREAD: Final = "element_unreadable"
_COUNT_CUT: Final = "count_cut"
_FULLER: Final = "Another reading of the same phone covers it; what this one alone has still counts."


def confirmed_words(line: Mapping[str, Any]) -> str:
    """Return what the first page says of a person's confirmation of a line; empty where there is none."""
    decision = line["decision"]
    if decision is None:
        return ""
    return "confirmed before the split" if decision.get("is_before_split") else "confirmed"


def also_called(line: Mapping[str, Any]) -> str:
    """Return which further names are read in its adverts, and in how many; empty where there are none.

    A place or another word may be read as a name: that the line is called so is not said.
    """
    # Its own name is looked for too: where it begins with a further one, its forms are not that one's.
    names = {fold_name(name) for name in (line["name"], *line["other_names"]) if name}
    counts: Counter[str] = Counter()
    for form in line["nicknames"]:
        counts[_name_of(form["form"], names)] += form["count"]
    read = [(name, counts[fold_name(name)]) for name in line["other_names"]]
    told = " ".join(conflict for conflict in line.get("conflicts", ()) if TELLS_RENAMING in conflict)
    renamed = [each for each in read if re.search(rf"(?:, | and ){re.escape(each[0])}(?:,| and |:)", told)]
    others = [each for each in read if each not in renamed]
    said = [f"{_with_counts(renamed)}: a text says that the line was renamed"] if renamed else []
    said += [f"{_with_counts(others)}: another name of it, or perhaps a place"] if others else []
    return f"in some adverts the analysis also reads {'; and '.join(said)}" if said else ""


def _with_counts(read: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{name} ({count})" if count else name for name, count in read)


def _name_of(form: str, names: Collection[str]) -> str:
    """Return which of some folded names a form is of: the form itself, else its first words (``Rico line``)."""
    words = form.split()
    heads = (fold_name("".join(words[:count])) for count in range(len(words), 0, -1))
    return next((head for head in heads if head in names), fold_name(form))


def capitalize_first(words: str) -> str:
    """Return words as a sentence begins; names in them stay as they are."""
    return words[:1].upper() + words[1:]


def broadcasts_of_no_line(device: Mapping[str, Any]) -> str:
    """Return what is said of adverts that a phone sent to many where no line is made of them; empty for none."""
    said: Sequence[str] = device["traffic"]["reasons"]
    return next((sentence for sentence in said if sentence.endswith(NO_LINE_MADE)), "")


def is_whole(entry: Mapping[str, Any]) -> bool:
    """Whether an extraction was read without loss, and may not be cut off either.

    One that another reading of its device supersedes is whole only where nothing was missing of it: what was lost may
    not be in the other one.
    """
    if entry["state"] == _SUPERSEDED:
        return not any(notice["severity"] in _GRAVE for notice in entry["notices"])
    return entry["state"] == "complete" and not cut_caveat(entry)


def not_whole_words(
    entries: Iterable[Mapping[str, Any]], devices: Mapping[str, Mapping[str, Any]]
) -> list[tuple[str, str]]:
    """Return, for the first page, which extractions were not read whole, and what is missing of each.

    Args:
        entries: The extractions.
        devices: Devices by id: what one of them sent to many is said here too where no line is made of it.
    """
    held = sorted(entries, key=lambda entry: entry["state"] != REFUSED)
    shown = shown_of(len(held), _NOT_WHOLE)
    words = [(_named(entry), _not_whole(entry, devices)) for entry in held[:shown]]
    rest = len(held) - shown
    return [*words, ("and", f"{rest} more, listed under Sources.")] if rest > 0 else words


def refused_words(entries: Iterable[Mapping[str, Any]]) -> str:
    """Return how many deliveries were refused, to stand behind the extractions that were read; empty for none."""
    count = sum(entry["state"] == REFUSED for entry in entries)
    return f"; {counted(count, 'delivery', 'deliveries')} refused" if count else ""


def unset_clock_words(devices: Iterable[Mapping[str, Any]], labels: Mapping[str, str]) -> str:
    """Return which phones have messages dated as by a clock that nobody had set; empty for none."""
    unset = (labels[held["device_id"]] for held in devices if is_unset(held["first_message_at"]))
    names = sorted(unset, key=counting_order)
    if not names:
        return ""
    return f"; {counted(len(names), 'phone')} with messages of a clock that was not set: {listed(names, _NOT_WHOLE)}"


def undated_words(extractions: Iterable[Mapping[str, Any]], labels: Mapping[str, str]) -> str:
    """Return of how many records the time could not be read, and on which phones; empty for none.

    What has no instant is in no broadcast and no period: that it is missing there is no finding.
    """
    counts: Counter[str] = Counter()
    for entry in extractions:
        if entry["device_id"] in labels and entry["state"] != _SUPERSEDED:
            counts[labels[entry["device_id"]]] += sum(
                notice["count"] for notice in entry["notices"] if notice["code"] in _WITHOUT_INSTANT
            )
    held = sorted(+counts, key=lambda name: (-counts[name], counting_order(name)))
    if not held:
        return ""
    on = listed([f"{name} ({counts[name]:,})" for name in held], _NOT_WHOLE)
    told = "written times of records are not told for certain, and these are in no broadcast"
    return f"; {counts.total():,} {told}: {on}"


def time_words(report: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """Return what the first page says of times that cannot be relied on or are not there; empty for nothing."""
    return unset_clock_words(report["devices"], labels) + undated_words(report["extractions"], labels)


def figure_words(report: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """Return what stands behind the number of extractions that were read: what was not finished, and times."""
    told = unfinished_words(report.get("unfinished", ()))
    return (f"; {told}" if told else "") + time_words(report, labels)


def read_figures(extractions: Iterable[Mapping[str, Any]], not_whole: Iterable[Mapping[str, Any]]) -> tuple[int, int]:
    """Return how many extractions were read without loss, and how many were read; a refused delivery is none."""
    read = sum(entry["state"] != REFUSED for entry in extractions)
    return read - sum(entry["state"] != REFUSED for entry in not_whole), read


def unfinished_words(unfinished: Sequence[Mapping[str, Any]]) -> str:
    """Return which deliveries were begun and not read to their end, of the report's ``unfinished``; empty for none."""
    if not unfinished:
        return ""
    names = listed([str(held["file_name"]) for held in unfinished], _NOT_WHOLE)
    return f"{counted(len(unfinished), 'delivery was', 'deliveries were')} begun and not read to the end: {names}"


def no_line_words(
    extractions: Iterable[Mapping[str, Any]],
    scope: Mapping[str, Any] | None = None,
    unfinished: Sequence[Mapping[str, Any]] = (),
) -> str:
    """Return what stands where no line does: that nothing was read, or looked at, is no finding.

    Args:
        extractions: Those of the report.
        scope: Of the report. None: everything held.
        unfinished: Of the report.
    """
    states = [entry["state"] for entry in extractions]
    if unfinished and all(state == REFUSED for state in states):
        return f"Nothing has been read to its end here yet. {unfinished_words(unfinished)}."
    if not states:
        return "Nothing has been taken in here yet."
    if all(state == REFUSED for state in states):
        return "Nothing has been read here yet: every delivery was refused."
    if scope is not None and (scope["from"] or scope["to"]):
        return "No deal line was found in the period of this report; what lies outside it was not looked at."
    return "No deal line was found in what was read."


def _named(entry: Mapping[str, Any]) -> str:
    """Return exhibit, else file; of one of several readings of an exhibit both."""
    exhibits = ", ".join(exhibits_of([entry]))
    if exhibits and entry["state"] == _SUPERSEDED:
        return f"{exhibits}, {entry['file_name']}"
    return exhibits or str(entry["file_name"])


def _not_whole(entry: Mapping[str, Any], devices: Mapping[str, Mapping[str, Any]]) -> str:
    device = devices.get(entry["device_id"] or "")
    return " ".join(filter(None, (_missing(entry), broadcasts_of_no_line(device) if device else "")))


def _notice_words(notice: Mapping[str, Any], entry: Mapping[str, Any]) -> str:
    """Return a notice's sentence and how often it holds.

    Beside how many the file states and holds, what was not read is told as of those that it holds, where it is.
    """
    seen = entry.get("tally", {}).get(notice.get("element"), {}).get("seen")
    held = f"{notice.get('element')}s and holds {seen}:"
    if notice["code"] == _UNREAD and any(
        each["code"] == _COUNT_CUT and held in (each.get("subject") or "") for each in entry["notices"]
    ):
        return f"Of those that it holds {notice['count']:,} could not be read ({notice['subject']})."
    return f"{notice['sentence']}{_how_often(notice)}"


def _how_often(notice: Mapping[str, Any]) -> str:
    """Return how often it holds; one element that was not read is told as one, for its sentence is of several."""
    if notice["count"] > 1:
        return f" ({notice['count']:,} times)"
    return " (once)" if notice["code"] == _UNREAD else ""


def _missing(entry: Mapping[str, Any]) -> str:
    if told := cut_caveat(entry):
        return told
    notices = [
        _notice_words(notice, entry)
        for notice in entry["notices"]
        if notice["severity"] in _GRAVE or entry["state"] == REFUSED
    ]
    told = f"{_STATES.get(entry['state'], entry['state'])}: {' '.join(notices) or 'see its notices below.'}"
    return f"{told} {_FULLER}" if entry["state"] == _SUPERSEDED else told
