"""Which number of the dates is the day: told by the whole file, never by one line, and never guessed.

A file is written with one setting. Each order is tried on every date: one that makes impossible dates, or lets the
chat run backwards, is not the file's. Where two orders do equally well, the names of attached files may show
it; else day and month are not told apart.
"""

from __future__ import annotations

from array import array
from collections import Counter
from functools import lru_cache
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from parsers.formats.whatsapp_text.line_starts import Layout
from parsers.locale_times import DAY_FIRST, MONTH_FIRST

YEAR_FIRST: Final = "year_first"

_PLACES: Final = {DAY_FIRST: (2, 1, 0), MONTH_FIRST: (2, 0, 1), YEAR_FIRST: (0, 1, 2)}
"""Where year, month and day stand among the three numbers."""

_SEVERAL: Final = 2
"""Dates that no calendar has: one of them may have been typed."""

_FIRST_YEAR: Final = 2009
"""WhatsApp was first released in 2009; an order that puts a chat before that is not the file's."""

_LAST_YEAR: Final = 2199
_MONTH_DAYS: Final = np.array([0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
_CENTURY: Final = 2000
_DISTINCT_DAYS: Final = 3
_DAY_SECONDS: Final = 86_400

_Numbers = npt.NDArray[np.int64]


class DateColumn:
    """The dates of all starts of one layout, in file order: four numbers a start.

    Attributes:
        witnesses: Order to the number of lines whose attached file's name shows that order and no other.
    """

    def __init__(self) -> None:
        self._values = array("i")
        self.witnesses: Counter[str] = Counter()

    def add(self, numbers: tuple[int, int, int], clock: tuple[int, int, int]) -> None:
        """Take the next start."""
        hour, minute, second = clock
        self._values.extend((*numbers, hour * 3600 + minute * 60 + second))

    def add_witness(self, numbers: tuple[int, int, int], named: tuple[int, int, int], layout: Layout) -> None:
        """Take the date that the name of an attached file shows, beside the date of its line."""
        orders = [order for order in orders_of(layout) if date_of(numbers, order) == named]
        if len(orders) == 1:
            self.witnesses[orders[0]] += 1

    def __len__(self) -> int:
        """Return how many starts there are."""
        return len(self._values) // 4

    def rows(self) -> _Numbers:
        """Return the starts as rows of three numbers and the second of the day."""
        return np.frombuffer(self._values, dtype=np.int32).reshape(-1, 4).astype(np.int64)


class DateOrder(msgspec.Struct, frozen=True):
    """What a layout's dates show.

    Attributes:
        name: ``day_first``, ``month_first`` or ``year_first``. None: day and month are not told apart.
        disagrees: Whether the order that the submitter states makes impossible dates, so that the file's own is used.
        shown: The order that the dates themselves show: not the submitter, nor the mark alone. None: they show none.
        is_lent: Whether it is that of other chats, which the dates of this one do not show.
    """

    name: str | None
    disagrees: bool = False
    shown: str | None = None
    is_lent: bool = False


class _Trial(msgspec.Struct, frozen=True):
    name: str
    impossible: int
    faults: int


def date_of(numbers: tuple[int, int, int], order: str) -> tuple[int, int, int]:
    """Return year, month and day of a date as the order reads it; nothing is checked against a calendar."""
    of_year, of_month, of_day = _PLACES[order]
    year, month, day = numbers[of_year], numbers[of_month], numbers[of_day]
    return (year + _CENTURY if year < 100 else year), month, day


@lru_cache(maxsize=4_096)
def possible_dates(numbers: tuple[int, int, int], layout: Layout) -> frozenset[tuple[int, int, int]]:
    """Return what the date can be as it stands alone; asked for every message, and a day has many."""
    dates = {date_of(numbers, order) for order in orders_of(layout)}
    return frozenset(
        (year, month, day) for year, month, day in dates if 1 <= month <= 12 and 1 <= day <= _MONTH_DAYS[month]
    )


def decide_order(
    layout: Layout, column: DateColumn, stated: str | None = None, lent: str | None = None, *, begins_file: bool = True
) -> DateOrder:
    """Return the order of a layout's dates.

    Args:
        layout: How the starts are written.
        column: All of them.
        stated: ``day_first`` or ``month_first`` as the submitter states it. None: nothing is stated.
        lent: The order of other chats of the handset, for dates that show none. None: there are none, or they differ.
        begins_file: Whether the first of them is the first start of the file.
    """
    rows = column.rows()
    trials = [_trial(name, rows) for name in orders_of(layout)]
    own = _best(trials, column, layout, begins_file=begins_file)
    shown = own
    if layout.mark == "." and own is not None:
        without_mark = msgspec.structs.replace(layout, mark="/")
        shown = own if _best(trials, column, without_mark, begins_file=begins_file) == own else None
    impossible = {trial.name: trial.impossible for trial in trials}
    if stated in impossible:
        if not impossible[stated]:
            return DateOrder(stated, shown=stated if shown == stated else None)
        return DateOrder(own, disagrees=True, shown=shown)
    if shown is None and lent is not None and impossible.get(lent) == 0:
        return DateOrder(lent, is_lent=lent != own)
    return DateOrder(own, shown=shown)


def sort_keys(rows: _Numbers, order: str) -> _Numbers:
    """Return a number a start that grows with its time: its local second, every month with 31 days."""
    year, month, day = _dates(rows, order)
    return ((year * 12 + month) * 31 + day) * _DAY_SECONDS + rows[:, 3]


def possible_keys(rows: _Numbers, layout: Layout) -> list[_Numbers]:
    """Return ``sort_keys`` in each order that a layout may have; a date that is none in it is as another reads it."""
    names = orders_of(layout)
    keys = [sort_keys(rows, name) for name in names]
    are_dates = [
        (month >= 1) & (month <= len(_MONTH_DAYS) - 1) & (day >= 1) & (day <= _MONTH_DAYS.max())
        for _, month, day in (_dates(rows, name) for name in names)
    ]
    return [np.select([is_date, *are_dates], [own, *keys], own) for own, is_date in zip(keys, are_dates, strict=True)]


def date_form(layout: Layout) -> str:
    """Return what the layouts have in common in which one handset writes its dates, whichever clock it is set to."""
    front = "[" if layout.is_bracketed else ":" if layout.is_before_colon else "-"
    return f"whatsapp_text {front} {layout.mark} {layout.year}"


def orders_of(layout: Layout) -> tuple[str, ...]:
    """Return the orders in which a layout's dates may be written."""
    if layout.year == "first":
        return (YEAR_FIRST,)
    return (DAY_FIRST, MONTH_FIRST, YEAR_FIRST) if layout.year == "short" else (DAY_FIRST, MONTH_FIRST)


def _trial(name: str, rows: _Numbers) -> _Trial:
    year, month, day = _dates(rows, name)
    is_month = (month >= 1) & (month <= 12)
    longest = _MONTH_DAYS[np.where(is_month, month, 0)]
    is_leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    longest = np.where((month == 2) & ~is_leap, 28, longest)
    is_date = is_month & (day >= 1) & (day <= longest) & (year >= _FIRST_YEAR) & (year <= _LAST_YEAR)
    keys = sort_keys(rows[is_date], name)
    impossible = int(np.count_nonzero(~is_date))
    return _Trial(name, impossible, impossible + int(np.count_nonzero(np.diff(keys) < 0)))


def _dates(rows: _Numbers, order: str) -> tuple[_Numbers, _Numbers, _Numbers]:
    year, month, day = (rows[:, place] for place in _PLACES[order])
    return np.where(year < 100, year + _CENTURY, year), month, day


def _best(trials: list[_Trial], column: DateColumn, layout: Layout, *, begins_file: bool) -> str | None:
    if layout.year == "short":
        trials = _without_unlikely_year(trials, column.rows(), layout)
    if begins_file:
        trials = _with_possible_first(trials, column.rows())
    if layout.mark == "." and not (trials := _without_unlikely_month(trials)):
        return None
    trials = sorted(trials, key=lambda trial: trial.faults)
    best = trials[0]
    if len(trials) == 1:
        return best.name
    second = trials[1]
    # A line that somebody typed to look like a start, or one that came late, must not decide for all the others.
    # Dates that no calendar has weigh more than lines that stand late.
    has_no_other = best.impossible == 0 and second.impossible >= _SEVERAL and second.faults > best.faults
    if second.faults > 2 * best.faults or has_no_other:
        return best.name
    shown = [trial.name for trial in trials if column.witnesses[trial.name]]
    return shown[0] if len(shown) == 1 else None


def _with_possible_first(trials: list[_Trial], rows: _Numbers) -> list[_Trial]:
    """Return the trial that alone makes a date of the file's first start, if all of its dates are possible; else all.

    That start stands in the text of no message, so that nobody typed it.
    """
    first = [trial for trial in trials if not _trial(trial.name, rows[:1]).impossible]
    return first if len(first) == 1 and not first[0].impossible else trials


def _without_unlikely_month(trials: list[_Trial]) -> list[_Trial]:
    """Return the trials that are left between full stops. Empty: too little shows the rare order to read it.

    Every region that prints full stops has the day first. A handset may be set otherwise: several dates that no
    calendar has show it; a single one may be typed, and an order of time may come about by chance.
    """
    by_name = {trial.name: trial for trial in trials}
    if not by_name.keys() >= {DAY_FIRST, MONTH_FIRST}:
        return trials
    day_first, month_first = by_name[DAY_FIRST], by_name[MONTH_FIRST]
    if day_first.faults <= 2 * month_first.faults:
        return [trial for trial in trials if trial is not month_first]
    return [trial for trial in trials if trial is not day_first] if day_first.impossible >= _SEVERAL else []


def _without_unlikely_year(trials: list[_Trial], rows: _Numbers, layout: Layout) -> list[_Trial]:
    """Return the trials that are left when the year is looked for: it stands still while the day changes."""
    firsts, lasts = (len(np.unique(rows[:, place])) for place in (0, 2))
    by_name = {trial.name: trial for trial in trials}
    year_first, others = by_name[YEAR_FIRST], [trial for trial in trials if trial.name != YEAR_FIRST]
    if layout.mark == "-":
        if lasts == 1 and firsts >= _DISTINCT_DAYS:
            return others
        if firsts == 1 and lasts >= _DISTINCT_DAYS:
            return [year_first]
        return trials
    # ``20/01/19`` with the year in front is printed nowhere with slashes or full stops, unless nothing else fits.
    return [year_first] if all(trial.impossible for trial in others) and not year_first.impossible else others
