"""Further numbers: a text gives one that is in use beside the sender's, so that nothing changes.

It says so by how the two stand together ("this n 07700 900123", "07700 900123 as well as this"), or by two signs: that
there are several, or that this is one more ("2 phones now", "second phone"), and that any of them does ("use any",
"ring either", "both on"). What gives up the number in use, or sends everybody to the other one, is a change all the
same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from nlp.readings import Mark

_PHONES: Final = r"(?:phones?|fones?|phns?|numbers?|numbas?|nums?|nos|lines?|sims?|handsets?|mobs?|mobiles?)(?!\w)"
_THIS: Final = r"(?:this|dis|ths)(?: (?:one|1|number|num|numba|phone|fone|line))?"
_AND: Final = r"(?:and|an|n|nd|&|\+|or|/|plus)"
_WITH_THIS_BEFORE: Final = re.compile(
    rf"(?<!\w){_THIS} ?{_AND} ?(?:also |on |my |the |our |other (?:one|1) )?\W{{0,3}}$"
)
_WITH_THIS_BEHIND: Final = re.compile(
    rf"\W{{0,3}}(?:{_AND}|as well as|aswell as|along ?side|besides?|with)(?: still)?(?: on)? {_THIS}(?!\w)"
    r"(?! (?:is|will|gets|getting|goes|going|no|not))"
)
_SEVERAL: Final = re.compile(rf"(?<!\w)(?:(?:two|2|twa|three|3|both|couple of|cpl of) (?:\w+ )?{_PHONES})")
_ONE_MORE: Final = re.compile(
    rf"(?<!\w)(?:second|2nd|other|extra|another|spare|back ?up|additional|further|work) {_PHONES}"
)
_ANY_DOES: Final = re.compile(
    r"(?<!\w)(?:"
    r"(?:use|ring|bell|call|text|txt|try|hit|buzz|on|answer|answering) (?:me |us )?(?:on )?(?:any|either|both)(?!\w)"
    r"|either (?:one|1|way|will|does|works|is|phone|number|num|line)(?!\w)"
    r"|any (?:of|one|1)(?: (?:of )?(?:these|them|the (?:two|2)|both))?(?!\w)|whichever"
    r"|both (?:on|work|works|working|live|active|open|up|running|same|me|us|mine|ours|answer|answered|r on)(?!\w)"
    r"|(?:as well|aswell|too|also)(?!\w)"
    r"|(?:if|when|wen) (?:this|dis|one|1|1s|its|im|the first|the 1st|1st)(?: one| 1|s)?(?:'?s| is)?"
    r" ?(?:busy|engaged|off)"
    r")"
)
_GIVES_UP: Final = re.compile(
    r"(?<!\w)(?:old|lost|dead|gone|going|broke|broken|smashed|bust|delete|del|bin|binned|scrap|forget|stop|finished"
    r"|instead|nicked|robbed|took|taken|seized|chang\w+|no more|no longer|from now|only|not this|dont (?:use|ring|call"
    r"|text|bell)|do not (?:use|ring|call|text|bell)|last (?:day|time)|soon|the new (?:one|1|number|num))(?!\w)"
)


def is_further(low: str, numbers: Sequence[Mark]) -> bool:
    """Whether the number in a text, the only one, is in use beside the sender's: ``2 phones now this n 07700 900123``.

    Args:
        low: The text's shadow in small letters.
        numbers: Its numbers, in order.
    """
    if len({mark.canonical for mark in numbers}) != 1 or _GIVES_UP.search(low.replace("'", "")):
        return False
    if any(_WITH_THIS_BEFORE.search(low, 0, mark.start) or _WITH_THIS_BEHIND.match(low, mark.end) for mark in numbers):
        return True
    is_one_of_several = _SEVERAL.search(low) or _ONE_MORE.search(low)
    return is_one_of_several is not None and _ANY_DOES.search(low) is not None
