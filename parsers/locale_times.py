"""Times as a region's settings print them: ``14/09/2016 16:49:42(UTC-3)``, ``3/16/2012 1:44:08 PM(UTC+0)``.

Vendors print metadata and spreadsheets so. Whether 03/04 is a day in April or in March the text alone does not say;
a column of them often does, and a submitter may state it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import msgspec

DAY_FIRST: Final = "day_first"
MONTH_FIRST: Final = "month_first"
YEAR_FIRST: Final = "year_first"
"""Of dates with a year of two digits; no submitter states it."""

YEAR_OPEN: Final = "year_open"
"""Such dates of which nothing tells whether day or year is in front."""

_MONTH_COUNT: Final = 12
_NOON: Final = 12
_CENTURY_PIVOT: Final = 70
_TWO_DIGITS: Final = 2

# A weekday says nothing that the date does not.
_WEEKDAY: Final = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?[ ]+)?"
_LOCALE = re.compile(
    rf"""\s* {_WEEKDAY}
    (?: (?P<year_a>[0-9]{{4}}) [-/.] (?P<month_a>[0-9]{{1,2}}) [-/.] (?P<day_a>[0-9]{{1,2}})
      | (?P<one>[0-9]{{1,2}}) (?P<mark>[-/.\ ]) (?P<two>[0-9]{{1,2}}|[A-Z]{{3,9}}\.?) (?P=mark)
        (?P<year_b>[0-9]{{4}}|[0-9]{{2}})
      | (?P<month_c>[A-Z]{{3,9}})\.?\ +(?P<day_c>[0-9]{{1,2}}),?\ +(?P<year_c>[0-9]{{4}})
    )
    (?: ,?\s+ | T )
    (?P<hour>[0-9]{{1,2}}) [:.] (?P<minute>[0-9]{{2}})
    (?: [:.](?P<second>[0-9]{{2}}) (?: (?:[.,]|:(?=[0-9]{{3}}\b)) (?P<fraction>[0-9]{{1,9}}) )? )?
    \s* (?P<half>[AP]\.?M\.?)?
    \s* (?P<zone>
          [(\[] (?:UTC|GMT)
            (?: \ ?(?P<sign_a>[+-])\ ?(?P<hours_a>[0-9]{{1,2}}) (?: :?(?P<minutes_a>[0-9]{{2}}) )? )? [)\]]
        | (?: (?:UTC|GMT)\ ? )? (?P<sign_b>[+-]) (?P<hours_b>[0-9]{{1,2}}) (?: :?(?P<minutes_b>[0-9]{{2}}) )?
        | UTC | GMT | Z
    )?
    \s*""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_YEAR_LAST = re.compile(
    rf"\s*({_WEEKDAY}[A-Z]{{3,9}}\.?\ +[0-9]{{1,2}})\ +([0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}})?)"
    rf"(\ +(?:UTC|GMT|Z|[+-][0-9]{{2}}:?[0-9]{{2}}))?\ +([0-9]{{4}})\s*",
    re.IGNORECASE | re.ASCII,
)
"""As C and Java print a time: ``Thu Sep 14 16:49:42 UTC 2023``."""
_NUMERIC_DATE = re.compile(
    rf"\s*{_WEEKDAY}([0-9]{{1,2}})[-/ ]([0-9]{{1,2}})[-/ ](?:[0-9]{{4}}|[0-9]{{2}})(?![0-9])", re.IGNORECASE
)
_PRINTED_HOUR = re.compile(
    r"([0-9]{1,2}[-/. ](?:[0-9]{1,2}|[A-Za-z]{3,9})[-/. ][0-9]{4},? )([0-9]{1,2}):([0-5][0-9]:[0-5][0-9])"
    r"([ (]{0,2}[A-Za-z]{0,3}[+-]?[0-9]{0,2}(?::?[0-9]{2})?\)?)"
)
_MONTH_NAMES: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_SHORTEST_MONTH_NAME: Final = 3


class WrittenTime(msgspec.Struct, frozen=True, gc=False):
    """What a printed time says, before anything is checked against a calendar.

    Attributes:
        month: 0 where day and month cannot be told apart; ``day`` is then 0 too.
        fraction: Digits behind the second, as written.
        offset_minutes: Minutes east of UTC as stated. None: none is stated.
        is_utc: Whether the text names UTC itself, without a number.
    """

    year: int
    month: int
    day: int
    hour: int
    minute: int
    second: int
    fraction: str
    offset_minutes: int | None
    is_utc: bool

    @property
    def is_ambiguous(self) -> bool:
        """Whether the text does not tell day and month apart."""
        return self.month == 0


def read_written_time(text: str, date_order: str | None) -> WrittenTime | None:
    """Return what the text says, or None where it is in no form that is known.

    Args:
        text: Printed time, in plain characters.
        date_order: ``day_first`` or ``month_first``, for dates that do not say it themselves. None: not known.
            ``year_first`` or ``year_open`` for those of three numbers of two digits.
    """
    match = _LOCALE.fullmatch(text)
    if match is None and (year_last := _YEAR_LAST.fullmatch(text)) is not None:
        match = _LOCALE.fullmatch(year_last.expand(r"\1, \4 \2\3"))
    if match is None:
        return None
    parts = match.groupdict()
    date_parts = _date_of(parts, date_order)
    hour = _hour_of(int(parts["hour"]), parts["half"])
    if date_parts is None or hour is None:
        return None
    year, month, day = date_parts
    sign, hours = parts["sign_a"] or parts["sign_b"], parts["hours_a"] or parts["hours_b"]
    offset = None
    if hours is not None:
        minutes = int(parts["minutes_a"] or parts["minutes_b"] or 0)
        if minutes >= 60:
            return None
        offset = (int(hours) * 60 + minutes) * (-1 if sign == "-" else 1)
    return WrittenTime(
        year=year,
        month=month,
        day=day,
        hour=hour,
        minute=int(parts["minute"]),
        second=int(parts["second"] or 0),
        fraction=parts["fraction"] or "",
        offset_minutes=offset,
        is_utc=parts["zone"] is not None and hours is None,
    )


def printed_hour(text: str) -> tuple[tuple[str, str, str], str] | None:
    """Return date, hour and what stands behind, and minute and second, of a time as most are printed.

    Times of one hour differ in the latter alone, so that what they are can be found once for all. None: it is in
    another form. What is in this form may be no time all the same.
    """
    match = _PRINTED_HOUR.fullmatch(text)
    if match is None:
        return None
    date, hour, rest, zone = match.groups()
    return (date, hour, zone), rest


def decide_date_order(texts: Iterable[str]) -> str | None:
    """Return the order of day and month that a column of times shows, or None where it shows none.

    A column is printed with one setting: a single date with a day above 12 tells it for all. Dates that contradict
    each other (a column pasted together) decide nothing.
    """
    shown: set[str] = set()
    for text in texts:
        match = _NUMERIC_DATE.match(text)
        if match is None:
            continue
        order = _order_shown(int(match[1]), int(match[2]))
        if order is not None:
            shown.add(order)
    return shown.pop() if len(shown) == 1 else None


def _order_shown(one: int, two: int) -> str | None:
    if one > _MONTH_COUNT >= two:
        return DAY_FIRST
    return MONTH_FIRST if two > _MONTH_COUNT >= one else None


def _date_of(parts: dict[str, str | None], date_order: str | None) -> tuple[int, int, int] | None:
    """Return year, month and day; month and day 0 where they are not told apart; None for an unknown month name."""
    if parts["year_a"] is not None:
        return int(parts["year_a"]), int(parts["month_a"] or 0), int(parts["day_a"] or 0)
    year = _year_of(parts["year_b"] or parts["year_c"] or "")
    named = parts["month_c"] or parts["two"] or ""
    if not named.isdigit():
        month = _month_of(named)
        return None if month is None else (year, month, int(parts["day_c"] or parts["one"] or 0))
    if date_order in {YEAR_FIRST, YEAR_OPEN}:
        if len(parts["year_b"] or "") == len(parts["one"] or "") == _TWO_DIGITS:
            in_front = (_year_of(parts["one"] or ""), int(named), int(parts["year_b"] or 0))
            return in_front if date_order == YEAR_FIRST else (year, 0, 0)
        date_order = None
    one, two = int(parts["one"] or 0), int(named)
    # Full stops stand between day and month in every region that prints them.
    order = DAY_FIRST if parts["mark"] == "." or one == two else _order_shown(one, two) or date_order
    if order is None:
        return year, 0, 0
    return (year, two, one) if order == DAY_FIRST else (year, one, two)


def _year_of(text: str) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return year + (1900 if year >= _CENTURY_PIVOT else 2000)


def _month_of(name: str) -> int | None:
    folded = name.rstrip(".").lower()
    found = [number for number, month in enumerate(_MONTH_NAMES, 1) if month.startswith(folded) or folded == month[:4]]
    return found[0] if len(found) == 1 and len(folded) >= _SHORTEST_MONTH_NAME else None


def _hour_of(hour: int, half: str | None) -> int | None:
    """Return the hour of the day. None for ``0:15 PM``, which is no time; ``16:49 PM`` is 16:49 all the same."""
    if half is None or hour > _NOON:
        return hour
    is_afternoon = half[0] in "Pp"
    if hour == 0:
        return None if is_afternoon else 0
    return hour % _NOON + (_NOON if is_afternoon else 0)
