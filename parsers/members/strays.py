"""The write-ahead logs of an archive or folder that lie beside no database of their name."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.contract import names_member
from parsers.members.handset_files import handset_root
from parsers.members.sources import MemberSource
from parsers.registry import all_parsers
from parsers.sqlite_pages import WAL_SUFFIX, written_suffixes
from parsers.stray_logs import StrayLogs, logs_base, may_be_log, stray_logs


def strays_of(source: MemberSource, names: Sequence[str]) -> StrayLogs:
    """Return which databases stray logs belong to; in a handset's file system of known databases alone.

    There are thousands of others, of which none is read.
    """
    logs = [name for name in names if may_be_log(name) and (handset_root(name) is None or _is_known(logs_base(name)))]
    if not logs:
        return StrayLogs()
    stated = {name for name in names if any(source.has(name + each) for each in written_suffixes(WAL_SUFFIX))}
    left = [name for name in names if name not in stated and name not in logs]
    return stray_logs(logs, left, source.front, stated)


def _is_known(name: str) -> bool:
    return any(names_member(parser, name) for parser in all_parsers())
