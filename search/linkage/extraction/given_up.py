"""Texts that speak of a new number and are from the old one, though they name none that can be read.

"got a new phone its 0 double 7 double 0 900 355 sack this one off" comes from the number that is given up: it is no
proof that its sender is new. A text that gives up "the old one" is, and so is one that says when or how the number is
not to be used ("dont ring this number after 10").
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
_AT_TIMES: Final = re.compile(
    # How the number is to be used: "dont text this one just ring it"
    r"[ ,.]*(?:(?:just|only|jus) (?:ring|text|txt|call|bell|phone|whatsapp)\b"
    # When it is not: "at 3am", "after 10", "most mornings", "in the mornings"
    r"|(?:at|after|b4|before|til|till|until) (?:about )?(?:\d[\d:.]*+(?! ?(?:[ap]m)? (?:tonight|2nite|today|tom))"
    r"|night|midnight|noon|dark)"
    r"|(?:(?:most|in|on|every|all) )?(?:the |a |of the )?(?:morning|evening|night|afternoon|weekend|day)s\b"
    r"|(?:in|of) the (?:morning|evening|night|day|week)\b|(?:most|half) (?:of )?(?:the )?(?:time|day|morning)s?\b)",
    re.IGNORECASE,
)
_DOUBLED: Final = re.compile(r"\b(double|treble|triple) ([0-9o]|oh|zero)\b", re.IGNORECASE)
_ZERO: Final = re.compile(r"(?<=\d )(?:oh|o|zero)\b|\b(?:oh|o|zero)(?= ?\d)", re.IGNORECASE)
_WRITTEN: Final = re.compile(r"(?<!\d)(?:\+44 ?|0 ?)7(?: ?\d){9}(?!\d)")


def is_from_old_number(body: str, sender: str) -> bool:
    """Whether a text gives up the number that it came from, or tells of another one in figures and words."""
    is_given_up = any(_AT_TIMES.match(body, found.end()) is None for found in _GIVES_UP.finditer(body))
    return is_given_up or _names_another(body, sender)


def _names_another(body: str, sender: str) -> bool:
    figures = _ZERO.sub("0", _DOUBLED.sub(_repeated, body))
    return any(to_e164(found.group().replace(" ", "")) != sender for found in _WRITTEN.finditer(figures))


def _repeated(found: re.Match[str]) -> str:
    figure = found.group(2) if found.group(2).isdigit() else "0"
    return figure * (2 if found.group(1).casefold() == "double" else 3)
