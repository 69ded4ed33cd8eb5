"""Tables: delimited text and workbooks of anybody, read by their headings or by a mapping. See README.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import ClassVar, Final

from parsers.clocks import Clock
from parsers.contact_notes import is_note
from parsers.contract import Claim, Delivery, ExtractionPart, Head, ReadContext, ReadEvent, SourceStamp, Tier
from parsers.device_attributes import described, device_record
from parsers.errors import InputRefused
from parsers.formats.table.claims import claim_on
from parsers.formats.table.device_sheets import device_sheet
from parsers.formats.table.receipts import are_receipts
from parsers.language_words import languages
from parsers.records.ids import extraction_id
from parsers.records.notices import Notice
from parsers.sheets.books import Book, book_notices, open_book
from parsers.sheets.rows import MOST_COLUMNS, Sheet
from parsers.table_fields import TIME_FIELDS, TableKind
from parsers.table_mapping import TableMapping
from parsers.tables.columns import Column, Columns
from parsers.tables.continued_sheets import ContinuedSheets
from parsers.tables.country_codes import code_headings
from parsers.tables.heading_pairs import HEADINGS_WITHIN, PairedSheet
from parsers.tables.labels import kind_named, service_named
from parsers.tables.mapped_sections import names_all
from parsers.tables.named_ways import way_named
from parsers.tables.sections import Section
from parsers.tables.side_tables import side_parts
from parsers.tables.survey import SheetSurvey, census_of, looks_like_records, survey_sheet
from parsers.tables.table_reader import TableReader, damage_notice
from parsers.tables.table_states import SheetPlan, way_of
from parsers.tables.zone_columns import zone_column

_UNKNOWN = "table of unknown columns"


_MOST_UNREAD: Final = 40
_NO_HALVES: Final[Mapping[int, str]] = {}


class TableParser:
    """Reads tables twice: once to learn what their columns show, once for their rows."""

    name: ClassVar[str] = "table"
    version: ClassVar[str] = "53"
    tier: ClassVar[Tier] = Tier.INFERRED
    title: ClassVar[str] = "Tables by their headings or a mapping (csv, tsv, xlsx, xls, ods)"
    versions_seen: ClassVar[tuple[str, ...]] = (
        "ALEAPP TSV exports of 2026",
        "headings of the vendors named in its page",
    )
    not_read: ClassVar[tuple[str, ...]] = (
        "receipts of messages: counted",
        "tables whose headings are not known: refused with their columns; trapline map writes a mapping",
        "folders and archives of tables: each file is a delivery of its own",
        f"headings in other languages than English, {', '.join(languages())}, without a mapping",
        "formulas (the value that was stored with them is read), comments, drawings, links behind cells",
        "binary workbooks (xlsb), and workbooks with a password: refused",
    )
    reads_text: ClassVar[bool] = True

    def identify(self, head: Head) -> Claim | None:
        """Return a claim on any workbook, and on text with rows of one width."""
        return claim_on(head)

    def said_by_name(self, delivery: Delivery, ctx: ReadContext) -> str:
        """Return what the file's name says of its rows: which kind they are of, and of which application."""
        name = delivery.name
        if kind_named(name) is None and service_named(name) is None and way_named("", name) is None:
            return ""
        with open_book(delivery.path, ctx.limits, ctx.scratch_dir) as book:
            named, unnamed = (
                [_told(_plan(survey, None, each)) for survey, _ in _surveyed(book, each, ())] for each in (name, "")
            )
        return "" if named == unnamed else "; ".join(named)

    def read(self, delivery: Delivery, ctx: ReadContext) -> Iterator[ReadEvent]:
        """Yield the part, records, notices and, last, what was seen; sheet by sheet."""
        stamp = SourceStamp(delivery, None, TableParser)
        part = ExtractionPart(extraction_id=extraction_id(delivery.sha256, None, None), member=None)
        with open_book(delivery.path, ctx.limits, ctx.scratch_dir) as book:
            surveys = list(_surveyed(book, delivery.name, ctx.sidecar.table))
            receipts = [survey for survey, mapping in surveys if mapping is None and _are_receipts(survey, delivery)]
            plans = [
                _plan(survey, mapping, delivery.name)
                for survey, mapping in surveys
                if survey.sections and survey not in receipts
            ]
            if not plans and not receipts:
                raise _refusal([survey for survey, _ in surveys])
            described_by = device_sheet([survey for survey, _ in surveys])
            device = None
            if described_by is not None:
                clock = Clock(ctx.time_zone, ctx.sidecar.date_order)
                region, locator = ctx.default_region, f"{described_by[0].sheet.name} row 1"
                part = described(part, described_by[1], clock, region, is_sim_view=False)
                device = device_record(stamp, clock, part, described_by[1], locator, region)
            reader = TableReader(delivery, ctx, stamp, part, delimiter=book.delimiter, device=device)
            continued = ContinuedSheets([each for each, _ in surveys])
            for survey, _ in surveys:
                is_read = described_by is not None and survey is described_by[0]
                if not survey.sections and survey.row_count and not is_read:
                    _note_unknown(reader, survey, continued.before(survey))
            for survey in receipts:
                name = survey.sheet.name or "table"
                reader.note_element("element_not_read", "other:receipts", "receipts", name, survey.row_count - 1)
            yield from reader.events(plans)
            yield from _notices(book, plans)


def _are_receipts(survey: SheetSurvey, delivery: Delivery) -> bool:
    return are_receipts(survey, f"{survey.sheet.name} {delivery.name}")


def _surveyed(
    book: Book, file_name: str, mappings: Sequence[TableMapping]
) -> Iterator[tuple[SheetSurvey, TableMapping | None]]:
    """Yield what each sheet shows, and what the submitter states of it.

    Raises:
        InputRefused: ``mapping_refused``: a mapping names a sheet or a heading that is not there.
    """
    names = {sheet.name for sheet in book.sheets}
    for mapping in mappings:
        if mapping.sheet is not None and mapping.sheet not in names:
            raise InputRefused("mapping_refused", f"there is no sheet {mapping.sheet!r}")
        if mapping.sheet is None and len(book.sheets) > 1:
            raise InputRefused("mapping_refused", "a section without the name of its sheet, of a workbook of several")
    for sheet in book.sheets:
        held = next((each for each in mappings if each.sheet in {None, sheet.name}), None)
        name = sheet.name if book.delimiter is None else file_name
        told = name if _is_telling(name) else f"{name} {file_name}"
        survey = survey_sheet(PairedSheet(sheet) if held is None else _as_mapped(sheet, held), told, held)
        parts = side_parts(survey) if held is None else None
        if parts is None:
            yield survey, held
            continue
        for part in parts:
            yield survey_sheet(part.sheet, told, wanted=part.wanted), None


def _as_mapped(sheet: Sheet, mapping: TableMapping) -> Sheet:
    """Return a sheet with headings of two rows as one where a mapping names them so, as it is proposed."""
    paired = PairedSheet(sheet)
    within = islice(paired.rows(), HEADINGS_WITHIN)
    return paired if mapping.header_row != 0 and any(names_all(mapping, row) for row in within) else sheet


def _is_telling(name: str) -> bool:
    """Whether a sheet has a name of its own: ``Sheet1`` says nothing, and the file's name may."""
    return not name.casefold().startswith(("sheet", "table", "tabelle", "feuil", "blad", "hoja", "arkusz", "taflen"))


def _plan(survey: SheetSurvey, mapping: TableMapping | None, file_name: str) -> SheetPlan:
    name = survey.sheet.name
    service = service_named(name) or service_named(file_name)
    named = way_named(name, file_name)
    return SheetPlan(survey=survey, service=service, listing=name.casefold() or "top", mapping=mapping, named=named)


def _told(plan: SheetPlan) -> str:
    sections = plan.survey.sections
    kinds = [str(section.columns.kind) for section in sections]
    ways = {named.way for section in sections if (named := way_of(plan, section)) is not None}
    return " ".join([*kinds, plan.service or "", *sorted(ways)]) if kinds else ""


def _refusal(surveys: Sequence[SheetSurvey]) -> InputRefused:
    """Return why no sheet of a table is read: no mapping helps one that holds nothing."""
    census = "; ".join(census_of(survey) for survey in surveys if survey.row_count)
    if not census and any(survey.over_count for survey in surveys):
        census = f"its first row has more than {MOST_COLUMNS:,} columns, or a line longer than the limit"
    return InputRefused("table_unknown", census) if census else InputRefused("input_empty")


def _note_unknown(reader: TableReader, survey: SheetSurvey, before: str | None) -> None:
    """Name a sheet whose columns are not known: a table that may hold evidence, or a page of notes.

    Args:
        reader: Counts it.
        survey: The sheet.
        before: Name of the sheet whose table may go on in it. None: none does.
    """
    name = survey.sheet.name
    further = (
        f"; its rows look like those of the sheet {before!r}: state the same columns, trapline map writes a mapping"
        if before is not None
        else ""
    )
    code = "element_unreadable" if looks_like_records(survey) else "element_not_read"
    reader.note_element(
        code, f"other:{name}", f"{_UNKNOWN} ({census_of(survey)}{further})", f"{name} row 1", survey.row_count
    )


def _notices(book: Book, plans: Sequence[SheetPlan]) -> Iterator[Notice]:
    for plan in plans:
        if plan.mapping is None:
            for section in plan.survey.sections:
                yield Notice(code="columns_assumed", subject=_assumed(plan.survey, section))
    if book.encoding is not None:
        yield Notice(code="encoding_assumed", subject=book.encoding)
    yield from book_notices(book)


def _assumed(survey: SheetSurvey, section: Section) -> str:
    has_zones = any(times.zoned_count for times in section.times.values())
    return columns_text(
        survey,
        section.columns,
        section.text,
        section.details.columns,
        halves=section.fills.halves.read,
        has_zones=has_zones,
    )


def columns_text(
    survey: SheetSurvey,
    columns: Columns,
    text: Column | None = None,
    details: Sequence[Column] = (),
    *,
    halves: Mapping[int, str] = _NO_HALVES,
    has_zones: bool = True,
) -> str:
    """Return which columns were read as what, and which are kept beside the records and not read.

    Args:
        survey: The sheet.
        columns: Of the table.
        text: The column that is read as the text of its messages alone.
        details: Those that name the other side of rows that name nobody elsewhere.
        halves: Names of those that hold the half of the day of times, by place.
        has_zones: Whether a column of zones states any.
    """
    told = ", ".join(
        f"{field} = {' + '.join(column.heading for column in found)}" for field, found in columns.by_field.items()
    )
    if text is not None:
        told += f", body of what is a message = {text.heading}"
    if details:
        told += f", other side where no column names it = {' + '.join(column.heading for column in details)}"
    if columns.callers:
        told += f", from of what went out = {' + '.join(column.heading for column in columns.callers)}"
    codes = code_headings(columns)
    if codes:
        told += f", country code of numbers = {' + '.join(column.heading for column in codes)}"
    zones = zone_column(columns) if has_zones and columns.has(*TIME_FIELDS) else None
    zoned = [column for column in columns.all if zones is not None and column.place == zones.place]
    if zoned:
        told += f", zone of times = {zoned[0].heading}"
    sides = (*columns.by_field.values(), zoned, columns.callers, details, codes)
    read = {column.place for found in sides for column in found}
    read |= halves.keys()
    if halves:
        told += f", half of the day = {' + '.join(halves.values())}"
    read |= {text.place} if text is not None else set()
    unread = [column for column in columns.all if column.place not in read]
    if columns.kind is TableKind.CONTACT:
        notes = [column for column in unread if is_note(column.heading) and column not in columns.beside]
        unread = [column for column in unread if column not in notes]
        told += f"; notes: found by search: {_listed(notes)}" if notes else ""
    if unread:
        told += f"; kept beside the records and not read: {_listed(unread)}"
    return f"sheet {survey.sheet.name!r}: {told}" if survey.sheet.name else told


def _listed(columns: Sequence[Column]) -> str:
    more = " ..." if len(columns) > _MOST_UNREAD else ""
    return ", ".join(column.heading for column in columns[:_MOST_UNREAD]) + more


__all__ = ["TableParser", "columns_text", "damage_notice"]
