"""Lines that an application itself writes into a chat: nobody sent them."""

from __future__ import annotations

from typing import Final

from parsers.deleted_lines import is_deleted
from parsers.records.facts import Message
from parsers.records.values import Party

SYSTEM_STATUS: Final = "system"
"""Status of such a line: who joined, that the chat is encrypted."""

_SYSTEM: Final = "system message"
_SERVICE_THAT_SAYS_SO: Final = "whatsapp"
_LONGEST_OF_DELETED: Final = 160
"""Letters of what stands in place of a message; the name of who deleted it may be in it."""


def is_system(found: Party) -> bool:
    """Whether a party is none: what the tool writes where the application itself speaks."""
    label = found.raw or found.name
    return label is not None and len(label) == len(_SYSTEM) and label.casefold() == _SYSTEM


def nobody_sent(message: Message) -> bool:
    """Whether a message is the application's own words: a line of its own, or what stands where a text was deleted."""
    if message.status == SYSTEM_STATUS:
        return True
    body = message.body
    is_short = body is not None and len(body) <= _LONGEST_OF_DELETED
    return is_short and message.service == _SERVICE_THAT_SAYS_SO and is_deleted(body or "")
