"""Prints receipts while a run goes on. A reader that goes away ends the printing, never the run."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence

from ingest.outcomes import Receipt
from ingest.output import close_result, print_json, print_lines
from ingest.progress_display import ProgressDisplay
from ingest.receipt_text import by_delivery, next_lines, receipt_lines


async def print_receipts(receipts: AsyncIterator[Receipt], display: ProgressDisplay, *, as_json: bool) -> list[Receipt]:
    """Print each receipt when it comes, and return them all.

    Args:
        receipts: Of one run; those of one delivery one after the other.
        display: Paused while a receipt is printed.
        as_json: One JSON line a receipt, and nothing else.
    """
    printed: list[Receipt] = []
    if as_json:
        async for receipt in receipts:
            printed.append(receipt)
            _print(display, (), receipt)
        return printed
    async for together in by_delivery(receipts):
        printed.extend(together)
        _print(display, receipt_lines(together))
    return printed


def print_all(receipts: Sequence[Receipt], *, as_json: bool) -> None:
    """Print the receipts of one delivery."""
    display = ProgressDisplay()
    if not as_json:
        _print(display, receipt_lines(receipts))
        return
    for receipt in receipts:
        _print(display, (), receipt)


def print_next(receipts: Sequence[Receipt], data_dir: str) -> None:
    """Print where to look after a run."""
    _print(ProgressDisplay(), next_lines(receipts, data_dir))


def _print(display: ProgressDisplay, lines: Iterable[str], receipt: Receipt | None = None) -> None:
    with display.paused():
        try:
            if receipt is not None:
                print_json(receipt)
            print_lines(lines)
        except BrokenPipeError:
            close_result()
