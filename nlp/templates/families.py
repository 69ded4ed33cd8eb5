"""Groups templates that are one wording re-typed: a word more or less, another slip of the pen.

A template id is of its wording alone and never changes. A group is of the templates that are looked at together:
two belong to one where their texts, slots all alike, are near by two measures that err in different ways (Indel ratio
and shared stretches of four characters), and what belongs to one belongs together (connected components). The group
is named by the least id in it, so that neither the order of the texts nor how they were split over devices matters.

A wording with the name of its line in it and without is one, where the rest of it tells enough. A line's wording is
not that of somebody who names no line, however near: people tell of a new number in much the same words.

Short wordings are left alone: "{line} on now" and "{line} off now" are near by any measure of letters, and opposite.

Measured on ``uci_spam_gold`` (653 distinct bulk texts, 113 templates): with the two limits chosen on half of the
families and scored on the other half; ``python -m tests.benches.bench_templates`` prints it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from enum import Enum, auto
from typing import Final

import numpy as np
from rapidfuzz import fuzz, process

from nlp.templates.near_pairs import near_pairs
from nlp.templates.stretch_marks import StretchMarks
from parsers.connected_ids import ConnectedIds

MIN_RATIO: Final = 70.0
"""Indel similarity, per cent, of two wordings of one group."""
MIN_SHARED: Final = 0.35
"""Share of their stretches of four characters that two wordings of one group have in common (Jaccard)."""
MIN_CONSTANTS: Final = 4
"""Constant words that a wording must have to be grouped."""

_LINE: Final = "{line}"
_NUMBER: Final = "{number}"
_NEW_NUMBER: Final = re.compile(
    r"\bnew (?:(?:mobile|phone|cell|sim) )?(?:number|num|numba|no|phone|mobile|sim)\b"
    r"|\b(?:changed|changing|change) (?:(?:my|of|me) )?(?:number|num|phone|mobile|sim)\b"
)
_KNOWN_FROM: Final = re.compile(
    r"\b(?:its|it is|this is|im|i am) [a-z]+ from (?!before\b|last\b|yesterday\b|earlier\b|the (?:old|other)\b)[a-z]"
)
"""Somebody who says from where the reader knows them: "its karen from choir"."""
_LINE_FROM: Final = "{line} from "
_TELLING_CONSTANTS: Final = 3
_FEW_CONSTANTS: Final = 2
"""Constant words by which a wording is known with and without the name of its line: so many, or so few beside another
slot. In the batches for training 210 such pairs are one wording and seven are two; of those that say less 133 are one
and 466 two."""

_SLOT = re.compile(r"\{\w+\}")
_STRETCH: Final = 4
_ROWS_AT_ONCE: Final = 500


def group_templates(
    templates: Mapping[str, str], *, min_ratio: float = MIN_RATIO, min_shared: float = MIN_SHARED
) -> dict[str, str]:
    """Return the name of the group of each template.

    Args:
        templates: Template text by id.
        min_ratio: As ``MIN_RATIO``, for measuring.
        min_shared: As ``MIN_SHARED``, for measuring.
    """
    groups = ConnectedIds(templates)
    wordings: dict[str, str] = {}
    givers: dict[str, set[_Giver]] = defaultdict(set)
    nameless: dict[str, str] = {}
    for template_id in sorted(templates):
        bare = " ".join(templates[template_id].replace(_LINE, "").split())
        if _tells_without_name(bare):
            groups.join(template_id, nameless.setdefault(bare, template_id))
        wording = _SLOT.sub("#", templates[template_id])
        if _constants(wording) >= MIN_CONSTANTS:
            # Two ids of one wording but for its slots are one wording.
            groups.join(template_id, wordings.setdefault(wording, template_id))
            givers[wording].add(_giver(templates[template_id]))
    ordered = sorted(wordings, key=lambda wording: (len(wording), wording))
    stretches: dict[str, frozenset[str]] = {}

    def are_alike(one: str, other: str) -> bool:
        return not _are_of_two(givers[one], givers[other]) and _shared(one, other, stretches) >= min_shared

    marks = StretchMarks(ordered, lambda wording: _stretches(wording, stretches), min_shared)
    for one, other in near_pairs(ordered, min_ratio, are_alike, marks):
        groups.join(wordings[one], wordings[other])
    return groups.named()


def worded_as(templates: Mapping[str, str], others: Mapping[str, str]) -> set[str]:
    """Return the ids of the templates whose wording, if it is long enough to tell, is that of one of the others.

    Args:
        templates: Template text by id.
        others: The same. Each is compared by itself: what is near one that is near is not.
    """
    known = {_SLOT.sub("#", other) for other in others.values()}
    held: dict[str, list[str]] = defaultdict(list)
    for template_id, template in templates.items():
        wording = _SLOT.sub("#", template)
        if _constants(wording) >= MIN_CONSTANTS:
            held[wording].append(template_id)
    ordered, wordings = sorted(other for other in known if _constants(other) >= MIN_CONSTANTS), sorted(held)
    stretches: dict[str, frozenset[str]] = {}
    found = [wording for wording in wordings if wording in known]
    for start in range(0, len(wordings) if ordered else 0, _ROWS_AT_ONCE):
        rows = wordings[start : start + _ROWS_AT_ONCE]
        ratios = process.cdist(rows, ordered, scorer=fuzz.ratio, score_cutoff=MIN_RATIO, dtype=np.float32)
        for row, column in zip(*np.nonzero(ratios), strict=True):
            if _shared(rows[row], ordered[column], stretches) >= MIN_SHARED:
                found.append(rows[row])
    return {template_id for wording in found for template_id in held[wording]}


class _Giver(Enum):
    """Who gives a wording out, as far as it says."""

    LINE = auto()
    """Names a line, not from where, and gives no number."""
    SOMEBODY = auto()
    """Names no line, and tells of a new number that it gives, or of one of somebody who is known from somewhere."""
    UNTOLD = auto()


def _giver(template: str) -> _Giver:
    names, gives = _LINE in template, _NUMBER in template
    if names:
        return _Giver.UNTOLD if gives or _LINE_FROM in template else _Giver.LINE
    is_own = _NEW_NUMBER.search(template) and (gives or _KNOWN_FROM.search(template))
    return _Giver.SOMEBODY if is_own else _Giver.UNTOLD


def _are_of_two(one: set[_Giver], other: set[_Giver]) -> bool:
    """Whether of two near wordings one is a line's and the other somebody's of no line.

    "its {line} this my new number save it" is near "its karen from choir my new number is {number} save it".
    """
    return {(_Giver.LINE,), (_Giver.SOMEBODY,)} == {tuple(one), tuple(other)}


def _constants(wording: str) -> int:
    return sum(1 for word in wording.split() if word != "#")


def _tells_without_name(bare: str) -> bool:
    """Whether a template is one wording with a name and without: ``got {drug} {deal} shout``, not ``on now``."""
    constants = _constants(_SLOT.sub("#", bare))
    return constants >= _TELLING_CONSTANTS or (constants == _FEW_CONSTANTS and "{" in bare)


def _shared(one: str, other: str, stretches: dict[str, frozenset[str]]) -> float:
    first, second = _stretches(one, stretches), _stretches(other, stretches)
    return len(first & second) / len(first | second)


def _stretches(wording: str, known: dict[str, frozenset[str]]) -> frozenset[str]:
    found = known.get(wording)
    if found is None:
        padded = f" {wording} "
        found = frozenset(padded[at : at + _STRETCH] for at in range(max(1, len(padded) - _STRETCH + 1)))
        known[wording] = found
    return found
