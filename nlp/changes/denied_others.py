"""Words in which a line says that whoever else sends under its name is not it: "fake Rico about, trust this one only".

Two plain signs are needed: it speaks of one who imitates, says that its number is the only one or is what it was, or is
the real one's, and says not to go elsewhere. That it has no second phone, or that nobody is it who sends from another
number, is enough alone. One that tells of its own former or second number, or why another one is silent ("old number",
"other phone is off tonight"), is none; nor is one with a number in it, which denies that number alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

_NAME: Final = "@"
_WORD: Final = re.compile(r"\{?\w+\}?")
_LONGEST_NAME: Final = 3

_NUM: Final = r"(?:num|number|numbers|numba|phone|fone|sim|line)"
_BY_NOW: Final = (
    r"(?! (?:on|in|with|here|to(?:day|night)|tonite|til|until|charged|working|at the (?:min|moment)|atm|right now"
    r"|for now|yet|anymore|any more|since|this week|for|rn|at mo|so|now|cos|coz|because))"
)
_HAS_NONE: Final = (
    r"(?:(?:aint|havent|hasnt|never) (?:got |had )?(?:no |any |a )?"
    r"|(?:dont|doesnt|do not|didnt) (?:have |got )(?:no |any |a )?"
    r"|(?:have |has |got |have got |has got )no )"
)
_NO_OTHER: Final = re.compile(
    rf"(?:^|@ |\b(?:we|i|ive|weve) ){_HAS_NONE}(?:second|2nd) {_NUM}\b{_BY_NOW}"
    rf"|\bif (?:it|its|it is|tha?ts) (?:aint|isnt|not|is not|int) (?:from )?this (?:{_NUM} )?(?:then )?"
    r"(?:it|its|it is|thats) (?:aint|isnt|not|is not|int) (?:@|me|us)(?= |$)"
)
"""Enough alone. A line of two phones says too that it has no other one on tonight."""
_AFFIRMS: Final = re.compile(r"(?<!aint )(?<!havent )(?<!dont )(?<!never )\b(?:have|has|got|still) a (?:second|2nd)\b")
_IMITATED: Final = re.compile(
    rf"(?<!no )(?<!not )(?<!not a )\bfake (?:@|{_NUM}s?\b|ones\b)(?! (?:notes?|money|tenners?|pills?|bars?|bud))"
    r"|\b(?:fooled|conned|tricked) by (?:the |any |these )?fakes\b"
    r"|\b(?:beware|watch out) (?:of|for) (?:the |any )?fakes$"
    r"|\b(?:imposters?|impostors?|copycats?|impersonat\w+|imitators?)\b"
    r"|\b(?:using|usin|copying|copyin|stole|stealing|nicking|pinching) (?:the |our |my |@ )?name\b"
    r"|\b(?:pretend\w*|claim\w*|say(?:ing|in)|mak(?:ing|in) out|pos(?:ing|in)|act(?:ing|in)) "
    r"(?:to be|as|like|that|they|theyre|they are|hes|he is)(?: (?:is|are|as))? (?:@|us|me)(?= |$)"
    r"|\b(?:another|other|2nd|second|different) @ (?:is |are |now )*(?:text|txt|messag|ring|call|bell)\w*"
)
"""Of others who send under the name."""
_REAL: Final = re.compile(
    rf"\b(?:only|real|original|og|proper|genuine) @(?: {_NUM})? (?:here|speaking|talking|this (?:is|number))\b"
    rf"|\bthis is the (?:only )?(?:real|original|og|genuine) (?:@|one|1|{_NUM})(?= |$)|\bthis is the original$"
)
_UNCHANGED: Final = re.compile(
    rf"\b(?:never|not|havent|hasnt|aint|didnt|dont) (?:ever )?(?:changed?|switched|moved) "
    rf"(?:my |our |the |any )?{_NUM}\b"
    rf"|\bsame {_NUM} as (?:always|ever)\b|\balways (?:been )?(?:this|the same) {_NUM}\b"
)
_ONLY: Final = re.compile(
    rf"\bonly (?:ever )?trust this(?: {_NUM})?\b|\bthis is the only @(?: {_NUM})?(?= |$)"
    rf"|\bonly (?:@|real|1|one)(?: @)? {_NUM}\b|\bonly {_NUM} (?:for @|we use|i use)\b"
)
_SHUN: Final = re.compile(
    r"\b(?:ignore|block|blank|avoid) (?:the |any |all |every |that |them )*(?:others?|another|copycats?|fakes?|them"
    r"|imposters?|impostors?|him)\b"
    r"|\b(?:beware|watch out|careful|dont be fooled|heads up)\b.{0,24}\b(?:fakes?|copycats?|imposters?|impostors?"
    r"|another @|other @|pretending|using (?:the|our|my) name)(?= |$)"
    r"|\b(?:dont|do not|never) (?:ring|text|txt|trust|call|answer|reply to|use) (?:any |the |that )*"
    r"(?:others?|another)\b"
)
_EXPLAINS: Final = re.compile(
    r"\bold\b|\bfrom now on\b|\blast (?:phone|fone|sim|number|num)\b"
    r"|\b(?:lost|losing|nicked|seized|stolen|broke|broken|dead|flat|charging|smashed|cracked|busy|engaged)\b"
    rf"|\b{_NUM} (?:is |its |was )?(?:now )?(?:off|down|gone)\b|\b(?:either|both) {_NUM}|\bas ?well\b|\balso\b"
    r"|\b(?:new|moved|changing) (?:to|number|num|phone|sim|line)\b|\bwrong (?:price|time|day|text|deal|person)\w*\b"
    r"|\bfor (?:him|her|them)\b|\bspare\b|\btwo (?:lines|numbers|phones)\b"
    rf"|\bthe other(?: {_NUM})?(?= |$)(?! (?:text|txt|message|one (?:text|txt)))"
    r"|(?<!never )(?<!not )(?<!havent )(?<!hasnt )(?<!aint )"
    rf"(?<!didnt )(?<!dont )\bchanged (?:my |our )?{_NUM}\b"
    r"|\b(?:feds?|police|bizzies|old bill|jakes|boydem|coppers?|cops|raided|nicked|got took)\b"
    r"|\bfakes? (?:notes?|money|tenners?|pills?|bars?|bud|stuff|gear)\b"
    r"|\b(?:is this (?:the )?real|some(?:one|1|body) (?:says|said|told)|got this (?:off|from)|apparently|is it true)\b"
)
"""What tells of a number of the line's own, of the police, of a slip, or is asked or passed on."""
_GIVES_A_NUMBER: Final = ("{number}", "{digits}")


def denies_others(template: str, is_name: Callable[[str], bool]) -> bool:
    """Whether a text says that whoever else sends under its name is not the line.

    Of two signs one is that somebody imitates, or that nobody else is to be trusted: that a number is the only one,
    or what it always was, is said of a line's own two as well.

    Args:
        template: Constants and slots of a template.
        is_name: Whether words in small letters, written as one, are the sender's name, for where no slot stands for it.
    """
    if any(slot in template for slot in _GIVES_A_NUMBER):
        return False
    words = " ".join(
        _named(_WORD.findall(template.lower().replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")), is_name)
    )
    if _EXPLAINS.search(words) or _AFFIRMS.search(words):
        return False
    if _NO_OTHER.search(words):
        return True
    signs = [bool(sign.search(words)) for sign in (_IMITATED, _UNCHANGED, _ONLY, _REAL, _SHUN)]
    return sum(signs) > 1 and (signs[0] or signs[-1])


def _named(words: list[str], is_name: Callable[[str], bool]) -> Iterator[str]:
    """Yield words with one mark for the name, and for "Rico line"."""
    place = 0
    while place < len(words):
        length = next(
            (n for n in range(_LONGEST_NAME, 0, -1) if _is_slot_or_name(words[place : place + n], is_name)), 0
        )
        if not length:
            yield words[place]
            place += 1
            continue
        place += length
        yield _NAME
        place += words[place : place + 1] == ["line"]


def _is_slot_or_name(words: list[str], is_name: Callable[[str], bool]) -> bool:
    return words == ["{line}"] or is_name("".join(words))
