"""Received texts that read like ordinary talk, held back until their sender is known to send adverts.

Whoever sends adverts sends some that no model takes for one ("bits r fat"); beside other phones these turn out to be
broadcasts (``recovery``). Of everybody else's talk, which is seven texts in eight, only that is kept which may be a
broadcast of a club or a shop by how it came: of some length, and out of nothing (``HeldText.is_opening``). What is held
is bounded, and the sender that was not heard for longest is forgotten first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

from search.linkage.extraction.wording_keys import unstretched, words_of
from search.linkage.keys import fold_name

TEXTS_A_SENDER: Final = 60
TEXTS_IN_ALL: Final = 40_000
"""About ten megabytes."""


WORDS_OF_A_BROADCAST: Final = 4
"""Words from which a text that reads like talk may be a club's or a shop's to many ("training off, pitch frozen"): of
shorter ones nearly all are talk, and those that phones get from one number in the same minutes are greetings."""

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
    is_opening: bool = False
    """It came while nobody had written for some time: what goes to many does, and half of what is said does not."""


class HeldBack:
    """Texts by sender; of one sender the latest. And the names that the adverts of each sender bear, and its days."""

    __slots__ = (
        "_borne",
        "_count",
        "_days",
        "_names",
        "_opening",
        "_opening_count",
        "_released",
        "_templates",
        "_texts",
    )

    def __init__(self) -> None:
        self._texts: dict[str, list[HeldText]] = {}
        self._names: dict[str, Counter[str]] = {}
        self._borne: dict[str, set[str]] = {}
        self._days: dict[str, dict[str, frozenset[str]]] = {}
        self._released: set[str] = set()
        self._count = 0
        self._templates = 0
        self._opening: dict[str, list[HeldText]] = {}
        self._opening_count = 0

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
        if text.is_opening and len(text.body.split()) >= WORDS_OF_A_BROADCAST:
            self._hold_opening(sender, text)
        held = self._texts.pop(sender, [])
        self._texts[sender] = held  # the sender that was heard last stands last
        held.append(text)
        self._count += 1
        if len(held) > TEXTS_A_SENDER:
            del held[0]
            self._count -= 1
        while self._count > TEXTS_IN_ALL:
            self._count -= len(self._texts.pop(next(iter(self._texts))))

    def _hold_opening(self, sender: str, text: HeldText) -> None:
        held = self._opening.pop(sender, [])
        self._opening[sender] = held
        held.append(text._replace(body=""))
        self._opening_count += 1
        while self._opening_count > TEXTS_IN_ALL:
            self._opening_count -= len(self._opening.pop(next(iter(self._opening))))

    def openings(self) -> Iterator[tuple[str, HeldText]]:
        """Yield, without their bodies, the texts of senders of no adverts that may be broadcasts by how they came.

        What came out of nothing on another day may be one also where it came amid talk: who has just ordered a meal is
        on the list too.
        """
        for sender, held in self._opening.items():
            wordings = {text.template_id for text in held}
            amid = (text for text in self._texts.get(sender, ()) if not (text.is_opening or text.is_answer))
            for text in (*held, *(text._replace(body="") for text in amid if text.template_id in wordings)):
                yield sender, text

    def release(self, sender: str) -> list[HeldText]:
        """Return what is held of a sender, once; from now on it is released."""
        self._released.add(sender)
        self._opening_count -= len(self._opening.pop(sender, ()))
        held = self._texts.pop(sender, [])
        self._count -= len(held)
        return held
