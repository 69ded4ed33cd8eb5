"""One heading over a day and a time of day: ``Date and time`` over two columns, of which the second has no heading."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from parsers.sheets.rows import Row
from parsers.table_fields import TIME_FIELDS, Field
from parsers.tables.columns import Column, Columns, unnamed
from parsers.tables.labels import Label
from parsers.tables.time_cells import holds_day_beside_clock
from parsers.tables.times import TimeSurvey
from parsers.tables.zone_columns import ZoneColumn

_TIME_OF_DAY = "time"
"""Key of the heading that the second column would have."""


class SplitTimes:
    """Looks through the rows of a table for a column of days beside which one without a heading has the times of day.

    Args:
        columns: What its headings say.
        zones: The column that states the zones of its times. None: none does.
    """

    def __init__(self, columns: Columns, zones: ZoneColumn | None) -> None:
        self._asked: dict[Field, tuple[int, TimeSurvey]] = {}
        self._filled: set[Field] = set()
        for field in TIME_FIELDS:
            places = columns.places(field)
            if len(places) == 1 and places[0] + 1 not in columns.headings:
                both = (places[0], places[0] + 1)
                self._asked[field] = (places[0], TimeSurvey(both, columns.zones(field), beside=zones))

    @property
    def is_needed(self) -> bool:
        """Whether there is a column to look at."""
        return bool(self._asked)

    def add(self, row: Row) -> None:
        """Take a row below the headings."""
        for field, (place, survey) in tuple(self._asked.items()):
            is_both = holds_day_beside_clock(row, place)
            if is_both is False:
                del self._asked[field]
            elif is_both:
                self._filled.add(field)
                survey.add(row)

    def found(self, columns: Columns) -> tuple[Columns, Mapping[Field, TimeSurvey]]:
        """Return the columns, those of times of day too, and what these show."""
        by_field, times = dict(columns.by_field), {}
        for field, (place, survey) in self._asked.items():
            if field in self._filled and columns.places(field) == (place,):
                clock = Column(place + 1, unnamed(place + 1), Label(_TIME_OF_DAY, field))
                by_field[field] = (*by_field[field], clock)
                times[field] = survey
        return msgspec.structs.replace(columns, by_field=by_field), times


def split_times(columns: Columns, zones: ZoneColumn | None) -> SplitTimes | None:
    """Return a search. None: no column is to be looked at."""
    search = SplitTimes(columns, zones)
    return search if search.is_needed else None
