"""``trapline decide``: what people say of links and lines, kept and reversible."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from ingest.assemble import open_workspace
from ingest.commands._options import CaseOption, DataOption, IndexOption, JsonOption, SettingsOption, settings_of
from ingest.deciding import Action, act
from ingest.exit_codes import ExitCode
from ingest.printed.decision_text import decision_lines
from ingest.printed.output import print_json, print_lines
from ingest.running import run_async
from search.linkage.decisions import DecisionOutcome
from search.reports.decision_sections import outcome_sections

EXAMPLE: Final = "trapline decide confirm 07700900001 --note 'test purchase on 3 May' --data case-data"


def run(
    ctx: typer.Context,
    *,
    action: Annotated[
        Action,
        typer.Argument(
            metavar="confirm|reject|merge|split|revoke|list",
            help=(
                "confirm, reject: a line, or the link of two phones. merge: lines that are one. split: two numbers "
                "that are not one line's. revoke: take a decision back."
            ),
        ),
    ],
    subjects: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WHAT]...",
            help=(
                "A line: a number of it (NUMBER@2024-03-01 for its use at that time), its name, where "
                "no other line has it, or its line id. A phone: its exhibit or device id. A decision: its id."
            ),
        ),
    ] = None,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="Why; stands in the report with the date.")] = "",
    case: CaseOption = None,
    data: DataOption = None,
    index: IndexOption = None,
    settings_file: SettingsOption = None,
    as_json: JsonOption = False,
) -> int:
    """Confirm or reject a line or a link, merge or split lines, take a decision back, or list all of them.

    A decision overrides what linkage finds, in every later report, after rebuild and restore too; it is kept by
    number and extraction, so that it applies after new drops. A rejected link joins nothing and is listed as rejected.
    Each is in the audit log, with who decided. A later decision about the same thing replaces an earlier one; revoke
    lets the earlier one hold again.
    """
    settings = settings_of(ctx, data, index, settings_file)

    async def work() -> tuple[DecisionOutcome, ...]:
        async with open_workspace(settings, must_exist=True) as workspace:
            return await act(workspace, action, subjects or (), note=note, cases=case or ())

    outcomes = run_async(work)
    if as_json:
        print_json({"decisions": outcome_sections(outcomes)})
    else:
        print_lines(decision_lines(outcomes))
    return ExitCode.WHOLE
