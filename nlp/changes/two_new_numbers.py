"""Two numbers that take the place of the sender's at once: ``new numbers: 07700 900123 days 07700 900456 nights``.

The text gives up the number that it comes from and gives two, right behind each other, or one for the day and one for
the night. A change of number has one number in the findings; that the other one is new too is said by a rule.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from nlp.changes.further_numbers import are_given_for_shifts
from nlp.readings import Mark

RULE_BOTH_NEW: Final = "number-change/2:both-new"
"""Rule of a text of whose two numbers either takes the place of the sender's."""

_TWO: Final = 2
_NOUN: Final = r"(?:ones?|1s?|numbers?|nums?|numbas?|phones?|fones?|lines?|sims?|no|mob)"
_GONE: Final = (
    r"(?:dead|gone|going|finished|done|bust|dying|died|binned|no more|off(?! (?:til|till|until|the|me|my|to)(?!\w))"
    r"|shut|closed|scrapped|bait|hot)(?!\w)(?! (?:til|till|until|for)(?!\w))"
)
_GIVES_UP: Final = re.compile(
    rf"(?<!\w)(?:(?:this|dis|ths)(?: old)?(?: {_NOUN})?|(?:the |my |our )?old {_NOUN})"
    rf"(?:'?s| is| are| will be| getting)?(?: now| all| been)? {_GONE}"
    r"|(?<!\w)(?<!dont )(?<!don't )(?<!not )(?:delete|bin|dump|ditch|scrap|lose|forget"
    rf"|don'?t (?:use|ring|text|call|bell)) (?:this(?: old)?(?: {_NOUN})?|(?:the |my |our )?old {_NOUN})(?!\w)"
)
_LINK: Final = re.compile(r"\W{0,3}(?:(?:or|and|an|n|nd|plus|&|/|\+)(?: (?:on|also))?)?\W{0,3}")
_OF_ANOTHER: Final = re.compile(
    r"(?<!\w)(?:old|not|never|dont|don't|from|delete|bin|lose|forget|ignore|block|was)"
    r"(?: (?:use|ring|text|txt|call|bell|answer|save|on))?(?: (?:the|my|our|any of))?(?: (?:old|these))?"
    rf"(?: {_NOUN})?\W*@"
    r"|@\W*(?:(?:both|all|is|are|r|was|were|its|them|these|now) ){0,2}"
    r"(?:dead|gone|off|old|finished|fake|feds|police|snides?|not|bait|hot|done|aint|arent|isnt)(?!\w)"
)
"""That a number which the text gives is one that goes, or somebody else's."""
_NUMBER: Final = "@"


def are_both_new(low: str, numbers: Sequence[Mark]) -> bool:
    """Whether a text gives up the number that it comes from, and gives two in its place.

    Args:
        low: The text's shadow in small letters.
        numbers: Its numbers, in order.
    """
    if len(numbers) != _TWO or numbers[0].canonical == numbers[1].canonical:
        return False
    first, second = numbers
    between = low[first.end : second.start]
    around = f"{low[: first.start]}{_NUMBER}{between}{_NUMBER}{low[second.end :]}"
    if _GIVES_UP.search(around) is None or _OF_ANOTHER.search(around) is not None:
        return False
    return _LINK.fullmatch(between) is not None or are_given_for_shifts(low, numbers)
