"""Names of three words, as far as the words themselves tell: which three beside each other may be one name.

A number of things with a name before or behind it (``Marley Two Coats``, ``Two Hats Tony``), two words that a third
joins (``Pie n Peas``, ``Elvis of Ulverston``), or three with capitals where those say something (``Red Jet Ray``).
"""

from __future__ import annotations

from typing import Final

from nlp.nicknames.name_words import NameWord
from nlp.nicknames.word_table import SPACE, WordTable

_NUMBER_WORDS: Final = frozenset({"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"})
_MOST_DIGITS: Final = 2
_JOINING: Final = frozenset({"n", "and", "of", "the"})
_MAKE_OF_COUNTED: Final = "w9w"
_WELSH_JOINING: Final = frozenset({"y", "yr"})
"""The article in Welsh names of places, which means "of the" there: ``Maes Y Coed``, ``Pen yr Allt``. Written alone it
is "why" in texts, and so is in none of the above."""
_WORKING: Final = frozenset({"cars", "drivers", "lads", "motors", "runners", "vans", "whips"})
"""Who and what works for a line, by number no part of its name: ``AJ two drivers on``. No line of any batch is so."""
_CREW: Final = frozenset({"boys", "crew", "gang", "lads", "team"})
"""Who is out with whom a line is called after: ``Pablo and team out``. No line of any batch is called so."""


def make_of_three(table: WordTable, at: int, *, capitals_tell: bool) -> str:
    """Return what three words from one on are to each other; empty where they are no name.

    Args:
        table: The words of the text.
        at: Place of the first one.
        capitals_tell: Whether capitals say something in the text.
    """
    if at + 2 >= len(table.words) or not _may_be_one(table, at):
        return ""
    one, middle, other = words = table.words[at : at + 3]
    if not {middle.normal, middle.plain}.isdisjoint(_JOINING | _WELSH_JOINING):
        return _make_of_joined(words, capitals_tell=capitals_tell)
    if is_number(middle):
        # a figure by itself may begin and end no pair ("2" is "to" as well)
        is_count = (not middle.plain.isdigit() or len(middle.plain) <= _MOST_DIGITS) and other.plain not in _WORKING
        return _MAKE_OF_COUNTED if is_count and not is_number(one) else ""
    if not (middle.begins_pair and middle.ends_pair):
        return ""
    if is_number(one):
        return "9wA" if other.kind == "A" else "9ww"
    return _make_of_capitals(words) if capitals_tell else ""


def is_joined(make: str) -> bool:
    """Whether that is made of two words that a third one joins (``make_of_three``)."""
    return len(make) > len("ww") and make.startswith("w") and make.endswith("w") and make != _MAKE_OF_COUNTED


def _make_of_joined(words: list[NameWord], *, capitals_tell: bool) -> str:
    one, middle, other = words
    if middle.plain in _WELSH_JOINING:
        return "wofw" if capitals_tell and one.capitals in "TU" and other.capitals in "TU" else ""
    is_crew = other.plain in _CREW and middle.normal == "and"
    return "" if is_crew or is_number(one) else f"w{middle.plain}w"


def _may_be_one(table: WordTable, at: int) -> bool:
    """Whether nothing stands between three words and no mark lies in them."""
    other = table.words[at + 2]
    if not (table.words[at].begins_pair and other.ends_pair) or other.grade in {"number", "letter"}:
        return False
    if table.gaps[at] != SPACE or table.gaps[at + 1] != SPACE:
        return False
    return table.marks is None or not any(table.mark(place) for place in range(at, at + 3))


def _make_of_capitals(words: list[NameWord]) -> str:
    if not all(word.capitals in "TU" for word in words):
        return ""
    return "TTT" if words[0].is_title else "CCC"


def is_number(word: NameWord) -> bool:
    """Whether a word is a number, in figures or in words up to ten."""
    return word.grade == "number" or word.normal in _NUMBER_WORDS
