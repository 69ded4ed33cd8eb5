"""A name and its number in two lines of one cell, as Oxygen writes each side: ``Jay``, below it ``+447700900123``.

Lines of which each second one is a number, and each one before it a name, are so many people. A name alone, or two
numbers below it, may be recipients of whom the tool knows the one and not the other: they are left apart.
"""

from __future__ import annotations

import re
from typing import Final

from parsers.language_words import sides
from parsers.phone_numbers import BETWEEN_PARTIES, to_e164
from parsers.tables.label_parts import FEWEST_DIGITS, split_label

_LINE = re.compile(r"(?:_x000D_)?[\r\n]+|_x000D_\s*$")
_SEMICOLON = re.compile(BETWEEN_PARTIES)
_ROLES: Final = "|".join((*sides()["from"], *sides()["to"]))
_ROLE_FRONT = re.compile(
    rf"\s*(?:from|to|cc|bcc|general|participants?|sender|recipients?|{_ROLES})\s*:\s*", re.IGNORECASE
)
_DIGIT = re.compile(r"[0-9]")
_LONGEST: Final = 2_000
_PAIR: Final = 2


def paired_lines(text: str, region: str) -> list[tuple[str, str]]:
    """Return names and their numbers, each pair of two lines; empty where the lines of a cell are no such pairs.

    Args:
        text: The cell. A role may stand in front of a name (``From: Jay``); it is left there.
        region: Of numbers without a country code.
    """
    if len(text) > _LONGEST or ("\n" not in text and "\r" not in text):
        return []
    lines = [line.strip() for line in _LINE.split(text) if line.strip()]
    pairs = list(zip(lines[::2], lines[1::2], strict=False))
    is_paired = len(lines) % _PAIR == 0 and all(is_name(name) and to_e164(number, region) for name, number in pairs)
    return pairs if is_paired else []


def sender_in_lines(text: str, region: str) -> str:
    """Return the cell of one sender with its name above its number where a semicolon parts them; else as it is.

    Nothing has two senders, but many a text went to somebody who is saved and to somebody who is not.
    """
    if ";" not in text or len(text) > _LONGEST:
        return text
    parts = [part.strip() for part in _SEMICOLON.split(text) if part.strip()]
    if len(parts) != _PAIR:
        return text
    name, number = parts if to_e164(parts[1], region) else reversed(parts)
    return f"{name}\n{number}" if is_name(name) and to_e164(number, region) else text


def is_name(text: str) -> bool:
    """Whether a line may be a name: letters, no address, no field of its own, and no number in it."""
    bare = _ROLE_FRONT.sub("", text, count=1)
    has_letters = any(map(str.isalpha, bare)) and "@" not in bare and ":" not in bare
    return has_letters and len(_DIGIT.findall(bare)) < FEWEST_DIGITS and split_label(bare)[1] is None
