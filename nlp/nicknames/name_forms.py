"""Forms of one name: what the spellings of a nickname share, and which form a line usually goes by.

By spelling: doubled letters, ``z`` for ``s``, ``ie`` for ``y``, ``ck`` for ``k``, numbers in words, the words "the" and
"line". ``Kezz`` is ``Kez`` and ``tee five`` is ``T5``; ``Frank`` and ``Frankie``, ``Jay`` and ``Ray``, ``Kez`` and
``Kez 2`` stay apart, as no letter is taken for another one and none is left out. What more ties names, beyond their
spelling, is in ``nlp.nicknames.name_ties``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from nlp.nicknames.names import canonical_name, number_word
from nlp.words.folding import fold

SPOKEN: Final = {
    "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "twenty": "20", "thirty": "30", "forty": "40",
    "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
    "ay": "a", "bee": "b", "cee": "c", "dee": "d", "ef": "f", "gee": "g", "jay": "j", "kay": "k", "ell": "l",
    "em": "m", "en": "n", "pee": "p", "ar": "r", "ess": "s", "tee": "t", "vee": "v", "zed": "z",
}  # fmt: skip
"""Numbers and letters in words; these count only beside another one of them or a single letter or digit."""

_ORDINALS: Final = {"1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth", "5th": "fifth", "6th": "sixth"}
_TENS: Final = re.compile(r"\b([2-9])0 ([1-9])\b")
_SPOKEN_IN_ONE: Final = re.compile(r"(?:bee|cee|dee|gee|jay|kay|pee|tee|vee|zed|\d){2,}")
"""Letters and digits in one word: ``ceejay``, ``jay9``. Not "en" and the like: ``Deen`` is a name."""
_PART_SPOKEN: Final = re.compile(r"[a-z]{3}|\d")
_NUMBER_AT_END: Final = re.compile(r"([a-z])(three|four|five|six|seven|eight|nine)")
_NUMBER_FIRST: Final = re.compile(r"(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(\d)")
_FIGURE_AND_WORD: Final = re.compile(r"\d+[a-z]{3,}")
_TITLED_COUNTS: Final = 3
_BARE_COUNTS: Final = 2
"""How much a form counts beside the same with an S, which is the sentence's as often as the name's: ``Petes round``."""
_LONGER_TO_ONE: Final = 3
"""How often a name is written with an S to once without that the S is its own.

Of 160 lines of a third of the batches for training that are read both ways, all 9 that are written so have the S in
their name, and one of the 151 others has.
"""
_NUMBERS: Final = re.compile(r"(\d+)s")
_FEWEST_DEFINITE: Final = 2
_FEWEST_DEFINITE_OF_MANY: Final = 3
"""The same where one wording has the name without it: "same doc" beside "The Doc is in" twice."""
_FEWEST_SPELLED: Final = 3
"""Wordings at least that say so: one text with "the" or with a digit for a letter is its writer's."""
_MOST_WRITE_SO: Final = 0.6
"""Share of the wordings of a name from which on how they write it counts as the name's own. Of adverts of lines of
whose wordings so many have "the", 99 are of one that is called so and 22 of one that is not; of others 60 and 1,133."""
_INITIALS: Final = 3
"""Letters and digits up to which a spelled name is written in capitals: ``W1K``."""
_LEFT_OUT: Final = frozenset(
    {"the", "line", "linia", "linja", "linie", "llinell", "lui", "mr", "mister", "mista", "mistah"}
)
_REPEATED: Final = re.compile(r"([^\W\d_])\1+")
_MIN_PLURAL: Final = 4
_PLURAL: Final = re.compile(r"s$|(?<=[^aeiou])z$")
"""``Laterz`` is a plural, ``Boro Gaz`` in one word none."""
_SOUNDS: Final = (("ck", "k"), ("ph", "f"), ("z", "s"))
_ENDING: Final = re.compile(r"(?:ie|ey|i)$")


def name_key(canonical: str) -> str:
    """Return what the spellings of one name share; equal for forms of one name."""
    words, spelled = _spelled(canonical)
    if _are_letters(spelled):
        return _joined(spelled)
    return "".join(other if other.isdigit() else _sound(word) for word, other in zip(words, spelled, strict=True))


def spelled_letters(canonical: str) -> str | None:
    """Return the letters and digits of which a name is made, written or in words (``Jay Jay``). None: of others."""
    _, spelled = _spelled(canonical)
    return _joined(spelled) if _are_letters(spelled) else None


def _spelled(canonical: str) -> tuple[list[str], list[str]]:
    """Return the words of a name, and each as the letter or number that it stands for, if it does."""
    words = [word for word in re.split(r"[\W_]+", _plain(canonical).casefold()) if word]
    words = [word for word in words if word not in _LEFT_OUT] or words
    words = [found for word in words for found in _spoken(_ORDINALS.get(word) or number_word(word))]
    spelled = [SPOKEN.get(word, word) for word in words]
    if len(words) == 1 and spelled[0].isalpha() and spelled[0] != "z":
        # ``Jay`` is no ``J``; but ``Zed`` is ``Z``, and ``Seven`` ``7``.
        spelled = words
    return words, spelled


def _are_letters(spelled: Iterable[str]) -> bool:
    return all(len(word) == 1 or word.isdigit() for word in spelled)


def _joined(spelled: Iterable[str]) -> str:
    return _TENS.sub(r"\1\2", " ".join(spelled)).replace(" ", "")


def usual_form(counts: Mapping[str, int], written: Mapping[str, int] | None = None) -> str:
    """Return the form that stands for forms of one key: the most frequent, then the shortest.

    Of forms that are as frequent, words apart stand before a figure in one with a word (``Two Tone``, ``2tone``). Two
    stand before more frequent ones: a name with its title, or with the marks of its letters, that is given a third as
    often as without (``Mr Tickle``, ``Tickle``; ``Żubr``, ``Zubr``), and a name without an S that is given half as
    often as with it. But a name that is hardly ever written without its S has it: ``Macks is on`` was read as Mack's.

    Args:
        counts: Wordings that bear each form.
        written: Wordings by how they write the name, in small letters; None: as the forms are.
    """
    has_words = any(" " in form for form in counts)

    def rank(form: str) -> tuple[int, bool, int, str]:
        is_joined = has_words and _FIGURE_AND_WORD.fullmatch(form) is not None
        # Whoever types in haste leaves marks out; nobody puts them in.
        weight = counts[form] * (_TITLED_COUNTS if form.startswith("Mr ") or not form.isascii() else 1)
        if f"{form}s" in counts:
            weight *= _BARE_COUNTS if written is None or _is_written_bare(form, written) else 0
        return -weight, is_joined, len(form), form

    return min(counts, key=rank)


def _is_written_bare(form: str, written: Mapping[str, int]) -> bool:
    """Whether a form is written without an S often enough beside the same with one.

    "rico's" speaks for neither form, and of a figure ("88s") nothing speaks for the S.
    """
    if form[-1].isdigit():
        return True
    bare, longer = (
        sum(count for each, count in written.items() if canonical_name(each) == name and "'" not in each)
        for name in (form, f"{form}s")
    )
    return not longer or bare * _LONGER_TO_ONE > longer


def as_written(form: str, counts: Mapping[str, int]) -> str:
    """Return a form with what nearly all of its wordings write: "the" before it, digits in place of letters.

    ``The Larder`` where they say "the Larder", ``W1K`` where none says Wik; ``Rico`` for one ``R1CO`` among others.

    Args:
        form: The canonical form.
        counts: Wordings by how they write the name, in small letters.
    """
    least = _MOST_WRITE_SO * sum(counts.values())
    definite = sum(count for written, count in counts.items() if written.startswith("the "))
    spelled: Counter[str] = Counter()
    for written, count in counts.items():
        bare = written.removeprefix("the ")
        if bare.isalnum() and not bare.isalpha() and form.isalpha() and canonical_name(bare) == form:
            spelled[bare] += count
    for bare, count in sorted(spelled.items()):
        if count >= max(_FEWEST_SPELLED, least):
            form = bare.upper() if len(bare) <= _INITIALS else bare.capitalize()
    fewest = _FEWEST_DEFINITE if definite == sum(counts.values()) else _FEWEST_DEFINITE_OF_MANY
    is_definite = definite >= max(fewest, least) and not form.startswith("The ")
    return f"The {form}" if is_definite else form


def _plain(name: str) -> str:
    return name if name.isascii() else fold(name).text


def _spoken(word: str) -> list[str]:
    """Return the letters and digits that are spoken in one word, else the word."""
    if _SPOKEN_IN_ONE.fullmatch(word):
        return _PART_SPOKEN.findall(word)
    found = _NUMBER_AT_END.fullmatch(word) or _NUMBER_FIRST.fullmatch(word) or _NUMBERS.fullmatch(word)
    return list(found.groups()) if found else [word]


def _sound(word: str) -> str:
    plain = _PLURAL.sub("", word) if len(word) >= _MIN_PLURAL else word
    for written, spoken in _SOUNDS:
        plain = plain.replace(written, spoken)
    if len(plain) >= _MIN_PLURAL:
        plain = _ENDING.sub("y", _REPEATED.sub(r"\1", plain))
    return plain
