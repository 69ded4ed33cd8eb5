"""What a tool writes beside the people in a cell of parties: how a text fared with each, and marks at their names.

Cellebrite puts ``Status: Delivered`` and ``Read: 14/09/2023 16:52:00`` under each recipient, and an asterisk behind a
name that it took from the phone book.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from parsers.phone_numbers import to_e164

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
_TIMED = re.compile(
    r"\s*(?:date |time )?(?:(?P<delivered>delivered|zugestellt)|read|gelesen)(?: date| time| at)?"
    rf"\s*:\s*(?P<at>{_WHEN})\s*",
    re.IGNORECASE,
)
_BEHIND = re.compile(rf"(?<=\S)\s*\((?:{_FARED})\)\s*$", re.IGNORECASE)
_MARK = re.compile(r"(?<=[^\W\d_])\*\s*$")
_SENDER = re.compile(r"\s*from\s*:", re.IGNORECASE)
_ROLE_ALONE = re.compile(r"\s*(?:from|to|cc|bcc)\s*:\s*", re.IGNORECASE)
_SIDE = re.compile(r"\s*(?:from|to|cc|bcc)\s*:", re.IGNORECASE)
_STATE = re.compile(rf"\s*(?:{_FARED})\s*", re.IGNORECASE)
_LONGEST_KEPT: Final = 500
"""Longer cells, of groups, are not held on to."""

_FURTHER_SIDE = re.compile(r"(?<=\S)[ \t]+(?=(?:from|to|cc|bcc)\s*:\s*\S)", re.IGNORECASE)


def fared_times(text: str) -> tuple[str | None, str | None]:
    """Return when a text was read and when it was delivered, as a cell of parties says beside one recipient.

    None: it does not say so, or of several recipients, which each have a time of their own.
    """
    return _fared_times(text) if len(text) <= _LONGEST_KEPT else _fared_times.__wrapped__(text)


@lru_cache(maxsize=4_096)
def _fared_times(text: str) -> tuple[str | None, str | None]:
    lines = _LINE.split(text)
    timed = [found for line in lines if (found := _TIMED.fullmatch(line)) is not None]
    people = _without_states([line for line in lines if line.strip() and not _OF_TEXT.fullmatch(line)])
    if not timed or sum(_SENDER.match(line) is None for line in _with_names(people)) > 1:
        return None, None
    delivered = [found["at"].strip() for found in timed if found["delivered"]]
    read = [found["at"].strip() for found in timed if not found["delivered"]]
    return (read[0] if len(read) == 1 else None), (delivered[0] if len(delivered) == 1 else None)


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
    held = _without_states([line for line in parted if not _OF_TEXT.fullmatch(line)])
    if has_marks:
        held = [_MARK.sub("", _BEHIND.sub("", line)) for line in held]
    held = _with_names(held)
    return text if held == lines or not any(map(str.strip, held)) else "\n".join(held)


def _with_names(lines: list[str]) -> list[str]:
    """Return the lines of a cell with each side in one: its role, its number and its name may stand in three.

    Behind a number alone a line of letters is its name: of a sender; of recipients where each has one, and either their
    role stands in a line of its own or there are several. Else it may be a second recipient.
    """
    if not any(map(_SIDE.match, lines)):
        return lines
    found: list[str] = []
    for held in _blocks(lines):
        rows = [line for line in held if line.strip()]
        is_alone = len(rows) > 1 and _ROLE_ALONE.fullmatch(held[0]) is not None
        block = [f"{rows[0].strip()} {rows[1].strip()}", *rows[2:]] if is_alone else held
        rows = block if is_alone else rows
        pairs = list(zip(rows[::2], rows[1::2], strict=False))
        is_told = is_alone or len(pairs) > 1 or _SENDER.match(block[0]) is not None
        is_paired = is_told and len(rows) % 2 == 0 and all(map(_is_number_and_name, pairs))
        found += [f"{number.rstrip()} {name.strip()}" for number, name in pairs] if is_paired else block
    return found


def _without_states(lines: list[str]) -> list[str]:
    """Return the lines without those that say alone, behind a number, how a text fared with it: ``Delivered``."""
    return [
        line
        for before, line in zip(["", *lines], lines, strict=False)
        if not (_STATE.fullmatch(line) and _number_of(before) is not None)
    ]


def _blocks(lines: list[str]) -> list[list[str]]:
    """Return the lines in blocks, each of what stands under one role."""
    blocks: list[list[str]] = []
    for line in lines:
        if not blocks or _SIDE.match(line):
            blocks.append([])
        blocks[-1].append(line)
    return blocks


def _is_number_and_name(pair: tuple[str, str]) -> bool:
    number, name = pair
    has_name = ":" not in name and not any(map(str.isdigit, name)) and any(map(str.isalpha, name))
    return has_name and _STATE.fullmatch(name) is None and _number_of(number) is not None


def _number_of(line: str) -> str | None:
    return to_e164(_SIDE.sub("", line, count=1).strip())
