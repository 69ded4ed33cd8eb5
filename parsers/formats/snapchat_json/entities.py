"""Reads the references to characters that the service writes in texts: ``&amp;``, ``&#39;``, ``&#x1F44D;``.

A reference ends with a semicolon. What has none (``?a=1&copy=2``) is the text itself, whatever a browser makes of it.
"""

from __future__ import annotations

import re
from html.entities import html5
from typing import Final

from parsers.stored_text import SURROGATE, SURROGATE_PAIR

_REFERENCE = re.compile(r"&(?:#(?:([0-9]+)|[xX]([0-9A-Fa-f]+))|([A-Za-z][A-Za-z0-9]{1,31}));")
_HIGH, _LOW, _SUPPLEMENTARY = 0xD800, 0xDC00, 0x10000
_LAST: Final = 0x10FFFF
_MOST_DIGITS: Final = 12


def without_references(text: str) -> tuple[str, int]:
    """Return a text with its references read, and how many of them name no character; each is one U+FFFD.

    Two that name the halves of a character are that character.
    """
    if "&" not in text:
        return text, 0
    unnamed = 0

    def character(match: re.Match[str]) -> str:
        nonlocal unnamed
        decimal, hexadecimal, name = match.groups()
        if name is not None:
            return html5.get(f"{name};", match[0])
        digits = (decimal or hexadecimal).lstrip("0")
        code = int(digits or "0", 10 if decimal else 16) if len(digits) <= _MOST_DIGITS else 0
        if 0 < code <= _LAST:
            return chr(code)
        unnamed += 1
        return "\ufffd"

    found, lone = SURROGATE.subn("\ufffd", SURROGATE_PAIR.sub(_joined, _REFERENCE.sub(character, text)))
    return found, unnamed + lone


def _joined(pair: re.Match[str]) -> str:
    return chr(_SUPPLEMENTARY + ((ord(pair[1]) - _HIGH) << 10) + ord(pair[2]) - _LOW)
