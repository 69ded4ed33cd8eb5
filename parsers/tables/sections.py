"""One table of a sheet: its columns, and what all of its rows show of how it was printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

import msgspec

from parsers.number_headings import may_be_number
from parsers.sheets.rows import Row
from parsers.table_fields import TIME_FIELDS, Field
from parsers.tables.answer_times import answer_times
from parsers.tables.chats import Senders, chat_search
from parsers.tables.columns import Column, Columns, headings_of, repeats
from parsers.tables.misfit_rows import first_contrary
from parsers.tables.moved_sides import moved_sides
from parsers.tables.nobodys_cells import Lines
from parsers.tables.open_sides import open_sides
from parsers.tables.own_columns import own_search
from parsers.tables.own_words import own_words
from parsers.tables.party_cells import is_as_number, lacks_zero, shows_our_mobile
from parsers.tables.party_details import DetailsSurvey
from parsers.tables.party_titles import ABOVE, PartyTitles
from parsers.tables.row_fills import RowFills
from parsers.tables.row_types import text_column, traffic_search, type_survey
from parsers.tables.short_times import ShortTimes
from parsers.tables.side_columns import is_nameless, side_search, with_side
from parsers.tables.source_columns import source_search
from parsers.tables.split_times import split_times
from parsers.tables.time_search import time_search
from parsers.tables.times import TimeSurvey
from parsers.tables.way_columns import Words, way_search
from parsers.tables.zone_columns import zone_column

_FEWEST_EVEN: Final = 2
_SEVERAL: Final = 2
_TIME_ALONE: Final = "time"
"""The heading of times, below which whole numbers may be minutes, a counter, or whatever else was counted."""

_MANY: Final = 3
"""Numbers that one person hardly has."""

_FORM_REGION: Final = "GB"
"""Of the region here it is only asked whether cells look like numbers."""

_MOST_COMPARED: Final = 20
_OWN: Final = frozenset({Field.BODY, Field.ATTACHMENT, Field.DURATION, Field.ROW})
"""What is each row's own, whatever cells are merged."""

_NUMBER_FIELDS: Final = (Field.NUMBER, Field.FROM, Field.TO)


class Section:
    """One table of a sheet: its columns, and what they show.

    Attributes:
        ordinal: Of the row of its headings among the rows of the sheet, from 0; -1: it has none.
        row_number: Of the same, as a spreadsheet program counts; 0: it has none.
        columns: What the columns hold.
        headed: The same, by its headings alone.
        merging: Places of the columns whose merged cells hold for the rows that they cover.
        fills: What cells of its rows say of others.
        titles: Rows of a party alone over the rows with that party.
        is_titled: Whether such rows say who the other side of its rows is.
        is_sideless: Whether nothing in it says who that is, and no column is left that could.
        times: What each time shows.
        count: Rows below the headings.
        side_by_cells: Heading of the column of the other side, where the cells told it. None: they did not.
        open_sides: Columns beside one side alone that may be the other one, which no heading names.
        unread: Headings among which that column must be, where nothing told it. Empty: a side is read.
        title: What stands over a table that is not the first of its sheet.
        is_other: Whether it is of another kind than the first of its sheet.
        words: What cells of directions say that are no words for one, by field and text.
        undated: Headings among which the time must be, where no column holds one. Empty: one does.
        is_timeline: Whether the types of its rows name things of several kinds, so that each row is of its own.
        text: The column that holds the text of its messages and of nothing else. None: it is read as any other.
        short_times: Its times of day in digits alone, whose zeros may be lost.
        details: Whether columns of details name the side of rows that name nobody elsewhere.
        lines: Columns of a side that hold lines (``UK Mobile``) beside its number, with their fields.
        width: Cells of the row of its headings, empty ones with them; 0: it has none.
    """

    def __init__(
        self,
        ordinal: int,
        columns: Columns,
        head: Row | None = None,
        *,
        is_searched: bool = False,
        over: Row | None = None,
    ) -> None:
        self.ordinal = ordinal
        self.row_number = head.number if head is not None else 0
        self.width = len(head.cells) if head is not None else 0
        self._full_count = self._contrary_count = 0
        self.columns = self.headed = self._bare = columns
        self.merging = frozenset(
            column.place for field, found in columns.by_field.items() if field not in _OWN for column in found
        )
        self.fills = RowFills(columns)
        self.titles = PartyTitles(columns, over)
        self.is_titled = self.is_sideless = False
        self.count = 0
        self.side_by_cells: str | None = None
        self.unread: tuple[str, ...] = ()
        self.title = ""
        self.is_other = False
        self.words: Words = {}
        self.undated: tuple[str, ...] = ()
        self.is_timeline = False
        self.text: Column | None = None
        self.lines: Lines = ()
        self._text_columns: Columns | None = None
        self._types = type_survey(columns) if is_searched else None
        self._traffic = traffic_search(columns) if is_searched else None
        self._search = side_search(columns) if is_searched else None
        self._ways = way_search(columns) if is_searched else None
        self._dates = time_search(columns) if is_searched else None
        self._own = own_search(columns) if is_searched else None
        self._sources = source_search(columns) if is_searched else None
        self._moved = moved_sides(columns) if is_searched else None
        self._open_sides = open_sides(columns) if is_searched else None
        self.open_sides: tuple[Column, ...] = ()
        self._chats = chat_search(columns)
        self._own_words = own_words(columns)
        self.details = DetailsSurvey(columns)
        self.short_times = ShortTimes(columns)
        self._lost_zero: frozenset[int] = frozenset()
        zones = zone_column(columns) if is_searched else None
        self._answered = answer_times(columns, zones) if is_searched else None
        self._split = split_times(columns, zones) if is_searched else None
        self.times = {
            field: TimeSurvey(
                columns.places(field),
                columns.zones(field),
                columns.epochs(field),
                columns.printed_place(field),
                columns.made_place(field),
                zones,
            )
            for field in TIME_FIELDS
            if columns.has(field)
        }
        for field, times in self.times.items():
            is_time = all(column.label.key == _TIME_ALONE for column in columns.by_field[field])
            # What a mapping names is searched for nothing, and is what it says.
            times.bare_days.is_open = is_time and is_searched
        self._zeros: dict[int, Counter[bool]] = {
            place: Counter() for field in _NUMBER_FIELDS for place in columns.places(field)
        }
        self._as_numbers: set[int] = set()
        self._ours: set[int] = set()
        self._parts = [column.place for column in columns.by_field.get(Field.NAME, ()) if column.label.is_name_part]
        self._named: set[tuple[str, ...]] = set()
        self._beside_names: set[str] = set()
        self._numbers: dict[int, set[str]] = {place: set() for place in self._zeros}
        self._doubtful = frozenset(column.place for column in columns.all if column.label.is_doubtful_number)
        self.has_doubtful = False

    def take_bare(self, row: Row) -> None:
        """Take its headings as they stand, where those of groups above them were put in front."""
        self._bare = msgspec.structs.replace(self.headed, all=headings_of(row))

    def is_repeated(self, row: Row) -> bool:
        """Whether a row repeats the headings, with those of groups in front or as they stand."""
        return repeats(self.headed, row) or (self._bare is not self.headed and repeats(self._bare, row))

    def add(self, row: Row) -> None:
        """Take a row below the headings."""
        if self.titles.take(row):
            return
        if self.fills.takes_day(row):
            # It shows how days are printed, whatever it is.
            self._add_times(row)
            return
        row, _ = self.fills.filled(row)
        self._add_times(row)
        self._add_rest(row)
        self._add_days(self.fills.days.given_back())

    def _add_times(self, row: Row) -> None:
        for survey in self.times.values():
            survey.add(row)

    def _add_days(self, rows: Sequence[Row]) -> None:
        """Take rows that looked like those of a day alone and are as any other."""
        for row in rows:
            self._add_rest(row)

    def _add_rest(self, row: Row) -> None:
        self.count += 1
        self._add_width(row)
        self.details.add(row)
        self.short_times.add(row)
        for search in (
            *(self._types, self._traffic, self._search, self._ways, self._own, self._dates),
            *(self._chats, self._own_words, self._answered, self._split, self._sources, self._moved, self._open_sides),
        ):
            if search is not None:
                search.add(row)
        self.has_doubtful = self.has_doubtful or any(
            may_be_number(row.cells[place], _FORM_REGION) for place in self._doubtful if place < len(row.cells)
        )
        self._add_name(row)
        for place, counts in self._zeros.items():
            text = row.cells[place] if place < len(row.cells) else ""
            if text and len(self._numbers[place]) < _SEVERAL:
                self._numbers[place].add(text.strip())
            lacks = lacks_zero(text) if text else None
            if lacks is not None:
                counts[lacks] += 1
            elif text and is_as_number(text):
                self._as_numbers.add(place)
            if text and place not in self._ours and shows_our_mobile(text):
                self._ours.add(place)

    def _add_width(self, row: Row) -> None:
        if len(row.cells) == self.width:
            self._full_count += 1
            if self._full_count <= _MOST_COMPARED:
                self._contrary_count += first_contrary(self.columns, row.cells) is not None

    def _add_name(self, row: Row) -> None:
        name = tuple(row.cells[place].strip() for place in self._parts if place < len(row.cells))
        if not any(name) or len(self._named) >= _SEVERAL:
            return
        self._named.add(name)
        for place in self._zeros:
            if len(self._beside_names) < _MANY and place < len(row.cells) and row.cells[place]:
                self._beside_names.add(row.cells[place].strip())

    @property
    def is_of_one_name(self) -> bool:
        """Whether first and last names are one person's beside many numbers: whose line it is, or who read it."""
        return len(self._named) == 1 and len(self._beside_names) >= _MANY

    def end(self) -> None:
        """Say that no more rows come: what no heading says is looked for among what came."""
        self._add_days(self.fills.days.left())
        self.titles.end()
        self._take_ways()
        self._take_sources()
        self._take_answered()
        self._take_own()
        self.is_timeline = self._types is not None and self._types.is_timeline()
        self._take_traffic()
        self.text = text_column(self.columns) if self.is_timeline else None
        if self._dates is not None:
            self.undated = self._dates.left()
        self._take_side()
        self._take_open_sides()
        self.is_titled = self.titles.are_found and self.columns.has(Field.NUMBER) and self.side_by_cells is None

    def _take_sources(self) -> None:
        searches = (self._sources, self._moved)
        self._sources = self._moved = None
        for search in searches:
            if search is not None:
                self.columns = search.found(self.columns)
                self._lost_zero |= search.lost_zeros(self.columns)
                self.has_doubtful = self.has_doubtful or self.columns.has(Field.FROM)
        if searches == (None, None):
            return
        if self._search is not None and self.columns.has(Field.FROM, Field.TO, Field.NUMBER):
            self._search = None
            self.side_by_cells = next((each.heading for each in self.columns.by_field.get(Field.NUMBER, ())), None)

    def _take_open_sides(self) -> None:
        search, self._open_sides = self._open_sides, None
        if search is not None:
            self.open_sides = search.found(self.columns)

    def _take_side(self) -> None:
        search, self._search = self._search, None
        if search is None:
            return
        side = search.found()
        if side is not None:
            self.side_by_cells = side.heading
            self.columns = with_side(self.columns, side)
            self._lost_zero = frozenset({side.place} if search.has_lost_zeros(side.place) else ())
        elif not is_nameless(self.columns):
            return
        elif self.titles.are_found:
            self.columns = with_side(self.columns, ABOVE)
            unsure = self.titles.unsure()
            self.unread = () if unsure is None else (unsure,)
        else:
            unsure = self.titles.unsure()
            self.unread = (*self._unread(search.left()), *(() if unsure is None else (unsure,)))
            is_named = self.columns.has(Field.CHAT, Field.THREAD) or bool(self.details.columns)
            self.is_sideless = not self.unread and not is_named

    def _unread(self, headings: Sequence[str]) -> tuple[str, ...]:
        """Return the headings without those of details that name the side; none where they name it for all rows."""
        read = {column.heading for column in self.details.columns}
        if read and self.details.is_enough:
            return ()
        return tuple(heading for heading in headings if heading not in read)

    @property
    def chats(self) -> Senders:
        """Who writes in each chat. Empty: other columns than those of senders and chats say who the sides are."""
        return self._chats.senders if self._chats is not None else {}

    @property
    def has_own_words(self) -> bool:
        """Whether ``You`` and ``Myself`` are the owner of the handset."""
        return self._own_words is not None and self._own_words.are_owners

    def _take_ways(self) -> None:
        ways, self._ways = self._ways, None
        if ways is None:
            return
        columns, self.words = ways.found()
        if columns.by_field != self.columns.by_field:
            # What stands in a column of directions is contrary to no heading that was read otherwise.
            self._contrary_count = 0
            self.times = {field: times for field, times in self.times.items() if columns.has(field)}
        self.columns = columns

    def _take_answered(self) -> None:
        searches = (self._answered, self._split)
        self._answered = self._split = None
        for search in searches:
            if search is not None:
                self.columns, times = search.found(self.columns)
                self.times = {**self.times, **times}

    def _take_traffic(self) -> None:
        traffic, self._traffic = self._traffic, None
        if traffic is None:
            return
        columns = None if self.is_timeline else traffic.found(self.columns)
        if columns is not None:
            self.columns, self.is_timeline = columns, True
        self.lines = traffic.lines(self.columns)
        if self.same_numbers().intersection(self.columns.places(Field.NUMBER)):
            # One number in all rows may be the owner's: beside it a line alone says what was called.
            by_field = self.columns.by_field
            self.lines = tuple(each for each in self.lines if len(by_field[each[0]]) > 1)
        if self.is_timeline and (said := traffic.texts(self.columns)):
            self.words = {**self.words, Field.TYPE.value: {**said, **self.words.get(Field.TYPE.value, {})}}

    def _take_own(self) -> None:
        own, self._own = self._own, None
        if own is not None:
            self.columns, self.unread = own.found(self.columns)

    @property
    def text_columns(self) -> Columns:
        """Return the columns as rows that are messages have them."""
        if self.text is None:
            return self.columns
        if self._text_columns is None:
            by_field = {**self.columns.by_field, Field.BODY: (self.text,)}
            self._text_columns = msgspec.structs.replace(self.columns, by_field=by_field)
        return self._text_columns

    @property
    def is_even(self) -> bool:
        """Whether nearly every row has as many cells as there are headings, so that one with others is odd."""
        return self._full_count >= _FEWEST_EVEN and self.count - self._full_count <= max(1, self.count // 10)

    @property
    def is_as_headed(self) -> bool:
        """Whether whole rows stand in it, and none of the first of them holds what its columns cannot."""
        return self._full_count > 0 and not self._contrary_count

    def same_numbers(self) -> frozenset[int]:
        """Return the columns in which one number stands in all rows of several."""
        return frozenset(place for place, held in self._numbers.items() if len(held) == 1 and self.count >= _SEVERAL)

    def lost_zeros(self) -> frozenset[int]:
        """Return the columns in which numbers have lost their zero.

        No number has kept one, or some of them show that a program took cells of the column for numbers, or that mobile
        numbers of ours stand in it: lists are put together of what several programs wrote.
        """
        lost = frozenset(
            place
            for place, counts in self._zeros.items()
            if counts[True] and (not counts[False] or place in self._as_numbers or place in self._ours)
        )
        return lost | self._lost_zero
