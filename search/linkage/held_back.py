"""Received texts that read like ordinary talk, held back until their sender is known to send adverts.

Whoever sends adverts sends some that no model takes for one ("bits r fat"); beside other phones these turn out to be
broadcasts (``recovery``). Everybody else's talk never does, and it is seven texts in eight, so it is not kept: what is
held is bounded, and the sender that was not heard for longest is forgotten first.
"""

from __future__ import annotations

from typing import Final, NamedTuple

TEXTS_A_SENDER: Final = 60
TEXTS_IN_ALL: Final = 40_000
"""About ten megabytes."""


class HeldText(NamedTuple):
    """What is noted of a text when it is released."""

    role: str
    template_id: str
    label: str
    utc: str | None
    record_id: str
    score: float


class HeldBack:
    """Texts by sender; of one sender the latest."""

    __slots__ = ("_count", "_released", "_texts")

    def __init__(self) -> None:
        self._texts: dict[str, list[HeldText]] = {}
        self._released: set[str] = set()
        self._count = 0

    def is_released(self, sender: str) -> bool:
        """Whether the sender is known to send adverts: then nothing of it is held."""
        return sender in self._released

    def hold(self, sender: str, text: HeldText) -> None:
        """Hold a text of a sender."""
        held = self._texts.pop(sender, [])
        self._texts[sender] = held  # the sender that was heard last stands last
        held.append(text)
        self._count += 1
        if len(held) > TEXTS_A_SENDER:
            del held[0]
            self._count -= 1
        while self._count > TEXTS_IN_ALL:
            self._count -= len(self._texts.pop(next(iter(self._texts))))

    def release(self, sender: str) -> list[HeldText]:
        """Return what is held of a sender, once; from now on it is released."""
        self._released.add(sender)
        held = self._texts.pop(sender, [])
        self._count -= len(held)
        return held
