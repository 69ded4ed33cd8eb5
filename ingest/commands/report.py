"""``trapline report``: writes the linkage report."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final

import typer

from ingest.assemble import open_workspace
from ingest.commands._options import (
    CaseOption,
    DataOption,
    ExhibitOption,
    FromOption,
    IndexOption,
    JsonOption,
    OutOption,
    SettingsOption,
    ToOption,
    instant_of_option,
    selection_of,
    settings_of,
    since_of_option,
)
from ingest.exit_codes import ExitCode
from ingest.output import open_result
from ingest.report_view import linkage_report, rendered
from ingest.running import run_async
from search.reports.build import Report

EXAMPLE: Final = "trapline report --format html --out report.html --data case-data"


class ReportFormat(StrEnum):
    """The forms of a report."""

    JSON = "json"
    HTML = "html"


def run(
    ctx: typer.Context,
    *,
    form: Annotated[ReportFormat, typer.Option("--format", help="JSON, or one page of HTML to read and print.")] = (
        ReportFormat.JSON
    ),
    case: CaseOption = None,
    exhibit: ExhibitOption = None,
    from_: FromOption = None,
    until: ToOption = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="WHEN|FILE",
            help="Say what is new since this day or time, or against an earlier report (JSON).",
        ),
    ] = None,
    out: OutOption = None,
    generated_at: Annotated[
        str | None,
        typer.Option(
            "--generated-at", metavar="WHEN", help="State this time in the report, for equal bytes. Default: now."
        ),
    ] = None,
    data: DataOption = None,
    index: IndexOption = None,
    settings_file: SettingsOption = None,
    as_json: JsonOption = False,
) -> int:
    """Write the linkage report: lines, their numbers over time, flares, templates, and links between devices.

    The report is written to the audit log before it is shown.
    """
    settings = settings_of(ctx, data, index, settings_file)
    selection = selection_of(settings, case, exhibit, from_, until)
    at = instant_of_option(settings, "--generated-at", generated_at)
    earlier = since_of_option(settings, since)
    shown_form = ReportFormat.JSON if as_json else form

    async def work() -> Report:
        async with open_workspace(settings) as workspace:
            return await linkage_report(workspace, selection, at, shown_form, earlier)

    report = run_async(work)
    with open_result(out) as write:
        write(rendered(report, shown_form))
    return ExitCode.WHOLE
