"""Offers, stock words, calls to action and availability: the spans that stand beside drugs and prices of an advert.

An offer is a gift without a quantity for money, a cut, a threshold or a reward. A word says that there is one; it
reaches over its clause: from what must be done for it, where that opens the clause, else from the gift alone. Words are
data (``config/lexicons/offers.toml``).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from nlp.components.component import Component
from nlp.lexicons import LexiconKind, Lexicons
from nlp.readings import Mark, Reading
from nlp.words.folding import fold
from parsers.records.findings import SpanKind

RULE: Final = "offers/2"

_KINDS: Final = {
    "available": SpanKind.AVAILABILITY,
    "about": SpanKind.AVAILABILITY,
    "off": SpanKind.AVAILABILITY,
    "call_strong": SpanKind.CALL_TO_ACTION,
    "call_weak": SpanKind.CALL_TO_ACTION,
}
_CUTS: Final = (
    r"[0-9]{1,2} ?(?:%|percent|per cent) (?:off|aff)"
    r"|(?:\u00a3 ?[0-9]{1,3}|[0-9]{1,3} quid|tenner|fiver|[0-9]{1,2}) (?:off|aff)(?! (?:the|of|my|til|till|now|today))"
    r"|\u00a3[0-9]{1,3} credit"
    r"|(?:one|1|ones|1s|wan|two|2|half|g|bag|first|next|bump|taster|is|are|[0-9]{1,2}th)(?:'?s| is)?"
    r" on (?:me|us)(?! way)"
    r"|min(?:imum)? (?:order|spend)(?: (?:is|now|of))? \u00a3?[0-9]{1,3}"
    r"|min(?:imum)? (?:of )?(?:\u00a3?[2-9][0-9]?|two|three)(?! (?:min|hour|hr))"
    r"|spend (?:over |ower )?\u00a3?[0-9]{2,4}|over \u00a3?[0-9]{2,4}|ower [0-9]{2,4}"
    r"|every \u00a3?[0-9]{2} (?:u |you )?spen[dt]"
)
_STRONG_TURNS: Final = frozenset({"every", "each", "first", "anyone", "anybody", "whoever", "fifth", "tenth"})
_TELLS: Final = frozenset({"its", "is", "doin", "doing", "there's", "theres"})
_STOP: Final = re.compile(r"\.(?![0-9])|[!?\n,;:()|=]| - | -$|[^\w\s'.\u00a3%&+/@#$*\"-]")
"""What ends a clause: a stop, or an emoji."""

_TAKING: Final = frozenset({SpanKind.PRICE, SpanKind.NUMBER, SpanKind.HOURS, SpanKind.DRUG})
_WHOLE_CLAUSE: Final = 5
"""Words before the gift that belong to it whatever they are."""

_GIFT: Final = frozenset(
    {
        "a",
        "an",
        "one",
        "1",
        "2",
        "lil",
        "little",
        "wee",
        "small",
        "extra",
        "bit",
        "the",
        "un",
        "una",
        "jedna",
        "nje",
        "pol",
    }
)
_WORD: Final = re.compile(r"\S+")
_MAX_OFFERS: Final = 12
_MAX_WORDS: Final = 14
"""Words of an offer; what is longer is cut where the gift is told."""


class Offers(Component):
    """Marks what an advert promises beside its prices; runs after the decisions, since only adverts promise."""

    def __init__(self, lexicons: Lexicons) -> None:
        def terms(name: str) -> list[str]:
            return sorted(fold(term).lower for term in lexicons.terms(LexiconKind.PATTERN, name))

        words = "|".join(map(re.escape, terms("offer_word")))
        self._offer = re.compile(rf"(?<!\w)(?:{_CUTS}|{words})(?!\w)")
        self._none = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, terms('offer_none')))})(?!\w)")
        self._starts, self._gets = frozenset(terms("offer_start")), frozenset(terms("offer_get"))
        self._turns, self._joins = frozenset(terms("offer_turn")), frozenset(terms("offer_join"))
        self._breaks = frozenset(terms("offer_break"))
        self._end = re.compile(rf" (?:{'|'.join(map(re.escape, terms('offer_end')))})(?!\w)")

    def read(self, reading: Reading) -> None:
        """Write to the reading."""
        if not reading.is_advert:
            return
        _mark_terms(reading)
        low = reading.shadow.lower
        at = found = 0
        while found < _MAX_OFFERS and (match := self._offer.search(low, at)):
            at = match.end()
            if reading.is_taken(*match.span()) or any(
                none.start() <= match.start() < none.end()
                for none in self._none.finditer(low, max(0, match.start() - 12), match.end() + 8)
            ):
                continue
            start, end = match.span()
            if not match.group().startswith("min"):
                start, end = self._reach(reading, low, start, end)
            _mark(reading, SpanKind.OFFER, start, end)
            at = max(at, end)
            found += 1

    def _reach(self, reading: Reading, low: str, first: int, last: int) -> tuple[int, int]:
        """Return where the offer around the word at ``first`` to ``last`` starts and ends."""
        taken = [(mark.start, mark.end) for mark in reading.marks if mark.kind in _TAKING]
        if reading.name is not None:
            taken.append((reading.name.start, reading.name.end))
        left = max(
            [0, *(stop.end() for stop in _STOP.finditer(low, 0, first)), *(end for _, end in taken if end <= first)]
        )
        stop = _STOP.search(low, last)
        right = min([stop.start() if stop else len(low), *(start for start, _ in taken if start >= last)])
        if end := self._end.search(low, last, right):
            right = end.start()
        while right > last and low[right - 1] in " -":
            right -= 1
        return self._start(low, left, first, is_polish=reading.language == "pl"), right

    def _start(self, low: str, left: int, first: int, *, is_polish: bool) -> int:
        """Return where the offer starts in a clause that starts at ``left``."""
        words = list(_WORD.finditer(low, left, first))
        if said_before := [at for at, word in enumerate(words) if word.group() in self._breaks]:
            words = words[said_before[-1] + 1 :]
        while words and words[0].group() in self._joins and (is_polish or words[0].group() != "a"):
            words.pop(0)
        said = [word.group().strip("'\"-") for word in words]
        if not said or said[0] in self._starts or said[0] in self._turns:
            return words[0].start() if words and len(words) <= _MAX_WORDS else first
        turn = _turn(said, self._turns)
        if turn is not None:
            return words[turn - (said[turn - 1 : turn] == ["the"])].start()
        for at in range(len(words) - 1, -1, -1):
            if said[at] in self._gets or said[at] in _TELLS:
                return words[at + 1].start() if at + 1 < len(words) else first
        if len(words) > _WHOLE_CLAUSE:
            while words and said[len(words) - 1] in _GIFT:
                first = words.pop().start()
            return first
        return words[0].start()


def _turn(said: list[str], turns: Collection[str]) -> int | None:
    """Return the word that opens an offer in its clause: the first "every", else the last "your" or "you"."""
    strong = [at for at, word in enumerate(said) if word in _STRONG_TURNS]
    weak = [at for at, word in enumerate(said) if word in turns and len(said) - at <= _WHOLE_CLAUSE]
    return strong[0] if strong else weak[-1] if weak else None


def _mark_terms(reading: Reading) -> None:
    for term in reading.of_kind(LexiconKind.STOCK):
        _mark(reading, SpanKind.STOCK, reading.starts[term.first], reading.ends[term.last - 1])
    last: dict[SpanKind, int] = {}
    for term in reading.of_kind(LexiconKind.CUE):
        kind = _KINDS.get(term.entry.cue)
        if kind is not None and term.first >= last.get(kind, 0):
            last[kind] = term.last
            _mark(reading, kind, reading.starts[term.first], reading.ends[term.last - 1])


def _mark(reading: Reading, kind: SpanKind, start: int, end: int) -> None:
    reading.marks.append(Mark(kind, start, end, None, RULE))
