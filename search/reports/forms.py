"""The forms of the report: each renders the same data to one file, or to several that belong together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from search.reports.build import report_bytes
from search.reports.render_html import render_html
from search.reports.zip_files import zipped

Files = dict[str, bytes]


class ReportForm(StrEnum):
    """The forms of a report."""

    JSON = "json"
    HTML = "html"
    PDF = "pdf"
    CSV = "csv"
    XLSX = "xlsx"
    GRAPHML = "graphml"
    I2 = "i2"

    @property
    def is_text(self) -> bool:
        """Whether a terminal can show it."""
        return self in {ReportForm.JSON, ReportForm.HTML, ReportForm.GRAPHML}

    @property
    def has_several_files(self) -> bool:
        """Whether it is several files, which travel as a zip or lie in a folder."""
        return self in _SEVERAL


def rendered_files(report: Mapping[str, Any], form: ReportForm) -> Files:
    """Return the files of a report made by ``build_report`` in one form, by name; the same for the same report."""
    if form in _SEVERAL:
        return _SEVERAL[form]()(report)
    return {f"linkage-report.{form}": _ONE[form]()(report)}


def rendered(report: Mapping[str, Any], form: ReportForm) -> bytes:
    """Return a report in one form as one file: of several, their zip."""
    files = rendered_files(report, form)
    return zipped(files) if form.has_several_files else next(iter(files.values()))


def _json() -> Callable[[Mapping[str, Any]], bytes]:
    return lambda report: report_bytes(dict(report))


def _html() -> Callable[[Mapping[str, Any]], bytes]:
    return lambda report: render_html(report).encode("utf-8", "replace")


# What the other forms need is heavy, and most calls need none of it.
def _pdf() -> Callable[[Mapping[str, Any]], bytes]:
    from search.reports.render_pdf import render_pdf  # noqa: PLC0415  # see above

    return render_pdf


def _xlsx() -> Callable[[Mapping[str, Any]], bytes]:
    from search.reports.render_xlsx import render_xlsx  # noqa: PLC0415  # see above

    return render_xlsx


def _graphml() -> Callable[[Mapping[str, Any]], bytes]:
    from search.reports.render_graphml import render_graphml  # noqa: PLC0415  # see above

    return render_graphml


def _csv() -> Callable[[Mapping[str, Any]], Files]:
    from search.reports.render_csv import csv_files  # noqa: PLC0415  # see above

    return csv_files


def _i2() -> Callable[[Mapping[str, Any]], Files]:
    from search.reports.render_i2 import i2_files  # noqa: PLC0415  # see above

    return i2_files


_ONE = {
    ReportForm.JSON: _json,
    ReportForm.HTML: _html,
    ReportForm.PDF: _pdf,
    ReportForm.XLSX: _xlsx,
    ReportForm.GRAPHML: _graphml,
}
_SEVERAL = {ReportForm.CSV: _csv, ReportForm.I2: _i2}
