"""A chat of the export and who is who in it."""

from __future__ import annotations

from typing import Final

import msgspec

from parsers.json_decoding import Json
from parsers.json_values import text_in
from parsers.phone_numbers import read_label
from parsers.records.facts import Direction
from parsers.records.values import Party

_PAIRS: Final = frozenset({"personal_chat", "bot_chat"})
_OWN: Final = "saved_messages"


class Owner(msgspec.Struct, frozen=True):
    """The owner of the account, as the export states him. ``user``: ``user123``; None: it does not say."""

    user: str | None = None
    name: str | None = None
    number: str | None = None


class Chat(msgspec.Struct, frozen=True):
    """A chat.

    Attributes:
        place: Its place in the file, from 1.
        number: Its id as written. None: it has none.
        name: As written. None: a deleted account, or it does not say.
        kind: Its type as written. None: it does not say.
        has_left: Whether the owner had left it.
    """

    place: int
    number: str | None = None
    name: str | None = None
    kind: str | None = None
    has_left: bool = False

    @property
    def locator(self) -> str:
        """Where it stands."""
        return f"chat {self.number}" if self.number is not None else f"chat no. {self.place}"

    @property
    def is_pair(self) -> bool:
        """Whether it is a conversation of two, or may be one: a chat exported alone may not say its type."""
        return self.kind in _PAIRS

    @property
    def other_user(self) -> str | None:
        """The other one of a conversation of two: its id is his."""
        return f"user{self.number}" if self.is_pair and self.number is not None else None


def chat_of(place: int, held: dict[str, Json], *, has_left: bool) -> Chat:
    """Return the chat that these keys state."""
    return Chat(place, text_in(held, "id"), text_in(held, "name"), text_in(held, "type"), has_left)


def direction_of(chat: Chat, owner: Owner, sender_id: str | None, sender: str | None) -> tuple[Direction, str | None]:
    """Return which way a message went and what says so.

    The sender against the owner of the account; in a conversation of two against the other one, by id and else by
    name, because there the other sender is the owner.
    """
    if chat.kind == _OWN:
        return Direction.OUTGOING, "chat_type"
    user = _user(sender_id)
    if owner.user is not None and user is not None:
        return (Direction.OUTGOING if user == owner.user else Direction.INCOMING), "account"
    if chat.other_user is not None and user is not None:
        return (Direction.INCOMING if user == chat.other_user else Direction.OUTGOING), "chat_id"
    if chat.is_pair and sender is not None and chat.name is not None:
        return (Direction.INCOMING if sender == chat.name else Direction.OUTGOING), "chat_name"
    return Direction.UNKNOWN, None


def _user(sender_id: str | None) -> str | None:
    """Return a sender's id with what it is of: older exports write the number of a user alone."""
    return f"user{sender_id}" if sender_id is not None and sender_id.isdecimal() else sender_id


def parties_of(
    chat: Chat, owner: Owner, sender: Party | None, direction: Direction, region: str
) -> tuple[Party | None, tuple[Party, ...]]:
    """Return sender and recipients; of a group the recipients are not known."""
    other = party_of(chat.other_user, chat.name, region, is_owner=False) if chat.is_pair else None
    own = party_of(owner.user, owner.name, region, is_owner=True)
    if direction is Direction.INCOMING:
        return sender, (own,) if own is not None and chat.is_pair else ()
    if direction is Direction.OUTGOING:
        return sender, (other,) if other is not None else ()
    return sender, ()


def party_of(user: str | None, name: str | None, region: str, *, is_owner: bool | None) -> Party | None:
    """Return a party: by the number that its label shows, else by its id in the application. None: neither."""
    if name is not None:
        shown = read_label(name, region, is_owner=is_owner)
        if shown.raw is not None:
            return shown
    if user is None and not name:
        return None
    return Party(raw=user, name=name or None, is_owner=is_owner)
