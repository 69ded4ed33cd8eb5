"""Proposes what the columns of a table hold, for a person to correct: what ``trapline map`` writes.

Headings that are known say it. Where they are not, the cells do: times, telephone numbers, words for a direction,
long texts. Nothing of that is used for reading before somebody has put it into a sidecar.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

from parsers.contract import Limits
from parsers.errors import InputRefused
from parsers.locale_times import DAY_FIRST, MONTH_FIRST, YEAR_OPEN
from parsers.records.facts import Direction
from parsers.sheets.books import open_book
from parsers.sqlite_pages import SQLITE_MAGIC
from parsers.table_fields import TIME_FIELDS, Field, TableKind
from parsers.table_mapping import TableMapping, render_mapping
from parsers.tables.columns import assigned, column_name, headings_of
from parsers.tables.guesses import column_texts, guessed_columns
from parsers.tables.heading_pairs import PairedSheet
from parsers.tables.labels import service_named
from parsers.tables.sections import Section
from parsers.tables.survey import SheetSurvey, survey_sheet
from parsers.tables.times import TimeForm, TimeSurvey
from parsers.tables.way_columns import WaySearch, Words

_SHOWN_ROWS: Final = 5


class ProposedColumn(msgspec.Struct, frozen=True, kw_only=True):
    """One column: the letter that a spreadsheet program gives it, its heading (None: none), what it is taken for."""

    letter: str
    heading: str | None
    field: str | None


class ProposedTable(msgspec.Struct, frozen=True, kw_only=True):
    """One sheet.

    Attributes:
        sheet: Its name; empty for a delimited text.
        row_count: Rows that hold anything.
        header_row: Row of the headings; 0: none was told from data.
        is_known: Whether the headings are known, so that the table is read without a mapping too.
        date_order: What its dates show: ``day_first``, ``month_first``, ``year_first``, ``not told``; None: no date
            asks for it.
        columns: In order.
        first_rows: The first rows, cell by cell.
        mapping: What is proposed. None: nothing in it looks like records.
    """

    sheet: str
    row_count: int
    header_row: int
    is_known: bool
    date_order: str | None
    columns: tuple[ProposedColumn, ...]
    first_rows: tuple[tuple[str, ...], ...]
    mapping: TableMapping | None


def propose(path: Path, limits: Limits) -> tuple[ProposedTable, ...]:
    """Return a proposal for each sheet of a file that holds anything; the file is opened for reading only.

    Raises:
        InputRefused: It is no table, or cannot be read.
        OSError: It cannot be opened.
    """
    with path.open("rb") as file:
        if file.read(len(SQLITE_MAGIC)) == SQLITE_MAGIC:
            raise InputRefused("database_not_table", path.name)
    with open_book(path, limits, None) as book:
        is_one = len(book.sheets) == 1
        surveys = [survey_sheet(PairedSheet(sheet), sheet.name or path.name) for sheet in book.sheets]
        found = tuple(_table(survey, path.name, is_one=is_one) for survey in surveys if survey.row_count)
    if not found:
        raise InputRefused("input_empty")
    return found


def render(tables: Sequence[ProposedTable]) -> str:
    """Return the proposals as sections of a sidecar."""
    sections = []
    for table in tables:
        if table.mapping is None:
            continue
        comments = []
        if table.date_order == "not told":
            comments.append(
                f'The dates do not tell day and month apart: state date_order = "{DAY_FIRST}" or "{MONTH_FIRST}".'
            )
        unused = [column.heading or column.letter for column in table.columns if column.field is None]
        if unused:
            # A comment of TOML holds no control characters, and a terminal that shows it must not obey any.
            shown = "".join(char if char.isprintable() else " " for char in ", ".join(unused))
            comments.append(f"Kept beside each record: {shown}")
        if not table.is_known and len(table.mapping.columns.get(Field.NUMBER, ())) > 1:
            comments.append("Several columns hold numbers: write the sender's as from and the recipient's as to.")
        if not table.is_known:
            comments.append("Told by the cells, not by known headings: check each column, and the kind.")
        sections.append(render_mapping(table.mapping, comments))
    return "\n".join(sections)


def _table(survey: SheetSurvey, file_name: str, *, is_one: bool) -> ProposedTable:
    section = survey.sections[0] if survey.sections else None
    if section is not None:
        fields = {column.place: field for field, columns in section.columns.by_field.items() for column in columns}
        header_row = section.row_number
        kind: TableKind | None = section.columns.kind
        words = section.words
    else:
        header_row = survey.shown_row
        known, words = _known(survey, header_row)
        fields, kind = guessed_columns(survey.first_rows, survey.width, header_row, known)
    headings = _headings(survey, section, header_row)
    columns = tuple(
        ProposedColumn(
            letter=column_name(place),
            heading=headings.get(place),
            field=fields[place].value if place in fields else None,
        )
        for place in range(survey.width)
        if place in headings or column_texts(survey.first_rows, place)
    )
    return ProposedTable(
        sheet=survey.sheet.name,
        row_count=survey.row_count,
        header_row=header_row,
        is_known=section is not None,
        date_order=_date_order(survey, fields, header_row),
        columns=columns,
        first_rows=tuple(tuple(row.cells) for row in survey.first_rows[:_SHOWN_ROWS]),
        mapping=_mapping(survey, columns, (header_row, kind), words, file_name, is_one=is_one),
    )


def _known(survey: SheetSurvey, header_row: int) -> tuple[dict[int, Field], Words]:
    """Return what single headings say that are known, in a row that as a whole is not, and what cells of ways say."""
    row = next((row for row in survey.first_rows if row.number == header_row), None)
    columns = headings_of(row) if row is not None else ()
    search = WaySearch(assigned(columns, TableKind.MESSAGE))
    for each in survey.first_rows:
        if each.number > header_row:
            search.add(each)
    told, words = search.found()
    found = {column.place: column.label.field for column in columns if column.label.field is not None}
    return found | {column.place: Field.DIRECTION for column in told.by_field.get(Field.DIRECTION, ())}, words


def _mapping(
    survey: SheetSurvey,
    columns: Sequence[ProposedColumn],
    head: tuple[int, TableKind | None],
    words: Words,
    file_name: str,
    *,
    is_one: bool,
) -> TableMapping | None:
    header_row, kind = head
    by_field: dict[str, tuple[str, ...]] = {}
    for column in columns:
        if column.field is not None and column.field != Field.ROW:
            name = column.letter if header_row == 0 or column.heading is None else column.heading
            by_field[column.field] = (*by_field.get(column.field, ()), name)
    if kind is None or not by_field:
        return None
    name = survey.sheet.name or file_name
    return TableMapping(
        sheet=None if is_one else survey.sheet.name,
        header_row=header_row,
        kind=kind.value,
        service=service_named(name) if kind in {TableKind.MESSAGE, TableKind.MIXED} else None,
        columns=by_field,
        values=_stated(words, by_field),
    )


def _stated(words: Words, fields: Container[str]) -> dict[str, dict[str, str]]:
    """Return what cells say of a direction, in the words that a mapping has."""
    known = set(Direction)
    stated = {
        field: {text: word for text, word in sorted(said.items()) if word in known} for field, said in words.items()
    }
    return {field: said for field, said in stated.items() if said and field in fields}


def _headings(survey: SheetSurvey, section: Section | None, header_row: int) -> dict[int, str]:
    if section is not None:
        return {column.place: column.heading for column in section.columns.all}
    row = next((row for row in survey.first_rows if row.number == header_row), None)
    return {} if row is None else {column.place: column.heading for column in headings_of(row)}


def _date_order(survey: SheetSurvey, fields: Mapping[int, Field], header_row: int) -> str | None:
    """Return what the dates of a sheet show; all of them where its headings are known, else the first rows'."""
    orders: set[str] = set()
    asks = False
    for times in _times(survey, fields, header_row):
        short = times.short_years.order
        orders |= set(times.orders) if short is None else {short} - {YEAR_OPEN}
        asks |= short == YEAR_OPEN or (times.ambiguous_count > 0 and times.form is TimeForm.TEXT)
    if len(orders) == 1:
        return orders.pop()
    return "not told" if asks else None


def _times(survey: SheetSurvey, fields: Mapping[int, Field], header_row: int) -> Iterator[TimeSurvey]:
    if survey.sections:
        yield from survey.sections[0].times.values()
        return
    for place, field in fields.items():
        if field in TIME_FIELDS:
            times = TimeSurvey((place,))
            for row in survey.first_rows:
                if row.number > header_row:
                    times.add(row)
            yield times
