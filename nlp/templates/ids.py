"""Template ids: a digest of the masked wording, spelling taken away.

Two wordings have one id when they agree after masking, normal forms and the fold below, which takes double letters and
inner vowels of longer words away, so that ``avalible`` and ``available`` agree. The digest is of the wording alone:
the same on every machine, in every order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b

_LONG_WORD = 5
"""Words from this length on are compared by their consonants; shorter ones would run into each other."""

_REPEATED = re.compile(r"(.)\1+")
_SOUNDS = (("ph", "f"), ("ck", "k"), ("qu", "kw"), ("z", "s"), ("gh", "g"))
_VOWELS = re.compile(r"[aeiouy]")
_DIGEST_BYTES = 8


def template_id(parts: Iterable[str]) -> str:
    """Return the id of a masked wording; slots are passed in braces."""
    key = " ".join([_folded(part) for part in parts])
    digest = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES, person=b"trapline.tmpl")
    return f"t-{digest.hexdigest()}"


@lru_cache(maxsize=65536)
def _folded(word: str) -> str:
    """Return what of a word survives misspelling."""
    # A slot, in its braces, is no word of letters.
    if len(word) < _LONG_WORD or not word.isalpha():
        return word
    plain = word
    for sound, letter in _SOUNDS:
        plain = plain.replace(sound, letter)
    plain = plain.removesuffix("g") if plain.endswith("ing") else plain
    return _REPEATED.sub(r"\1", plain[0] + _VOWELS.sub("", plain[1:]))
