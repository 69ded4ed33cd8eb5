"""What is amiss with the index after a run, which the receipts of what was held already do not say."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from ingest.assemble import Workspace
from ingest.exit_codes import ExitCode, gravest
from ingest.index_standing import standing
from ingest.outcomes import Receipt
from ingest.printed.output import say, visible
from ingest.printed.status_text import standing_line
from search.errors import SearchError


async def words_after_run(workspace: Workspace, receipts: Iterable[Receipt]) -> str:
    """Return what is amiss with the index, and what to do; empty where nothing is, or a receipt says that it waits.

    What the journal takes for loaded waits for nothing: that the index is of another version, or gone, nobody else
    says. A folder that holds nothing needs no index.
    """
    if any(receipt.get("waits_for_index") for receipt in receipts):
        return ""
    if not await asyncio.to_thread(workspace.journal.extractions):
        return ""
    try:
        stands = await standing(workspace)
    except SearchError as exc:
        return f"trapline: NOT COMPLETE: {exc}"
    return "" if stands.is_whole else standing_line(stands)


def told_after_run(code: int, amiss: str) -> ExitCode:
    """Tell the user what is amiss, and return the exit code of the run.

    Args:
        code: What its receipts add up to.
        amiss: Of ``words_after_run``.
    """
    if not amiss:
        return ExitCode(code)
    say(visible(amiss))
    return gravest(code, ExitCode.NO_INDEX)
