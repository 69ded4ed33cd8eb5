"""``trapline status``: what is held, what waits and what was not finished."""

from __future__ import annotations

from typing import Final

import msgspec
import typer

from ingest.assemble import open_workspace
from ingest.commands._options import (
    CaseOption,
    DataOption,
    ExhibitOption,
    IndexOption,
    JsonOption,
    SettingsOption,
    selection_of,
    settings_of,
)
from ingest.exit_codes import ExitCode
from ingest.outcomes import Status
from ingest.printed.output import print_json, print_lines, say
from ingest.printed.status_text import narrowed, status_lines
from ingest.running import run_async
from ingest.selection import as_held, not_held
from ingest.status import status

EXAMPLE: Final = "trapline status --data case-data"


def run(
    ctx: typer.Context,
    *,
    data: DataOption = None,
    index: IndexOption = None,
    case: CaseOption = None,
    exhibit: ExhibitOption = None,
    settings_file: SettingsOption = None,
    as_json: JsonOption = False,
) -> int:
    """Show what is held, what waits for the index and what was not finished.

    Reads the journal alone and runs beside a worker.
    """
    settings = settings_of(ctx, data, index, settings_file)
    selection = selection_of(settings, case, exhibit)

    async def work() -> Status:
        async with open_workspace(settings, must_exist=True) as workspace:
            return await status(workspace)

    whole = run_async(work)
    selection = as_held(selection, whole.extractions)
    if sentence := not_held(selection, whole.extractions):
        say(f"trapline: {sentence}")
    shown = narrowed(whole, selection)
    if as_json:
        print_json(msgspec.to_builtins(shown))
    else:
        print_lines(status_lines(shown))
    return ExitCode.WHOLE
