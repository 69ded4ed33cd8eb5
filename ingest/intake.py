"""The watched folders: a drop is taken when it is quiet, unchanged and complete. Originals stay where they are.

What lies directly in a watched folder is one drop: a file with what belongs to it, or a folder as a whole. A drop
that was taken is remembered with its fingerprint, so a restart takes nothing twice, and one that changes afterwards
is taken again. Events of the file system only shorten the wait: folders are looked at again in any case, for network
shares lose events.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Final

import msgspec
from watchfiles import awatch

from ingest.assemble import Workspace
from ingest.command_errors import OutputRefused
from ingest.completeness import fingerprint, is_complete, last_changed_at
from ingest.deliveries import absolute_place, belongs_to, shown_path
from ingest.errors import DataFolderLocked, DataFolderRefused
from ingest.finding import take_at
from ingest.left_lying import LeftLying
from ingest.not_whole import NotWhole
from ingest.outbox import Outbox
from ingest.outcomes import Receipt
from ingest.printed.output import say
from ingest.progress import OnProgress, no_checkpoint, no_progress
from ingest.resuming import finish_unfinished, load_waiting
from parsers.sidecar_names import is_sidecar_name
from search.linkage.phrases import listed

_IDLE_SECONDS: Final = 60.0
"""How long a folder in which nothing happens is not looked at, beside events."""

_LEFT_NAMED: Final = 8
"""Drops that are named where a watch ends."""
_WATCH_STEP_MS: Final = 200
_NOT_SOON: Final = frozenset({"finder_lost", "input_unreadable"})
"""Refusals of a drop that is tried again, and not soon."""
_PASSING: Final = frozenset({"input_changing", "input_missing"}) | _NOT_SOON
"""Refusals whose reason can go away while the drop looks the same: moved away and back, given to another owner, on a
share that was away for a moment, looked at while memory was short. Such a drop is not remembered as taken."""


class _Waiting(msgspec.Struct):
    """A drop that is not taken yet: how it looks, and since when (monotonic seconds).

    Attributes:
        lay_seconds: How long it had looked so when the watch began, by the clock of its file system.
        was_refused: Whether it could not be read as it looks now: it is tried again, and not soon.
    """

    mark: str
    since: float
    lay_seconds: float = 0.0
    was_refused: bool = False


async def watch_folders(
    workspace: Workspace,
    folders: Sequence[Path],
    *,
    stop: asyncio.Event,
    outbox: Path | None = None,
    on_progress: OnProgress = no_progress,
    monotonic: Callable[[], float] = time.monotonic,
    tell: Callable[[str], None] = say,
    on_unwritten: Callable[[Sequence[str]], None] = lambda _names: None,
) -> AsyncIterator[Receipt]:
    """Take every drop in the folders when it is quiet, unchanged and complete; until ``stop`` is set.

    Writes ``<name>-<id>.receipt.json`` for each extraction, and ``<name>-<id>.report.<form>`` named after what was
    dropped, into the outbox; a bad one gets ``<name>-<id>.reason.txt`` there and in ``quarantine/`` of the data folder.
    What the outbox cannot be given waits and is tried again at each look and at the end; what is left then is named,
    and ``on_unwritten`` gets the names of the files.
    Originals are not touched. A drop that is under way when ``stop`` is set is finished. What has the name of an
    unfinished copy waits until it is renamed, and is told of (``tell``, one sentence), as is what systems leave beside
    files, and what ends before its end: that is taken as it is after ``watch.incomplete_seconds`` without a change.
    At its end it tells what it leaves there untaken.

    Raises:
        OutputRefused: The outbox would be taken for a drop, or cannot be written when the watch begins.
        DataFolderRefused: The data folder would be taken for a drop, or a reason cannot be written to it.
    """
    places = [absolute_place(folder) for folder in folders]
    outbox = absolute_place(outbox) if outbox is not None else None
    hidden = _own_places(places, workspace.data_dir, outbox)
    box = Outbox(workspace, outbox, tell)
    await asyncio.to_thread(box.prepare)
    await workspace.audit.append("watch", {"folders": [shown_path(place) for place in places]})
    await asyncio.to_thread(workspace.workers.check_lexicons)
    intake = Intake(workspace, places, hidden, monotonic, tell)
    try:
        async with contextlib.aclosing(_watched(workspace, places, intake, box, stop, on_progress)) as receipts:
            async for receipt in receipts:
                yield receipt
    finally:
        box.close()
        on_unwritten(box.unwritten)


async def _watched(
    workspace: Workspace,
    places: Sequence[Path],
    intake: Intake,
    box: Outbox,
    stop: asyncio.Event,
    on_progress: OnProgress,
) -> AsyncGenerator[Receipt, None]:
    async with workspace.writing():
        await load_waiting(workspace, on_progress, no_checkpoint)
        async for receipt in finish_unfinished(workspace, places, on_progress, no_checkpoint):
            await box.put([receipt])
            yield receipt
    async with _events(places, is_polling=workspace.settings.watch.force_polling) as happened:
        with contextlib.closing(intake):
            while not stop.is_set():
                happened.clear()
                await box.write_waiting()
                for drop in await asyncio.to_thread(intake.ready):
                    if stop.is_set():
                        break
                    async for receipt in _taken(workspace, intake, drop, box, on_progress):
                        yield receipt
                await _wait(workspace, intake, happened, stop)
            await asyncio.to_thread(intake.tell_left)


def _own_places(folders: Sequence[Path], data_dir: Path, outbox: Path | None) -> set[Path]:
    """Return what lies in the watched folders and is ours, as it is named there, whatever links lead to it.

    What is ours and is a watched folder, or lies in a drop, would be taken in for ever: each drop writes into it.
    """
    own = set()
    for folder in folders:
        watched = folder.resolve()
        for place in (data_dir, outbox):
            if place is None:
                continue
            real = place.resolve()
            if watched == real or watched in real.parent.parents or (place == data_dir and real in watched.parents):
                detail = f"it is, or lies in, what is taken from {folder}"
                raise DataFolderRefused(str(place), detail) if place == data_dir else OutputRefused(str(place), detail)
            if real.parent == watched:
                own.add(folder / real.name)
    return own


async def _taken(
    workspace: Workspace, intake: Intake, drop: Path, box: Outbox, on_progress: OnProgress
) -> AsyncIterator[Receipt]:
    mark = intake.mark_of(drop)
    receipts: list[Receipt] = []
    try:
        async with workspace.writing():
            async for receipt in take_at(workspace, drop, on_progress, no_checkpoint):
                receipts.append(receipt)
                yield receipt
            await box.put(receipts, drop)
            passing = _PASSING & {code for receipt in receipts for code in _refusals(receipt)}
            if not passing:
                await asyncio.to_thread(workspace.journal.set_watched, drop, mark)
    except DataFolderLocked:
        # Somebody else is writing for longer than we wait; the drop stays where it is and comes again.
        return
    if passing & _NOT_SOON:
        intake.put_off(drop)
    else:
        intake.forget(drop)


def _refusals(receipt: Receipt) -> set[object]:
    notices = receipt["notices"]
    assert isinstance(notices, list)
    return {notice["code"] for notice in notices} if receipt["state"] == "refused" else set()


class Intake:
    """Knows which drops lie there and how long each has been quiet."""

    def __init__(
        self,
        workspace: Workspace,
        folders: Sequence[Path],
        hidden: set[Path],
        monotonic: Callable[[], float],
        tell: Callable[[str], None] = say,
    ) -> None:
        self._workspace = workspace
        self._folders = folders
        self._hidden = hidden
        self._monotonic = monotonic
        self._tell = tell
        self._waiting: dict[Path, _Waiting] = {}
        self._has_looked = False
        self._not_whole = NotWhole(workspace.paths.root, workspace.now, tell)
        self._left = LeftLying(tell, workspace.settings.watch.unfinished_seconds)

    @property
    def is_waiting(self) -> bool:
        """Whether anything lies there that was not taken."""
        return bool(self._waiting)

    def ready(self) -> list[Path]:
        """Look at the folders, and return the drops that can be taken now, by path. Blocks."""
        settings, now = self._workspace.settings.watch, self._monotonic()
        lying = self._lying()
        self._waiting = {drop: held for drop, held in self._waiting.items() if drop in lying}
        ready: list[Path] = []
        seconds_left: dict[tuple[Path, str], float] = {}
        for drop, mark in sorted(lying.items()):
            held = self._waiting.get(drop)
            if held is None or held.mark != mark:
                # What comes or changes while we watch is timed by our own clock alone: a share's may be wrong.
                lay_seconds = 0.0 if self._has_looked else self._lay_seconds(drop)
                held = self._waiting[drop] = _Waiting(mark, now, lay_seconds)
            quiet_seconds = now - held.since
            if quiet_seconds < (settings.incomplete_seconds if held.was_refused else settings.quiet_seconds):
                continue
            # What stays incomplete is taken in the end: what is whole of it is read, and a notice says what is not.
            unchanged_seconds = quiet_seconds + held.lay_seconds
            if unchanged_seconds >= settings.incomplete_seconds or _looks_complete(drop):
                ready.append(drop)
            else:
                seconds_left[drop, mark] = settings.incomplete_seconds - unchanged_seconds
        self._not_whole.look(seconds_left)
        self._has_looked = True
        return ready

    def tell_left(self) -> None:
        """Say what lies there and was not taken, unfinished copies and what came since it last looked too. Blocks."""
        left = [shown_path(drop) for drop in sorted(self._lying())]
        unfinished = [shown_path(path) for path in self._left.unfinished()]
        said = [f"Not taken yet, and left to the next watch: {listed(left, _LEFT_NAMED)}."] if left else []
        if unfinished:
            said.append(f"Under the name of an unfinished copy, until renamed: {listed(unfinished, _LEFT_NAMED)}.")
        if said:
            self._tell(" ".join(("Stopped.", *said)))

    def close(self) -> None:
        """Say to nobody any longer that something waits."""
        self._not_whole.close()

    def mark_of(self, drop: Path) -> str:
        """Return the fingerprint under which a drop became ready."""
        return self._waiting[drop].mark

    def put_off(self, drop: Path) -> None:
        """Keep a drop on the list that could not be read: it is tried again later, or when it looks otherwise."""
        held = self._waiting[drop]
        self._waiting[drop] = _Waiting(held.mark, self._monotonic(), was_refused=True)

    def forget(self, drop: Path) -> None:
        """Take a drop off the list: it was taken."""
        self._waiting.pop(drop, None)

    def _lay_seconds(self, drop: Path) -> float:
        """Return how long a drop lay unchanged before the watch, at most ``incomplete_seconds``; 0 where it is gone.

        0 too where it changed within ``quiet_seconds`` or, by our clock, is still to change: it may be under way.
        """
        settings = self._workspace.settings.watch
        try:
            seconds = self._workspace.now().timestamp() - last_changed_at(drop)
        except OSError:
            return 0.0
        return min(seconds, settings.incomplete_seconds) if seconds >= settings.quiet_seconds else 0.0

    def _lying(self) -> dict[Path, str]:
        """Return the drops that were not taken as they are now, with their fingerprints."""
        lying: dict[Path, str] = {}
        now, present = self._monotonic(), set[Path]()
        for folder in self._folders:
            with contextlib.suppress(OSError):
                paths = set(folder.iterdir())
                present |= paths
                for path in sorted(paths - self._hidden):
                    if is_sidecar_name(path.name) or belongs_to(path, paths) or self._left.leaves(path, now):
                        continue
                    # A drop that goes away while it is looked at is looked at again next time, if it is back.
                    with contextlib.suppress(OSError):
                        mark = fingerprint(path)
                        if self._workspace.journal.watched(path) != mark:
                            lying[path] = mark
        self._left.forget_all_but(present)
        return lying


def _looks_complete(drop: Path) -> bool:
    try:
        return is_complete(drop)
    except OSError:
        return False


async def _wait(workspace: Workspace, intake: Intake, happened: asyncio.Event, stop: asyncio.Event) -> None:
    """Wait for an event, for the end, or until it is time to look again."""
    seconds = workspace.settings.watch.poll_seconds if intake.is_waiting else _IDLE_SECONDS
    waits = [
        asyncio.ensure_future(workspace.sleep(seconds)),
        asyncio.ensure_future(happened.wait()),
        asyncio.ensure_future(stop.wait()),
    ]
    # While something is not quiet, every event would only bring us back early: the clock decides then.
    if intake.is_waiting:
        waits.pop(1).cancel()
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()


@contextlib.asynccontextmanager
async def _events(folders: Sequence[Path], *, is_polling: bool) -> AsyncIterator[asyncio.Event]:
    """Give an event that is set when something happens in the folders."""
    happened = asyncio.Event()
    ended = asyncio.Event()

    async def listen() -> None:
        # Without events (a share that went away) the folders are still looked at now and then.
        with contextlib.suppress(OSError, RuntimeError):
            async for _ in awatch(*folders, stop_event=ended, force_polling=is_polling, step=_WATCH_STEP_MS):
                happened.set()

    listener = asyncio.create_task(listen(), name="listen to folders")
    try:
        yield happened
    finally:
        ended.set()
        await listener
