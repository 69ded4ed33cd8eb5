"""What happened in the demonstration: texts and calls between numbers, told once, whoever's phone was seized later.

A handset's content follows from this log (``ingest.demo.seizure``), so that both ends of a conversation agree.
Chance is a generator seeded by name: the same story every time.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

import msgspec


def chance(name: str) -> Random:
    """Return the generator of chance of this name; it starts alike every time."""
    return Random(f"trapline demonstration {name}")  # noqa: S311 - a story, not a secret


def mobile(place: int) -> str:
    """Return the number at this place (0 to 999) of Ofcom's drama range for mobiles, in E.164 form."""
    return f"+447700900{place:03d}"


def landline(place: int) -> str:
    """Return the number at this place (0 to 999) of Ofcom's drama range for no area, in E.164 form."""
    return f"+441632960{place:03d}"


class SentText(msgspec.Struct, frozen=True, kw_only=True):
    """One text: who sent what to whom.

    ``sender`` is an E.164 number or a label such as ``SunCell``. ``advert_of`` and ``flare`` as in the truth model.
    """

    at: datetime
    sender: str
    recipients: tuple[str, ...]
    body: str
    advert_of: str | None = None
    flare: str | None = None


class PlacedCall(msgspec.Struct, frozen=True, kw_only=True):
    """One call. ``seconds`` 0: not answered."""

    at: datetime
    caller: str
    callee: str
    seconds: int


class World:
    """The log of everything that happened."""

    def __init__(self) -> None:
        self.texts: list[SentText] = []
        self.calls: list[PlacedCall] = []

    def text(self, at: datetime, sender: str, recipient: str, body: str) -> None:
        """Log a text from one number to another."""
        self.texts.append(SentText(at=at, sender=sender, recipients=(recipient,), body=body))

    def call(self, at: datetime, caller: str, callee: str, seconds: int) -> None:
        """Log a call; 0 seconds is one that was not answered."""
        self.calls.append(PlacedCall(at=at, caller=caller, callee=callee, seconds=seconds))

    def talk(self, starts_at: datetime, people: tuple[str, str], lines: Sequence[str], pace_seconds: int = 90) -> None:
        """Log a conversation; the first line is the first person's, then they take turns."""
        for place, line in enumerate(lines):
            sender, recipient = people if place % 2 == 0 else people[::-1]
            self.text(starts_at + timedelta(seconds=place * pace_seconds), sender, recipient, line)

    def broadcast(
        self,
        flare: str,
        starts_at: datetime,
        sender: str,
        recipients: Sequence[str],
        bodies: Sequence[str],
        *,
        advert_of: str | None = None,
        portion: int = 25,
        as_groups: bool = False,
    ) -> None:
        """Log one wording sent to many, in portions with a pause of three minutes between them.

        Args:
            flare: Key of the broadcast.
            starts_at: Instant of the first text.
            sender: Number that sends.
            recipients: Numbers in the order of sending.
            bodies: Variants of the wording; each portion uses the next one.
            advert_of: Name of the deal line, where it is one's advert.
            portion: Recipients in one portion.
            as_groups: Whether a portion is one text with many recipients, and not one text a recipient.
        """
        at = starts_at
        for place in range(0, len(recipients), portion):
            group = tuple(recipients[place : place + portion])
            body = bodies[place // portion % len(bodies)]
            for names in (group,) if as_groups else tuple((name,) for name in group):
                self.texts.append(
                    SentText(at=at, sender=sender, recipients=names, body=body, advert_of=advert_of, flare=flare)
                )
                at += timedelta(seconds=2)
            at += timedelta(minutes=3)
