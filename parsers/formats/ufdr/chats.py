"""Chats: what a thread says of its messages, which pass one by one."""

from __future__ import annotations

from parsers.formats.ufdr.elements import MESSAGES, Element, fields_of, is_beyond_mending, mend
from parsers.formats.ufdr.instant_messages import Thread, read_thread
from parsers.formats.ufdr.reading_state import ReadingState


class ChatReader:
    """Holds what the Chat in hand says of its messages, read once a Chat.

    Attributes:
        unmended: The Chat of which more broken attributes are in one field than are mended. None: no such Chat.
    """

    __slots__ = ("_chat", "_state", "_thread", "unmended")

    def __init__(self, state: ReadingState) -> None:
        self._state = state
        self._chat: Element | None = None
        self._thread: Thread | None = None
        self.unmended: Element | None = None

    def thread_of(self, chat: Element, own_keys: set[str], *, is_marked: bool) -> Thread:
        """Return what is known of the thread of a message."""
        if self._thread is None or chat is not self._chat:
            if is_marked:
                for field in chat:
                    if field.get("name") != MESSAGES:
                        # Asked here: what is left when the Chat ends may be few enough.
                        if is_beyond_mending(field):
                            self.unmended = chat
                        mend(field)
            self._chat = chat
            self._thread = read_thread(self._state, fields_of(chat), chat.get("id"), own_keys)
        return self._thread

    def has_given(self, chat: Element) -> bool:
        """Whether a message of the Chat was met."""
        return chat is self._chat
