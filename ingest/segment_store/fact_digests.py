"""A digest of what a record states, equal for the same fact in two extractions of one device.

Superseding compares extractions by these. What identifies the handset or its owner (device, SIM, account) has none:
each extraction must keep it, or it could no longer say whose messages it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Final

from parsers.group_ids import is_apple_group, is_whatsapp_group
from parsers.minute_times import TO_THE_SECOND, is_by_the_minute
from parsers.phone_numbers import number_key
from parsers.records.facts import Call, CallType, Contact, Direction, Message, Record
from parsers.records.values import NumberRef, Party
from parsers.service_families import HANDSET
from parsers.service_families import service_family as family_of
from parsers.stored_text import as_told_alike

NO_FACT: Final = 0
"""Digest of a record that no other extraction can cover."""

_DRAFT: Final = Direction.DRAFT
_INCOMING: Final = Direction.INCOMING
_OUTGOING: Final = Direction.OUTGOING
_CALLED: Final = CallType.OUTGOING
_CAME_IN: Final = frozenset({CallType.INCOMING, CallType.MISSED, CallType.REJECTED})
_REJECTED, _MISSED = CallType.REJECTED, CallType.MISSED
_OF_THE_STORE: Final = frozenset({HANDSET, "imessage"})
"""A handset of Apple's keeps both in one store, and a tool may not tell them apart; one source that does has two."""
_ABSENT: Final = ""
_AT: Final = 4
_EMPTY: Final = blake2b(digest_size=8, person=b"fact")
"""Copied for each record: setting a digest up costs more than what is put into it."""


def fact_digest(record: Record) -> int:
    """Return the digest, an unsigned number of 64 bits; ``NO_FACT`` where there is none.

    Instants and durations count to the second, parties by number and by name only where they have none, the owner's
    side not at all, also where the way alone says whose it is (one tool names the owner by number and says no more,
    another leaves the owner out), of what came in the sender alone, of what went to a group of WhatsApp the group alone
    (one tool lists who is in it), of a draft nobody, no text and an empty one alike,
    line ends, blanks around a text and composed letters alike, a missed call and a rejected one too (older reports have
    one word for both): two tools differ in those for one and the same fact.
    What an application's message states by the minute counts by its chat as well.
    """
    stated = _stated(record)
    if stated is None:
        return NO_FACT
    digest = _EMPTY.copy()
    digest.update("|".join(stated).encode("utf-8", "surrogatepass"))
    return int.from_bytes(digest.digest(), "little") or 1


def states_sending(record: Record) -> bool:
    """Whether a message came in at one second and was sent at another, both known."""
    if type(record) is not Message or record.direction is not _INCOMING or record.times.sent is None:
        return False
    sent, came = record.times.sent.utc, record.time.utc
    return sent is not None and came is not None and sent[:TO_THE_SECOND] != came[:TO_THE_SECOND]


def is_untold(record: Record) -> bool:
    """Whether the direction alone is missing of a message or call: its time, its text and a side are known."""
    if type(record) is Call:
        is_open = record.call_type is CallType.UNKNOWN and (record.from_party is not None or bool(record.to))
        return is_open and record.time.utc is not None and not is_by_the_minute(record.time)
    return (
        type(record) is Message
        and record.direction is Direction.UNKNOWN
        and record.time.utc is not None
        and bool(record.body)
        and (record.from_party is not None or bool(record.to))
        and not is_by_the_minute(record.time)
    )


def lacks_side(message: Message) -> bool:
    """Whether tools tell the other side of a message unlike.

    It went out to a group, or came in from nobody who is named, or its one other side is the account of an application.
    """
    if message.direction is _INCOMING:
        return message.from_party is None or account_id(message) is not None
    is_to_group = len(message.to) > 1 or group_id(message) is not None
    return message.direction is _OUTGOING and (is_to_group or account_id(message) is not None)


def account_id(message: Message) -> str | None:
    """Return the id of an account, in one form, that the one other side is shown by; None: a number, a name, a group.

    Of Telegram alone, where one tool has the account's id, and another the number that it was registered with.
    """
    other = message.from_party
    if message.direction is _OUTGOING:
        other = message.to[0] if len(message.to) == 1 else None
    if other is None or not other.raw or other.e164 or other.is_owner is True or message.service is None:
        return None
    user = other.raw.strip().removeprefix("user")
    is_id = user.isdecimal() and user[0] != "0" and service_family(message.service) == "telegram"
    return user if is_id else None


def shows_name_alone(message: Message) -> bool:
    """Whether the one other side of a message with a text is a name without a number."""
    other = message.from_party
    if message.direction is _OUTGOING:
        other = message.to[0] if len(message.to) == 1 else None
    elif message.direction is not _INCOMING:
        return False
    is_name = other is not None and bool(other.name) and not other.raw and not other.e164
    return is_name and other is not None and other.is_owner is not True and bool(message.body)


def group_id(message: Message) -> str | None:
    """Return the id of the group that a message went out to, or stands in. None: it names none whose form is known."""
    to = message.to[0] if len(message.to) == 1 else None
    texts: tuple[str | None, ...] = (message.thread, *((to.raw, to.name) if to is not None else ()))
    ids = (text for text in texts if is_whatsapp_group(text) or is_apple_group(text))
    return next((text.strip() for text in ids if text is not None), None)


def fact_digests_at(record: Message | Call, seconds: Iterable[str]) -> Iterator[int]:
    """Yield the digests that a record has at other times, each as ``2020-05-18T21:06:19`` (UTC), as they are asked."""
    stated = _stated(record) or ()
    before, behind = ("|".join(part).encode("utf-8", "surrogatepass") for part in (stated[:_AT], stated[_AT + 1 :]))
    for second in seconds:
        digest = _EMPTY.copy()
        digest.update(b"%b|%b|%b" % (before, second.encode("ascii"), behind))
        yield int.from_bytes(digest.digest(), "little") or 1


def _stated(record: Record) -> tuple[str, ...] | None:
    """Return what counts of a record, the time of a message or call at ``_AT``. None: it states no fact."""
    stated: tuple[str, ...]
    if type(record) is Message:
        utc, service, body = record.time.utc, service_family(record.service), record.body or _ABSENT
        at = _ABSENT if utc is None else utc[:TO_THE_SECOND]
        # Joined, not formatted: a format string asks an enumeration for its text, which takes longer than the digest.
        stated = ("m", record.direction, service, _sides(record), at, as_told_alike(body))
        if service != HANDSET and record.thread is not None and is_by_the_minute(record.time):
            # One sender's "ok" in a chat of two and in a group: two facts, which a minute alone does not tell apart.
            stated += (record.thread,)
        return stated
    if type(record) is Call:
        return (
            "c",
            _MISSED if record.call_type is _REJECTED else record.call_type,
            service_family(record.service),
            _sides_of_call(record),
            (record.time.utc or _ABSENT)[:TO_THE_SECOND],
            str(int(record.duration_seconds or 0)),
        )
    if type(record) is Contact:
        numbers = sorted(_key(number) for number in record.numbers)
        return ("p", str(record.name), str(numbers), str(sorted(record.handles)), str(sorted(record.emails)))
    return None


def service_family(service: str | None) -> str:
    """Return the application, or one word for the handset's own: tools call its store by many names, or by none."""
    family = family_of(service)
    return HANDSET if family in _OF_THE_STORE else family


def _sides(message: Message) -> str:
    """Return the other side of a message: one tool lists the others of a group beside who wrote, another does not.

    For whom a dated draft is, one tool looks up in its conversation, and another leaves out.
    """
    direction, sender = message.direction, message.from_party
    # The members themselves: an enumeration of texts compares itself by its text.
    if direction is _DRAFT and message.time.utc is not None:
        return ""
    if direction is _INCOMING and sender is not None and sender.is_owner is not True:
        return _key(sender) or sender.name or ""
    if direction is _OUTGOING and (thread := message.thread) is not None and is_whatsapp_group(thread):
        return thread.strip()
    return _parties(message, has_gone_out=direction is _OUTGOING)


def _sides_of_call(call: Call) -> str:
    """Return the other side of a call; who else was called, one tool lists and another does not."""
    caller = call.from_party
    if caller is not None and caller.is_owner is not True and call.call_type in _CAME_IN:
        return _key(caller) or caller.name or ""
    return _parties(call, has_gone_out=call.call_type is _CALLED)


def _parties(record: Message | Call, *, has_gone_out: bool) -> str:
    if record.from_party is None and len(record.to) == 1 and (to := record.to[0]).is_owner is not True:
        return _key(to) or to.name or ""
    keys = [_key(party) or party.name or "" for party in record.to if party.is_owner is not True]
    sender = record.from_party
    # Who sent what went out is the owner, whoever it went to is the other side; where nobody else is named, the sender
    # is all that is known.
    if sender is not None and sender.is_owner is not True and not (has_gone_out and any(keys)):
        keys.append(_key(sender) or sender.name or "")
    if len(keys) == 1:
        return keys[0]
    keys.sort()
    return "\x1f".join(keys)


def _key(number: NumberRef | Party) -> str:
    """Return the key of a number or party; empty: it has none. One source keeps blanks around it, another does not."""
    return number_key(number.raw, number.e164) or ""
