"""Amounts that nothing calls money: ``pub 40, prop 80``, ``the good at 80``, ``7 95``. Prices in an advert.

Runs when it is known what the text is: elsewhere the same numbers are ages, rooms, buses and points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from nlp.components.component import Component
from nlp.lexicons import LexiconKind, Lexicons
from nlp.readings import Mark, Reading
from nlp.spans.price_grammar import RULE_IN_ADVERT
from nlp.spans.price_lists import are_pairs, are_turned_pairs, is_strength, is_sum, listed_deals, merged_deals
from nlp.spans.price_refusals import PriceRefusals
from nlp.words.amount_codes import Codes
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
_NO_SUM: Final = re.compile(
    r"[0-9]+\+? ?(?:out|outa|outta|of|today|2day|past|msgs|messages|texts|people|late|max|left|behind|bore|orders|to"
    r"|on (?:me|us|the house)|off|cheaper|before|spend|steps|(?:bag|bit|shot)s? free|quid|pounds?|mins?|minutes|minimum"
    r"|ish|pm|am|x[0-9])\b"
)
_OUT_OF: Final = re.compile(r"[0-9]+ ?(?:out|outa|outta) ")
_NO_SUM_BEFORE: Final = re.compile(
    r"(?:(?:out|oot) (?:of|o|ae|a)|instead of|rated|for|take|takes|max|not|gimme|give me|gis|gies|1st) $"
)
_RATED_BEFORE: Final = re.compile(r"(?:\b(?:is|its|browns|whites|darks|lights)|'s) a $")
_BEST: Final = 10
"""How good something is said to be: "white is a 10"; what it costs is "a tenner"."""

_OF_TABLETS: Final = frozenset({"pregabalin", "benzodiazepines", "other"})
_TABLETS: Final = re.compile(r"(?<![\w/.:-])([1-9][0-9]{0,2})[-/]([1-9][0-9]{0,2})(?![\w/.:-])")
"""``14-10`` behind the name of a tablet: fourteen for ten pounds; and what follows it (``10-5 50-20 100-35``)."""

_MOST_EACH: Final = 2
_MOST_OF_FEW: Final = 99
"""Pounds for a tablet of a list, and for ten and more; a longer number is a strength, ``30/500``."""

_ODD_SUMS: Final = frozenset({12, 18})
"""What one piece of a drug costs where it is no round sum, and what one of each does: ``brown 12``."""
_ENDS: Final = re.compile(r" ?(?:[,/|;\n]|[.!](?![0-9])|$| [a-z])")
_EIGHTS: Final = re.compile(r"(?<![\w\u00a3.:/-])8s(?![\w'])(?! ?(?:[0-9@=\u00a3x-]|for\b|4\b))")
"""Bags of eight pounds, and no count of a deal: ``8s 2 for 15``."""
_HALF: Final = 12
"""What stands behind "half" is an hour up to so much."""
_LEAST_AT: Final = 13
"""The least sum behind "at": smaller ones are hours."""

_ROUND: Final = 5
_MOST_BETWEEN: Final = 4
_LOOK_BACK: Final = 12


class BareAmounts(Component):
    """Marks what is left of numbers as amounts, as far as their surroundings allow."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._refusals = PriceRefusals(lexicons)
        self._no_money = lexicons.terms(LexiconKind.PATTERN, "amount_not_money_before")

    def read(self, reading: Reading) -> None:
        """Write to the reading."""
        if reading.codes is None or not reading.is_advert:
            return
        low = reading.codes.low
        _mark_listed(reading, low)
        codes = _without_marked(reading, reading.codes)
        for match in _RUN.finditer(codes.code):
            first, last = match.span()
            if match.group()[0] not in "n4":
                _mark(reading, codes.starts[first], codes.starts[last])
                continue
            places = [first + at.start() for at in _NUMBER.finditer(match.group())]
            sums = [int(low[codes.starts[at] : codes.starts[at + 1]]) for at in places]
            if are_pairs(sums) or are_turned_pairs(sums):
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
        if is_behind_drug and not _OUT_OF.match(low, start):
            return _is_price_of_drug(reading, codes, first, sums)
        if not all(is_sum(value) for value in sums) or self._refusals.is_owed(low, start):
            return False
        if _NO_SUM.match(low, start) or _is_no_sum_behind(low[max(0, start - _LOOK_BACK) : start], sums):
            return False
        if before is None:
            return True
        letter = before[1]
        at = before.start()
        word = low[codes.starts[at] : codes.starts[at + 1]]
        if letter in _TIME_BEFORE or word in self._no_money or (letter == "h" and min(sums) <= _HALF):
            return False
        return letter != "@" or min(sums) >= _LEAST_AT


def _is_no_sum_behind(low: str, sums: list[int]) -> bool:
    """Whether what stands right before amounts makes them none: a measure of something else, or how good it is."""
    if _NO_SUM_BEFORE.search(low) is not None:
        return True
    return sums == [_BEST] and _RATED_BEFORE.search(low) is not None


def _is_price_of_drug(reading: Reading, codes: Codes, first: int, sums: list[int]) -> bool:
    """Whether numbers right behind the name of a drug are what it costs."""
    if len(sums) == 1 and sums[0] in _ODD_SUMS:
        return _ENDS.match(codes.low, codes.starts[first + 1]) is not None
    return all(is_sum(value, least=_ROUND) for value in sums) and not _is_strength(
        reading, codes.starts[first], sums[0]
    )


def _mark_listed(reading: Reading, low: str) -> None:
    """Mark the deals that a list or the name of a tablet shows."""
    tablets = frozenset(_deals_of_tablets(reading, low))
    if tablets:
        # "10-10" behind the name of a tablet is no time.
        hours = SpanKind.HOURS
        reading.marks = [m for m in reading.marks if m.kind is not hours or (m.start, m.end) not in tablets]
        for start, end in sorted(tablets):
            # "blues 50-25": the amount behind the drug was taken for all there is.
            reading.marks = [m for m in reading.marks if not (m.kind is SpanKind.PRICE and start <= m.start < end)]
            _mark(reading, start, end)
    eights = (match.span() for match in _EIGHTS.finditer(low)) if "8s" in low else ()
    for start, end in (*listed_deals(low), *merged_deals(low), *eights):
        if not reading.is_taken(start, end):
            _mark(reading, start, end)


def _is_strength(reading: Reading, start: int, value: int) -> bool:
    return any(
        mark.kind is SpanKind.DRUG and 0 <= start - mark.end <= 1 and is_strength(mark.canonical, value)
        for mark in reading.marks
    )


def _deals_of_tablets(reading: Reading, low: str) -> Iterator[tuple[int, int]]:
    """Yield deals with a hyphen or slash in which tablets cost little: ``zops 14-10``, ``blues 10/10``, ``3-5 5-5``."""
    ends = {mark.end for mark in reading.marked(SpanKind.DRUG) if mark.canonical in _OF_TABLETS}
    if ends:
        for match in _TABLETS.finditer(low):
            count, amount = int(match[1]), int(match[2])
            is_cheap = amount <= count * _MOST_EACH
            is_told = is_cheap and amount % _ROUND == 0 if count < _LEAST else is_cheap or amount <= _MOST_OF_FEW
            if is_told and any(0 <= match.start() - end <= _MOST_BETWEEN for end in ends):
                ends.add(match.end())
                yield match.span()


def _without_marked(reading: Reading, codes: Codes) -> Codes:
    """Return the letters with those of marks and of the name blotted out."""
    stretches = [(mark.start, mark.end) for mark in reading.marks if mark.kind in _MARKED]
    if reading.name is not None:
        stretches.append((reading.name.start, reading.name.end))
    return codes.without(stretches)


def _mark(reading: Reading, start: int, end: int) -> None:
    reading.add(Mark(SpanKind.PRICE, start, end, None, RULE_IN_ADVERT))
