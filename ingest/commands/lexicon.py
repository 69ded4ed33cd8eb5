"""``trapline lexicon check``: says whether lexicons can be used, before a service is started with them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from ingest.commands._options import JsonOption, SettingsOption, settings_of
from ingest.lexicon_checks import check_lexicons, check_lines, exit_code_of
from ingest.printed.output import print_json, print_lines

EXAMPLE: Final = "trapline lexicon check"


class Action(StrEnum):
    """What is done with lexicons."""

    CHECK = "check"


def run(
    ctx: typer.Context,
    *,
    action: Annotated[Action, typer.Argument(metavar="check", help="Read the files as the analysis would.")],
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILE]...", help="Lexicons of your own. Default: those of the settings."),
    ] = None,
    settings_file: SettingsOption = None,
    as_json: JsonOption = False,
) -> int:
    """Check lexicons: each entry needs a term, what it stands for, its ambiguity, source and date.

    A file that cannot be used is named with the reason; the exit code is then 3. A file that can be used is shown with
    what it holds and what it shares with the shipped ones. How a file is written stands at the head of those shipped.
    """
    del action
    checks = check_lexicons(files or [], settings_of(ctx, None, None, settings_file).nlp)
    if as_json:
        print_json(checks)
    else:
        print_lines(check_lines(checks))
    return exit_code_of(checks)
