"""Tells a write-ahead log that lies beside no database of its name: one of the two was renamed, moved or left out.

It is never read with a database of another name: nothing in it says for certain which one it belongs to, and pages of
another handset's database would be taken for this one's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Final

from parsers.errors import InputRefused
from parsers.sqlite_pages import WAL_SUFFIX, written_suffixes

LOG_ALONE: Final = "log_alone"
LOG_MAGICS: Final = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")

_MARKS: Final = (WAL_SUFFIX, "_wal", ".wal", " wal")
_MOST_LOOKED_AT: Final = 200


def stray_logs(names: Iterable[str], front: Callable[[str, int], bytes]) -> tuple[str, ...]:
    """Return which files are logs by their first bytes; of many only the first are looked at.

    Args:
        names: Files that are called as logs (``may_be_log``), and lie beside no database of their name.
        front: Gives up to so many bytes of a file.
    """
    return tuple(name for name in islice(names, _MOST_LOOKED_AT) if _front(front, name) in LOG_MAGICS)


def may_be_log(name: str) -> bool:
    """Whether a file is called as a log, whatever stands behind that (``mmssms.db-wal.bak``)."""
    last = name.rpartition("/")[2].lower()
    return any(each in last for each in _MARKS)


def logs_base(name: str) -> str:
    """Return what the database of a log is called, with its folder; the name itself where it is none of a log."""
    place = max(name.rfind(each) for each in written_suffixes(WAL_SUFFIX))
    return name if place < 0 else name[:place]


def _front(front: Callable[[str, int], bytes], name: str) -> bytes:
    try:
        return front(name, len(LOG_MAGICS[0]))
    except InputRefused:
        return b""
