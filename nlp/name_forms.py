"""Forms of one name: what the spellings of a nickname share, and which form a line usually goes by.

By spelling: doubled letters, ``z`` for ``s``, ``ie`` for ``y``, ``ck`` for ``k``, numbers in words, the words "the" and
"line". ``Kezz`` is ``Kez`` and ``tee five`` is ``T5``; ``Frank`` and ``Frankie``, ``Jay`` and ``Ray``, ``Kez`` and
``Kez 2`` stay apart, as no letter is taken for another one and none is left out. A short form is one with a long form
(``Gaz``, ``Boro Gaz``) only where both stand in one wording, and no second long form does.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from collections.abc import Set as AbstractSet
from typing import Final

_SPOKEN: Final = {
    "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "twenty": "20", "thirty": "30", "forty": "40",
    "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
    "ay": "a", "bee": "b", "cee": "c", "dee": "d", "ef": "f", "gee": "g", "jay": "j", "kay": "k", "ell": "l",
    "em": "m", "en": "n", "pee": "p", "ar": "r", "ess": "s", "tee": "t", "vee": "v", "zed": "z",
}  # fmt: skip
"""Numbers and letters in words; these count only beside another one of them or a single letter or digit."""

_TENS: Final = re.compile(r"\b([2-9])0 ([1-9])\b")
_LEFT_OUT: Final = frozenset({"the", "line", "linia", "linja", "linie"})
_REPEATED: Final = re.compile(r"([^\W\d_])\1+")
_MIN_PLURAL: Final = 4
_SOUNDS: Final = (("ck", "k"), ("ph", "f"), ("z", "s"))
_ENDING: Final = re.compile(r"(?:ie|ey|i)$")


def name_key(canonical: str) -> str:
    """Return what the spellings of one name share; equal for forms of one name."""
    words = [word for word in re.split(r"[\W_]+", canonical.casefold()) if word]
    words = [word for word in words if word not in _LEFT_OUT] or words
    spelled = [_SPOKEN.get(word, word) for word in words]
    if len(spelled) > 1 and all(len(word) == 1 or word.isdigit() for word in spelled):
        return _TENS.sub(r"\1\2", " ".join(spelled)).replace(" ", "")
    return "".join(_sound(word) for word in words)


def _sound(word: str) -> str:
    plain = word.removesuffix("s") if len(word) >= _MIN_PLURAL else word
    for written, spoken in _SOUNDS:
        plain = plain.replace(written, spoken)
    if len(plain) >= _MIN_PLURAL:
        plain = _ENDING.sub("y", _REPEATED.sub(r"\1", plain))
    return plain


def long_forms(wordings: Mapping[str, AbstractSet[Hashable]], forms: Mapping[str, str]) -> dict[str, str]:
    """Return the key of the long form for the key of each short form that has one.

    Args:
        wordings: The wordings in which each name stands, by key.
        forms: How each name is written, by key.
    """
    by_word: dict[str, list[str]] = {}
    for key, form in forms.items():
        words = form.split()
        if len(words) > 1:
            for word in {words[0], words[-1]}:
                by_word.setdefault(name_key(word), []).append(key)
    found = {}
    for key in wordings:
        longer = [other for other in by_word.get(key, ()) if other != key]
        if len(longer) == 1 and not wordings[key].isdisjoint(wordings[longer[0]]):
            found[key] = longer[0]
    return found
