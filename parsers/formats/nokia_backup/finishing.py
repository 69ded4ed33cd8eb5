"""Puts into a message what octets of an SMS do not hold: every recipient, a draft, the file it stands in."""

from __future__ import annotations

from typing import Final

import msgspec

from parsers.contract import Delivery, ExtractionParser, SourceStamp
from parsers.records.facts import Direction, Message
from parsers.records.values import Party

UNIT_LOCATOR: Final = "0xB0"
"""Where the SMS stands in a file of its own."""


class Finish(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a message beside its octets.

    Attributes:
        to: Everybody it was sent to. None: what the octets say holds.
        direction: None: what the octets say holds.
        basis: What that direction rests on.
        has_body: Whether the source has a text at all.
    """

    to: tuple[Party, ...] | None = None
    direction: Direction | None = None
    basis: str | None = None
    has_body: bool = True


class Finisher:
    """Holds what is known of the messages that are under way, by where their first part stands."""

    def __init__(self, delivery: Delivery, parser: type[ExtractionParser], *, is_member: bool) -> None:
        self._delivery = delivery
        self._parser = parser
        self._is_member = is_member
        self._held: dict[str, Finish] = {}

    def hold(self, locator: str, finish: Finish) -> None:
        """Keep what is known of the message at a locator until it is whole."""
        self._held[locator] = finish

    def finished(self, message: Message) -> Message:
        """Return a message with what is known of it."""
        locator = message.source.locator
        finish = self._held.pop(locator, None)
        if self._is_member:
            stamp = SourceStamp(self._delivery, locator, self._parser)
            message = msgspec.structs.replace(
                message, source=stamp.source(UNIT_LOCATOR), record_id=stamp.record_id("message", UNIT_LOCATOR)
            )
        if finish is None:
            return message
        direction = finish.direction or message.direction
        return msgspec.structs.replace(
            message,
            to=message.to if finish.to is None else finish.to,
            direction=direction,
            direction_basis=message.direction_basis if finish.direction is None else finish.basis,
            body=message.body if finish.has_body else None,
        )
