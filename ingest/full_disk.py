"""Whether an error means that the disk of the data folder is full."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import Final

from parsers.errors import is_out_of_room

_FAILED_ON_DISK: Final = frozenset({sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL})
_LEAST_ROOM: Final = 128 * 1024
"""Bytes with which the journal and the index can be opened: their shared memory and a few pages of log each."""


def is_of_full_disk(error: Exception, data_dir: Path | None) -> bool:
    """Whether an error, or what led to it, is that the disk of the data folder is full.

    Where not a byte is left SQLite cannot even make its log, and calls that an error of the disk.

    Args:
        error: What came of a write.
        data_dir: The data folder, where one is in use.
    """
    if is_out_of_room(error):
        return True
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, sqlite3.Error) and getattr(cause, "sqlite_errorcode", 0) & 0xFF in _FAILED_ON_DISK:
            return data_dir is not None and _has_no_room(data_dir)
        cause = cause.__cause__ or cause.__context__
    return False


def _has_no_room(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < _LEAST_ROOM
    except OSError:
        return False
