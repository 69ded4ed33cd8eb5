"""The canonical form of a nickname: ``Rico`` for ``R1CO``, ``ricooo``, ``Rico's`` and ``the RICO line``.

By spelling alone: case, leet, stretched letters, possessives and the word "line" go; nothing is taken from a list of
names, and no two names that differ by a letter are made one (``Frank`` and ``Frankie`` stay apart).
"""

from __future__ import annotations

import re
from typing import Final

_LEET = str.maketrans("013457$@\u00a3", "oieastsae")
_EL = re.compile(r"1(?=1)|(?<=1)1|(?<=i)1|1(?=i)|(?<=[aeo])1(?=[aeo])|^1(?=[aeiou])")
"""A one that stands for L, as I beside it would be read as nothing: ``Smi1er``, ``Bi11y``, ``1uca``."""
_POSSESSIVE = re.compile(r"'(?:s|ll|d|ve)$|s'$")
"""What a name is said with: ``Rico's``, ``Rico'll``."""
_POSSESSIVE_S = re.compile(r"'s$")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_NEVER_DOUBLE = frozenset("aiuwy")
"""Letters that no name doubles: ``miiikey`` is Mikey, while ``shugggie`` is Shuggie and ``zeeeko`` Zeeko."""
_INNER_DIGIT = re.compile(r"[^\W\d_][0-9$@\u00a3]+[^\W\d_]")
_BETWEEN_DIGITS = re.compile(r"[0134][b-df-hj-np-tv-xz]{2,}[0134]")
"""Consonants alone between two figures that stand for vowels: ``4ndr3``, ``3mm4``; not ``4x4``."""
_LEADING_NULL = re.compile(r"0[^\W\d_]{1,2}")
_NULL = re.compile(r"(?<!\d)0(?!\d)")
"""A nought that stands for a letter: ``0tter``, not ``Dre10``."""
_NUMBERED = re.compile(r"^([a-z]{2})\d+$")
"""Initials with a number: ``AJ2``; of three letters (``Dre10``) it is a word."""
_NOT_NAME = re.compile(r"[^\w&]+")
_SPOKEN_IN_FULL: Final = frozenset({"mr", "rd", "st", "pk", "twm"})
"""What has no vowel and is no initials: ``Mr Tickle``, ``Stoke Rd``, the Welsh ``Twm``."""
_BESIDE_A_NAME: Final = frozenset({"jr", "sr", "dr", "mrs"})
"""The same beside another word: ``Jr Malik``, while ``JR`` alone is initials."""
_VOWELS = frozenset("aeiouy")
_LINE = re.compile(r"\s+(?:line|ln|lines|lyn)$")


_OWN_DIGIT: Final = {
    f"{word[:at]}{digit}{word[at + 1 :]}": word
    for digit, word in enumerate(("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"))
    for at in range(len(word))
    if len(word) > 3 or not at
}
"""Numbers in words with one letter written as the number itself: ``7even``, ``se7en``, ``fi5e``, ``8ight``."""


def number_word(word: str) -> str:
    """Return the number in words that a word in lower case is written for with its own digit; else the word."""
    return _OWN_DIGIT.get(word, word)


def canonical_name(surface: str) -> str:
    """Return the canonical form of a nickname as it is written; never empty for a surface that holds a letter."""
    words = _LINE.sub("", surface.lower().strip()).split()
    # An S within a name is its own: ``Nan's Kitchen``.
    inner = [_canonical_word(_POSSESSIVE_S.sub("s", word)) for word in words[:-1]]
    found = [*inner, *map(_canonical_word, words[-1:])]
    if len(found) > 1:
        found = [word.capitalize() if word.lower() in _BESIDE_A_NAME else word for word in found]
    return " ".join(found) or surface


def _canonical_word(word: str) -> str:
    plain = _POSSESSIVE.sub(lambda match: "s" if match.group() == "s'" else "", word)
    if plain in _OWN_DIGIT:
        return plain[:1].upper() + plain[1:]
    letters = sum(char.isalpha() for char in plain)
    is_leet = _INNER_DIGIT.search(plain) or _BETWEEN_DIGITS.fullmatch(plain)
    if is_leet or (letters == 1 and len(plain) == 2 and plain[1] == "0"):
        plain = _EL.sub("l", plain).translate(_LEET)
    elif _LEADING_NULL.fullmatch(plain) or (letters >= 3 and not plain.isalpha()):
        plain = _NULL.sub("o", plain).translate(str.maketrans("$@", "sa"))
    plain = _STRETCHED.sub(_unstretched, _NOT_NAME.sub("", plain))
    if plain not in _SPOKEN_IN_FULL and _is_initials(_NUMBERED.sub(r"\1", plain)):
        return plain.upper()
    return plain[:1].upper() + plain[1:]


def _unstretched(match: re.Match[str]) -> str:
    """Return what three or more of a letter stand for: one at the end of a word, else one or two."""
    letter = match[1]
    at_end = match.end() == len(match.string) or not match.string[match.end()].isalpha()
    if at_end and match.start() <= 1 and letter in "eo":
        # ``leeee``: no name is as short as ``Le``.
        return letter * 2
    return letter if at_end or letter in _NEVER_DOUBLE else letter * 2


def _is_initials(word: str) -> bool:
    """Whether two or three letters are spoken one by one: ``LJ``, ``AJ``, ``KB``, ``JP``."""
    if not (word.isalpha() and word.isascii()) or len(word) > 3 or len(word) < 2:
        return False
    return _VOWELS.isdisjoint(word) or (len(word) == 2 and word[1] in "jkbv" and word[0] in _VOWELS)
