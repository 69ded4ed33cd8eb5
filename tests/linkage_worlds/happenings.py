"""What happens in a world: texts and calls between numbers, told once, whoever's phone is seized later."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from random import Random

import msgspec

FORWARDED = "forwarded "
"""What stands before the wording's key where an advert is passed on by somebody who is no line."""


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """One text.

    Attributes:
        sender: E.164 number, or a label such as a network's name.
        line: Key of the deal line whose advert this is. None: it is no advert.
        wording: Key of the wording, of adverts and of other bulk texts. None: it was written for one person.
        names: The brand that the text names. None: it names none.
    """

    at: datetime
    sender: str
    recipients: tuple[str, ...]
    body: str
    service: str = "sms"
    line: str | None = None
    wording: str | None = None
    names: str | None = None


class Rang(msgspec.Struct, frozen=True, kw_only=True):
    """One call. ``seconds`` 0: it was not answered."""

    at: datetime
    caller: str
    callee: str
    seconds: int


class Bulk(msgspec.Struct, frozen=True, kw_only=True):
    """One wording that goes to many.

    Attributes:
        bodies: Variants of the wording; portion after portion takes the next.
        portion: Recipients between two pauses.
        pace_seconds: Between two texts of a portion, least and most.
        pause_seconds: Between two portions, least and most.
        as_groups: A portion is one text with many recipients.
        repeats: Share of recipients that get a second copy.
    """

    wording: str
    bodies: tuple[str, ...]
    line: str | None = None
    names: str | None = None
    service: str = "sms"
    portion: int = 20
    pace_seconds: tuple[int, int] = (1, 4)
    pause_seconds: tuple[int, int] = (60, 300)
    as_groups: bool = False
    repeats: float = 0.0


class Happenings:
    """The log of everything that happened."""

    def __init__(self) -> None:
        self.said: list[Said] = []
        self.rang: list[Rang] = []

    def text(self, at: datetime, sender: str, recipient: str, body: str, service: str = "sms") -> None:
        """Log a text from one number to another."""
        self.said.append(Said(at=at, sender=sender, recipients=(recipient,), body=body, service=service))

    def call(self, at: datetime, caller: str, callee: str, seconds: int) -> None:
        """Log a call."""
        self.rang.append(Rang(at=at, caller=caller, callee=callee, seconds=seconds))

    def talk(
        self, at: datetime, people: tuple[str, str], lines: Sequence[str], draw: Random, service: str = "sms"
    ) -> None:
        """Log a conversation: the first line is the first person's, then they take turns."""
        for place, line in enumerate(lines):
            sender, recipient = people if place % 2 == 0 else people[::-1]
            self.text(at, sender, recipient, line, service)
            at += timedelta(seconds=draw.randrange(15, 240))

    def advert(self, at: datetime, sender: str, recipient: str, bulk: Bulk) -> None:
        """Log one copy of a wording to one person."""
        said = Said(
            at=at, sender=sender, recipients=(recipient,), body=bulk.bodies[0], service=bulk.service, line=bulk.line,
            wording=bulk.wording, names=bulk.names,
        )  # fmt: skip
        self.said.append(said)

    def broadcast(self, at: datetime, sender: str, recipients: Sequence[str], bulk: Bulk, draw: Random) -> datetime:
        """Log a broadcast and return the instant of its last text."""
        last = at
        for start in range(0, len(recipients), bulk.portion):
            group = list(recipients[start : start + bulk.portion])
            group += [who for who in group if draw.random() < bulk.repeats]
            body = bulk.bodies[start // bulk.portion % len(bulk.bodies)]
            together = [tuple(dict.fromkeys(group))] if bulk.as_groups else [(who,) for who in group]
            for names in together:
                said = Said(
                    at=at, sender=sender, recipients=names, body=body, service=bulk.service, line=bulk.line,
                    wording=bulk.wording, names=bulk.names,
                )  # fmt: skip
                self.said.append(said)
                last = at
                at += timedelta(seconds=draw.randint(*bulk.pace_seconds))
            at += timedelta(seconds=draw.randint(*bulk.pause_seconds))
        return last


def varied(draw: Random, body: str, count: int, decorations: Sequence[str]) -> tuple[str, ...]:
    """Return the body and further spellings of it: decorated, in capitals, in small letters, stretched."""
    ways: tuple[Callable[[], str], ...] = (
        lambda: body + draw.choice(decorations),
        lambda: draw.choice(decorations).strip() + " " + body,
        body.upper,
        body.lower,
        lambda: body + body[-1] * 2 if body[-1].isalpha() else body + "!",
    )
    return tuple(dict.fromkeys([body, *(draw.choice(ways)() for _ in range(count - 1))]))
