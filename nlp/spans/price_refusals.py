"""What makes an amount no price: a debt, a threshold, a cost of something else or on top, a sum that is denied."""

from __future__ import annotations

import re
from typing import Final

from nlp.lexicons import LexiconKind, Lexicons

_LOOK_BACK: Final = 32
"""Code points before an amount that are looked at."""

_MOST_BETWEEN: Final = 3
"""Words between the one that refuses and the amount: "owe me the £20"."""

_ENDS: Final = ",;!?"
_CUT_SHORT: Final = frozenset({"min.", "max.", "no."})
"""Words with a full stop that end no clause."""

_CAME_BACK: Final = ("back ", "back in ", "back at ")
_GAVE_BACK: Final = ("money back ", "me back ", "him back ", "her back ", "us back ", "u back ", "you back ")

_SAYING: Final = re.compile(r"(?:get|gets|got) (?:what|wat|wot) (?:you|u|ya|ye) pay (?:for|4) $")
"""A saying that is over before the sum: "you get what you pay for £45 an 8th"."""

_MARKS: Final = ".,:;!?()\"'"

_SPENT_WELL: Final = re.compile(r"spend [0-9]+,? (?:(?:and|you|u) )*+get (?:(?:you|u) )?[2-9]")
"""A spent sum that buys so many pieces: ``spend 20 get 3``; with another number, or none, it is an offer."""

_GIVEN: Final = re.compile(r" ?(?:free|off|on|extra|%|back|quid|pounds?|more)\b")
"""What behind "spend 50 get 5" makes it a gift or a cut."""

_COUNT_OF_MANY: Final = re.compile(
    r"[0-9]+ (?:[0-9]+(?:\.[0-9]+)?|one|two|three|four|five|six|seven|eight|nine|ten) (?:for|4)\b"
    r"|(?:2[1-9]|[3-9][0-9]|[0-9]{3,}) ?(?:\+|&|n|and) ?[0-9]+ [0-9]"
)
"""A number before what is counted, which counts nothing: "10 3.5 for 30", but ``2 10s for 15``."""

_ALSO_NAMES: Final = frozenset({"nifty", "pony", "ponies"})
"""Sums that alone are as often a name, or a drug; a figure for a letter ("p0ny") is how names are written."""

_FIGURES: Final = str.maketrans("013", "oie")


def is_no_form(form: str, low: str, start: int, end: int) -> bool:
    """Whether what has the form of a price is an offer to who spends, holds a number more, or is a name."""
    if form == "gift":
        is_spent = low.startswith("spend ", start) or low.endswith("spend ", 0, start)
        return is_spent and (_SPENT_WELL.fullmatch(low, start, end) is None or _GIVEN.match(low, end) is not None)
    if form == "money" and low[start:end].translate(_FIGURES) in _ALSO_NAMES:
        return True
    return form in {"deal", "unit"} and _COUNT_OF_MANY.match(low, start, end) is not None


_AMOUNTS_IN_WORDS: Final = ("ten ", "twelve ")
"""Counts in words that are sums as well: "ten each", but "one each"."""

_SOLD_SO: Final = ("draw", "jar", "tank", "pop")
"""What stands behind its sum without more: "£20 draw"; "3 for £18 go" is a call."""

_LEAST_EACH: Final = 5
"""Pounds from which on a number is what anything costs: "20 a twist"; "text this 2 a friend"."""

_NOTHING_SOLD: Final = frozenset({"side", "tiny", "lil", "little", "few", "friend", "mate", "row"})
_LEAST_FROM: Final = 10
"""The same of "oz from 160"; "Bar from 6" is an hour."""

_SUM_OF_WEIGHT: Final = re.compile(r"([0-9]+) ?(?:[-/=]|(?!for)[a-z]+) ?[0-9]?\.[0-9]s?")
"""A sum, and behind it the weight that it buys: ``25-3.5``, ``25 per 3.5``."""

_PLURAL: Final = re.compile(r"([0-9]+) [a-z]{2,}[a-rt-z]s \u00a3? ?([0-9]+)")
_MOST_THINGS: Final = 12
_LEAST_A_THING: Final = 2.5
"""Of 41 numbers before a word in the plural and a sum (``3 tickets 25``) 32 are deals, in adverts of 213 batches."""


def is_worded_price(form: str, code: str, text: str) -> bool:
    """Whether the words of an amount are those of a price, where its form alone does not tell.

    Args:
        form: The group of ``nlp.spans.price_grammar``.
        code: The letters of the stretch.
        text: The stretch, in lower case.
    """
    if code in {"i E", "i a u"}:
        return text.startswith(_AMOUNTS_IN_WORDS)
    if form == "amount" and code.endswith(" p"):
        return text.endswith(_SOLD_SO)
    if code == "u G n":
        return int(text.rpartition(" ")[2]) >= _LEAST_FROM
    if form == "back" and (weighed := _SUM_OF_WEIGHT.fullmatch(text)) is not None:
        return int(weighed[1]) % _LEAST_EACH == 0 and int(weighed[1]) >= _LEAST_FROM
    if code == "n a w":
        amount, _, thing = text.partition(" a ")
        return thing.isalpha() and thing not in _NOTHING_SOLD and int(amount) >= _LEAST_EACH
    return form != "unit" or not code.startswith(("n w ", "4 w ")) or _are_things(text)


def _are_things(text: str) -> bool:
    """Whether a number, a word and a sum are what so many pieces cost."""
    found = _PLURAL.fullmatch(text)
    if found is None:
        return False
    count, sum_of_all = int(found[1]), int(found[2])
    return count <= _MOST_THINGS and sum_of_all >= max(_LEAST_EACH, count * _LEAST_A_THING)


class PriceRefusals:
    """Knows the words before an amount that make it no price."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._denied = lexicons.terms(LexiconKind.PATTERN, "amount_denied")
        self._owed = lexicons.terms(LexiconKind.PATTERN, "amount_owed")
        self._between = lexicons.terms(LexiconKind.PATTERN, "amount_owed_between")

    def refuses(self, low: str, start: int, form: str = "") -> bool:
        """Whether the words before ``start`` say that the amount there is no price; ``form``: its group of the grammar.

        What came back is offered by the piece ("gummies back £15 a pack"); nobody owes so.
        """
        if form == "per" and low.endswith(_CAME_BACK, 0, start) and not low.endswith(_GAVE_BACK, 0, start):
            return False
        words = low[max(0, start - _LOOK_BACK) : start].split()
        if words and words[-1] in {"a", "an"} and words[-2:-1] and words[-2] in self._denied:
            return True
        if words and words[-1] in self._denied:
            return True
        return self.is_owed(low, start)

    def is_owed(self, low: str, start: int) -> bool:
        """Whether what stands before ``start`` tells of a debt, a threshold, another cost or one on top (``+ 5``)."""
        if low[max(0, start - 2) : start].strip() == "+":
            return True
        before = low[max(0, start - _LOOK_BACK) : start]
        if _SAYING.search(before):
            return False
        words = before.split()
        for word in reversed(words[-_MOST_BETWEEN - 1 :]):
            if word[-1] in _ENDS or (word[-1] == "." and word not in _CUT_SHORT):
                # "For them thats short, £10 bags": what a clause before says is of that one.
                return False
            if word.strip(_MARKS) in self._owed:
                return True
            if word not in self._between:
                return False
        return False
