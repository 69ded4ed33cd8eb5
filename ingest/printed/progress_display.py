"""Shows on a terminal how far a run is: one line a step, with rate and remaining time. Elsewhere it says nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from ingest.printed.output import notes_are_on_terminal, visible
from ingest.progress import Progress

if TYPE_CHECKING:
    from rich.progress import TaskID

STEP_WORDS: Final = {
    "custody": "taking into custody",
    "parse": "reading",
    "analyse": "analysing texts",
    "load": "loading the index",
}
"""What the steps of the pipeline are called on a terminal; a step that is not here keeps its own name."""

_NAME_COLUMNS = 28


class ProgressDisplay:
    """Shows nothing: what a run is given where nobody watches."""

    def on_progress(self, progress: Progress) -> None:
        """Take a word on how far the run is."""

    def end(self, delivery: str) -> None:
        """Show no more of a delivery: its receipt is there."""

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Keep the terminal free for the length of the block: a result is printed."""
        yield


class _Bars(ProgressDisplay):
    """One bar a delivery that is under way."""

    def __init__(self) -> None:
        from rich.console import Console  # noqa: PLC0415  # rich is loaded on a terminal only
        from rich.progress import BarColumn, TextColumn, TimeRemainingColumn  # noqa: PLC0415  # as above
        from rich.progress import Progress as RichProgress  # noqa: PLC0415  # as above

        self._bars = RichProgress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=24),
            TextColumn("{task.fields[amount]}", markup=False),
            TimeRemainingColumn(compact=True),
            console=Console(stderr=True),
            transient=True,
        )
        self._shown: dict[str, tuple[str, TaskID]] = {}

    def on_progress(self, progress: Progress) -> None:
        step, task_id = self._shown.get(progress.delivery, ("", None))
        if task_id is None or step != progress.step:
            # A delivery shows one step at a time; what went before is on the receipt.
            if task_id is not None:
                self._bars.remove_task(task_id)
            task_id = self._bars.add_task(_description(progress), total=progress.total, amount="")
            self._shown[progress.delivery] = (progress.step, task_id)
        speed = next(task.speed for task in self._bars.tasks if task.id == task_id)
        # What a step finds beyond its estimate belongs to the whole.
        total = None if progress.total is None else max(progress.total, progress.done)
        amount = f"{progress.done:,}{_of(total)} {progress.unit}{_rate(speed, progress.unit)}"
        self._bars.update(task_id, completed=progress.done, total=total, amount=amount)

    def end(self, delivery: str) -> None:
        if delivery in self._shown:
            self._bars.remove_task(self._shown.pop(delivery)[1])

    @contextmanager
    def paused(self) -> Iterator[None]:
        self._bars.stop()
        try:
            yield
        finally:
            self._bars.start()

    @contextmanager
    def running(self) -> Iterator[None]:
        with self._bars:
            yield


@contextmanager
def shown_progress() -> Iterator[ProgressDisplay]:
    """Give what a run tells its progress to."""
    if not notes_are_on_terminal():
        yield ProgressDisplay()
        return
    bars = _Bars()
    with bars.running():
        yield bars


def _description(progress: Progress) -> str:
    name = visible(progress.delivery)
    if len(name) > _NAME_COLUMNS:
        name = f"{name[: _NAME_COLUMNS - 1]}…"
    return f"{name:<{_NAME_COLUMNS}} {STEP_WORDS.get(progress.step, progress.step)}"


def _of(total: int | None) -> str:
    return "" if total is None else f" of {total:,}"


def _rate(per_second: float | None, unit: str) -> str:
    return "" if not per_second else f", {per_second:,.0f} {unit}/s"
