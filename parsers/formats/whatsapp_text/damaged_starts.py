"""Lines that were the start of a message before something in their date or time was damaged.

No start can be made of them, so that they stay in the text in which they stand; but that they were one is likely enough
to be said: numbers as of a date and a time, and behind them a sender whom other lines show.
"""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Final

from parsers.formats.whatsapp_text.line_bodies import parted
from parsers.formats.whatsapp_text.line_starts import START_CHARS

_DIGIT_SOON: Final = re.compile(r".{0,3}[0-9]", re.DOTALL)
_BREAK: Final = re.compile("[ \u00a0\u2009\u202f][-\u2013\u2014][ \u00a0\u2009\u202f]|\\] ?")
_DATED: Final = re.compile(
    r"\[?[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4},?\s[0-9:.]{3,10}(?:\s?[ap]\.?\s?m\.?)?", re.IGNORECASE
)
_LOST: Final = "\ufffd"
_LOST_BREAK: Final = re.compile(f"{_LOST}[{_LOST}\\] \u00a0\u2009\u202f\u2013\u2014-]*|{_BREAK.pattern}")
"""Behind what a sender may stand where something of the start could not be decoded, the break itself too."""

_BEYOND_ASCII: Final = re.compile(r"[^\x00-\x7f]")
_LOST_FRONT: Final = re.compile(f"{_LOST}+(?=[0-9./,:-])")
"""Behind what figures of a date or a time may stand."""

_NEAR_LOSS: Final = re.compile(
    rf"{_LOST}[^{_LOST}\n]{{0,24}}?(?P<moment>(?<![0-9./-])[0-9./-]{{1,10}},?\s[0-9:.]{{3,10}}(?:\s?[ap]\.?\s?m\.?)?)"
    rf"(?:{_BREAK.pattern})",
    re.IGNORECASE,
)
"""What is left of a date and a whole time soon behind what was lost: damaged octets may be characters of a text too."""

_FEWEST_DIGITS: Final = 6
_MOST_BEHIND_TIME: Final = 3
_MOST_LETTERS: Final = 4
_NAME_CHARS: Final = 256
_MOST_FRONT: Final = START_CHARS + _NAME_CHARS + 2
_NUMBER: Final = re.compile("[0-9]+")
_MARKS_OF_DATE: Final = 2
_UNKNOWN_NAME: Final = re.compile(r"[^:\n]{1,40}: ")


def is_damaged_start(line: str, senders: Container[str]) -> bool:
    """Whether a line that begins no message looks as if it had.

    Args:
        line: Without its line end.
        senders: Those of the chat, as written.
    """
    if _DIGIT_SOON.match(line) is None:
        return False
    found = _BREAK.search(line, 0, START_CHARS)
    if found is None:
        return False
    moment, rest = line[: found.start()], line[found.end() : found.end() + _NAME_CHARS]
    if sum(map(str.isdigit, moment)) < _FEWEST_DIGITS or sum(map(str.isalpha, moment)) > _MOST_LETTERS:
        return False
    sender, separator, _ = parted(rest)
    if separator and sender in senders:
        return True
    # Of a sender whom no other line shows the moment alone tells, where it is nearly whole.
    return _DATED.fullmatch(moment) is not None and _UNKNOWN_NAME.match(rest) is not None


def is_begun_start(line: str, front: str) -> bool:
    """Whether a line in which a file ends is the beginning of a start: at least the date up to its year.

    Args:
        line: Without a line end.
        front: Date and time of another message of the chat, with what stands around them.
    """
    begun, whole = _NUMBER.sub("0", line[:START_CHARS]), _NUMBER.sub("0", front)
    return begun.count("0") > _MARKS_OF_DATE and whole.startswith(begun)


def loses_start(line: str, senders: Container[str], *, is_start: bool, is_of_page: bool) -> bool:
    """Whether a message began in a line before characters of that beginning were lost, or of the line end before it.

    Args:
        line: Without its line end; octets of it could not be decoded.
        senders: Those of the chat, as written.
        is_start: Whether the line begins a message, so that only another one can be meant.
        is_of_page: Whether a code page was assumed, which has a character for any octets that damage leaves.
    """
    marked = _BEYOND_ASCII.sub(_LOST, line) if is_of_page else line
    if not is_start and (_names_sender(line, marked, senders) or (not is_of_page and _is_dated_before_loss(line))):
        return True
    if _is_dated_behind_loss(line, marked, senders):
        return True
    return any(
        _names_sender(line[start : start + _MOST_FRONT], marked[start : start + _MOST_FRONT], senders)
        for start in (found.start() for found in _LOST_FRONT.finditer(marked))
    )


def _is_dated_before_loss(line: str) -> bool:
    """Whether a whole date and time stand in front of what was lost, and behind it a name may end."""
    moment = _DATED.match(line)
    if moment is None:
        return False
    lost = line.find(_LOST, moment.end(), moment.end() + _MOST_BEHIND_TIME + 1)
    name = _UNKNOWN_NAME.match(line, moment.end()) if lost != -1 else None
    return name is not None and lost < name.end()


def _is_dated_behind_loss(line: str, marked: str, senders: Container[str]) -> bool:
    """Whether a date whose front may be lost, a time and a sender of the chat stand soon behind what was lost."""
    for found in _NEAR_LOSS.finditer(marked):
        sender, separator, _ = parted(line[found.end() : found.end() + _NAME_CHARS])
        if separator and sender in senders and sum(map(str.isdigit, found["moment"])) >= _FEWEST_DIGITS:
            return True
    return False


def _names_sender(line: str, marked: str, senders: Container[str]) -> bool:
    """Whether a sender stands behind a place where a break is or was, and figures enough before it.

    Args:
        line: As it is read.
        marked: The same with U+FFFD for each character that may be one that was lost.
        senders: Those of the chat, as written.
    """
    lost = marked.find(_LOST, 0, START_CHARS)
    if lost == -1:
        return False
    for found in _LOST_BREAK.finditer(marked, 0, START_CHARS):
        front = marked[: found.start()]
        sender, separator, _ = parted(line[found.end() : found.end() + _NAME_CHARS])
        if (
            separator
            and sender in senders
            and lost < found.end()
            and sum(map(str.isdigit, front)) >= _FEWEST_DIGITS
            and sum(map(str.isalpha, front)) <= _MOST_LETTERS
        ):
            return True
    return False
