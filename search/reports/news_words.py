"""Words about what is new that are not of one line's evidence: what was read, and what a person decided since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from search.linkage.counting_order import counting_order
from search.linkage.phrases import counted, listed
from search.reports.line_views import member_ids
from search.reports.page_text import day_and_time

Item = Mapping[str, Any]

_NAMED: Final = 12
"""Phones that one sentence names."""
_JOINED: Final = {("merge", "holds"): "A person merged {0} ({1}).",
                  ("split", "revoked"): "A person took back that {0} are kept apart ({1})."}  # fmt: skip
_PARTED: Final = {("split", "holds"): "A person keeps {0} apart ({1}).",
                  ("merge", "revoked"): "A person took back that {0} are one line ({1})."}  # fmt: skip


def since_words(since: Item) -> str:
    """Return the heading of what is new: against an instant it goes by when something came in, not by its own time."""
    if since["at"]:
        return f"New by what was taken in or decided since {day_and_time(since['at'])}"
    return f"New since the report of {day_and_time(since['generated_at'])}"


def read_words(report: Item, labels: Mapping[str, str]) -> str:
    """Return what was read since: of phones that are new, and of such as were held before, some in place of another."""
    news = report["new"]
    added = set(news["extraction_ids"])
    if not added:
        return "No new extraction."
    entries = [entry for entry in report["extractions"] if entry["extraction_id"] in added]
    new = [entry for entry in entries if entry["device_id"] in set(news["device_ids"])]
    known = [entry for entry in entries if entry not in new]
    told = []
    if new:
        phones = sorted({entry["device_id"] for entry in new}, key=lambda key: counting_order(labels[key]))
        kinds = counted(len(phones), "new phone or SIM", "new phones or SIMs")
        names = listed([labels[key] for key in phones], _NAMED)
        told.append(f"{counted(len(new), 'extraction')} of {kinds}: {names}.")
    if known:
        counts = Counter(labels[entry["device_id"]] for entry in known)
        kinds = counted(len(counts), "phone", "phones")
        replaced = sum(entry.get("superseded_by") in added for entry in report["extractions"])
        rest = f" {counted(replaced, 'earlier one')} {'is' if replaced == 1 else 'are'} replaced." if replaced else ""
        told.append(
            f"{counted(len(known), 'new extraction')} of {kinds} held before: {listed(sorted(counts), _NAMED)}.{rest}"
        )
    return " ".join(told)


def decided_words(line: Item, decisions: Iterable[Item], *, is_joined: bool, is_parted: bool) -> list[str]:
    """Return what people decided since that made one line of several, or several of one; nothing where nobody did.

    Args:
        line: As in the report of now.
        decisions: Those that were made or taken back since.
        is_joined: It was several lines in the earlier report.
        is_parted: It was one line with another one.
    """
    wanted = {**(_JOINED if is_joined else {}), **(_PARTED if is_parted else {})}
    return [
        words.format(subject_words(held), held["decision_id"])
        for held in decisions
        if line["line_id"] in held["line_ids"] and (words := wanted.get((held["verdict"], held["state"])))
    ]


def gone_words(line: Item, devices_before: Collection[str], numbers_before: Collection[str]) -> Iterable[str]:
    """Yield what a line had and has no more: its numbers by name, its phones by their count.

    Args:
        line: As in the report of now.
        devices_before: Phones that were its members, under the ids of now.
        numbers_before: Its numbers of the earlier report.
    """
    numbers = sorted(set(numbers_before) - {number["number"] for number in line["numbers"]})
    if numbers:
        yield f"No longer taken for its own: {listed(numbers, _NAMED)}."
    devices = set(devices_before) - member_ids(line)
    if devices:
        yield f"{counted(len(devices), 'phone')} no longer among its phones."


def subject_words(decision: Item) -> str:
    """Return what a decision is about, the last two with ``and`` between them."""
    first, comma, last = decision["subject"].rpartition(", ")
    return f"{first} and {last}" if comma and " and " not in decision["subject"] else decision["subject"]


def new_of(decisions: Iterable[Item], decision_ids: Collection[str]) -> list[Item]:
    """Return the decisions with these ids, oldest first."""
    held = [each for each in decisions if each["decision_id"] in decision_ids]
    return sorted(held, key=lambda each: (each["decided_at"], each["decision_id"]))
