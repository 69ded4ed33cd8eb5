"""Two numbers that take the place of the sender's at once: ``new numbers: 07700 900123 days 07700 900456 nights``.

The text gives up the number that it comes from, says that more than one is new, and gives two, right behind each
other, or one for the day and one for the night. A change of number has one number in the findings; that the other one
is new too is said by a rule.
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
_SAYS_NEW: Final = re.compile(
    r"(?<!\w)(?:new|nu)(?: 2| two)? (?:ones|1s|numbers|nums|numbas|phones|fones|lines|sims|nos)(?!\w)"
    r"|(?<!\w)(?:both|these|all) (?:are |r )?(?:new|nu)(?!\w)"
    r"|(?<!\w)(?:2|two) (?:new )?(?:numbers|nums|numbas|phones|fones|lines|sims) now(?!\w)"
)
"""That more than one number is new. Without it the two may be a taxi's, a shop's or a customer's."""
_FOR_SHIFTS_OF_OLD: Final = re.compile(rf"(?<!\w)old {_NOUN}(?!\w)")
_ELSEWHERE: Final = re.compile(
    r"(?<!\w)(?:if|wen|when|after|unless|never|home|cabs?|cabbies?|taxis?|fares?|shops?|round|probs?|problems?|barbers?"
    r"|mums?|mates?|bros?|pub|gaff)(?!\w)"
)
"""Before the numbers: what is not yet so, or is somebody else's number."""
_GONE: Final = (
    r"(?:dead|gone|going|finished|done|bust|dying|died|binned|no more|off|shut|closed|scrapped|bait|hot)(?!\w)"
    r"(?: (?:today|from (?:now|today)))?"
    r"(?= ?(?:[^\w\s'-]|[\r\n]|$)| (?:so |now |pls |just )*(?:ring|call|bell|text|txt|use|get|save|new|both|days?"
    r"|nights?|2|two)(?!\w))"
)
"""Final in its clause: "this phone is off after 10pm" and "this line is going all night" give up nothing."""
_REFUSED: Final = r"(?<!dont )(?<!dnt )(?<!don't )(?<!dont u )(?<!not )(?<!never )(?<!cant )(?<!to )"
_GIVES_UP: Final = re.compile(
    rf"(?<!\w)(?:(?:this|dis|ths)(?: old)?(?: {_NOUN})?|(?:the |my |our )?old {_NOUN})"
    rf"(?:'?s| is| are| will be| getting)?(?: now| all| been)? {_GONE}"
    rf"|(?<!\w){_REFUSED}(?:delete|bin|dump|ditch|scrap|lose|forget"
    rf"|do?n'?t (?:use|ring|text|call|bell)) (?:this(?: old)?(?: {_NOUN})?|(?:the |my |our )?old {_NOUN})(?!\w)"
)
_LINK: Final = re.compile(r"\W{0,3}(?:(?:or|and|an|n|nd|plus|&|/|\+|second|2nd)(?: (?:on|also|is))?)?\W{0,3}")
_OF_ANOTHER: Final = re.compile(
    r"(?<!\w)(?:old|not|never|dont|dnt|don't|from|delete|bin|lose|forget|ignore|block|was)"
    r"(?: (?:use|ring|text|txt|call|bell|answer|save|on))?(?: (?:the|my|our|any of))?(?: (?:old|these))?"
    rf"(?: {_NOUN})?\W*@"
    rf"|@\W*(?:(?:both|all|is|are|r|was|were|its|them|these|now) ){{0,2}}(?!old {_NOUN}(?!\w))"
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
    is_for_shifts = are_given_for_shifts(low, numbers)
    is_said_new = _SAYS_NEW.search(around) or (is_for_shifts and _FOR_SHIFTS_OF_OLD.search(around))
    if not is_said_new or _ELSEWHERE.search(low[: second.start]) is not None:
        return False
    if _GIVES_UP.search(around) is None or _OF_ANOTHER.search(around) is not None:
        return False
    return _LINK.fullmatch(between) is not None or is_for_shifts
