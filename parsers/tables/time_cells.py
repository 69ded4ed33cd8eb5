"""Which cells of a row are its time: one of several columns, or a day and a time of day that stand apart.

Spreadsheet programs and databases know no day without a time and no time without a day: a column of days holds midnight
(``13/02/2024 00:00:00``), one of times of day the day from which they count (``30/12/1899 22:00:00``). What is not part
of the time stays beside the record.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from enum import Enum
from typing import Final

from parsers.language_words import english_time
from parsers.plain_characters import MINUS, to_plain_characters
from parsers.sheets.cell_values import Shown, moment_text
from parsers.sheets.rows import CellKind, Row
from parsers.tables.parted_days import is_calendar_day, parted_day, serial_time

TimeText = tuple[str, str, tuple[int, ...]]
"""A time as the source writes it, as it is to be read, and the columns that it stands in, its own first."""

NO_TIME: Final[TimeText] = ("", "", ())
LONGEST_TIME: Final = 120
_NO_TIME_WORDS: Final = frozenset({"n/a", "na", "-", "--", "\u2013", "\u2014", "none", "null", "nil"})
"""What tools and people write where there is no time."""

ARMOUR: Final = frozenset("='")
"""What a cell begins with that ``without_armour`` may read."""

_ARMOURED = re.compile(r"""="([^"]+)"|'([^']+)'?""")
_LONGEST_NO_TIME: Final = 6
_MONTHS: Final = 12
_DAY_PARTS: Final = 3
"""Day, month and year."""

_DATE: Final = r"[0-9]{1,4}(?P<mark>[-/. ])(?:[0-9]{1,2}|[A-Za-z]{3,9}\.?)(?P=mark)[0-9]{1,4}"
_FULL = re.compile(rf"{_DATE}.*[0-9]{{1,2}}[:.][0-9]{{2}}")
_WRITTEN = re.compile(
    r"[A-Za-z]{3,9}\b.*\b[0-9]{1,2}:[0-9]{2}.*\b[0-9]{4}\b|[A-Za-z]{3,9}\.? [0-9]{1,2},? [0-9]{4}\b.*"
)
_DAY = re.compile(rf"(?:[A-Za-z]{{3,9}},? )?(?:{_DATE}|[0-9]{{8}}|[A-Za-z]{{3,9}}\.? [0-9]{{1,2}},? [0-9]{{4}})")
_MIDNIGHT = re.compile(rf"(?P<day>{_DATE})(?:,? |T)(?:0?0:00(?::00(?:[.,]0+)?)?|12:00(?::00)? ?AM)", re.IGNORECASE)
_DAYLESS = re.compile(
    r"(?:1899-12-3[01]|1900-0[01]-0[01]|1904-01-01|(?:3[01]/12|12/3[01])/1899|0?[01]/0?[01]/1900|0?1/0?1/1904)(?: |T)"
    r"([0-9]{1,2}:[0-9]{2}.*)"
)
_CLOCK = re.compile(
    r"[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2}(?:[.,][0-9]{1,9})?)?(?:[ (]*[A-Z+-].{0,20})?", re.IGNORECASE
)
_HOURS = re.compile(r"([01]?[0-9]|2[0-3]):?([0-5][0-9])\s*(?:h|hrs?|hours?)?\.?", re.IGNORECASE)
_HALF_HOURS = re.compile(r"(0?[1-9]|1[0-2])([0-5][0-9])?\s*([ap])\.?\s?m\.?", re.IGNORECASE)
_SHARE = re.compile(r"0?\.[0-9]{1,17}|0")
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?", re.IGNORECASE)
_ZONED = re.compile(
    r"(?:[zZ]|\b(?:utc|gmt)\b.*|[+-][0-9]{2}:?[0-9]{2}\)?|[ \[(][a-z]+/[a-z_/]+[\])]?)\s*$", re.IGNORECASE
)
_SAID = re.compile(r"(.*[0-9A-Za-z])(?:,?\s+at\s+|,?\s+-\s+|,?\s*@\s*)([0-9]{1,2}[:.][0-9]{2}.*)", re.IGNORECASE)
_SAID_HOURS = re.compile(
    r"(.*[0-9A-Za-z][,\s]\s*)([01]?[0-9]|2[0-3])[:.]?([0-5][0-9])\s*(?:hrs?|hours)\.?", re.IGNORECASE
)
# A day with its year, then hours, minutes and perhaps seconds without marks between.
_RUN_TOGETHER = re.compile(
    r"([0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{4}|[0-9]{1,2} [A-Za-z]{3,9} [0-9]{2,4}"
    r"|[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}),?[ ]"
    r"([01][0-9]|2[0-3])([0-5][0-9])([0-5][0-9])?"
)
_CLOCK_FIRST = re.compile(
    rf"(?P<clock>[0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}})?(?: ?[ap]\.?m\.?)?)(?: ?(?:hrs?|hours|h))?,?\s+(?:on\s+)?"
    rf"(?P<day>{_DATE})(?P<zone>\s?(?:\(?(?:UTC|GMT|BST).{{0,8}})?)",
    re.IGNORECASE,
)
# Days, seconds or parts of seconds since an epoch, or digits without marks between.
_COUNT = re.compile(r"[0-9]{5,19}(?:[.,][0-9]+)?")
_WORDS = re.compile(r"[^\W\d_]{2}")
_CALENDAR_WORD = re.compile(
    r"(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\b", re.IGNORECASE
)
# As Windows names a zone: ``(UTC+01:00) Dublin, Edinburgh, Lisbon, London``.
_ZONE_OF_CITIES = re.compile(r"(\(UTC[+-][0-9]{2}:[0-9]{2}\))\s+[A-Z][A-Za-z ,&.'-]{2,80}$")
_IN_A_ROW: Final = r"(?:[a-z]{3,9},? +)?([a-z]{3,9}\.? +[0-9]{1,2}) +([0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)"
_PLAINLY: Final = tuple(
    (mark, re.compile(pattern, re.IGNORECASE), plain)
    for mark, pattern, plain in (
        # What Windows calls British summer time; its ``GMT Standard Time`` is the zone all year and no offset.
        ("t time", r"\s*[(\[]?\bgmt daylight time\b[)\]]?\s*$", "+01:00"),
        ("r time", r"\s*[(\[]?\b(?:gmt|british) summer time\b[)\]]?\s*$", "+01:00"),
        ("uk ", r"(?<=[0-9m]) [(\[]?uk (?:local )?time[)\]]?\s*$", " Europe/London"),
        ("zulu", r"(?<=[0-9]) ?[(\[]?zulu[)\]]?\s*$", "Z"),
        ("bst", r"[(\[]bst[)\]]\s*$", "BST"),
        # As Java prints a time, with the year behind the zone.
        (" ", rf"^{_IN_A_ROW} +([a-z]{{3,4}}) +([0-9]{{4}})\s*$", r"\1, \4 \2 \3"),
        ("a", r"(?<=:[0-9]{2}) ?a\s*$", " AM"),
        ("p", r"(?<=:[0-9]{2}) ?p\s*$", " PM"),
        # A date-time group: day, hours and minutes in UTC, month, year.
        ("z", r"^([0-9]{2})([0-9]{2})([0-9]{2})z ?([a-z]{3}) ?([0-9]{2}|[0-9]{4})$", r"\1 \4 \5 \2:\3Z"),
    )
)
"""What a time in small letters holds, and how what people and programs write there is put plainly."""

_RUN_INTO_MONTH = re.compile(r"([0-9]{1,2})([A-Za-z]{3,9})([0-9]{4}|[0-9]{2})(?=,? )")
_ORDINAL = re.compile(r"\b([0-9]{1,2})(?:st|nd|rd|th|er)\b", re.IGNORECASE)


class _Shape(Enum):
    WHOLE, MIDNIGHT, DAY, CLOCK, WEEKDAY, OTHER = range(6)


_DATED_SHAPES: Final = frozenset({_Shape.WHOLE, _Shape.DAY, _Shape.CLOCK, _Shape.MIDNIGHT})


class _Cell:
    """One cell: where it stands, its text as written and without armour, what it is, and what of it is to be read."""

    __slots__ = ("place", "read", "said", "shape", "text")

    def __init__(self, row: Row, place: int) -> None:
        self.place = place
        self.text = row.cells[place].strip()
        self.said = without_armour(self.text)
        self.shape, self.read = _shape_of(self.said, row.kinds.get(place))


def time_of(row: Row, places: Sequence[int], zoned: Collection[int] = ()) -> TimeText:
    """Return the time of a row.

    Args:
        row: Any row.
        places: The columns that may hold it, a day before its time of day.
        zoned: Those whose heading states a zone: of several times such a one is taken.
    """
    cells = row.cells
    if len(places) == 1:
        (place,) = places
        if place >= len(cells) or not may_be_time(text := cells[place]):
            return NO_TIME
        return text, without_armour(text), (place,)
    held = [place for place in places if place < len(cells) and may_be_time(cells[place])]
    if not held:
        return NO_TIME
    if len(held) == 1:
        text = cells[held[0]]
        return text, without_armour(text), (held[0],)
    return _of_several([_Cell(row, place) for place in held], zoned)


def is_time(text: str) -> bool:
    """Whether a cell is a time, in whatever form, and not words that hold a date: ``Report of 14/05/2024 10:22``."""
    plain = to_plain_characters(text).strip()
    if not _WORDS.search(plain):
        return any(char.isdigit() for char in plain)
    plain = said_plainly(plain)
    if not plain[0].isdigit() and not _CALENDAR_WORD.match(plain):
        return False
    return _shape_of(plain, None)[0] in _DATED_SHAPES or bool(_WRITTEN.fullmatch(plain))


def is_dated(text: str) -> bool:
    """Whether a cell holds a day or a time of day in a form that columns of times have, or a count of them."""
    plain = without_armour(to_plain_characters(text))
    if not plain or len(plain) > LONGEST_TIME:
        return False
    if _COUNT.fullmatch(plain) is not None:
        return True
    plain = said_plainly(plain)
    return _shape_of(plain, None)[0] in _DATED_SHAPES or bool(_WRITTEN.fullmatch(plain))


def is_time_of_day(text: str) -> bool:
    """Whether a time is one of day alone."""
    return _clock_of(to_plain_characters(text).strip(), None) is not None


def day_in(text: str) -> tuple[str, bool] | None:
    """Return the day that a cell is, as it is to be read, and whether midnight stands behind it.

    None: it is no day of the calendar in numbers with marks or with the name of a month, or more than one.
    """
    plain = said_plainly(without_armour(to_plain_characters(text).strip()))
    if len(plain) > LONGEST_TIME:
        return None
    shape, read = _shape_of(plain, None)
    if shape not in {_Shape.DAY, _Shape.MIDNIGHT} or not is_calendar_day(read):
        return None
    return read, shape is _Shape.MIDNIGHT


def clock_in(row: Row, place: int) -> str | None:
    """Return the time of day that a cell is, as it is to be read. None: it is none, or more."""
    cell = _Cell(row, place)
    return cell.read if cell.shape is _Shape.CLOCK else None


def states_zone(text: str) -> bool:
    """Whether a time says at its end which zone it is in."""
    return _ZONED.search(text) is not None


def holds_day_beside_clock(row: Row, place: int) -> bool | None:
    """Whether a column holds a day in a row, and the next one its time of day. None: one of them holds nothing."""
    cells = row.cells[place : place + 2]
    if not all(map(may_be_time, cells)) or len(cells) < 2:
        return None if not any(map(may_be_time, cells[1:])) else False
    day, clock = _Cell(row, place), _Cell(row, place + 1)
    return day.shape in {_Shape.DAY, _Shape.MIDNIGHT} and clock.shape is _Shape.CLOCK


def may_be_time(text: str) -> bool:
    """Whether a cell holds anything, and no word for none."""
    if not text:
        return False
    if len(text) > _LONGEST_NO_TIME:
        return not text.isspace()
    plain = text.strip()
    return bool(plain) and plain.casefold() not in _NO_TIME_WORDS


def without_armour(text: str) -> str:
    """Return a time without what people put around a cell so that a spreadsheet program leaves it alone.

    That is a formula of one text (``="16/01/2024 09:30"``), or an apostrophe in front.
    """
    if text[:1] not in ARMOUR:
        return text
    found = _ARMOURED.fullmatch(text)
    return text if found is None else found[1] or found[2]


def said_plainly(text: str) -> str:
    """Return a time without what people write around its numbers: ``13th Feb 2024 at 2200hrs``; in English."""
    said = english_time(_put_plainly(text.replace(MINUS, "-")))
    plain = with_day_in_front(_ZONE_OF_CITIES.sub(r"\1", _ORDINAL.sub(r"\1", said)))
    together = _RUN_TOGETHER.fullmatch(plain)
    if together is not None:
        return f"{together[1]} {together[2]}:{together[3]}" + (f":{together[4]}" if together[4] else "")
    hours = _SAID_HOURS.fullmatch(plain)
    if hours is not None:
        return f"{hours[1].rstrip(' ,')} {hours[2]}:{hours[3]}"
    worded = _SAID.fullmatch(plain)
    return f"{worded[1]} {worded[2]}" if worded is not None else plain


def _put_plainly(text: str) -> str:
    """Return a time with its day, its half of the day and its zone as most programs write them."""
    if len(text) > LONGEST_TIME:
        return text
    folded = text.casefold()
    for mark, pattern, plain in _PLAINLY:
        if mark in folded:
            text = pattern.sub(plain, text)
    found = _RUN_INTO_MONTH.match(text)
    return text if found is None else f"{found[1]} {found[2]} {found[3]}{text[found.end() :]}"


def with_day_in_front(text: str) -> str:
    """Return a time whose time of day stands in front (``16:49 13/09/2023``) with the day in front; any other as it is.

    Args:
        text: In plain characters.
    """
    if ":" not in text[1:3]:
        return text
    found = _CLOCK_FIRST.fullmatch(text)
    return text if found is None else f"{found['day']} {found['clock']}{found['zone'] or ''}"


def _of_several(cells: list[_Cell], zoned: Collection[int]) -> TimeText:
    if (parted := _of_parts(cells)) is not None:
        return parted
    wholes = [cell for cell in cells if cell.shape is _Shape.WHOLE]
    clock = _first(cells, _Shape.CLOCK)
    day = _first(cells, _Shape.DAY) or _first(cells, _Shape.MIDNIGHT)
    if not wholes and (clock is None or day is None):
        wholes = [cell for cell in cells if cell.shape is _Shape.MIDNIGHT]
    if wholes:
        stated = (cell for cell in wholes if cell.place in zoned or states_zone(cell.said))
        whole = next(stated, wholes[0])
        repeated = (cell.place for cell in cells if cell is not whole and _repeats(cell, whole))
        return whole.text, whole.said, (whole.place, *repeated)
    if day is not None and clock is not None:
        return f"{day.text} {clock.text}", f"{day.read} {clock.read}", (day.place, clock.place)
    left = [cell for cell in cells if cell.shape is not _Shape.WEEKDAY] or cells
    if len(left) > 2 and all(cell.said.isdecimal() for cell in left[:2]):
        # Month and year without a day, or beside a weekday.
        left = [cell for cell in left if cell.shape is _Shape.CLOCK and not cell.said.isdecimal()] or left
    text, said = (" ".join(texts) for texts in ([cell.text for cell in left[:2]], [cell.said for cell in left[:2]]))
    return text, said, tuple(cell.place for cell in left[:2])


def _of_parts(cells: list[_Cell]) -> TimeText | None:
    """Return a time whose day stands in several cells, or as a serial number beside a share of a day. None: none is."""
    said = serial_time([cell.said for cell in cells])
    # A time of day that stands in front of the month is read behind the day.
    for parts in (cells[:_DAY_PARTS], [cells[0], *cells[2 : _DAY_PARTS + 1]]):
        if said is None and (day := parted_day([cell.said for cell in parts])) is not None:
            clock = _first([cell for cell in cells if cell not in parts], _Shape.CLOCK)
            cells = [*parts, *([] if clock is None else [clock])]
            said = day if clock is None else f"{day} {clock.read}"
    if said is None:
        return None
    return " ".join(cell.text for cell in cells), said, tuple(cell.place for cell in cells)


def _first(cells: list[_Cell], shape: _Shape) -> _Cell | None:
    return next((cell for cell in cells if cell.shape is shape), None)


def _repeats(cell: _Cell, whole: _Cell) -> bool:
    """Whether a cell says nothing that another does not say."""
    return cell.shape is not _Shape.OTHER and (cell.said in whole.said or cell.read in whole.said)


def _shape_of(written: str, kind: int | None) -> tuple[_Shape, str]:
    text = to_plain_characters(written)
    if len(text) > LONGEST_TIME:
        return _Shape.OTHER, written
    clock = _clock_of(text, kind)
    if clock is not None:
        return _Shape.CLOCK, clock
    midnight = _MIDNIGHT.fullmatch(text)
    if midnight is not None:
        return _Shape.MIDNIGHT, midnight["day"]
    shapes = ((_Shape.WHOLE, _FULL.search), (_Shape.DAY, _DAY.fullmatch), (_Shape.WEEKDAY, _WEEKDAY.fullmatch))
    return next((shape for shape, found in shapes if found(text)), _Shape.OTHER), written


def _clock_of(text: str, kind: int | None) -> str | None:
    """Return the time of day that a cell is, as it is to be read. None: it is none, or more."""
    dayless = _DAYLESS.fullmatch(text)
    if dayless is not None:
        return dayless[1]
    hours = _HOURS.fullmatch(text)
    if hours is not None and (":" in text or len(hours[1] + hours[2]) == len("0000")):
        return f"{hours[1]}:{hours[2]}"
    half = _HALF_HOURS.fullmatch(text)
    if half is not None and (half[2] is None or len(half[1] + half[2]) == len("0000")):
        return f"{half[1]}:{half[2] or '00'} {half[3].upper()}M"
    if kind == CellKind.NUMBER and _SHARE.fullmatch(text):
        return moment_text(text, Shown.SPAN)
    return text if _CLOCK.fullmatch(text) else None


def may_be_turned(text: str) -> bool:
    """Whether day and month of a date in ISO 8601 can have changed places: both are months, and not the same."""
    month, day = text[5:7], text[8:10]
    return month != day and day.isdigit() and int(day) <= _MONTHS
