"""Writes truth as Cellebrite's report.xml and .ufdr, in the dialects 3.0, 5.x to 7.x and 8.5/10."""

from __future__ import annotations

from ingest.demo.writers.ufdr.container import wrap_report, write_bare, write_folder, write_ufdr
from ingest.demo.writers.ufdr.dialects import DIALECTS, PA_3, PA_5, PA_7, PA_10, Dialect
from ingest.demo.writers.ufdr.report import ReportForm, report_bytes, write_report

__all__ = [
    "DIALECTS",
    "PA_3",
    "PA_5",
    "PA_7",
    "PA_10",
    "Dialect",
    "ReportForm",
    "report_bytes",
    "wrap_report",
    "write_bare",
    "write_folder",
    "write_report",
    "write_ufdr",
]
