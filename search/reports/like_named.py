"""What is said of numbers of two lines that were kept apart, once for each two lines, and not for each two numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from search.linkage.joining.kept_apart import apart_in
from search.linkage.phrases import counted, listed
from search.reports.page_text import grouped

Item = Mapping[str, Any]

_NUMBERS_NAMED: Final = 3


def conflicts_of(lines: Sequence[Item], titles: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return what does not fit together of each line, by line id.

    Args:
        lines: As in the report.
        titles: Of each line.
    """
    of_number: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        for held in line["numbers"]:
            of_number[held["number"]].add(line["line_id"])
    by_id = {line["line_id"]: line for line in lines}
    return {line["line_id"]: tuple(_gathered(line, of_number, by_id, titles)) for line in lines}


def _gathered(
    line: Item, of_number: Mapping[str, set[str]], by_id: Mapping[str, Item], titles: Mapping[str, str]
) -> list[str]:
    own = {held["number"] for held in line["numbers"]}
    apart: dict[tuple[str, str], list[str]] = defaultdict(list)
    others: list[str] = []
    for sentence in line["conflicts"]:
        pair = apart_in(sentence)
        theirs = [number for number in pair or () if number not in own]
        known = of_number.get(theirs[0], set()) - {line["line_id"]} if len(theirs) == 1 else set()
        if len(known) == 1:
            apart[min(known), theirs[0]].append(sentence)
        else:
            others.append(sentence)
    by_line: dict[str, list[str]] = defaultdict(list)
    for other_id, number in apart:
        by_line[other_id].append(number)
    return [*(_sentence(by_id[key], numbers, titles) for key, numbers in by_line.items()), *others]


def _sentence(other: Item, numbers: Sequence[str], titles: Mapping[str, str]) -> str:
    named = listed([grouped(number) for number in sorted(numbers)], _NUMBERS_NAMED)
    counted_words = f"{counted(len(numbers), 'number')} of it, " if len(numbers) > 1 else ""
    return (
        f"The line {titles[other['line_id']]} has adverts under a name that is read in adverts of this one too, and "
        f"recipients in common with it (through {counted_words}{named}); wording and time do not bear out one line, so "
        "they were kept apart (an imitation, or two lines of one name)."
    )
