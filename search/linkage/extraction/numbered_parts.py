"""Texts whose senders cut them into parts and say so: "(1/2) Morning all ..." and "(2/2) ... ring me".

What follows the first part is no text of its own where it bears a later number, written in the same way, to or from the
same person and within one broadcast. A bare "1/2" is a date or a quantity as well: it is a number of a part where it is
the very first or the very last word of each part, there are at most four, and all of them are there.

The rows of a person may run from the oldest on or from the newest: what may be a part of a broadcast is held until
another text is numbered or the rows end. Of parts that are told by their room alone see ``long_texts``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from typing import Final, NamedTuple

from search.linkage.extraction.answers import seconds_after

_LONGEST_PAUSE: Final = 15 * 60.0
"""Seconds from the first part to a further one: who sends to a list may send it the first part whole before the second.
A broadcast has no longer pause."""
_MOST_BARE: Final = 4
_MOST_HELD: Final = 32
"""Parts of one text that are held; there are nine, and some tools list them twice."""
_MOST_TEXTS: Final = 20_000
"""Of so many people the last numbered text is remembered."""
_TAIL: Final = 32
"""Letters at an end of a text in which a number there stands, at its end with the word before it."""
_FORMS: Final = r"""
    [(\[{*] \s* (?P<of>[0-9]) \s? (?:/|of) \s? (?P<of_all>[2-9]) \s* [)\]}*]
    | (?<![0-9/.,£]) (?P<said>[0-9]) \s? of \s? (?P<said_all>[2-9]) \b
    | [(\[{*]? \b (?:pt|part) [.\s]? (?P<alone>[0-9]) \b [)\]}*]?
    | (?<!\S) (?P<bare>[0-9])/(?P<bare_all>[2-9]) (?![^\s.:,!)-])
"""
_AT_START: Final = re.compile(rf"\s* (?: {_FORMS} )", re.VERBOSE | re.IGNORECASE)
_AT_END: Final = re.compile(rf"(?P<before> [a-z]* ) \s* (?: {_FORMS} ) [.!]* \Z", re.VERBOSE | re.IGNORECASE)
"""A number at the beginning or at the end; of the parts of one text all have it in the same place."""
_MAY_BE: Final = re.compile(r"[0-9]\s?(?:/|of)\s?[2-9]|p(?:ar)?t[.\s]?[0-9]", re.IGNORECASE)
"""What every form holds: hardly a text does, and the forms take ten times as long. Digits are those of ASCII."""
_BEFORE_DATES: Final = frozenset(
    {"after", "back", "before", "by", "closed", "closes", "from", "of", "off", "on", "open", "opens", "since", "the"}
    | {"til", "till", "to", "until"}
)
"""Words behind which a bare number at the end is a date."""


class Numbered(NamedTuple):
    """The number of a part, how many there are (0: not said), and how and where it is written."""

    place: int
    total: int
    form: str


class _Held(NamedTuple):
    utc: str
    is_first: bool
    is_advert: bool
    add: Callable[[], None]


class _Text:
    """What is known of one numbered text so far: times of its first part, places of all, and what is held."""

    __slots__ = ("firsts", "held", "places", "total", "utc", "way")

    def __init__(self, part: Numbered, utc: str) -> None:
        self.way, self.total, self.utc = part.form, part.total, utc
        self.firsts: list[tuple[str, bool]] = []
        self.places: set[int] = set()
        self.held: list[_Held] = []

    def is_of(self, part: Numbered, utc: str) -> bool:
        """Whether a part that came at an instant is one of this text."""
        return (part.form, part.total) == (self.way, self.total) and abs(seconds_after(utc, self.utc)) <= _LONGEST_PAUSE

    def note(self, part: Numbered, utc: str, *, is_advert: bool) -> None:
        """Note a part; one that comes again, as some tools list it, and as a text is asked for twice, is one."""
        self.places.add(part.place)
        if part.place == 1 and (utc, is_advert) not in self.firsts:
            self.utc = utc
            self.firsts = [*self.firsts[1 - _MOST_HELD :], (utc, is_advert)]

    def continues(self, utc: str, *, is_advert: bool) -> bool:
        """Whether a part that is not the first follows a first one; an advert does not follow what is none."""
        if self.way.startswith("bare") and len(self.places) < self.total:
            return False
        return any(
            (is_first_advert or not is_advert) and 0 <= seconds_after(utc, at) <= _LONGEST_PAUSE
            for at, is_first_advert in self.firsts
        )

    def let_go(self) -> None:
        """Let those count that continue none."""
        for each in self.held:
            if each.is_first or not self.continues(each.utc, is_advert=each.is_advert):
                each.add()
        self.held.clear()


class NumberedParts:
    """Tells the further parts of numbered texts of one extraction, one row after the other."""

    __slots__ = ("_texts",)

    def __init__(self) -> None:
        self._texts: dict[Hashable, _Text] = {}

    def is_further_part(self, other: Hashable, utc: str, part: Numbered, *, is_advert: bool) -> bool:
        """Whether a text continues a numbered one that was exchanged with the same person before; notes it.

        Args:
            other: The way of the text and with whom it was exchanged.
            utc: Of the text.
            part: The number that it bears.
            is_advert: The analysis takes it for an advert; such a part stands where the first was taken for none.
        """
        text = self._text_of(other, part, utc, is_advert=is_advert)
        return part.place > 1 and text.continues(utc, is_advert=is_advert)

    def hold(self, other: Hashable, utc: str, part: Numbered, add: Callable[[], None], *, is_advert: bool) -> None:
        """Hold a text.

        Args:
            other: The way of the text and with whom it was exchanged.
            utc: Of the text.
            part: The number that it bears.
            add: Lets the text count, is called later where it is no further part, and never where it is.
            is_advert: The analysis takes it for an advert.
        """
        text = self._text_of(other, part, utc, is_advert=is_advert)
        text.held.append(_Held(utc, part.place == 1, is_advert, add))
        if len(text.held) >= _MOST_HELD:
            text.let_go()

    def let_go(self) -> None:
        """Let what is still held count, as far as it does. Call it after the last row."""
        for text in self._texts.values():
            text.let_go()
        self._texts.clear()

    def _text_of(self, other: Hashable, part: Numbered, utc: str, *, is_advert: bool) -> _Text:
        text = self._texts.get(other)
        if text is None or not text.is_of(part, utc):
            if text is not None:
                text.let_go()
            elif len(self._texts) >= _MOST_TEXTS:
                self.let_go()
            text = self._texts[other] = _Text(part, utc)
        text.note(part, utc, is_advert=is_advert)
        return text


def part_of(body: str) -> Numbered | None:
    """Return the number of a part that a text bears. None: it bears none."""
    head, tail = body.lstrip()[:_TAIL], body.rstrip()[-_TAIL:]
    found, where = _AT_START.match(head) if _MAY_BE.search(head) else None, "first"
    if found is None and _MAY_BE.search(tail):
        found, where = _AT_END.search(tail), "last"
    if found is None:
        return None
    told = found.groupdict()
    kind = next(kind for kind in ("of", "said", "alone", "bare") if told[kind])
    place, total = int(told[kind]), int(told.get(f"{kind}_all") or 0)
    if not 1 <= place <= (total or place):
        return None
    if kind == "bare" and (total > _MOST_BARE or (told.get("before") or "").lower() in _BEFORE_DATES):
        return None
    return Numbered(place, total, f"{kind} {where}")
