"""What holds for all rows of a chat, which some exports write in its first row alone: also in the sheet before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from parsers.sheets.rows import Row
from parsers.table_fields import Field
from parsers.tables.columns import Columns

_CHAT_NUMBER: Final = Field.CHAT_NUMBER
_TELLING: Final = (Field.THREAD, Field.PARTICIPANTS, Field.SERVICE, Field.ACCOUNT)
OF_CHAT: Final = (_CHAT_NUMBER, *_TELLING)
"""What some exports write in the first row of a chat alone."""

Filled = dict[Field, str]


class ChatCells:
    """What the rows of a file say of the chat that they are of, sheet by sheet."""

    def __init__(self) -> None:
        self._listing = ""
        self._filled: Filled = {}
        self._named: str | None = None
        self._ended: dict[str, tuple[Filled, str | None]] = {}
        self._is_resumed = False

    def begin_sheet(self, listing: str) -> None:
        """Begin a sheet; its first table goes on with the last chat of the same list in a sheet before.

        Args:
            listing: Name of the list that it is.
        """
        self._keep()
        self._listing = listing
        self._filled, self._named = self._ended.get(listing, ({}, None))
        self._is_resumed = bool(self._filled)

    def begin_table(self) -> None:
        """Begin a further table of a sheet, which goes on with nothing."""
        self._keep()
        self._filled, self._named, self._is_resumed = {}, None, False

    def take(self, row: Row, columns: Columns, named: str | None = None) -> tuple[Mapping[Field, str], str | None]:
        """Return what is known of the chat of a row, by field, and the extraction that the row is of.

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
        if self._is_of_another(own, named):
            self._filled, self._named = own, named
        else:
            self._filled, self._named = {**self._filled, **own}, self._named or named
        self._is_resumed = False
        return self._filled, named or self._named

    def _is_of_another(self, own: Filled, named: str | None) -> bool:
        """Whether a row is of another chat than the one before: numbers may begin anew in a sheet or an extraction."""
        number = own.get(_CHAT_NUMBER)
        if number is not None and number != self._filled.get(_CHAT_NUMBER):
            return True
        may_begin_anew = self._is_resumed or (named is not None and self._named not in {None, named})
        return may_begin_anew and any(
            field in own and field in self._filled and own[field] != self._filled[field] for field in _TELLING
        )

    def _keep(self) -> None:
        if self._filled:
            self._ended[self._listing] = (self._filled, self._named)
