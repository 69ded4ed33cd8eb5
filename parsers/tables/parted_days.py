"""Times whose parts stand in columns of their own: day, month and year; a serial number of a day and a share of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

_SERIAL = re.compile(r"([2-6][0-9]{4})(?:[.,]0{1,17})?")
_SHARE = re.compile(r"0?[.,]([0-9]{1,17})|0")
_DAY = re.compile(r"0?[1-9]|[12][0-9]|3[01]")
_MONTH = re.compile(r"0?[1-9]|1[0-2]")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_NAMED = re.compile(r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?", re.IGNORECASE)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PARTS: Final = 3
_YEAR_DIGITS: Final = 4
_DAY_DIGITS: Final = 2
_CENTURY: Final = 2000
_YEARS: Final = range(1970, 2100)
_WEEKDAY: Final = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_NUMBERED_DAY = re.compile(
    _WEEKDAY
    + r"(?P<first>[0-9]{4}|[0-9]{1,2})(?P<mark>[-/.])(?P<second>[0-9]{1,2})(?P=mark)(?P<third>[0-9]{4}|[0-9]{1,2})",
    re.IGNORECASE,
)
_MONTH_NAME = re.compile(
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
_NAMED_DAY = re.compile(
    _WEEKDAY + r"(?:(?P<day>[0-9]{1,2})[-/. ](?P<month>[a-z]{3,9}\.?)[-/. ](?P<year>[0-9]{4}|[0-9]{2})"
    r"|(?P<front>[a-z]{3,9}\.?) (?P<number>[0-9]{1,2}),? (?P<last>[0-9]{4}))",
    re.IGNORECASE,
)


def is_calendar_day(text: str) -> bool:
    """Whether a text is a day of the calendar with its year: in numbers with marks, or with the name of a month."""
    numbered, named = _NUMBERED_DAY.fullmatch(text), _NAMED_DAY.fullmatch(text)
    if numbered is not None:
        first, second, third = numbered["first"], numbered["second"], numbered["third"]
        if len(first) == _YEAR_DIGITS:
            return _is_day(first, second, third)
        return len(third) != 1 and (_is_day(third, second, first) or _is_day(third, first, second))
    if named is None:
        return False
    month = (named["month"] or named["front"]).rstrip(".").casefold()
    if _MONTH_NAME.fullmatch(month) is None:
        return False
    number = str(_MONTHS.index(month[:3]) + 1)
    return _is_day(named["year"] or named["last"], number, named["day"] or named["number"])


def _is_day(year: str, month: str, day: str) -> bool:
    years = int(year) + (_CENTURY if len(year) < _YEAR_DIGITS else 0)
    if len(day) > _DAY_DIGITS or years not in _YEARS:
        return False
    try:
        date(years, int(month), int(day))
    except ValueError:
        return False
    return True


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
