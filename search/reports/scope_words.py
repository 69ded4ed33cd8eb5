"""What a narrowed report is about, in words: its own phones, and those of other cases that its lines reach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from search.linkage.model import Line
from search.linkage.phrases import counted
from search.reports.page_text import grouped

Item = Mapping[str, Any]

_EVERYTHING: Final = "all cases held"
_KINDS: Final = "phone or SIM", "phones and SIMs"
_NO_CASE: Final = "no stated case"
OUTSIDE: Final = "not in scope, shown for the lines that it has to do with"
"""What stands at an exhibit of another case."""


def scope_words(report: Item) -> str:
    """Return the scope: what narrows the report, with its phones, and the phones of others by case."""
    named = ", ".join((*report["scope"]["cases"], *report["scope"]["exhibits"]))
    if not named:
        return _EVERYTHING
    own = sum(device["in_scope"] for device in report["devices"])
    others = Counter(
        ", ".join(device["case_refs"]) or _NO_CASE for device in report["devices"] if not device["in_scope"]
    )
    words = f"{named} ({counted(own, *_KINDS)})"
    if not others:
        return words
    told = [f"{counted(count, *_KINDS)} of {case}" for case, count in sorted(others.items())]
    have = "has" if sum(others.values()) == 1 else "have"
    return f"{words}, and {', '.join(told)} that {have} to do with the same lines"


def outside_scope(devices: Iterable[Item]) -> frozenset[str]:
    """Return the devices that are not in scope."""
    return frozenset(device["device_id"] for device in devices if not device["in_scope"])


def numbers_outside(line: Line, others: Iterable[Line]) -> list[str]:
    """Return numbers of lines that the report does not show, which stand in what speaks against one that it does."""
    said = " ".join((*line.conflicts, *(term.sentence for term in line.evidence)))
    own = {held.number for held in line.numbers}
    numbers = {held.number for other in others for held in other.numbers} - own
    return sorted(number for number in numbers if number in said)


def with_outside(sentence: str, numbers: Sequence[str]) -> str:
    """Return a sentence that says of the numbers in it which are of lines that the report does not show."""
    named = [grouped(number) for number in numbers if number in sentence]
    if not named:
        return sentence
    are = f"{named[0]} is a number of a line" if len(named) == 1 else f"{' and '.join(named)} are numbers of lines"
    return (
        f"{sentence} ({are} that is not in this report.)"
        if len(named) == 1
        else (f"{sentence} ({are} that are not in this report.)")
    )
