"""Drops of watched folders that look cut off: told of when they are quiet, and named by ``trapline status``.

They are taken in the end, as they are. Until then nobody would know whether they were seen.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from ingest.data_paths import write_file
from ingest.deliveries import shown_path
from ingest.outcomes import WaitingDrop
from parsers.clocks import to_utc_text


class NotWhole:
    """Knows which drops look cut off, and whom it told.

    Args:
        listing: The file in the data folder that names them, for other processes.
        now: The time of day.
        tell: Gets one sentence at a time, for a person.
    """

    def __init__(self, listing: Path, now: Callable[[], datetime], tell: Callable[[str], None]) -> None:
        self._listing = listing
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
            if self._until:
                rows = [{"path": str(drop), "why": _why(drop), "until": at} for (drop, _), at in self._until.items()]
                write_file(self._listing, json.dumps(rows).encode("ascii"))
            else:
                self._listing.unlink(missing_ok=True)


def waiting_drops(listing: Path, now: datetime) -> tuple[WaitingDrop, ...]:
    """Return the drops that wait because they look cut off; none where no watch says so.

    Of a watch that was killed the listing stays: what lies there no longer, or should be taken by now, is left out.
    """
    try:
        rows = json.loads(listing.read_bytes())
        held = [(Path(row["path"]), str(row["why"]), str(row["until"])) for row in rows]
    except (OSError, ValueError, KeyError, TypeError):
        return ()
    at = to_utc_text(now)
    return tuple(
        WaitingDrop(path=shown_path(path), why=why, until=until)
        for path, why, until in held
        if until > at and os.path.lexists(path)
    )


def waits_words(path: str, why: str, until: str) -> str:
    """Return that a drop waits, why, and until when."""
    return f"{path} waits: {why}. It is taken as it is on {until[:10]} at {until[11:16]} UTC, unless it changes before."


def _why(drop: Path) -> str:
    with suppress(OSError):
        if drop.is_dir():
            return "a file in it ends before its end, is empty, or has the name of an unfinished copy"
        if drop.stat().st_size == 0:
            return "it is empty"
    return "it ends before its end"
