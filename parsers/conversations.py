"""Whether a message stands in a conversation of two, told by the parties and the thread that its source gives."""

from __future__ import annotations

from typing import Final

from parsers.group_ids import is_whatsapp_group
from parsers.phone_numbers import to_e164
from parsers.records.facts import Direction, Message
from parsers.records.values import Party
from parsers.service_families import HANDSET, service_family

OF_TWO: Final = 0
"""Stands for a conversation that the parties tell: one of two, or one whose recipients are named."""

NOT_TOLD: Final = -1
"""Stands for a conversation of which nothing is known."""

_INCOMING: Final = Direction.INCOMING
_OUTGOING: Final = Direction.OUTGOING
_OF_THE_STORE: Final = frozenset({HANDSET, "imessage"})
_DIGEST_BITS: Final = 0x7FFFFFFF


def is_of_two(message: Message, sender: Party, *, is_of_handset: bool) -> bool:
    """Whether what came in from a sender stands in a conversation of two; a text of the handset does without others."""
    to = message.to
    is_alone = not to or all(party.is_owner is True for party in to) or _is_owner_alone(to)
    return is_alone and (is_of_handset or _is_pair(message, sender))


def chat_of(message: Message) -> int:
    """Return a digest of what tells the conversation of a message from others with the same parties.

    ``OF_TWO``: the parties do. ``NOT_TOLD``: nothing does, or the message says nothing, or went no known way.
    """
    sender, thread, direction = message.from_party, message.thread, message.direction
    if not message.body or (direction is not _INCOMING and direction is not _OUTGOING):
        return NOT_TOLD
    if service_family(message.service) in _OF_THE_STORE:
        return OF_TWO
    if direction is _INCOMING:
        is_told = sender is not None and is_of_two(message, sender, is_of_handset=False)
    else:
        is_told = not is_whatsapp_group(thread) and any(party.is_owner is not True for party in message.to)
    if is_told:
        return OF_TWO
    return NOT_TOLD if thread is None else hash(thread.strip()) & _DIGEST_BITS or 1


def _is_owner_alone(recipients: tuple[Party, ...]) -> bool:
    """Whether what came in went to the owner alone, though the reading does not say that it is the owner.

    A name alone may be the title of a group.
    """
    if len(recipients) != 1:
        return False
    raw, name = recipients[0].raw, recipients[0].name
    return bool(raw) and not is_whatsapp_group(raw) and not is_whatsapp_group(name)


def _is_pair(message: Message, sender: Party) -> bool:
    """Whether a message that came in through an application stands in a conversation of two."""
    thread = message.thread
    if thread is None:
        return True
    if is_whatsapp_group(thread):
        return False
    if any(party.is_owner for party in message.to):
        return True
    bare = sender.raw.strip() if sender.raw is not None else None
    return thread in {bare, sender.raw, sender.name} or (sender.e164 is not None and to_e164(thread) == sender.e164)
