"""``trapline ingest``: takes deliveries in and prints receipts."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated, Final

import typer

from ingest.after_run import receipts_now, told_after_run, words_after_run
from ingest.assemble import open_workspace
from ingest.commands._options import DataOption, IndexOption, JsonOption, SettingsOption, named_path, settings_of
from ingest.input_files import check_paths
from ingest.not_begun import NotBegun
from ingest.outcomes import Receipt
from ingest.printed.output import say
from ingest.printed.progress_display import shown_progress
from ingest.printed.receipt_printing import print_next, print_receipts
from ingest.receipts import exit_code
from ingest.running import Terminated, run_async
from ingest.worker import ingest_paths

EXAMPLE: Final = "trapline ingest case-files --data case-data"


def run(
    ctx: typer.Context,
    *,
    paths: Annotated[
        list[Path],
        # One that may not be read gets a receipt, as any other that cannot be taken, and stops none beside it.
        typer.Argument(metavar="PATH...", parser=named_path, help="Files, delivery folders, or folders of them."),
    ],
    data: DataOption = None,
    index: IndexOption = None,
    settings_file: SettingsOption = None,
    as_json: JsonOption = False,
) -> int:
    """Take deliveries in and print a receipt for each extraction.

    A path is one delivery (a file, or a folder that is one vendor's report) or a folder that is searched for
    deliveries. The original is read once, hashed and copied into the vault; it is never changed, moved or renamed. The
    same delivery again is one extraction. A path with nothing at it ends the run before anything is taken. With --json,
    one JSON line an extraction as each is finished. Exit code 5 where the index lacks extractions that were read, or is
    not this data folder's. Ctrl-C (exit code 130) and SIGTERM (143) end it in order: the next ingest finishes what was
    begun, and what was not begun is named, to be taken with the same paths.
    """
    settings = settings_of(ctx, data, index, settings_file)
    check_paths(paths)
    not_begun = NotBegun()

    async def work() -> tuple[list[Receipt], list[Receipt], str]:
        async with open_workspace(settings, is_writer=True) as workspace:
            with shown_progress() as display:
                coming = ingest_paths(workspace, paths, on_progress=display.on_progress, not_begun=not_begun)
                receipts = await print_receipts(coming, display, as_json=as_json)
            now = await asyncio.to_thread(receipts_now, workspace, receipts)
            return receipts, now, await words_after_run(workspace, receipts)

    try:
        receipts, receipts_at_end, amiss = run_async(work)
    except (KeyboardInterrupt, Terminated):
        if left := not_begun.words():
            say(f"Stopped. {left}")
        raise
    if not as_json:
        print_next(receipts_at_end, str(settings.data_dir))
    return told_after_run(exit_code(receipts), amiss)
