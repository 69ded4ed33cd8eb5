"""Places: where an advert sends its readers: ``back of the Spar``, ``the skate park``, ``Garnet St``, ``in Rugby``.

A noun that names a kind of place, with the words before it up to a preposition and with "of" or "by" and a further
place behind it; and a capital behind "in". Words are data (``config/lexicons/places.toml``). Runs after the decisions:
what is no advert sends nobody anywhere.
"""

from __future__ import annotations

import re
from typing import Final

from nlp.components.component import Component
from nlp.lexicons import LexiconKind, Lexicons
from nlp.readings import Mark, Reading
from parsers.records.findings import SpanKind

RULE: Final = "places/1"

_WORD: Final = r"(?:[^\W\d_][\w']{0,20})"
_TAKING: Final = frozenset({SpanKind.PRICE, SpanKind.NUMBER, SpanKind.HOURS, SpanKind.DRUG, SpanKind.OFFER})
_MAX_PLACES: Final = 12
_OF_SPOT: Final = frozenset({"the", "da", "th", "my", "our", "same", "usual", "normal", "old", "new"})
"""What a spot that is a place begins with."""
_WHERE: Final = (["at"], ["by"], ["near"], ["outside"], ["beside"], ["opposite"], ["from"])
"""Words before a spot that is a place."""
_LOOK_BACK: Final = 12


class Places(Component):
    """Marks where to go."""

    def __init__(self, lexicons: Lexicons) -> None:
        def either(name: str) -> str:
            terms = sorted(lexicons.terms(LexiconKind.PATTERN, name), key=lambda term: (-len(term), term))
            return "|".join(map(re.escape, terms))

        noun, end, start, named = (
            either("place_noun"),
            either("place_end"),
            either("place_start"),
            either("place_named"),
        )
        word = rf"(?!(?:{either('place_not_name')}) ){_WORD} "
        # the name first: "Harbour Rd" is no harbour
        kind = rf"(?:(?:{word}){{1,2}}?(?:{named})|(?:{word}){{0,2}}?(?:{noun}))(?!\w)"
        place = rf"(?:(?:{start}) )?{kind}(?: (?:{noun})(?!\w)){{0,2}}(?: (?:{end})(?!\w))?"
        opens = r"(?:(?<![^.,!?\n])|(?<=[.,!?:\n-] )|(?<=then )|(?<=so ))"
        self._place = re.compile(
            rf"(?<!\w)(?:(?P<kept>(?:{either('place_kept')}) {place})"
            rf"|(?:{either('place_before')}) (?P<plain>{place})|{opens}(?P<first>{place}))"
            rf"(?:,? (?:of|by|near|on|beside|behind|in|at|opposite|next to) {place})?"
            rf"(?! (?:{either('place_not_behind')})(?!\w)|'s )"
        )
        town = rf"[A-Z][a-z]{{2,15}}(?: [A-Z][a-z]{{2,15}}){{0,2}}(?: (?:{end})(?!\w))?"
        self._town = re.compile(rf"(?<!\w)(?:{either('town_before')}) (?P<town>{town})(?!['\w])")
        self._towns = lexicons.terms(LexiconKind.TOWN)
        self._nouns = re.compile(rf"(?<!\w)(?:{noun}|{named})(?!\w)")

    def read(self, reading: Reading) -> None:
        """Write to the reading."""
        if not reading.is_advert:
            return
        taken = [(mark.start, mark.end) for mark in reading.marks if mark.kind in _TAKING]
        if reading.name is not None:
            taken.append((reading.name.start, reading.name.end))
        found = [*self.near(reading)]
        found.extend(
            match.span("town")
            for match in self._town.finditer(reading.shadow.text)
            if match["town"].lower() not in self._towns or not match.group().startswith("in ")
        )
        for start, end in found[:_MAX_PLACES]:
            if not any(first < end and start < last for first, last in taken):
                taken.append((start, end))
                reading.marks.append(Mark(SpanKind.PLACE, start, end, None, RULE))

    def near(self, reading: Reading) -> list[tuple[int, int]]:
        """Return start and end of each place that is no town, in order: ``the flats``, ``Elm Road``.

        Looked for once: templates have them for slots too.
        """
        if reading.places_near is None:
            reading.places_near = self._near(reading.shadow.lower)
        return reading.places_near

    def _near(self, low: str) -> list[tuple[int, int]]:
        if not self._nouns.search(low):
            return []
        found = [(match.start(match.lastgroup or 0), match.end()) for match in self._place.finditer(low)]
        return [(start, end) for start, end in found if not self._is_praise(low, start, end)]

    def _is_praise(self, low: str, start: int, end: int) -> bool:
        """Whether it is what is good: "back today spot on", not "the spot on Elm Road", "by chip shop spot on Elm"."""
        words = low[start:end].split(" ")
        if words[-1] != "spot" or low[end:].split(" ", 2)[:2] != ["", "on"]:
            return False
        is_where = low[max(0, start - _LOOK_BACK) : start].split(" ")[-2:-1] in _WHERE
        return words[0] not in _OF_SPOT and not is_where and not self._nouns.search(low, start, end - len("spot"))
