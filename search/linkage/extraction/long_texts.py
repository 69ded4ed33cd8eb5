"""Long texts that a tool lists part by part, each a row that says nothing of its being one.

A handset sends a text of more than 160 letters as parts of 153 (of 70 and 67, where it needs UCS-2). Most tools put
them together; of those that do not, the second row of an advert would be a broadcast of its own, to the same people and
in the same seconds. Such a row is no text of its own: the one before it, to or from the same person and seconds
earlier, is filled to the last letter of a part. What its sender numbered as a further part (``numbered_parts``) is no
broadcast of its own; its words count, for it is a text of two wordings.

The rows of one person come in order of time; of two rows at one second, the first part comes first.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Final

from parsers.records.facts import Direction, Message
from parsers.sms_pdu.alphabets import DEFAULT
from parsers.sms_pdu.national_shifts import EXTENSION
from search.linkage.extraction.answers import seconds_after
from search.linkage.extraction.numbered_parts import Numbered, NumberedParts, part_of

_SERVICES: Final = frozenset({None, "sms"})
_WAYS: Final = frozenset({Direction.INCOMING, Direction.OUTGOING})
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

    __slots__ = ("_body", "_filled", "_number", "_numbered")

    def __init__(self) -> None:
        self._filled: dict[Hashable, tuple[str, str]] = {}
        self._numbered = NumberedParts()
        self._body = ""
        self._number: Numbered | None = None

    def is_numbered_part(self, message: Message, *, is_advert: bool) -> bool:
        """Whether its sender numbered a message as a further part of one before it, with the same person.

        Asked of every message, or the first part is not known.

        Args:
            message: The next message.
            is_advert: The analysis takes it for an advert.
        """
        numbered = self._numbered_text(message)
        return numbered is not None and self._numbered.is_further_part(*numbered, is_advert=is_advert)

    def hold(self, message: Message, add: Callable[[], None], *, is_advert: bool) -> None:
        """Let a message count to its broadcast, a numbered one once it is known to be no further part.

        Args:
            message: The next message.
            add: Lets it count.
            is_advert: The analysis takes it for an advert.
        """
        numbered = self._numbered_text(message)
        if numbered is None:
            add()
        else:
            self._numbered.hold(*numbered, add, is_advert=is_advert)

    def _numbered_text(self, message: Message) -> tuple[Hashable, str, Numbered] | None:
        """Return the other side, the instant and the number of a numbered message; each text is read once."""
        utc, body = message.time.utc, message.body
        if utc is None or not body:
            return None
        if body is not self._body:
            self._body, self._number = body, part_of(body)
        other = _other_side(message) if self._number is not None else None
        return None if other is None or self._number is None else (other, utc, self._number)

    def let_go(self) -> None:
        """Let the messages that are held count. Call it after the last one."""
        self._numbered.let_go()

    def is_further_part(self, message: Message) -> bool:
        """Whether a message is the further part of the text in the row before it, with the same person; notes it."""
        utc, body = message.time.utc, message.body
        if message.service not in _SERVICES or utc is None or not body:
            return False
        is_filled = _fills_part(body)
        other = _other_side(message) if is_filled or self._filled else None
        if other is None:
            return False
        at, before = self._filled.pop(other, ("", body))
        if is_filled:
            self._filled[other] = utc, body
        # The same again is a text that was sent again.
        return body != before and 0 <= seconds_after(utc, at) <= _LONGEST_PAUSE


def _other_side(message: Message) -> Hashable:
    """Return the way of a message and with whom it was exchanged. None: the source says neither or not both."""
    if message.direction not in _WAYS:
        return None
    parties = (message.from_party,) if message.direction is Direction.INCOMING else message.to
    # some tools write one number now in this form and now in that
    told = tuple((party.e164,) if party.e164 else (party.raw, party.name) for party in parties if party is not None)
    return (message.direction, told) if any(map(any, told)) else None


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
