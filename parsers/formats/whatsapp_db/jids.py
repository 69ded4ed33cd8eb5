"""Ids of people and groups in msgstore.db: the tables ``jid``, ``jid_map`` and ``chat``."""

from __future__ import annotations

from typing import Final

import msgspec

from parsers.formats.whatsapp_db.kinds import LID_SUFFIX
from parsers.store_reading import Store

_MOST_IDS: Final = 2_000_000


class Chat(msgspec.Struct, frozen=True):
    """One chat: the id of the other person or of the group, and the group's name."""

    jid: str | None
    subject: str | None


class Jids:
    """Ids by rowid.

    Attributes:
        chats: Rowid to chat.
        names: Id to the name that its holder goes by, where the number was hidden.
    """

    def __init__(self, store: Store) -> None:
        self._jids: dict[int, str] = {}
        for row in store.database.rows("jid", ("raw_string", "user", "server")):
            text = row.word("raw_string") or _joined(row.word("user"), row.word("server"))
            if text is not None and len(self._jids) < _MOST_IDS:
                self._jids[row.rowid] = text
        self._numbers: dict[int, int] = {}
        for row in store.database.rows("jid_map", ("lid_row_id", "jid_row_id")):
            lid, number = row.whole("lid_row_id"), row.whole("jid_row_id")
            if lid is not None and number is not None:
                self._numbers[lid] = number
        self.names: dict[str, str] = {}
        for row in store.database.rows("lid_display_name", ("lid_row_id", "display_name", "username")):
            jid, shown = self.of(row.key("lid_row_id")), row.word("display_name")
            store.shows(jid, shown)
            name = shown or row.word("username")
            if jid is not None and name is not None and len(self.names) < _MOST_IDS:
                self.names[jid] = name
        self.chats: dict[int, Chat] = {}
        for row in store.database.rows("chat", ("jid_row_id", "subject")):
            if len(self.chats) < _MOST_IDS:
                self.chats[row.rowid] = Chat(self.of(row.whole("jid_row_id")), row.word("subject"))

    def of(self, number: int | None) -> str | None:
        """Return an id. One that hides its number (``@lid``) is the number's, where the database joins the two."""
        if number is None:
            return None
        jid = self._jids.get(number)
        if jid is not None and jid.endswith(LID_SUFFIX):
            return self._jids.get(self._numbers.get(number, -1), jid)
        return jid


def _joined(user: str | None, server: str | None) -> str | None:
    return f"{user}@{server}" if user is not None and server is not None else None
