"""What a name loses before it is a name: endings of case in Polish and Albanian, and an S that belongs to the sentence.

``linia Tomka`` is Tomek, ``linja e Landit`` Landi, and ``TJs on`` TJ. An ending goes only where the words before it ask
for it, or where what is left is a known name and the whole is none: ``Chris line`` is Chris.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

_CAPITALS_AND_S: Final = re.compile(r"[A-Z]{2,}s")
_PET_NAME_END: Final = re.compile(r"[a-z]{2}([b-df-hj-np-tv-z])\1y$")
"""``Smoggys on``: of the adverts of all batches that have so before "on" and the like none is of a line with the S."""
_COUNTED: Final = re.compile(r"[2-9]|[1-9]\d|two|three|four|five|six|seven|eight|nine|ten", re.IGNORECASE)
"""What makes an S behind it that of several: ``3 Kings line``."""
_STRETCHED_END: Final = re.compile(r"([^\W\d_])\1{2,}$")
_SHORTEST_STEM: Final = 3
_SHORTEST_CASE: Final = 4

_ALBANIAN_NOUNS: Final = frozenset(
    {"linja", "lina", "lidhja", "numri", "nr", "emri", "emrin", "telefoni", "tel", "shoku", "ri", "celulari"}
)
_ALBANIAN_PARTICLES: Final = frozenset({"i", "e", "te"})
_ALBANIAN_ASKING: Final = frozenset(
    {"pyet", "pyesni", "pyetni", "kerko", "kerkoni", "thirr", "thirrni", "merr", "merrni"}
)
_POLISH_NOUNS: Final = frozenset({"linia", "linii", "linie", "numer", "numeru", "nr", "telefon", "ekipa", "brygada"})
_POLISH_PREPOSITIONS: Final = frozenset({"od", "u", "dla", "pod", "do"})
_FLEETING_E: Final = re.compile(r"[bcdfgkpstvwz][lr]")
"""What a stem ends with that has an E between the two in the first case: ``Kaspra`` is Kasper, ``Pawla`` Pawel."""
_ALBANIAN_CASES: Final = (("it", "i"), ("ut", "u"), ("es", "a"), ("in", "i"), ("un", "u"), ("en", "a"))
_AFTER_SENTENCE: Final = ("r:line", "r:on", "r:open", "r:off", "r:back", "r:has", "r:menu", "r:new", "r:does")
"""What stands behind an S of the sentence. At the end of a text it is the name's own in 261 of 271 names."""


class Surroundings(NamedTuple):
    """Where a name stands.

    Attributes:
        before: Normal forms of the words before it, the last one last; two at most.
        right: What stands behind it (``nlp.nicknames.name_context.NameContext``).
    """

    before: Sequence[str]
    right: str


class NameLists(NamedTuple):
    """Words that are known, all asked in lower case: names by which people go, and what goes before names."""

    is_first_name: Callable[[str], bool]
    is_title: Callable[[str], bool]
    is_word: Callable[[str], bool]


def without_endings(written: str, where: Surroundings, lists: NameLists) -> str:
    """Return a name as it is written without what the sentence adds to it."""
    words = written.split()
    if not words:
        return written
    if not (len(words) > 1 and _COUNTED.fullmatch(words[-2])):
        words[-1] = _without_s(words[-1], where, lists)
    words[-1] = _unstretched(words[-1], lists)
    if where.before:
        words[0] = _without_case(words[0], where.before, lists)
    return " ".join(words)


def _without_s(word: str, where: Surroundings, lists: NameLists) -> str:
    """Drop the S of ``TJs on``, ``Pats line`` and ``Uncles shop``."""
    if _CAPITALS_AND_S.fullmatch(word):
        return word[:-1]
    low = word.lower()
    stem = low[:-1]
    is_candidate = low.endswith("s") and len(stem) >= _SHORTEST_STEM and not stem.endswith("s")
    if not is_candidate or where.right not in _AFTER_SENTENCE or lists.is_first_name(low):
        return word
    if _PET_NAME_END.search(stem) or lists.is_title(stem) or (lists.is_first_name(stem) and not lists.is_word(low)):
        return word[:-1]
    return word


def _unstretched(word: str, lists: NameLists) -> str:
    """Leave two of the letters that a word ends with where that is a known word and one is none: ``Dundeeeee``."""
    low = word.lower()
    found = _STRETCHED_END.search(low)
    if not found:
        return word
    single, double = low[: found.start() + 1], low[: found.start() + 2]

    def is_known(form: str) -> bool:
        return lists.is_first_name(form) or lists.is_word(form)

    return word[: found.start() + 2] if is_known(double) and not is_known(single) else word


def _without_case(word: str, before: Sequence[str], lists: NameLists) -> str:
    low = word.lower()
    if len(low) < _SHORTEST_CASE or not low.isalpha():
        return word
    last = before[-1]
    noun = before[-2] if len(before) > 1 else ""
    is_owner = last in _ALBANIAN_PARTICLES and noun in _ALBANIAN_NOUNS
    if is_owner or (last == "per" and noun in _ALBANIAN_ASKING):
        return _albanian(word, low)
    if last in _POLISH_NOUNS or last in _POLISH_PREPOSITIONS:
        return _polish(word, low, lists, is_sure=last in _POLISH_PREPOSITIONS)
    return word


def _albanian(word: str, low: str) -> str:
    for ending, instead in _ALBANIAN_CASES:
        if low.endswith(ending):
            kept = word[: -len(ending)]
            return kept + (instead.upper() if word.isupper() else instead)
    return word


def _polish(word: str, low: str, lists: NameLists, *, is_sure: bool) -> str:
    """Return the first case of a Polish name in the second; ``is_sure``: whether no other case can stand there."""
    if lists.is_first_name(low):
        return word
    for ending, instead in (("ka", "ek"), ("iego", "i"), ("ego", "y"), ("i", "ia"), ("y", "a"), ("a", "")):
        if low.endswith(ending):
            kept = word[: -len(ending)]
            if ending == "a" and _FLEETING_E.fullmatch(low[-3:-1]) and not lists.is_first_name(low[:-1]):
                kept = f"{kept[:-1]}{'E' if word.isupper() else 'e'}{kept[-1]}"
            form = kept.lower() + instead
            is_known = lists.is_first_name(form)
            if is_known or ending in {"iego", "ego"} or (is_sure and ending in {"ka", "a"}):
                return kept + (instead.upper() if word.isupper() else instead)
    return word
