"""Texts that were written and that nobody had been sent when the handset was read."""

from __future__ import annotations

from typing import Final

from parsers.records.facts import Direction, Message

SCHEDULED: Final = "scheduled"
"""Status of a message that is to be sent later."""
_FAILED: Final = frozenset({"failed", "failure", "send failed", "sending failed", "not sent", "notsent"})


def is_unsent(message: Message) -> bool:
    """Whether a message is a draft, was to be sent later, or failed to go: it went to nobody."""
    return message.direction is Direction.DRAFT or message.status == SCHEDULED or is_failed(message)


def is_failed(message: Message) -> bool:
    """Whether a message failed to send, by its status, else by its folder.

    Of one to several recipients a source has one status: it may have reached the others. What waits (``queued``,
    ``outbox``, ``unsent``) has not failed.
    """
    if message.direction is not Direction.OUTGOING or len(message.to) > 1:
        return False
    return says_failed(message.status, message.folder)


def says_failed(status: str | None, folder: str | None) -> bool:
    """Whether the status of a text that went out, else its folder, says that it failed to send."""
    return (status or folder or "").strip().casefold() in _FAILED
