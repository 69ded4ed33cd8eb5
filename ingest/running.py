"""Runs the coroutine of a verb, and ends it in order when the user or the system asks for it.

SIGINT and SIGTERM cancel the work: contexts close, the lock is let go, and what was not finished is finished by the
next run. ``run_until_stopped`` gives the work an event instead; a second signal cancels.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Coroutine
from typing import TypeVar

Result = TypeVar("Result")


class Terminated(BaseException):
    """The system asked the process to end. No ``Exception``: nothing below the command line may catch it."""


def run_async(work: Callable[[], Coroutine[object, object, Result]]) -> Result:
    """Run the work to its end.

    Raises:
        KeyboardInterrupt: The user interrupted it.
        Terminated: The system asked it to end.
    """
    results: list[Result] = []

    async def kept() -> None:
        # No result of the outermost task: asyncio asks for the handler of SIGINT at the end, and what stands behind
        # that writes the task and its result out as text, of a page of hits two gigabytes.
        results.append(await _cancelled_by_sigterm(work))

    asyncio.run(kept())
    return results[0]


async def _cancelled_by_sigterm(work: Callable[[], Coroutine[object, object, Result]]) -> Result:
    task = asyncio.ensure_future(work())
    was_asked = False

    def end() -> None:
        nonlocal was_asked
        was_asked = True
        task.cancel()

    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, end)
    try:
        return await task
    except asyncio.CancelledError:
        if was_asked:
            raise Terminated from None
        task.cancel()
        raise
    finally:
        loop.remove_signal_handler(signal.SIGTERM)


def run_until_stopped(work: Callable[[asyncio.Event], Coroutine[object, object, Result]]) -> Result:
    """Run the work with an event that the first SIGINT or SIGTERM sets; the second cancels the work.

    Raises:
        Terminated: The work was cancelled.
    """
    return asyncio.run(_stopped_by_signals(work))


async def _stopped_by_signals(work: Callable[[asyncio.Event], Coroutine[object, object, Result]]) -> Result:
    stop = asyncio.Event()
    task = asyncio.ensure_future(work(stop))

    def end() -> None:
        if stop.is_set():
            task.cancel()
        stop.set()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, end)
    try:
        return await task
    except asyncio.CancelledError:
        raise Terminated from None
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)
