"""``trapline reparse``: reads deliveries again from the vault with today's readers."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from ingest.after_run import told_after_run, words_after_run
from ingest.assemble import open_workspace
from ingest.commands._options import DataOption, IndexOption, JsonOption, SettingsOption, settings_of
from ingest.outcomes import Receipt
from ingest.printed.progress_display import shown_progress
from ingest.printed.receipt_printing import print_receipts
from ingest.receipts import exit_code
from ingest.running import run_async
from ingest.worker import reparse

EXAMPLE: Final = "trapline reparse --data case-data"


def run(
    ctx: typer.Context,
    *,
    selected: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID]...", help="SHA-256 of deliveries, or extraction ids. Default: everything held."),
    ] = None,
    data: DataOption = None,
    index: IndexOption = None,
    settings_file: SettingsOption = None,
    as_json: JsonOption = False,
) -> int:
    """Read deliveries again from the vault with today's readers and analysis, and print their receipts.

    Ids stay. Corrections made by trapline amend hold. Exit code 5 where the index lacks extractions that were read, or
    is not this data folder's.
    """
    settings = settings_of(ctx, data, index, settings_file)

    async def work() -> tuple[list[Receipt], str]:
        async with open_workspace(settings, is_writer=True, is_repair=True, must_exist=True) as workspace:
            with shown_progress() as display:
                receipts = reparse(workspace, selected or (), on_progress=display.on_progress)
                printed = await print_receipts(receipts, display, as_json=as_json)
            return printed, await words_after_run(workspace, printed)

    receipts, amiss = run_async(work)
    return told_after_run(exit_code(receipts), amiss)
