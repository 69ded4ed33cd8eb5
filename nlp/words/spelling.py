"""The normal form of a single word: case, apostrophes, stretched letters, leet and SMS spellings taken away.

``R1CO``, ``ricooo`` and ``Rico`` have one normal form; ``2moro`` is ``tomorrow``. Context plays no part: the digits
2 and 4 stay digits, because ``3 4 25`` is a price. Normal forms are for matching, never for showing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

MAX_WORD = 40
"""Longest word, in code points, that is looked at; what is longer is cut, since no word of a lexicon is longer."""

_MAX_SEEN = 50_000
"""Words whose normal form is remembered: about 10 MB; the vocabulary of a phone is smaller."""

_MIN_UNDOUBLED = 4
"""Shortest word to which a form with double letters, none of them tripled, is taken back."""

_PAIR: Final = 2

LEET = str.maketrans("01345789$@!", "oieastbgsai")
"""What figures and signs stand for in place of letters; in ``LEET_L`` a one is an L."""
LEET_L = str.maketrans("01345789$@!", "oleastbgsal")
THREE_OR_MORE = re.compile(r"([^\W\d_])\1{2,}")
"""A letter stretched: three times in a row and more, in small letters."""
_TWO_OR_MORE = re.compile(r"([^\W\d_])\1+")
_ENDS_TWICE = re.compile(r"[^\W\d_]{2}([^\W\d_])\1$")
_NEVER_LAST_TWICE: Final = frozenset("aijkquvwxy")
"""Letters that stand twice at the end of no English word or common name: ``dayy``, ``nowww``."""
_HAS_DIGIT = re.compile(r"[0-9$@]")
_LETTER = re.compile(r"[^\W\d_]")
_MIXED = re.compile(r"^[^\W\d_]+[0-9$@]+[^\W\d_]+$")


class Speller:
    """Gives words their normal form.

    Args:
        spellings: SMS spelling to word, both in lower case.
        known: Words towards which stretched and leet forms are resolved.
    """

    def __init__(self, spellings: Mapping[str, str], known: frozenset[str]) -> None:
        self._spellings = dict(spellings)
        self._seen: dict[str, str] = {}
        self._known = known | frozenset(self._spellings.values())

    @property
    def known(self) -> frozenset[str]:
        """The words towards which stretched and leet forms are resolved."""
        return self._known

    def normal(self, word: str) -> str:
        """Return the normal form of one token; never empty for a token that is not."""
        found = self._seen.get(word)
        if found is None:
            if len(self._seen) >= _MAX_SEEN:
                self._seen.clear()
            found = self._seen[word] = self._normal(word)
        return found

    def _normal(self, word: str) -> str:
        low = word.lower()[:MAX_WORD]
        if low.isdigit():
            return low
        found = self._spellings.get(low)
        if found is not None:
            return found
        if low in self._known:
            return low
        bare = low.replace("'", "") or low
        if low.endswith("'s") and bare not in self._known and low[:-2] in self._known:
            return low[:-2]
        return self._resolved(bare)

    def _resolved(self, low: str) -> str:
        """Return the known word behind a spelling, else the spelling without stretching and leet."""
        found = self._settled(low)
        if found is not None:
            return found
        if _HAS_DIGIT.search(low) and len(_LETTER.findall(low)) * 2 >= len(low):
            for table in (LEET, LEET_L):
                plain = low.translate(table)
                # "d4" is a name, and no "da" for "the": that is two guesses of which no letter is left.
                found = None if len(plain) == _PAIR and plain in self._spellings else self._settled(plain)
                if found is not None:
                    return found
            if _MIXED.match(low):
                low = low.translate(LEET)
        return low if len(set(low)) == len(low) else THREE_OR_MORE.sub(r"\1", low)

    def _settled(self, low: str) -> str | None:
        """Return the known word that a form stands for as it is or unstretched, else None."""
        for form in _unstretched(low):
            found = self._spellings.get(form)
            if found is not None:
                return found
            if form in self._known:
                return form
        return None


def _unstretched(low: str) -> tuple[str, ...]:
    """Return the form and its less stretched forms, the least changed first."""
    # Of letters each of which stands there once, none is stretched.
    if len(set(low)) == len(low) or not _TWO_OR_MORE.search(low):
        return (low,)
    twice = THREE_OR_MORE.sub(r"\1\1", low)
    once = THREE_OR_MORE.sub(r"\1", low)
    single = _TWO_OR_MORE.sub(r"\1", low)
    # Of ``weekk`` and ``goodd`` the last letter alone is stretched, as most are that were held down.
    ended = (twice[:-1],) if _ENDS_TWICE.search(twice) else ()
    if twice == low and len(single) < _MIN_UNDOUBLED:
        # ``Dee``, ``Ann`` and ``Joo`` are names, not stretched ``de``, ``an`` and ``jo``.
        is_told = low[-1] in _NEVER_LAST_TWICE or len(low) > _MIN_UNDOUBLED
        return (low, *ended) if is_told else (low,)
    return (low, twice, once, *ended, single)
