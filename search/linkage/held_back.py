"""Received texts that read like ordinary talk, held back until their sender is known to send adverts.

Whoever sends adverts sends some that no model takes for one ("bits r fat"); beside other phones these turn out to be
broadcasts (``recovery``). Everybody else's talk never does, and it is seven texts in eight, so it is not kept: what is
held is bounded, and the sender that was not heard for longest is forgotten first.
"""

from __future__ import annotations

from collections import Counter
from typing import Final, NamedTuple

from search.linkage.keys import fold_name
from search.linkage.wording_keys import unstretched, words_of

TEXTS_A_SENDER: Final = 60
TEXTS_IN_ALL: Final = 40_000
"""About ten megabytes."""


DAYS_OF_A_REPEATED: Final = 3
"""Days on which a text came from which it is repeated: what is written to one person seldom comes back so often."""
_TEMPLATES_A_SENDER: Final = 400
_TEMPLATES_IN_ALL: Final = 15_000
"""Of all senders together; about five megabytes."""

_ADVERTS_OF_A_NAME: Final = 2
"""Adverts of a sender that bear a name before the name is looked for in its other texts; one may be a misreading."""
_WORDS_OF_A_NAME: Final = 3


class HeldText(NamedTuple):
    """What is noted of a text when it is released."""

    is_answer: bool
    template_id: str
    label: str
    utc: str | None
    record_id: str
    score: float
    body: str


class HeldBack:
    """Texts by sender; of one sender the latest. And the names that the adverts of each sender bear, and its days."""

    __slots__ = ("_borne", "_count", "_days", "_names", "_released", "_templates", "_texts")

    def __init__(self) -> None:
        self._texts: dict[str, list[HeldText]] = {}
        self._names: dict[str, Counter[str]] = {}
        self._borne: dict[str, set[str]] = {}
        self._days: dict[str, dict[str, frozenset[str]]] = {}
        self._released: set[str] = set()
        self._count = 0
        self._templates = 0

    def note_name(self, sender: str, name: str) -> None:
        """Count a name that an advert of the sender bears."""
        names = self._names.get(sender)
        if names is None:
            names = self._names[sender] = Counter()
        folded = unstretched(fold_name(name))
        names[folded] += 1
        if names[folded] == _ADVERTS_OF_A_NAME:
            self._borne.setdefault(sender, set()).add(folded)

    def bears_name(self, sender: str, body: str) -> bool:
        """Whether a name of the sender stands in a text, as far as its adverts have shown one so far."""
        names = self._borne.get(sender)
        if names is None:
            return False
        words = words_of(body)
        return any(
            unstretched("".join(words[start:end])) in names
            for start in range(len(words))
            for end in range(start + 1, min(len(words), start + _WORDS_OF_A_NAME) + 1)
        )

    def is_repeated(self, sender: str, template_id: str, day: str) -> bool:
        """Note the day of a text of a sender of adverts, and say whether it came on days enough by now."""
        if not day or sender not in self._released:
            return False
        of_sender = self._days.setdefault(sender, {})
        days = of_sender.get(template_id, frozenset())
        has_room = len(of_sender) < _TEMPLATES_A_SENDER and self._templates < _TEMPLATES_IN_ALL
        if len(days) < DAYS_OF_A_REPEATED and day not in days and (days or has_room):
            self._templates += not days
            days |= {day}
            of_sender[template_id] = days
        return len(days) >= DAYS_OF_A_REPEATED

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
