"""``trapline show``: shows records whole."""

from __future__ import annotations

import sys
from typing import Annotated, Final

import typer

from ingest.assemble import open_workspace
from ingest.commands._options import DataOption, IndexOption, JsonOption, SettingsOption, settings_of
from ingest.exit_codes import ExitCode
from ingest.printed.output import print_json, print_lines, say
from ingest.record_view import RecordView, show_records, view_json, view_lines
from ingest.running import run_async

EXAMPLE: Final = "trapline search is:advert --size 1 --ids --data case-data | trapline show - --data case-data"


def run(
    ctx: typer.Context,
    *,
    record_ids: Annotated[
        list[str], typer.Argument(metavar="RECORD_ID...", help="Ids of records; - reads them from standard input.")
    ],
    data: DataOption = None,
    index: IndexOption = None,
    settings_file: SettingsOption = None,
    as_json: JsonOption = False,
) -> int:
    """Show records whole: exhibit, source file and locator, raw beside normalised, the finding with its spans.

    The view is written to the audit log before it is shown.
    """
    settings = settings_of(ctx, data, index, settings_file)
    asked = sys.stdin.read().split() if record_ids == ["-"] else record_ids
    if not asked:
        say("trapline: No id came on standard input, so nothing is shown (trapline search --ids prints ids).")

    async def work() -> list[RecordView]:
        async with open_workspace(settings, must_exist=True) as workspace:
            return await show_records(workspace, asked)

    for view in run_async(work):
        if as_json:
            print_json(view_json(view))
        else:
            print_lines([*view_lines(view), ""])
    return ExitCode.WHOLE
