"""What the cells of a workbook say: numbers and dates as text, and the escapes that stand for control characters.

A workbook keeps a date as a number of days, and shows it by a format; which formats show dates is in ECMA-376, part 1,
18.8.30 (numFmts) and 18.17.4 (dates and times).
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Final

from parsers.stored_text import mend_escaped

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_WHOLE = re.compile(r"-?[0-9]{1,18}")
_NUMBER = re.compile(r"-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_EXACT_BELOW: Final = 1e15
"""A number of a workbook has 15 digits that hold; what stands behind them was lost when it was typed or computed."""

_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_ZEROS = re.compile(r"0{2,}")
_DATE_IDS: Final = (14, 15, 16, 17, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58)
_TIME_IDS: Final = (18, 19, 20, 21, 32, 33, 45, 47)

_DAY_MS: Final = 86_400_000
_MOST_DAYS: Final = 2_958_466
_EPOCH_1900: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - what a workbook stores has no zone
_EPOCH_1904: Final = datetime(1904, 1, 1)  # noqa: DTZ001 - as above
_FALSE_LEAP_DAY: Final = 60
"""The 1900 system has a 29 February 1900; days before it count one less."""


class Shown(IntEnum):
    """What the format of a cell shows its number as."""

    NUMBER = 0
    DATE = 1
    TIME = 2
    DATE_AND_TIME = 3
    SPAN = 4


_BUILT_IN: Final = {
    **dict.fromkeys(_DATE_IDS, Shown.DATE),
    **dict.fromkeys(_TIME_IDS, Shown.TIME),
    22: Shown.DATE_AND_TIME,
    46: Shown.SPAN,
}


def shown_by(format_id: int, code: str | None) -> tuple[Shown, int]:
    """Return what a number format shows, and how many digits it pads a whole number to (0: it does not).

    Args:
        format_id: Number of a built-in format, or of one of the workbook's own.
        code: The workbook's own code. None: built in.
    """
    if code is None:
        return _BUILT_IN.get(format_id, Shown.NUMBER), 0
    plain = _QUOTED.sub("", code.split(";")[0]).casefold()
    if _ZEROS.fullmatch(plain):
        return Shown.NUMBER, len(plain)
    if "[h" in plain or "[m" in plain or "[s" in plain:
        return Shown.SPAN, 0
    has_date = "y" in plain or "d" in plain
    has_time = "h" in plain or "s" in plain
    if "general" in plain or not (has_date or has_time):
        return Shown.NUMBER, 0
    return (Shown.DATE_AND_TIME if has_date and has_time else Shown.DATE if has_date else Shown.TIME), 0


def number_text(raw: str, padded_to: int = 0) -> tuple[str, bool]:
    """Return a stored number as text, and whether digits of it were lost before it was stored.

    A whole number is written out; a raw text that is no number is given back as it is.
    """
    text = raw.strip()
    if _WHOLE.fullmatch(text):
        digits = text.lstrip("-")
        is_rounded = len(digits) > 15 and digits[15:].strip("0") == ""
        return (text if text.startswith("-") else text.zfill(padded_to)), is_rounded
    if not _NUMBER.fullmatch(text):
        return raw, False
    value = float(text)
    if value.is_integer() and abs(value) < 1e22:
        whole = str(int(value))
        return (whole.zfill(padded_to) if value >= 0 else whole), abs(value) >= _EXACT_BELOW
    return repr(value), False


def moment_text(raw: str, shown: Shown, *, is_1904: bool = False) -> str | None:
    """Return a stored number of days as ISO 8601 text without a zone; None where it is none.

    To the millisecond, which is what the number of days can hold; a second that the arithmetic missed by less is whole.
    """
    text = raw.strip()
    if not _NUMBER.fullmatch(text):
        return None
    days = float(text)
    if shown is Shown.SPAN or (shown is Shown.TIME and days < 1):
        return _span_text(round(days * _DAY_MS)) if 0 <= days < _MOST_DAYS else None
    if not 0 <= days < _MOST_DAYS:
        return None
    before_leap_day = timedelta(days=days < _FALSE_LEAP_DAY)
    epoch = _EPOCH_1904 if is_1904 else _EPOCH_1900 + before_leap_day
    at = epoch + timedelta(milliseconds=round(days * _DAY_MS))
    if shown is Shown.DATE and at.hour == at.minute == at.second == at.microsecond == 0:
        return at.date().isoformat()
    return at.isoformat(timespec="milliseconds" if at.microsecond else "seconds")


def _span_text(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    text = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return f"{text}.{rest:03}" if rest else text


def unescaped(text: str) -> tuple[str, int]:
    """Return the text with its ``_xHHHH_`` escapes as characters, and how many lone surrogates were replaced.

    ``_x005F_`` is how a workbook writes an underscore that would else begin an escape.
    """
    if "_x" not in text:
        return text, 0
    plain = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    joined = plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return mend_escaped(joined)
