"""Template ids: a digest of the masked wording, spelling taken away.

Two wordings have one id when they agree after masking, normal forms and the fold below, which takes double letters and
inner vowels of longer words away, so that ``avalible`` and ``available`` agree, and the order of the letters behind the
first, so that ``quikc`` and ``quick`` do; and pairs that are as often written as one word agree with it
(``contractions``). The digest is of the wording alone: the same on every machine, in every order.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b

from nlp.templates.contractions import contracted
from nlp.templates.figures import figures_alike

_LONG_WORD = 5
"""Words from this length on are compared by their consonants; shorter ones would run into each other."""

_SHORTEST_SWAPPED = 3
"""Words from this length on are compared by their letters behind the first in any order: ``opne`` is ``open``."""
_SOUNDS = (("ck", "k"), ("c", "k"), ("qu", "kw"), ("z", "s"), ("gh", "g"))
_VOWELS = frozenset("aeiouy")
_DIGEST_BYTES = 8


def template_id(parts: Iterable[str]) -> str:
    """Return the id of a masked wording; slots are passed in braces."""
    key = " ".join(map(_folded, figures_alike(contracted(parts))))
    digest = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES, person=b"trapline.tmpl")
    return f"t-{digest.hexdigest()}"


@lru_cache(maxsize=65536)
def _folded(word: str) -> str:
    """Return what of a word survives misspelling."""
    # A slot, in its braces, is no word of letters.
    if len(word) < _SHORTEST_SWAPPED or not word.isalpha():
        return word
    # before its length is looked at: "phat" is "fat", and "phone" is "fone"
    word = word.replace("ph", "f")
    if len(word) < _LONG_WORD:
        return word[0] + "".join(sorted(word[1:]))
    plain = word
    for sound, letter in _SOUNDS:
        plain = plain.replace(sound, letter)
    plain = plain.removesuffix("g") if plain.endswith("ng") else plain
    return plain[0] + "".join(sorted(set(plain[1:]) - _VOWELS))
