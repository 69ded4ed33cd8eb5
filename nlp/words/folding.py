"""A shadow of a text for matching: plain letters in place of decorated ones, with the way back to the body.

The stored body is never changed. Every code point of the shadow knows the code point of the body that it came from,
so that an offset in the shadow is an offset in the body. ASCII texts are their own shadow.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import chain
from typing import NamedTuple

_HOMOGLYPHS = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0455\u0458\u043a\u043c\u0442\u043d\u0432"
    "\u0410\u0415\u041e\u0420\u0421\u0423\u0425\u0406\u0405\u0408\u041a\u041c\u0422\u041d\u0412"
    "\u03b1\u03bf\u03c1\u03bd\u03c4\u03b9\u03ba\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7"
    "\u03b2\u03c9\u03b5\u042c\u044c\u043f",
    "aeopcyxisjkmthbAEOPCYXISJKMTHBaopvtikABEZHIKMNOPTYXbweBbn",
)
"""Cyrillic and Greek letters that look like Latin ones; used only in texts that hold Latin letters too."""

_PLAIN = {
    "\u2018": "'", "\u2019": "'", "\u201b": "'", "\u02bc": "'", "`": "'", "\u00b4": "'",
    "\u201c": '"', "\u201d": '"', "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-",
    "\u2212": "-",
    "\u0142": "l", "\u0141": "L", "\u00f8": "o", "\u00d8": "O", "\u0111": "d", "\u0110": "D", "\u00df": "ss",
    "\u00d7": "x", "\u2044": "/", "\u0131": "i", "\u0192": "f",
}  # fmt: skip
_SMALL_CAPITALS = dict(
    zip(
        "\u1d00\u0299\u1d04\u1d05\u1d07\ua730\u0262\u029c\u026a\u1d0a\u1d0b\u029f"
        "\u1d0d\u0274\u1d0f\u1d18\u0280\ua731\u1d1b\u1d1c\u1d20\u1d21\u028f\u1d22",
        "abcdefghijklmnoprstuvwyz",
        strict=True,
    )
)
"""Small capitals, which phones' fonts for show write whole texts in; they have no compatibility decomposition."""

_ENCLOSED = ((0x1F130, 0x1F149), (0x1F150, 0x1F169), (0x1F170, 0x1F189))
"""Squared and circled capitals A to Z that have no compatibility decomposition."""

_KEPT_WHITE = frozenset("\n\r\t ")
_MAX_FOLD = 4
"""Longest replacement of one code point; some Arabic ligatures decompose into whole phrases."""

_HAS_LATIN = re.compile("[A-Za-z]")
_BLANKS = re.compile(" {2,}")
_JOINER = "\u200d"
_SKIN_TONES = frozenset("\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")
_GENDERS = frozenset("\u2640\u2642")
_HAS_PARTS = re.compile(f"[{_JOINER}{''.join(sorted(_SKIN_TONES))}]")
_PICTURE = "[\u2600-\u27bf\u2b1b\u2b1c\U0001f000-\U0001f12f\U0001f18e-\U0001f3fa\U0001f400-\U0001faff]"
_STYLES = f"[\ufe0e\ufe0f{''.join(sorted(_SKIN_TONES))}]*"
_WHOLE_PICTURE = re.compile(f"{_PICTURE}{_STYLES}(?:{_JOINER}{_PICTURE}{_STYLES})*")
"""A picture as it is seen, which may be made of several (Unicode Technical Standard 51, "emoji ZWJ sequence")."""
SIGNS_BEHIND = re.compile(
    f"[\ufe0f\u20e3{''.join(sorted(_SKIN_TONES))}]*(?:{_JOINER}[{''.join(sorted(_GENDERS))}]\ufe0f?)?"
)
"""What belongs to a picture and has no place in the shadow: that it is in colour or a key, its skin, its sex."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Shadow(NamedTuple):
    """The shadow of a text.

    Attributes:
        text: For matching. Holds no surrogates, no combining marks, and of what is invisible the joiners of a picture
            that is made of several alone.
        lower: ``text`` in lower case, of the same length.
        starts: For each code point of ``text``, its code point in the body. None: they are the same.
    """

    text: str
    lower: str
    starts: tuple[int, ...] | None


def fold(body: str) -> Shadow:
    """Return the shadow of a body; any string will do.

    Of several blanks in a row one is left: they say nothing, but for those between letters apart, which part words.
    """
    shadow = _folded(body)
    return _with_one_blank(shadow) if "  " in shadow.text else shadow


def _with_one_blank(shadow: Shadow) -> Shadow:
    runs = [found.span() for found in _BLANKS.finditer(shadow.text)]
    runs = [(start, end) for start, end in runs if not _parts_letters(shadow.text, start, end)]
    if not runs:
        return shadow
    starts = range(len(shadow.text)) if shadow.starts is None else shadow.starts
    kept = [0, *(at for start, end in runs for at in (start + 1, end)), len(shadow.text)]
    parts = list(zip(kept[::2], kept[1::2], strict=True))
    return Shadow(
        "".join([shadow.text[start:end] for start, end in parts]),
        "".join([shadow.lower[start:end] for start, end in parts]),
        tuple(chain.from_iterable(starts[start:end] for start, end in parts)),
    )


def _parts_letters(text: str, start: int, end: int) -> bool:
    """Whether blanks stand between two single letters or digits: the words of ``n i g h t s   2   n o w``."""
    before, behind = text[max(0, start - 2) : start], text[end : end + 2]
    return before[-1:].isalnum() and not before[:-1].isalnum() and behind[:1].isalnum() and not behind[1:].isalnum()


def _folded(body: str) -> Shadow:
    if body.isascii():
        text = body if body.isprintable() else _CONTROL.sub(" ", body)
        return Shadow(text, text.lower(), None)
    source = body.translate(_HOMOGLYPHS) if _HAS_LATIN.search(body) else body
    pieces = [_FOLDED[char] for char in source]
    if _HAS_PARTS.search(body):
        _keep_pictures_whole(body, pieces)
    text = "".join(pieces)
    starts: tuple[int, ...] | None = None
    if len(text) != len(body) or any(len(piece) != 1 for piece in pieces):
        starts = tuple(at for at, piece in enumerate(pieces) for _ in piece)
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    return Shadow(text, lower, starts)


def _keep_pictures_whole(body: str, pieces: list[str]) -> None:
    """Keep the joiners of each picture that is made of several: a family is no man, who stands for a cook as well.

    What makes a person in it light or dark, a woman or a man, goes: it says nothing.
    """
    for found in _WHOLE_PICTURE.finditer(body):
        for at in range(found.start() + 1, found.end()):
            if body[at] in _SKIN_TONES or (body[at] in _GENDERS and body[at - 1] == _JOINER):
                pieces[at] = ""
            elif body[at] == _JOINER and body[at + 1] not in _GENDERS:
                pieces[at] = _JOINER


def _fold_char(char: str) -> str:
    point = ord(char)
    if char in _PLAIN:
        return _PLAIN[char]
    if char in _SMALL_CAPITALS:
        return _SMALL_CAPITALS[char]
    if point < 0x80:
        return char if char in _KEPT_WHITE or char.isprintable() else " "
    for first, last in _ENCLOSED:
        if first <= point <= last:
            return chr(point - first + ord("A"))
    return _fold_by_category(char, unicodedata.category(char))


def _fold_by_category(char: str, category: str) -> str:
    """Fold a code point above ASCII by what Unicode says it is."""
    folded = char
    if category == "Cs":
        folded = "\ufffd"
    elif category in {"Mn", "Me", "Cf"}:
        # Combining marks, joiners of letters, direction marks, variation selectors, soft hyphens: nothing that is read.
        folded = ""
    elif category[0] == "Z" or category == "Cc":
        folded = "\n" if char in "\u2028\u2029\x85" else " "
    elif category[0] in "LN":
        # A base letter with its marks becomes the base letter; ligatures and styled letters become plain ones.
        base = unicodedata.normalize("NFKD", char)
        folded = "".join(part for part in base if unicodedata.category(part) != "Mn")[:_MAX_FOLD] or char
    elif category in {"Po", "Ps", "Pe", "Sm", "Sc"}:
        folded = unicodedata.normalize("NFKC", char)
    return folded


class _FoldedChars(dict[str, str]):
    """Folded code points, filled as they are met; at most one entry a code point of Unicode."""

    def __missing__(self, char: str) -> str:
        folded = _fold_char(char)
        self[char] = folded
        return folded


_FOLDED = _FoldedChars()
