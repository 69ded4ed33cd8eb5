"""``trapline rebuild``: makes the index anew from the segments."""

from __future__ import annotations

from typing import Final

import msgspec
import typer

from ingest.assemble import open_workspace
from ingest.commands._options import DataOption, IndexOption, JsonOption, SettingsOption, settings_of
from ingest.exit_codes import ExitCode
from ingest.outcomes import Rebuilt
from ingest.printed.output import print_json, print_line
from ingest.printed.progress_display import shown_progress
from ingest.printed.receipt_printing import print_all
from ingest.running import run_async
from ingest.worker import rebuild
from search.linkage.phrases import counted

EXAMPLE: Final = "trapline rebuild --data case-data"


def run(
    ctx: typer.Context,
    *,
    data: DataOption = None,
    index: IndexOption = None,
    settings_file: SettingsOption = None,
    as_json: JsonOption = False,
) -> int:
    """Make the index anew from the segments and the decisions.

    Nothing is read from the evidence again. Extractions whose segments are damaged are named, and the exit code is 4:
    trapline reparse makes their segments again.
    """
    settings = settings_of(ctx, data, index, settings_file)

    async def work() -> Rebuilt:
        async with open_workspace(settings, is_writer=True, must_exist=True) as workspace:
            with shown_progress() as display:
                return await rebuild(workspace, on_progress=display.on_progress)

    rebuilt = run_async(work)
    if as_json:
        print_json(msgspec.to_builtins(rebuilt))
    else:
        print_line(f"{counted(rebuilt.loaded, 'extraction')} loaded, {rebuilt.removed} removed from the index.")
        for extraction_id in rebuilt.damaged:
            print_line(f"damaged: {extraction_id}. Run trapline reparse {extraction_id}")
        print_all(rebuilt.refused, as_json=False)
    return ExitCode.PARTIAL if rebuilt.damaged or rebuilt.refused else ExitCode.WHOLE
