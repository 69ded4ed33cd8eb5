"""Times of a table: what a whole column shows of how it was printed, and the moment of each cell.

The order of day and month is told by the whole column; where it shows none, by the other columns of the file, which one
program printed with one setting. Dates that contradict each other, or that show nothing, are not guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

import msgspec

from parsers.clocks import LIKELY_YEARS, Clock, is_compact_time, zone_of
from parsers.locale_times import decide_date_order
from parsers.plain_characters import to_plain_characters
from parsers.records.values import NO_MOMENT, ClockBasis, Moment
from parsers.sheets.cell_values import Shown, moment_text
from parsers.sheets.rows import CellKind, Row
from parsers.tables.bare_days import BareDays
from parsers.tables.epoch_counts import Epoch, epoch_text, milliseconds_since_1970
from parsers.tables.short_years import ShortYears
from parsers.tables.time_cells import (
    ARMOUR,
    LONGEST_TIME,
    is_time_of_day,
    may_be_time,
    may_be_turned,
    said_plainly,
    states_zone,
    time_of,
    with_day_in_front,
    without_armour,
)
from parsers.tables.zone_columns import ZoneColumn, with_zone, zone_stated
from parsers.tables.zone_names import moment_in_named_zone, open_word, zone_word

_CLOCK = re.compile(r"\s*\((network|device|phone|handset)\)\s*$", re.IGNORECASE)
_SUMMER = re.compile(r"\s*\bBST\s*$")
_NUMERIC_DATE = re.compile(r"(?!([0-9]{1,2})[-/ ]\1\b)[0-9]{1,2}[-/ ][0-9]{1,2}[-/ ][0-9]{2,4}")
_UNIX_SECONDS = re.compile(r"[0-9]{9,10}(?:\.[0-9]{1,6})?")
_UNIX_MILLISECONDS = re.compile(r"[0-9]{12,13}")
# Of 2001 to 2033: numbers of many kinds have as many digits.
_UNIX_MICROSECONDS = re.compile(r"1[0-9]{15}")
_UNIX_NANOSECONDS = re.compile(r"1[0-9]{18}")
_SERIAL = re.compile(r"[2-6][0-9]{4}(?:[.,][0-9]{1,17})?")
_ROUNDED = re.compile(r"[0-9](?:[.,][0-9]+)?E\+?[0-9]{1,2}", re.IGNORECASE)
"""A count that a spreadsheet program rounded."""

# Nothing is written around the numbers of such a time, and its zone is not in words.
_PLAIN = re.compile(
    r"[0-9/:.T-]+(?: [0-9]{1,2}[:.][0-9:.]+)?(?: [AP]M)?"
    r"(?:Z|[ (]{0,2}UTC(?:[+-][0-9:]{1,5})?\)?|[+-][0-9]{2}:?[0-9]{2})?"
)
_NO_ZONES: Final[Mapping[int, str]] = {}
_NO_EPOCHS: Final[Mapping[int, Epoch]] = {}


class TimeForm(StrEnum):
    """How the times of a column are written."""

    TEXT = "text"
    UNIX_SECONDS = "unix_s"
    UNIX_MILLISECONDS = "unix_ms"
    UNIX_MICROSECONDS = "unix_us"
    UNIX_NANOSECONDS = "unix_ns"
    DAYS = "days"


_IN_WORDS, _IN_SECONDS, _IN_MILLISECONDS, _IN_MICROSECONDS, _IN_NANOSECONDS, _IN_DAYS = TimeForm
"""Named here because looking one up in its enumeration takes longer than asking whether it is the one."""

_NUMERIC: Final = (
    (TimeForm.UNIX_MILLISECONDS, _UNIX_MILLISECONDS),
    (TimeForm.UNIX_SECONDS, _UNIX_SECONDS),
    (TimeForm.DAYS, _SERIAL),
    (TimeForm.UNIX_MICROSECONDS, _UNIX_MICROSECONDS),
    (TimeForm.UNIX_NANOSECONDS, _UNIX_NANOSECONDS),
)

_WRITTEN_OUT: Final = frozenset(map(len, ("2024-07-05", "2024-07-05 12:00", "2024-07-05 12:00:05")))
_NO_COUNT: Final = "0"
"""What a database holds where nothing was counted: in Android's, the time of sending of what went out."""

_STATED_UTC: Final = ClockBasis.STATED_UTC
_COUNT_DIGITS: Final = {10: TimeForm.UNIX_SECONDS, 13: TimeForm.UNIX_MILLISECONDS}
"""Counts of 2001 to 2033, which begin with 1."""

_OF_APPLE_OR_BEFORE: Final = range(189_302_400, 978_307_200)
"""Seconds that lie before 2001 where they begin with 1970, and from 2007 (the first iPhone) to 2031 with 2001."""

_A_MILLISECOND: Final = {_IN_MICROSECONDS: 1_000, _IN_NANOSECONDS: 1_000_000}


class TimeSurvey:
    """What one time of a table shows, over all of its rows.

    Attributes:
        places: Its columns.
        zones: What their headings state of the zone, as it is put behind a time, by column.
        epochs: What their headings state that counts begin with, by column.
        printed: A further column that prints for people what they count. None: there is none.
        made: What shows when rows were made, or exported: the time of those that have no other. None: nothing does.
        orders: Dates that can be read one way only, by order of day and month.
        ambiguous_count: Dates that can be read both ways.
        short_years: What its dates of three numbers of two digits show.
        zone_words: Short names of zones that stand behind its times.
        beside: The column that states the zones of its times. None: none does.
        zoned_count: Times beside which it states one.
        bare_days: What its numbers of five digits show.
    """

    def __init__(
        self,
        places: Sequence[int],
        zones: Mapping[int, str] = _NO_ZONES,
        epochs: Mapping[int, Epoch] = _NO_EPOCHS,
        printed: int | None = None,
        made: int | None = None,
        beside: ZoneColumn | None = None,
    ) -> None:
        self.beside = beside
        self.places = tuple(place for place in places if place not in {printed, made})
        self.printed = printed
        self.made = None if made is None else TimeSurvey((made,), zones, epochs, beside=beside)
        self.zones = zones
        self.epochs = epochs
        self.orders: Counter[str] = Counter()
        self.short_years = ShortYears()
        self.ambiguous_count = 0
        self.zone_words: set[str] = set()
        self._turnable_count = self._sure_count = 0
        self._forms: Counter[TimeForm] = Counter()
        self._count = self._open_count = self.zoned_count = 0
        self.bare_days = BareDays()

    def add(self, row: Row) -> None:
        """Take a row."""
        _, said, places = time_of(row, self.places, self.zones)
        text = to_plain_characters(said)
        if self.made is not None and text in {"", _NO_COUNT}:
            self.made.add(row)
        if not text:
            return
        if _is_held_as_date(row, places[0], text):
            self._add_cell(text)
        self._count += 1
        self._add_zone(text, row)
        self.short_years.add(with_day_in_front(text))
        if len(text) in _COUNT_DIGITS and text.isascii() and text.isdigit():
            # Too few digits, or one too many, for date and time without marks between.
            self._forms[_COUNT_DIGITS[len(text)]] += 1
            return
        if is_compact_time(text) or (text[4:5] == "-" and text[:4].isdigit()):
            # The year is in front, as most programs write it: it shows no order, and is no count.
            return
        if text.replace(".", "", 1).isdigit() or _SERIAL.fullmatch(text):
            self._add_count(text)
            return
        text = with_day_in_front(text)
        order = decide_date_order((text,))
        if order is not None:
            self.orders[order] += 1
        elif _NUMERIC_DATE.match(text):
            self.ambiguous_count += 1

    def _add_zone(self, text: str, row: Row) -> None:
        zone = self.beside.behind(row) if self.beside is not None else None
        self.zoned_count += zone is not None
        text += zone or ""
        if text[-1].isalpha() and (word := zone_word(text)) is not None:
            self.zone_words.add(word)

    def _add_count(self, text: str) -> None:
        for form, pattern in _NUMERIC:
            if pattern.fullmatch(text):
                self._forms[form] += 1
                if form is _IN_DAYS:
                    self.bare_days.add(text)
                self._open_count += form is _IN_SECONDS and int(float(text)) in _OF_APPLE_OR_BEFORE
                break

    def _add_cell(self, text: str) -> None:
        """Take a cell that a workbook holds as a date, or that is written as one that it held."""
        if may_be_turned(text):
            self._turnable_count += 1
        elif text[8:10] != text[5:7]:
            self._sure_count += 1

    @property
    def is_half_eaten(self) -> bool:
        """Whether a program took for dates what it could read in the other order, and left the rest as text.

        Then no date has a day above 12, every text has, and all texts are of one order. The dates are turned round.
        """
        return self._turnable_count > 0 and not self._sure_count and not self.ambiguous_count and len(self.orders) == 1

    @property
    def form(self) -> TimeForm:
        """How the times are written: as numbers only where all of them are, and days where they can be such."""
        best = self._forms.most_common(1)
        may_be = bool(best) and (best[0][0] is not _IN_DAYS or self.bare_days.may_be)
        return best[0][0] if may_be and best[0][1] == self._count else TimeForm.TEXT

    @property
    def is_epoch_open(self) -> bool:
        """Whether all of them are seconds of which nothing tells whether they begin with 1970 or with 2001."""
        return 0 < self._open_count == self._count


def _is_held_as_date(row: Row, place: int, text: str) -> bool:
    """Whether a workbook holds a cell as a date, or a delimited text has it as a workbook's dates are written out.

    Those have the year in front, a blank before the time of day, and no zone: ``2024-07-05 12:00:05``.
    """
    if row.kinds and row.kinds.get(place) == CellKind.MOMENT:
        return True
    return len(text) in _WRITTEN_OUT and text[4:5] == "-" and text[-1].isdigit() and text[10:11] in {"", " "}


class TimeReader:
    """Reads the cells of one time of a table.

    Attributes:
        turned_count: Dates of which day and month may have changed places, and which have no instant.
        dayless_count: Times of day whose day, which another column has, is not told.
        lost_count: Times of rows that gave no instant; counted, as the next, by who asks for them.
        has_instant: Whether any gave one.
        open_zones: Names behind times without an instant that several zones have, by how many times.
    """

    def __init__(
        self, survey: TimeSurvey, clock: Clock, made: TimeReader | None = None, *, is_british: bool = True
    ) -> None:
        """Make a reader.

        Args:
            survey: Where its columns are, and how the times are written.
            clock: Reads them; knows their order of day and month.
            made: Reads when a row was made, where its columns are empty. None: nothing tells that.
            is_british: Whether ``BST`` is the summer time of Great Britain.
        """
        self._places = survey.places
        self._place = survey.places[0] if len(survey.places) == 1 else None
        self._printed = survey.printed
        self._form, self._made = survey.form, made
        self.turned_count = self.lost_count = self.dayless_count = 0
        self.has_instant = False
        self.open_zones: Counter[str] = Counter()
        self._clock = clock
        self._beside = survey.beside
        self._zones, self._epochs = survey.zones, survey.epochs
        self._zone_words = survey.zone_words
        self._is_british = is_british
        self._is_epoch_open = survey.is_epoch_open
        self._is_half_eaten = survey.is_half_eaten

    @property
    def is_unread(self) -> bool:
        """Whether no row has an instant, because its time is in a form that is not known and for no other reason."""
        clock = self._clock
        is_open = clock.ambiguous_count or clock.epoch_open_count or self.turned_count
        return self.lost_count > 0 and not self.has_instant and clock.unreadable_count > 0 and not is_open

    def moment(self, row: Row) -> tuple[Moment, tuple[int, ...]]:
        """Return the moment of a row, and the columns that it stands in."""
        found = self._own_moment(row)
        return found if self._made is None or found[0] is not NO_MOMENT else self._made.moment(row)

    def written(self, text: str, row: Row, beside: Moment) -> Moment:
        """Return the moment of a time that stands in another cell of a row, printed as those of its columns are.

        Args:
            text: The time. Where it states no zone, it is of that of the row's time: by its heading, by the column
                beside it, or as the time states it. Where that has no instant, or is a count, it has none.
            row: The row.
            beside: The row's time.
        """
        said = self._with_summer(text if _PLAIN.fullmatch(text) else said_plainly(text))
        if not states_zone(said) and zone_word(said) is None:
            zone = self._zone_of(row, self._places) or zone_stated(beside)
            is_count = self._form not in {_IN_WORDS, _IN_DAYS} or _count_form(beside.raw or "") is not _IN_WORDS
            if is_count or (zone is None and beside.utc is None):
                return Moment(text)
            said = said if zone is None else self._with_summer(with_zone(said, zone))
        moment = moment_in_named_zone(said, self._zone_words, self._clock) or self._clock.locale(said)
        return moment if said is text or moment.raw is None else msgspec.structs.replace(moment, raw=text)

    def _own_moment(self, row: Row) -> tuple[Moment, tuple[int, ...]]:
        if self._is_half_eaten and (turned := self._turned(row)) is not None:
            return turned
        place, cells = self._place, row.cells
        if self._printed is not None and place is not None and place < len(cells) and _ROUNDED.fullmatch(cells[place]):
            place = self._printed
        if place is not None:
            if place >= len(cells) or not may_be_time(text := cells[place]) or text == _NO_COUNT:
                return NO_MOMENT, ()
            if text[0] in ARMOUR:
                return self._armoured(row, text, without_armour(text), (place,)), (place,)
            return self._moment(row, text, text, (place,)), (place,)
        raw, said, places = time_of(row, self._places, self._zones)
        if not places:
            return NO_MOMENT, places
        moment = (self._armoured if raw[0] in ARMOUR else self._moment)(row, raw, said, places)
        self.dayless_count += moment.utc is None and len(places) == 1 and is_time_of_day(said)
        return moment, places

    def _armoured(self, row: Row, raw: str, said: str, places: tuple[int, ...]) -> Moment:
        """Return the moment of a time that stands in armour, a count too."""
        moment = self._moment(row, said, said, places)
        return moment if moment.raw is None else msgspec.structs.replace(moment, raw=raw)

    def _moment(self, row: Row, raw: str, said: str, places: tuple[int, ...]) -> Moment:
        is_zoned = self._zones or self._beside is not None
        if raw[4:5] == "-" and said is raw and self._form is _IN_WORDS and not is_zoned and _PLAIN.fullmatch(raw):
            # The year is in front, and nothing stands behind that the clock does not read by itself.
            return self._clock.iso(raw)
        if self._epochs and (counted := self._counted(raw, places)) is not None:
            return counted
        form = self._form if self._form is not _IN_WORDS else _count_form(to_plain_characters(raw))
        if form is not _IN_WORDS and form is not _IN_DAYS:
            return self._epoch(raw, form)
        if len(raw) > LONGEST_TIME:
            return self._clock.locale(raw)
        text, basis = _without_clock(said)
        if not _PLAIN.fullmatch(text):
            text = said_plainly(text)
        if self._form is _IN_DAYS:
            text = moment_text(to_plain_characters(said).replace(",", "."), Shown.DATE_AND_TIME) or raw
        text = self._with_summer(text)
        zone = self._zone_of(row, places) if is_zoned else None
        if zone is not None and not states_zone(text) and zone_word(text) is None:
            text = self._with_summer(with_zone(text, zone))
        moment = moment_in_named_zone(text, self._zone_words, self._clock)
        if moment is None and (word := open_word(text)) is not None and zone_of(word) is None:
            self.open_zones[word] += 1
            return Moment(raw)
        moment = moment or self._clock.locale(text, basis)
        return moment if text is raw or moment.raw is None else msgspec.structs.replace(moment, raw=raw)

    def _zone_of(self, row: Row, places: tuple[int, ...]) -> str | None:
        """Return the zone that the heading of a time states, else the row beside it. None: neither does."""
        headed = next((self._zones[place] for place in places if place in self._zones), None)
        return headed if headed is not None or self._beside is None else self._beside.behind(row)

    def _with_summer(self, text: str) -> str:
        """Return a time with the offset of British summer time where it names that."""
        summer = _SUMMER.search(text) if self._is_british and "BST" in text else None
        return text if summer is None else f"{text[: summer.start()]}+01:00"

    def _turned(self, row: Row) -> tuple[Moment, tuple[int, ...]] | None:
        """Return the moment of a date that may be turned round, which has no instant. None: the row has none such."""
        raw, said, places = time_of(row, self._places, self._zones)
        if not places or not _is_held_as_date(row, places[0], said) or not may_be_turned(said):
            return None
        self.turned_count += 1
        return Moment(raw), places

    def _counted(self, raw: str, places: tuple[int, ...]) -> Moment | None:
        """Return the moment of a count of which the heading states what it begins with. None: it is no such count."""
        epoch = next((self._epochs[place] for place in places if place in self._epochs), None)
        count = None if epoch is None else milliseconds_since_1970(to_plain_characters(raw), epoch)
        return None if count is None else self._since_1970(raw, count / 1000)

    def _epoch(self, raw: str, form: TimeForm) -> Moment:
        """Return the moment of a count since 1970, which is in UTC by what it is."""
        if self._is_epoch_open:
            self._clock.epoch_open_count += 1
            return Moment(raw)
        count = to_plain_characters(raw)
        if form in _A_MILLISECOND:
            # Finer than a float tells apart, and cut as all times are.
            seconds = int(count) // _A_MILLISECOND[form] / 1000
        else:
            seconds = float(count) if form is _IN_SECONDS else float(count) / 1000
        return self._since_1970(raw, seconds)

    def _since_1970(self, raw: str, seconds: float) -> Moment:
        text = epoch_text(seconds)
        utc = text if int(text[:4]) in LIKELY_YEARS else self._clock.iso(text).utc
        return Moment(raw, utc, 0, _STATED_UTC)


def _count_form(text: str) -> TimeForm:
    """Return what a cell is among written times: a count where its digits can be nothing else."""
    if text.isdigit() and len(text) in _COUNT_DIGITS and text[0] == "1":
        return _COUNT_DIGITS[len(text)]
    return _IN_WORDS


def _without_clock(raw: str) -> tuple[str, ClockBasis]:
    """Return a time without the clock that stands in brackets behind it, as XRY prints it, and what it rests on."""
    found = _CLOCK.search(raw) if ")" in raw else None
    if found is None:
        return raw, ClockBasis.ASSUMED_ZONE
    is_network = found[1].casefold() == "network"
    return raw[: found.start()], ClockBasis.NETWORK if is_network else ClockBasis.DEVICE_LOCAL
