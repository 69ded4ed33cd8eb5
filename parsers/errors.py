"""Errors of the parsers.

``ParserError``
    ``InputRefused``    nothing of the input can or may be read; carries the notice code for the receipt

What is odd inside an input that can be read is a notice, never an error. No message holds evidence text.
"""

from __future__ import annotations

import errno
import resource
import sqlite3
from typing import Final

_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FAILED_WRITES: Final = frozenset({sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_TRUNCATE})


class ParserError(Exception):
    """Base of all errors that the parsers raise on purpose."""


class InputRefused(ParserError):
    """The input cannot or may not be read at all.

    Attributes:
        code: Key in the notice table, which gives the sentence and the remedy.
        subject: What was found, in the vendor's words or as a file type. Never evidence text.
    """

    def __init__(self, code: str, subject: str | None = None) -> None:
        super().__init__(code, subject)
        self.code = code
        self.subject = subject

    def about(self, name: str) -> str:
        """Return what a notice names of a file that is refused beside others that are read: the file, and why."""
        return name if self.subject is None else f"{name}: {self.subject}"


def is_out_of_room(error: BaseException | None) -> bool:
    """Whether an error, or what led to it, is that the disk on which we work is full, or a file may not grow further.

    That is no fault of the input and none of its reader: whoever catches errors of a reader lets this one through.
    """
    while error is not None:
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            return True
        if isinstance(error, sqlite3.Error) and _is_full(getattr(error, "sqlite_errorcode", 0)):
            return True
        error = error.__cause__ or error.__context__
    return False


def _is_full(code: int) -> bool:
    """Whether SQLite found no room. That a limit stops a file from growing it calls a failed write."""
    if code & 0xFF == sqlite3.SQLITE_FULL:
        return True
    return code in _FAILED_WRITES and resource.getrlimit(resource.RLIMIT_FSIZE)[0] != resource.RLIM_INFINITY
