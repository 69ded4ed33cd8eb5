"""The report as tables: one list of the data a table, each column named and explained. CSV and XLSX write them.

A list inside a row is joined by ``; ``; the JSON form holds everything as it is. Instants stand in UTC as in the data,
and beside them in UK time, for reading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from search.reports.page_text import with_zone

Item = Mapping[str, Any]
Cell = str | int | float | None

_UK = ZoneInfo("Europe/London")


class Column(msgspec.Struct, frozen=True):
    """A column: its heading, and what it holds in words."""

    heading: str
    meaning: str
    value: Callable[[Item], Any]


class Table(msgspec.Struct, frozen=True):
    """A table: its name (of the file or the sheet), and its rows in the order of the data."""

    name: str
    columns: tuple[Column, ...]
    items: Sequence[Item]

    def rows(self) -> Iterable[tuple[Cell, ...]]:
        """Yield the rows."""
        for item in self.items:
            yield tuple(_cell(column.value(item)) for column in self.columns)


def uk_time(instant: str | None) -> str | None:
    """Return an instant as UK local time with the name of its zone: ``2024-05-01 13:00:00 BST``."""
    if instant is None:
        return None
    return f"{datetime.fromisoformat(instant).astimezone(_UK):%Y-%m-%d %H:%M:%S %Z}"


def text(key: str, meaning: str) -> Column:
    """Return the column of one value of the row."""
    return Column(key, meaning, lambda item: item[key])


def said(key: str, meaning: str) -> Column:
    """Return the column of a sentence of ours, or of several."""
    return Column(key, meaning, lambda item: zoned(item[key]))


def zoned(sentences: str | Sequence[str] | None) -> str | list[str] | None:
    """Return sentences of ours with the zone of their days."""
    if sentences is None or isinstance(sentences, str):
        return None if sentences is None else with_zone(sentences)
    return [with_zone(sentence) for sentence in sentences]


def times(key: str, meaning: str) -> tuple[Column, Column]:
    """Return the two columns of an instant: UTC and UK time."""
    stem = key.removesuffix("_at") if key != "at" else "at"
    return (
        Column(f"{stem}_utc", f"{meaning}, UTC", lambda item: item[key]),
        Column(f"{stem}_uk", f"{meaning}, UK time", lambda item: uk_time(item[key])),
    )


def _cell(value: Any) -> Cell:
    if value is None or (isinstance(value, (int, float, str)) and not isinstance(value, bool)):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(str(part) for part in value)
