"""The first reading of a chat: how its starts are written, in which order, and who writes in it.

Nothing of a message is kept: a few numbers a start, and the senders' names.
"""

from __future__ import annotations

import unicodedata
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from parsers.deleted_lines import MARK, is_deleted_by_owner
from parsers.formats.whatsapp_text.date_orders import (
    DateColumn,
    DateOrder,
    date_form,
    decide_order,
    possible_keys,
    sort_keys,
)
from parsers.formats.whatsapp_text.line_bodies import (
    Rest,
    attached_date,
    is_known_line,
    is_of_application,
    is_of_person,
    is_title,
    read_rest,
    shows_group,
)
from parsers.formats.whatsapp_text.line_starts import Layout, read_start
from parsers.formats.whatsapp_text.text_lines import Line
from parsers.plain_characters import to_plain_characters
from parsers.time_order import FAR, Standing, settled, standings

_LAYOUT_STARTS: Final = 10
_LAYOUT_SHARE: Final = 10
"""A second layout is a second export in the file where it has ten starts and a tenth of all, and none of the first
stands behind it; else somebody typed or pasted it."""

_QUOTED_STARTS: Final = 2
"""A name in which a quotation begins is a sender where it comes again; once it is a line of the application."""

_WRITERS: Final = 2
"""Beside the chat's own name so many write in a group, each more than once; in a chat of two it is one."""

_PAIR: Final = 2
_MOST_LAYOUTS: Final = 64
_MOST_SENDERS: Final = 100_000
_APPLICATION: Final = -1
_NOTHING_LENT: Final[Mapping[str, str]] = {}


class Survey(msgspec.Struct, frozen=True, kw_only=True):
    """What a chat shows as a whole.

    Attributes:
        orders: Layout to the order of its dates; a layout that is not in it makes no start.
        places: Standing of each start of these layouts, in file order.
        senders: Name as written to the number of messages, without lines that are typed or of the application.
        owners: Senders under whose names a message stands as the exporter's own that was deleted; each may be typed.
        is_group: Whether a line of the application is one that only groups have.
        has_unknown_lines: Whether a line of the application is in words that are not known: it may tell of a group.
        start_count: Lines that look like a start.
        has_invalid: Whether characters of the chat could not be read.
        spoken_for: The group's name, under which the application speaks and nobody writes. None: there is none.
    """

    orders: dict[Layout, DateOrder]
    places: bytearray
    senders: Counter[str]
    owners: frozenset[str]
    is_group: bool
    has_unknown_lines: bool
    start_count: int
    has_invalid: bool = False
    spoken_for: str | None = None


class _Columns:
    """What is kept of the starts while they are read."""

    def __init__(self) -> None:
        self.layouts: dict[Layout, int] = {}
        self.dates: list[DateColumn] = []
        self.of_start = array("b")
        self.senders: dict[str, int] = {}
        self.sender_of_start = array("i")
        self.quoted: set[str] = set()
        self.writers: set[int] = set()
        """Senders of a text that is surely a person's."""

        self.opener: str | None = None
        """The name under which the application opens the chat."""

        self.last_start: list[int] = []
        self.wordings = array("q")
        """A hash of each start's line: what is copied from the chat is the same line again."""

        self.behind_return: set[int] = set()
        """Starts before which a CR alone stands."""

        self.deletions: dict[int, bool] = {}
        """Starts whose text says that the exporter deleted it, by whether it is marked as the application's."""

        self.marked: set[int] = set()
        self._is_open = False
        self.of_groups: set[int] = set()
        self.with_unknown: set[int] = set()

    def add(self, whole: Line, title: str | None) -> None:
        """Take a line; one that is no start is left out."""
        line = whole.text
        start = read_start(line)
        if start is None:
            if self._is_open and line.strip():
                # The application's words are the whole text; whoever goes on typed them.
                self.deletions.pop(len(self.of_start) - 1, None)
            return
        number = self.layouts.get(start.layout)
        if number is None:
            if len(self.layouts) >= _MOST_LAYOUTS:
                return
            number = self.layouts[start.layout] = len(self.layouts)
            self.dates.append(DateColumn())
            self.last_start.append(0)
        self.dates[number].add(start.numbers, start.clock)
        self.last_start[number] = len(self.of_start)
        self.of_start.append(number)
        self.wordings.append(hash(line.replace(MARK, "")))
        if whole.is_behind_return:
            self.behind_return.add(len(self.wordings) - 1)
        rest = read_rest(line[start.end :], title=title)
        if (named := attached_date(rest.text)) is not None:
            self.dates[number].add_witness(start.numbers, named, start.layout)
        self.sender_of_start.append(self._sender(number, rest))
        self._note_deletion(number, rest)

    def _note_deletion(self, number: int, rest: Rest) -> None:
        """Keep whether the text of the last start says that the exporter deleted it."""
        is_marked = rest.text.startswith(MARK)
        if is_marked:
            self.marked.add(number)
        self._is_open = rest.sender is not None and is_deleted_by_owner(rest.text)
        if self._is_open:
            self.deletions[len(self.of_start) - 1] = is_marked

    def _sender(self, number: int, rest: Rest) -> int:
        name = rest.sender
        is_first = len(self.of_start) == 1
        if name is None or is_of_application(rest.text, name, is_first=is_first):
            if is_first:
                self.opener = name
            if shows_group(rest.text):
                self.of_groups.add(number)
            name = rest.quoted
            if name is None:
                if not is_known_line(rest.text):
                    self.with_unknown.add(number)
                return _APPLICATION
            self.quoted.add(name)
        if name not in self.senders and len(self.senders) >= _MOST_SENDERS:
            return _APPLICATION
        sender = self.senders.setdefault(name, len(self.senders))
        if is_of_person(rest.text):
            self.writers.add(sender)
        return sender


def survey_chat(
    lines: Iterable[Line], title: str | None, stated_order: str | None, lent: Mapping[str, str] = _NOTHING_LENT
) -> Survey:
    """Return what a chat shows.

    Args:
        lines: All of its lines.
        title: The chat's name as the file or archive gives it. None: it gives none.
        stated_order: ``day_first`` or ``month_first`` as the submitter states it.
        lent: The orders of other chats, by ``date_form``.
    """
    columns = _Columns()
    has_invalid = False
    for line in lines:
        columns.add(line, title)
        if line.replaced_count:
            has_invalid = True
    accepted = _accepted(columns)
    orders = {
        layout: decide_order(
            layout, columns.dates[number], stated_order, lent.get(date_form(layout)), begins_file=number == 0
        )
        for layout, number in accepted.items()
    }
    far = _places(columns, accepted, orders)
    places = settled(far, _Quotes(columns, accepted, far, title).shows)
    counts: Counter[str] = Counter()
    names = list(columns.senders)
    numbers = set(accepted.values())
    owners: set[str] = set()
    kept = (start for start, number in enumerate(columns.of_start) if number in numbers)
    for start, place, first_place in zip(kept, places, far, strict=True):
        sender = columns.sender_of_start[start]
        if sender != _APPLICATION and place != Standing.TYPED:
            counts[names[sender]] += 1
            # Of a line that may be typed nothing is taken that tells of the others.
            if first_place not in FAR and _is_as_the_application(columns, start):
                owners.add(names[sender])
    alone = {name for name in columns.quoted if counts[name] < _QUOTED_STARTS}
    for name in alone:
        del counts[name]
    is_group = not numbers.isdisjoint(columns.of_groups)
    spoken_for = _spoken_for(columns, counts, title, is_group=is_group)
    if spoken_for is not None:
        del counts[spoken_for]
    return Survey(
        orders=orders,
        places=places,
        senders=counts,
        owners=frozenset(owners & counts.keys()),
        is_group=is_group or spoken_for is not None,
        has_unknown_lines=bool(alone) or not numbers.isdisjoint(columns.with_unknown),
        start_count=len(columns.of_start),
        has_invalid=has_invalid,
        spoken_for=spoken_for,
    )


def _spoken_for(columns: _Columns, counts: Counter[str], title: str | None, *, is_group: bool) -> str | None:
    """Return the group's name, under which iOS shows what the application says; in its words of any language.

    It is the chat's name or that under which the chat opens, and nothing stands under it but marked words.
    """
    for name, sender in columns.senders.items():
        is_named = name == columns.opener or (title is not None and is_title(name, title))
        if is_named and name in counts and sender not in columns.writers:
            others = sum(1 for each, count in counts.items() if each != name and count >= _WRITERS)
            return name if is_group or others >= _WRITERS else None
    return None


def _is_as_the_application(columns: _Columns, start: int) -> bool:
    """Whether a start says that the exporter deleted its message, in the way in which the application does.

    Where it marks its words (iOS) those without the mark were typed.
    """
    is_marked = columns.deletions.get(start)
    return is_marked is not None and (is_marked or columns.of_start[start] not in columns.marked)


def _accepted(columns: _Columns) -> dict[Layout, int]:
    """Return the layouts whose starts are starts: the first one's, and others that are no accident.

    Logs of anything else are written as an iPhone's chats were, so that such lines further down are somebody's text.
    """
    total = len(columns.of_start)
    return {
        layout: number
        for layout, number in columns.layouts.items()
        if number == 0 or (not layout.is_before_colon and _is_export(columns, number, total))
    }


def _is_export(columns: _Columns, number: int, total: int) -> bool:
    """Whether a further layout is that of a second export: many starts, and behind them none of a layout before it."""
    count = len(columns.dates[number])
    is_behind = all(columns.last_start[number] > last for last in columns.last_start[:number])
    return is_behind and count >= _LAYOUT_STARTS and count * _LAYOUT_SHARE >= total


def _places(columns: _Columns, accepted: dict[Layout, int], orders: dict[Layout, DateOrder]) -> bytearray:
    """Return the standing of each start that counts. Layouts are looked at one by one: a file of two is two exports."""
    by_number: dict[int, bytes] = {}
    for layout, number in accepted.items():
        rows = columns.dates[number].rows()
        order = orders[layout].name
        # Where day and month are not told apart, a line is out of order only if it is so either way.
        found = [standings(keys) for keys in ([sort_keys(rows, order)] if order else possible_keys(rows, layout))]
        by_number[number] = bytes(map(min, zip(*found, strict=True)))
    following = {number: iter(places) for number, places in by_number.items()}
    return bytearray(next(following[number]) for number in columns.of_start if number in following)


def letters_of(name: str) -> str:
    """Return what of a name a file's name keeps: its letters and digits, in small letters; without any, all of it."""
    plain = unicodedata.normalize("NFKC", to_plain_characters(name)).casefold()
    return "".join(char for char in plain if char.isalnum()) or plain


class _Quotes:
    """What shows, beside its time, that a start far out of order is a line that somebody quoted or typed."""

    def __init__(self, columns: _Columns, accepted: dict[Layout, int], places: bytearray, title: str | None) -> None:
        numbers = set(accepted.values())
        self._starts = [start for start, number in enumerate(columns.of_start) if number in numbers]
        self._columns = columns
        self._places = places
        near = [start for start, place in zip(self._starts, places, strict=True) if place not in FAR]
        has_far = len(near) < len(self._starts)
        self._wordings = {columns.wordings[start] for start in near} if has_far else set()
        self._people = {columns.sender_of_start[start] for start in near} - {_APPLICATION} if has_far else set()
        self._has_feeds = len(columns.behind_return) * 2 < len(columns.of_start)
        self._is_pair = len(self._people) == _PAIR and self._are_all(title, numbers)

    def shows(self, place: int) -> bool:
        """Whether the start at a place is the same line as one in order, or of somebody who cannot write there.

        So is one behind a CR alone, which ends no line of the file else. In a chat of two who is not one of the two
        cannot write; anywhere, who shows up in a line ahead of its time and in no other. A third name in what may be
        a group, and the second one in a chat, may have come late.
        """
        start = self._starts[place]
        sender = self._columns.sender_of_start[start]
        if self._columns.wordings[start] in self._wordings or (
            self._has_feeds and start in self._columns.behind_return
        ):
            return True
        is_new = sender != _APPLICATION and sender not in self._people
        return is_new and (self._is_pair or self._places[place] == Standing.AHEAD)

    def _are_all(self, title: str | None, numbers: set[int]) -> bool:
        """Whether the two who write are all who can: one is whom the chat is called after, or nothing tells of more."""
        if not numbers.isdisjoint(self._columns.of_groups):
            return False
        if title is None:
            return numbers.isdisjoint(self._columns.with_unknown)
        names = list(self._columns.senders)
        return any(letters_of(names[sender]) == letters_of(title) for sender in self._people)
