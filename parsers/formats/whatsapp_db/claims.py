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


def is_database_name(name: str) -> bool:
    """Whether a member of an archive or folder is one of the databases by its name."""
    return _NAMES.fullmatch(name) is not None


def claim_on(head: Head) -> Claim | None:
    """Return the claim of this format on a delivery."""
    if head.tables:
        tables = {table.casefold() for table in head.tables}
        found = next((needed for needed in _TABLES if needed <= tables), None)
        return Claim(score=90, reason=f"tables {', '.join(sorted(found))}") if found is not None else None
    if not head.is_folder and not head.members and _ENCRYPTED.fullmatch(head.name):
        return Claim(score=70, reason="a backup of WhatsApp, by its name", refusal="database_encrypted")
    if head.members and (not head.is_folder or head.has_sidecar):
        names = [last for name in head.members if is_database_name(last := name.rpartition("/")[2])]
        if names:
            return Claim(score=68, reason=f"{', '.join(names[:4])} in it", is_whole=False)
    return None
