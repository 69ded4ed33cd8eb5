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
    r"(?!(?:as|like|before|b4|u|you|ya|ye|it|the|a|an|ok|okay|true|right|real|serious|on|off|in|out|about|around|open|here|there|up|down"
    r"|good|free|ready|coming|going|gonna|still|not|for|from|my|your|ur|me|him|her|them|they|he|she|what|wot|wat|where"
    r"|when|who|why|how|one|1|number|num|phone|sim|deal|deals|price|any|some|to|at|with|same|new|old|now|is|was|that"
    r"|this|sure|able|sorted|done|busy|closed|home|alright|awake|asleep|inside|outside|near|all|of|and|or|yh|yeah|yes"
    r"|no|mate|m8|bro|bruv|pal|sorry|pls|please|lot|lads|lad|people|ppl|team|line|crew|boys|guy|guys|man|mob|firm|fella"
    r"|used|doing|got|getting|selling|serving|shotting|working|driving|walking|sleeping|late|later|early|best|cheap|dear"
    r"|worth|legit|had|then|innit|init|tho|though|cos|coz|cause|because|if|just|only|we|us|i|im|its|call"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b)"
)
_NAME: Final = rf"(?P<name>{_NO_NAME}{_WORD}(?: {_NO_NAME}{_WORD}){{0,2}})"
_THIS: Final = r"(?:this|that|dis|dat)"
_IT: Final = r"(?:this|that|it|dis|dat|these|those|them)"
_YOU: Final = r"(?:u|you|ya|ye|yous|youse|yas)"
_IS: Final = r"(?:is|isnt|isn't|iz|aint|ain't)"
_BE: Final = r"(?:is|was|isnt|isn't|wasnt|wasn't|iz|are|r|were|aint|ain't)"
_STILL: Final = r"(?:(?:still|now|really|actually|deffo|def|ol|old) )*"
_PEOPLE: Final = r"(?:people|peoples|ppl|peeps|lot|lads?|boys|crew|team|guys|line|mob|firm|gang|mandem)"
_TAG: Final = r"(?:yeah|yh|yea|ye|yes|right|innit|init|no|then|or (?:what|wot|not|who))"
_ADDRESSED: Final = r"(?: (?:mate|m8|bro|bruv|pal|yeah|yh|please|pls|by any chance|or (?:what|wot|not|who)))*"
_HELLO: Final = r"(?:\W*(?:yo|hi|hey|alright|ay) )?"
_END: Final = rf"{_ADDRESSED}\s*(?:[?.!,;]|$)"

_NAMED: Final = tuple(
    re.compile(pattern)
    for pattern in (
        # is this the same people as Rico, same lot as Rico had
        rf"\bsame {_PEOPLE}(?: (?:as|like|from|behind|of|(?:that|who|wot) (?:was|were|had)))? (?:the )?{_STILL}{_NAME}",
        # is this Rico, how come u got my number is that Rico; "is it blue?" and "was that the bill?" ask for a thing
        rf"\b{_IS} {_THIS} {_STILL}{_NAME}(?:'?s)?(?: {_PEOPLE})?{_END}",
        rf"\b{_BE} {_IT} (?:the )?{_STILL}(?:the )?{_NAME}(?:'?s)? {_PEOPLE}{_END}",
        # this Rico yeah?
        rf"^{_HELLO}this {_STILL}{_NAME}(?:'?s)?(?: {_PEOPLE})?(?:,? {_TAG})?\s*\?",
        # u the Rico lot?, u still Rico; who is with Rico is another
        rf"\b{_YOU} (?:{_BE} )?(?:(?:from |part of )?the )?(?:still )?{_NAME}(?:'?s)? {_PEOPLE}{_END}",
        rf"\b{_YOU} (?:{_BE} )?still {_NAME}{_END}",
        rf"\b(?:(?:are|r) )?{_YOU} {_NAME} {_TAG}\s*(?:\?|$)",
        rf"\b(?:are|r) {_YOU} {_NAME}\s*(?:\?|$)",
        # Rico is that u?, Rico this you
        rf"^{_HELLO}{_NAME}[,.]? (?:{_BE} )?{_IT} (?:still )?{_YOU}\b",
        # is that you Rico, that u Rico
        rf"\b(?:{_BE} )?{_IT} (?:still )?{_YOU},? {_NAME}{_END}",
        # did you used to be Rico, werent you Rico before
        rf"\b(?:{_YOU}|this) (?:used|use) to be (?:the )?{_NAME}{_END}",
        rf"\b(?:were|was|wasnt|werent) (?:{_YOU}|this) {_STILL}{_NAME} before\b",
        # who is this? Rico yeah?
        rf"\bwho(?:'?s| is)? (?:{_IT}|{_YOU})(?: (?:sorry|pls|mate|bro))?\s*[?,.]+ *{_NAME}(?:,? {_TAG})?\s*(?:\?|$)",
    )
)
_OF_WHAT: Final = ("s thi", "s tha", "t thi", "t tha", "z th", "s dis", "s dat", "is u", "at u", "is y", "at y")
_OF_PEOPLE: Final = (
    *(" people", " ppl", " peeps", " lot", " lad", " boys", " crew", " team", " guys", " line", " mob", " firm"),
    *(" gang", " mandem"),
)
_OF_PAST: Final = (" to be ", " before", "do i know")
_THIS_IS_ASKED: Final = re.compile(rf"(?:\b{_IS} {_THIS}|\b{_IT} (?:still )?{_YOU})\b")
_OF_THEM: Final = re.compile(rf"\b(?:same|{_YOU}|{_BE} {_IT}) (?:[^?]* )?{_PEOPLE}\b")
_OF_YOU: Final = re.compile(
    rf"\b(?:(?:are|r) {_YOU}|{_YOU} (?:{_BE} )?still) (?:still )?{_NO_NAME}|\b{_YOU} [^?]+ {_TAG}\s*(?:\?|$)"
    rf"|^{_HELLO}this {_NO_NAME}"
)
_WHO: Final = re.compile(
    rf"\bwho(?:'?s|se)?(?: (?:is|are|r|the hell is|tf is))? (?:{_IT}|{_YOU})\b|\bwho dis\b|\bnew phone,? who\b"
    rf"|\bwho(?:'?s| is) (?:number|num|phone) (?:{_BE} )?{_IT}\b|\bdo i know {_YOU}\b|\bwho(?:'s)? texting\b"
)
_NUMBER: Final = re.compile(r"(?:\+\d{2}|\b0)(?:[ ()-]{0,2}\d){9,10}\b")
_STAND_IN: Final = "qznumber"
"""Stands for a number while names are looked for: only one that stands where a name does is asked for."""
_OF_A_SHOP: Final = re.compile(
    r"\b(?:barbers?|salon|nails|kebab|pizza|chippy|takeaway|cafe|pub|garage|taxis?|cabs?|surgery|dentist|school|nursery"
    r"|gym|church|club|shop|store|bakery|florist|plumb\w*|electric\w*|landlord|agency|bank|council|doctors?'?s"
    r" surgery|vets?|hotel)\b"
)
"""Shops move, too, and are asked the same."""


_YES: Final = (
    r"(?:yes|yess+|yeah+|yea|yeh|ye|yh+|yah|ya|yep|yup|yessir|aye|correct|course|of course|ofc|deffo|definitely|defo"
    r"|spot on)"
)
_US: Final = (
    r"(?:(?:its|it's|that'?s|thats|still) (?:us|me|right)|(?:it is|we are|i am|tis)(?=\W*$)"
    r"|(?:its |still )?(?:the )?same (?:lads?|people|ppl|boys|crew|team|lot|line|man|person|us|one|guys?))"
)
_WAS: Final = r"(?:was|wos|were|used (?:to|2) be|use to be|usta be|formerly|previously|ex|known as|called)"
_NEW_NAME: Final = rf"(?!\d){_NO_NAME}{_WORD}(?: {_NO_NAME}(?!\d){_WORD})?"
_ADDED: Final = "|".join(
    (
        _YES,
        _US,
        r"m8|mate|bro|bruv|pal|now|still|same|here|ere|lol|x+|us|me|we",
        r"(?:on )?(?:a |the )?new (?:phone|number|num|sim|name)",
        r"(?:wat|what|wot) (?:u|you|ya) (?:need|want|after|saying)",
        r"no (?:worries|probs?|problem|stress)",
        r"(?:the )?(?:other|old) (?:phone|num|number|sim|one|1)(?:'?s| is)? (?:gone|dead|off)",
        rf"(?:call it|call us|its|it's|it is|this is|we|we're|we are|we were|i'm|im) {_NEW_NAME}",
    )
)
"""What may stand behind a yes: that it is us, or a new name. Whatever else does may say that it is another."""
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
_START: Final = r"\W*(?:(?:ha(?:ha)*|lol|oi|yo|hi|hey)\W+)?"
_ITS_NAME: Final = re.compile(
    rf"\W*(?:its|it's|it is|im|i'm|this is|tis|name'?s)(?: (?:only|just|me))* {_NEW_NAME}(?: (?:here|mate|m8|x+))?\W*"
)
_BARE_WHO: Final = re.compile(r"\W*who\W*")


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


def _has(low: str, any_of: tuple[str, ...]) -> bool:
    for letters in any_of:  # noqa: SIM110 - it is done for every text, and takes half the time of any()
        if letters in low:
            return True
    return False


def _may_ask(low: str) -> bool:
    """Whether a text may ask it by its letters, in which most texts have nothing of the kind."""
    return (
        ("who" in low and _WHO.search(low) is not None)
        or (_has(low, _OF_WHAT) and _THIS_IS_ASKED.search(low) is not None)
        or (_has(low, _OF_PEOPLE) and _OF_THEM.search(low) is not None)
        or (("?" in low or low.startswith(("r u ", "are "))) and _OF_YOU.search(low) is not None)
        or _has(low, _OF_PAST)
    )


def asked_in(body: str) -> Asked | None:
    """Return what a text asks of who its recipient is. None: nothing, or it is put to a shop."""
    if len(body) > LONGEST_ASKED or not _may_ask(body.lower()):
        return None
    low = _plain(body)
    if _OF_A_SHOP.search(low):
        return None
    plain = _NUMBER.sub(_STAND_IN, low)
    found = dict.fromkeys(
        match.group("name").removesuffix("'s") for pattern in _NAMED for match in pattern.finditer(plain)
    )
    names = tuple(name for name in found if _STAND_IN not in name)
    numbers = tuple(match.group() for match in _NUMBER.finditer(low)) if _STAND_IN in found else ()
    if names or len(numbers) == 1:
        return Asked(names, numbers if len(numbers) == 1 else (), is_same=True)
    return Asked() if _WHO.search(plain) is not None else None


def is_yes(body: str, asked: Asked) -> bool:
    """Whether a text says that its sender is whom it was asked for: yes, or that it was.

    What gives another name without a yes says nothing of the one asked for; a yes behind which more stands than who
    one is may be of another: "yeah Rico got locked up".
    """
    low = _plain(body)
    if not asked.is_same or len(low) > LONGEST_ASKED or _NO.search(_NO_MATTER.sub(" ", low)):
        return False
    name = "|".join(map(re.escape, asked.names)) or "(?!)"
    was = rf"(?:{_WAS} (?:the |old )?(?:{name})(?: (?:before|b4))?|(?:{name}) (?:before|b4))"
    if re.match(rf"{_START}(?:{_YES}|{_US}|{was})(?=\W|$)", low) is None and re.search(rf"\b{was}\b", low) is None:
        return False
    return re.fullmatch(rf"{_START}(?:(?:{was}|{_ADDED}|{name})(?:[^\w']+|$))+", low) is not None


def tells_who(body: str, asked: Asked) -> bool:
    """Whether a text answers who its sender is: by a yes, or by a name and no more."""
    return is_yes(body, asked) or _ITS_NAME.fullmatch(_plain(body)) is not None


def is_bare_who(body: str) -> bool:
    """Whether a text only asks back who is meant, which leaves the question open."""
    return _BARE_WHO.fullmatch(body.lower()) is not None
