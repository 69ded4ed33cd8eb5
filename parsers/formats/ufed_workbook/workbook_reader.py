"""Reads one workbook: what it says of the handset first, then the sheets of records."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

import msgspec

from parsers.contract import Delivery, ReadContext, ReadEvent, Seen, SourceStamp
from parsers.errors import InputRefused
from parsers.formats.ufdr.identity_records import identity_record
from parsers.formats.ufdr.metadata import Item, ReportHeader
from parsers.formats.ufdr.parts import Part, build_parts
from parsers.formats.ufed_workbook.item_sheets import ItemRow, is_case_item, items_of, names_handset, sim_records
from parsers.formats.ufed_workbook.listed_extractions import listed_extraction
from parsers.formats.ufed_workbook.row_extractions import RowExtractions
from parsers.formats.ufed_workbook.sheet_names import VOICEMAILS, SheetRole, SheetUse, use_of
from parsers.locale_times import decide_date_order
from parsers.records.facts import Device, Sim
from parsers.records.notices import Notice
from parsers.sheets.books import Book
from parsers.sheets.rows import Sheet
from parsers.table_fields import Field, TableKind
from parsers.tables.columns import Columns
from parsers.tables.named_ways import way_named
from parsers.tables.sections import Section
from parsers.tables.survey import SheetSurvey, census_of, looks_like_records, survey_sheet
from parsers.tables.table_reader import TableReader, damage_notice
from parsers.tables.table_states import SheetPlan

_TITLE = re.compile(r"[^()]{1,80}\(([0-9]{1,9})\)\s*")
_CASE_SECTION: Final = "Additional Fields"
_COUNTED: Final = frozenset({TableKind.CALL, TableKind.CONTACT, TableKind.ACCOUNT})


class _Found(msgspec.Struct):
    """One sheet, and what it was found to be."""

    sheet: Sheet
    use: SheetUse
    survey: SheetSurvey | None = None
    items: list[ItemRow] = []
    row_count: int = 0


class WorkbookReader:
    """Reads one workbook, once."""

    def __init__(self, delivery: Delivery, ctx: ReadContext, stamp: SourceStamp, book: Book) -> None:
        """Look at every sheet.

        Raises:
            InputRefused: ``table_unknown``: no sheet holds records or says anything of a handset.
        """
        self._delivery = delivery
        self._ctx = ctx
        self._stamp = stamp
        self._found = [_look_at(sheet) for sheet in book.sheets]
        self._seen: Counter[tuple[str, str]] = Counter()
        if not any(found.items or (found.survey and found.survey.sections) for found in self._found):
            surveys = [found.survey for found in self._found if found.survey is not None and found.row_count]
            raise InputRefused("table_unknown", "; ".join(map(census_of, surveys)) or "no sheet of records")

    def events(self) -> Iterator[ReadEvent]:
        """Yield parts, records, notices and, last, what was seen."""
        parts, orders = self._parts()
        main = next((part for part in parts if part.info.belongs_to is None), parts[0])
        named = RowExtractions(parts, main, _listed(self._device_rows()))
        sims = list(self._sims(named))
        named.take_cards()
        for part in parts:
            yield named.info_of(part)
            yield from self._identity(part)
        yield from sims
        info = named.info_of(main)
        reader = TableReader(self._delivery, self._ctx, self._stamp, info, shown_orders=orders, has_marks=True)
        reader.take_named(named)
        for found in self._found:
            has_no_records = found.survey is not None and not found.survey.sections
            if found.row_count and (found.use.role is SheetRole.OUTSIDE or has_no_records):
                name = found.sheet.name
                may_be_records = found.survey is not None and looks_like_records(found.survey)
                code = "element_unreadable" if may_be_records else "element_not_read"
                reader.note_element(code, f"other:{name}", name, f"{name} row 1", found.row_count)
        yield from reader.events([self._plan(found) for found in self._found if found.survey and found.survey.sections])
        yield from named.notices()
        yield from self._damages()
        yield from self._counts_stated()
        for (part_id, element), count in self._seen.items():
            yield Seen(extraction_id=part_id, element=element, count=count)

    def _device_rows(self) -> list[ItemRow]:
        return [row for found in self._found if found.use.role is SheetRole.DEVICE for row in found.items]

    def _parts(self) -> tuple[list[Part], Counter[str]]:
        """Return the extractions, and the orders of day and month that their dates show."""
        header = ReportHeader()
        rows = self._device_rows()
        extractions = _listed(rows)
        if len(extractions) > 1:
            header.extractions.extend(listed_extraction(each, rows) for each in extractions)
        for row in rows:
            vendor_id = row.extraction if len(extractions) > 1 and not is_case_item(row.item) else None
            section = _CASE_SECTION if is_case_item(row.item) else row.item.section
            item = row.item
            header.items.append(Item(section, item.name, item.key, item.text, vendor_id))
        orders = Counter(order for item in header.items if (order := decide_date_order((item.text,))) is not None)
        ctx = self._ctx
        if ctx.sidecar.date_order is None and not orders:
            shown = self._shown_by_records()
            if len(shown) == 1:
                ctx = msgspec.structs.replace(
                    ctx, sidecar=msgspec.structs.replace(ctx.sidecar, date_order=next(iter(shown)))
                )
        return build_parts(header, self._delivery, None, ctx), orders

    def _shown_by_records(self) -> Counter[str]:
        total: Counter[str] = Counter()
        for found in self._found:
            for section in found.survey.sections if found.survey is not None else ():
                for survey in section.times.values():
                    total.update(survey.orders)
        return total

    def _identity(self, part: Part) -> Iterator[Device | Sim]:
        record = identity_record(part, self._stamp, None) if part.items else None
        if record is None:
            return
        sheet = next((item.section for item in part.items if item.section != _CASE_SECTION), _CASE_SECTION)
        locator = sheet if part.info.vendor_id is None else f"{sheet} extraction {part.info.vendor_id}"
        self._seen[part.extraction_id, record.kind] += 1
        yield msgspec.structs.replace(
            record, source=self._stamp.source(locator), record_id=self._stamp.record_id(record.kind, locator)
        )

    def _sims(self, named: RowExtractions) -> Iterator[Sim]:
        for found in self._found:
            if found.use.role is SheetRole.SIM:
                for row, record in sim_records(found.items, found.sheet.name, self._stamp):
                    part = named.card_of(row.extraction, record.source.locator)
                    part.add_row(record, self._ctx.default_region)
                    self._seen[part.extraction_id, record.kind] += 1
                    yield msgspec.structs.replace(record, extraction_id=part.extraction_id)

    def _plan(self, found: _Found) -> SheetPlan:
        assert found.survey is not None
        return SheetPlan(
            survey=found.survey,
            service=found.use.service,
            listing=found.use.listing,
            blank_is_intact=True,
            handle_first=True,
            named=way_named(found.sheet.name),
        )

    def _damages(self) -> Iterator[Notice]:
        """Yield what was wrong with the sheets that the reader of tables is not given: it says so of its own."""
        for found in self._found:
            is_planned = found.survey is not None and bool(found.survey.sections)
            if not is_planned and found.use.role is not SheetRole.OUTSIDE:
                for damage in found.sheet.damages:
                    yield damage_notice(damage, found.sheet.name)

    def _counts_stated(self) -> Iterator[Notice]:
        """Yield a notice for each list that is shorter than its title says."""
        held: Counter[str] = Counter()
        stated: dict[str, int] = {}
        for found in self._found:
            survey = found.survey
            if survey is None or not survey.sections or not _is_counted(found):
                continue
            title = _title_count(survey)
            if title is not None:
                stated.setdefault(found.use.listing, title)
            held[found.use.listing] += sum(section.count for section in survey.sections if not section.is_other)
        for listing, count in stated.items():
            if held[listing] < count:
                yield Notice(code="count_short", subject=f"rows on the sheet {listing!r}")


def _listed(rows: Sequence[ItemRow]) -> list[str]:
    """Return what the sheets of items call the extractions."""
    return list(dict.fromkeys(row.extraction for row in rows if row.extraction))


def _look_at(sheet: Sheet) -> _Found:
    use = use_of(sheet.name)
    if use.role in {SheetRole.DEVICE, SheetRole.SIM}:
        return _Found(sheet, use, items=items_of(sheet))
    if use.role is SheetRole.OUTSIDE:
        return _Found(sheet, use, row_count=_count_below_headings(sheet))
    survey = survey_sheet(sheet, sheet.name, wanted=use.kind, retold=partial(_retold, use.listing))
    if use.role is SheetRole.UNKNOWN and not survey.sections and names_handset(items := items_of(sheet)):
        return _Found(sheet, SheetUse(SheetRole.DEVICE, listing=use.listing), items=items)
    return _Found(sheet, use, survey, row_count=survey.row_count)


def _retold(listing: str, columns: Columns) -> Columns:
    """Return the columns without those that hold something else in the vendor's workbook than in other tables.

    ``Platform`` is what kind of device wrote (``Mobile``), and the ``Name`` of a voicemail that of its recording.
    """
    by_field = dict(columns.by_field)
    by_field[Field.SERVICE] = tuple(each for each in by_field.get(Field.SERVICE, ()) if not each.label.is_platform)
    if listing == VOICEMAILS:
        by_field[Field.NAME] = ()
    return msgspec.structs.replace(columns, by_field={field: found for field, found in by_field.items() if found})


def _count_below_headings(sheet: Sheet) -> int:
    """Return how many rows stand below the title and the headings of a sheet that is not read."""
    count = 0
    is_below = False
    for row in sheet.rows():
        if is_below:
            count += 1
        else:
            is_below = sum(1 for cell in row.cells if cell.strip()) >= 3
    return count


def _title_count(survey: SheetSurvey) -> int | None:
    """Return the number that the title over a sheet states."""
    if not survey.first_rows or survey.sections[0].ordinal == 0:
        return None
    texts = [text for text in survey.first_rows[0].cells if text.strip()]
    found = _TITLE.fullmatch(texts[0]) if len(texts) == 1 else None
    return int(found[1]) if found is not None else None


def _is_counted(found: _Found) -> bool:
    """Whether the title counts rows: that of the chats may count chats."""
    if found.use.kind in _COUNTED:
        return True
    sections: Sequence[Section] = found.survey.sections if found.survey is not None else ()
    has_chats = any(section.columns.has(Field.CHAT_NUMBER) for section in sections)
    return found.use.kind is TableKind.MESSAGE and found.use.service is not None and not has_chats
