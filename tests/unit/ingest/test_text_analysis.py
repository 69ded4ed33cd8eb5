"""The end of an analysis that runs beside the reading."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from ingest.text_analysis import TextAnalysis


class _Slow(TextAnalysis):
    """Takes a while to end, as one does whose process is to end first."""

    def __init__(self, folder: Path) -> None:
        nothing: Any = None
        super().__init__(nothing, "a delivery", folder, lambda *_: None)
        self.has_begun = asyncio.Event()
        self.is_ending = asyncio.Event()

    async def _analyse_portions(self) -> None:
        try:
            self.has_begun.set()
            await asyncio.Event().wait()
        finally:
            self.is_ending.set()
            await asyncio.sleep(0.05)


async def test_who_is_stopped_while_an_analysis_ends_is_stopped(tmp_path: Path) -> None:
    """A Ctrl-C at that moment was lost: the run went on to its end."""
    analysis = _Slow(tmp_path)
    analysis.start()
    await analysis.has_begun.wait()
    closing = asyncio.create_task(analysis.close())
    await analysis.is_ending.wait()
    closing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await closing
    assert analysis.ended.exists()


async def test_an_analysis_that_is_closed_has_ended(tmp_path: Path) -> None:
    analysis = _Slow(tmp_path)
    await analysis.close()
    analysis.start()
    await analysis.has_begun.wait()
    await analysis.close()
    assert analysis.ended.exists()


async def test_an_analysis_that_failed_says_so_at_its_end(tmp_path: Path) -> None:
    class Failing(_Slow):
        async def _analyse_portions(self) -> None:
            raise OSError("no such folder")

    analysis = Failing(tmp_path)
    analysis.start()
    await asyncio.sleep(0)
    with pytest.raises(OSError, match="no such folder"):
        await analysis.close()
