"""Sent texts that are no adverts, put aside until it is known which wordings went to many.

Whether a text is private or bulk shows only when all of the extraction was read. A row a text on disk, read once at
the end, costs a third of an edge a recipient and wording that is put under another key then.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import msgspec

from search.linkage.extraction.row_runs import RowRuns

_ROWS_HELD = 2_000
"""Rows that are held before they are put aside; one takes about 400 bytes."""


class SentText(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One text to one recipient.

    Attributes:
        recipient: Key.
        label: Name under which the recipient is saved; may be empty.
        template_id: Of its wording; empty where the text was not analysed.
        utc: None: it has no instant.
        sim: Of the SIM that it went out from; empty where its record states none.
        order_score: How surely it is an order to a line, 0 to 1; 0 where it was not analysed.
    """

    recipient: str
    label: str
    template_id: str
    utc: str | None
    record_id: str
    sim: str = ""
    order_score: float = 0.0


class SentTexts:
    """Takes texts in any order and gives them back.

    Args:
        scratch_dir: Where they are put aside when there are many. None: all are held in memory.
    """

    __slots__ = ("_held", "_runs", "_scratch_dir")

    def __init__(self, scratch_dir: Path | None = None) -> None:
        self._scratch_dir = scratch_dir
        self._held: list[SentText] = []
        self._runs: RowRuns[SentText] | None = None

    def add(self, text: SentText) -> None:
        """Take one text."""
        self._held.append(text)
        if len(self._held) >= _ROWS_HELD and self._scratch_dir is not None:
            if self._runs is None:
                self._runs = RowRuns(self._scratch_dir, SentText)
            self._runs.add(self._held)
            self._held = []

    def every(self) -> Iterator[SentText]:
        """Yield all texts, once: they are given up with the call."""
        held, self._held = self._held, []
        runs, self._runs = self._runs, None
        if runs is None:
            yield from held
            return
        yield from chain(runs.every(), held)
        runs.close()
