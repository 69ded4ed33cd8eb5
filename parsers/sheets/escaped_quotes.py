r"""Quotation marks within quotes that a backslash escapes, where a text shows that it writes them so.

Databases (``SELECT ... INTO OUTFILE``) and scripts do; spreadsheet programs double them. A backslash at the end of a
cell (``"C:\photos\"``) escapes nothing, so one alone tells neither.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

ESCAPED: Final = '\\"'
_PAIR = re.compile(r'(\\\\)|\\"')
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*+)"', re.DOTALL)


def is_escaped(text: str, place: int) -> bool:
    """Whether an odd number of backslashes stands in front of a place: two are one that is escaped itself."""
    before = place
    while before and text[before - 1] == "\\":
        before -= 1
    return (place - before) % 2 == 1


def without_escapes(text: str) -> str:
    """Return a text with its escaped quotation marks alone; any other backslash stays, two of them as well."""
    return _PAIR.sub(lambda found: found[1] or '"', text)


def escapes_quotes(text: str, delimiter: str, *, is_whole: bool) -> bool:
    """Whether a text escapes quotation marks with a backslash: all of it can be read so, and one mark only so.

    Args:
        text: Rows of the text, from the first.
        delimiter: One character.
        is_whole: Whether it ends where the text does; else its last cell may be cut.
    """
    if ESCAPED not in text:
        return False
    marks = _patterns(delimiter)
    place, is_shown = 0, False
    while place < len(text):
        if text[place] == '"':
            quoted = _QUOTED.match(text, place)
            if quoted is None:
                # It never closes: cut, or a backslash in front of the last mark escapes nothing.
                return is_shown and not is_whole
            is_shown = is_shown or marks[1].search(quoted[1]) is not None
            place = quoted.end()
            if place < len(text) and text[place] not in (delimiter, "\r", "\n"):
                return False
        else:
            plain = marks[0].match(text, place)
            place = place if plain is None else plain.end()
            if place < len(text) and text[place] == '"':
                return False
        place += 1
    return is_shown


@lru_cache(maxsize=16)
def _patterns(delimiter: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what a cell without quotes is, and an escaped mark behind which no cell could end."""
    ends = re.escape(delimiter)
    return re.compile(rf'[^"{ends}\r\n]*'), re.compile(rf'(?<!\\)(?:\\\\)*\\"(?!{ends}|[\r\n"]|\Z)')
