"""Puts the parts of long messages together: by who sent them, their reference, their number and their time.

References are small and come round again, and some senders give every text the same, so parts belong together only
within minutes of each other, and to the nearest parts that they may belong to: parts that are further apart than parts
of one text usually are wait until all were met. A part that is stored a second time (a list that was taken twice) makes
no second message.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Final, TypeAlias

import msgspec

from parsers.records.values import DeletedState, Moment
from parsers.sms_pdu.stored_sms import SmsKind, StoredSms
from parsers.sms_pdu.user_data import Concat

MESSAGE_TYPE: Final = "message_type"

_WINDOW_SECONDS: Final = 10 * 60
_USUAL_SECONDS: Final = 60
_MOST_OPEN: Final = 4_096
_MOST_COMPARED: Final = 40
_REMEMBERED: Final = 4_096

_Key: TypeAlias = tuple[str, SmsKind, str, Concat, DeletedState]


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """What the container says of a stored SMS.

    Attributes:
        locator: Where it stands.
        listing: Which list it stands in: ``sim``, ``phone``, ``top``.
        status: In the container's words. None: it says nothing.
        name: The name that the container shows for the other side.
        direction_basis: What says whether it was delivered to the handset or submitted by it: its own octets, unless
            the container has decoded them.
        body_notices: What is to be said of the text beside what its units say.
        extra: Further fields of the container.
    """

    locator: str
    listing: str = "top"
    status: str | None = None
    folder: str | None = None
    deleted: DeletedState = DeletedState.UNKNOWN
    name: str | None = None
    direction_basis: str = MESSAGE_TYPE
    body_notices: tuple[str, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()


class Part(msgspec.Struct, frozen=True):
    """One stored SMS with its place; ``second`` is its time since 1970, None where it has none."""

    slot: Slot
    sms: StoredSms
    moment: Moment
    second: int | None


class LongMessage(msgspec.Struct, frozen=True):
    """The parts of one message, by their place in it, from 1."""

    total: int
    parts: dict[int, Part]

    @property
    def is_whole(self) -> bool:
        """Whether no part is missing."""
        return len(self.parts) == self.total


class PartJoiner:
    """Takes parts in source order, and gives messages as soon as they are whole.

    Attributes:
        repeated: Locators of parts that were stored a second time, since it was last emptied by the caller.
    """

    def __init__(self) -> None:
        self.repeated: list[str] = []
        self._open: OrderedDict[int, tuple[_Key, LongMessage]] = OrderedDict()
        self._by_key: dict[_Key, list[int]] = {}
        self._whole: OrderedDict[_Key, list[LongMessage]] = OrderedDict()
        self._count = 0

    def add(self, part: Part, concat: Concat) -> Iterator[LongMessage]:
        """Take a part; yield its message if that is whole now, or the oldest one if too many are not."""
        key = _key_of(part, concat)
        number = self._number_for(key, part, concat)
        _, message = self._open[number]
        message.parts[concat.sequence] = part
        if message.is_whole:
            self._close(number)
            self._remember(key, message)
            yield message
        elif len(self._open) > _MOST_OPEN:
            yield from self._given_up(next(iter(self._open)))

    def rest(self) -> Iterator[LongMessage]:
        """Yield the messages that were not whole at once, in the order of their first parts; some lack parts."""
        for key in list(self._by_key):
            self._join_distant(key)
        while self._open:
            yield from self._given_up(next(iter(self._open)))

    def _number_for(self, key: _Key, part: Part, concat: Concat) -> int:
        """Return the number of the open message that a part belongs to; opens one where there is none.

        Of several it is the nearest in time, then the one that was opened last: parts are stored beside each other.
        """
        fitting = [
            (distance, -number)
            for number in self._by_key.get(key, ())
            if concat.sequence not in (message := self._open[number][1]).parts
            and (distance := _distance(message.parts.values(), [part])) <= _USUAL_SECONDS
        ]
        if fitting:
            return -min(fitting)[1]
        number = self._count
        self._count += 1
        self._open[number] = (key, LongMessage(concat.total, {}))
        self._by_key.setdefault(key, []).append(number)
        return number

    def _join_distant(self, key: _Key) -> None:
        """Put together what is open under a key and within minutes of each other, the nearest first."""
        messages = {number: self._open[number][1] for number in self._by_key[key]}
        ordered = sorted(messages, key=lambda number: _first_second(messages[number]))
        pairs = [
            (_distance(messages[one].parts.values(), messages[other].parts.values()), one, other)
            for place, one in enumerate(ordered)
            for other in ordered[place + 1 : place + 1 + _MOST_COMPARED]
        ]
        joined: dict[int, int] = {}
        for distance, *numbers in sorted(pairs):
            if distance > _WINDOW_SECONDS:
                return
            one, other = sorted(joined.get(number, number) for number in numbers)
            parts, others = messages[one].parts, messages[other].parts
            if parts.keys().isdisjoint(others) and _distance(parts.values(), others.values()) <= _WINDOW_SECONDS:
                parts.update(others)
                self._close(other)
                joined |= {number: one for number in messages if joined.get(number, number) == other}

    def _close(self, number: int) -> None:
        key, _ = self._open.pop(number)
        numbers = self._by_key[key]
        numbers.remove(number)
        if not numbers:
            del self._by_key[key]

    def _given_up(self, number: int) -> Iterator[LongMessage]:
        key, message = self._open[number]
        self._close(number)
        if not message.is_whole and any(_is_copy(message, whole) for whole in self._whole.get(key, ())):
            self.repeated.extend(part.slot.locator for part in message.parts.values())
        else:
            self._remember(key, message)
            yield message

    def _remember(self, key: _Key, message: LongMessage) -> None:
        self._whole.setdefault(key, []).append(message)
        self._whole.move_to_end(key)
        if len(self._whole) > _REMEMBERED:
            self._whole.popitem(last=False)


def _key_of(part: Part, concat: Concat) -> _Key:
    slot, sms = part.slot, part.sms
    return (
        slot.listing,
        sms.kind,
        sms.address.raw,
        Concat(concat.reference, concat.total, 0, is_wide=concat.is_wide),
        slot.deleted,
    )


def _first_second(message: LongMessage) -> int:
    return min((part.second for part in message.parts.values() if part.second is not None), default=-1)


def _distance(parts: Iterable[Part], others: Iterable[Part]) -> int:
    """Return how many seconds lie between the parts that are furthest apart; 0 where times are not known."""
    return max(
        (
            abs(part.second - other.second)
            for part, other in product(parts, list(others))
            if part.second is not None and other.second is not None
        ),
        default=0,
    )


def _is_copy(message: LongMessage, whole: LongMessage) -> bool:
    """Whether every part of a message stands, octet for octet, in another one."""
    return all(
        (other := whole.parts.get(sequence)) is not None
        and (part.sms.fragment, part.sms.time_stamp) == (other.sms.fragment, other.sms.time_stamp)
        for sequence, part in message.parts.items()
    )
