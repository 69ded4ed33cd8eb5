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
_MOST_DIGITS: Final = 20
_LOWER_BITS: Final = 32
_LOWER: Final = (1 << _LOWER_BITS) - 1
_KINDS: Final = {1: "user", 2: "chat"}
"""What the upper half of an id of an older export says that the lower half is of."""


class Owner(msgspec.Struct, frozen=True):
    """The owner of the account, as the export states him. ``user``: ``user123``; None: it does not say."""

    user: str | None = None
    name: str | None = None
    number: str | None = None


class Chat(msgspec.Struct, frozen=True):
    """A chat.

    Attributes:
        place: Its place in the file, from 1. 0: none, for messages that stand outside of a chat.
        number: Its id as written. None: it has none.
        name: As written. None: a deleted account, or it does not say.
        kind: Its type as written. None: it does not say.
        has_left: Whether the owner had left it.
        is_crowded: Whether several write in it who are not the other one of a conversation of two: they cannot all be
            the owner.
    """

    place: int
    number: str | None = None
    name: str | None = None
    kind: str | None = None
    has_left: bool = False
    is_crowded: bool = False

    @property
    def locator(self) -> str:
        """Where it stands."""
        if self.number is not None:
            return f"chat {self.number}"
        return f"chat no. {self.place}" if self.place else "no chat"

    @property
    def is_pair(self) -> bool:
        """Whether it is a conversation of two, or may be one: a chat exported alone may not say its type."""
        return self.kind in _PAIRS

    def other_user(self, sender_id: str | None) -> str | None:
        """Return the other one of a conversation of two, whose id is its own. None: it is none, or has no id.

        Args:
            sender_id: Who sent one of its messages, as written: in an older export both are written alike.
        """
        if not self.is_pair or self.number is None:
            return None
        return user_of(self.number) if _is_older(sender_id) else f"user{self.number}"


def chat_of(place: int, held: dict[str, Json], *, has_left: bool) -> Chat:
    """Return the chat that these keys state."""
    return Chat(place, text_in(held, "id"), text_in(held, "name"), text_in(held, "type"), has_left)


def direction_of(chat: Chat, owner: Owner, sender_id: str | None, sender: str | None) -> tuple[Direction, str | None]:
    """Return which way a message went and what says so.

    The sender against the owner of the account; in a conversation of two against the other one, by id and else by
    name, because there the other sender is the owner.
    """
    user = user_of(sender_id)
    if chat.kind == _OWN:
        # What was forwarded there may stand under whoever wrote it.
        is_own = user is None or _is_own(user, chat, owner)
        return (Direction.OUTGOING, "chat_type") if is_own else (Direction.UNKNOWN, None)
    if owner.user is not None and user is not None:
        own = user_of(owner.user.removeprefix("user")) if _is_older(sender_id) else owner.user
        return (Direction.OUTGOING if user == own else Direction.INCOMING), "account"
    is_other, basis = is_other_one(chat, sender_id, sender)
    if is_other is None or (chat.is_crowded and not is_other):
        return Direction.UNKNOWN, None
    return (Direction.INCOMING if is_other else Direction.OUTGOING), basis


def _is_own(user: str, chat: Chat, owner: Owner) -> bool:
    """Whether a sender's id is the account's, else that of the chat with oneself, or nothing says what this is."""
    own = owner.user.removeprefix("user") if owner.user is not None else chat.number
    return own is None or user in {f"user{own}", user_of(own)}


def is_other_one(chat: Chat, sender_id: str | None, sender: str | None) -> tuple[bool | None, str | None]:
    """Return whether a sender is the other one of a conversation of two, and what says so. None: nothing does."""
    other, user = chat.other_user(sender_id), user_of(sender_id)
    if other is not None and user is not None:
        return user == other, "chat_id"
    if chat.is_pair and sender is not None and chat.name is not None:
        return sender == chat.name, "chat_name"
    return None, None


def user_of(written: str | None) -> str | None:
    """Return an id with what it is of: ``user222`` of ``222`` and of ``4294967518``. None: there is none.

    Older exports write a number alone. It is a user's, or says in its upper half what the lower half is the id of;
    of one chat the application wrote the former for senders and the latter for the chat itself.
    """
    if written is None or not _is_older(written):
        return written
    number = int(written)
    kind = _KINDS.get(number >> _LOWER_BITS)
    return f"user{number}" if kind is None else f"{kind}{number & _LOWER}"


def _is_older(written: str | None) -> bool:
    return written is not None and written.isascii() and written.isdecimal() and len(written) <= _MOST_DIGITS


def parties_of(
    chat: Chat, owner: Owner, sender_id: str | None, sender: Party | None, direction: Direction, region: str
) -> tuple[Party | None, tuple[Party, ...]]:
    """Return sender and recipients; of a group the recipients are not known."""
    other = party_of(chat.other_user(sender_id), chat.name, region, is_owner=False) if chat.is_pair else None
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
