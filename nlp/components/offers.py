"""Offers, stock words, quantities, calls to action and availability: the spans that stand beside drugs and prices."""

from __future__ import annotations

import re
from typing import Final

from nlp.components.component import Component
from nlp.lexicons import LexiconKind
from nlp.readings import Mark, Reading
from parsers.records.findings import SpanKind

RULE: Final = "offers/1"

_OFFER = re.compile(
    r"""(?<!\w)(?:
        (?:get\ |with\ )?(?:1|one|a)\ (?:\w+\ )?(?:free|on\ the\ house|on\ (?:me|us))
            (?:\ (?:on|for|with|when|if)\ (?:\w+\ ){0,4}\w+)?
      | free\ (?:sample|tester|bag|one|shot|bit|gift|delivery|drop|drops|deliveries)s?
      | half\ price | [0-9]{1,2}\ ?%\ off | [0-9]{1,2}\ percent\ off | (?:\u00a3\ ?[0-9]{1,3}|fiver|tenner)\ off
      | spend\ (?:over\ )?\u00a3?[0-9]{2,4}(?:\ \w+){0,5} | (?:orders\ )?over\ \u00a3?[0-9]{2,4}(?:\ \w+){0,3}
    )(?!\w)""",
    re.VERBOSE,
)
_GATE = re.compile(r"free|half price|% ?off|percent|house|on me|on us|spend|over |off")
_KINDS: Final = {
    "available": SpanKind.AVAILABILITY,
    "about": SpanKind.AVAILABILITY,
    "off": SpanKind.AVAILABILITY,
    "call_strong": SpanKind.CALL_TO_ACTION,
    "call_weak": SpanKind.CALL_TO_ACTION,
}


class Offers(Component):
    """Marks what an advert promises beside its prices; runs after the decisions, since only adverts promise."""

    def read(self, reading: Reading) -> None:
        """Write to the reading."""
        if reading.is_advert:
            _mark_terms(reading)
            low = reading.shadow.lower
            if _GATE.search(low):
                _mark_offers(reading, low)


def _mark_terms(reading: Reading) -> None:
    for term in reading.of_kind(LexiconKind.STOCK):
        _mark(reading, SpanKind.STOCK, reading.starts[term.first], reading.ends[term.last - 1])
    last: dict[SpanKind, int] = {}
    for term in reading.of_kind(LexiconKind.CUE):
        kind = _KINDS.get(term.entry.cue)
        if kind is not None and term.first >= last.get(kind, 0):
            last[kind] = term.last
            _mark(reading, kind, reading.starts[term.first], reading.ends[term.last - 1])


def _mark_offers(reading: Reading, low: str) -> None:
    prices = reading.marked(SpanKind.PRICE)
    for match in _OFFER.finditer(low):
        if not any(mark.start < match.end() and match.start() < mark.end for mark in prices):
            _mark(reading, SpanKind.OFFER, match.start(), match.end())


def _mark(reading: Reading, kind: SpanKind, start: int, end: int) -> None:
    reading.marks.append(Mark(kind, start, end, None, RULE))
