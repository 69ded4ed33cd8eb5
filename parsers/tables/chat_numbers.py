"""Which chat the number of a chat means: some exports go on counting from sheet to sheet, others begin anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from parsers.sheets.rows import Row
from parsers.table_fields import Field
from parsers.tables.columns import Columns

_PARTICIPANTS: Final = Field.PARTICIPANTS
_COUNT_HEADING: Final = "instant message #"
_MOST_CHATS: Final = 100_000

Chat = tuple[str | None, str]
"""The extraction that is named, and the number of a chat in it."""

Told = Mapping[Field, str]


def message_number(row: Row, columns: Columns) -> str | None:
    """Return the number that a row has among those of its chat. None: no column counts them."""
    for column in columns.by_field.get(Field.ROW, ()):
        if column.label.key == _COUNT_HEADING and column.place < len(row.cells):
            return row.cells[column.place].strip() or None
    return None


class ChatNumbers:
    """The numbers of chats of one file, table by table.

    A number that a table before had too is of the same chat where both name the same participants, and of another where
    they tell apart. Where neither says anything, numbers that only rose until then are of lists in their order, in
    which a number that comes again is another chat's; lists by time have all chats of the file mixed.
    """

    def __init__(self) -> None:
        self._sheet = ""
        self._held: dict[Chat, list[tuple[Told, str]]] = {}
        self._names: dict[Chat, str] = {}
        self._last: tuple[Chat, int] | None = None
        self._only_rose = True

    def begin(self, sheet: str | None = None) -> None:
        """Begin a table.

        Args:
            sheet: Name of its sheet. None: it stands on the same one.
        """
        self._sheet = self._sheet if sheet is None else sheet
        self._names, self._last = {}, None

    def resume(self, chat: Chat, name: str) -> None:
        """Go on with the last chat of a table before, which has a name."""
        self._names[chat] = name

    def name_of(self, chat: Chat, told: Told, row_number: int) -> str:
        """Return what a chat is called: its number, and where it begins if another chat has that too.

        Args:
            chat: The chat of a row.
            told: What the row says of it.
            row_number: Of the row.
        """
        name = self._names.get(chat)
        if name is None:
            name = self._begun(chat, told, row_number)
        self._follow(chat)
        return name

    def _begun(self, chat: Chat, told: Told, row_number: int) -> str:
        number = chat[1]
        held = self._held.get(chat, [])
        verdicts = [(_is_one(told, other), name) for other, name in held]
        name = next((name for is_one, name in verdicts if is_one), None)
        if name is None and not self._only_rose:
            name = next((name for is_one, name in verdicts if is_one is None), None)
        if name is None:
            name = f"{number} (from {self._sheet} row {row_number})" if held else number
        if len(self._held) < _MOST_CHATS:
            self._held.setdefault(chat, []).append((told, name))
            self._names[chat] = name
        return name

    def _follow(self, chat: Chat) -> None:
        """See whether numbers rise within a table and an extraction."""
        number = int(chat[1]) if chat[1].isdecimal() else -1
        if self._last is not None and self._last[0][0] == chat[0] and number < self._last[1]:
            self._only_rose = False
        self._last = (chat, number)


def _is_one(one: Told, other: Told) -> bool | None:
    """Whether two statements are of one chat. None: they do not tell."""
    shared = one.keys() & other.keys()
    if any(one[field] != other[field] for field in shared):
        return False
    return True if _PARTICIPANTS in shared or Field.THREAD in shared else None
