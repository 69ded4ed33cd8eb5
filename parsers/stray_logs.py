"""Finds the database of a write-ahead log that lies beside none of its name: one of the two was renamed or moved.

Whoever copies a database by hand, or saves it twice, leaves ``mmssms (1).db`` beside ``mmssms.db-wal``; rows that were
written last may stand in the log alone. The two are read together where exactly one database and one log of a
delivery have one name but for such marks, and the log states the size of page that the database has and begins with a
page of its own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Final

import msgspec

from parsers.errors import InputRefused
from parsers.sqlite_pages import SQLITE_MAGIC
from parsers.sqlite_wal import first_page_of

LOG_ALONE: Final = "log_alone"
LOG_JOINED: Final = "log_joined"
LOG_MAGICS: Final = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")

_LOG_NAME: Final = re.compile(r"(?P<of>.+?)[-_. ]wal(?:[-_. ()]|copy|[0-9]|\.[a-z0-9]{1,8})*", re.IGNORECASE)
_COPY: Final = re.compile(
    r" ?\([0-9]{1,3}\)|[-_ ]+(?:copy|kopie|copie|copia)\b(?: ?\(?[0-9]{1,3}\)?)?|\.(?:bak|old|orig|txt|bin)$",
    re.IGNORECASE,
)
_WORDS: Final = re.compile(r"[\W_]+")
_HEADER_BYTES: Final = 100
_LOG_MODE: Final = b"\x02\x02"
_MOST_PAGE_BYTES: Final = 65_536
_MOST_FRONT_BYTES: Final = 64 * 2**20
_MOST_LOGS: Final = 200


class StrayLogs(msgspec.Struct, frozen=True):
    """Logs that lie beside no database of their name.

    Attributes:
        joined: Database to the log that is its own.
        alone: Logs of which that is not certain.
    """

    joined: dict[str, str] = {}
    alone: tuple[str, ...] = ()


def stray_logs(
    logs: Sequence[str], databases: Iterable[str], front: Callable[[str, int], bytes], taken: Iterable[str] = ()
) -> StrayLogs:
    """Return which database each log belongs to.

    Args:
        logs: Files that may be logs by their names (``may_be_log``), and lie beside no database of their name.
        databases: Files that may be databases and have no log.
        front: Gives up to so many bytes of a file.
        taken: Databases that have a log: one of them may be what a log belongs to as well.
    """
    found = [name for name in logs[:_MOST_LOGS] if _front(front, name, 4) in LOG_MAGICS]
    if not found:
        return StrayLogs()
    by_key: defaultdict[str, list[str]] = defaultdict(list)
    for name in databases:
        by_key[_key(name.rpartition("/")[2])].append(name)
    held = {_key(name.rpartition("/")[2]) for name in taken}
    keys = [_log_key(name) for name in found]
    joined: dict[str, str] = {}
    for name, key in zip(found, keys, strict=True):
        fitting = [each for each in by_key.get(key, ()) if _front(front, each, 16) == SQLITE_MAGIC]
        if keys.count(key) == 1 and key not in held and len(fitting) == 1 and _fits(front, name, fitting[0]):
            joined[fitting[0]] = name
    return StrayLogs(joined, tuple(name for name in found if name not in joined.values()))


def may_be_log(name: str) -> bool:
    """Whether a file is called as a log, whatever stands behind that."""
    return _LOG_NAME.fullmatch(name.rpartition("/")[2]) is not None


def logs_base(name: str) -> str:
    """Return what the database of a log is called, as far as the log's name tells it; with its folder."""
    found = _LOG_NAME.fullmatch(name.rpartition("/")[2])
    return name if found is None else name[: len(name) - len(found[0])] + found["of"]


def _log_key(name: str) -> str:
    return _key(logs_base(name).rpartition("/")[2])


def _key(name: str) -> str:
    """Return a name in small letters, without marks of a copy and what parts its words."""
    return _WORDS.sub("", _COPY.sub("", _COPY.sub("", name.casefold())))


def _front(front: Callable[[str, int], bytes], name: str, size: int) -> bytes:
    try:
        return front(name, size)
    except InputRefused:
        return b""


def _fits(front: Callable[[str, int], bytes], log: str, database: str) -> bool:
    """Whether a log can be a database's: the size of its pages, and its first page, if the database holds that too."""
    first = first_page_of(_front(front, log, _MOST_PAGE_BYTES + _HEADER_BYTES))
    head = _front(front, database, _HEADER_BYTES)
    if first is None or len(head) < _HEADER_BYTES or head[18:20] != _LOG_MODE:
        return False
    number, page = first
    stated = int.from_bytes(head[16:18], "big")
    if len(page) != (_MOST_PAGE_BYTES if stated == 1 else stated):
        return False
    if number * len(page) > _MOST_FRONT_BYTES:
        return True
    held = _front(front, database, number * len(page))[(number - 1) * len(page) :]
    alike = sum(one == other for one, other in zip(held, page, strict=False))
    return not held or alike * 2 >= len(page)
