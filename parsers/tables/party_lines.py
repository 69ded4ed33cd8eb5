"""What a tool writes beside the people in a cell of parties: how a text fared with each, and marks at their names.

Cellebrite puts ``Status: Delivered`` and ``Read: 14/09/2023 16:52:00`` under each recipient, and an asterisk behind a
name that it took from the phone book.
"""

from __future__ import annotations

import re
from typing import Final

_FARED: Final = (
    "delivered|read|received|sent|played|seen|failed|pending|not sent|not delivered|unread|unknown"
    "|zugestellt|gelesen|empfangen|gesendet|abgespielt|gesehen|fehlgeschlagen|ausstehend"
    "|nicht gesendet|nicht zugestellt|ungelesen|unbekannt"
)
_WHEN: Final = (
    r"[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}"
    r"(?:[ T,]+[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?(?:\.[0-9]+)?(?: ?[ap]m)?)?(?: ?\(?(?:UTC|GMT)[^)]{0,12}\)?)?"
)
_LINE = re.compile(r"(?:_x000D_)?\r?\n|\r")
_OF_TEXT = re.compile(
    rf"\s*(?:(?:message )?status|(?:date |time )?(?:{_FARED})(?: date| time| at)?)\s*:\s*(?:(?:{_FARED}|{_WHEN})\s*)?",
    re.IGNORECASE,
)
_BEHIND = re.compile(rf"(?<=\S)\s*\((?:{_FARED})\)\s*$", re.IGNORECASE)
_MARK = re.compile(r"(?<=[^\W\d_])\*\s*$")
_SIDE = re.compile(r"\s*(?:from|to|cc|bcc)\s*:", re.IGNORECASE)
_FURTHER_SIDE = re.compile(r"(?<=\S)[ \t]+(?=(?:from|to|cc|bcc)\s*:\s*\S)", re.IGNORECASE)


def people_alone(text: str, *, has_marks: bool) -> str:
    """Return a cell of parties with those alone, each side in a line of its own; the same text where they are.

    Args:
        text: The cell. One that says nothing but how a text fared stays as it is.
        has_marks: Whether the tool marks names: elsewhere ``Dave*`` may be what somebody was saved as.
    """
    if ":" not in text and "*" not in text and ")" not in text:
        return text
    lines = _LINE.split(text)
    parted = [part for line in lines for part in (_FURTHER_SIDE.split(line) if _SIDE.match(line) else (line,))]
    held = [line for line in parted if not _OF_TEXT.fullmatch(line)]
    if has_marks:
        held = [_MARK.sub("", _BEHIND.sub("", line)) for line in held]
    return text if held == lines or not any(map(str.strip, held)) else "\n".join(held)
