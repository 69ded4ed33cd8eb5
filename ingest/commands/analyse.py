"""``trapline analyse``: analyses texts, without a data folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from ingest.analyse_lines import analyse_lines, explain_lines, open_lines
from ingest.commands._options import JsonOption, SettingsOption, settings_of
from ingest.exit_codes import ExitCode
from ingest.printed.output import say
from search.linkage.phrases import counted

EXAMPLE: Final = (
    """echo '{"id": "1", "text": "Rico line on, 3 for 25 both, bell 07700 900123"}' | trapline analyse --explain"""
)


def run(
    ctx: typer.Context,
    *,
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="JSON lines with id and text. Default or -: standard input.")
    ] = None,
    is_explained: Annotated[
        bool, typer.Option("--explain", help="Explain in plain words; with --json: add every span with its rule.")
    ] = False,
    settings_file: SettingsOption = None,
    as_json: JsonOption = False,
) -> int:
    """Analyse texts: JSON lines with "id" and "text" in, one JSON line each out, in order.

    Needs no data folder and writes none. A line that is no such object is named on standard error and gives none; the
    exit code is then 4.
    """
    settings = settings_of(ctx, None, None, settings_file)
    with open_lines(file) as lines:
        if is_explained and not as_json:
            skipped = explain_lines(lines, settings.nlp)
        else:
            skipped = analyse_lines(lines, settings.nlp, is_explained=is_explained)
    if skipped:
        say(f"trapline: {counted(skipped, 'line was', 'lines were')} not analysed.")
    return ExitCode.PARTIAL if skipped else ExitCode.WHOLE
