"""The report as a workbook: one sheet a table. No cell is a formula or a link, whatever the evidence says."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any, Final

import xlsxwriter

from search.reports.table_columns import tables_of
from search.reports.tables import Cell, Item, Table

_CELL_CHARS: Final = 32_767
_SHEET_ROWS: Final = 1_048_576
_CUT: Final = " [cut: the JSON form holds the whole]"
_NARROW, _WIDE = 10, 48
_ROWS_MEASURED: Final = 200


def render_xlsx(report: Item) -> bytes:
    """Return the workbook of a report made by ``build_report``; its bytes are a function of the report."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    made_at = datetime.fromisoformat(report["generated_at"]).replace(tzinfo=None)
    with xlsxwriter.Workbook(target, options) as workbook:
        workbook.set_properties({"title": "Linkage report", "created": made_at})
        heading = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        for table in tables_of(report):
            _write(workbook.add_worksheet(table.name), table, heading)
    return target.getvalue()


def _write(sheet: Any, table: Table, heading: Any) -> None:
    widths = [len(column.heading) for column in table.columns]
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, column.heading, heading)
        sheet.write_comment(0, place, column.meaning)
    last = 0
    for last, row in enumerate(table.rows(), start=1):
        if last == _SHEET_ROWS - 1:
            sheet.write_string(last, 0, f"{len(table.items)} rows in all{_CUT}")
            break
        for place, value in enumerate(row):
            _write_cell(sheet, last, place, value)
            if last <= _ROWS_MEASURED and value is not None:
                widths[place] = max(widths[place], len(str(value)))
    for place, width in enumerate(widths):
        sheet.set_column(place, place, min(max(width + 1, _NARROW), _WIDE))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(table.columns) - 1)


def _write_cell(sheet: Any, row: int, place: int, value: Cell) -> None:
    if value is None or value == "":
        return
    if isinstance(value, str):
        text = value.encode("utf-8", "replace").decode()
        if len(text) > _CELL_CHARS:
            text = text[: _CELL_CHARS - len(_CUT)] + _CUT
        sheet.write_string(row, place, text)
    else:
        sheet.write_number(row, place, value)
