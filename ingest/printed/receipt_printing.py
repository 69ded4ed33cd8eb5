"""Prints receipts while a run goes on. A reader that goes away ends the printing, never the run."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence

from ingest.outcomes import Receipt
from ingest.printed.output import close_result, print_json, print_lines
from ingest.printed.progress_display import ProgressDisplay
from ingest.printed.receipt_text import next_lines, receipt_lines, summary_lines


async def print_receipts(receipts: AsyncIterator[Receipt], display: ProgressDisplay, *, as_json: bool) -> list[Receipt]:
    """Print each receipt when it comes, and return them all.

    Args:
        receipts: Of one run; those of one delivery one after the other.
        display: Paused while a receipt is printed.
        as_json: One JSON line a receipt, and nothing else.
    """
    printed: list[Receipt] = []
    told: set[str] = set()
    try:
        async for receipt in receipts:
            display.end(str(receipt["file_name"]))
            with display.paused():
                _print(receipt, printed, told, as_json=as_json)
            printed.append(receipt)
    finally:
        # Where a receipt cannot be printed (the disk is full) the run ends here, while what it holds is still open.
        if isinstance(receipts, AsyncGenerator):
            await receipts.aclose()
    return printed


def print_all(receipts: Sequence[Receipt], *, as_json: bool) -> None:
    """Print receipts that are there already."""
    told: set[str] = set()
    for place, receipt in enumerate(receipts):
        _print(receipt, receipts[:place], told, as_json=as_json)


def print_next(receipts: Sequence[Receipt], data_dir: str) -> None:
    """Print where to look after a run, and at its very end what it came to."""
    _print_unless_left(lambda: print_lines([*next_lines(receipts, data_dir), *summary_lines(receipts)]))


def _print(receipt: Receipt, before: Sequence[Receipt], told: set[str], *, as_json: bool) -> None:
    if as_json:
        _print_unless_left(lambda: print_json(receipt))
    else:
        _print_unless_left(lambda: print_lines(receipt_lines(receipt, before[-1] if before else None, told)))


def _print_unless_left(print_result: Callable[[], None]) -> None:
    try:
        print_result()
    except BrokenPipeError:
        close_result()
