"""Texts that were written and that nobody had been sent when the handset was read."""

from __future__ import annotations

from typing import Final

from parsers.records.facts import Direction, Message

SCHEDULED: Final = "scheduled"
"""Status of a message that is to be sent later."""


def is_unsent(message: Message) -> bool:
    """Whether a message is a draft, or one that was to be sent later: it went to nobody."""
    return message.direction is Direction.DRAFT or message.status == SCHEDULED
