"""The heading row of a table: which row it is, what its columns hold, and what its rows become."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from parsers.sheets.rows import CellKind, Row
from parsers.table_fields import TIME_FIELDS, Field, TableKind
from parsers.tables.epoch_counts import Epoch
from parsers.tables.known_headings import DESTINATIONS, SOURCES
from parsers.tables.labels import (
    SURNAMES,
    Label,
    bare_heading,
    field_in,
    is_heading_anywhere,
    kind_named,
    language_of_row,
    read_label,
)
from parsers.tables.side_headings import moved_side
from parsers.tables.span_parts import with_parts

_FEWEST_KNOWN: Final = 3
_LONGEST_HEADING: Final = 120
_SIDES: Final = frozenset({Field.FROM, Field.TO, Field.NUMBER, Field.PARTIES, Field.PARTICIPANTS})
_REACHED_BY: Final = frozenset({Field.NUMBER, Field.EMAIL, Field.HANDLE, Field.ENTRIES})
_OF_PEOPLE: Final = frozenset({TableKind.CONTACT, TableKind.ACCOUNT})
_UNNAMED: Final = "column {}"
_POSTAL: Final = "address"
_ENDS: Final = (SOURCES | DESTINATIONS) - {"source"}
_SAVED_NUMBER: Final = "phone number"
# Five digits in a row are a number or part of a time; headings have none.
_DATA = re.compile(r"[0-9]{5}|[0-9]{1,2}:[0-9]{2}|[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2}")


class Column(msgspec.Struct, frozen=True, gc=False):
    """One column.

    Attributes:
        place: From 0.
        heading: As written; ``column C`` where there is none.
        label: What the heading says.
    """

    place: int
    heading: str
    label: Label


def surnames_last(texts: Sequence[tuple[Column, str]]) -> list[tuple[Column, str]]:
    """Return what a row says of a name, a surname behind the rest: its column often stands first."""
    return sorted(texts, key=lambda each: each[0].label.key in SURNAMES)


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """What the columns of one table hold.

    Attributes:
        kind: What a row becomes.
        all: Every column that has a heading, in order.
        by_field: The columns of each field that is read; a day before its time of day.
        headings: The heading of each column that has one, by place.
        beside: Those of another table that stands to the right in the same rows: nothing is read from them.
        callers: That of the own line's number, who made what went out, where no column names the sender.
        is_owner_calling: Whether these are said to be the owner's: not where several are beside what came in.
    """

    kind: TableKind
    all: tuple[Column, ...]
    by_field: Mapping[Field, tuple[Column, ...]]
    headings: Mapping[int, str]
    beside: tuple[Column, ...] = ()
    callers: tuple[Column, ...] = ()
    is_owner_calling: bool = True

    def kinds_of_numbers(self) -> Mapping[int, int]:
        """Return where the kind of a number stands (``Phone 1 - Type``) by where that does (``Phone 1 - Value``)."""
        kinds = {column.label.numbered_kind: column.place for column in self.all if column.label.numbered_kind}
        values = ((column.place, column.label.numbered_value) for column in self.by_field.get(Field.NUMBER, ()))
        return {place: kinds[value] for place, value in values if value in kinds}

    def details(self) -> tuple[Column, ...]:
        """Return the columns of details, which may name the other side."""
        return tuple(column for column in self.all if column.label.holds_details and column not in self.beside)

    def has(self, *fields: Field) -> bool:
        """Whether any of the fields has a column."""
        return any(field in self.by_field for field in fields)

    def places(self, field: Field) -> tuple[int, ...]:
        """Return the places of a field's columns."""
        return tuple(column.place for column in self.by_field.get(field, ()))

    def printed_place(self, field: Field) -> int | None:
        """Return where the time of a field is printed that another column counts. None: nowhere."""
        columns = self.by_field.get(field, ())
        return next((column.place for column in columns[1:] if column.label.is_printed_time), None)

    def made_place(self, field: Field) -> int | None:
        """Return where it stands when a row was made, beside other columns of the time of a field. None: nowhere.

        ``Time`` alone may be a time of day which tells no instant: beside it that is read as any other.
        """
        columns = self.by_field.get(field, ())
        others = [column for column in columns if not column.label.is_made_time]
        if len(others) == len(columns) or all(column.label.is_time_of_day for column in others):
            return None
        return next(column.place for column in columns if column.label.is_made_time)

    def zones(self, field: Field) -> Mapping[int, str]:
        """Return the offsets that the headings of a field's columns state, by place."""
        columns = self.by_field.get(field, ())
        return {column.place: column.label.zone for column in columns if column.label.zone is not None}

    def epochs(self, field: Field) -> Mapping[int, Epoch]:
        """Return what counts under the headings of a field's columns begin with where these state it, by place."""
        columns = self.by_field.get(field, ())
        return {column.place: epoch for column in columns if (epoch := column.label.epoch) is not None}


def column_name(place: int) -> str:
    """Return what a spreadsheet program calls a column: ``A``, ``Z``, ``AA``."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def headings_of(row: Row) -> tuple[Column, ...]:
    """Return the columns of a row of headings, read in the row's language."""
    texts = [(place, text[:_LONGEST_HEADING]) for place, text in enumerate(row.cells) if text and not text.isspace()]
    language = language_of_row([text for _, text in texts])
    labels = with_parts([read_label(text, language) for _, text in texts], [place for place, _ in texts])
    return tuple(
        Column(place, row.cells[place].strip(), label) for (place, _), label in zip(texts, labels, strict=True)
    )


def looks_like_headings(row: Row) -> bool:
    """Whether a row can be one of headings: texts that are no numbers and no times, and short."""
    texts = [text for text in row.cells if text and not text.isspace()]
    if len(texts) < 2 or any(kind in (CellKind.NUMBER, CellKind.MOMENT) for kind in row.kinds.values()):
        return False
    return all(
        len(text) <= _LONGEST_HEADING and (not is_data(bare_heading(text)) or is_heading_anywhere(text))
        for text in texts
    )


def is_data(text: str) -> bool:
    """Whether a text holds what no heading does: a number of five digits, a time, a date."""
    return _DATA.search(text) is not None


def columns_of(row: Row, name: str, wanted: TableKind | None = None) -> Columns | None:
    """Return the columns of a heading row. None: it is none, or does not tell what its rows are.

    Args:
        row: Any row.
        name: Name of the sheet, else of the file.
        wanted: The kind, where it is known otherwise.
    """
    if not looks_like_headings(row):
        return None
    columns = headings_of(row)
    beside = _beside(columns)
    own = columns[: len(columns) - len(beside)]
    kind = _kind_told(own, name, wanted)
    if kind is None:
        return None
    if not beside:
        return assigned(own, kind)
    headings = {column.place: column.heading for column in columns}
    return msgspec.structs.replace(assigned(own, kind), all=columns, headings=headings, beside=beside)


def _kind_told(own: Sequence[Column], name: str, wanted: TableKind | None) -> TableKind | None:
    known = {column.label.field for column in own} - {None, Field.ROW}
    known |= {Field.NUMBER} if known and any(column.label.is_saved_number for column in own) else set()
    known |= {Field.FROM, Field.TO} if Field.BODY in known and (_has_ends(own) or _has_moved(own)) else set()
    if len(known) < 2:
        return None
    kind = wanted or kind_of(own, name)
    return None if kind is None or (len(known) < _FEWEST_KNOWN and not _is_told_by_two(kind, known)) else kind


def hangs_on_cells(columns: Columns, name: str, wanted: TableKind | None) -> bool:
    """Whether a row of headings is one by columns alone whose cells may be no numbers: ``Name``, ``Old phone``."""
    sure = [column for column in columns.all if not _is_doubtful(column)]
    return len(sure) < len(columns.all) and _kind_told(sure, name, wanted) is None


def _is_doubtful(column: Column) -> bool:
    """Whether what a column holds may be no numbers, so that headings with it tell a table only with its cells."""
    return column.label.is_doubtful_number or column.label.key in _ENDS


def _has_ends(columns: Sequence[Column]) -> bool:
    """Whether columns are of where something came from and went to: numbers, or addresses of a network."""
    keys = {column.label.key for column in columns if column.label.field is None}
    return not keys.isdisjoint(SOURCES) and not keys.isdisjoint(DESTINATIONS)


def _has_moved(columns: Sequence[Column]) -> bool:
    """Whether columns name both sides by what became of a text: their cells tell whether they are."""
    return {moved_side(column.label.key) for column in columns if column.label.field is None} >= {Field.FROM, Field.TO}


def _beside(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Return the columns of another table to the right, behind one without a heading. Empty: there is none.

    Each of the two must be whole by itself: one table may have a column without a heading within it.
    """
    for at in range(1, len(columns)):
        if columns[at].place == columns[at - 1].place + 1:
            continue
        left, right = columns[:at], columns[at:]
        if kind_of(left, "") is None or kind_of(right, "") is None:
            continue
        fields = [{column.label.field for column in side} for side in (left, right)]
        is_dated = [Field.TIME in held and bool(held & _SIDES) for held in fields]
        is_book = [Field.ENTRIES in held and Field.TIME not in held for held in fields]
        if all(dated or book for dated, book in zip(is_dated, is_book, strict=True)) and any(is_dated):
            return tuple(right)
    return ()


def assigned(columns: Sequence[Column], kind: TableKind, by_hand: Mapping[str, Field] | None = None) -> Columns:
    """Return the columns with what each holds in a table of this kind.

    Args:
        columns: All columns.
        kind: What a row becomes.
        by_hand: Heading to field, where somebody states it; then nothing else is read.
    """
    fields: dict[Field, list[Column]] = {}
    for column in columns:
        if by_hand is not None:
            field = by_hand.get(column.heading)
        else:
            field = column.label.field
            field = None if field is None else field_in(kind, field)
            if kind in _OF_PEOPLE and column.label.is_saved_number:
                field = Field.NUMBER
            if kind is TableKind.CONTACT and column.label.key == _POSTAL:
                field = None
        if field is not None:
            fields.setdefault(field, []).append(column)
    if by_hand is None:
        _set_names_apart(fields)
        if kind is TableKind.CONTACT:
            _take_further_numbers(fields, columns)
            _drop_row_ids(fields)
        else:
            _take_handles(fields)
            _take_day_parts(fields, columns)
            _drop_unsure_numbers(fields)
        if Field.CHAT_NUMBER in fields:
            # The name of a chat is nobody's.
            fields.pop(Field.NAME, None)
        _drop_platforms(fields)
        for field, found in fields.items():
            fields[field] = sorted(found, key=_reading_order)
    return Columns(
        kind=kind,
        all=tuple(columns),
        by_field={field: tuple(found) for field, found in fields.items()},
        headings={column.place: column.heading for column in columns},
    )


def _take_day_parts(fields: dict[Field, list[Column]], columns: Sequence[Column]) -> None:
    """Take columns of months and years beside one of days for parts of the time."""
    parts = [column for column in columns if column.label.field is None and column.label.key in {"month", "year"}]
    days = [column.label.key for column in fields.get(Field.TIME, ()) if column.label.is_date]
    if days == ["day"] and sorted(column.label.key for column in parts) == ["month", "year"]:
        fields[Field.TIME] += parts


def _take_further_numbers(fields: dict[Field, list[Column]], columns: Sequence[Column]) -> None:
    """Take columns whose headings name a kind of number for numbers where others of the same people surely are."""
    if any(not column.label.is_doubtful_number for column in fields.get(Field.NUMBER, ())):
        fields[Field.NUMBER] += [column for column in columns if column.label.may_head_number]


def _set_names_apart(fields: dict[Field, list[Column]]) -> None:
    """Take a column of senders for one of names where another one holds their ids."""
    for side, name in ((Field.FROM, Field.FROM_NAME), (Field.TO, Field.TO_NAME)):
        found = fields.get(side, [])
        ids = [column for column in found if column.label.is_id]
        if ids and len(found) > len(ids):
            fields[side] = ids
            fields.setdefault(name, []).extend(column for column in found if not column.label.is_id)


def _take_handles(fields: dict[Field, list[Column]]) -> None:
    """Take a column of handles for the other side, as Apple's database of messages has it, where no other names one."""
    handles = [column for column in fields.get(Field.HANDLE, ()) if column.label.is_handle_alone]
    if handles and not fields.keys() & _SIDES:
        fields[Field.NUMBER] = handles
        fields[Field.HANDLE] = [column for column in fields[Field.HANDLE] if column not in handles]
        if not fields[Field.HANDLE]:
            fields.pop(Field.HANDLE)


def _drop_unsure_numbers(fields: dict[Field, list[Column]]) -> None:
    """Leave out columns of numbers under a doubtful heading where others name the sides of every row.

    A phone number alone does not: tools fill it for saved contacts only, and name all of them by id. The number of a
    cell is one of a mast beside any other.
    """
    numbers = fields.get(Field.NUMBER, [])
    plain = [column for column in numbers if not column.label.is_doubtful_number]
    if plain:
        fields[Field.NUMBER] = numbers = plain
    sure = [column for column in numbers if not column.label.is_unsure_number]
    if fields.keys() & (_SIDES - {Field.NUMBER}) or any(column.label.key != _SAVED_NUMBER for column in sure):
        fields[Field.NUMBER] = sure
        if not sure:
            fields.pop(Field.NUMBER, None)


def _drop_platforms(fields: dict[Field, list[Column]]) -> None:
    """Leave out what a message was written on (``Mobile``) where another column names the application."""
    services = [column for column in fields.get(Field.SERVICE, ()) if not column.label.is_platform]
    if services:
        fields[Field.SERVICE] = services


def _reading_order(column: Column) -> tuple[bool, bool, int]:
    """Return by what the columns of a field are in order: a day is read first, and when a row was made last."""
    is_last = column.label.is_made_time or column.label.is_printed_time
    return is_last, not column.label.is_date, column.place


def _drop_row_ids(fields: dict[Field, list[Column]]) -> None:
    """Leave out the ids of rows of an address book where a column of its own has the numbers."""
    numbers = fields.get(Field.NUMBER, [])
    sure = [column for column in numbers if not column.label.is_row_id]
    if sure:
        fields[Field.NUMBER] = sure


def kind_of(columns: Sequence[Column], name: str) -> TableKind | None:
    """Return what the rows of a table are, by its headings and by the name of its sheet. None: neither tells."""
    fields = {column.label.field for column in columns} - {None}
    named = kind_named(name)
    if not fields.intersection(TIME_FIELDS) and all(
        column.label.is_minutes_alone for column in columns if column.label.field is Field.DURATION
    ):
        fields.discard(Field.DURATION)
    speaks_of_calls = Field.DURATION in fields or any(column.label.is_call for column in columns)
    if Field.BODY in fields:
        if Field.DURATION not in fields:
            return TableKind.MESSAGE
        return named if named in {TableKind.CALL, TableKind.MESSAGE} else TableKind.MIXED
    if speaks_of_calls and fields & _SIDES:
        return TableKind.CALL
    if named is not None:
        return named
    is_dated = Field.TIME in fields or any(
        column.label.field is Field.DIRECTION and not column.label.is_unsure_direction for column in columns
    )
    is_reached = bool(fields & _REACHED_BY) or any(column.label.is_saved_number for column in columns)
    if Field.NAME in fields and is_reached and not is_dated:
        return TableKind.CONTACT
    return None


def repeats(columns: Columns, row: Row) -> bool:
    """Whether a row repeats the headings, as a table does that was pasted or printed in pages."""
    cells = row.cells
    for column in columns.all:
        # Nearly every row is told by the first of its cells.
        if (cells[column.place].strip() if column.place < len(cells) else "") != column.heading:
            return False
    return True


def unnamed(place: int) -> str:
    """Return what stands for the heading of a column that has none."""
    return _UNNAMED.format(column_name(place))


def _is_told_by_two(kind: TableKind, known: set[Field | None]) -> bool:
    if kind is TableKind.CONTACT:
        return bool(Field.NAME in known and known & _REACHED_BY) or Field.ENTRIES in known
    return Field.BODY in known and bool(known & _SIDES)
