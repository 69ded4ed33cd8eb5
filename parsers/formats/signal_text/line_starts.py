"""The start of a message in an exported chat: ``[2019-12-24, 12:23] Jane Doe: Hello``.

Older forms of the tool print the minute and a comma behind the date, newer ones seconds and none. What stands in the
brackets is the year first in all of them, so that no day is taken for a month.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

_START: Final = re.compile(
    r"""\[(?P<moment>(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2}),?[ ]
    (?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?)\][ ]
    (?P<sender>\S.{0,255}?):(?:[ ]|$)""",
    re.VERBOSE,
)
_SPOILED: Final = re.compile("[\\[\ufffd][0-9\ufffd]{1,4}[-\ufffd][-0-9\ufffd,: ]{8,16}[\\]\ufffd]")
"""A start of which characters could not be decoded, whatever is left of its sender."""

_BEGUN: Final = re.compile(r"\[[0-9]{4}(?:-[-0-9,: ]{0,15}(?:\].*)?)?")
_MONTHS: Final = 12
_MONTH_DAYS: Final = 31
_DAY_SECONDS: Final = 86_400


class LineStart(msgspec.Struct, frozen=True, gc=False):
    """What stands at the front of a line.

    Attributes:
        raw: Date and time as written.
        iso: The same as ISO 8601 writes it, whether there is such a time or not.
        key: Grows with the time: its local second, every month with 31 days.
        end: Where the text begins.
    """

    raw: str
    iso: str
    key: int
    has_seconds: bool
    sender: str
    end: int


def read_start(line: str) -> LineStart | None:
    """Return the start of a message that stands at the front of the line, or None."""
    found = _START.match(line)
    if found is None:
        return None
    moment, year, month, day, hour, minute, second, sender = found.groups()
    days = (int(year) * _MONTHS + int(month)) * _MONTH_DAYS + int(day)
    seconds = (int(hour) * 60 + int(minute)) * 60 + int(second or 0)
    return LineStart(
        raw=moment,
        iso=f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}",
        key=days * _DAY_SECONDS + seconds,
        has_seconds=second is not None,
        sender=sender,
        end=found.end(),
    )


def is_spoiled_start(line: str) -> bool:
    """Whether a line in which characters were replaced began a message."""
    return "\ufffd" in line and _SPOILED.match(line) is not None


def is_begun_start(line: str) -> bool:
    """Whether the last line of a file, without its end, is the beginning of a start, the year at least."""
    return _BEGUN.fullmatch(line) is not None
