"""Forms of plain talk about people and places: lines compared, a school mark, the cold, who is lent money.

Each is the whole of a text, but for what is said at its end, so that an offer beside it is none of them. Lower case.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_TAIL: Final = r"(?:[ ,.!]+(?:x+|lol|haha\w*|mate|bro|tho|innit|init))*[\s.!?x]*$"
_NAME: Final = r"[\w']+(?: [\w']+)?"
_NOT_THE_LINE: Final = (
    r"(?:ever|the|before|last|any\w*|all|every\w*|most|that|them|those|other\w*|ur|your|yesterday|rest)"
)

KINDS: Final[Mapping[str, re.Pattern[str]]] = {
    # What a customer says of two of them; a line is better than the rest, than ever, than anybody.
    "compared": re.compile(
        rf"^{_NAME} (?:is |are |r )?(?:way |much |miles |loads )?better (?:than|then) (?!{_NOT_THE_LINE}(?!\w)){_NAME}"
        rf"(?<! me)(?<! us)(?: (?:now|these days|lately)){_TAIL}"
    ),
    "school_mark": re.compile(
        r"(?<!\w)(?:got|gets|getting) (?:an? )?[a-g](?:\*|\+|-| star| plus)? (?:in|for) (?:his |her |my |the )?"
        r"(?:maths?|english|science|history|geography|art|music|french|spanish|biology|chemistry|physics|pe|re"
        rf"|drama|gcse\w*|mocks?){_TAIL}"
    ),
    "cold": re.compile(
        r"^(?:(?:its|it's|so|bit|too|proper|well|really|fucking) )*(?:cold|freezing|freezin|baltic|chilly|nippy)"
        rf" (?:out here|out there|out|outside|in here){_TAIL}"
    ),
    "lent": re.compile(
        r"^(?:\w+ )?(?:lend|sub) (?:us|me) (?:a |an )?(?:tenner|fiver|score|\d+|few quid)"
        rf"(?: [a-z]\w*){{0,4}}{_TAIL}"
    ),
    # A line that writes so says who it is or what it has; here the text ends.
    "introduced": re.compile(
        r"^(?:(?:yes|yeah|yh|yep|aye|no|nah|hi|hiya|hey|hello|alright|mate|bro|pal)[ ,!.]+)*"
        rf"(?:(?:my|our) )?{_NAME} (?:sent|gave|give|giv|passed|showed) (?:me|us) (?:on )?(?:ur|your|yr|this|the)"
        rf" (?:name|number|numba|num|no|digits){_TAIL}"
        r"|^(?:(?:yes|yeah|yh|yep|aye|hi|hiya|hey|hello|alright|mate|bro|pal)[ ,!.]+)*(?:i |just )*(?:got|had|have)"
        rf" (?:ur|your|yr|this) (?:name|number|numba|num|no|digits) (?:off|from|of|aff) (?:my )?{_NAME}{_TAIL}"
    ),
    "given_up": re.compile(
        r"^(?:(?:mate|nah|no|sorry|soz) )*(?:im|i'm|i am|been) (?:completely |proper )?off it now dont (?:even )?\w+"
        rf"(?: \w+){{0,4}}{_TAIL}"
    ),
}
