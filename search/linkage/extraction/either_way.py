"""Texts of which a list says with whom they were exchanged, and not who of the two sent them: tables without a way.

The number is in touch with the phone all the same. Who sent such an advert is told beside other phones: the number did,
where one of these got adverts from it (``attribution.saved_senders``).
"""

from __future__ import annotations

from collections.abc import Container

from parsers.records.facts import Direction, Message
from search.linkage.keys import NAME_PREFIX, WITH_PREFIX, is_number, party_key_in


def other_number(message: Message, own: Container[str]) -> str | None:
    """Return the number with which such a text was exchanged. None: its way is said, or none or several stand there.

    Args:
        message: A message.
        own: Numbers of the phone itself.
    """
    if message.direction is not Direction.UNKNOWN or message.from_party is not None or len(message.to) != 1:
        return None
    key = party_key_in(message.service, message.to[0])
    return key if key is not None and is_number(key) and key not in own else None


def either_key(extraction_id: str, number: str) -> str:
    """Return the key of the sender of a text that was exchanged with a number, of two of which it is one."""
    return f"{NAME_PREFIX}{extraction_id}:{WITH_PREFIX}{number}"
