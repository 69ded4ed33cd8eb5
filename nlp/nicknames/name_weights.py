"""What stands right behind a name and is none of it: weights of what is sold, figures of a rating, words of greeting.

``Deno 0.2s both colours``, ``KING 10/10``, ``ash morning live``. A weight is never a name and never ends one, however
it is written: ``0.2s``, ``0 2s``, ``.5s``, ``0.3g``, ``point 2s``. A word of greeting may be a brand: by
itself ("Morning line"), or behind a word where the two are introduced or recur.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from nlp.nicknames.name_asides import Weighed, is_of_rating
from nlp.nicknames.name_features import Candidate
from nlp.nicknames.word_table import SPACE, WordTable

_FIGURE: Final = re.compile(r"\d{1,3}(?:s|z|gs?|gz|gr|grams?)?", re.IGNORECASE)
"""What stands behind the point of a weight."""
_OF_MANY: Final = re.compile(r"\d{1,2}(?:s|z|gs?|gz)", re.IGNORECASE)
"""The same behind a blank or a word for the point: of a figure alone nothing tells that it is a weight."""
_POINT_ALONE: Final = re.compile(r"[\s(,&+/-]\.")
"""What stands before a figure whose point begins the word: ``dark .5s``, not ``J.9``."""
_WHOLE: Final = re.compile(r"\d{1,2}|[oO]")
_POINTS: Final = frozenset({"point", "pt"})
"""What the point or what is before it is called: ``point 2s``, ``0 2s``."""

_GREETING: Final = frozenset({"morning", "mornin", "evening", "evenin", "afternoon", "everyone", "every1", "everybody"})
_GREETED: Final = frozenset({"lads"})
"""Whom a person greets; behind another word it is who they are: ``Same Lads``."""
_PERSONS: Final = frozenset({"first-name", "name-word"})
_OPENING: Final = frozenset({"start", "l:greet"})
_LINE: Final = "r:line"
_PAIR: Final = 2
_FAR_BELOW: Final = 4.0
"""Log-odds by which the two fall short of what they were, so that they are no longer form of the name."""


def end_of_name(table: WordTable, candidate: Candidate) -> int:
    """Return behind which word of a candidate it may end as a name; its first word where it is none at all."""
    if is_of_rating(table, candidate):
        return candidate.last - 1
    for at in range(candidate.first, candidate.last):
        if _is_of_weight(table, at):
            return at
    return candidate.last


def _is_of_weight(table: WordTable, at: int) -> bool:
    """Whether a word is a weight, or the part of one before its point or behind it."""
    return _ends_weight(table, at) or (at + 1 < len(table) and _begins_weight(table, at))


def _ends_weight(table: WordTable, at: int) -> bool:
    if not _FIGURE.fullmatch(table.raw(at)):
        return False
    if not at:
        return table.raw_gap(-1) == "."
    return _POINT_ALONE.fullmatch(table.raw_gap(at - 1)) is not None or _begins_weight(table, at - 1)


def _begins_weight(table: WordTable, at: int) -> bool:
    """Whether a word and the next are a weight: ``0.2s``, ``3.5``, ``0 2s``, ``point 2s``; not ``J.9``, ``point 2``."""
    before, behind, gap = table.raw(at), table.raw(at + 1), table.raw_gap(at)
    if gap == ".":
        return _WHOLE.fullmatch(before) is not None and _FIGURE.fullmatch(behind) is not None
    is_point = before == "0" or before.lower() in _POINTS
    return is_point and gap == " " and _OF_MANY.fullmatch(behind) is not None


def with_greeting_below(table: WordTable, weighed: Sequence[Weighed]) -> list[Weighed]:
    """Return the candidates of a text, a name with the word of greeting behind it below the name alone.

    "ash morning live": the first takes over what tells of both that they are a name. Not where they are introduced
    ("its Ash Morning") or are a line's ("Ash Morning line").
    """
    greeting = {each.first: (odds, each) for odds, each in weighed if _is_greeting(table, each)}
    names = {each.first for _, each in weighed if each.last - each.first == 1 and each.first in greeting}
    found: list[Weighed] = []
    for odds, each in weighed:
        if each.first not in names:
            found.append((odds, each))
        elif each is greeting[each.first][1]:
            found.append((odds - _FAR_BELOW, each))
        elif each.last - each.first == 1:
            found.append((max(odds, greeting[each.first][0]), each))
        else:
            found.append((odds, each))
    return found


def _is_greeting(table: WordTable, each: Candidate) -> bool:
    """Whether a candidate at the front of a text is a name and a word of greeting."""
    first, last = each.first, each.last
    if last - first != _PAIR or each.letters or each.left not in _OPENING or each.right == _LINE:
        return False
    one, other = table.words[first:last]
    if table.gaps[first] != SPACE:
        return False
    is_person = one.grade in _PERSONS
    return (other.plain in _GREETING and (is_person or one.grade == "unknown")) or (
        is_person and other.plain in _GREETED
    )
