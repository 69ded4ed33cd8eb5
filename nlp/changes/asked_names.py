"""Who somebody is: how people ask it of a number that they do not know, and what is a yes to it.

"is this the same people as Rico?" - "yh its Vegas now" says in two texts what an announcement says in one. Which words
of the question are a name no analysis says; whoever knows the names of lines looks for them among what stands there.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

LONGEST_ASKED: Final = 90
"""Letters of a text that may ask it, and of one that may answer it."""

_WORD: Final = r"[^\W_](?:[\w'.&-]*[^\W_])?"
_NO_NAME: Final = (
    r"(?!(?:as|like|before|b4|u|you|ya|ye|it|the|a|an|ok|okay|true|it|right|real|serious|on|off|in|out|about|around|open|here|there|up|down"
    r"|good|free|ready|coming|going|gonna|still|not|for|from|my|your|ur|me|him|her|them|they|he|she|what|wot|where|when"
    r"|who|why|how|one|1|number|num|phone|deal|deals|price|any|some|to|at|with|same|new|old|now|is|was|that|this|sure"
    r"|able|sorted|done|busy|closed|home|alright|awake|near|all|of|and|or|yh|yeah|yes|no|mate|m8|bro|bruv|pal|sorry|pls"
    r"|please|lot|lads|lad|people|ppl|team|line|crew|boys|guy|guys|man|mob|firm|fella|used|doing|got|getting|selling"
    r"|serving|shotting|working|driving|walking|late|early\s+(?:today|tonight|tomorrow)|best|cheap|dear|worth|legit)\b)"
)
_NAME: Final = rf"(?P<name>{_NO_NAME}{_WORD}(?: {_NO_NAME}{_WORD}){{0,2}})"
_IT: Final = r"(?:this|that|it|dis|dat|these|those|them)"
_YOU: Final = r"(?:u|you|ya|ye|yous|youse|yas)"
_BE: Final = r"(?:is|was|isnt|isn't|wasnt|wasn't|iz|are|r|were|aint|ain't)"
_STILL: Final = r"(?:(?:still|now|really|actually|deffo|def|the|ol|old|from|with|me mate|that) )*"
_PEOPLE: Final = (
    r"(?:people|ppl|peeps|peoples|lot|lads|lad|boys|crew|team|guys|guy|line|ones?|1s?|man|mob|firm|fella|fellas|person"
    r"|outfit|gang|mandem|set|number|num)"
)
_TAG: Final = r"(?:yeah|yh|yea|ye|yes|right|innit|init|no|then|or (?:what|wot|not|who))"
_ADDRESSED: Final = r"(?: (?:mate|m8|bro|bruv|pal|yeah|yh|please|pls|by any chance|or (?:what|wot|not|who)))*"
_HELLO: Final = r"(?:\W*(?:yo|hi|hey|alright|ay) )?"
_END: Final = rf"{_ADDRESSED}\s*(?:[?.!,;]|$)"

_NAMED: Final = tuple(
    re.compile(pattern)
    for pattern in (
        # is this the same people as Rico, same lot as Rico had
        rf"\bsame {_PEOPLE}(?: (?:as|like|from|behind|of|(?:that|who|wot) (?:was|were|had)))? {_STILL}{_NAME}",
        # is this Rico, how come u got my number is that Rico
        rf"\b{_BE} {_IT} {_STILL}{_NAME}(?:'?s)?(?: {_PEOPLE})?{_END}",
        # this Rico yeah?, thats Rico right
        rf"^{_HELLO}(?:{_IT}|dats|that'?s) {_STILL}{_NAME}(?:'?s)?(?: {_PEOPLE})?(?:,? {_TAG})?\s*\?",
        # u the Rico lot?, are you with Rico
        rf"\b{_YOU} (?:{_BE} )?(?:the|with|from|part of|still) {_NAME}(?:'?s)?(?: {_PEOPLE})?{_END}",
        rf"\b(?:(?:are|r) )?{_YOU} {_NAME}(?:'?s)? (?:{_PEOPLE}|{_TAG})\s*(?:\?|$)",
        rf"\b(?:are|r) {_YOU} {_NAME}\s*(?:\?|$)",
        # Rico is that u?, Rico this you
        rf"^{_HELLO}{_NAME}[,.]? (?:{_BE} )?{_IT} (?:still )?{_YOU}\b",
        # is that you Rico, that u Rico
        rf"\b(?:{_BE} )?{_IT} (?:still )?{_YOU},? {_NAME}{_END}",
        # did you used to be Rico, werent you Rico before
        rf"\b(?:{_YOU}|{_IT}) (?:used|use) to be (?:the )?{_NAME}{_END}",
        rf"\b(?:were|was|wasnt|werent) (?:{_YOU}|{_IT}) {_STILL}{_NAME} before\b",
        # who is this? Rico yeah?
        rf"\bwho(?:'?s| is)? (?:{_IT}|{_YOU})(?: (?:sorry|pls|mate|bro))?\s*[?,.]+ *{_NAME}(?:,? {_TAG})?\s*(?:\?|$)",
    )
)
_MAY_ASK: Final = re.compile(
    rf"\b(?:same|who\w*|who's|used? to be|{_BE} (?:{_IT}|{_YOU})|{_IT} (?:still )?{_YOU}"
    rf"|{_YOU} (?:the|with|from|part|still)|(?:{_IT}|dats|that'?s) [^?]{{1,40}}\?"
    rf"|{_YOU} [^?]{{1,40}} (?:{_PEOPLE}|{_TAG}))(?!\w)"
)
"""What stands in whatever asks it: one look turns nearly all texts away."""
_WHO: Final = re.compile(
    rf"\bwho(?:'?s|se)?(?: (?:is|are|r|the hell is|tf is))? (?:{_IT}|{_YOU})\b|\bwho dis\b|\bnew phone,? who\b"
    rf"|\bwho(?:'?s| is) (?:number|num|phone) (?:{_BE} )?{_IT}\b|\bdo i know {_YOU}\b|\bwho(?:'s)? texting\b"
)
_SAME: Final = re.compile(rf"\bsame {_PEOPLE}\b|\b{_BE} {_IT} (?:still )?(?:the )?(?:one|1|line|number|num)\b")
_NUMBER: Final = re.compile(r"(?:\+\d{2}|\b0)(?:[ ()-]{0,2}\d){9,10}\b")
_OF_A_SHOP: Final = re.compile(
    r"\b(?:barbers?|salon|nails|kebab|pizza|chippy|takeaway|cafe|pub|garage|taxis?|cabs?|surgery|dentist|school|nursery"
    r"|gym|church|club|shop|store|bakery|florist|plumb\w*|electric\w*|landlord|agency|bank|council|doctors?'?s"
    r" surgery|vets?|hotel)\b"
)
"""Shops move, too, and are asked the same."""

_YES: Final = re.compile(
    r"\W*(?:(?:ha(?:ha)*|lol|oi|yo|hi|hey) )?"
    r"(?:y+[eua]*[hrpas]+|ye+|ya+|yup|yep|yessir|yes|aye|correct|course|of course|ofc|deffo|defo|def|definitely|indeed"
    r"|sure|spot on|its us|it is|we are|i am|that'?s (?:us|me|right|it)|tis|still us|still me"
    r"|(?:its )?(?:the )?same (?:lads?|people|ppl|boys|crew|team|lot|line|man|person|us|one|guy|guys))(?=\W|$)"
)
_NO: Final = re.compile(
    r"\b(?:no|nah|na|nope|naa+h?|not|never|wrong|who|dunno|idk|dont|don't|didnt|isnt|aint|different|diff|other|another"
    r"|nothing to do|stopped|sold|gone|dead|stole|fake|nicked|his|him|he|her|she|they|their|them|ask|maybe|might|think"
    r"|knew|know|mates?'?s|cousin|brother|why|u want|owes?)\b|\?"
)
_NO_MATTER: Final = re.compile(
    r"\b(?:no (?:worries|probs?|problem|stress|more|longer)|other (?:phone|num|number|sim|one|1)(?:\W|$)"
    r"|(?:old|other|that) (?:one|1|phone|sim|num|number)(?:'?s| is| was| got)? (?:gone|dead|off)|not changed"
    r"|nothing changed|who else)\b"
)
_WAS: Final = r"(?:was|wos|were|used (?:to|2) be|use to be|usta be|formerly|previously|ex|known as|called)"
_ITS_NAME: Final = re.compile(rf"\W*(?:its|it's|it is|im|i'm|this is|tis|just|only|{_YOU} got|name'?s)\b")
_WORDS_OF_A_NAME: Final = 6


class Asked(msgspec.Struct, frozen=True):
    """What a text asks.

    Attributes:
        names: Words that stand where the name of whom one knows stands, in small letters; empty where it asks for
            none.
        numbers: The same of a number, as written.
        is_same: It asks whether who is at that number is whom one knows; else only who it is.
    """

    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    is_same: bool = False


def _plain(body: str) -> str:
    return " ".join(body.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())


def asked_in(body: str) -> Asked | None:
    """Return what a text asks of who its recipient is. None: nothing, or it is put to a shop."""
    if len(body) > LONGEST_ASKED:
        return None
    low = _plain(body)
    if _MAY_ASK.search(low) is None or _OF_A_SHOP.search(low):
        return None
    numbers = tuple(match.group() for match in _NUMBER.finditer(low))
    plain = _NUMBER.sub(" ", low)
    names = dict.fromkeys(
        match.group("name").removesuffix("'s") for pattern in _NAMED for match in pattern.finditer(plain)
    )
    if names:
        return Asked(tuple(names), numbers, is_same=True)
    if _SAME.search(plain) is not None:
        return Asked((), numbers, is_same=True)
    return Asked() if _WHO.search(plain) is not None else None


def is_yes(body: str, asked: Asked) -> bool:
    """Whether a text says that its sender is whom it was asked for: yes, or that it was.

    What gives another name without a yes says nothing of the one asked for.
    """
    low = _plain(body)
    if not asked.is_same or len(low) > LONGEST_ASKED or _NO.search(_NO_MATTER.sub(" ", low)):
        return False
    return _YES.match(low) is not None or any(
        re.search(rf"\b{_WAS} (?:the |old )?{re.escape(name)}\b|\b{re.escape(name)} (?:before|b4)\b", low) is not None
        for name in asked.names
    )


def tells_who(body: str, asked: Asked) -> bool:
    """Whether a text answers who its sender is: by a yes, or by a name and hardly more."""
    low = _plain(body)
    return is_yes(body, asked) or (len(low.split()) <= _WORDS_OF_A_NAME and _ITS_NAME.match(low) is not None)
