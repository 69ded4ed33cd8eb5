"""The report as CSV: one file a table, and one that explains every column."""

from __future__ import annotations

from collections.abc import Iterable

from search.reports.spreadsheet_cells import csv_line, guarded
from search.reports.table_columns import tables_of
from search.reports.tables import Item, Table

_MARK = "\ufeff".encode()
"""Tells spreadsheets that a file is UTF-8; without it names and emoji are misread."""

HOW_TO_READ = (
    "Read every column as text, else a program takes the plus of a telephone number away (pandas: dtype=str). An"
    " apostrophe before the first character of a cell is ours: a spreadsheet would run the cell as a formula. Numbers"
    " have none, alone and several in one cell."
)
"""Stands above the columns that are explained."""


def csv_files(report: Item) -> dict[str, bytes]:
    """Return the files of a report made by ``build_report``, by name."""
    tables = tables_of(report)
    return {f"{table.name}.csv": _file(table) for table in tables} | {"columns.csv": _columns_file(tables)}


def csv_text(headings: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    """Return one CSV file with its headings; cells that would run as formulas are guarded."""
    lines = [csv_line(headings), *(csv_line([guarded(cell) for cell in row]) for row in rows)]
    return _MARK + b"".join(lines)


def _file(table: Table) -> bytes:
    return csv_text([column.heading for column in table.columns], table.rows())


def _columns_file(tables: Iterable[Table]) -> bytes:
    return csv_text(
        ("table", "column", "meaning"),
        [
            ("", "", HOW_TO_READ),
            *((table.name, column.heading, column.meaning) for table in tables for column in table.columns),
        ],
    )
