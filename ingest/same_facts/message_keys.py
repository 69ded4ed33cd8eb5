"""What a message is found by where another reading tells it roughly: application, way, content, time, other side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

import msgspec

from ingest.segment_store.fact_digests import service_family
from ingest.segment_store.repeated_hours import later_of
from parsers.conversations import is_of_two
from parsers.group_ids import is_whatsapp_group
from parsers.records.facts import Direction, Message
from parsers.records.values import DeletedState, Party
from parsers.stored_text import as_told_alike

_HANDSET: Final = service_family(None)

NumberOf = Callable[[str], str | None]
"""The number of a name, or ``OWNER``. None: it has none, or several."""

OWNER: Final = "owner"
"""Stands for a number where a name is that of the handset's owner."""

_UNTITLED: Final = ("group", "untitled")


def contents_of(message: Message, *, in_words: bool) -> Iterator[str | tuple[str, ...]]:
    """Yield what a message says, the surest first.

    Args:
        message: The message.
        in_words: Whether words stand in place of its files, and of a text that was deleted.
    """
    is_deleted = message.deleted is DeletedState.DELETED
    if message.body and not (in_words and (is_deleted or message.attachments)):
        yield as_told_alike(message.body)
    if message.attachments:
        yield from (("file", each.name) for each in message.attachments if each.name)
        if in_words and not is_deleted:
            yield from _captions(message)
        yield ("file",)
    elif is_deleted and (in_words or not message.body):
        yield ("deleted",)


def _captions(message: Message) -> Iterator[str]:
    """Yield what may stand beside the words for a file: they are the first line, or the last."""
    lines = (message.body or "").strip().split("\n")
    if len(lines) > 1:
        names = [each.name for each in message.attachments if each.name]
        told = [rest for line, rest in ((lines[0], lines[1:]), (lines[-1], lines[:-1])) if _is_in(names, line)]
        yield from (as_told_alike("\n".join(rest)) for rest in told)


def _is_in(names: Sequence[str], line: str) -> bool:
    """Whether a line tells of a file: by its name, which some exports do not show."""
    return not names or any(name in line for name in names)


def keys_of_both_hours(
    message: Message, until: int, contents: Sequence[str | tuple[str, ...]], number_of: NumberOf, zone: str | None
) -> Iterator[int]:
    """Yield the keys of a message, and then those that it has an hour later, where its clock shows it once more."""
    message = _with_way(message, number_of)
    yield from keys_of(message, until, contents, number_of, is_rough=True)
    later = later_of(message.time, zone) if zone is not None else None
    if later is not None:
        message = msgspec.structs.replace(message, time=later)
        yield from keys_of(message, until, contents, number_of, is_rough=True)


def _with_way(message: Message, number_of: NumberOf) -> Message:
    """Return a message; one of a chat that does not say whose it is went out where its sender is known as the owner.

    Else it is looked for as come in from its sender. Nothing that another sent, or that went out, is found by that.
    """
    sender = message.from_party
    if message.direction is not Direction.UNKNOWN or sender is None or message.to:
        return message
    is_owner = sender.e164 is None and number_of(sender.name or "") == OWNER
    return msgspec.structs.replace(message, direction=Direction.OUTGOING if is_owner else Direction.INCOMING)


def keys_of(
    message: Message,
    until: int,
    contents: Iterable[str | tuple[str, ...]],
    number_of: NumberOf,
    *,
    is_rough: bool,
) -> Iterator[int]:
    """Yield what stands for a message, its time cut, once for each way in which its other side is known.

    Args:
        message: The message.
        until: Where its time is cut.
        contents: What it says.
        number_of: The number of a name.
        is_rough: Whether it is looked for, not found. What went to a group of WhatsApp is found without its title
            where the one that is found knows none: by the owner, as what came in is found by who sent it.
    """
    utc = message.time.utc
    if utc is None or message.direction not in {Direction.INCOMING, Direction.OUTGOING}:
        return
    family = service_family(message.service)
    sides = list(dict.fromkeys(_sides(message, family, number_of, is_rough=is_rough)))
    for content in contents:
        for side in sides:
            yield hash((family, str(message.direction), utc[:until], content, *side))


def _sides(message: Message, family: str, number_of: NumberOf, *, is_rough: bool) -> Iterator[tuple[str, str]]:
    others = [party for party in message.to if party.is_owner is not True]
    sender = message.from_party
    if message.direction is Direction.INCOMING:
        if sender is None or sender.is_owner:
            return
        kind = "pair" if is_of_two(message, sender, is_of_handset=family == _HANDSET) else "group"
        yield from ((kind, known) for known in _known_as(sender, number_of))
    elif len(others) == 1 and not any(map(is_whatsapp_group, _written(others[0]))):
        yield from (("pair", known) for known in _known_as(others[0], number_of))
    elif family != _HANDSET:
        # To a group: by its name, which is that of the chat in an export.
        title = others[0].name if len(others) == 1 else None if others else message.thread
        if title and not is_whatsapp_group(title):
            yield "group", f"name {title}"
        if message.thread:
            # One reading names the group, another all who are in it.
            yield "thread", message.thread
        knows_title = title is not None and not is_whatsapp_group(title)
        if (is_rough and not others and knows_title) or (not is_rough and not knows_title and _is_to_group(message)):
            yield _UNTITLED


def _is_to_group(message: Message) -> bool:
    return is_whatsapp_group(message.thread) or any(map(is_whatsapp_group, (party.raw for party in message.to)))


def _written(party: Party) -> tuple[str | None, str | None]:
    return party.raw, party.name


def _known_as(party: Party, number_of: NumberOf) -> Iterator[str]:
    number = party.e164 or number_of(party.name or "")
    if number is not None and number != OWNER:
        yield number
    elif party.raw:
        # Letters in place of a number (`giffgaff`): one reading has them as a number, another as a name.
        yield f"name {party.raw.strip()}"
    if party.name:
        yield f"name {party.name}"
