"""What a sheet shows as a whole, read once before its records are: where its tables are, and how they are printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from parsers.errors import InputRefused
from parsers.sheets.merged_cells import own_cells
from parsers.sheets.rows import Row, Sheet
from parsers.table_fields import Field, TableKind
from parsers.table_mapping import TableMapping
from parsers.tables.columns import (
    Columns,
    columns_of,
    hangs_on_cells,
    headings_of,
)
from parsers.tables.grouped_headings import joined_groups, with_groups
from parsers.tables.guesses import guessed_columns
from parsers.tables.labels import is_heading_anywhere
from parsers.tables.later_tables import UnknownTable, later_columns, title_over, unknown_table
from parsers.tables.mapped_sections import mapped_section, names_all, place_of_sheet
from parsers.tables.merged_headings import are_merged, merged_columns
from parsers.tables.sections import Section
from parsers.tables.told_kinds import kind_by_cells, untold_columns
from parsers.tables.unrecognised_rows import Unrecognised

_HEADINGS_WITHIN: Final = 50
_MOST_SECTIONS: Final = 1_000
_LONGEST_FIRST: Final = 60
_FIRST_ROWS: Final = 100
_DIGITS: Final = frozenset("0123456789")


class SheetSurvey(msgspec.Struct, kw_only=True):
    """What a sheet shows.

    Attributes:
        sheet: The sheet.
        sections: Its tables, in order. Empty: none was recognised.
        unknown: Tables of unknown columns below them.
        titles: Places of rows that are the title of a later table.
        party_rows: Places of rows over a table that name the other side of its rows, with what they name.
        row_count: Rows that hold anything.
        over_count: Further rows that are larger than the limits allow.
        shown_headings: Headings of a table that was not recognised; empty where none can be told from data.
        shown_row: Number of their row.
        width: Cells of the widest row.
        first_rows: Its first rows, for a person to look at.
        late_row: Number of a row of known headings below those in which they are looked for. 0: there is none.
        is_untold: Whether it has known headings, and nothing says whether its rows are calls or messages.
    """

    sheet: Sheet
    sections: list[Section] = []
    unknown: list[UnknownTable] = []
    titles: set[int] = set()
    party_rows: dict[int, str] = {}
    row_count: int = 0
    over_count: int = 0
    shown_headings: tuple[str, ...] = ()
    shown_row: int = 0
    late_row: int = 0
    width: int = 0
    first_rows: list[Row] = []
    is_untold: bool = False

    def meant(self, row: Row, place: int) -> Row:
        """Return a row as the section at a place reads merged cells; -1: it stands above all, where none hold."""
        if not row.merged or (place != -1 and self.sections[place].is_repeated(row)):
            return row
        return own_cells(row, self.sections[place].merging if place != -1 else frozenset())

    def section_at(self, ordinal: int, held: int) -> int:
        """Return the place of the section that a row belongs to, given the one before it; -1: none yet."""
        following = held + 1
        if following < len(self.sections) and ordinal >= self.sections[following].ordinal:
            return following
        return held


def survey_sheet(
    sheet: Sheet,
    name: str,
    mapping: TableMapping | None = None,
    wanted: TableKind | None = None,
    retold: Callable[[Columns], Columns] | None = None,
) -> SheetSurvey:
    """Read a sheet to its end and return what it shows.

    Args:
        sheet: Any sheet.
        name: Its name, else that of the file.
        mapping: What the submitter states of it.
        wanted: What its rows are, where that is known otherwise.
        retold: Returns the columns of its first table with what is known of them otherwise.

    Raises:
        InputRefused: ``mapping_refused``: a heading that the mapping names is not there.
    """
    survey = _survey(sheet, name, mapping, wanted, retold)
    if survey.sections or mapping is not None or wanted is not None or retold is not None:
        return survey
    untold = untold_columns(survey.first_rows[:_HEADINGS_WITHIN], name)
    if untold is None:
        return survey
    kind = kind_by_cells(*untold, sheet.rows())
    told = _survey(sheet, name, None, kind, None) if kind is not None else survey
    # What the types of the first table say is not said of another below it.
    is_told = len(told.sections) == 1
    survey.is_untold = not is_told
    return told if is_told else survey


def _survey(
    sheet: Sheet,
    name: str,
    mapping: TableMapping | None,
    wanted: TableKind | None,
    retold: Callable[[Columns], Columns] | None,
) -> SheetSurvey:
    survey = SheetSurvey(sheet=sheet)
    unrecognised = Unrecognised()
    before: Row | None = None
    for ordinal, merged in enumerate(sheet.rows()):
        if merged.is_over:
            survey.over_count += 1
            continue
        survey.row_count += 1
        held = survey.sections[-1] if survey.sections else None
        begun, row = _read(survey, ordinal, (before, merged), name, mapping, wanted)
        survey.width = max(survey.width, len(row.cells))
        if len(survey.first_rows) < _FIRST_ROWS:
            survey.first_rows.append(row)
        if begun is not None:
            _take(survey, begun if retold is None or survey.sections else _retold(begun, retold, row), ordinal, row)
        elif held is None:
            unrecognised.add(row)
            _look_late(survey, row, name, wanted)
        elif held.is_repeated(row):
            held.titles.take_headings()
        elif not (mapping is None and _is_unknown(survey, ordinal, before, row)):
            held.add(row)
        before = row
    _end(survey, name, wanted, is_mapped=mapping is not None)
    if mapping is not None and not survey.sections and survey.row_count:
        raise InputRefused("mapping_refused", f"{place_of_sheet(sheet)} has no row with the headings that it names")
    if not survey.sections and not survey.late_row:
        survey.shown_headings, survey.shown_row = unrecognised.headings()
    return survey


def _look_late(survey: SheetSurvey, row: Row, name: str, wanted: TableKind | None) -> None:
    """Note a row of known headings that stands below the rows in which headings are looked for."""
    is_late = survey.row_count > _HEADINGS_WITHIN and not survey.late_row
    if is_late and _may_be_headings(row) and columns_of(row, name, wanted) is not None:
        survey.late_row = survey.shown_row = row.number
        survey.shown_headings = tuple(column.heading for column in headings_of(row))


def _end(survey: SheetSurvey, name: str, wanted: TableKind | None, *, is_mapped: bool) -> None:
    """End the tables; the only one is none, where headings alone make it one of people and no number stands below."""
    held = survey.sections
    for section in held:
        section.end()
        if section.is_titled and section.titles.first is not None:
            survey.party_rows[section.ordinal - 1] = section.titles.first
    is_sure = is_mapped or len(held) != 1 or held[0].has_doubtful
    if not is_sure and hangs_on_cells(held[0].columns, name, wanted):
        # ``Old phone`` may head makes of handsets, ``Home number`` houses.
        held.clear()


def _retold(begun: Section, retold: Callable[[Columns], Columns], row: Row) -> Section:
    return _headed(begun.ordinal, retold(begun.columns), (None, row))


def _take(survey: SheetSurvey, begun: Section, ordinal: int, row: Row) -> None:
    _end_unknown(survey, ordinal)
    survey.sections.append(begun)
    if begun.ordinal == -1:
        begun.add(row)


def _read(
    survey: SheetSurvey,
    ordinal: int,
    rows: tuple[Row | None, Row],
    name: str,
    mapping: TableMapping | None,
    wanted: TableKind | None,
) -> tuple[Section | None, Row]:
    """Return the table that begins with the second of two rows, and that row as it is read; headings are their own."""
    before, merged = rows
    if mapping is None and before is not None and are_merged(before, merged):
        is_lower, begun = _merged(survey, ordinal, (before, merged), name, wanted)
        if is_lower:
            return begun, merged
    row = own_cells(merged)
    if mapping is not None and row is not merged and names_all(mapping, merged):
        row = merged
    begun = _begun(survey, ordinal, (before, row), name, mapping, wanted)
    if begun is None and survey.sections:
        return None, survey.meant(merged, len(survey.sections) - 1)
    if begun is None and row is not merged:
        begun = _begun(survey, ordinal, (before, merged), name, mapping, wanted)
    return begun, row


def _merged(
    survey: SheetSurvey, ordinal: int, rows: tuple[Row, Row], name: str, wanted: TableKind | None
) -> tuple[bool, Section | None]:
    """Return whether headings are merged over two rows, at the second of these, and the table that begins there."""
    above, row = rows
    held = survey.sections[-1] if survey.sections and survey.sections[-1].ordinal == ordinal - 1 else None
    columns = merged_columns(above, row, name, wanted, held.columns if held is not None else None)
    if columns is None:
        # Below what the upper row makes by itself they are no other table.
        return held is not None, None
    section = _headed(ordinal, columns, (None, row))
    section.take_bare(row)
    if held is not None:
        survey.sections.pop()
        section.title, section.is_other = held.title, held.is_other
    elif survey.sections:
        # The upper row was taken for one of the table above.
        section.is_other = columns.kind is not survey.sections[0].columns.kind
        survey.sections[-1].count -= survey.sections[-1].count > 0
    if survey.sections:
        survey.titles.add(ordinal - 1)
    return True, section


def _begun(
    survey: SheetSurvey,
    ordinal: int,
    rows: tuple[Row | None, Row],
    name: str,
    mapping: TableMapping | None,
    wanted: TableKind | None,
) -> Section | None:
    """Return the table that begins with the second of two rows. None: none does."""
    row = rows[1]
    if mapping is not None:
        return None if survey.sections else mapped_section(ordinal, row, mapping, survey.sheet)
    if survey.sections:
        if len(survey.sections) >= _MOST_SECTIONS or not _may_be_headings(row):
            return None
        return _begun_below(survey, ordinal, rows, name, wanted)
    if survey.row_count > _HEADINGS_WITHIN:
        return None
    grouped = with_groups(row, rows[0])
    columns = columns_of(grouped, name, wanted)
    if columns is None:
        columns = columns_of(row, name, wanted) if grouped is not row else None
        return None if columns is None else _headed(ordinal, columns, rows)
    section = _headed(ordinal, columns, rows)
    if grouped is not row:
        section.take_bare(row)
    return section


def _begun_below(
    survey: SheetSurvey, ordinal: int, rows: tuple[Row | None, Row], name: str, wanted: TableKind | None
) -> Section | None:
    before, row = rows
    grouped = with_groups(row, before)
    if grouped is not row and before is not None and survey.sections[-1].ordinal == ordinal - 1:
        return _joined(survey, ordinal, (before, row, grouped), name, wanted)
    section = _later(survey, ordinal, (None, grouped), name, wanted) if grouped is not row else None
    if section is None:
        return None if survey.sections[-1].is_repeated(row) else _later(survey, ordinal, rows, name, wanted)
    section.take_bare(row)
    # The row of the groups was taken for one of the table above.
    survey.titles.add(ordinal - 1)
    survey.sections[-1].count -= survey.sections[-1].count > 0
    return section


def _joined(
    survey: SheetSurvey, ordinal: int, rows: tuple[Row, Row, Row], name: str, wanted: TableKind | None
) -> Section | None:
    """Return the table of two rows of headings, of which the upper one, of groups, was taken for those of a table."""
    above, row, grouped = rows
    columns = columns_of(joined_groups(grouped, above), name, wanted)
    if columns is None:
        return None
    taken = survey.sections.pop()
    section = _headed(ordinal, columns, (None, row))
    section.take_bare(row)
    section.title, section.is_other = taken.title, taken.is_other
    if survey.sections:
        survey.titles.add(ordinal - 1)
    return section


def _later(
    survey: SheetSurvey, ordinal: int, rows: tuple[Row | None, Row], name: str, wanted: TableKind | None
) -> Section | None:
    before, row = rows
    title = title_over(row, before)
    columns = later_columns(row, title, name, wanted)
    if columns is None:
        return None
    section = _headed(ordinal, columns, rows)
    section.title = title
    section.is_other = columns.kind is not survey.sections[0].columns.kind
    above = survey.sections[-1]
    if title and 0 not in above.columns.places(Field.BODY):
        survey.titles.add(ordinal - 1)
    if title and above.count and not (survey.unknown and survey.unknown[-1].ends is None):
        # The title was taken for a row of the table above.
        above.count -= 1
    return section


def _is_unknown(survey: SheetSurvey, ordinal: int, before: Row | None, row: Row) -> bool:
    """Whether a row is of a table below the last that nobody knows; gives back rows that prove to be of the last."""
    held = survey.sections[-1]
    if not survey.unknown or survey.unknown[-1].ends is not None:
        begun = unknown_table(ordinal, row, before, held.columns)
        if begun is None:
            return False
        survey.unknown.append(begun)
        held.count -= bool(begun.title and held.count)
        return True
    table = survey.unknown[-1]
    if table.take(row, held.columns):
        return True
    if table.has_more:
        table.ends = ordinal
        return False
    survey.unknown.pop()
    held.count += bool(table.title)
    for each in table.rows:
        held.add(each)
    return False


def _end_unknown(survey: SheetSurvey, ordinal: int) -> None:
    if survey.unknown and survey.unknown[-1].ends is None:
        survey.unknown[-1].ends = ordinal


def _headed(ordinal: int, columns: Columns, rows: tuple[Row | None, Row]) -> Section:
    over, row = rows
    return Section(ordinal, columns, row, is_searched=True, over=over)


def _may_be_headings(row: Row) -> bool:
    """Whether the first cell of a row is a heading that is known: asked of every row, so that it must be cheap."""
    cells = row.cells
    first = cells[0] if cells and cells[0] else next((text for text in cells if text), "")
    if not first or first[0] in _DIGITS:
        # No heading that is known begins with a digit, as a time or a number does.
        return False
    return len(first) <= _LONGEST_FIRST and not row.kinds and is_heading_anywhere(first)


def looks_like_records(survey: SheetSurvey) -> bool:
    """Whether the cells of a sheet that is not recognised look like messages, calls or contacts all the same."""
    _, kind = guessed_columns(survey.first_rows, survey.width, survey.shown_row)
    return kind is not None


def rows_look_like_records(rows: Sequence[Row]) -> bool:
    """Whether the cells below the first of some rows, which is one of headings, look like such records."""
    width = max(len(row.cells) for row in rows)
    _, kind = guessed_columns(rows[1:], width, rows[0].number)
    return kind is not None


def census_of(survey: SheetSurvey) -> str:
    """Return what is told of a table that was not recognised: its columns by their headings, never a cell of data."""
    name = f"sheet {survey.sheet.name!r}: " if survey.sheet.name else ""
    if not survey.shown_headings:
        return f"{name}{survey.width} columns without a row of headings, {survey.row_count} rows"
    if survey.late_row:
        name += (
            f"its headings stand in row {survey.late_row}, and are looked for in the first {_HEADINGS_WITHIN} rows; "
        )
    shown = ", ".join(survey.shown_headings[:40])
    more = f" and {len(survey.shown_headings) - 40} more" if len(survey.shown_headings) > 40 else ""
    untold = "; nothing says whether its rows are calls or messages" if survey.is_untold else ""
    return f"{name}columns {shown}{more}{untold}"
