"""The first reading of a chat: how its starts are written, in which order, and who writes in it.

Nothing of a message is kept: a few numbers a start, and the senders' names.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable
from typing import Final

import msgspec

from parsers.formats.whatsapp_text.date_orders import DateColumn, DateOrder, decide_order, orders_of, sort_keys
from parsers.formats.whatsapp_text.line_bodies import (
    attached_date,
    is_deleted_by_owner,
    is_of_application,
    read_rest,
    shows_group,
)
from parsers.formats.whatsapp_text.line_starts import Layout, read_start
from parsers.formats.whatsapp_text.text_lines import Line
from parsers.formats.whatsapp_text.time_order import Standing, standings

_LAYOUT_STARTS: Final = 10
_LAYOUT_SHARE: Final = 10
"""A second layout is a second export in the file where it has ten starts and a tenth of all; else somebody typed it."""

_MOST_LAYOUTS: Final = 64
_MOST_SENDERS: Final = 100_000
_APPLICATION: Final = -1


class Survey(msgspec.Struct, frozen=True, kw_only=True):
    """What a chat shows as a whole.

    Attributes:
        orders: Layout to the order of its dates; a layout that is not in it makes no start.
        places: Standing of each start of these layouts, in file order.
        senders: Name as written to the number of messages, without lines that are typed or of the application.
        owners: Senders whose deleted messages the chat shows as the exporter's own.
        is_group: Whether a line of the application is one that only groups have.
        foreign_count: Lines that look like a start of another layout.
        start_count: Lines that look like a start.
    """

    orders: dict[Layout, DateOrder]
    places: bytearray
    senders: Counter[str]
    owners: frozenset[str]
    is_group: bool
    foreign_count: int
    start_count: int


class _Columns:
    """What is kept of the starts while they are read."""

    def __init__(self) -> None:
        self.layouts: dict[Layout, int] = {}
        self.dates: list[DateColumn] = []
        self.of_start = array("b")
        self.senders: dict[str, int] = {}
        self.sender_of_start = array("i")
        self.owners: set[str] = set()
        self.is_group = False

    def add(self, line: str, title: str | None) -> None:
        """Take a line; one that is no start is left out."""
        start = read_start(line)
        if start is None:
            return
        number = self.layouts.get(start.layout)
        if number is None:
            if len(self.layouts) >= _MOST_LAYOUTS:
                return
            number = self.layouts[start.layout] = len(self.layouts)
            self.dates.append(DateColumn())
        self.dates[number].add(start.numbers, start.clock)
        self.of_start.append(number)
        rest = read_rest(line[start.end :], title=title)
        if (named := attached_date(rest.text)) is not None:
            self.dates[number].add_witness(start.numbers, named, start.layout)
        sender = _APPLICATION
        if rest.sender is None or is_of_application(rest.text):
            self.is_group = self.is_group or shows_group(rest.text)
        elif rest.sender in self.senders or len(self.senders) < _MOST_SENDERS:
            sender = self.senders.setdefault(rest.sender, len(self.senders))
            if is_deleted_by_owner(rest.text):
                self.owners.add(rest.sender)
        self.sender_of_start.append(sender)


def survey_chat(lines: Iterable[Line], title: str | None, stated_order: str | None) -> Survey:
    """Return what a chat shows.

    Args:
        lines: All of its lines.
        title: The chat's name as the file or archive gives it. None: it gives none.
        stated_order: ``day_first`` or ``month_first`` as the submitter states it.
    """
    columns = _Columns()
    for line in lines:
        columns.add(line.text, title)
    accepted = _accepted(columns)
    orders = {layout: decide_order(layout, columns.dates[number], stated_order) for layout, number in accepted.items()}
    places = _places(columns, accepted, orders)
    counts: Counter[str] = Counter()
    names = list(columns.senders)
    numbers = set(accepted.values())
    kept = (
        sender for sender, number in zip(columns.sender_of_start, columns.of_start, strict=True) if number in numbers
    )
    for sender, place in zip(kept, places, strict=True):
        if sender != _APPLICATION and place != Standing.TYPED:
            counts[names[sender]] += 1
    return Survey(
        orders=orders,
        places=places,
        senders=counts,
        owners=frozenset(columns.owners & counts.keys()),
        is_group=columns.is_group,
        foreign_count=len(columns.of_start) - len(places),
        start_count=len(columns.of_start),
    )


def _accepted(columns: _Columns) -> dict[Layout, int]:
    """Return the layouts whose starts are starts: the first one's, and others that are no accident."""
    total = len(columns.of_start)
    return {
        layout: number
        for layout, number in columns.layouts.items()
        if number == 0
        or (len(columns.dates[number]) >= _LAYOUT_STARTS and len(columns.dates[number]) * _LAYOUT_SHARE >= total)
    }


def _places(columns: _Columns, accepted: dict[Layout, int], orders: dict[Layout, DateOrder]) -> bytearray:
    """Return the standing of each start that counts. Layouts are looked at one by one: a file of two is two exports."""
    by_number: dict[int, bytes] = {}
    for layout, number in accepted.items():
        rows = columns.dates[number].rows()
        order = orders[layout].name
        # Where day and month are not told apart, a line is out of order only if it is so either way.
        found = [standings(sort_keys(rows, each)) for each in ((order,) if order else orders_of(layout))]
        by_number[number] = bytes(map(min, zip(*found, strict=True)))
    following = {number: iter(places) for number, places in by_number.items()}
    return bytearray(next(following[number]) for number in columns.of_start if number in following)
