"""Whether two files that describe a handset describe the same: one section that was split, or two handsets.

Told by the front of each file, before anything of it is read: what one section states of a handset it states once, so
that two files which state one attribute with different values are of two handsets (or of one that was read twice).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Final

from parsers.formats.xry_text.header import lines_behind_header
from parsers.formats.xry_text.text_lines import TextLines

Stated = Mapping[str, frozenset[str]]
"""Values by attribute, both without case and spaces."""

_LINE = re.compile(r"[ \t]*(attribute|data)[ \t]*:[ \t]*(.*?)[ \t]*", re.IGNORECASE)
_MOST_CHARS: Final = 1_000


def stated_in_front(first_bytes: bytes) -> Stated:
    """Return what the pairs in the first bytes of a file state; empty where it is no report."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    pair: dict[str, str] = {}
    for line in lines_behind_header(TextLines(BytesIO(first_bytes), _MOST_CHARS)):
        part = _LINE.fullmatch(line.text)
        if part is None or part[1].casefold() in pair:
            pair = {}
        if part is not None:
            pair[part[1].casefold()] = "".join(part[2].split()).casefold()
            if len(pair) == len(("attribute", "data")):
                found[pair["attribute"]].add(pair["data"])
                pair = {}
    return {name: frozenset(values) for name, values in found.items()}


def contradict(one: Stated, other: Stated) -> bool:
    """Whether two files state an attribute with no value in common."""
    return any(one[name].isdisjoint(other[name]) for name in one.keys() & other.keys())


def any_contradict(several: Iterable[Stated]) -> bool:
    """Whether any two files of several do."""
    seen: list[Stated] = []
    for each in several:
        if any(contradict(each, other) for other in seen):
            return True
        seen.append(each)
    return False
