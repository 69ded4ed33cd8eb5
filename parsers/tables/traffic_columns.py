"""The column that says what a network carried in each row, whatever it is called: told by the words in its cells.

Lists of networks and their bills have calls, texts, picture messages and data sessions one below the other, under
headings that differ from one to the next (``Usage Type``, ``Service``, ``Bearer``, ``Description``). A column of which
most cells name such things, of several kinds or texts alone, is the type of the rows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from parsers.sheets.rows import Row
from parsers.table_fields import Field, TableKind
from parsers.tables.bill_words import names_carried_alone, names_line_of_bill
from parsers.tables.columns import Column, Columns
from parsers.tables.network_names import may_name_network, names_network_line
from parsers.tables.town_words import names_town, nobodies_among
from parsers.tables.traffic_words import heads_charge, heads_kinds, heads_volume, may_head_kinds
from parsers.tables.word_meanings import (
    direction_word,
    names_application,
    names_session,
    outcome_of,
    service_of_text,
    thing_carried,
    thing_named,
)

_SHARE: Final = 0.6
_MOST_LASTING: Final = 0.5
_MOST_WORDS: Final = 40
"""A column of more different cells is one of remarks or of names."""

_LONGEST: Final = 40
_FEWEST_BILLED: Final = 2
"""Lines and kinds that differ and stand in a column of a bill, where it names towns of landlines besides."""

_SEVERAL_NUMBERS: Final = 2
"""Numbers that differ beside one text, of which a further one tells no more."""

_MAY_BE: Final = frozenset({Field.TYPE, Field.SERVICE, Field.DIRECTION})
_SIDES: Final = (Field.TO, Field.FROM, Field.NUMBER)
_CLOCK = re.compile(r"[0-9]:[0-5][0-9]")
_CALL, _MESSAGE = TableKind.CALL.value, TableKind.MESSAGE.value
_APPLICATIONS: Final = frozenset({"application", "app", "app name", "related application", "messenger", "platform"})


class TrafficSearch:
    """Looks through the rows of a table for the column of what was carried.

    Args:
        columns: What its headings say.
    """

    def __init__(self, columns: Columns) -> None:
        read = {
            column.place for field, found in columns.by_field.items() if field not in _MAY_BE for column in found
        } | {column.place for column in columns.beside}
        # ``Destination`` beside the number that was called may be what was called.
        self._second = {column.place for field in _SIDES for column in _several(columns, field)}
        read -= self._second
        self._rows = 0
        self._durations = columns.places(Field.DURATION)
        self._has_volume = any(heads_volume(column.label.key) for column in columns.all)
        self._lasting: Counter[tuple[int, str]] = Counter()
        self._counting: Counter[tuple[int, str]] = Counter()
        self._has_clocks = False
        self._numbered = {
            column.place: [
                other for each in {field, Field.NUMBER} for other in columns.places(each) if other != column.place
            ]
            for field in _SIDES
            for column in _several(columns, field)
        }
        self._beside: dict[tuple[int, str], set[str]] = {}
        self._held: dict[int, Counter[str]] = {
            column.place: Counter()
            for column in columns.all
            if column.place not in read and column.label.key not in _APPLICATIONS and may_head_kinds(column.label.key)
        }

    def add(self, row: Row) -> None:
        """Take a row below the headings."""
        self._rows += 1
        cells = row.cells
        over = None
        spans = [cells[place] for place in self._durations if place < len(cells)]
        is_counted = bool(spans) and all(map(str.isdecimal, map(str.strip, spans)))
        self._has_clocks = self._has_clocks or any(map(_CLOCK.search, spans))
        is_lasting = any(map(is_some_time, spans))
        for place, held in self._held.items():
            text = cells[place].strip() if place < len(cells) else ""
            if not text:
                continue
            held[text] += 1
            if place in self._second:
                self._add_beside(place, text, cells)
            if is_lasting:
                (self._counting if is_counted else self._lasting)[place, text] += 1
            if len(held) > _MOST_WORDS or len(text) > _LONGEST:
                over = place
        if over is not None:
            # One a row: a table of remarks has few such columns, and each goes with one of its first rows.
            del self._held[over]

    def _add_beside(self, place: int, text: str, cells: Sequence[str]) -> None:
        beside = self._beside.setdefault((place, text), set())
        if len(beside) < _SEVERAL_NUMBERS:
            others = [cells[other].strip() for other in self._numbered[place] if other < len(cells)]
            beside.update(number for number in others if any(map(str.isdigit, number)))

    def found(self, columns: Columns) -> Columns | None:
        """Return the columns with the type of the rows. None: no column says it.

        Args:
            columns: The same ones, as far as the cells have told what they hold by now.
        """
        kinds = {column: kinds for column in columns.all if (kinds := self._kinds(columns, column))}
        if not kinds:
            return None
        column = max(kinds, key=lambda each: (len(kinds[each]), each in columns.by_field.get(Field.TYPE, ())))
        return self._with_type(columns, column)

    def lines(self, columns: Columns) -> tuple[tuple[Field, Column, frozenset[str]], ...]:
        """Return the columns of one side, with their fields, that hold lines and kinds of calls beside its number.

        With each, what else it holds that is nobody either beside a number.
        """
        found = []
        for field, column in [(side, each) for side in _SIDES for each in columns.by_field.get(side, ())]:
            held: Mapping[str, int] = self._held.get(column.place, {}) if column.place in self._second else {}
            if any(map(_may_be_number, held)):
                continue
            named = _named_in(columns, held)
            is_most = sum(held[text] for text in named) >= sum(held.values()) * _SHARE
            if named and (is_most or self._is_billed(columns, held)):
                networks = _lone_networks(columns, held)
                lines = {*networks, *(text for text in held if names_line_of_bill(text) or thing_carried(text))}
                beside = {text: self._beside.get((column.place, text), set()) for text in held}
                found.append((field, column, nobodies_among(beside, lines) | networks))
        return tuple(found)

    def texts(self, columns: Columns) -> Mapping[str, str]:
        """Return what the types of texts say (``SMSMO``: ``sms outgoing``; ``Picture``: ``mms``) in a list of calls.

        Args:
            columns: With the type of the rows, as they are read.
        """
        if columns.kind is not TableKind.CALL:
            return {}
        said: dict[str, str] = {}
        for column in columns.by_field.get(Field.TYPE, ()):
            for text in self._held.get(column.place, ()):
                service = service_of_text(text) if thing_named(text) == _MESSAGE else None
                if service is not None and not names_application(text):
                    way = direction_word(text)
                    said[text] = service if way is None else f"{service} {way.value}"
        return said

    def _kinds(self, columns: Columns, column: Column) -> frozenset[str]:
        """Return the kinds of things that most cells of a column name. Empty: they do not, or tell nothing apart."""
        held: Mapping[str, int] = self._held.get(column.place, {})
        told = {text: thing for text in held if (thing := thing_carried(text)) is not None}
        # A call is named by the line that it went to where a text is called one: ``Mobile``, ``Text Message``.
        lines = {text for text in held if names_line_of_bill(text)} | _lone_networks(columns, held)
        is_second = column.place in self._second
        # People may stand there as well: ``Text me Dave``.
        sure = {text for text in told if not is_second or _is_bill(columns) or names_carried_alone(text)}
        count = sum(held[text] for text in {*sure, *lines})
        is_most = count >= sum(held.values()) * _SHARE and count >= self._rows * _SHARE
        if not told or not (is_most or (is_second and self._is_billed(columns, held))):
            return frozenset()
        kinds = frozenset(told.values())
        if not heads_kinds(column.label.key):
            kinds -= {kind for kind in kinds - {_CALL} if self._last(column, [t for t in told if told[t] == kind])}
        if len(kinds) > 1:
            is_mixed = columns.kind is TableKind.MIXED
            return kinds if _CALL in kinds or (_MESSAGE in kinds and not is_mixed) else frozenset()
        is_alone = columns.kind is TableKind.CALL and (all(map(service_of_text, told)) or all(map(names_session, told)))
        return kinds if kinds and is_alone and not self._last(column, told) else frozenset()

    @staticmethod
    def _is_billed(columns: Columns, held: Mapping[str, int]) -> bool:
        """Whether a column of a bill says in most cells what line was called: two that differ at least."""
        named = _named_in(columns, held)
        if len(named) < _FEWEST_BILLED or sum(held[text] for text in named) * 2 <= sum(held.values()):
            return False
        return _is_bill(columns)

    def _last(self, column: Column, texts: Iterable[str]) -> bool:
        """Whether rows of such cells last, as calls do and texts do not, where no column says how much was carried.

        Where the time of others is a clock's (``00:01:05``), a number alone counts texts.
        """
        held = self._held[column.place]
        lasting = self._lasting if self._has_clocks else self._lasting + self._counting
        left = sum(lasting[column.place, text] - held[text] * _MOST_LASTING for text in texts)
        return not self._has_volume and left > 0

    def _with_type(self, columns: Columns, column: Column) -> Columns:
        by_field = dict(columns.by_field)
        types = tuple(each for each in by_field.get(Field.TYPE, ()) if each is not column)
        services = tuple(each for each in by_field.pop(Field.SERVICE, ()) if each is not column)
        if services:
            by_field[Field.SERVICE] = services
        by_field[Field.TYPE] = (column,)
        ways = tuple(each for each in types if self._says_ways(each))
        if ways and Field.DIRECTION not in by_field:
            by_field[Field.DIRECTION] = ways
        return msgspec.structs.replace(columns, by_field=by_field)

    def _says_ways(self, column: Column) -> bool:
        held: Mapping[str, int] = self._held.get(column.place, {})
        told = sum(count for text, count in held.items() if direction_word(text) or outcome_of(text))
        return told > 0 and told >= sum(held.values()) * _SHARE


def _is_bill(columns: Columns) -> bool:
    return any(heads_charge(column.label.key) for column in columns.all)


def _named_in(columns: Columns, held: Iterable[str]) -> list[str]:
    """Return the cells that name a line or what was carried and, of a bill, a town where a number is."""
    is_bill = _is_bill(columns)
    found = [text for text in held if names_line_of_bill(text) or (is_bill and thing_carried(text))]
    found += [text for text in held if text not in found and names_carried_alone(text)]
    found += [text for text in _lone_networks(columns, held) if text not in found]
    towns = [text for text in held if text not in found and names_town(text)] if is_bill else []
    # One town alone may be a person.
    return [*found, *towns] if len(towns) >= _FEWEST_BILLED or (found and towns) else found


def _lone_networks(columns: Columns, held: Iterable[str]) -> frozenset[str]:
    """Return the cells that say nothing but the name of a network, which may be somebody's (``Three``); in doubt none.

    They are networks where nothing stands in their column that may be people, beside a line that surely is one.
    """
    others = {text for text in held if not may_name_network(text) or names_network_line(text)}
    networks = frozenset(held) - others
    is_bill = _is_bill(columns)
    lines = {text for text in others if names_line_of_bill(text)}
    left = [text for text in others - lines if not names_carried_alone(text) and not (is_bill and names_town(text))]
    return networks if not left and lines else frozenset()


def _may_be_number(text: str) -> bool:
    """Whether a cell beside a number may be another: it has figures that are of no network and of no volume of data."""
    return any(map(str.isdigit, text)) and not names_line_of_bill(text) and not names_carried_alone(text)


def _several(columns: Columns, field: Field) -> tuple[Column, ...]:
    """Return the columns of a field; none where it has one alone, without which nobody would be named.

    Beside a column of numbers that does not say which side they are on, whom a row went to is such a second one.
    """
    held = columns.by_field.get(field, ())
    return held if len(held) > 1 or (field is Field.TO and columns.has(Field.NUMBER)) else ()


def is_some_time(text: str) -> bool:
    """Whether a duration is of more than no seconds, in whatever form."""
    return any(char.isdigit() and char != "0" for char in text)
