"""The time of a row, where -1 is what the application writes when it knows none."""

from __future__ import annotations

from collections.abc import Callable

from parsers.records.values import Moment
from parsers.sqlite_values import Row
from parsers.store_reading import Store


def message_time(store: Store, row: Row, column: str, read: Callable[[Row, str], Moment]) -> Moment:
    """Return the time in a column; -1 stays as written and is counted, as zero is."""
    if row.raw(column) != -1:
        return read(row, column)
    return store.clock.unreadable("-1")
