"""Tells Android's own databases by their tables, in archives and folders by their names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from parsers.contract import Claim, Head

_NAMES = re.compile(
    r"(?:mmssms|calllog(?:_shadow)?|contacts2?|telephony)(?:[-_ ]?\d{1,3}| \(\d{1,3}\))?\.db", re.IGNORECASE
)
_SAMSUNGS_FOLDER = re.compile(r"[\w.]+\.logsprovider", re.IGNORECASE)
"""Any application may call a database ``logs.db``: of Samsung's it is the folder that tells it."""

_LOGS: Final = "logs.db"
_TEXTS: Final = (frozenset({"sms"}), frozenset({"pdu", "threads", "canonical_addresses", "addr", "part"}))
_MULTIMEDIA: Final = (frozenset({"pdu"}), frozenset({"threads", "addr", "part"}))
_CALLS: Final = (
    frozenset({"calls"}),
    frozenset({"voicemail_status", "properties", "raw_contacts", "android_metadata"}),
)
_CONTACTS: Final = (frozenset({"raw_contacts"}), frozenset({"mimetypes", "data", "android_metadata"}))
_CARDS: Final = (frozenset({"siminfo"}), frozenset({"carriers", "android_metadata"}))
# A table alone is told by columns that no other application's has together.
_TELLING_COLUMNS: Final = (
    ("sms", frozenset({"address", "body", "date", "type", "thread_id"})),
    ("pdu", frozenset({"msg_box", "m_type", "thread_id"})),
    # Applications have a table of calls with the plain columns too.
    ("calls", frozenset({"number", "date", "duration", "type", "presentation"})),
    ("calls", frozenset({"number", "date", "duration", "type", "countryiso"})),
    ("logs", frozenset({"number", "date", "duration", "type", "logtype", "m_content"})),
    ("siminfo", frozenset({"icc_id"})),
)


def is_member_path(path: str) -> bool:
    """Whether a member of an archive or folder is one of the databases by its name and folders."""
    *folders, name = path.split("/")
    if name.casefold() == _LOGS:
        return any(map(_SAMSUNGS_FOLDER.fullmatch, folders))
    return _NAMES.fullmatch(name) is not None


def is_wanted_path(path: str) -> bool:
    """Whether a member is one where nothing else is read: of a delivery that is its folder alone it names no folder."""
    return is_member_path(path) or path.casefold() == _LOGS


def claim_on(head: Head) -> Claim | None:
    """Return the claim of this format on a delivery."""
    if head.tables:
        return _claim_on_tables({table.casefold() for table in head.tables}) or _claim_on_columns(head)
    if head.members and (not head.is_folder or head.has_sidecar):
        found = [name for name in head.members if is_member_path(name)]
        if found:
            return Claim(score=70, reason=f"{_listed(found)} in it", is_whole=False)
    return None


def _claim_on_tables(tables: set[str]) -> Claim | None:
    for needed, beside in (_TEXTS, _MULTIMEDIA, _CALLS, _CONTACTS, _CARDS):
        if needed <= tables and (found := beside & tables):
            return Claim(score=90, reason=f"tables {_listed((*needed, *sorted(found)))}")
    return None


def _claim_on_columns(head: Head) -> Claim | None:
    for table, telling in _TELLING_COLUMNS:
        if telling <= head.columns.get(table, frozenset()):
            return Claim(score=80, reason=f"table {table} with columns {_listed(sorted(telling))}")
    return None


def _listed(names: Iterable[str]) -> str:
    return ", ".join(name.rpartition("/")[2] for name in list(names)[:4])
