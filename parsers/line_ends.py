"""Line ends that a transfer spoiled, told by nearly all lines of a file's front: one line alone may end in its text.

A transfer that takes CR LF for LF writes CR CR LF; a program that writes the two the wrong way round, LF CR.
"""

from __future__ import annotations

from typing import Final

_FEWEST: Final = 2
"""One line that ends so may have a text that ends in a carriage return."""

_SHARE: Final = (9, 10)


def has_doubled_returns(front: str) -> bool:
    """Whether lines end with CR CR LF, of which both carriage returns belong to the line end."""
    return "\r\r\n" in front and _is_nearly_all(front.count("\r\r\n"), front.count("\n"))


def has_returns_behind(front: str) -> bool:
    """Whether lines end with LF CR: the carriage return in front of a line belongs to the line before it."""
    if "\n\r" not in front:
        return False
    # A blank line that ends with CR LF looks like one; behind the last line feed nothing may stand.
    found = front.count("\n\r") - front.count("\n\r\n")
    return _is_nearly_all(found, front.count("\n") - front.endswith("\n"))


def _is_nearly_all(found: int, total: int) -> bool:
    return found >= _FEWEST and found * _SHARE[1] >= total * _SHARE[0]
