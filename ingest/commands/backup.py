"""``trapline backup``: copies the data folder, or lays a copy into a new one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from ingest.assemble import open_workspace
from ingest.commands._options import DataOption, JsonOption, SettingsOption, named_path, settings_of
from ingest.exit_codes import ExitCode
from ingest.outcomes import BackupManifest
from ingest.printed.output import print_json, print_line, print_lines, visible
from ingest.printed.progress_display import shown_progress
from ingest.running import run_async
from ingest.worker import back_up, restore
from search.linkage.phrases import counted

EXAMPLE: Final = "trapline backup case-backup --data case-data"


def run(
    ctx: typer.Context,
    *,
    place: Annotated[
        Path,
        typer.Argument(
            metavar="PLACE", parser=named_path, help="A folder or .tar file: new, or with --restore a backup."
        ),
    ],
    is_restore: Annotated[
        bool, typer.Option("--restore", help="Lay the backup into the data folder, which must be new or empty.")
    ] = False,
    data: DataOption = None,
    settings_file: SettingsOption = None,
    as_json: JsonOption = False,
) -> int:
    """Copy vault, journal, segments, decisions and audit to a new place, or lay such a copy into a new data folder.

    Every hash is checked, both ways. What does not match what was taken is copied as it is and named, with exit code 4,
    when it is made and when it is laid. The index is not copied: trapline rebuild makes it after a restore.
    """
    settings = settings_of(ctx, data, None, settings_file)

    async def work() -> BackupManifest:
        with shown_progress() as display:
            if is_restore:
                return await restore(place, settings.data_dir, on_progress=display.on_progress)
            async with open_workspace(settings, is_writer=True, must_exist=True) as workspace:
                return await back_up(workspace, place, on_progress=display.on_progress)

    manifest = run_async(work)
    if as_json:
        print_json(manifest)
    else:
        print_line(f"{counted(len(manifest.files), 'file')} copied and checked, of {manifest.created_at}.")
        print_lines(f"NOT SOUND: {visible(fault)}" for fault in manifest.faults)
        if manifest.faults:
            print_line("The copy is as the data folder was. Keep the last backup that was sound.")
        if is_restore:
            print_line(f"Next: trapline rebuild --data {visible(str(settings.data_dir))}")
    return ExitCode.PARTIAL if manifest.faults else ExitCode.WHOLE
