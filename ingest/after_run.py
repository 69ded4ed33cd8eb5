"""What a run came to that its receipts do not say: states that changed since, what is amiss with the index."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from ingest.assemble import Workspace
from ingest.exit_codes import ExitCode, gravest
from ingest.index_standing import Standing, standing
from ingest.outcomes import Receipt
from ingest.printed.output import say, visible
from ingest.printed.status_text import standing_line
from ingest.receipts import DAMAGED_SEGMENT
from ingest.resolving import ENTRY_DECODER
from search.errors import SearchError


async def words_after_run(workspace: Workspace, receipts: Sequence[Receipt]) -> str:
    """Return what is amiss with the index, and what to do; empty where nothing is, or a receipt says that it waits.

    What the journal takes for loaded waits for nothing: that the index is of another version, or gone, nobody else
    says. A folder that holds nothing needs no index.
    """
    if any(receipt.get("waits_for_index") for receipt in receipts):
        return ""
    if not await asyncio.to_thread(workspace.journal.extractions):
        return ""
    # A receipt names what the index cannot get, with what mends it.
    damaged = {str(receipt["extraction_id"]) for receipt in receipts if receipt.get(DAMAGED_SEGMENT)}
    try:
        stands = await standing(workspace)
    except SearchError as exc:
        return f"trapline: NOT COMPLETE: {exc}"
    stands = Standing(lacking=stands.lacking - damaged, foreign=stands.foreign)
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


def receipts_now(workspace: Workspace, receipts: Sequence[Receipt]) -> list[Receipt]:
    """Return receipts with the states of now: what came later may have superseded an extraction. Blocks."""
    return [_now(workspace, receipt) for receipt in receipts]


def _now(workspace: Workspace, receipt: Receipt) -> Receipt:
    row = None if receipt["state"] == "refused" else workspace.journal.extraction(str(receipt["extraction_id"]))
    if row is None or row.entry is None:
        return receipt
    held = ENTRY_DECODER.decode(row.entry)
    return {**receipt, "state": held.state, "superseded_by": held.superseded_by}
