"""``trapline export``: writes the records for other programs."""

from __future__ import annotations

from collections.abc import Callable
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
    KindOption,
    OutOption,
    SettingsOption,
    ToOption,
    kinds_of,
    selection_of,
    settings_of,
)
from ingest.earlier_results import is_export
from ingest.exit_codes import ExitCode
from ingest.export.export_case import ENDING, CaseLines
from ingest.export.export_csv import csv_lines
from ingest.export.export_records import Exported, Render, export_records, json_lines
from ingest.printed.output import say
from ingest.result_files import keep_evidence, open_result
from ingest.running import run_async
from ingest.status import held_selection

EXAMPLE: Final = "trapline export --format jsonl --kind message --data case-data"


class ExportFormat(StrEnum):
    """The forms of an export."""

    JSONL = "jsonl"
    CSV = "csv"
    CASE = "case"


_RENDERS: Final[dict[ExportFormat, Callable[[], tuple[Render, bytes]]]] = {
    ExportFormat.JSONL: lambda: (json_lines, b""),
    ExportFormat.CSV: lambda: (csv_lines, b""),
    ExportFormat.CASE: lambda: (CaseLines(), ENDING),
}


def run(
    ctx: typer.Context,
    *,
    form: Annotated[
        ExportFormat,
        typer.Option("--format", help="JSON lines (whole), CSV (flat), or a CASE bundle (JSON-LD) for other tools."),
    ] = ExportFormat.JSONL,
    case: CaseOption = None,
    exhibit: ExhibitOption = None,
    since: FromOption = None,
    until: ToOption = None,
    kind: KindOption = None,
    out: OutOption = None,
    data: DataOption = None,
    index: IndexOption = None,
    settings_file: SettingsOption = None,
    as_json: JsonOption = False,
) -> int:
    """Write the records in a stable order: by extraction id, then as the source lists them.

    Where nothing was read yet it writes nothing and ends 0. The export is written to the audit log before its first
    line.
    """
    settings = settings_of(ctx, data, index, settings_file)
    selection = selection_of(settings, case, exhibit, since, until)
    render, ending = _RENDERS[ExportFormat.JSONL if as_json else form]()

    async def work() -> Exported:
        async with open_workspace(settings, must_exist=True) as workspace:
            keep_evidence(workspace, out)
            held = held_selection(workspace, selection)
            with open_result(out, is_export) as write:
                return await export_records(workspace, held, kinds_of(kind), render, write, ending=ending)

    exported = run_async(work)
    for sentence in exported.faults:
        say(f"trapline: {sentence}")
    return ExitCode.PARTIAL if exported.faults else ExitCode.WHOLE
