"""Whether the rows of an extraction stand in order of time, as far as it matters: of each talk by itself.

Tools list tables newest first, by folder (what came in, then what went out) or in no order at all. What a question and
its answer are, which row is the further part of a long text, and whether somebody was written to right before, is known
in order of time alone. So such an extraction is read in that order; one whose talks stand one after the other needs it
no more than one that is a single list.
"""

from __future__ import annotations

from collections import Counter

from parsers.records.facts import Direction, Message
from parsers.records.values import Party

_TO_THE_SECOND = len("2024-01-01T00:00:00")
"""Some sources give fractions of one message and none of the next."""


class TimeOrder:
    """Follows the messages of one extraction in source order, and when the last one of each talk went.

    A talk is a thread, and what goes between the phone and one party of a service, whatever the threads.
    """

    __slots__ = ("_forwards", "_last", "is_kept")

    def __init__(self) -> None:
        self._last: dict[tuple[str, str | None], str] = {}
        self._forwards: Counter[str | None] = Counter()
        self.is_kept = True
        """No message has come after a later one of its talk."""

    def note(self, message: Message) -> str:
        """Take the next message, and return the instant in whose place it stands: its own, else that of the row before.

        The row before is of its talk. Empty where that has none.
        """
        utc = message.time.utc
        talks = _talks_of(message)
        if utc is None:
            return next((self._last[talk] for talk in talks if talk in self._last), "")
        second, last = utc[:_TO_THE_SECOND], self._last
        for talk in talks:
            before = last.get(talk, second)
            last[talk] = second
            if second < before:
                self.is_kept = False
                self._forwards[message.service] -= 1
            elif second > before:
                self._forwards[message.service] += 1
        return second

    def runs_backwards(self, service: str | None) -> bool:
        """Whether the rows of a service mostly stand newest first, those of one second among them."""
        return self._forwards[service] < 0


def _talks_of(message: Message) -> list[tuple[str, str | None]]:
    talks: list[tuple[str, str | None]] = []
    is_sent = message.direction is Direction.OUTGOING
    for party in message.to if is_sent else (message.from_party,):
        who = _shown(party)
        if who is not None:
            talks.append((who, message.service))
    if message.thread is not None:
        talks.append((f"\0{message.thread}", message.service))
    return talks


def _shown(party: Party | None) -> str | None:
    return None if party is None else party.e164 or party.raw or party.name
