"""What tables beside ``message`` in msgstore.db say of its rows: other texts, cards, quotations, recipients.

Most of a newer database's messages have their text in their own row; one that is made of buttons, an item of a shop, an
invitation or a contact card has it in a table of its own. Source: the schemas that chat-history-manager (MIT) and
WhatsApp-Chat-Exporter (MIT) read.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import msgspec

from parsers.formats.whatsapp_db.jids import Jids
from parsers.formats.whatsapp_db.kinds import is_list
from parsers.side_table import SideTable, side_table
from parsers.sqlite_values import Row
from parsers.store_reading import Store
from parsers.stored_text import REPLACED

_ID_COLUMN: Final = "jid_row_id"
"""Columns whose name ends so hold the number of an id."""

_OF_NONE: Final = "text beside a message that is not there"


class _Table(msgspec.Struct, frozen=True):
    """A table beside; ``body`` is its column that stands for the text of a message that has none."""

    name: str
    columns: tuple[str, ...]
    body: str | None = None


CARDS: Final = "message_vcard"
_TABLES: Final = (
    _Table(CARDS, ("vcard",)),
    _Table("message_template", ("content_text_data", "footer_text_data"), "content_text_data"),
    _Table("message_product", ("title", "description", "body", "footer"), "body"),
    _Table("message_ui_elements", ("element_content",), "element_content"),
    _Table("message_event", ("name", "description"), "name"),
    _Table("message_poll_option", ("option_name",)),
    _Table("message_text", ("description", "page_title", "url")),
    _Table("message_group_invite", ("group_jid_row_id", "admin_jid_row_id", "group_name", "invite_code")),
    _Table("message_quoted", ("key_id", "text_data")),
    _Table("message_mentions", ("jid_row_id", "display_name")),
    _Table("message_system", ("action_type",)),
    _Table("message_system_chat_participant", ("user_jid_row_id",)),
    _Table("message_system_number_change", ("old_jid_row_id", "new_jid_row_id")),
    _Table("message_system_value_change", ("old_data",)),
)
TABLES: Final = tuple(each.name for each in _TABLES)


class _Said(msgspec.Struct, frozen=True, array_like=True):
    """What one column says of a message."""

    place: int
    column: str
    text: str
    is_replaced: bool


class Beside:
    """What the tables beside say, by the number of the message."""

    def __init__(self, said: SideTable[_Said], recipients: SideTable[int], jids: Jids) -> None:
        self._said = said
        self._recipients = recipients
        self._jids = jids

    def of(self, number: int) -> list[_Said]:
        """Return what is said of a message."""
        return self._said.of(number)

    def note_left(self, store: Store) -> None:
        """Count what is said of messages that are not there."""
        if left := self._said.left:
            store.book.leave_out(_OF_NONE, "message_row_id", count=left)

    def recipients(self, number: int) -> list[str]:
        """Return the ids of those to whom a message went, where it went to a list."""
        found = [self._jids.of(each) for each in self._recipients.of(number)]
        return [jid for jid in dict.fromkeys(found) if jid is not None]


@contextmanager
def beside_messages(store: Store, jids: Jids) -> Iterator[Beside]:
    """Read the tables beside."""
    with side_table(store.scratch_dir, _Said) as said, side_table(store.scratch_dir, int) as recipients:
        for place, table in enumerate(_TABLES):
            for row in store.database.rows(table.name, ("message_row_id", *table.columns)):
                number = row.key("message_row_id")
                for column in table.columns:
                    if (found := _said(store, jids, row, place, column)) is not None:
                        said.put(number, found)
        if any(is_list(chat.jid) for chat in jids.chats.values()):
            for row in store.database.rows("receipt_user", ("message_row_id", "receipt_user_jid_row_id")):
                message, user = row.whole("message_row_id"), row.whole("receipt_user_jid_row_id")
                if message is not None and user is not None:
                    recipients.put(message, user)
        yield Beside(said, recipients, jids)


def with_beside(
    store: Store, body: str | None, found: list[_Said], notices: list[str], locator: str
) -> tuple[str | None, tuple[tuple[str, str], ...]]:
    """Return the text of a message and what else is said of it.

    A card stands for the text, as in the older table; what stands there is its name.

    Args:
        store: The database.
        body: As the message's own row has it.
        found: What is said of it.
        notices: What has to be said of the text; added to.
        locator: Of the message.
    """
    cards = [each for each in found if _TABLES[each.place].name == CARDS]
    stands = cards or ([] if body else _standing_for_text(found))
    extra = [
        (f"{_TABLES[each.place].name}.{each.column}", store.short(each.text, notices, locator) or "")
        for each in found
        if each not in stands
    ]
    if not stands:
        return body, tuple(extra)
    if body:
        extra.insert(0, ("text_data", body))
    if len(stands) > 1:
        notices.append("joined_parts")
    if any(each.is_replaced for each in stands):
        notices += REPLACED
    return store.short("\n".join(each.text for each in stands), notices, locator), tuple(extra)


def _standing_for_text(found: list[_Said]) -> list[_Said]:
    """Return the texts of the first table that has what stands for the text of a message."""
    texts = [each for each in found if _TABLES[each.place].body == each.column]
    first = min((each.place for each in texts), default=None)
    return [each for each in texts if each.place == first]


def _said(store: Store, jids: Jids, row: Row, place: int, column: str) -> _Said | None:
    if column.endswith(_ID_COLUMN):
        jid = jids.of(row.whole(column))
        return _Said(place, column, jid, is_replaced=False) if jid is not None else None
    text, replaced = row.text_and_replaced(column)
    if not text or text.isspace():
        return None
    if replaced:
        locator = f"{_TABLES[place].name} {row.rowid}"
        store.book.note("characters_replaced", count=replaced, locator=locator)
    return _Said(place, column, text, is_replaced=bool(replaced))
