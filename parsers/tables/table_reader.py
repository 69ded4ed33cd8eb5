"""Reads the tables of a file into records: each row is one, or is named in a notice."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from parsers.contract import Delivery, ExtractionPart, ReadContext, ReadEvent, SourceStamp
from parsers.records.facts import Device, Record, Sim
from parsers.records.notices import Notice
from parsers.sheets.rows import Damage, Row
from parsers.table_fields import Field, TableKind
from parsers.tables.broken_rows import blank_led, is_rest_of_text, joined_rows
from parsers.tables.calls import read_call
from parsers.tables.chat_cells import OF_CHAT, ChatCells
from parsers.tables.columns import Columns
from parsers.tables.contacts import read_account, read_contact
from parsers.tables.fused_rows import ends_as_another, have_own_columns, holds_rows
from parsers.tables.messages import read_message
from parsers.tables.misfit_rows import first_contrary, fits, fitted, is_shifted
from parsers.tables.nobodys_cells import without_nobodies
from parsers.tables.odd_cells import note_odd_cells
from parsers.tables.party_titles import LedRows, number_in_name
from parsers.tables.row_fills import RowFills
from parsers.tables.row_parts import NamedParts, RowParts
from parsers.tables.row_state import RowState
from parsers.tables.row_types import kind_of_row, other_type
from parsers.tables.row_view import RowView
from parsers.tables.rows_below import DATED_KINDS, is_of_table, tells
from parsers.tables.sections import Section
from parsers.tables.survey import SheetSurvey, rows_look_like_records
from parsers.tables.table_states import SheetPlan, TableStates

_MAKERS: Final[Mapping[TableKind, Callable[[RowState, RowView, str, str], Record]]] = {
    TableKind.MESSAGE: read_message,
    TableKind.CALL: read_call,
    TableKind.CONTACT: read_contact,
    TableKind.ACCOUNT: read_account,
}
_BELOW: Final = "row below the headings"
_ABOVE, _REPEATED, _EMPTY, _CHAT = "row above the headings", "repeated headings", "row with its number alone", "Chat"
_TITLE: Final = "title of a table"
_PARTY, _DAY = "row of a party alone", "row of a day alone"
_UNREADABLE: Final = "row"
_OVER: Final = "row larger than the limit in the settings (text_chars)"
_MOST_HEADINGS: Final = 40


class TableReader:
    """Reads the sheets of one file."""

    def __init__(
        self,
        delivery: Delivery,
        ctx: ReadContext,
        stamp: SourceStamp,
        part: ExtractionPart,
        *,
        delimiter: str | None = None,
        shown_orders: Counter[str] | None = None,
        device: Device | Sim | None = None,
        has_marks: bool = False,
    ) -> None:
        """Make a reader.

        Args:
            delivery: The file.
            ctx: What is told beside it.
            stamp: Makes sources and ids.
            part: The extraction, where no row names an exhibit or a handset of its own.
            delimiter: Of a delimited text, whose rows need no name of a sheet. None: it is a workbook.
            shown_orders: Orders of day and month that other dates of the file show, by how many do.
            device: What a sheet of the file says of the handset. None: none says anything.
            has_marks: Whether the tool marks the names in cells of parties.
        """
        self._part = part
        self._delimiter = delimiter
        self._device = device
        self._parts = RowParts(delivery, part)
        self._chats = ChatCells()
        self._region = ctx.default_region
        self._name = delivery.name
        self._blank_led: dict[int, bool] = {}
        self._fills: tuple[Section, RowFills] | None = None
        orders = shown_orders if shown_orders is not None else Counter()
        self._states = TableStates(
            ctx, stamp, part, is_workbook=delimiter is None, shown_orders=orders, has_marks=has_marks
        )
        self._led = LedRows(self._states.own)
        self._ledger = self._states.ledger

    def take_named(self, named: NamedParts) -> None:
        """Take the extractions that rows name, before any row is read."""
        self._parts.take_named(named)
        self._states.take_owners(named.own_numbers)

    def events(self, plans: Sequence[SheetPlan]) -> Iterator[ReadEvent]:
        """Yield parts, records, notices and, last, what was seen."""
        if self._device is not None:
            yield self._parts.begin_own()
            self._ledger.see(self._part.extraction_id, self._device.kind)
            yield self._device
        for plan in plans:
            yield from self._sheet(plan, plans)
        if self._parts.first_id is None:
            yield self._parts.begin(self._part)
        yield from self._sides(plans)
        yield from self._endings()

    def note_element(self, code: str, element: str, subject: str, locator: str, count: int = 1) -> None:
        """Count an element that gives no record, as seen and as noticed."""
        self._ledger.miss(self._parts.first_id or self._part.extraction_id, code, element, (subject, locator), count)

    def _sheet(self, plan: SheetPlan, plans: Sequence[SheetPlan]) -> Iterator[ReadEvent]:
        survey = plan.survey
        place = -1 if not survey.sections or survey.sections[0].ordinal >= 0 else 0
        self._chats.begin_sheet(plan.listing, survey.sheet.name)
        for ordinal, stored in self._rows_of(survey):
            place = survey.section_at(ordinal, place)
            row = survey.meant(stored, place)
            locator = self._locator(survey, row)
            if row.is_over:
                kind = survey.sections[place].columns.kind.value if place != -1 else f"other:{_ABOVE}"
                self._ledger.miss(self._part.extraction_id, "element_unreadable", kind, (_OVER, locator))
                continue
            if self._is_beside(survey, (ordinal, place), row, locator):
                continue
            section = survey.sections[place]
            meant = self._filled(section, row, locator)
            filled, named = self._chats.take(meant, section.columns, self._parts.name_in(meant, section.columns))
            if section.is_titled and (led := self._led.party(section.titles, meant)) is not None:
                filled = {**filled, Field.NUMBER: led}
            whole = self._rejoined(meant, section, locator)
            yield from self._row(plan, plans, section, RowView(whole, section.columns, filled), (locator, named))
        yield from self._damages(survey)

    def _is_beside(self, survey: SheetSurvey, at: tuple[int, int], row: Row, locator: str) -> bool:
        """Whether a row is none of a table's, or says something of it: such a row is taken here.

        Args:
            survey: Of its sheet.
            at: Its place among the rows, and that of its section; -1: it stands above all.
            row: The row.
            locator: Where it stands.
        """
        ordinal, place = at
        section = survey.sections[place] if place != -1 else None
        if ordinal in survey.party_rows and not self._led.is_of_owner(survey.party_rows[ordinal]):
            self._row_of_party(survey.party_rows[ordinal], locator)
        elif section is None:
            self._row_not_read(_ABOVE, locator)
        elif ordinal == section.ordinal:
            if place:
                self._chats.begin_table()
        elif ordinal in survey.titles:
            self._row_not_read(_TITLE, locator)
        elif survey.unknown and self._is_unknown(survey, ordinal, locator):
            pass
        elif section.is_repeated(row):
            self._row_not_read(_REPEATED, locator)
        elif section.fills.days.led and self._fills_of(section).takes_day(row):
            self._row_not_read(_DAY, locator, "day_by_title")
        elif section.is_titled and (party := section.titles.title(row)) is not None:
            self._led.take(section.titles, party)
            self._row_of_party(party, locator)
        else:
            return False
        return True

    def _fills_of(self, section: Section) -> RowFills:
        if self._fills is None or self._fills[0] is not section:
            self._fills = section, RowFills(section.headed, section.fills.halves, section.fills.days.led)
        return self._fills[1]

    def _filled(self, section: Section, row: Row, locator: str) -> Row:
        """Return a row with what its cells say of others put there."""
        found, marks = self._fills_of(section).filled(row)
        if marks:
            self._ledger.note("ditto_read", locator, len(marks), marks[0])
        return found

    def _is_unknown(self, survey: SheetSurvey, ordinal: int, locator: str) -> bool:
        """Whether a row is of a table of unknown columns, which is named with its columns."""
        at = bisect_right(survey.unknown, ordinal, key=lambda each: each.begins)
        table = survey.unknown[at - 1] if at else None
        if table is None or not table.holds(ordinal):
            return False
        if ordinal != table.begins:
            what = table.title or survey.sheet.name or _BELOW
            if table.may_be_records is None:
                table.may_be_records = rows_look_like_records(table.rows)
            code = "element_unreadable" if table.may_be_records else "element_not_read"
            told = ", ".join(table.headings[:_MOST_HEADINGS])
            self._ledger.miss(
                self._part.extraction_id, code, f"other:{what}", (f"table of unknown columns ({told})", locator)
            )
        return True

    def _rows_of(self, survey: SheetSurvey) -> Iterator[tuple[int, Row]]:
        """Yield the rows of a sheet with their places; those of a delimited text put together where they are broken."""
        rows = enumerate(survey.sheet.rows())
        if self._delimiter is None or not survey.sections:
            return rows

        def columns_at(ordinal: int) -> Columns | None:
            sections = [section for section in survey.sections if section.ordinal < ordinal]
            is_table = bool(sections) and sections[-1].columns.kind in DATED_KINDS
            return sections[-1].columns if is_table else None

        def note(row: Row, count: int) -> None:
            self._ledger.note("row_joined", self._locator(survey, row), count)

        most = max(section.columns.all[-1].place for section in survey.sections)
        return joined_rows(rows, most, columns_at, note)

    def _row(
        self, plan: SheetPlan, plans: Sequence[SheetPlan], section: Section, view: RowView, told: tuple[str, str | None]
    ) -> Sequence[ReadEvent]:
        """Return what a row gives: its part where that is new, and its record.

        Args:
            plan: Of its sheet.
            plans: Of all sheets.
            section: Its table.
            view: The row.
            told: Where it stands, and the extraction that it names.
        """
        locator, named = told
        row = view.row
        kind = kind_of_row(section.columns, view, is_timeline=section.is_timeline)
        part, is_new = self._parts.of_row(view, named)
        begun = (self._parts.begin(part),) if is_new else ()
        part_id = part.extraction_id
        if kind is None:
            code, what = other_type(view)
            self._ledger.miss(part_id, code, f"other:{what}", (what, locator))
            return begun
        if row.is_cut:
            self._ledger.miss(part_id, "input_truncated", kind.value, (_UNREADABLE, locator))
            return begun
        is_told = tells(kind, view, section.columns)
        is_stray = self._is_stray(plan.survey, section, kind, view)
        if not is_stray and is_of_table(kind, view, is_told=is_told):
            self._ledger.miss(part_id, "element_not_read", f"other:{_BELOW}", (_BELOW, locator))
            return begun
        if not is_told or is_stray:
            self._empty(part_id, kind, section, view, locator)
            return begun
        view = self._fitted(section, view, locator)
        if kind is TableKind.MESSAGE:
            view.read_by(section.text_columns)
        state = self._states.state(part_id, plan, section, plans)
        self._ledger.see(part_id, kind.value)
        self._parts.note(named, locator)
        note_odd_cells(view, self._ledger, locator)
        if row.formulas:
            self._ledger.note("formula_kept", locator, len(row.formulas))
        record = _MAKERS[kind](state, view, locator, part_id)
        return (*begun, without_nobodies(record, view, section.lines))

    def _is_stray(self, survey: SheetSurvey, section: Section, kind: TableKind, view: RowView) -> bool:
        """Whether a line of a delimited text is no row: a remark, or the rest of a text without quotes."""
        if self._delimiter is None or kind not in DATED_KINDS:
            return False
        if len(view.row.cells) == 1:
            return section.columns.all[-1].place > 1 and not view.holds(Field.BODY)
        if view.row.cells[1][:1] != " " or not is_rest_of_text(section.columns, view.row, self._region):
            return False
        if section.ordinal not in self._blank_led:
            self._blank_led[section.ordinal] = blank_led(survey, section.columns)
        return not self._blank_led[section.ordinal]

    def _empty(self, part_id: str, kind: TableKind, section: Section, view: RowView, locator: str) -> None:
        """Name a row that no record can be made of."""
        if view.holds(*OF_CHAT) and section.columns.has(Field.CHAT_NUMBER):
            self._ledger.miss(part_id, "element_not_read", f"other:{_CHAT}", (_CHAT, locator))
        elif all(view.cell(place) is None for place in range(len(view.row.cells)) if place not in _rows(section)):
            self._ledger.miss(part_id, "element_not_read", f"other:{_EMPTY}", (_EMPTY, locator))
        else:
            self._ledger.miss(part_id, "element_unreadable", kind.value, (_UNREADABLE, locator))

    def _row_not_read(self, what: str, locator: str, code: str = "element_not_read") -> None:
        self._ledger.miss(self._part.extraction_id, code, f"other:{what}", (what, locator))

    def _row_of_party(self, party: str, locator: str) -> None:
        told = (_PARTY + self._led.told(party), locator)
        self._ledger.miss(self._part.extraction_id, "side_by_title", f"other:{_PARTY}", told)

    def _rejoined(self, row: Row, section: Section, locator: str) -> Row:
        """Return the row; one with more cells than headings has those behind its text in it, where that is last.

        Where it is not, nothing tells which cell is too many. A sheet holds each cell in its own column.
        """
        last = section.columns.all[-1].place
        if row.may_hold_rows and holds_rows(section.columns, row.cells, self._delimiter or "", self._region):
            self._ledger.note("row_shifted", locator)
        if len(row.cells) <= last + 1:
            return row
        width = max((place for place, cell in enumerate(row.cells) if cell and not cell.isspace()), default=-1) + 1
        if width <= last + 1:
            return row
        is_of_text = section.columns.places(Field.BODY) == (last,)
        if self._delimiter is None or have_own_columns(section, row, self._region):
            if self._delimiter is None or len(row.cells) > section.width:
                self._ledger.note("row_ragged", locator)
            return row
        if not is_of_text:
            return row
        is_fused = ends_as_another(section.columns, row.cells[:width], self._region)
        self._ledger.note("row_shifted" if is_fused else "row_ragged", locator)
        text = self._delimiter.join(row.cells[last:width])
        return msgspec.structs.replace(row, cells=[*row.cells[:last], text])

    def _fitted(self, section: Section, view: RowView, locator: str) -> RowView:
        """Return a row as its cells fit its columns; one that does not fit is named, and is put right where it can be.

        Cells beyond the headings are a text's that holds the mark between them, or another row's.
        """
        row, columns, delimiter = view.row, section.columns, self._delimiter
        held = len(row.cells)
        is_dated_kind = columns.kind in DATED_KINDS
        is_over = delimiter is not None and held > columns.all[-1].place + 1
        if is_over and have_own_columns(section, row, self._region):
            return view
        is_odd = is_dated_kind and (held > section.width or held <= columns.all[-1].place)
        is_bare = delimiter is not None and is_dated_kind and held <= columns.all[-1].place and section.is_as_headed
        if is_over:
            is_over = any(cell and not cell.isspace() for cell in row.cells[columns.all[-1].place + 1 :])
        if delimiter is not None and (is_over or (is_odd and section.is_even)):
            is_asked = is_odd and not row.replaced
            cells = fitted(columns, row, section.width, delimiter, self._region) if is_asked else None
            if cells is not None and cells[:held] == row.cells:
                return view
            contrary = first_contrary(columns, row.cells) if cells is None and held < section.width else None
            if contrary is not None and section.is_as_headed:
                self._ledger.note("row_shifted", locator)
                return view.cut(contrary)
            is_short = held < section.width and fits(columns, row.cells, self._region)
            self._ledger.note("row_refitted" if cells else "row_short" if is_short else "row_shifted", locator)
            if cells is not None:
                return RowView(msgspec.structs.replace(row, cells=cells), columns, view.filled)
        elif is_bare and (contrary := first_contrary(columns, row.cells)) is not None:
            self._ledger.note("row_shifted", locator)
            return view.cut(contrary)
        elif is_dated_kind and is_shifted(columns, row):
            self._ledger.note("row_shifted", locator)
        return view

    def _locator(self, survey: SheetSurvey, row: Row) -> str:
        return f"row {row.number}" if self._delimiter is not None else f"{survey.sheet.name} row {row.number}"

    def _damages(self, survey: SheetSurvey) -> Iterator[Notice]:
        for damage in survey.sheet.damages:
            if damage.code == "input_truncated" and self._ledger.has_cut_row:
                continue
            yield damage_notice(damage, survey.sheet.name)

    def _sides(self, plans: Sequence[SheetPlan]) -> Iterator[Notice]:
        """Say which columns were taken for the other side by their cells, and where nobody is read."""
        first = self._parts.first_id or self._part.extraction_id
        for plan in plans:
            place = f"{plan.survey.sheet.name}: " if plan.survey.sheet.name and self._delimiter is None else ""
            for section in plan.survey.sections:
                for code, headings in (
                    ("side_by_cells", (section.side_by_cells,)),
                    ("side_not_read", section.unread),
                    ("side_half_read", tuple(column.heading for column in section.open_sides)),
                    ("time_not_read", section.undated),
                    ("table_beside", tuple(column.heading for column in section.columns.beside)),
                ):
                    told = ", ".join(heading for heading in headings[:_MOST_HEADINGS] if heading is not None)
                    if told and section.count:
                        yield Notice(code=code, extraction_id=first, subject=place + told, count=section.count)
                if section.is_sideless and section.count:
                    number = number_in_name(plan.survey.sheet.name) or number_in_name(self._name)
                    code, subject = (
                        ("side_missing", place or "The table") if number is None else ("side_in_name", number)
                    )
                    yield Notice(code=code, extraction_id=first, subject=subject.rstrip(": "), count=section.count)

    def _endings(self) -> Iterator[ReadEvent]:
        first = self._parts.first_id or self._part.extraction_id
        moved = self._parts.moved()
        yield from self._ledger.missing(moved)
        yield from self._states.notices(first)
        yield from self._ledger.seen(moved)


def damage_notice(damage: Damage, sheet_name: str) -> Notice:
    """Return the notice of what was wrong with a sheet."""
    subject = damage.subject or (f"Sheet {sheet_name}" if sheet_name else "The table")
    return Notice(code=damage.code, count=damage.count, subject=subject, ends_reading=damage.ends_reading)


def _rows(section: Section) -> tuple[int, ...]:
    return section.columns.places(Field.ROW)
