"""``trapline verify``: compares everything that is held with its checksums."""

from __future__ import annotations

from typing import Final

import msgspec
import typer

from ingest.assemble import open_workspace
from ingest.commands._options import DataOption, IndexOption, JsonOption, SettingsOption, settings_of
from ingest.exit_codes import ExitCode
from ingest.outcomes import Verification
from ingest.printed.output import print_json, print_lines
from ingest.printed.progress_display import shown_progress
from ingest.printed.verification_text import verification_lines
from ingest.running import run_async
from ingest.worker import verify

EXAMPLE: Final = "trapline verify --data case-data"


def run(
    ctx: typer.Context,
    *,
    data: DataOption = None,
    index: IndexOption = None,
    settings_file: SettingsOption = None,
    as_json: JsonOption = False,
) -> int:
    """Compare vault, segments, audit log, decisions and index with their checksums.

    Reads everything and changes nothing. Exit code 4 where anything does not match.
    """
    settings = settings_of(ctx, data, index, settings_file)

    async def work() -> Verification:
        async with open_workspace(settings, is_repair=True, must_exist=True) as workspace:
            with shown_progress() as display:
                return await verify(workspace, on_progress=display.on_progress)

    verification = run_async(work)
    if as_json:
        print_json({"is_sound": verification.is_sound, "checks": msgspec.to_builtins(verification.checks)})
    else:
        print_lines(verification_lines(verification))
    return ExitCode.WHOLE if verification.is_sound else ExitCode.PARTIAL
