"""What stands in a name's place at the front of a text and is none: the weather, the day, whom the text greets.

``Morning bro Boilin outside, Danny is on``, ``get in early, Friday is always mad``, ``yo Sparky its Ace``. A weekday
or a word for the weather may be a brand; where it is said of the day or of what is outside it is none.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from typing import Final, NamedTuple

from nlp.nicknames.name_features import Candidate
from nlp.nicknames.word_table import SPACE, WordTable

_OUTSIDE: Final = "outside"
_MOST_BEFORE_OUTSIDE: Final = 3
"""Words between a word for the weather and "outside": ``Snowin a bit outside``, ``Windy as hell outside``."""
_AS: Final = "as"

_NAMED: Final = frozenset({"l:intro", "l:real", "l:boy", "l:numfor", "l:askfor", "l:call"})
"""What stands before a weekday that is a name, whatever is said of it."""

_BEFORE_DAYS: Final = frozenset({"on", "til", "till", "until", "by", "since", "every", "next", "last"})
"""Before a weekday of which something is told, in the middle of a clause: "kept waiting on Tuesday outside it"."""

_UNTIL: Final = frozenset({"til", "till", "until", "untill", "before", "b4"})
_ITS: Final = frozenset({"its", "it's"})

_INTRODUCED: Final = frozenset({"l:intro", "l:numfor"})
_LINE: Final = "r:line"
_IS: Final = "r:is"
_OF_PLACE: Final = "r:prep"
_OPENING: Final = frozenset({"start", "l:greet"})
_BELOW: Final = 1.0
_MOST_BETWEEN: Final = 4
"""Words between whom a text greets and the name behind: ``Ange new no for Frosty``."""

_FAR_BELOW: Final = 4.0
"""Log-odds by which the two then fall short of what the second was: no longer form of one name (``shared_names``)."""
_JOINED: Final = 2
_PERSONS: Final = frozenset({"first-name", "name-word"})
_NAMED_SO: Final = _PERSONS | {"unknown"}
_RARE_KINDS: Final = frozenset({"A", "D"})
_CAPITAL: Final = "capital"
_ABOVE: Final = 0.1
"""Log-odds by which the two are then likelier than the first alone."""
_ON: Final = frozenset({"r:on", "r:back", "r:here", "r:open"})

_OUT_OF: Final = (["out", "of"], ["out", "o"], ["out", "a"])
_STROKE: Final = "/"
_SAINT: Final = "st"
_MINUTES: Final = (
    frozenset({"min", "mins", "minute", "minutes", "mile", "miles", "yards", "walk"}),
    frozenset({"from", "frm", "off"}),
)

_OLD: Final = "old"
_DEFINITE: Final = "the"
LINE_WORDS: Final = frozenset({"line", "lines", "hotline", "trapline"})
PHONE_WORDS: Final = LINE_WORDS | {"phone", "fone", "number", "num"}
"""What a line is reached by."""

_ORDINAL: Final = re.compile(r"\d{1,2}(?:st|nd|rd|th)", re.IGNORECASE)

Weighed = tuple[float, Candidate]


class CalendarWords(NamedTuple):
    """Words that tell when, in small letters.

    Attributes:
        days: Weekdays and months, which are brands as well.
        feasts: Feasts, and words of excuse: a brand only where a text says so ("the Christmas line").
    """

    days: Container[str]
    feasts: Container[str]


def is_of_day(table: WordTable, candidate: Candidate, words: CalendarWords) -> bool:
    """Whether a candidate tells when something is, or until when, or is said in excuse, and nothing introduces it."""
    if candidate.last - candidate.first > 1:
        return False
    plain = table.words[candidate.first].plain
    if candidate.left in _NAMED:
        return _is_until(table, candidate.first)
    if plain in words.feasts:
        return candidate.right != _LINE
    return plain in words.days and (candidate.right == _IS or _is_told_of(table, candidate))


def _is_until(table: WordTable, at: int) -> bool:
    """Whether "until it's" stands right before a word, which introduces nobody: "til its gone"."""
    if at < len((_UNTIL, _ITS)) or not table.gaps[at - 1] == SPACE == table.gaps[at - 2]:
        return False
    return table.words[at - 1].plain in _ITS and table.words[at - 2].plain in _UNTIL


def _is_told_of(table: WordTable, candidate: Candidate) -> bool:
    """Whether a preposition stands before a weekday in the middle of a clause, and a place behind it."""
    first, last = candidate.first, candidate.last
    if not first or last == len(table) or candidate.right != _OF_PLACE:
        return False
    return table.words[first - 1].plain in _BEFORE_DAYS and table.gaps[first - 1] == SPACE == table.gaps[last - 1]


def is_of_measure(table: WordTable, candidate: Candidate) -> bool:
    """Whether a candidate says how good or how near something is, or is a saint's place.

    "11 out of 10", "5 mins from Millgate", "both on St Annes", "1st 10 callers", "5th one free".
    """
    if candidate.last - candidate.first > 1:
        counted = table.words[candidate.first + 1]
        if _ORDINAL.fullmatch(table.raw(candidate.first)) and (counted.grade == "number" or counted.plain == "one"):
            return True
        # ``St⛈️rm`` is no saint
        return table.words[candidate.first].plain == _SAINT and table.raw_gap(candidate.first) == " "
    words, at = table.words, candidate.first
    if words[at].grade == "number":
        return [word.plain for word in words[at + 1 : at + 3]] in _OUT_OF
    if at and words[at - 1].plain == _SAINT:
        return True
    return at > 1 and words[at - 1].plain in _MINUTES[1] and words[at - 2].plain in _MINUTES[0]


def is_of_rating(table: WordTable, candidate: Candidate) -> bool:
    """Whether a candidate of several words ends with the figure of what is said of the goods, or of a date or a deal.

    "KING 10/10 BOTH", "Rico 9 out of 10": a figure before a stroke and another belongs to that one.
    "JAY 10 BOTH" and "K10" bear theirs.
    """
    last = candidate.last - 1
    if last == candidate.first or table.words[last].grade != "number":
        return False
    behind = [word.plain for word in table.words[last + 1 : last + 4]]
    if behind[:2] in _OUT_OF:
        return True
    return bool(behind) and table.raw_gap(last).strip() == _STROKE and behind[0].isdecimal()


def is_of_before(table: WordTable, candidate: Candidate) -> bool:
    """Whether "old" at the front of a candidate says that the phone is: "the old Robbo number" is Robbo's."""
    first, last = candidate.first, candidate.last
    if first == 0 or last == len(table) or table.words[first].normal != _OLD or last - first == 1:
        return False
    return table.words[first - 1].normal == _DEFINITE and table.words[last].normal in PHONE_WORDS


def without_g(words: Iterable[str]) -> frozenset[str]:
    """Return words with those besides that are participles without their G: ``boilin``."""
    held = frozenset(words)
    return held | {word[:-1] for word in held if word.endswith("ing")}


def is_of_weather(table: WordTable, candidate: Candidate, weather: Container[str]) -> bool:
    """Whether a word of a candidate says what the weather is outside.

    Args:
        table: The words.
        candidate: The candidate.
        weather: Words for the weather, participles without their G too (``without_g``).
    """
    words = table.words
    return any(words[at].plain in weather and _is_outside(table, at) for at in range(candidate.first, candidate.last))


def _is_outside(table: WordTable, at: int) -> bool:
    """Whether "outside" stands behind a word in its clause, or "as" right behind it."""
    for other in range(at + 1, min(len(table), at + _MOST_BEFORE_OUTSIDE + 2)):
        if table.gaps[other - 1] != SPACE:
            return False
        plain = table.words[other].plain
        if plain == _OUTSIDE or (plain == _AS and other == at + 1):
            return True
    return False


def with_greeted_below(table: WordTable, weighed: Sequence[Weighed], threshold: float) -> list[Weighed]:
    """Return the candidates of a text, below the threshold whom it greets: a likely name is introduced right behind.

    Args:
        table: The words.
        weighed: The candidates, each with its log-odds above no name.
        threshold: Log-odds from which on a candidate is a name.
    """
    introduced = [each for odds, each in weighed if each.left in _INTRODUCED and odds > threshold]
    if not introduced:
        return [*weighed]
    return [
        (min(odds, threshold - _BELOW) if any(_greets(table, each, name) for name in introduced) else odds, each)
        for odds, each in weighed
    ]


def with_joined_below(table: WordTable, weighed: Sequence[Weighed]) -> list[Weighed]:
    """Return the candidates of a text with a name above it and whom the text greets: "Craig harley back on".

    A name of two words is written alike in both, so that a first name with a capital before a word without one is
    somebody else's. The second word, where it is a candidate by itself, takes over the log-odds of the two.
    """
    if len(table) <= _JOINED or not _is_joined(table):
        return [*weighed]
    whole = next((pair for pair in weighed if (pair[1].first, pair[1].last) == (0, _JOINED)), None)
    name = next((pair for pair in weighed if (pair[1].first, pair[1].last) == (1, _JOINED)), None)
    if whole is None or name is None or name[0] >= whole[0] or name[1].right not in _ON:
        return [*weighed]
    exchanged = {id(whole[1]): name[0] - _FAR_BELOW, id(name[1]): whole[0]}
    return [(exchanged.get(id(each), odds), each) for odds, each in weighed]


def with_behind_lent(table: WordTable, weighed: Sequence[Weighed]) -> list[Weighed]:
    """Return the candidates of a text, two words with capitals in the middle of it as likely as the first of them.

    "Bring a mate to Smoky Joe and get one free": where capitals tell, the second is a part of the name. Before a border
    it may be the next thing that is said, and at the front a capital says nothing.
    """
    if not table.is_capitalised or table.is_shouted or table.is_titled:
        return [*weighed]
    singles = {each.first: odds for odds, each in weighed if each.last - each.first == 1 and not each.letters}
    return [
        (max(odds, singles[each.first] + _ABOVE), each) if each.first in singles and _is_in_capitals(table, each)
        else (odds, each)
        for odds, each in weighed
    ]  # fmt: skip


def _is_in_capitals(table: WordTable, each: Candidate) -> bool:
    """Whether a candidate is two names with capitals that mean something, a blank between."""
    first, last = each.first, each.last
    if last - first != _JOINED or each.letters or table.raw_gap(first) != " ":
        return False
    if table.words[first].kind not in _RARE_KINDS or table.words[first + 1].grade not in _NAMED_SO:
        return False
    are_capitals = all(table.case(at) == _CAPITAL for at in range(first, last))
    return are_capitals and last < len(table) and table.gaps[last - 1] == SPACE


def _is_joined(table: WordTable) -> bool:
    one, other = table.words[:_JOINED]
    is_person = one.grade in _PERSONS and one.capitals == "T" and not one.is_title
    return is_person and other.capitals == "l" and other.grade not in {"number", "letter"} and table.gaps[0] == SPACE


def _greets(table: WordTable, each: Candidate, name: Candidate) -> bool:
    """Whether a candidate at the front is whom a text greets before the name in the same clause."""
    if each.left not in _OPENING or not 0 < name.first - each.last <= _MOST_BETWEEN or each.right == "r:line":
        return False
    return all(gap == SPACE for gap in table.gaps[each.last - 1 : name.first])
