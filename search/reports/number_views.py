"""Numbers of a line as pages show them: each sentence and each announcement once, under the number it led to.

The data gives every number all that it rests on, so that each stands alone. A page shows the numbers under each
other, and what ties two of them would be read twice.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, Final

import msgspec

from search.reports.accounts import is_named_account
from search.reports.page_text import day_and_time
from search.reports.summary_words import SAID_BY

Item = Mapping[str, Any]

_ALIKE: Final = 0.8
"""Share of their words that two spellings of one announcement have in common: a word added, left out or mistyped."""


class Announcement(msgspec.Struct, frozen=True):
    """Who announced a number, in the words that stand on most phones.

    Attributes:
        spellings: In how many further ways the same was written.
        wrong_clock_count: How many of the messages phones hold whose clocks were wrong.
        record_ids: One record of each spelling, of the one that is shown first.
    """

    said_by: str
    at: str | None
    sender: str
    text: str
    spellings: int
    message_count: int
    wrong_clock_count: int
    device_ids: tuple[str, ...]
    record_ids: tuple[str, ...]

    @property
    def clock_words(self) -> str:
        """What is said of phones whose clocks were wrong; empty where none was."""
        if not self.wrong_clock_count:
            return ""
        return f", {self.wrong_clock_count} of them with the time of a phone whose clock was wrong"


class NumberView(msgspec.Struct, frozen=True):
    """A number of a line as the page shows it.

    Attributes:
        held: As in the report.
        basis: Sentences that stand under no later number and that no announcement says in its own words.
        told_at: Later numbers under which stands what ties this one to them.
    """

    held: Item
    basis: tuple[str, ...]
    told_at: tuple[str, ...]
    announcements: tuple[Announcement, ...]

    @property
    def told_words(self) -> str:
        """Under which rows stands what ties it to other numbers; empty where all stands here."""
        if not self.told_at:
            return ""
        *first, last = self.told_at
        rows, them = ("rows", "them") if first else ("row", "that")
        return f"See the {rows} of {', '.join(first)}{' and ' if first else ''}{last} for what ties {them} to it."


def said_words(said: Announcement, number: str) -> str:
    """Return who announced a number, and when, before the words that are quoted."""
    when = f", {day_and_time(said.at)}" if said.at else ""
    if said.said_by == "unclear":
        return f"a text from {said.sender} gives {number}{when}"
    if said.said_by == "old" and is_named_account(said.sender):
        return f"announced{when}, by {said.sender}"
    return f"{SAID_BY[said.said_by]}{when}, from {said.sender}"


def number_views(numbers: Sequence[Item]) -> tuple[NumberView, ...]:
    """Return the numbers in the order in which they came into use, those without a date last."""
    ordered = sorted(numbers, key=lambda held: (held["first_seen_at"] or "~", held["number"]))
    # by place: a number that a line went back to stands once for each turn
    every = {held["number"] for held in ordered}
    last = {_told(sentence, held, every): place for place, held in enumerate(ordered) for sentence in held["basis"]}
    views = []
    for place, held in enumerate(ordered):
        quoted = announcements_of(held["announcements"])
        own = dict.fromkeys(sentence for sentence in held["basis"] if last[_told(sentence, held, every)] == place)
        shown = {handover["sentence"] for handover in held["handovers"] if _is_quoted(handover, held, quoted)}
        later = sorted({last[_told(sentence, held, every)] for sentence in held["basis"]} - {place})
        others = dict.fromkeys(ordered[at]["number"] for at in later)
        views.append(
            NumberView(
                held=held,
                basis=tuple(sentence for sentence in own if sentence not in shown),
                told_at=tuple(number for number in others if number != held["number"]),
                announcements=quoted,
            )
        )
    return tuple(views)


def _told(sentence: str, held: Item, numbers: Collection[str]) -> tuple[str, str]:
    """Return what makes two sentences one: "60 adverts from this number" names none, and is of one alone."""
    return sentence, "" if any(number in sentence for number in numbers) else held["number"]


def _is_quoted(handover: Item, held: Item, quoted: Sequence[Announcement]) -> bool:
    """Whether an announcement shows what a handover says: after which number this one is new, and who said so."""
    return any(
        said.said_by == handover["said_by"]
        and handover["old_number"] == (said.sender if said.said_by == "old" else held["succeeds"])
        for said in quoted
    )


def announcements_of(said: Sequence[Item]) -> tuple[Announcement, ...]:
    """Return announcements, the spellings of one as one; in the order given."""
    groups: list[list[Item]] = []
    for item in said:
        fitting = (group for group in groups if _is_spelling(item, group[0]))
        target = next(fitting, None)
        if target is None:
            groups.append([item])
        else:
            target.append(item)
    return tuple(map(_announcement, groups))


def _is_spelling(one: Item, other: Item) -> bool:
    """Whether two texts of one sender say the same: the same digits, and nearly the same words."""
    keys = [(item["said_by"], item["sender"], "".join(filter(str.isdigit, item["text"]))) for item in (one, other)]
    if keys[0] != keys[1]:
        return False
    words = [item["text"].casefold().split() for item in (one, other)]
    return SequenceMatcher(None, words[0], words[1], autojunk=False).ratio() >= _ALIKE


def _announcement(group: Sequence[Item]) -> Announcement:
    # The sort is stable: of equals the earliest is shown.
    ordered = sorted(group, key=lambda item: -item["message_count"])
    return Announcement(
        said_by=group[0]["said_by"],
        at=min((item["at"] for item in group if item["at"]), default=None),
        sender=group[0]["sender"],
        text=ordered[0]["text"],
        spellings=len(group) - 1,
        message_count=sum(item["message_count"] for item in group),
        wrong_clock_count=sum(item.get("wrong_clock_count", 0) for item in group),
        device_ids=tuple(dict.fromkeys(key for item in ordered for key in item["device_ids"])),
        record_ids=tuple(item["record_ids"][0] for item in ordered),
    )
