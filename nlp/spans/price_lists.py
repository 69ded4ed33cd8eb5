"""Deals that only a list makes deals: ``2 15 4 30``, ``1.10 3.25 7.50``, ``3,25``, ``20 1 50 3``, ``3425``.

Alone such numbers are hours, weights, scores or a sum with pence; what tells is that every pair has a count and a round
sum, and that the sums are what several pieces cost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

Stretch = tuple[int, int]

_LEAST: Final = 10
_MOST: Final = 500
_ROUND: Final = 5
_NINES: Final = 9
_MOST_COUNT: Final = 28
_LEAST_PER_PIECE: Final = 3
_USUAL_EACH: Final = (4.5, 16.0)
"""Pounds for a piece where nothing but the list says that these are deals."""

_JOINED: Final = re.compile(r"(?<![\w.,:/+\u00a3-])([1-9][0-9]?)([.,:+/])([1-9][0-9]{1,2})(?![\w%]|[.,:+/-][0-9])")
_MERGED: Final = re.compile(r"(?<![\w.,:/+\u00a3-])([1-9])4([1-9][05])(?![\w%]|[.,:+/-][0-9])")
_NUMBERS: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "fifteen": 15, "twenty": 20, "twenny": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
}  # fmt: skip
_OF_TENS: Final = "|".join(word for word, value in _NUMBERS.items() if _LEAST < value < _MOST_COUNT * 4)
_WORDED: Final = (
    rf"(?:{'|'.join(word for word, value in _NUMBERS.items() if value <= _LEAST)})\ "
    rf"(?:(?:{_OF_TENS})(?:(?<=ty)[ -]five|(?<=enny)[ -]five)?|ten)"
)
_WORDED_LIST: Final = re.compile(rf"(?<![\w.,:/\u00a3-]){_WORDED}(?:\ ?[,./|*\n-]?\ ?{_WORDED}){{1,8}}(?![\w%:/-])")
_WORDED_DEAL: Final = re.compile(_WORDED)
_WITH_A: Final = r"[1-9][0-9]?\ a\ \u00a3?[1-9][0-9]{1,2}"
_LIST_WITH_A: Final = re.compile(
    rf"(?<![\w.,:/\u00a3-]){_WITH_A}(?:\ ?[,./|*\n&]?\ ?{_WITH_A}){{1,8}}(?![\w%]|[.,:/-][0-9])"
)
_DEAL_WITH_A: Final = re.compile(_WITH_A)
_IN_MILLIGRAMS: Final = frozenset({"pregabalin", "benzodiazepines"})
_STRENGTHS: Final = frozenset({75, 100, 150, 200, 225, 300, 400})
"""Milligrams of a tablet, which stand behind its name where others have their price."""

_BETWEEN: Final = 24
"""Code points that may stand between two deals of one list."""


def is_sum(value: int, *, least: int = _LEAST) -> bool:
    """Whether a deal can cost as much: a round sum, or one that ends in nine."""
    return least <= value <= _MOST and (value % _ROUND == 0 or value % 10 == _NINES or value == 8)


def are_pairs(numbers: Sequence[int]) -> bool:
    """Whether numbers side by side are counts with their sums: ``7 95``, ``1 55 2 100``."""
    return len(numbers) > 1 and len(numbers) % 2 == 0 and all(map(_is_deal, numbers[::2], numbers[1::2]))


def are_pairs_in_a_run(numbers: Sequence[int]) -> bool:
    """Whether a run is surely a list of deals, whatever the text is: counts and sums that both rise.

    One of the sums may be no round one where a piece costs about as much in each: ``2 20 3 28 10 85``.
    """
    counts, sums = list(numbers[::2]), list(numbers[1::2])
    if len(counts) != len(sums) or counts != sorted(set(counts)) or sums != sorted(set(sums)):
        return False
    return are_pairs(numbers) or (
        len(sums) > 1 and sum(map(is_sum, sums)) >= len(sums) - 1 and _cost_alike(counts, sums)
    )


def _cost_alike(counts: Sequence[int], sums: Sequence[int]) -> bool:
    """Whether more pieces are never dearer, nor half as dear, and each costs what one does."""
    if counts[0] < 1 or counts[-1] > _MOST_COUNT or sums[0] < _LEAST or sums[-1] > _MOST:
        return False
    each = [amount / count for count, amount in zip(counts, sums, strict=True)]
    least, most = _USUAL_EACH
    return each == sorted(each, reverse=True) and least <= each[-1] and each[0] <= min(most, 2 * each[-1])


def are_turned_pairs(numbers: Sequence[int]) -> bool:
    """Whether numbers side by side are sums with their counts: ``20 1 50 3``."""
    return len(numbers) > 2 and len(numbers) % 2 == 0 and all(map(_is_deal, numbers[1::2], numbers[::2]))


def is_strength(drug: str | None, value: int) -> bool:
    """Whether a number right behind the name of a drug is how strong a tablet is: ``lyrica 300``."""
    return drug in _IN_MILLIGRAMS and value in _STRENGTHS


def listed_deals(low: str) -> Iterator[Stretch]:
    """Yield the deals whose count and sum a mark joins that also stands in weights and hours: ``1.10 3.25``, ``3,25``.

    With a comma or a plus one is enough, with other marks there must be two.
    """
    found = [match for match in _JOINED.finditer(low) if _is_usual(int(match[1]), int(match[3]))]
    for at, match in enumerate(found):
        mark = match[2]
        beside = [other for other in (*found[at - 1 : at], *found[at + 1 : at + 2]) if other[2] == mark]
        is_listed = any(max(match.start() - other.end(), other.start() - match.end()) <= _BETWEEN for other in beside)
        if is_listed or (mark in ",+" and len(match[3]) == 2):
            yield match.span()


def worded_deals(low: str) -> Iterator[Stretch]:
    """Yield the deals of lists in words, and with "a" for "for", in which counts and sums both rise.

    ``one ten, three twenty five``, ``2 a 15 5 a 35``; "20 a 3.5" alone is what a weight costs.
    """
    if " ten" in low or "ty" in low or "een" in low:
        yield from _rising(low, _WORDED_LIST, _WORDED_DEAL)
    if " a " in low:
        yield from _rising(low, _LIST_WITH_A, _DEAL_WITH_A)


def _rising(low: str, lists: re.Pattern[str], deals: re.Pattern[str]) -> Iterator[Stretch]:
    for found in lists.finditer(low):
        stretches = list(deals.finditer(low, *found.span()))
        numbers = [value for deal in stretches for value in _values(deal.group())]
        if are_pairs_in_a_run(numbers):
            yield from (deal.span() for deal in stretches)


def _values(deal: str) -> tuple[int, int]:
    """Return count and sum of a deal in words, or with "a" between them."""
    count, *rest = deal.replace("-", " ").replace(" a ", " ").replace("\u00a3", "").split()
    return _value(count), sum(map(_value, rest))


def _value(word: str) -> int:
    return int(word) if word.isdecimal() else _NUMBERS[word]


def merged_deals(low: str) -> Iterator[Stretch]:
    """Yield the deals that are written as one number: ``3425``."""
    return (match.span() for match in _MERGED.finditer(low) if _is_usual(int(match[1]), int(match[2])))


def _is_deal(count: int, amount: int) -> bool:
    return 0 < count <= _MOST_COUNT and is_sum(amount) and amount >= count * _LEAST_PER_PIECE


def _is_usual(count: int, amount: int) -> bool:
    least, most = _USUAL_EACH
    return is_sum(amount) and least <= amount / count <= most
