"""Words of other languages than English under which tools, phone apps and people write what a handset holds.

They are data (``language_words.toml``): German, French, Dutch, Spanish, Polish and Welsh. A heading counts in a row of
its language alone, because many mean another thing elsewhere (``Data`` is a date in Polish); words of cells mean one
thing in all of them. Compared without case and accents.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

_APOSTROPHES: Final = str.maketrans({"\u2018": "'", "\u2019": "'", "`": "'", "\u0142": "l", "\u0141": "l"})
_LETTERS = re.compile(r"[^\W\d_]+")
_LETTERS_AND_DOT = re.compile(r"([^\W\d_]+)\.?")
_FIRST_WORD = re.compile(r"((?:dydd )?[^\W\d_]+)\.?,?\s+(?=[0-9])", re.IGNORECASE)
_SEVERAL: Final = 2
_MANY: Final = 6
_TELLING_LETTERS: Final = 5
_MESSAGE: Final = "message"
_ENGLISH_TOO: Final = frozenset({"corps"})
"""Five letters that head the text of a message in a language, and something else in English."""

_SHORT: Final = 3
"""Words of so few letters are something else in a longer text; only a cell of its own is told by one."""

_ALONE: Final = frozenset({"yes", "no", "unknown"})
"""Answers: they say nothing inside a longer text."""

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_BEHIND_DAY = re.compile(r"\b([0-9]{1,2})\.?\s+(?:de\s+)?(?=[A-Z][a-z]{2}\b)")
_BEHIND_MONTH = re.compile(r"(?<=[A-Z][a-z]{2})\s+(?:del?\s+)?(?=[0-9]{4}\b)")
_HOURS = re.compile(r"\b([01]?[0-9]|2[0-3])\s?h\s?([0-5][0-9])\b")
_BEHIND = re.compile(r"(?<=[0-9])\s*(?:uhr|uur|h)\.?\s*$", re.IGNORECASE)
_HALF = re.compile(r"\b([ap])\.\s?m\.", re.IGNORECASE)


def fold(text: str) -> str:
    """Return a text in small letters without accents, for comparison alone."""
    if text.isascii():
        return text.casefold().replace("`", "'")
    plain = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES).casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("language_words.toml").read_text("utf-8"))


@cache
def languages() -> tuple[str, ...]:
    """Return the names of the languages."""
    return tuple(content["name"] for content in _words().values())


@cache
def headings() -> dict[str, dict[str, str]]:
    """Return, by language, each heading as it is compared and the English one that it stands for."""
    return {
        content["name"]: {
            heading_key(heading): english for english, own in content["headings"].items() for heading in own
        }
        for content in _words().values()
    }


@cache
def accented_words() -> frozenset[str]:
    """Return the words of all languages that are not ASCII, in small letters with their accents."""
    return frozenset(
        word
        for content in _words().values()
        for part in ("headings", "words", "names", "units", "sides")
        for own in content[part].values()
        for text in own
        for word in _LETTERS.findall(unicodedata.normalize("NFC", text).casefold())
        if not word.isascii()
    )


def heading_key(text: str) -> str:
    """Return the form of a heading of another language by which it is compared: its words, folded."""
    return " ".join(re.findall(r"[^\W_]+|[+&]", fold(text)))


def language_of(keys: Sequence[str], known: Collection[str]) -> str | None:
    """Return the language of a row of headings. None: English, or not told.

    It is the one in which most of them are known, and more than half or many; two of them at least are not English, or
    one where none of the row is left that neither knows, and a short word alone tells nothing (``Tag`` is a day in
    German) unless it heads the text of messages (``Treść``). Of two languages in which they mean different
    things none is told.

    Args:
        keys: The headings, as ``heading_key`` gives them.
        known: Those of them that are known in English.
    """
    told: list[tuple[tuple[int, int], str]] = []
    for name, own in headings().items():
        foreign = [key for key in keys if key in own and key not in known]
        explained = len(foreign) + sum(key in known for key in keys)
        longest = max(map(len, foreign), default=0)
        is_several = len(foreign) >= _SEVERAL and longest >= _TELLING_LETTERS
        tells = longest > _TELLING_LETTERS or any(_heads_text(key, own[key]) for key in foreign)
        is_last = explained == len(keys) and tells
        if (is_several or is_last) and (explained * 2 > len(keys) or len(foreign) >= _MANY):
            # Words that are English too are the language's all the same.
            told.append(((explained, sum(key in own for key in keys)), name))
    told.sort(reverse=True)
    if not told:
        return None
    best = [name for count, name in told if count == told[0][0]]
    if len(best) == 1:
        return best[0]
    meanings = {tuple(headings()[name].get(key) for key in keys if key not in known) for name in best}
    return best[0] if len(meanings) == 1 else None


def _heads_text(key: str, english: str) -> bool:
    return english == _MESSAGE and len(key) == _TELLING_LETTERS and key not in _ENGLISH_TOO


@cache
def english_heading(text: str) -> str | None:
    """Return the English heading that a word stands for in every language that has it. None: none, or several."""
    found = {own[key] for own in headings().values() if (key := heading_key(text)) in own}
    return found.pop() if len(found) == 1 else None


@cache
def _names() -> dict[str, str]:
    return {
        fold(own): kind for content in _words().values() for kind, words in content["names"].items() for own in words
    }


def named_kinds(name: str) -> frozenset[str]:
    """Return what the name of a list says that it holds: ``messages``, ``calls``, ``contacts``, ``accounts``."""
    known = _names()
    return frozenset(known[word] for word in _LETTERS.findall(fold(name)) if word in known)


@cache
def _cells() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Return what whole cells stand for, and what words within longer ones do."""
    whole: defaultdict[str, set[str]] = defaultdict(set)
    within: defaultdict[str, set[str]] = defaultdict(set)
    for content in _words().values():
        for english, own in content["words"].items():
            for word in map(fold, own):
                whole[word].add(english)
                is_long = len(word) > _SHORT or english == "not"
                if english not in _ALONE and is_long and _LETTERS.fullmatch(word):
                    within[word].add(english)
    return (
        {word: frozenset(found) for word, found in whole.items()},
        {word: frozenset(found) for word, found in within.items()},
    )


@lru_cache(maxsize=4_096)
def english_words(text: str) -> frozenset[str]:
    """Return the English words that a cell of another language stands for, or that its words do. Empty: none."""
    whole, within = _cells()
    words = _LETTERS.findall(fold(text))
    # An apostrophe or a hyphen parts nothing of a phrase.
    stated = whole.get(fold(text).strip()) or whole.get(" ".join(words))
    if stated is not None:
        return stated
    return frozenset(english for word in words for english in within.get(word, ()))


@lru_cache(maxsize=4_096)
def english_cell(text: str | None) -> str | None:
    """Return the English word that a whole cell stands for, else the cell as it is."""
    if not text:
        return text
    stated = _cells()[0].get(fold(text).strip())
    return text if stated is None else min(stated)


@cache
def sides() -> dict[str, tuple[str, ...]]:
    """Return the words in front of a party, and those for the owner: by ``from``, ``to``, ``owner``."""
    found: dict[str, tuple[str, ...]] = {}
    for content in _words().values():
        for side, own in content["sides"].items():
            found[side] = tuple(dict.fromkeys((*found.get(side, ()), *own)))
    return found


@cache
def _units() -> dict[str, str]:
    short = {"hours": "h", "minutes": "min", "seconds": "s"}
    return {
        fold(own): short[unit]
        for content in _words().values()
        for unit, words in content["units"].items()
        for own in words
    }


def english_span(text: str) -> str:
    """Return a duration with its units in English: ``2 Minuten 5 Sek.`` is ``2 min 5 s``."""
    units = _units()
    return _LETTERS_AND_DOT.sub(lambda found: units.get(fold(found[1]), found[1]), text)


@cache
def _time_words() -> tuple[dict[str, str], frozenset[str], re.Pattern[str]]:
    months: dict[str, str] = {}
    weekdays: set[str] = set()
    before: set[str] = set()
    for content in _words().values():
        for month, own in zip(_MONTHS, content["months"], strict=True):
            months.update((fold(word), month) for word in own)
        weekdays.update(map(fold, content["weekdays"]))
        before.update(content["before_time"])
    between = "|".join(re.escape(word) for word in sorted(before, key=len, reverse=True))
    return months, frozenset(weekdays), re.compile(rf",?\s+(?:{between})\.?\s+(?=[0-9])", re.IGNORECASE)


def english_time(text: str) -> str:
    """Return a time that is written in words of another language as English writes it, else the text itself.

    ``13. Februar 2024 um 10:05 Uhr`` is ``13 Feb 2024 10:05``; day and month are never turned round.
    """
    months, weekdays, between = _time_words()
    plain = unicodedata.normalize("NFC", text).strip()
    first = _FIRST_WORD.match(plain)
    if first is not None and fold(first[1]) in weekdays:
        plain = plain[first.end() :]
    plain = _LETTERS_AND_DOT.sub(lambda found: months.get(fold(found[1]), found[0]), plain)
    plain = _BEHIND_MONTH.sub(" ", _BEHIND_DAY.sub(r"\1 ", plain))
    plain = _BEHIND.sub("", _HOURS.sub(r"\1:\2", between.sub(" ", plain)))
    return _HALF.sub(r"\1m", plain)
