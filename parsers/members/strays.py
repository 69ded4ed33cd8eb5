"""The write-ahead logs of an archive or folder that lie beside no database of their name."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.contract import names_member
from parsers.members.handset_files import handset_root
from parsers.members.sources import MemberSource
from parsers.registry import all_parsers
from parsers.stray_logs import logs_base, may_be_log, stray_logs


def strays_of(source: MemberSource, names: Sequence[str]) -> tuple[str, ...]:
    """Return the stray logs among files of which none lies beside its database.

    In a handset's file system only those of known databases: there are thousands of others, of which none is read.
    """
    logs = (name for name in names if may_be_log(name) and (handset_root(name) is None or _is_known(logs_base(name))))
    return stray_logs(logs, source.front)


def _is_known(name: str) -> bool:
    return any(names_member(parser, name) for parser in all_parsers())
