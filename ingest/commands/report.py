"""``trapline report``: writes the linkage report."""

from __future__ import annotations

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
from ingest.index_standing import Standing, standing
from ingest.report_files import check_name, check_place, form_called, write_result
from ingest.report_view import linkage_report
from ingest.result_files import keep_evidence
from ingest.running import run_async
from ingest.status import held_selection
from ingest.unfinished import cut_off_words, told_beside_answer
from search.reports.build import Report
from search.reports.forms import ReportForm

EXAMPLE: Final = "trapline report --format html --out report.html --data case-data"


def run(
    ctx: typer.Context,
    *,
    form: Annotated[
        ReportForm | None,
        typer.Option(
            "--format",
            help="html, pdf: to read and print. csv, i2: several files, as a zip or in the folder of --out. Default: as"
            " --out is called, else json.",
        ),
    ] = None,
    case: CaseOption = None,
    exhibit: ExhibitOption = None,
    from_: FromOption = None,
    until: ToOption = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="WHEN|FILE",
            help="Say what is new since this day (2020-05-18, 18/05/2020, 7d: seven days ago) or time, or against an"
            " earlier report (JSON).",
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

    The same drops, decisions and settings give the same bytes in every form (with --generated-at). That it was made is
    written to the audit log before it is shown. Exit code 4 where a delivery was cut off and not read to its end, 5
    where the index lacks extractions that were read, or is not this data folder's.
    """
    settings = settings_of(ctx, data, index, settings_file)
    selection = selection_of(settings, case, exhibit, from_, until)
    at = instant_of_option(settings, "--generated-at", generated_at)
    earlier = since_of_option(settings, since)
    shown_form = ReportForm.JSON if as_json else form or form_called(out)
    check_place(shown_form, out)
    check_name(shown_form, out, "--json" if as_json else f"--format {shown_form}")

    async def work() -> tuple[Report, Standing, str]:
        async with open_workspace(settings, must_exist=True) as workspace:
            held = held_selection(workspace, selection)
            keep_evidence(workspace, out)
            made = await linkage_report(workspace, held, at, shown_form, earlier)
            return made, await standing(workspace), cut_off_words(workspace)

    report, stands, cut_off = run_async(work)
    write_result(report, shown_form, out)
    return told_beside_answer(stands, cut_off)
