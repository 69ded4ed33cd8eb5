"""Whether two files that describe a handset describe the same: one section that was split, or two handsets.

Told by the front of each file, before anything of it is read: what one section states of a handset it states once, so
that two files which state one attribute with different values are of two handsets (or of one that was read twice).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from io import BytesIO
from itertools import chain
from typing import Final

from parsers.formats.xry_text.header import portions_behind_header
from parsers.formats.xry_text.text_lines import TextLines

Stated = Mapping[str, frozenset[str]]
"""Values by attribute, both without case and spaces."""

_LINE = re.compile(r"[ \t]*(attribute|data)[ \t]*:[ \t]*(.*?)[ \t]*", re.IGNORECASE)
_MOST_CHARS: Final = 1_000
_FRONT_UNIT: Final = 1024
"""Fronts are read up to a whole number of these bytes; one of such a length may be cut anywhere."""


def stated_in_front(first_bytes: bytes) -> Stated:
    """Return what the pairs in the first bytes of a file state; empty where it is no report.

    A last line without an end is left out where the front may be cut in it.
    """
    may_be_cut = len(first_bytes) % _FRONT_UNIT == 0
    found: defaultdict[str, set[str]] = defaultdict(set)
    pair: dict[str, str] = {}
    for line in chain.from_iterable(portions_behind_header(TextLines(BytesIO(first_bytes), _MOST_CHARS))):
        if may_be_cut and not line.ending:
            break
        part = _LINE.fullmatch(line.text)
        if part is None or part[1].casefold() in pair:
            pair = {}
        if part is not None:
            pair[part[1].casefold()] = "".join(part[2].split()).casefold()
            if len(pair) == len(("attribute", "data")):
                found[pair["attribute"]].add(pair["data"])
                pair = {}
    return {name: frozenset(values) for name, values in found.items()}


def any_contradict(several: Iterable[Stated]) -> bool:
    """Whether any two files of several state an attribute with no value in common.

    Files that state the same are compared once, however many they are.
    """
    seen: defaultdict[str, set[frozenset[str]]] = defaultdict(set)
    for stated in several:
        for name, values in stated.items():
            if values not in seen[name] and any(values.isdisjoint(other) for other in seen[name]):
                return True
            seen[name].add(values)
    return False
