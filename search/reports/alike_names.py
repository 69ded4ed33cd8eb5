"""Lines whose names are alike and that have to do with some of the same phones: each names the other to be checked.

A name joins nothing by itself; a second number of a line that only signs short texts looks the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from itertools import combinations
from typing import Any, Final

from search.linkage.counting_order import counting_order
from search.linkage.keys import fold_name
from search.linkage.phrases import counted, listed
from search.reports.page_text import grouped

Item = Mapping[str, Any]

_LEAST_LETTERS: Final = 3
"""Of the shorter of two names of which one begins with the other."""
_ALIKE: Final = 0.8
"""Share of their letters that two names have in common, in order: Sonic and Sonik."""
_NAMED: Final = 3
_THEIRS: Final = frozenset({"received_adverts", "contact_of_line"})


def alike_names(
    lines: Sequence[Item], titles: Mapping[str, str], labels: Mapping[str, str]
) -> Mapping[str, tuple[str, ...]]:
    """Return, by line id, sentences that name the lines with a name like its own and some of the same phones.

    Two of which one already says of the other that they were kept apart are left out.

    Args:
        lines: As in the report.
        titles: Of each line.
        labels: How the page names each device.
    """
    found: dict[str, list[str]] = defaultdict(list)
    named_lines = [(line, _phones(line)) for line in lines if line["name"]]
    for (one, phones), (other, others) in combinations(named_lines, 2):
        shared = sorted(phones & others, key=lambda key: counting_order(labels[key]))
        if shared and is_alike(one["name"], other["name"]) and not (_names(one, other) or _names(other, one)):
            for line, named in ((one, other), (other, one)):
                found[line["line_id"]].append(_sentence(named, titles, [labels[key] for key in shared]))
    return {line_id: tuple(sentences) for line_id, sentences in found.items()}


def is_alike(one: str, other: str) -> bool:
    """Whether two names may be one, written shorter or otherwise."""
    short, long = sorted((fold_name(one), fold_name(other)), key=len)
    if len(short) < _LEAST_LETTERS:
        return False
    return long.startswith(short) or SequenceMatcher(None, short, long, autojunk=False).ratio() >= _ALIKE


def _phones(line: Item) -> set[str]:
    return {row["device_id"] for row in line["devices"] if row["relation"] in _THEIRS}


def _names(line: Item, other: Item) -> bool:
    """Whether what speaks against a line names a number of the other one."""
    return any(held["number"] in said for held in other["numbers"] for said in line["conflicts"])


def _sentence(named: Item, titles: Mapping[str, str], phones: Sequence[str]) -> str:
    numbers = listed(list(dict.fromkeys(grouped(held["number"]) for held in named["numbers"])), _NAMED)
    have = "has" if len(phones) == 1 else "have"
    return (
        f"The line {titles[named['line_id']]} ({numbers or 'number not known'}) has a name like this one's, and "
        f"{counted(len(phones), 'phone')} {have} to do with both: {listed(phones, _NAMED)}. Nothing joins the two."
    )
