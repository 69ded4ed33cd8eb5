"""Times whose parts stand in columns of their own: day, month and year; a serial number of a day and a share of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_SERIAL = re.compile(r"([2-6][0-9]{4})(?:[.,]0{1,17})?")
_SHARE = re.compile(r"0?[.,]([0-9]{1,17})|0")
_DAY = re.compile(r"0?[1-9]|[12][0-9]|3[01]")
_MONTH = re.compile(r"0?[1-9]|1[0-2]")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_NAMED = re.compile(r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?", re.IGNORECASE)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PARTS: Final = 3


def serial_time(texts: Sequence[str]) -> str | None:
    """Return the serial number of an instant whose day and time of day stand apart: ``45498``, ``0.541666667``.

    As a spreadsheet program stores both. None: the two texts are something else.
    """
    if len(texts) != 2:
        return None
    day, share = _SERIAL.fullmatch(texts[0]), _SHARE.fullmatch(texts[1])
    return None if day is None or share is None else f"{day[1]}.{share[1] or '0'}"


def parted_day(texts: Sequence[str]) -> str | None:
    """Return the day that three texts are, in ISO 8601: the day first, then month and year in either order.

    None: they are none, or a month is no month.
    """
    if len(texts) != _PARTS or not _DAY.fullmatch(texts[0]):
        return None
    years = [text for text in texts[1:] if _YEAR.fullmatch(text)]
    months = [month for text in texts[1:] if (month := _month_of(text)) is not None]
    return f"{years[0]}-{months[0]:02}-{int(texts[0]):02}" if len(years) == len(months) == 1 else None


def _month_of(text: str) -> int | None:
    if _MONTH.fullmatch(text):
        return int(text)
    named = _NAMED.fullmatch(text)
    return None if named is None else _MONTHS.index(named[1].casefold()) + 1
