"""Texts that tell who asks for another that this is not his number (any more): "wrong number, only got this sim".

Whoever gets a number that was given out again tells it to those who go on to write to whoever had it. Some of these
texts say so by themselves; others only say that somebody is not there ("no Rico here"), as "no signal here" does: of
these whom they name tells, and the caller knows who is asked for. Who stands in for the one who is asked for ("this
aint Rico its Dex"), says where he is, jokes, serves ("5 min") or asks what is wanted denies nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

LONGEST_DENIAL: Final = 120
"""Letters of a text that may deny it; most are far shorter."""

_PERSON: Final = r"(?:guy|man|lad|fella|bloke|woman|phone)"
_YOU: Final = r"(?:u|you|ya|ye|yous|youse)"
_MINE: Final = r"(?:my|me|a|our) (?:new |own )?(?:work )?(?:number|num|no|phone|fone|sim)"
_WRONG: Final = re.compile(
    rf"\bwrong (?:number|num|person)\b|\b(?:{_YOU}(?: have|'ve|ve)?(?: got)?|this is|its) (?:the )?wrong {_PERSON}\b"
    rf"|\brhif anghywir\b|\b(?:isnt|isn't|is not|aint|ain't|im not|i'm not|not) who {_YOU} "
    r"(?:think|want|r after|are after|after|need|r looking|are looking)\b(?! to\b)"
)
_NO_WRONG: Final = re.compile(
    # a question, or of a number that somebody wrote down amiss
    r"\b(?:not|isnt|isn't|aint|ain't|(?:is|was) (?:this|that|it)) (?:the |a )?wrong\b"
    r"|\b(?:gave|give|given|sent|saved|typed|put|had) (?:\w+ ){0,3}wrong\b|\bhave i (?:got )?(?:the )?wrong\b"
    r"|\b(?:i|we) (?:\w+ )?(?:rang|texted|dialled|had|got) (?:the )?wrong\b|\bwrong [^?]{0,20}\?"
    r"|\bwrong \w+ (?:of|on|at|in|came|come|turned|outside|for)\b"
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
_WHO: Final = r"(?P<who>\w+(?: \w+){0,2})"
_NOBODY: Final = "(?:a |an |any |no |nobody |anyone |no one )?(?:called )?"
_NO_NAME: Final = rf"(?:what|wat|how|where|wer|if|why|when|who|which|that|yet|{_YOU}|but|about|it)"
_NOT_THERE: Final = tuple(
    re.compile(form)
    for form in (
        rf"\b(?:no|nobody|no one|noone|no1|not)(?: called| named)? {_WHO} (?:here|on this (?:number|num|phone|sim))\b",
        rf"\b(?:dont|don't|do not|dnt) (?:even )?(?:know|kno) {_NOBODY}(?!{_NO_NAME}\b){_WHO}",
        rf"\bnever heard of (?:a |an |any |no )?{_WHO}",
        rf"(?:^\W*|\b(?:this|it)(?:'s| is)? ?)(?:not|isnt|isn't|aint|ain't) (?!who\b){_WHO}",
    )
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
    r"|\b(?:police|officer|pc|dc|seized)\b"
    # he serves, jokes, or says who he is or where he is
    r"|\b\d+ ?(?:m|min|mins|minutes?)\b|\b(?:im|i'm|i am|were|we're|we are) (?:on|about|here|coming|outside)\b"
    r"|\b(?:wait|hold on|come|send|drop|meet|pull up|only brown|only white|til|till|until)\b"
    r"|\b(?:jk|j/k|lol|lmao|joke|jokes|joking|kidding|(?:ha){2,})\b"
    r"|\b(?:its|it's) (?!not\b|my\b|the\b|a\b|an\b|his\b|her\b|our\b|been\b|wrong\b|over\b|all\b|just\b)\w+"
    r"|(?<!\bno )(?<!\bnot )(?<!\bcalled )\b(?!nobody|noone|number|num|one|person|live|out)\w+ here\b"
)
_AGREES: Final = re.compile(r"^\W*(?:yes|yeah|yh|yep|yea|ye|ya|aye)\b")
"""Says that he is who is asked for ("yh just got this phone"), but where the number is said to be wrong."""
_SETTLES: Final = re.compile(
    r"\W*(?:(?:its|it's|thats|that's|is|ok|okay|k|no|not|a|all|any|at|dont|don't|do not|u|you|ur|your|you're|youre|yh"
    r"|ye|sorry|soz|mate|m8|pal|bro|bruv|love|hun|x+|worry|worries|bother|problem|problems|probs?|prob|dramas?|np|nps|nw"
    r"|dw|fine|good|cool|safe|alright|right|calm|welcome|thanks|thank|thx|ta|cheers|it|bye|yeah|easy|about it)\b\W*)"
    r"{1,8}"
)
"""Whole texts that close what was denied: "no worries mate", "its ok", "no probs x"."""
_SIGNS: Final = ("wrong", "not", "n't", "aint", "isnt", "anghywir")
_SEVEN_FIGURES: Final = re.compile(r"(?:\d[ -]?){7}")


def denied_in(body: str) -> str | None:
    """Return whom a text says is not there, with words behind, in small letters; empty: whoever is asked for.

    None: nothing that is known is denied, or its sender stands in for who is asked for.
    """
    if len(body) > LONGEST_DENIAL:
        return None
    low = " ".join(body.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())
    is_wrong = any(sign in low for sign in _SIGNS) and _WRONG.search(low) is not None and _NO_WRONG.search(low) is None
    is_new = not is_wrong and _JUST_GOT.search(low) is not None and _STRANGE.search(low) is not None
    who = "" if is_wrong or is_new else " / ".join(_not_there(low)) or None
    if who is None or _STANDS_IN.search(low) is not None or _SEVEN_FIGURES.search(low) is not None:
        return None
    return who if is_wrong or _AGREES.search(low) is None else None


def settles(body: str) -> bool:
    """Whether a text, written to whom it was denied before, only closes that: "no worries"."""
    low = " ".join(body.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())
    return len(body) <= LONGEST_DENIAL and _SETTLES.fullmatch(low) is not None


def _not_there(low: str) -> Iterator[str]:
    for form in _NOT_THERE:
        found = form.search(low)
        if found is not None:
            yield found["who"]
