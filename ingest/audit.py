"""The audit log: who did or looked at what, written and on disk before its result is shown."""

from __future__ import annotations

import asyncio
import getpass
import os
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from ingest.chained_log import ChainedLog, Line
from parsers.clocks import to_utc_text


def present_user() -> str:
    """Return the name of the user who runs the process, else the number."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"


def _encodable(value: object) -> object:
    """Return the value with what cannot be UTF-8 (a file name of another encoding) written as escapes."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, Mapping):
        return {str(_encodable(str(key))): _encodable(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_encodable(inner) for inner in value]
    return value if value is None or isinstance(value, (bool, int, float)) else str(value)


class AuditLog:
    """Append-only, hash-chained. An action that cannot be written down MUST NOT be done."""

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        self._log = ChainedLog(path)
        self._now = now

    async def append(self, action: str, detail: Mapping[str, object]) -> None:
        """Write what is about to be shown or done; on disk when it returns.

        Args:
            action: The verb: ``search``, ``show``, ``export``, ``report``, ``ingest`` ...
            detail: Its arguments and what it will show, as JSON values.

        Raises:
            ChainBroken: The log does not hold together at its end.
        """
        await asyncio.to_thread(self.append_now, action, detail)

    def append_now(self, action: str, detail: Mapping[str, object]) -> None:
        """As ``append``, for code that does not run in the event loop."""
        at = to_utc_text(self._now())
        self._log.append({"at": at, "user": present_user(), "action": action, "detail": _encodable(dict(detail))})

    def lines(self) -> Iterator[Line]:
        """Yield what was done, oldest first.

        Raises:
            ChainBroken: A line does not follow from the one before.
        """
        return self._log.lines()

    def count(self) -> int:
        """Return how many lines were written."""
        return self._log.count()

    def verify(self) -> int:
        """Check the whole chain and return its length.

        Raises:
            ChainBroken: The chain does not hold, or its newest lines are gone.
        """
        return self._log.verify()
