"""Amounts that nothing calls money: ``pub 40, prop 80``, ``the good at 80``, ``7 95``. Prices in an advert.

Runs when it is known what the text is: elsewhere the same numbers are ages, rooms, buses and points.
"""

from __future__ import annotations

import re
from typing import Final

from nlp.amount_codes import Codes
from nlp.components.component import Component
from nlp.components.price_refusals import PriceRefusals
from nlp.components.prices import RULE_IN_ADVERT
from nlp.lexicons import LexiconKind, Lexicons
from nlp.readings import Mark, Reading
from parsers.records.findings import SpanKind

_AFTER: Final = r"(?![A-Za-wyz4\u00a3#%])(?!x\ ?n)(?!\ ?[Kk%>VI_])(?!\ ?f\b)(?!:[nz])(?!-[nz4])(?!/[nz4])"
_RUN: Final = re.compile(
    rf"(?<![n4mzde\u00a3#:/%-])(?:[n4](?:\ [n4]|\ /\ [n4])*|(?<=[wby]\ )(?:[ai]\ )?j(?:[\ -]i)?){_AFTER}"
)
_NUMBER: Final = re.compile("[n4]")
_BEFORE: Final = re.compile(r"([A-Za-z$@])[ *:=,(.\-]{0,4}$")
_TIME_BEFORE: Final = frozenset("LUGRs>oSKNMC")
"""Letters of words behind which a number is an hour."""

_MARKED: Final = frozenset({SpanKind.PRICE, SpanKind.HOURS, SpanKind.NUMBER, SpanKind.OFFER})
_LEAST: Final = 10
_OUT_OF: Final = re.compile(r"[0-9]+ (?:out|outa|outta|of|today|2day|past|msgs|messages|texts|people)\b")
_LEAST_AT: Final = 13
"""The least sum behind "at": smaller ones are hours."""

_MOST: Final = 500
_ROUND: Final = 5
_MOST_COUNT: Final = 28
_NINES: Final = 9
_LEAST_PER_PIECE: Final = 3
_MOST_BETWEEN: Final = 4


class BareAmounts(Component):
    """Marks what is left of numbers as amounts, as far as their surroundings allow."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._refusals = PriceRefusals(lexicons)
        self._no_money = lexicons.terms(LexiconKind.PATTERN, "amount_not_money_before")

    def read(self, reading: Reading) -> None:
        """Write to the reading."""
        if reading.codes is None or not reading.is_advert:
            return
        codes = _without_marked(reading, reading.codes)
        low = codes.low
        for match in _RUN.finditer(codes.code):
            first, last = match.span()
            if match.group()[0] not in "n4":
                _mark(reading, codes.starts[first], codes.starts[last])
                continue
            places = [first + at.start() for at in _NUMBER.finditer(match.group())]
            sums = [int(low[codes.starts[at] : codes.starts[at + 1]]) for at in places]
            if len(sums) > 1 and len(sums) % 2 == 0 and _are_pairs(sums):
                for at, following in zip(places[::2], places[1::2], strict=True):
                    _mark(reading, codes.starts[at], codes.starts[following + 1])
            elif self._may_be_money(reading, codes, first, sums):
                for at in places:
                    _mark(reading, codes.starts[at], codes.starts[at + 1])

    def _may_be_money(self, reading: Reading, codes: Codes, first: int, sums: list[int]) -> bool:
        start = codes.starts[first]
        low = codes.low
        before = _BEFORE.search(codes.code, max(0, first - 6), first)
        is_behind_drug = any(
            mark.kind is SpanKind.DRUG
            and 0 <= start - mark.end <= _MOST_BETWEEN
            and not low[mark.end : start].strip(" :=-@.")
            for mark in reading.marks
        )
        if is_behind_drug:
            return all(_is_sum(value, least=_ROUND) for value in sums)
        if not all(_is_sum(value, least=_LEAST) for value in sums) or self._refusals.is_owed(low, start):
            return False
        if _OUT_OF.match(low, start):
            return False
        if before is None:
            return True
        letter = before[1]
        at = before.start()
        word = low[codes.starts[at] : codes.starts[at + 1]]
        if letter in _TIME_BEFORE or word in self._no_money:
            return False
        return letter != "@" or min(sums) >= _LEAST_AT


def _is_sum(value: int, *, least: int) -> bool:
    """Whether a deal can cost as much: a round sum, or one that ends in nine."""
    return least <= value <= _MOST and (value % _ROUND == 0 or value % 10 == _NINES or value == 8)


def _are_pairs(sums: list[int]) -> bool:
    """Whether numbers side by side are counts with their amounts: ``7 95``, ``1 55 2 100``."""
    return all(
        count <= _MOST_COUNT and _is_sum(amount, least=_LEAST) and amount >= count * _LEAST_PER_PIECE
        for count, amount in zip(sums[::2], sums[1::2], strict=True)
    )


def _without_marked(reading: Reading, codes: Codes) -> Codes:
    """Return the letters with those of marks and of the name blotted out."""
    stretches = [(mark.start, mark.end) for mark in reading.marks if mark.kind in _MARKED]
    if reading.name is not None:
        stretches.append((reading.name.start, reading.name.end))
    return codes.without(stretches)


def _mark(reading: Reading, start: int, end: int) -> None:
    reading.add(Mark(SpanKind.PRICE, start, end, None, RULE_IN_ADVERT))
