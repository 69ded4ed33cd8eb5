"""Numbers that a text of the line gave up, and that were in use for longer than a change takes, by what phones hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from search.linkage.instants import days_between
from search.linkage.number_use.one_number import OVERLAP_DAYS
from search.reports.page_text import day, day_and_time, grouped

Item = Mapping[str, Any]


def kept_in_use(numbers: Sequence[Item]) -> Iterable[str]:
    """Yield a sentence for each change of number after which the old one was in use, by the first text that says it."""
    told: dict[tuple[str, str], str] = {}
    for new in sorted(numbers, key=lambda held: (held["first_seen_at"] or "~", held["number"])):
        for handover in new["handovers"]:
            old, pair = handover["old_number"], (handover["old_number"], new["number"])
            at = _told_at(new["announcements"], handover)
            if old is None or at is None or pair in told:
                continue
            last = max((_last_use(use) for use in numbers if _is_from_before(use, old, at)), default=None)
            if last is None or days_between(at, last[0]) <= OVERLAP_DAYS:
                continue
            told[pair] = f"{_by_a_text(handover, new['number'], at)}; {last[1]} went on until {day(last[0])}."
    yield from told.values()


def _told_at(announcements: Sequence[Item], handover: Item) -> str | None:
    """Return the first time at which a change was said; None where no phone with a right clock says it."""
    is_old = handover["said_by"] == "old"
    return min(
        (
            said["at"]
            for said in announcements
            if said["said_by"] == handover["said_by"]
            and (not is_old or said["sender"] == handover["old_number"])
            and said["at"]
            and said.get("wrong_clock_count", 0) < said["message_count"]
        ),
        default=None,
    )


def _is_from_before(use: Item, number: str, at: str) -> bool:
    """Whether it is a use of a number that had begun when the change was said: what came back later is another."""
    return bool(use["number"] == number and use["last_seen_at"] and (use["first_seen_at"] or "") <= at)


def _last_use(use: Item) -> tuple[str, str]:
    shown = grouped(use["number"])
    if (used := use["last_used_at"]) and used > use["last_seen_at"]:
        return used, f"texts or calls with {shown}"
    return use["last_seen_at"], f"adverts from {shown}"


def _by_a_text(handover: Item, new: str, at: str) -> str:
    old = grouped(handover["old_number"])
    if handover["said_by"] == "old":
        return f"By a text from {old} of {day_and_time(at)} its new number is {grouped(new)}"
    return f"By a text from {grouped(new)} of {day_and_time(at)} it took over from {old}"
