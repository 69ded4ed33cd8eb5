"""Tells WhatsApp's databases by their tables, in archives and folders by their names."""

from __future__ import annotations

import re
from typing import Final

from parsers.contract import Claim, Head

_NAMES = re.compile(
    r"(?:msgstore[-\w.]{0,40}\.db|wa\.db|ChatStorage\.sqlite|ContactsV2\.sqlite|CallHistory\.sqlite"
    r"|7c7fba66680ef796b916b067077cc246adacf01d)",
    re.IGNORECASE,
)
_ENCRYPTED = re.compile(r"(?:msgstore|wa)[-\w.]{0,40}\.db\.crypt\d{0,2}", re.IGNORECASE)
_TABLES: Final = (
    frozenset({"message", "jid", "chat"}),
    frozenset({"messages", "chat_list"}),
    frozenset({"wa_contacts"}),
    frozenset({"zwamessage"}),
    frozenset({"zwacdcallevent"}),
    frozenset({"zwaaddressbookcontact"}),
)


# A table alone is told by columns that no other application's has together.
_TELLING_COLUMNS: Final = {
    "messages": frozenset({"key_remote_jid", "key_from_me"}),
    "message": frozenset({"chat_row_id", "from_me"}),
    "call_log": frozenset({"jid_row_id", "from_me"}),
}


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
        return _claim_on_columns(head)
    if not head.is_folder and not head.members and _ENCRYPTED.fullmatch(head.name):
        return Claim(score=70, reason="a backup of WhatsApp, by its name", refusal="database_encrypted")
    if head.members and (not head.is_folder or head.has_sidecar):
        names = [last for name in head.members if is_database_name(last := name.rpartition("/")[2])]
        if names:
            return Claim(score=68, reason=f"{', '.join(names[:4])} in it", is_whole=False)
    return None


def _claim_on_columns(head: Head) -> Claim | None:
    for table, telling in _TELLING_COLUMNS.items():
        if telling <= head.columns.get(table, frozenset()):
            return Claim(score=80, reason=f"table {table} with columns {', '.join(sorted(telling))}")
    return None
