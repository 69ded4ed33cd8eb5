"""What holds for all rows of a chat, which some exports write in its first row alone: also in the sheet before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from parsers.sheets.rows import Row
from parsers.table_fields import Field
from parsers.tables.chat_numbers import ChatNumbers, message_number
from parsers.tables.columns import Columns

_CHAT_NUMBER: Final = Field.CHAT_NUMBER
_TELLING: Final = (Field.THREAD, Field.PARTICIPANTS, Field.SERVICE, Field.ACCOUNT)
OF_CHAT: Final = (_CHAT_NUMBER, *_TELLING)
"""What some exports write in the first row of a chat alone."""

Filled = dict[Field, str]


class _Chat(msgspec.Struct):
    """The chat of the last row: its cells, the extraction, its name, and the number of its first message."""

    filled: Filled = {}
    named: str | None = None
    name: str | None = None
    first: str | None = None


class ChatCells:
    """What the rows of a file say of the chat that they are of, sheet by sheet."""

    def __init__(self) -> None:
        self._listing = ""
        self._chat = _Chat()
        self._ended: dict[str, _Chat] = {}
        self._is_resumed = False
        self._numbers = ChatNumbers()

    def begin_sheet(self, listing: str, sheet: str = "") -> None:
        """Begin a sheet; its first table goes on with the last chat of the same list in a sheet before.

        Args:
            listing: Name of the list that it is.
            sheet: Its own name.
        """
        self._keep()
        self._numbers.begin(sheet)
        self._listing = listing
        self._chat = self._ended.get(listing, _Chat())
        self._is_resumed = bool(self._chat.filled)

    def begin_table(self) -> None:
        """Begin a further table of a sheet, which goes on with nothing."""
        self._keep()
        self._numbers.begin()
        self._chat, self._is_resumed = _Chat(), False

    def take(self, row: Row, columns: Columns, named: str | None = None) -> tuple[Mapping[Field, str], str | None]:
        """Return what is known of the chat of a row, by field, and the extraction that the row is of.

        The number of a chat is followed by where it begins if a chat before has the same number.

        Args:
            row: A row below the headings.
            columns: Of its table.
            named: The extraction that it names itself. None: none.
        """
        if _CHAT_NUMBER not in columns.by_field:
            return {}, named
        own: Filled = {}
        for field in OF_CHAT:
            for place in columns.places(field):
                text = row.cells[place] if place < len(row.cells) else ""
                if text and not text.isspace():
                    own.setdefault(field, text)
        count = message_number(row, columns) if self._is_resumed or _CHAT_NUMBER in own else None
        last = self._chat
        is_another = self._is_of_another(own, named, count)
        if is_another:
            chat = _Chat(own, named, None, count)
        else:
            chat = _Chat({**last.filled, **own}, last.named or named, last.name, last.first or count)
        number = chat.filled.get(_CHAT_NUMBER)
        if number is not None:
            key = (chat.named, number.strip())
            if self._is_resumed and not is_another and last.name is not None:
                self._numbers.resume(key, last.name)
            told: Filled = {field: own[field] for field in _TELLING if field in own}
            chat.name = self._numbers.name_of(key, told, row.number)
        self._chat, self._is_resumed = chat, False
        is_renamed = chat.name is not None and number is not None and chat.name != number.strip()
        filled = {**chat.filled, _CHAT_NUMBER: chat.name or ""} if is_renamed else chat.filled
        return filled, named or chat.named

    def _is_of_another(self, own: Filled, named: str | None, count: str | None) -> bool:
        """Whether a row is of another chat than the one before: numbers may begin anew in a sheet or an extraction."""
        last = self._chat
        number = own.get(_CHAT_NUMBER)
        if number is not None and number != last.filled.get(_CHAT_NUMBER):
            return True
        if self._is_resumed and number is not None and count is not None and count == last.first:
            return True
        may_begin_anew = self._is_resumed or (named is not None and last.named not in {None, named})
        return may_begin_anew and any(
            field in own and field in last.filled and own[field] != last.filled[field] for field in _TELLING
        )

    def _keep(self) -> None:
        if self._chat.filled:
            self._ended[self._listing] = self._chat
