"""Lines that an application itself writes into a chat: nobody sent them."""

from __future__ import annotations

from typing import Final

from parsers.records.values import Party

SYSTEM_STATUS: Final = "system"
"""Status of such a line: who joined, that the chat is encrypted."""

_SYSTEM: Final = "system message"


def is_system(found: Party) -> bool:
    """Whether a party is none: what the tool writes where the application itself speaks."""
    label = found.raw or found.name
    return label is not None and len(label) == len(_SYSTEM) and label.casefold() == _SYSTEM
