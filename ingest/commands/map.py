"""``trapline map``: proposes what the columns of a table hold."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from ingest.commands._options import DataOption, JsonOption, OutOption, SettingsOption, named_path, settings_of
from ingest.earlier_results import is_none
from ingest.exit_codes import ExitCode
from ingest.input_files import existing_file
from ingest.mapping_view import held_statements, shown_lines, sidecar_text
from ingest.printed.output import print_json, say
from ingest.result_files import open_result
from parsers.contract import Limits
from parsers.mapping_proposal import propose

EXAMPLE: Final = (
    r"printf 'When,Tel,Said\n14/09/2023 16:49,07700 900123,u about\n' > texts.csv && trapline map texts.csv"
)


def run(
    ctx: typer.Context,
    *,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", parser=named_path, help="A table: csv, tsv, xlsx, xls or ods.")
    ],
    out: OutOption = None,
    data: DataOption = None,
    settings_file: SettingsOption = None,
    as_json: JsonOption = False,
) -> int:
    """Propose what the columns of a table hold, as a sidecar that states it.

    Shows the columns with their first cells, and writes the mapping as TOML. Correct it, put it beside the file as
    <name>.trapline.toml (what a sidecar there states already is kept), and ingest the file: the mapping is taken with
    it and lies in custody with it. A table with headings that are known is read without one. Needs no data folder and
    writes nothing but what --out names, which must be new.
    """
    region = settings_of(ctx, data, None, settings_file).parsers.default_region
    stated, tables = held_statements(existing_file(file), region), propose(file, Limits())
    if as_json:
        print_json({"file": file.name, "tables": tables, "sidecar": sidecar_text(stated, tables)})
        return ExitCode.WHOLE
    say("\n".join(shown_lines(tables)))
    with open_result(out, is_none) as write:
        write(sidecar_text(stated, tables).encode())
    return ExitCode.WHOLE
