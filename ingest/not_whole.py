"""Drops of watched folders that look cut off: told of when they are quiet, and named by ``trapline status``.

They are taken in the end, as they are. Until then nobody would know whether they were seen.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from ingest.data_lock import is_locked
from ingest.deliveries import shown_path
from ingest.outcomes import WaitingDrop
from parsers.clocks import to_utc_text


class NotWhole:
    """Knows which drops look cut off, and whom it told.

    Its listing is a file of its own, for several may watch beside one another. It is locked as long as the watch runs,
    which the system ends with the process: of one that is not locked nobody waits any more.

    Args:
        folder: The data folder; a file in it names the drops, for other processes.
        now: The time of day.
        tell: Gets one sentence at a time, for a person.
    """

    def __init__(self, folder: Path, now: Callable[[], datetime], tell: Callable[[str], None]) -> None:
        self._folder = folder
        self._listing = folder / f"waiting-{uuid4().hex}.json"
        self._locked: int | None = None
        self._now = now
        self._tell = tell
        self._until: dict[tuple[Path, str], str] = {}

    def look(self, seconds_left: dict[tuple[Path, str], float]) -> None:
        """Note what looks cut off now, by path and fingerprint, with the time until it is taken as it is. Blocks."""
        until = {
            key: self._until.get(key) or to_utc_text(self._now() + timedelta(seconds=seconds))
            for key, seconds in seconds_left.items()
        }
        for (drop, mark), at in until.items():
            if (drop, mark) not in self._until:
                self._tell(waits_words(shown_path(drop), _why(drop), at))
        if until != self._until:
            self._until = until
            self._write()

    def close(self) -> None:
        """Take the listing away: nobody waits for anything any more."""
        self._until = {}
        self._write()

    def _write(self) -> None:
        # What keeps us from writing it keeps nobody from taking a drop.
        with suppress(OSError):
            _remove_unlocked(self._folder)
            rows = [{"path": str(drop), "why": _why(drop), "until": at} for (drop, _), at in self._until.items()]
            locked = _put(self._listing, json.dumps(rows).encode("ascii")) if rows else None
            if locked is None:
                self._listing.unlink(missing_ok=True)
            if self._locked is not None:
                os.close(self._locked)
            self._locked = locked


def _put(path: Path, content: bytes) -> int:
    """Write a file so that it is there whole and locked, or not at all; return the handle that holds the lock."""
    part = path.with_name(f".{path.name}.part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        with os.fdopen(os.dup(handle), "wb") as file:
            file.write(content)
        part.replace(path)
    except BaseException:
        os.close(handle)
        part.unlink(missing_ok=True)
        raise
    return handle


def _listings(folder: Path) -> list[Path]:
    return sorted(folder.glob("waiting-*.json"))


def _remove_unlocked(folder: Path) -> None:
    """Take away the listings of watches that were killed."""
    for listing in _listings(folder):
        if not is_locked(listing):
            listing.unlink(missing_ok=True)


def waiting_drops(folder: Path, now: datetime) -> tuple[WaitingDrop, ...]:
    """Return the drops that running watches of a data folder let wait because they look cut off, by path.

    What lies there no longer, or should be taken by now, is left out. Of two watches of one drop the sooner counts.
    """
    at, held = to_utc_text(now), dict[Path, tuple[str, str]]()
    for path, why, until in _waiting_rows(folder):
        if until > at and os.path.lexists(path) and (path not in held or until < held[path][1]):
            held[path] = why, until
    return tuple(
        WaitingDrop(path=shown_path(path), why=why, until=until) for path, (why, until) in sorted(held.items())
    )


def _waiting_rows(folder: Path) -> Iterator[tuple[Path, str, str]]:
    for listing in _listings(folder):
        if not is_locked(listing):
            continue
        with suppress(OSError, ValueError, KeyError, TypeError):
            rows = json.loads(listing.read_bytes())
            yield from [(Path(row["path"]), str(row["why"]), str(row["until"])) for row in rows]


def waits_words(path: str, why: str, until: str) -> str:
    """Return that a drop waits, why, and until when."""
    return f"{path} waits: {why}. It is taken as it is on {until[:10]} at {until[11:16]} UTC, unless it changes before."


def _why(drop: Path) -> str:
    with suppress(OSError):
        if drop.is_dir():
            return "a file in it is cut off, is empty, or has the name of an unfinished copy"
        if drop.stat().st_size == 0:
            return "it is empty"
    return "it is cut off"
