"""Texts that speak of a new number and are from the old one, though they name none that can be read.

"got a new phone its 0 double 7 double 0 900 355 sack this one off" comes from the number that is given up: it is no
proof that its sender is new. A text that gives up "the old one" is.
"""

from __future__ import annotations

import re
from typing import Final

from parsers.phone_numbers import to_e164

_OWN: Final = r"(?:this|dis) (?:(?:old )?(?:one|1|num\w*|no|phone|fone|line|sim|digits?)\b|(?=off\b|now\b|[.,!]|$))"
_GIVES_UP: Final = re.compile(
    rf"(?<!\w)(?<!dont )(?<!don't )(?<!not )(?:sack|bin|delete|del|ditch|scrap|lose|forget|dash|bang|get rid of|"
    rf"stop (?:ringing|texting|using)|(?:dont|don't|do not) (?:ring|text|use|call)) {_OWN}"
    rf"|(?<!\w){_OWN} ?(?:is|s|'s|will be|gets?|getting|goin[g']?)? ?(?:going |goin )?"
    r"(?:dead|off|done|gone|cut off)\b(?! the\b)",
    re.IGNORECASE,
)
_DOUBLED: Final = re.compile(r"\b(double|treble|triple) ([0-9o]|oh|zero)\b", re.IGNORECASE)
_ZERO: Final = re.compile(r"(?<=\d )(?:oh|o|zero)\b|\b(?:oh|o|zero)(?= ?\d)", re.IGNORECASE)
_WRITTEN: Final = re.compile(r"(?<!\d)(?:\+44 ?|0 ?)7(?: ?\d){9}(?!\d)")


def is_from_old_number(body: str, sender: str) -> bool:
    """Whether a text gives up the number that it came from, or tells of another one in figures and words."""
    return _GIVES_UP.search(body) is not None or _names_another(body, sender)


def _names_another(body: str, sender: str) -> bool:
    figures = _ZERO.sub("0", _DOUBLED.sub(_repeated, body))
    return any(to_e164(found.group().replace(" ", "")) != sender for found in _WRITTEN.finditer(figures))


def _repeated(found: re.Match[str]) -> str:
    figure = found.group(2) if found.group(2).isdigit() else "0"
    return figure * (2 if found.group(1).casefold() == "double" else 3)
