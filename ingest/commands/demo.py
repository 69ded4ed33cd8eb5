"""``trapline demo``: writes the demonstration case, and runs the main job on it."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated, Final

import typer

from config.settings import Settings
from ingest.assemble import open_workspace
from ingest.commands._options import DataOption, IndexOption, JsonOption, SettingsOption, settings_of
from ingest.demonstration import CASE_FOLDER, place_case, write_reports
from ingest.exit_codes import ExitCode
from ingest.outcomes import Receipt
from ingest.printed.output import print_json, print_line, visible
from ingest.printed.progress_display import shown_progress
from ingest.printed.receipt_printing import print_receipts
from ingest.receipts import exit_code
from ingest.running import run_async
from ingest.worker import ingest_paths

EXAMPLE: Final = "trapline demo case-files"


def run(
    ctx: typer.Context,
    *,
    directory: Annotated[
        Path | None,
        typer.Argument(metavar="[DIR]", help="New folder for the case. Default: demonstration, in the data folder."),
    ] = None,
    is_run: Annotated[bool, typer.Option("--run", help="Take the case in, and write its linkage report.")] = False,
    data: DataOption = None,
    index: IndexOption = None,
    settings_file: SettingsOption = None,
    as_json: JsonOption = False,
) -> int:
    """Write the demonstration case: invented handsets of two operations, as real vendor files.

    With --run it is taken in like any drop, a receipt is printed for each extraction, and the linkage report is written
    to the folder reports in the data folder.
    """
    settings = settings_of(ctx, data, index, settings_file)
    directory = directory or settings.data_dir / CASE_FOLDER
    if not is_run:
        if settings.data_dir.absolute() in directory.absolute().parents:
            run_async(lambda: _made(settings))
        place_case(directory)
        if as_json:
            print_json({"case": str(directory)})
        else:
            following = f"trapline ingest {shlex.quote(str(directory))}{_data_of(data)}"
            print_line(f"The case lies in {visible(str(directory))}. Next: {visible(following)}")
        return ExitCode.WHOLE

    async def work() -> tuple[list[Receipt], Path, Path]:
        async with open_workspace(settings, is_writer=True) as workspace:
            place_case(directory)
            with shown_progress() as display:
                receipts = ingest_paths(workspace, [directory], on_progress=display.on_progress)
                printed = await print_receipts(receipts, display, as_json=as_json)
            return printed, *(await write_reports(workspace, printed))

    receipts, page, document = run_async(work)
    if as_json:
        print_json({"report": {"html": str(page), "json": str(document)}})
    else:
        print_line(f"The linkage report: {visible(str(page))} (to read and print), {visible(str(document))} (JSON)")
    return exit_code(receipts)


def _data_of(data: Path | None) -> str:
    return "" if data is None else f" --data {shlex.quote(str(data))}"


async def _made(settings: Settings) -> None:
    """Make the data folder: one that held the case alone would be a folder of other files to the next ingest."""
    async with open_workspace(settings):
        pass
