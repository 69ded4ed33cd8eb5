"""Further numbers: a text gives one that is in use beside the sender's, so that nothing changes.

It says so by how the two stand together ("this n 07700 900123", "07700 900123 as well as this"), or by two signs: that
there are several, or that this is one more ("2 phones now", "second phone"), and that both go on ("use any", "ring
either", "both work"). "Both on" alone is said of what is sold: it counts beside two phones, and "too" of the phone that
it stands behind. What gives up the number in use, or sends everybody to the other one, is a change all the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from nlp.readings import Mark

RULE_BESIDE: Final = "number-change/2:beside"
"""Rule of a text that says of the number in it that it is in use beside the sender's, or of two that both are."""

_PHONES: Final = r"(?:phones?|fones?|phns?|numbers?|numbas?|nums?|nos|lines?|sims?|handsets?|mobs?|mobiles?)(?!\w)"
_NOUN: Final = r"(?:one|1|number|num|numba|phone|fone|line|sim)"
_THIS: Final = rf"(?:this|dis|ths)(?: {_NOUN})?"
_AND: Final = r"(?:and|an|n|nd|&|\+|or|/|plus)"
_END: Final = r"(?=\W*$| ?[.,!\n])"
_WITH_THIS_BEFORE: Final = re.compile(
    rf"(?<!\w){_THIS} ?{_AND} ?(?:also |on |my |the |our |other (?:one|1) )?\W{{0,3}}$"
)
_GOES_ON: Final = r"(?:both|either|any|use|too|also|as well|aswell|still|stays?|staying)(?!\w)"
_WITH_THIS_BEHIND: Final = re.compile(
    rf"\W{{0,3}}(?:{_AND}|as well as|aswell as|along ?side|along with|besides?)(?: still)?(?: on)? (?:this|dis|ths)"
    rf"(?: {_NOUN}(?!\w)(?!'| (?:s|is|will|be|gets?|getting|goes|going|no|not|been|was|has|had|just|only|out|wont|dont"
    r"|doesnt|cant|dies|dying|ends?|finish\w*|stops?|til|till|until|for|gonna|gona|needs?|ran|runs?|running"
    rf"|can|hot|bait|down|shut\w*|died|packs?|packed|cuts?)(?!\w)(?! (?:still|also|staying)(?!\w)))|{_END}"
    rf"|(?= {_GOES_ON}))(?!(?: \w+){{0,3}} (?:til|till|until) (?:tonight|tonite|tomorrow|tmrw|tomoz|then|friday|monday"
    r"|end))"
)
_SEVERAL: Final = re.compile(rf"(?<!\w)(?:(?:two|2|twa|three|3|couple of|cpl of) (?:\w+ )?{_PHONES})")
_SECOND: Final = rf"(?:second|2nd|extra|spare|back ?up|additional|further|work) {_PHONES}"
_ONE_MORE: Final = re.compile(rf"(?<!\w)(?:{_SECOND}|(?:other|another) {_PHONES}|both {_PHONES})")
_RING: Final = (
    r"(?:use|save|keep|ring|bell|call|text|txt|buzz|hit|answer|answerin|answering|get|reach|catch)"
    r"(?: me| us| mi| man)?(?: on)?"
)
_IF_BUSY: Final = re.compile(
    rf"(?<!\w)(?:if|when|wen) (?:{_THIS}|one|1|1s|its|im|(?:the )?(?:first|1st)(?: {_NOUN})?)(?:'?s| is)? ?"
    r"(?:busy|engaged)(?!\w)"
    rf"|(?<!\w)if (?:{_THIS}|one|1|1s|its|im|(?:the )?(?:first|1st)(?: {_NOUN})?)(?:'?s| is)? ?off(?!\w)"
)
_ANY_DOES: Final = re.compile(
    r"(?<!\w)(?:"
    rf"{_RING} (?:any|either|both)(?: (?:{_PHONES}|of (?:them|these|the (?:two|2))(?!\w)|(?:one|1){_END})|{_END})"
    rf"|{_RING} whichever(?!\w)|whichever (?:{_PHONES}|(?:is|answers)(?!\w))"
    rf"|either (?:{_PHONES}|(?:(?:one|1) )?(?:will|does|do|works|answers)(?!\w))"
    r"|any of (?:them|these|the (?:two|2)) (?:will|does|do|works|answers|is fine)(?!\w)"
    r"|both (?:(?:are|r|still) )?(?:work|works|working|answer|answered|me|us|mine|ours|same (?:person|team|lad|man))"
    r"(?!\w)"
    rf"|both {_PHONES} (?:(?:are|r|still|stay|staying|is) ){{0,2}}(?:on|live|open|up|active|running|good)(?!\w)"
    rf"|{_SECOND} (?:as well|aswell|too|also)(?!\w)|also (?:got |on |have )?(?:a |my |the |our )?{_SECOND}"
    r")"
)
_BOTH_ON: Final = re.compile(r"(?<!\w)both (?:(?:are|r) )?(?:on|live|active|open|up|running)(?!\w)")
"""Of two phones, where the text says that there are so many; else of what is sold."""

_GIVES_UP: Final = re.compile(
    r"(?<!\w)(?:old|lost|lose|losing|dead|dying|died|dies|gone|going|broke|broken|smashed|bust|delete|del|bin|binned"
    r"|scrap|forget|stop|stops|stopped|finish|finished|instead|nicked|robbed|stolen|stole|took|taken|seized|chang\w+"
    r"|swap\w*|switch\w*|moved|moving|replac\w+|closed|closing|shut|off|wont|cant|doesnt|isnt|ran out|run out"
    r"|running out|not work\w*|packed in|rid|done with|bait|no more|no longer|from now|only|not this|not on this"
    r"|dont (?:use|ring|call|text|bell)|do not (?:use|ring|call|text|bell)|last (?:day|time)|soon|rather than"
    r"|the new (?:one|1|number|num|phone|line)|is (?:my|our) new)(?!\w)"
)
_IS_NOW: Final = re.compile(r"(?<!\w)(?:is now|(?<!phones )(?<!lines )(?<!numbers )now on(?! both| either))(?!\w)")
"""Where everybody goes from now, unless this one stands beside it."""

_RUNG: Final = r"(?: (?:ring|use|call|bell|text|txt|is|its|on|save)){0,2}\W{0,3}$"
_SHIFTS: Final = (
    r"(?:days?(?: ?(?:time|shift)s?)?|mornings?|afternoons?)",
    r"(?:(?:over)?(?:nights?|nites?|nyts?)(?: ?(?:time|shift)s?)?|eve(?:ning)?s?|lates?)",
)
_BEFORE_A_NUMBER: Final = tuple(
    re.compile(rf"(?<!\w)(?<!last )(?<!to){shift}(?: {_NOUN})?{_RUNG}") for shift in _SHIFTS
)
_BEHIND_A_NUMBER: Final = tuple(
    re.compile(rf"\W{{0,3}}(?:is )?(?:(?:for|in|on|at|da|the|my|our) ){{0,2}}{shift}(?!\w)") for shift in _SHIFTS
)
"""Of day and night, what stands before a number that is rung then, and what stands behind it."""


def are_of_shifts(low: str, numbers: Sequence[Mark]) -> bool:
    """Whether a text gives one number for the day and another one for the night: ``days 07700 900123 nites ...``.

    Both are in use, whichever of them it came from.

    Args:
        low: The text's shadow in small letters.
        numbers: Its numbers, in order.
    """
    if len(numbers) != 2 or numbers[0].canonical == numbers[1].canonical or _GIVES_UP.search(low.replace("'", "")):
        return False
    return are_given_for_shifts(low, numbers)


def are_given_for_shifts(low: str, numbers: Sequence[Mark]) -> bool:
    """Whether of two numbers of a text the one is for the day and the other for the night; arguments as above."""
    first, second = numbers
    before = [low[: first.start], low[first.end : second.start]]
    behind = [low[first.end : second.start], low[second.end :]]
    return any(
        _BEFORE_A_NUMBER[one].search(before[0]) is not None and _BEFORE_A_NUMBER[1 - one].search(before[1]) is not None
        for one in (0, 1)
    ) or any(
        _BEHIND_A_NUMBER[one].match(behind[0]) is not None and _BEHIND_A_NUMBER[1 - one].match(behind[1]) is not None
        for one in (0, 1)
    )


_LINK: Final = re.compile(r"\W{0,3}(?:(?:or|and|an|n|nd|plus|&|/|\+)(?: (?:on|also))?|/|&)\W{0,3}")
_OF_BOTH: Final = re.compile(
    rf"(?<!\w)(?:either|both|any|whichever)(?! (?:on the|of the|my|his|her|ur|your) )(?!\w)|{_IF_BUSY.pattern}"
    rf"|(?<!\w)(?:ring|call|use|try|txt|text|bell) (?:1|one) or (?:the )?other(?!\w)"
)
_NEXT_IF_BUSY: Final = re.compile(
    rf"(?<!\w)(?:if|when) (?:(?:{_THIS}|its|im|we|it)(?:'?s| is| are|re)? ?)?(?:busy|engaged)\W{{1,3}}"
    r"(?:just )?(?:ring|try|use|bell|call|txt|text|hit)\W{0,3}$"
)


def are_beside(low: str, numbers: Sequence[Mark]) -> bool:
    """Whether a text says that numbers are in use beside each other: ``on 2 phones 07700 900123 or 07700 900456``.

    Two that it holds, right behind each other, of which it says that there are several or that either does; or the one
    that it holds beside the sender's (``is_further``), also where that alone is to be rung when this one is busy.

    Args:
        low: The text's shadow in small letters.
        numbers: Its numbers, in order.
    """
    bare = low.replace("'", "")
    if len(numbers) != 2 or numbers[0].canonical == numbers[1].canonical:
        if is_further(low, numbers):
            return True
        is_alone = len({mark.canonical for mark in numbers}) == 1 and not _GIVES_UP.search(_IF_BUSY.sub("", bare))
        return is_alone and any(_NEXT_IF_BUSY.search(low, 0, mark.start) for mark in numbers)
    if are_of_shifts(low, numbers):
        return True
    if _GIVES_UP.search(_IF_BUSY.sub("", bare)) or not _LINK.fullmatch(low[numbers[0].end : numbers[1].start]):
        return False
    return any(sign.search(bare) for sign in (_SEVERAL, _ONE_MORE, _ANY_DOES, _OF_BOTH))


def is_further(low: str, numbers: Sequence[Mark]) -> bool:
    """Whether the number in a text, the only one, is in use beside the sender's: ``2 phones now this n 07700 900123``.

    Args:
        low: The text's shadow in small letters.
        numbers: Its numbers, in order.
    """
    bare = low.replace("'", "")
    if len({mark.canonical for mark in numbers}) != 1 or _GIVES_UP.search(_IF_BUSY.sub("", bare)):
        return False
    if any(_WITH_THIS_BEFORE.search(low, 0, mark.start) or _WITH_THIS_BEHIND.match(low, mark.end) for mark in numbers):
        return True
    if _IS_NOW.search(bare):
        return False
    is_several = _SEVERAL.search(bare) is not None
    if is_several and _BOTH_ON.search(bare):
        return True
    is_one_of_several = is_several or _ONE_MORE.search(bare) is not None
    return is_one_of_several and (_ANY_DOES.search(bare) or _IF_BUSY.search(bare)) is not None
