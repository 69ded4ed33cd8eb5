"""A conversation: who takes part in it, and whose export it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from parsers.formats.meta_json.texts import repaired, repaired_in
from parsers.json_decoding import Json
from parsers.phone_numbers import read_label
from parsers.records.facts import Direction
from parsers.records.values import Party


class Thread(msgspec.Struct, frozen=True):
    """What a file says of its conversation.

    Attributes:
        path: Its own id: ``inbox/zaro_123``. None: it does not say.
        title: Its name; of a conversation of two the other one's name.
        people: Names of those who take part, in its order.
        name: The title of an end-to-end encrypted conversation, which may have a number behind it (``Zaro_12``).
    """

    path: str | None = None
    title: str | None = None
    people: tuple[str, ...] = ()
    name: str | None = None

    @property
    def is_pair(self) -> bool:
        """Whether it is a conversation of two."""
        return len(self.people) == 2

    @property
    def owner(self) -> str | None:
        """The owner in a conversation of two: whom the title does not name. None: it does not say."""
        if not self.is_pair or self.people[0] == self.people[1]:
            return None
        if self.title in self.people:
            return self.people[1] if self.people[0] == self.title else self.people[0]
        numbered = [name for name in self.people if self.name is not None and _is_numbered(self.name, name)]
        return next(name for name in self.people if name not in numbered) if len(numbered) == 1 else None


def thread_of(held: dict[str, Json]) -> Thread:
    """Return the conversation that these keys state."""
    people = held.get("participants")
    names: list[str] = []
    for one in people if isinstance(people, list) else ():
        name = repaired(one) if isinstance(one, str) else repaired_in(one, "name")
        if name:
            names.append(name)
    return Thread(
        repaired_in(held, "thread_path"),
        repaired_in(held, "title", "threadName"),
        tuple(names),
        repaired_in(held, "threadName"),
    )


def _is_numbered(title: str, name: str) -> bool:
    """Whether a title is a name with a number behind it, as files of encrypted conversations are told apart."""
    number = title.removeprefix(f"{name}_")
    return title != number and number.isdecimal()


def owner_of(threads: Iterable[Thread]) -> str | None:
    """Return the owner of an export: whom all its conversations of two agree on. None: they do not."""
    owners = Counter(thread.owner for thread in threads if thread.owner is not None)
    return next(iter(owners)) if len(owners) == 1 else None


def direction_of(thread: Thread, owner: str | None, sender: str | None) -> tuple[Direction, str | None]:
    """Return which way a message went and what says so."""
    if not sender:
        return Direction.UNKNOWN, None
    if thread.owner is not None:
        return (Direction.OUTGOING if sender == thread.owner else Direction.INCOMING), "chat_name"
    if sender == owner and thread.people.count(sender) > 1:
        # Two of one name take part, and nothing but the name is stated.
        return Direction.UNKNOWN, None
    if owner is not None and (owner in thread.people or not thread.people):
        return (Direction.OUTGOING if sender == owner else Direction.INCOMING), "account"
    return Direction.UNKNOWN, None


def party_of(name: str | None, region: str, *, is_owner: bool | None) -> Party | None:
    """Return a party by its name; the export holds no other identifier. None: it has none."""
    return read_label(name, region, is_owner=is_owner) if name else None
