"""Tells the databases of iOS by their tables, in archives and folders by their names."""

from __future__ import annotations

import re
from typing import Final

from parsers.contract import Claim, Head

# In a backup a file is called by the SHA-1 of its domain and path.
_NAMES = re.compile(
    r"(?:(?:sms|chat|imessage)(?:[-_ ]\w{1,20})?\.db|CallHistory(?:Temp)?\.storedata|call_history\.db"
    r"|AddressBook\.sqlitedb|3d0d7e5fb2ce288813306e4d4636395e047a3d28|5a4935c78a5255723f707230a451d79c540d2741"
    r"|2b2b0084a1bc3a5ac8c27afdf14afb42c61a19ca|31bb7ba8914766d4ba40d6dfb6113c8b614be442)",
    re.IGNORECASE,
)
_TABLES: Final = (
    frozenset({"message", "handle", "chat"}),
    frozenset({"message", "handle", "chat_message_join"}),
    frozenset({"message", "chat_message_join", "chat_handle_join"}),
    frozenset({"zcallrecord"}),
    frozenset({"abperson", "abmultivalue"}),
)
_OLD_COLUMNS: Final = (
    ("message", frozenset({"address", "flags", "svc_center", "group_id"})),
    ("call", frozenset({"address", "flags", "date", "duration"})),
)
"""Of databases before iOS 6 and before iOS 8: tables of common names, told by their columns."""

_TELLING_COLUMNS: Final = frozenset({"handle_id", "is_from_me", "guid"})


def is_database_name(name: str) -> bool:
    """Whether a member of an archive or folder is one of the databases by its name."""
    return _NAMES.fullmatch(name) is not None


def claim_on(head: Head) -> Claim | None:
    """Return the claim of this format on a delivery."""
    if head.tables:
        tables = {table.casefold() for table in head.tables}
        found = next((needed for needed in _TABLES if needed <= tables), None)
        if found is not None:
            return Claim(score=90, reason=f"tables {', '.join(sorted(found))}")
        if head.columns.get("message", frozenset()) >= _TELLING_COLUMNS:
            return Claim(score=80, reason=f"table message with columns {', '.join(sorted(_TELLING_COLUMNS))}")
        for table, columns in _OLD_COLUMNS:
            if head.columns.get(table, frozenset()) >= columns:
                return Claim(score=80, reason=f"table {table} with columns {', '.join(sorted(columns))}")
        return None
    if head.members and (not head.is_folder or head.has_sidecar):
        names = [last for name in head.members if is_database_name(last := name.rpartition("/")[2])]
        if names:
            return Claim(score=65, reason=f"{', '.join(names[:4])} in it", is_whole=False)
    return None
