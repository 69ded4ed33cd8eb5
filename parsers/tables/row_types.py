"""What a row becomes by its type, where a table lists messages, calls and other things one below the other.

Only where the types of a table name two kinds of things are they taken for more than a way or an outcome: a list of
calls may have ``WhatsApp`` there, and a chat ``Location`` for a place that somebody sent.
"""

from __future__ import annotations

import re
from typing import Final

from parsers.sheets.rows import Row
from parsers.table_fields import Field, TableKind
from parsers.tables.bill_words import names_line_of_bill
from parsers.tables.columns import Column, Columns
from parsers.tables.network_names import may_name_network
from parsers.tables.row_view import RowView
from parsers.tables.traffic_columns import TrafficSearch, is_some_time
from parsers.tables.traffic_words import heads_kinds, heads_volume
from parsers.tables.word_meanings import (
    OTHER_THINGS,
    direction_word,
    names_application,
    names_text,
    outcome_of,
    row_is_call,
    thing_named,
)

_CALL, _MESSAGE, _MIXED = TableKind.CALL, TableKind.MESSAGE, TableKind.MIXED
"""Named here because looking one up in its enumeration takes four times as long, and each row asks for all."""

_LISTING: Final = frozenset({_CALL, _MESSAGE, _MIXED})
_OF_CHAT: Final = (Field.THREAD, Field.CHAT_NUMBER, Field.PARTICIPANTS)
_CHAT_WORDS: Final = frozenset({"chat", "conversation", "thread", "group", "room", "participants", "members"})
"""Words of headings that only lists of chats have; ``Chat Name`` itself is not read."""

_TEXT_HEADINGS: Final = frozenset({"description", "details"})
_CLOCK_SPAN = re.compile(r"(?:[0-9]{1,4}:)?[0-9]{1,4}:[0-5][0-9]")
_SIDES: Final = (Field.FROM, Field.TO, Field.NUMBER, Field.PARTIES)
_MOST_TYPES: Final = 64
_LONGEST_TYPE: Final = 60
_FEWEST_THINGS: Final = 2
_UNKNOWN_TYPE: Final = "row of a type that is not known"


class TypeSurvey:
    """The types that the rows of one table have."""

    def __init__(self, columns: Columns) -> None:
        self._kind = columns.kind
        self._places = columns.places(Field.TYPE)
        self._texts: set[str] = set()

    def add(self, row: Row) -> None:
        """Take a row below the headings."""
        for place in self._places:
            text = row.cells[place] if place < len(row.cells) else ""
            if text and len(self._texts) < _MOST_TYPES and len(text) <= _LONGEST_TYPE:
                self._texts.add(text)

    def is_timeline(self) -> bool:
        """Whether the types name things of several kinds; calls are among them, or the columns are those of calls."""
        things = {thing_named(text) for text in self._texts} - {None}
        return len(things) >= _FEWEST_THINGS and (self._kind is _CALL or _CALL.value in things)


def type_survey(columns: Columns) -> TypeSurvey | None:
    """Return a survey of types. None: the table has none, or its rows are a chat's, whose types are what was sent."""
    return TypeSurvey(columns) if columns.has(Field.TYPE) and _may_list_things(columns) else None


def traffic_search(columns: Columns) -> TrafficSearch | None:
    """Return a search for what a network carried. None: the table is none of a network's."""
    is_of_calls = columns.kind is _CALL or columns.kind is _MIXED
    return TrafficSearch(columns) if is_of_calls and _may_list_things(columns) else None


def _may_list_things(columns: Columns) -> bool:
    if columns.kind not in _LISTING or columns.has(*_OF_CHAT):
        return False
    return all(_CHAT_WORDS.isdisjoint(column.label.key.split()) for column in columns.all)


def text_column(columns: Columns) -> Column | None:
    """Return the column that holds the text of those rows of a timeline that are messages, where no heading says it.

    What it says of calls and other things is a description, which is kept beside them. None: there is none, or several.
    """
    if columns.has(Field.BODY):
        return None
    types = columns.by_field.get(Field.TYPE, ())
    known = (column for column in columns.all if column.label.field is None and column not in types)
    found = [column for column in known if column.label.key in _TEXT_HEADINGS]
    return found[0] if len(found) == 1 else None


def kind_of_row(columns: Columns, view: RowView, *, is_timeline: bool) -> TableKind | None:
    """Return what a row becomes. None: by its type it is neither message nor call nor contact."""
    kind = columns.kind
    if is_timeline and kind in _LISTING:
        return _kind_in_timeline(columns, view)
    return _kind_by_columns(kind, view)


def other_type(view: RowView) -> tuple[str, str]:
    """Return the code and the subject of the notice on a row that becomes no record by its type."""
    text = view.look(Field.TYPE) or ""
    if thing_named(text) == OTHER_THINGS and len(text) <= _LONGEST_TYPE:
        return "element_not_read", " ".join(text.split())
    return "element_unreadable", _UNKNOWN_TYPE


def _kind_by_columns(kind: TableKind, view: RowView) -> TableKind:
    if kind is not _CALL and kind is not _MIXED:
        return kind
    if kind is _CALL and names_text(view.look(Field.TYPE)):
        # A list of what a line was charged for has its texts among the calls.
        return _MESSAGE
    if kind is _CALL:
        return kind
    stated = row_is_call(view.look(Field.TYPE), view.look(Field.SERVICE), view.look(Field.DIRECTION))
    if stated is None:
        stated = not view.holds(Field.BODY) and view.holds(Field.DURATION)
    return _CALL if stated else _MESSAGE


def _kind_in_timeline(columns: Columns, view: RowView) -> TableKind | None:
    kind = columns.kind
    text = view.look(Field.TYPE)
    thing = thing_named(text)
    if view.holds(Field.BODY, Field.ATTACHMENT) or (thing is None and kind is not _CALL):
        return _kind_by_columns(kind, view)
    if thing is not None and _lasted_as_call(columns, view, thing):
        return _CALL
    if thing is not None:
        return None if thing == OTHER_THINGS else TableKind(thing)
    if _is_told_call(view, text) or (text is not None and (names_line_of_bill(text) or may_name_network(text))):
        return _CALL
    return _MESSAGE if text is not None and names_application(text) else None


def _is_told_call(view: RowView, text: str | None) -> bool:
    """Whether a row of no type that is known is a call: it lasted, or says how it went. One of no seconds is not."""
    if not view.has_digits(Field.TIME, Field.SENT, Field.RECEIVED):
        return True
    if view.holds(Field.DURATION) and not _is_of_no_time(view):
        return True
    if text is None and not view.holds(Field.DURATION):
        return True
    said = (text, view.look(Field.DIRECTION), view.look(Field.STATUS))
    return any(outcome_of(each) is not None for each in said) or direction_word(text) is not None


def _is_of_no_time(view: RowView) -> bool:
    return not any(is_some_time(text) for _, text in view.texts(Field.DURATION))


def _lasted_as_call(columns: Columns, view: RowView, thing: str) -> bool:
    """Whether a row that its type takes for something else is a call: it lasted, went one way, and carried no data."""
    spans = [text.strip() for _, text in view.texts(Field.DURATION)]
    if thing == _CALL.value or not any(_CLOCK_SPAN.fullmatch(text) and is_some_time(text) for text in spans):
        return False
    said = (view.look(Field.DIRECTION), view.look(Field.STATUS))
    if not any(direction_word(text) or outcome_of(text) for text in said):
        return False
    if any(is_some_time(view.cell(each.place) or "") for each in columns.all if heads_volume(each.label.key)):
        return False
    if thing == _MESSAGE.value:
        types = columns.by_field.get(Field.TYPE, ())
        is_sure = any(heads_kinds(each.label.key) for each in types)
        return not is_sure and not names_text(view.look(Field.TYPE))
    sides = [text for field in _SIDES for _, text in view.texts(field)]
    return bool(sides) and all(any(map(str.isdigit, text)) for text in sides)
