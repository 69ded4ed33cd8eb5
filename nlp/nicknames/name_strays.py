"""Words that stand in a name's place and say something else: what is on, what is sold, a cry, who speaks, a place.

``the match's on n so are we``, ``Gear's on``, ``aaagh``, ``its Robbo man's back``, ``Bexhill on too``, ``Braunstone New
Parks``, ``pebbles 8 each, B 12``. By spelling or by what stands right beside; a candidate that something introduces as
a name is one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Final, NamedTuple

from nlp.lexicons import LexiconKind, Lexicons
from nlp.nicknames.name_asides import PHONE_WORDS
from nlp.nicknames.name_features import Candidate
from nlp.nicknames.word_table import SPACE, WordTable

_NAMED: Final = frozenset({"l:intro", "l:real", "l:boy", "l:from", "l:numfor", "l:askfor", "l:call"})
_SERVING: Final = frozenset({"r:line", "r:on", "r:open", "r:off", "r:back", "r:here", "r:new", "r:has"})
_INTRODUCED: Final = "l:intro"
_IN_LIST: Final = "b:comma"
_THE: Final = "l:the"
_ON: Final = "r:on"
_NEW: Final = "r:new"
_NO_NAME: Final = "D"
"""The kind of a word that is known for something else than a first name: Juno New Park is Juno."""
_RARE_KINDS: Final = frozenset({"A", "D"})
"""Kinds of words that are no everyday ones: "its fruit man's" is the Fruit Man's."""
_PLACED: Final = frozenset({"town", "settlement"})
_TOO: Final = frozenset({"too", "also", "aswell"})
_PARTS_OF_TOWN: Final = frozenset(
    {
        "brighton",
        "cross",
        "forest",
        "lane",
        "mill",
        "mills",
        "park",
        "parks",
        "quay",
        "rd",
        "road",
        "st",
        "street",
        "town",
    }
)
"""What places have behind "New"; a line has a new number or phone, on whatever street."""
_OF_PHONES: Final = PHONE_WORDS | {"numba", "no"}
_SPEAKER: Final = frozenset({"mans", "man's"})
"""Who speaks, of himself: "its Robbo man's back". Of 19 adverts of all batches that have so behind a name that "its"
introduces none is of a line that is called Man; a title (``Wee Man's back``) makes it one."""
_CRY: Final = re.compile(r"(?=.*(.)\1\1)(?:a+r*g+h*|a+w+|e+k+|h+m+|m+h*m+|o+h+|u+g*h+|w+o+w+|y+a+y+|w+a+h+)")
_SOLD: Final = frozenset({"gears", "gear's"})
"""What is sold with the S of "is": ``Gear's on``. A drug of its own name is a line's as often: ``Snows on``."""
_OFFERED: Final = frozenset({"drug", "price"})
_SO: Final = "so"
_ARE: Final = frozenset({"are", "r", "am", "is"})


class StrayWords(NamedTuple):
    """Words that are asked of, all in lower case.

    Attributes:
        is_event: Whether a word is what is on for whoever looks on: ``match``.
        is_called: Whether anybody is called so: ``bro``.
    """

    is_event: Callable[[str], bool]
    is_called: Callable[[str], bool]


def stray_words(lexicons: Lexicons) -> StrayWords:
    """Return the words of the lists."""
    called = lexicons.terms(LexiconKind.PATTERN, "name_called")
    events = lexicons.terms(LexiconKind.PATTERN, "name_event")
    return StrayWords(events.__contains__, called.__contains__)


def is_stray(table: WordTable, candidate: Candidate, words: StrayWords) -> bool:
    """Whether a candidate is none by what it says or by what stands right beside it."""
    if candidate.last - candidate.first > 1:
        return _is_speaker(table, candidate) or _is_letter_and_price(table, candidate)
    plain = table.words[candidate.first].plain
    if candidate.left == _THE:
        return candidate.right == _ON and _is_event(plain, words.is_event) and _is_watched(table, candidate)
    if candidate.right == _NEW and table.words[candidate.first].kind == _NO_NAME:
        return _is_part_of_town(table, candidate.last)
    if candidate.left in _NAMED:
        return False
    if candidate.right == _ON:
        return _is_place_too(table, candidate) or plain in _SOLD
    return _CRY.fullmatch(plain) is not None or (words.is_called(plain) and _is_within(table, candidate))


def _is_event(plain: str, is_listed: Callable[[str], bool]) -> bool:
    """Whether a word is an event, or what is said of one: ``matches``, ``fights``."""
    return any(is_listed(plain.removesuffix(ending)) for ending in ("", "s", "es"))


def _is_watched(table: WordTable, candidate: Candidate) -> bool:
    """Whether an event that is on is no line: nothing is offered behind it, or the line is on as well ("so are we")."""
    behind = range(candidate.last, len(table))
    plain = [table.words[at].plain for at in behind]
    if any(first == _SO and second in _ARE for first, second in pairwise(plain)):
        return True
    return not any(table.mark(at) in _OFFERED for at in behind)


def _is_speaker(table: WordTable, candidate: Candidate) -> bool:
    """Whether a candidate is a name and who speaks behind it."""
    name = table.words[candidate.first]
    if candidate.left != _INTRODUCED or name.is_title or name.kind not in _RARE_KINDS:
        return False
    return table.raw(candidate.last - 1).lower() in _SPEAKER


def _is_letter_and_price(table: WordTable, candidate: Candidate) -> bool:
    """Whether a candidate is a drug's letter and what it costs, where another price is given."""
    if table.marks is None or "price" not in table.marks or candidate.left != _IN_LIST:
        return False
    letter, number = table.words[candidate.first], table.words[candidate.last - 1]
    is_drug = len(letter.plain) == 1 and table.mark(candidate.first) == "drug"
    return is_drug and number.grade == "number" and table.raw_gap(candidate.first) == " "


def _is_part_of_town(table: WordTable, new: int) -> bool:
    """Whether a word "new" begins the second part of a place: ``Braunstone New Parks``."""
    if new + 1 >= len(table) or table.gaps[new] != SPACE:
        return False
    if new + 2 < len(table) and table.words[new + 2].plain in _OF_PHONES:
        return False
    return table.words[new].plain == "new" and table.words[new + 1].plain in _PARTS_OF_TOWN


def _is_place_too(table: WordTable, candidate: Candidate) -> bool:
    """Whether a place is one more where the line is on: "Bexhill on too"."""
    behind = candidate.last + 1
    if table.words[candidate.first].grade not in _PLACED or behind >= len(table) or table.gaps[behind - 1] != SPACE:
        return False
    is_as_well = [word.plain for word in table.words[behind : behind + 2]] == ["as", "well"]
    return table.words[behind].plain in _TOO or is_as_well


def _is_within(table: WordTable, candidate: Candidate) -> bool:
    """Whether a word stands in the middle of what is said to somebody: "landed bro dont sleep"."""
    if candidate.first == 0 or candidate.last >= len(table) or candidate.right in _SERVING:
        return False
    return table.gaps[candidate.first - 1] == SPACE == table.gaps[candidate.last - 1]
