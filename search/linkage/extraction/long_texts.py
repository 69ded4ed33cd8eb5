"""Long texts that a tool lists part by part, each a row that says nothing of its being one.

A handset sends a text of more than 160 letters as parts of 153 (of 70 and 67, where it needs UCS-2). Most tools put
them together; of those that do not, the second row of an advert would be a broadcast of its own, to the same people and
in the same seconds. Such a row is no text of its own: the one before it, to or from the same person and seconds
earlier, is filled to the last letter of a part.

Known where the rows of one person are read in order of time; of two rows at one second, the first part is listed first.
"""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime
from typing import Final

from parsers.records.facts import Direction, Message
from parsers.sms_pdu.alphabets import DEFAULT
from parsers.sms_pdu.national_shifts import EXTENSION

_SERVICES: Final = frozenset({None, "sms"})
_LONGEST_PAUSE: Final = 5.0
"""Seconds between two parts as handsets list them. Chosen by reasoning: the network takes some two for a part."""
_PART_SEPTETS: Final = frozenset({151, 152, 153})
"""A part holds 153, 152 where its reference takes two octets, or one less before a letter that takes two septets or a
blank that the tool cut off (3GPP TS 23.040, 9.2.3.24.1)."""
_PART_UNITS: Final = frozenset({66, 67})
_MOST_SEPTETS: Final = max(_PART_SEPTETS)
_ONE: Final = frozenset(DEFAULT)
_TWO: Final = frozenset(EXTENSION.values())


class LongTexts:
    """Tells the further parts of long texts of one extraction, one row after the other."""

    __slots__ = ("_filled",)

    def __init__(self) -> None:
        self._filled: dict[Hashable, str] = {}

    def is_further_part(self, message: Message) -> bool:
        """Whether a message is the further part of the text in the row before it, with the same person; notes it."""
        utc = message.time.utc
        if message.service not in _SERVICES or utc is None or not message.body:
            return False
        is_filled = _fills_part(message.body)
        if not is_filled and not self._filled:
            return False
        other = _other_side(message)
        before = self._filled.pop(other, None)
        if is_filled:
            self._filled[other] = utc
        return before is not None and 0 <= _seconds(before, utc) <= _LONGEST_PAUSE


def _other_side(message: Message) -> Hashable:
    parties = (message.from_party,) if message.direction is Direction.INCOMING else message.to
    return message.direction, tuple((party.e164, party.raw, party.name) for party in parties if party is not None)


def _seconds(earlier: str, later: str) -> float:
    return (datetime.fromisoformat(later) - datetime.fromisoformat(earlier)).total_seconds()


def _fills_part(body: str) -> bool:
    """Whether a text takes just the room of one part of a long one."""
    if len(body) > _MOST_SEPTETS:
        return False
    letters = set(body)
    if letters <= _ONE:
        return len(body) in _PART_SEPTETS
    if letters <= _ONE | _TWO:
        return sum(2 if letter in _TWO else 1 for letter in body) in _PART_SEPTETS
    return len(body.encode("utf-16-le", "surrogatepass")) // 2 in _PART_UNITS
