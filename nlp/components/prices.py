"""Prices: the whole deal as written, one mark each: ``3 for 25``, ``2-15``, ``pay 4 get 5``, ``tenners``.

Grammar by form only: what a text is decides later whether it tells prices at all (``decisions``). A form that is a deal
is marked under ``RULE``, an amount alone under ``RULE_IN_ADVERT``: the amount says less of what the text is.
"""

from __future__ import annotations

import re
from typing import Final

from nlp.components.component import Component
from nlp.lexicons import LexiconKind, Lexicons
from nlp.readings import Mark, Reading
from nlp.spans.price_grammar import JOINS_SUM, PRICES, RULE, RULE_IN_ADVERT
from nlp.spans.price_lists import are_pairs_in_a_run, worded_deals
from nlp.spans.price_refusals import PriceRefusals, is_no_form, is_worded_price
from nlp.words.amount_codes import COUNTED_DRUG, Coder, Codes
from nlp.words.hints import DIGIT
from parsers.records.findings import SpanKind

_TELLING: Final = (
    *("amount_count_word", "amount_money_word", "amount_note", "amount_notes", "amount_currency", "amount_bogof"),
    *("amount_half", "amount_time_of_day", "amount_part_of_day"),
)
"""Classes of words of which one stands in every price and in every hour that is written without a digit."""

_MONEY: Final = frozenset("n4dm\u00a3ejqtTi$")
"""Letters of which one stands in every price."""

_DEALS: Final = frozenset({"gift", "instead", "bogof", "deal"})
_AMOUNTS: Final = frozenset({"money", "amount", "per", "notes", "back"})
_NUMBERS: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)?|[.][0-9]+")
_DEARER: Final = re.compile("[0-9]\u00a3[0-9]| a ")
"""What joins a count with a sum as it joins others: ``3\u00a325``, "3 a 25"."""
_SURELY_JOINED: Final = re.compile("[\u00a3a-z=]|[.][.]")
_HOURS_OF_CLOCK: Final = 12
_HOURS_OF_DAY: Final = 24
_FEW: Final = 3
_LEAST_PER_PIECE: Final = 4
"""What a piece costs at least: ``5-20`` is a deal, ``8-20`` and ``10-22`` are hours."""

_LEAST_BARE: Final = 10
_ROUND: Final = 5
_SUM_LETTERS: Final = re.compile("[\u00a3qQtj]")
_THINGS_BEFORE: Final = re.compile(
    r"(?!hal[fv]|whole|pair|zip|hen|ounces|ozs|eighths|quarters|grams)"
    r"(?:[a-z]{1,16}[a-rt-z]s|deal) ?[-=:@/]? ?(?=\u00a3?[0-9]|a [a-z])|deal (?=[a-z])"
)
"""Things, and no measures, of which none is counted: their price is the sum behind them, ``bars \u00a32``;
and "deal" before what is: ``deal oz 170``."""

_TOO_LITTLE: Final = re.compile(r"(?:[a-z]|oz) ?[-=:@/]? ?[0-9]|deal ?[-=:@/]? ?[0-9]+")
"""``q-9``, ``g 5``, ``deal 5``: a measure of which none costs so little, and a count; mostly a name, or an hour."""

_LEAST_PER_UNIT: Final = 2
_MILLILITRES: Final = re.compile(r"[0-9] ?ml\b")
_BEHIND: Final = re.compile(
    r" (?:worth (?:on|free)|short|cheaper|outside|delivery|postage|fuel|petrol|parking|spent|line|deposit|credit)\b"
)
"""What makes an amount before it a fee, a debt or a name."""

_LEAST_SPENT: Final = re.compile(" min(?:imum)?\\b")
"""What makes a sum before it a threshold: "20 quid minimum", but "£20 for 2 minimum"."""

_LEAST_BOUGHT: Final = re.compile("\\bmin(?= (?:(?:of )?(?:[2-9]|two|three)\\b(?! (?:min|hour|hr|sec))|order|spend))")
"""What is no time though it stands behind a number: "3 for 20 min 3", "35 quid min order 2"."""

_GIFT: Final = re.compile(r" free\b(?! (?:drop|deliver|post))")
"""What makes a piece before it a gift: "get a 10 bag free"."""

_CUT: Final = re.compile(" ?off\\b")
"""What makes an amount before it a cut of a price: "all eighths 5 off"."""

_FROM_HOUR: Final = re.compile(r"\bde la $")
"""Romanian "de la 5 la 12": hours, though "5 la 12" is a deal."""
_LOOK_BACK: Final = 8

_SPACED_SUM: Final = re.compile(r"(?<![\w.:/-])([2-9]) ?4 ([1-9]) ([05])(?![\w.:/%-]|(?: ?4)? [0-9]| ?[x@=])")
"""A deal whose sum is written digit by digit: ``3 4 2 5``."""

_MOST_WEIGHT: Final = 28
_LEAST_WITH_PENCE: Final = 13
"""What a sum with pence without a currency is at least: "3 for 27.50", and "2 for 7.30" is an hour."""

_RATING: Final = re.compile(r"[5-9][.,][0-9]/10")
"""How good it is said to be: ``9.5/10``; half a gram for ten is ``0.5/10``."""

_LEAST_RATIO: Final = 2
"""The same behind a slash, where a date can stand: ``28/30`` is none."""

_RUN: Final = re.compile(r"(?<![n4mzde\u00a3#:/%-])(?<![n4] )[n4](?:\ [n4]){3,15}(?![n4mzde%:/-]| [n4])")
_LISTED_RUN: Final = re.compile(
    r"(?<![n4mzde\u00a3#:/%-])[n4]\ [n4](?:\ ?[-.,/|*\n]\ ?[n4]\ [n4]){1,10}(?![n4mzdekA%:/-]|\ [n4kA])"
)
"""Deals of which each is told apart: ``1 10 - 3 25 - 6 45``."""

_OF_BEHIND: Final = re.compile(r"(?:(?<=[a-z]s)|(?<=bag)) o$")
"""What begins what is sold: "score bags o brown"; "20 a o" is an ounce."""

_PIECES: Final = re.compile(r" (?:singles?|doubles?)\b(?! (?:for|4) )")
"""What a sum is for, though nothing else is counted in it: "\u00a38 single \u00a315 double"."""

_COUNTED_DRUG: Final = re.compile(
    rf"(?<![n4mzde\u00a3#:/%.-])[n4di]\ ([wCNUp](?:\ [wCNUpb])*?)(?={JOINS_SUM}(?:\u00a3\ ?)?[ntij])", re.VERBOSE
)
"""What stands between a count and what joins it with a sum: ``1 dark for 25``, ``2 dark skin 4 20``."""

_STATED: Final = re.compile(
    r"(?<![a-zA-Z])u ([wI]) ((?:\u00a3 ?)?[n4](?: ?q)?)(?![A-Za-wyz4\u00a3#%]|[:/.-][n4z]| ?[Kk%@]| f )"
)
_COUNT_BEFORE: Final = re.compile(r"[n4deijcaH] $")
_SAYS: Final = frozenset({"is", "are", "iz", "r"})
"""What stands between things and what each costs: ``bags is 10 bits is 5``."""

_ON_TOP = re.compile(r" on (?:me|us|the house|top)\b")


class Prices(Component):
    """Marks deals and amounts."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._coder = Coder(lexicons)
        self._telling = frozenset[str]().union(*(lexicons.terms(LexiconKind.PATTERN, name) for name in _TELLING))
        self._refusals = PriceRefusals(lexicons)

    def read(self, reading: Reading) -> None:
        """Write to the reading."""
        if not reading.hints & DIGIT and self._telling.isdisjoint(reading.words):
            return
        low = reading.shadow.lower
        codes = self._coder.codes(low)
        if reading.marks:
            codes = codes.without((mark.start, mark.end) for mark in reading.marks)
        reading.codes = codes
        low = codes.low
        if _MONEY.isdisjoint(codes.code):
            return
        codes = _with_counted_drugs(reading, _without_stated(reading, _without_least(codes)))
        codes = _without_spaced_sums(reading, _without_runs(reading, codes))
        at = 0
        unsure: list[tuple[int, int]] = []
        has_list = False
        while match := PRICES.search(codes.code, at):
            start, end = codes.starts[match.start()], codes.starts[match.end()]
            rule = self._rule_of(match, low, start, end)
            if rule is not None:
                _mark(reading, _start_of_price(match, low, start, end), end, rule)
                has_list = has_list or match.lastgroup == "joined"
            elif match.lastgroup == "joined" and is_joined_deal(low[start:end]) is None:
                unsure.append((start, end))
            at = match.end() if rule is not None else match.start() + 1
        if has_list:
            # "1-10 3-25": in a list of deals the first is no time.
            for start, end in unsure:
                if not reading.is_taken(start, end):
                    _mark(reading, start, end, RULE)

    def _rule_of(self, match: re.Match[str], low: str, start: int, end: int) -> str | None:
        """Return the rule under which a stretch is a price; None where it is none."""
        form = match.lastgroup or ""
        if form == "deal" and "e" in match.group():
            return RULE if _are_pence(match.group(), low[start:end]) else None
        if form in _DEALS:
            return None if _is_no_deal(form, low, start, end) else RULE
        if form == "joined":
            return RULE if is_joined_deal(low[start:end]) or _is_sum_first(low[start:end]) else None
        if is_no_form(form, low, start, end) or self._is_other(form, low, start, end):
            return None
        if form == "reversed":
            return RULE if _is_reversed_deal(low[start:end]) else None
        code, text = match.group(), low[start:end]
        return RULE_IN_ADVERT if is_worded_price(form, code, text) and _is_plausible(form, code, text) else None

    def _is_other(self, form: str, low: str, start: int, end: int) -> bool:
        """Whether what stands before or behind an amount makes it a debt, a fee or a cut."""
        if form not in _AMOUNTS:
            return form == "unit" and _CUT.match(low, end) is not None
        if form == "amount" and _GIFT.match(low, end):
            return True
        if form == "money" and _LEAST_SPENT.match(low, end) and not _LEAST_BOUGHT.match(low, end + 1):
            return True
        return self._refusals.refuses(low, start, form) or (_BEHIND.match(low, end) or _CUT.match(low, end)) is not None


def _start_of_price(match: re.Match[str], low: str, start: int, end: int) -> int:
    """Return where a price starts whose stretch may begin with things that are not counted."""
    things = _THINGS_BEFORE.match(low, start, end) if match.lastgroup == "unit" else None
    return things.end() if things else start


def _without_least(codes: Codes) -> Codes:
    """Return the letters without what asks for a least number, and is no time behind a sum."""
    return codes.without(least.span() for least in _LEAST_BOUGHT.finditer(codes.low)) if "min " in codes.low else codes


def _without_stated(reading: Reading, codes: Codes) -> Codes:
    """Mark what things are said to cost, and return the letters without it: the 10 is of no bits behind it."""
    found: list[tuple[int, int]] = []
    starts, low = codes.starts, codes.low
    for stated in _STATED.finditer(codes.code):
        thing, says = starts[stated.start()], starts[stated.start(1)]
        start, end = starts[stated.start(2)], starts[stated.end(2)]
        # "2 bags is 20" counts them, but the 10 of "bags is 10 bits is 5" was said of the bags.
        is_counted = _COUNT_BEFORE.search(codes.code, 0, stated.start()) and not (found and found[-1][1] == thing - 1)
        is_sum = not low[start:end].isdecimal() or not int(low[start:end]) % _ROUND
        is_letter = says - thing <= len("g ")
        if is_sum and not is_counted and not is_letter and low[says : starts[stated.start(1) + 1]] in _SAYS:
            found.append((start, end))
            _mark(reading, start, end, RULE_IN_ADVERT)
    return codes.without(found) if found else codes


def _with_counted_drugs(reading: Reading, codes: Codes) -> Codes:
    """Return the letters with those of drugs that are counted and sold, though a word of them is a time elsewhere."""
    drugs = {(reading.starts[term.first], reading.ends[term.last - 1]) for term in reading.of_kind(LexiconKind.DRUG)}
    if not drugs:
        return codes
    places: list[int] = []
    for found in _COUNTED_DRUG.finditer(codes.code):
        first, last = found.span(1)
        count = codes.low[codes.starts[found.start()] : codes.starts[found.start() + 1]]
        if len(count) > 1 and count.isdecimal() and not codes.code.startswith(" f", last):
            # "pub at 40 prop at 80": the number is the price of what stands before it.
            continue
        if (codes.starts[first], codes.starts[last]) in drugs:
            places += range(first, last, 2)
    return codes.with_letters(places, COUNTED_DRUG) if places else codes


def _without_runs(reading: Reading, codes: Codes) -> Codes:
    """Mark the deals of runs like ``2 15 4 30 7 50``, in words too, and return the letters without them."""
    found = [deal for deal in worded_deals(codes.low) if not reading.is_taken(*deal)]
    for deal in found:
        _mark(reading, *deal, RULE_IN_ADVERT)
    for run in (*_RUN.finditer(codes.code), *_LISTED_RUN.finditer(codes.code)):
        places = [run.start() + at for at, letter in enumerate(run.group()) if letter in "n4"]
        numbers = [int(codes.low[codes.starts[at] : codes.starts[at + 1]]) for at in places]
        if are_pairs_in_a_run(numbers):
            for at, following in zip(places[::2], places[1::2], strict=True):
                if reading.is_taken(codes.starts[at], codes.starts[following + 1]):
                    continue
                found.append((codes.starts[at], codes.starts[following + 1]))
                _mark(reading, *found[-1], RULE_IN_ADVERT)
    return codes.without(found) if found else codes


def _without_spaced_sums(reading: Reading, codes: Codes) -> Codes:
    """Mark the deals whose sums are written digit by digit, and return the letters without them."""
    if " 4 " not in codes.low:
        return codes
    found: list[tuple[int, int]] = []
    for deal in _SPACED_SUM.finditer(codes.low):
        # "3 4 2" would give three pieces away, and a nought counts nothing.
        if (int(deal[2]) <= int(deal[1]) or deal[3] == "0") and not reading.is_taken(*deal.span()):
            found.append(deal.span())
            _mark(reading, *found[-1], RULE_IN_ADVERT)
    return codes.without(found) if found else codes


def _is_no_deal(form: str, low: str, start: int, end: int) -> bool:
    """Whether the words are hours, a gift for spending, or begin with a number that counts nothing."""
    return is_no_form(form, low, start, end) or _FROM_HOUR.search(low, max(0, start - _LOOK_BACK), start) is not None


def _are_pence(code: str, text: str) -> bool:
    """Whether a number with two places is a weight that is counted, or a sum of some pounds, and no hour."""
    numbers = [float(number.replace(",", ".")) for number in _NUMBERS.findall(text)]
    if code[0] == "e" and numbers[0] > _MOST_WEIGHT:
        return False
    return "e" not in code[1:] or _SUM_LETTERS.search(code) is not None or numbers[-1] >= _LEAST_WITH_PENCE


def _is_plausible(form: str, code: str, text: str) -> bool:
    """Whether an amount that nothing calls money can be the price of what is counted: not ``half 9``, not ``1 bit``."""
    if _SUM_LETTERS.search(code):
        return True
    if text.startswith("o ") or (form == "unit" and (text.startswith("un ") or _TOO_LITTLE.fullmatch(text))):
        # The Scots "back o 8" and "the price o 3": no ounce without a count.
        return False
    numbers = [float(part.replace(",", ".")) for part in _NUMBERS.findall(text)]
    if form == "amount":
        return numbers[0] >= _LEAST_BARE and numbers[0] % _ROUND == 0
    if form != "unit" or not numbers:
        return True
    if "h" in code:
        return numbers[-1] > _HOURS_OF_CLOCK
    return len(numbers) == 1 or _MILLILITRES.search(text) is not None or numbers[-1] >= numbers[0] * _LEAST_PER_UNIT


def _is_reversed_deal(text: str) -> bool:
    """Tell ``£25 = 3`` from a range of sums."""
    amount, count = (float(part.replace(",", ".")) for part in _NUMBERS.findall(text)[:2])
    return amount >= count * _LEAST_PER_PIECE


def _is_sum_first(text: str) -> bool:
    """Whether a sum stands before what it buys: ``20 = 4``."""
    amount, count = (float(part.replace(",", ".")) for part in _NUMBERS.findall(text)[:2])
    return "=" in text and "\u00a3" not in text and amount >= max(_LEAST_BARE, count * _LEAST_PER_PIECE)


def _mark(reading: Reading, start: int, end: int, rule: str) -> None:
    low = reading.shadow.lower
    if low.startswith("every ", start):
        start += len("every ")
    if rule == RULE_IN_ADVERT and (piece := _PIECES.match(low, end)) is not None:
        end = piece.end()
    if rule == RULE and (on_top := _ON_TOP.match(low, end)):
        end = on_top.end()
    elif (of := _OF_BEHIND.search(low, start, end)) is not None:
        end = of.start()
    reading.add(Mark(SpanKind.PRICE, start, end, None, rule))


def is_joined_deal(text: str) -> bool | None:
    """Tell ``2-15``, ``3/25`` and ``2 - 50£`` from hours, dates, scores and fractions.

    Returns:
        None for what is a deal only beside others: ``1-10``, ``3-12``.
    """
    count, amount = (float(part.replace(",", ".")) for part in _NUMBERS.findall(text)[:2])
    if " an " in text or (amount <= count and not _SUM_LETTERS.search(text)) or _RATING.fullmatch(text):
        return False
    if _DEARER.search(text):
        return amount >= count * _LEAST_PER_PIECE
    if _SURELY_JOINED.search(text) or count != int(count):
        return "=" not in text or amount >= _LEAST_BARE
    return _is_dear_enough(text, count, amount)


def _is_dear_enough(text: str, count: float, amount: float) -> bool | None:
    """Tell a deal from hours, dates and scores by what a piece would cost; None as above."""
    if amount <= _HOURS_OF_CLOCK:
        return None if ("-" in text or "/" in text) and count < amount and count <= _FEW else False
    if amount <= _HOURS_OF_DAY:
        return amount >= count * _LEAST_PER_PIECE
    return amount > count * (1 if "-" in text else _LEAST_RATIO)
