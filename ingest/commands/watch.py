"""``trapline watch``: takes what is dropped into folders, until stopped."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated, Final

import typer

from ingest.after_run import told_after_run, words_after_run
from ingest.assemble import open_workspace
from ingest.commands._options import (
    DataOption,
    IndexOption,
    JsonOption,
    SettingsOption,
    existing_folder,
    named_path,
    settings_of,
)
from ingest.exit_codes import ExitCode
from ingest.printed.output import say
from ingest.printed.progress_display import shown_progress
from ingest.printed.receipt_printing import print_receipts
from ingest.running import run_until_stopped
from ingest.worker import watch_folders

EXAMPLE: Final = "trapline watch case-files --outbox outbox --data case-data"


def run(
    ctx: typer.Context,
    *,
    folders: Annotated[
        list[Path],
        typer.Argument(
            metavar="DIR...",
            parser=existing_folder,
            help="Folders in which units drop deliveries.",
        ),
    ],
    outbox: Annotated[
        Path | None,
        typer.Option(
            "--outbox",
            parser=named_path,
            metavar="DIR",
            help="Folder that gets a receipt and the report for each drop.",
        ),
    ] = None,
    data: DataOption = None,
    index: IndexOption = None,
    settings_file: SettingsOption = None,
    as_json: JsonOption = False,
) -> int:
    """Take what is dropped into folders, until stopped.

    A drop is taken when it is quiet, unchanged and complete. One that ends before its end is told of, stands in
    trapline status, and is taken as it is after an hour without a change (watch.incomplete_seconds). A bad one gets a
    reason file; the original stays where it is. SIGINT and SIGTERM end it in order: what is under way is finished, a
    second signal leaves it to the next run.
    An outbox that cannot be written when the watch begins is an error; later, what is for it waits and is tried again.
    Exit code 4 where at its end files for the outbox are not written (they are named); 5 where the index lacks
    extractions that were read, or is not this data folder's.
    """
    settings = settings_of(ctx, data, index, settings_file)
    unwritten: list[str] = []

    async def work(stop: asyncio.Event) -> str:
        async with open_workspace(settings) as workspace:
            with shown_progress() as display:
                say(f"Watching {', '.join(str(folder) for folder in folders)}; stop with Ctrl-C.")
                receipts = watch_folders(
                    workspace,
                    folders,
                    stop=stop,
                    outbox=outbox,
                    on_progress=display.on_progress,
                    on_unwritten=unwritten.extend,
                )
                printed = await print_receipts(receipts, display, as_json=as_json)
            return await words_after_run(workspace, printed)

    amiss = run_until_stopped(work)
    return told_after_run(ExitCode.PARTIAL if unwritten else ExitCode.WHOLE, amiss)
