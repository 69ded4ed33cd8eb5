"""How the rows of each table are read: its service, its clocks, its words; worked out once a table and extraction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

from parsers.clocks import Clock
from parsers.contract import ExtractionPart, ReadContext, SourceStamp
from parsers.locale_times import DAY_FIRST, YEAR_FIRST
from parsers.phone_numbers import has_lost_digits, number_key, to_e164
from parsers.records.notices import Notice
from parsers.table_fields import Field
from parsers.table_mapping import TableMapping
from parsers.tables.alike_rows import AlikeRows
from parsers.tables.country_codes import code_columns
from parsers.tables.date_orders import DateOrder, order_of
from parsers.tables.labels import service_named
from parsers.tables.named_ways import NamedWay, speaks_of_ways, way_named
from parsers.tables.open_sides import tells_side
from parsers.tables.party_cells import CACHED, PartyReader
from parsers.tables.row_ledger import RowLedger
from parsers.tables.row_state import RowState
from parsers.tables.sections import Section
from parsers.tables.short_years import short_year_order
from parsers.tables.survey import SheetSurvey
from parsers.tables.times import TimeForm, TimeReader, TimeSurvey
from parsers.tables.word_meanings import ANDROID_CALL_TYPES, ANDROID_TEXT_TYPES

_TOLD_BY: Final = (Field.TIME, Field.SENT, Field.RECEIVED)
"""What tells the time of a message or call: the others where the first is missing."""


class SheetPlan(msgspec.Struct, frozen=True, kw_only=True):
    """How one sheet is read.

    Attributes:
        survey: What it shows.
        service: Of rows that name none.
        listing: Name of the list that it is.
        blank_is_intact: Whether an empty cell under ``Deleted`` states that nothing was deleted.
        handle_first: Whether labels of an application's people begin with what it knows them by.
        mapping: What the submitter states of it.
        named: Which way its rows went, by the name of the sheet or file. None: it says none.
    """

    survey: SheetSurvey
    service: str | None
    listing: str
    blank_is_intact: bool = False
    handle_first: bool = False
    mapping: TableMapping | None = None
    named: NamedWay | None = None


class TableStates:
    """The states of the tables of one file.

    Attributes:
        ledger: Counts what becomes of the rows.
        own: The owner's numbers, as keys.
    """

    def __init__(
        self,
        ctx: ReadContext,
        stamp: SourceStamp,
        part: ExtractionPart,
        *,
        is_workbook: bool,
        shown_orders: Counter[str],
        has_marks: bool,
    ) -> None:
        self.ledger = RowLedger()
        self._ctx = ctx
        self._stamp = stamp
        self._is_workbook = is_workbook
        self._has_marks = has_marks
        self._shown_orders = shown_orders
        self.own = frozenset(self._own_keys(part.msisdn))
        self._people = PartyReader(ctx.default_region, self.own)
        self._people_of: dict[str, PartyReader] = {}
        self._states: dict[tuple[str, int], RowState] = {}
        self._clocks: dict[tuple[str, str | None, str], Clock] = {}
        self._disagrees = False
        self._readers: list[tuple[str, TimeReader]] = []
        self._stated: set[int] = set()
        self._year_first: dict[int, tuple[str, int]] = {}
        self._of_days: dict[int, tuple[str, int]] = {}
        self._headed: list[tuple[str, Section, str, list[TimeReader]]] = []

    def take_owners(self, own_numbers: Mapping[str, Sequence[str]]) -> None:
        """Take the owner's numbers of extractions that have owners of their own, by extraction id."""
        keys = {part_id: frozenset(self._own_keys(numbers)) for part_id, numbers in own_numbers.items()}
        owners = set(keys.values())
        # All of them together remember as much as one does, however many handsets a file names.
        readers = {own: PartyReader(self._ctx.default_region, own, CACHED // len(owners)) for own in owners}
        self._people_of = {part_id: readers[own] for part_id, own in keys.items()}

    def state(self, part_id: str, plan: SheetPlan, section: Section, plans: Sequence[SheetPlan]) -> RowState:
        """Return the state of a table, for the rows of one extraction in it."""
        held = self._states.get((part_id, id(section)))
        if held is not None:
            return held
        mapping = plan.mapping
        state = RowState(
            stamp=self._stamp,
            region=self._ctx.default_region,
            people=self._people_of.get(part_id, self._people),
            times=self._time_readers(part_id, plan, section, plans),
            lost_zeros=section.lost_zeros(),
            same_numbers=section.same_numbers(),
            has_marks=self._has_marks,
            service=(mapping.service if mapping is not None else None) or _service(plan, section),
            values=mapping.values if mapping is not None else {**_android_words(section), **section.words},
            blank_is_intact=plan.blank_is_intact and section.columns.has(Field.DELETED),
            handle_first=plan.handle_first,
            is_workbook=self._is_workbook,
            listing=plan.listing,
            ledger=self.ledger,
            alike=AlikeRows(_own_places(section)),
            has_own_words=section.has_own_words,
            chats=section.chats,
            is_of_one_name=section.is_of_one_name,
            named=way_of(plan, section),
            codes=code_columns(section.columns),
            open_sides=tuple(each.place for each in section.open_sides if tells_side(each, section.columns)),
            short_times=section.short_times if section.short_times.is_needed else None,
        )
        self._states[part_id, id(section)] = state
        return state

    def notices(self, first_id: str) -> Iterator[Notice]:
        """Yield what has to be said of numbers and times; of numbers with the first extraction."""
        yield from self.ledger.cell_notices(first_id)
        people = {self._people, *self._people_of.values()}
        lost_zeros, rounded = sum(each.lost_zero_count for each in people), sum(each.rounded_count for each in people)
        for code, count in (("zero_restored", lost_zeros), ("number_rounded", rounded)):
            if count:
                yield Notice(code=code, extraction_id=first_id, count=count)
        yield from self._orders()
        turned: Counter[tuple[str, str]] = Counter()
        for part_id, reader in self._readers:
            turned["dates_turned", part_id] += reader.turned_count
            turned["day_missing", part_id] += reader.dayless_count
        for (code, part_id), count in turned.items():
            if count:
                yield Notice(code=code, extraction_id=part_id, count=count)
        yield from self._open_zones()
        # A table whose rows are of several extractions is read where one of these has a time.
        read = [id(section) for _, section, _, readers in self._headed if any(each.has_instant for each in readers)]
        for part_id, section, headings, readers in self._headed:
            held = [reader for reader in readers if reader.lost_count or reader.has_instant]
            if held and id(section) not in read and all(reader.is_unread for reader in held):
                count = max(reader.lost_count for reader in held)
                yield Notice(code="times_not_read", extraction_id=part_id, count=count, subject=headings)
        for (part_id, _, _), clock in self._clocks.items():
            yield from clock.notices(part_id)

    def _orders(self) -> Iterator[Notice]:
        """Yield what has to be said of the orders in which dates were read."""
        if self._disagrees:
            yield Notice(code="sidecar_disagrees", subject="date_order")
        for part_id, count in self._year_first.values():
            yield Notice(code="year_first_assumed", extraction_id=part_id, count=count)
        for part_id, count in self._of_days.values():
            yield Notice(code="time_of_days", extraction_id=part_id, count=count)

    def _open_zones(self) -> Iterator[Notice]:
        """Yield a notice for the names of zones that tell no instant, for each extraction."""
        found: dict[tuple[str, str], Counter[str]] = {}
        for part_id, reader in self._readers:
            code = "zone_contrary" if id(reader) in self._stated else "zone_open"
            found.setdefault((part_id, code), Counter()).update(reader.open_zones)
        for (part_id, code), words in found.items():
            if words:
                yield Notice(code=code, extraction_id=part_id, count=words.total(), subject=", ".join(sorted(words)))

    def _time_readers(
        self, part_id: str, plan: SheetPlan, section: Section, plans: Sequence[SheetPlan]
    ) -> Mapping[Field, TimeReader]:
        readers = {}
        every = [each for other in plans for table in other.survey.sections for each in table.times.values()]
        for field, survey in section.times.items():
            labels = [column.label for column in section.columns.by_field[field]]
            headed = next((label.date_order for label in labels if label.date_order), None)
            made = None if survey.made is None else self._time_reader(part_id, plan, survey.made, headed, every)
            readers[field] = self._time_reader(part_id, plan, survey, headed, every, made)
        told = [field for field in _TOLD_BY if field in readers]
        told = told[:1] if Field.TIME in told else told
        headings = ", ".join(column.heading for field in told for column in section.columns.by_field[field])
        self._headed.append((part_id, section, headings, [readers[field] for field in told]))
        return readers

    def _time_reader(
        self,
        part_id: str,
        plan: SheetPlan,
        survey: TimeSurvey,
        headed: str | None,
        every: Sequence[TimeSurvey],
        made: TimeReader | None = None,
    ) -> TimeReader:
        order = DateOrder(headed) if headed else self._order_of(survey, every, self._stated_order(plan))
        self._disagrees |= order.disagrees
        if order.name == YEAR_FIRST and not headed:
            self._year_first.setdefault(id(survey), (part_id, survey.short_years.count))
        if survey.form is TimeForm.DAYS:
            self._of_days.setdefault(id(survey), (part_id, survey.bare_days.count))
        zone = (plan.mapping.time_zone if plan.mapping is not None else None) or self._ctx.time_zone
        clock = self._clocks.setdefault((part_id, order.name, zone), Clock(zone, order.name))
        reader = TimeReader(survey, clock, made, is_british=self._ctx.default_region == "GB")
        self._readers.append((part_id, reader))
        if self._ctx.sidecar.time_zone or (plan.mapping is not None and plan.mapping.time_zone):
            self._stated.add(id(reader))
        return reader

    def _order_of(self, survey: TimeSurvey, every: Sequence[TimeSurvey], stated: str | None) -> DateOrder:
        """Return the order of the dates of a column; that the year is in front is no order of day and month."""
        beside = [each for each in every if each is not survey]
        short = short_year_order(survey.short_years, [each.short_years for each in beside])
        if short is not None and stated != DAY_FIRST:
            return DateOrder(short, disagrees=stated is not None)
        others = [self._shown_orders, *(each.orders for each in beside if each.short_years.order is None)]
        return order_of(survey.orders, others, stated)

    def _stated_order(self, plan: SheetPlan) -> str | None:
        by_mapping = plan.mapping.date_order if plan.mapping is not None else None
        return by_mapping or self._ctx.sidecar.date_order

    def _own_keys(self, numbers: Sequence[str]) -> Iterator[str]:
        for number in (*numbers, self._ctx.sidecar.owner_number):
            key = number_key(number, to_e164(number, self._ctx.default_region)) if number else None
            if key is not None and not has_lost_digits(key):
                yield key


def _service(plan: SheetPlan, section: Section) -> str | None:
    """Return the service of a table; the name of its sheet speaks for tables of the kind of the first alone."""
    return service_named(section.title) or (None if section.is_other else plan.service)


def way_of(plan: SheetPlan, section: Section) -> NamedWay | None:
    """Return which way the rows of a table went, by its title, else by the name of its sheet as of its service.

    None: they say none, or a column says it; what that leaves open no name tells.
    """
    if section.columns.has(Field.DIRECTION):
        return None
    if speaks_of_ways(section.title):
        return way_named(section.title)
    return None if section.is_other else plan.named


def _own_places(section: Section) -> Iterator[int]:
    """Yield the columns of what is each row's own: of the text and of times those that are one column each.

    Those that no field is read from are too, but for what may name the other side.
    """
    columns = section.columns
    read = {column.place for found in columns.by_field.values() for column in found}
    read |= {column.place for column in (*columns.details(), *columns.callers)}
    yield from (column.place for column in columns.all if column.place not in read)
    yield from columns.places(Field.ROW)
    for field in (Field.BODY, *section.times):
        places = columns.places(field)
        if len(places) == 1:
            yield from places


def _android_words(section: Section) -> Mapping[str, Mapping[str, str]]:
    """Return what the numbers under ``type`` mean where a table is Android's own, written out as it is."""
    columns, times = section.columns, section.times.get(Field.TIME)
    labels = {column.label.key for column in columns.all}
    if times is None or times.form is not TimeForm.UNIX_MILLISECONDS or not labels >= {"date", "type"}:
        return {}
    if labels >= {"address", "body"}:
        return {Field.TYPE: ANDROID_TEXT_TYPES}
    return {Field.TYPE: ANDROID_CALL_TYPES} if labels >= {"number", "duration"} else {}
