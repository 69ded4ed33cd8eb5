"""Conversations of sms.db: who takes part in them, and which message stands in which."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Final

import msgspec

from parsers.side_table import SideTable, side_table
from parsers.store_reading import Store

_MOST_CHATS: Final = 500_000
_MOST_DELETED_GUIDS: Final = 200_000
_GROUP_STYLE: Final = 43
_NO_CHAT: Final = -1


class Chat(msgspec.Struct, frozen=True):
    """One conversation.

    Attributes:
        thread: The application's own id of it.
        handles: Rowids of the other people in it.
    """

    thread: str | None
    identifier: str | None
    service: str | None
    name: str | None
    is_group: bool
    handles: tuple[int, ...]


class StoredFile(msgspec.Struct, frozen=True, array_like=True):
    """A file that a message carries, by its path on the handset."""

    name: str | None
    path: str | None
    content_type: str | None
    size_bytes: int | None


class Conversations:
    """What the tables beside ``message`` say, found by rowid.

    Attributes:
        handles: Rowid to the identifier of another person.
        chats: Rowid to conversation.
    """

    def __init__(self, store: Store, stack: ExitStack) -> None:
        scratch = store.scratch_dir
        self._chat_of: SideTable[int] = stack.enter_context(side_table(scratch, int))
        self._bin_of: SideTable[int] = stack.enter_context(side_table(scratch, int))
        self._files: SideTable[StoredFile] = stack.enter_context(side_table(scratch, StoredFile))
        self._files_of: SideTable[int] = stack.enter_context(side_table(scratch, int))
        self.handles = _texts(store, "handle", "id")
        self.chats = _chats(store)
        _join(store, self._chat_of, "chat_message_join", "message_id", "chat_id")
        for row in store.database.rows("chat_recoverable_message_join", ("message_id", "chat_id")):
            if (message := row.whole("message_id")) is not None:
                self._bin_of.put(message, row.whole("chat_id") or _NO_CHAT)
        self._deleted_guids = _deleted_guids(store)
        self._met: set[str] = set()
        _join(store, self._files_of, "message_attachment_join", "message_id", "attachment_id")
        for row in store.database.rows("attachment", ("filename", "transfer_name", "mime_type", "total_bytes")):
            path = row.word("filename")
            name = row.word("transfer_name") or (path.rpartition("/")[2] if path else None)
            self._files.put(row.rowid, StoredFile(name, path, row.word("mime_type"), row.whole("total_bytes")))

    def chat_number_of(self, message: int) -> int | None:
        """Return the rowid of the conversation of a message: where it stands, else where it stood once."""
        for number in self._chat_of.of(message):
            if number in self.chats:
                return number
        return next((each for each in self._bin_of.of(message) if each in self.chats), None)

    def is_deleted(self, message: int, guid: str | None) -> bool:
        """Whether a message stands among the recently deleted ones, or its guid among those that were deleted."""
        if guid is not None and guid in self._deleted_guids:
            self._met.add(guid)
            return True
        return bool(self._bin_of.of(message))

    def has_met(self, guid: str | None) -> bool:
        """Whether a guid among those of deleted messages is that of a message that was asked for."""
        return guid in self._met

    def files_of(self, message: int) -> list[StoredFile]:
        """Return the files of a message."""
        return [file for number in self._files_of.of(message) for file in self._files.of(number)]


@contextmanager
def conversations(store: Store) -> Iterator[Conversations]:
    """Read the tables beside ``message``."""
    with ExitStack() as stack:
        yield Conversations(store, stack)


def _texts(store: Store, table: str, column: str) -> dict[int, str]:
    found: dict[int, str] = {}
    for row in store.database.rows(table, (column,)):
        if len(found) < _MOST_CHATS and (text := row.word(column)) is not None:
            found[row.rowid] = text
    return found


def _chats(store: Store) -> dict[int, Chat]:
    people: dict[int, list[int]] = {}
    for row in store.database.rows("chat_handle_join", ("chat_id", "handle_id")):
        chat, handle = row.whole("chat_id"), row.whole("handle_id")
        if chat is not None and handle is not None and len(people) < _MOST_CHATS:
            people.setdefault(chat, []).append(handle)
    columns = ("guid", "chat_identifier", "service_name", "display_name", "style")
    chats: dict[int, Chat] = {}
    for row in store.database.rows("chat", columns):
        if len(chats) >= _MOST_CHATS:
            break
        handles = tuple(dict.fromkeys(people.get(row.rowid, ())))
        chats[row.rowid] = Chat(
            thread=row.word("guid") or row.word("chat_identifier"),
            identifier=row.word("chat_identifier"),
            service=row.word("service_name"),
            name=row.word("display_name"),
            is_group=row.whole("style") == _GROUP_STYLE or len(handles) > 1,
            handles=handles,
        )
    return chats


def _deleted_guids(store: Store) -> frozenset[str]:
    found: set[str] = set()
    for row in store.database.rows("deleted_messages", ("guid",)):
        if len(found) < _MOST_DELETED_GUIDS and (guid := row.word("guid")) is not None:
            found.add(guid)
    return frozenset(found)


def _join(store: Store, target: SideTable[int], table: str, key: str, value: str) -> None:
    for row in store.database.rows(table, (key, value)):
        one, other = row.whole(key), row.whole(value)
        if one is not None and other is not None:
            target.put(one, other)
