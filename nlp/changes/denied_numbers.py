"""Texts that tell who asks for another that this is not his number (any more): "wrong number, only got this sim".

Whoever gets a number that was given out again tells it to those who go on to write to whoever had it. Some of these
texts say so by themselves; others only say that somebody is not there ("no Rico here"), as "no signal here" does: of
these the name tells, which the caller knows. Who stands in for the one who is asked for ("this aint Rico its his
brother"), says where he is, or asks what is wanted denies nothing.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

LONGEST_DENIAL: Final = 120
"""Letters of a text that may deny it; most are far shorter."""

_PERSON: Final = r"(?:number|num|no|person|guy|man|lad|fella|bloke|woman|one|phone)"
_YOU: Final = r"(?:u|you|ya|ye|yous|youse)"
_MINE: Final = r"(?:my|me|a|our) (?:new |own )?(?:work )?(?:number|num|no|phone|fone|sim)"
_WRONG: Final = re.compile(
    rf"\bwrong {_PERSON}\b|\brhif anghywir\b|\b(?:isnt|isn't|is not|aint|ain't|im not|i'm not|not) who {_YOU} "
    r"(?:think|want|r after|are after|after|need|r looking|are looking)\b"
)
_NO_WRONG: Final = re.compile(
    # a question, or of a number that somebody wrote down amiss
    r"\b(?:not|isnt|isn't|aint|ain't|(?:is|was) (?:this|that|it)) (?:the |a )?wrong\b"
    r"|\b(?:gave|give|given|sent|saved|typed|put|had) (?:\w+ ){0,3}wrong\b|\bhave i (?:got )?(?:the )?wrong\b"
    r"|\b(?:i|we) (?:\w+ )?(?:rang|texted|dialled|had|got) (?:the )?wrong\b|\bwrong [^?]{0,20}\?"
)
_JUST_GOT: Final = re.compile(
    r"\b(?:just|only|jus|onli) (?:just )?(?:got|had|bought|been given|picked up) (?:this|dis|the) (?:new )?"
    r"(?:number|num|no|phone|fone|sim)\b|\b(?:had|got) this (?:number|num|sim) (?:for )?"
    r"(?:a|an|one|two|three|\d+|since|on|from|last)\b"
    rf"|\b(?:this|its|it's)(?:'s| is)? {_MINE}\b"
)
_STRANGE: Final = re.compile(
    r"\bstop (?:texting|txting|ringing|calling|messaging|msging|asking)\b|\b(?:dont|don't|do not) "
    r"(?:text|txt|ring|call)(?: \w+)? again\b|\bwho(?:s|'s| is| are| r)? (?:this|dis|u|you|that)\b|\bwho\?"
    r"|\bnot (?:him|her|them)\b"
    r"|\bsome(?:one|body) else\b|\bno idea (?:who|what)\b|\b(?:old|last) owner\b|\bhad it before me\b|\bbefore me\b"
)
_NOT_THERE: Final = re.compile(
    r"\b(?:no|nobody|no one|noone|no1|not)(?: called| named)? (?:\w+ ){0,2}\w+ "
    r"(?:here|on this (?:number|num|phone|sim))\b"
    r"|\b(?:dont|don't|do not|dnt) (?:even )?(?:know|kno) "
    r"(?:a |an |any |no |who |nobody |anyone |no one )?(?:called )?\w+"
    r"|\bnever heard of\b|\b(?:this|it|im|i'm|i am)(?:'s| is)? ?(?:not|isnt|isn't|aint|ain't) \w+"
)
_STANDS_IN: Final = re.compile(
    r"\b(?:his|her|hes|he's|shes|she's|he|she) (?:is |was |will |'ll |ll |been |be |just )*(?:bro|brother|cousin|cuz"
    r"|cus|mate|m8|missus|mrs|girl|gf|bf|sis|sister|dad|mum|mam|son|boy|runner|worker|phone|back|asleep|sleeping|out|busy"
    r"|in|at|on|driving|inside|away|coming|nicked|gone)\b"
    r"|\b(?:left|lost) (?:his|her|the|it)\b|\b(?:his|the|that|old|other) "
    r"(?:other|old|new|proper) (?:phone|number|num|one|1|line)\b"
    r"|\b(?:ring|text|txt|call|try|bell) (?:him|her|them|the|this|us)\b|\b(?:looking after|working for|running) \w+"
    rf"|\b(?:what|wat|wot) (?:do |d'?)?{_YOU} (?:need|want|after|saying)\b|\b(?:same (?:lads?|people|ppl|line|team))\b"
    r"|\b(?:save|store) (?:this|it|me|us|my)\b|\bcall(?:ed)? (?:it|us) \w+|\bits \w+ now\b"
    r"|\bchanged (?:the |its |our |me )?name\b"
    r"|^\W*(?:yes|yeah|yh|yep|yea|ye|ya|aye)\b|\b(?:police|officer|pc|dc|seized)\b"
)
_SEVEN_FIGURES: Final = re.compile(r"(?:\d[ -]?){7}")


class Denial(Enum):
    """What a text denies: that whoever is asked for has this number, or only that somebody, whom it may name, is there.

    ``WRONG_NUMBER`` holds of whoever was asked for; ``NOT_THERE`` only of one whose name stands in the text itself.
    """

    WRONG_NUMBER = "wrong_number"
    NOT_THERE = "not_there"


def denied_in(body: str) -> Denial | None:
    """Return what a text denies. None: nothing that is known, or its sender stands in for who is asked for."""
    if len(body) > LONGEST_DENIAL:
        return None
    low = " ".join(body.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())
    is_wrong = "wrong" in low or "not" in low or "n't" in low or "aint" in low or "isnt" in low or "anghywir" in low
    is_wrong = is_wrong and _WRONG.search(low) is not None and _NO_WRONG.search(low) is None
    is_new = not is_wrong and _JUST_GOT.search(low) is not None and _STRANGE.search(low) is not None
    if not is_wrong and not is_new and _NOT_THERE.search(low) is None:
        return None
    if _STANDS_IN.search(low) is not None or _SEVEN_FIGURES.search(low) is not None:
        return None
    return Denial.WRONG_NUMBER if is_wrong or is_new else Denial.NOT_THERE
