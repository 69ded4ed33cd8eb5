"""``trapline formats``: the formats that are read, made from the readers themselves."""

from __future__ import annotations

from typing import Final

import typer

from ingest.commands._options import JsonOption
from ingest.exit_codes import ExitCode
from ingest.printed.formats_text import format_lines, known_formats
from ingest.printed.output import print_json, print_lines

EXAMPLE: Final = "trapline formats"


def run(ctx: typer.Context, *, as_json: JsonOption = False) -> int:
    """List the formats that are read, how well each is known, which versions were seen, and what is not read.

    proven: read from a real export of a named tool version (of a named date, where it states none), with counts.
    documented: from published text, with a round trip through our own writer. inferred: from other tools or notes.
    """
    del ctx
    formats = known_formats()
    if as_json:
        print_json(formats)
    else:
        print_lines(format_lines(formats))
    return ExitCode.WHOLE
