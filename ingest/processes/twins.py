"""Twins of a process: copies of it, by fork, that take a share of a job each and end with it.

A process that has loaded the analysis takes 250 MB and a second and a half of the processor. A twin has both from the
start: it shares the memory that neither writes to, and adds 6 to 51 MB (``tests.benches.bench_drop``, at 100,000 and at
1,000,000 messages). Where a system knows no fork there are none.
"""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final, TypeVar

from ingest.processes.worker_process import end_with_parent

Share = TypeVar("Share")

HAS_TWINS: Final = hasattr(os, "fork")


class Twins:
    """Those of one job; ``left_over`` waits for them and says whose share was not done."""

    def __init__(self, process_ids: Sequence[int]) -> None:
        self._running = list(enumerate(process_ids))

    def left_over(self) -> list[int]:
        """Return the numbers of the twins that did not end well, when all have ended."""
        failed = []
        while self._running:
            number, process_id = self._running.pop()
            _, status = os.waitpid(process_id, 0)
            if status != 0:
                failed.append(number)
        return sorted(failed)

    def end(self) -> None:
        """End those that still run, whatever they have done."""
        while self._running:
            _, process_id = self._running.pop()
            with contextlib.suppress(ProcessLookupError):
                os.kill(process_id, signal.SIGKILL)
            os.waitpid(process_id, 0)


@contextmanager
def twins(work: Callable[[Share], object], shares: Sequence[Share]) -> Iterator[Twins]:
    """Start a twin for each share; none is left when the block is.

    Args:
        work: Done by a twin. What it has open from before the fork, its parent has open too: a connection to a file
            that is written MUST be closed before.
        shares: What each twin works on.
    """
    running = Twins([_forked(work, share) for share in shares])
    try:
        yield running
    finally:
        running.end()


def _forked(work: Callable[[Share], object], share: Share) -> int:
    parent = os.getpid()
    process_id = os.fork()
    if process_id:
        return process_id
    code = 1
    try:
        end_with_parent(parent)
        work(share)
        code = 0
    finally:
        # Nothing of the parent's is tidied up here: neither its buffers nor what it does when it ends.
        os._exit(code)
