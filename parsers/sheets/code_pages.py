"""Which code page of Windows a text of single bytes was written in: the western one, or that of central Europe.

Most bytes are a letter in both, so that the text shows it in three ways only: words that a language's tables have, as
``Treść``; letters that stand where no word has them (``by³a``, ``Ÿle``, ``czeœæ``); and the pound sign, which the page
of central Europe lacks. What shows neither is western, as it is in most deliveries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from parsers.language_words import accented_words

WESTERN: Final = "cp1252"
CENTRAL: Final = "cp1250"
SHOWN_NAMES: Final = {WESTERN: "Windows-1252", CENTRAL: "Windows-1250"}
_WORD = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_POUNDS = re.compile(rb"(?<![A-Za-z\x80-\xff])\xa3 ?[0-9]")
_MOST_WORDS: Final = 50_000
_ENOUGH: Final = 2
_KNOWN: Final = 2
"""A word of a language's tables is enough by itself."""

_ODD_LETTERS = re.compile(r"\u0178(?=[a-z])|(?<=[a-z])\u0178|\u0153\u00e6")
"""A capital that words have at most among capitals, and ligatures in a row: \u0178le, cze\u0153\u00e6."""


def code_page_of(pieces: Iterator[bytes]) -> str:
    """Return the page, as Python names it, of a text whose characters are one byte each."""
    words: set[bytes] = set()
    for piece in pieces:
        if piece.isascii():
            continue
        if _POUNDS.search(piece):
            return WESTERN
        if len(words) < _MOST_WORDS:
            words.update(_WORD.findall(piece))
    central = western = 0
    for word in words:
        as_western, as_central = (word.decode(page, "replace") for page in (WESTERN, CENTRAL))
        if as_western == as_central:
            continue
        western += _KNOWN * (as_western.casefold() in accented_words())
        central += _KNOWN * (as_central.casefold() in accented_words())
        central += as_central.isalpha() and _is_no_word(as_western)
    return CENTRAL if central >= _ENOUGH and central > western else WESTERN


def _is_no_word(text: str) -> bool:
    """Whether a run holds a sign between letters, a byte that is nothing, or letters as no word has them."""
    signs = (place for place in range(1, len(text) - 1) if not text[place].isalpha())
    is_broken = any(text[place - 1].isalpha() and text[place + 1].isalpha() for place in signs)
    return is_broken or "\ufffd" in text or _ODD_LETTERS.search(text) is not None
