"""The other side of a message that names its chat alone, as exports do that name who sent what came in and nobody else.

A chat that is called by a number is of the person with that number. One that is called by a name may be one person's
or a group's: it is that person's where the rows show it, of which one other sender alone writes in the chat, under its
name. Anything else stays the name of the thread, and the message is named as one without another side.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from parsers.records.facts import Direction, Message
from parsers.records.values import Party
from parsers.sheets.rows import Row
from parsers.table_fields import Field, TableKind
from parsers.tables.columns import Columns
from parsers.tables.row_state import RowState
from parsers.tables.row_view import RowView

_HAS_SIDES: Final = frozenset({TableKind.MESSAGE, TableKind.MIXED})
_CHAT, _THREAD = Field.CHAT, Field.THREAD
_NAMING: Final = (_CHAT, _THREAD)
_SENDERS: Final = (Field.FROM, Field.FROM_NAME)
_SIDES: Final = (Field.TO, Field.TO_NAME, Field.NUMBER, Field.NAME, Field.PARTIES, Field.PARTICIPANTS)
_WENT_OUT: Final = frozenset({Direction.OUTGOING, Direction.DRAFT})
_MOST_CHATS: Final = 20_000
_MOST_SENDERS: Final = 3
"""In a chat of two people there are two; a third tells that it is of more."""

_LONGEST_NAME: Final = 200

Senders = dict[str, dict[tuple[str, ...], Row]]
"""Name of a chat to what its senders are called to the cells of one row that call them so."""


class ChatSearch:
    """Looks through the rows of a table for who writes in each chat.

    Attributes:
        senders: Who does.
    """

    def __init__(self, columns: Columns) -> None:
        self.senders: Senders = {}
        self._chats = [place for field in _NAMING for place in columns.places(field)]
        self._places = sorted({place for field in _SENDERS for place in columns.places(field)})

    def add(self, row: Row) -> None:
        """Take a row below the headings."""
        cells = row.cells
        called = tuple([cells[place].strip() if place < len(cells) else "" for place in self._places])
        if not any(called):
            return
        for place in self._chats:
            chat = cells[place].strip() if place < len(cells) else ""
            if not chat or len(chat) > _LONGEST_NAME:
                continue
            held = self.senders.get(chat)
            if held is None:
                if len(self.senders) >= _MOST_CHATS:
                    continue
                held = self.senders[chat] = {}
            if called not in held and len(held) < _MOST_SENDERS:
                own = [cell if at in self._places else "" for at, cell in enumerate(cells)]
                held[called] = msgspec.structs.replace(row, cells=own)


def chat_search(columns: Columns) -> ChatSearch | None:
    """Return a search. None: the rows name no chat, or no sender, or somebody else than the sender."""
    is_asked = columns.kind in _HAS_SIDES and columns.has(*_NAMING) and columns.has(*_SENDERS)
    return ChatSearch(columns) if is_asked and not columns.has(*_SIDES) else None


def with_chat(
    state: RowState, view: RowView, direction: Direction, sender: Party | None, recipients: list[Party]
) -> tuple[Party | None, list[Party]]:
    """Return the sides of a message; one that the row does not name is the person that its chat is called by."""
    if not _lacks_side(direction, sender, recipients):
        return sender, recipients
    for field in _NAMING:
        chat = view.look(field)
        if chat is None or len(chat) > _LONGEST_NAME:
            continue
        people = _called_by_number(state, chat) or _only_other(state, view, chat.strip(), sender)
        if people and direction in _WENT_OUT:
            return sender, people
        if len(people) == 1:
            return people[0], recipients
    return sender, recipients


def note_side(state: RowState, view: RowView, locator: str, message: Message) -> None:
    """Count a message of which nothing but a chat's name may say who is on the other side."""
    is_named = any(view.look(field) is not None for field in _NAMING)
    if (
        _lacks_side(message.direction, message.from_party, message.to)
        and (is_named or not view.has_any(*_SIDES))
        and view.has_any(*_SENDERS, _CHAT)
    ):
        state.ledger.note("side_untold", locator)


def _lacks_side(direction: Direction, sender: Party | None, recipients: Sequence[Party]) -> bool:
    return not recipients if direction in _WENT_OUT else direction is Direction.INCOMING and sender is None


def _called_by_number(state: RowState, chat: str) -> list[Party]:
    """Return the people of a chat that is called by their numbers. Empty: it is called otherwise."""
    parties = [party for _, party in state.people.parties(chat)]
    if all(party.e164 is not None for party in parties):
        return [party for party in parties if not party.is_owner]
    return []


def _only_other(state: RowState, view: RowView, chat: str, sender: Party | None) -> list[Party]:
    """Return who alone writes in a chat besides the sender of a row, and is called as the chat is. Empty: nobody."""
    told = [(called, state.senders(view.of_row(row))) for called, row in state.chats.get(chat, {}).items()]
    others = [(called, found) for called, found in told if sender is None or sender not in found]
    if len(others) != 1 or len(told) >= _MOST_SENDERS:
        return []
    ((called, found),) = others
    is_person = chat in called and len(found) == 1 and not found[0].is_owner
    return found if is_person else []
