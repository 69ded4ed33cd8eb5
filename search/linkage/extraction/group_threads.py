"""Conversations of several people in an application: what one of them posts is one message to all.

Whoever takes part has each post, at one time and word for word, as phones have the copies of a broadcast: a family's
"tea is in the oven" would be one. Nor is it a text of one person to another: who is in a group with somebody has had
nothing to do with them by that. A post that reads like an advert is looked at like any other.
"""

from __future__ import annotations

from typing import Final

from parsers.records.facts import Message

_GROUP_SUFFIX: Final = "@g.us"
"""Of the id of a group in WhatsApp."""
_SERVICES_OF_ONE_TO_ONE: Final = frozenset({None, "sms", "mms"})
"""A picture message to several is sent to each of them; their threads are of numbers that the handset puts together."""


class GroupThreads:
    """Tells the groups of one extraction by what its messages show, one after the other."""

    __slots__ = ("_groups", "_sender_of")

    def __init__(self) -> None:
        self._sender_of: dict[str, str] = {}
        self._groups: set[str] = set()

    def is_in_one(self, message: Message, sender: str) -> bool:
        """Whether a message went to several: the id says so, it names them, or others wrote in its thread before.

        Args:
            message: A message.
            sender: Key of its sender; empty for what the phone sent itself.
        """
        thread = message.thread
        if message.service in _SERVICES_OF_ONE_TO_ONE or thread is None:
            return False
        if thread in self._groups:
            return True
        is_group = (
            thread.endswith(_GROUP_SUFFIX)
            or len(message.to) > 1
            or (sender != "" and self._sender_of.setdefault(thread, sender) != sender)
        )
        if is_group:
            self._groups.add(thread)
        return is_group
