"""Who writes in a chat that was exported alone, looked for before its messages are read: one of them is the owner."""

from __future__ import annotations

import re
from typing import Final

from parsers.formats.telegram_json.chats import Chat, is_other_one, user_of
from parsers.json_decoding import decode_json
from parsers.json_values import text_in

_ID = re.compile(rb'"(?:from|actor)_id"[ \t\r\n]{0,8}:[ \t\r\n]{0,8}("(?:[^"\\]|\\.){0,64}"|[0-9]{1,20})')
_NAME = re.compile(rb'"(?:from|actor)"[ \t\r\n]{0,8}:[ \t\r\n]{0,8}("(?:[^"\\]|\\.){0,300}")')
"""A quotation mark within a text has a backslash before it: no text holds these."""

_MOST_SENDERS: Final = 8
"""Of a conversation of two, and some more by which it is told to be of several."""


class SenderSurvey:
    """Takes the messages of a chat as they are written."""

    def __init__(self) -> None:
        self._found: set[tuple[bytes | None, bytes | None]] = set()

    def add(self, written: bytes) -> None:
        """Take a message. One that has the id of its sender needs no name."""
        if len(self._found) >= _MOST_SENDERS:
            return
        number = _ID.search(written)
        name = _NAME.search(written) if number is None else None
        if number is not None or name is not None:
            self._found.add((None if number is None else number[1], None if name is None else name[1]))

    def has_several_others(self, chat: Chat) -> bool:
        """Whether several of the senders are not the other one of a conversation of two."""
        others = set()
        for number, name in self._found:
            try:
                held, _ = decode_json(b'{"id":%b,"name":%b}' % (number or b"null", name or b"null"))
            except ValueError:
                continue
            sender_id, sender = text_in(held, "id"), text_in(held, "name")
            if is_other_one(chat, sender_id, sender)[0] is False:
                others.add(user_of(sender_id) or sender)
        return len(others) > 1
