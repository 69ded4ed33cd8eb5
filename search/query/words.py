"""Cuts text into words: the one tokenizer of search, for texts, for queries and for highlights.

SQLite's and Elasticsearch's own tokenizers disagree (on emoji, on marks, on scripts that are newer than their tables),
and a server upgrade would move a hit. So both index the words that this module makes, joined by spaces.

A word is a run of letters, digits and marks, folded (NFKC, case folding, Latin letters without their marks: whoever
looks for `cafe` means `café` too, and phones are typed on without them); an emoji or another symbol is a word of its
own. Invisible characters inside a word are dropped, so that a zero-width space hides nothing; so do letters in circles
read as letters. A run of more than ``WORD_CHARS`` is cut into several words, since both stores bound a term's length.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import chain

WORD_CHARS = 100
"""Characters at most in one word; Lucene's whitespace tokenizer cuts at 255 UTF-16 units."""

WORDS_VERSION = "3"
"""Changes whenever the words of any text do, or the texts that free text finds: an index made with another version must
be rebuilt. 2: Latin letters without their marks. 3: notes of contacts."""

_FOLDING_ROUNDS = 5
_REMEMBERED = 20_000
"""Characters whose kind is remembered; bounds the memory that hostile text can take."""

_ASCII_WORD = re.compile(rf"[a-z0-9]{{1,{WORD_CHARS}}}")
_ASCII_KINDS = bytes(ord(chr(code).lower()) if chr(code).isalnum() and code < 128 else 32 for code in range(256))
"""By byte: a letter or digit as it is in a word, a space for the rest. Half the time of the pattern above."""
_INVISIBLE = frozenset(
    chain(
        (0xAD, 0x34F, 0x61C, 0x180E, 0x20E3, 0xFEFF),
        range(0x200B, 0x2010),
        range(0x202A, 0x202F),
        range(0x2060, 0x2070),
        range(0xFE00, 0xFE10),
        range(0x1F3FB, 0x1F400),
        range(0xE0000, 0xE1000),
    )
)
"""Soft hyphens, joiners, direction marks, variation selectors, key caps, skin tones, tags."""
_REPLACEMENTS = frozenset([0xFFFC, 0xFFFD])
"""Stand where something else was: they part words and are none."""
_CIRCLED_LETTERS = frozenset([*range(0x249C, 0x24EA), *range(0x1F110, 0x1F14A)])
_MARKS_IN_A_ROW = 30
"""As many as Unicode's stream-safe text has (UAX 15, section 13)."""
_LONG_RUN = re.compile(rf"[^\w\s]{{{_MARKS_IN_A_ROW + 1}}}")
_LATIN_MARKS = re.compile(r"(?<=[a-z])[\u0300-\u036f]+")
"""Accents behind the letter that they stand on, once it was taken apart."""
_LATIN_LETTERS = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ħ": "h", "\u0131": "i", "æ": "ae", "œ": "oe", "ð": "d"})
"""Letters that Unicode does not take apart."""
_PICTURES = range(0x1F000, 0x1FC00)
"""Blocks of emoji, whole: an interpreter's tables may not know the newest."""


class _Kinds(dict[int, str | None]):
    """What a character becomes before text is split: itself, nothing, a space, or a word of its own."""

    def __missing__(self, code: int) -> str | None:
        kind = _kind(code)
        if len(self) < _REMEMBERED:
            self[code] = kind
        return kind


def _kind(code: int) -> str | None:
    character = chr(code)
    if code in _INVISIBLE:
        return None
    if code in _REPLACEMENTS:
        return " "
    category = unicodedata.category(character)
    if category[0] in "LNM" or code in _CIRCLED_LETTERS:
        return character
    return f" {character} " if category == "So" or code in _PICTURES else " "


_KINDS = _Kinds()


def words(text: str) -> list[str]:
    """Return the words of a text, folded, in order."""
    if text.isascii():
        return _cut(text.encode("ascii").translate(_ASCII_KINDS).decode("ascii"))
    found = text.translate(_KINDS)
    if _LONG_RUN.search(found):
        found = _crowded_marks().sub(r"\1", found)
    for _ in range(_FOLDING_ROUNDS):
        folded = found.casefold()
        if not folded.isascii():
            folded = _without_accents(unicodedata.normalize("NFKC", folded))
        if folded == found:
            break
        # Folding can make what is no word character: U+00BD is "1", a fraction slash, "2".
        found = folded.translate(_KINDS)
    return _cut(found)


@cache
def _crowded_marks() -> re.Pattern[str]:
    """Return what finds more marks in a row than text has: putting them in order takes time with their square."""
    marks = "".join(chr(code) for code in range(0x20000) if unicodedata.combining(chr(code)))
    return re.compile(rf"([{marks}]{{{_MARKS_IN_A_ROW}}})[{marks}]+")


def _without_accents(folded: str) -> str:
    """Return the text with Latin letters bare; marks of other scripts stay, as they tell letters apart there."""
    bare = _LATIN_MARKS.sub("", unicodedata.normalize("NFD", folded).translate(_LATIN_LETTERS))
    return unicodedata.normalize("NFC", bare)


def _cut(found: str) -> list[str]:
    parts = found.split()
    if len(found) > WORD_CHARS and max(map(len, parts), default=0) > WORD_CHARS:
        return [part[at : at + WORD_CHARS] for part in parts for at in range(0, len(part), WORD_CHARS)]
    return parts


def word_spans(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each word with the span it stands at, in code points of the text; the same words as ``words``.

    Words that came of one run by folding or by cutting have the span of the whole run.
    """
    if text.isascii():
        for match in _ASCII_WORD.finditer(text.lower()):
            yield match.group(), match.start(), match.end()
        return
    for start, end in _runs(text):
        for word in words(text[start:end]):
            yield word, start, end


def _runs(text: str) -> Iterator[tuple[int, int]]:
    start: int | None = None
    for at, character in enumerate(text):
        kind = _KINDS[ord(character)]
        if kind is None or (kind == character and kind != " "):
            start = at if start is None and kind is not None else start
            continue
        if start is not None:
            yield start, at
            start = None
        if kind != " ":
            yield at, at + 1
    if start is not None:
        yield start, len(text)
