"""``trapline amend``: corrects the case, exhibit or owner of an extraction."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from ingest.assemble import open_workspace
from ingest.commands._options import DataOption, IndexOption, JsonOption, SettingsOption, settings_of
from ingest.corrections import latest_words
from ingest.left_behind import LeftBehind, left_behind, left_behind_words
from ingest.outcomes import Receipt
from ingest.printed.output import say, visible
from ingest.printed.receipt_printing import print_all
from ingest.receipts import exit_code
from ingest.running import run_async
from ingest.worker import amend

EXAMPLE: Final = (
    "trapline amend $(trapline status --json --data case-data | grep -o 'ex-[0-9a-f]*' | head -1)"
    " --exhibit HW/7 --note 'label read again' --data case-data"
)


def run(
    ctx: typer.Context,
    *,
    extraction_id: Annotated[str, typer.Argument(metavar="EXTRACTION_ID", help="As receipts and status show it.")],
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="Why; kept with the correction.")],
    case: Annotated[str | None, typer.Option("--case", metavar="REF", help="The right case; '' leaves none.")] = None,
    exhibit: Annotated[
        str | None, typer.Option("--exhibit", metavar="REF", help="The right exhibit; '' leaves none.")
    ] = None,
    owner: Annotated[
        str | None, typer.Option("--owner", metavar="NUMBER", help="The owner's number; '' leaves none.")
    ] = None,
    data: DataOption = None,
    index: IndexOption = None,
    settings_file: SettingsOption = None,
    as_json: JsonOption = False,
) -> int:
    """Correct the case, exhibit or owner of an extraction and of the others of the same delivery.

    Other files of the same exhibit are named: they stay under it until they are amended too. What the evidence says
    stays. The correction, its reason and who made it are kept, and hold after rebuild and reparse.
    """
    settings = settings_of(ctx, data, index, settings_file)

    async def work() -> tuple[LeftBehind, LeftBehind, tuple[Receipt, ...], str]:
        async with open_workspace(settings, is_writer=True, must_exist=True) as workspace:
            before = left_behind(workspace.journal, extraction_id)
            receipts = await amend(
                workspace, extraction_id, reason=note, case_ref=case, exhibit_ref=exhibit, owner_number=owner
            )
            region = workspace.settings.parsers.default_region
            words = latest_words(workspace.journal, workspace.decisions.amended(), extraction_id, region)
            return before, left_behind(workspace.journal, extraction_id), receipts, words

    before, now, receipts, corrected = run_async(work)
    print_all(receipts, as_json=as_json)
    say(f"trapline: {visible(corrected)}")
    if sentence := left_behind_words(before, now, (("--case", case), ("--exhibit", exhibit))):
        say(f"trapline: {visible(sentence)}")
    return exit_code(receipts)
