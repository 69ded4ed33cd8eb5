"""Warnings of who imitates a line: the number in a text is not the sender's, nor was it.

A text says so in one plain phrase ("using our name", "isnt me"), or by two of three signs together: it tells what
others claim ("someone saying they are Enoch"), it denies that ("they are not", "thats not Enoch"), it says what not to
do ("dont ring", "ignore"). A word for one who imitates or cheats that is tied to the number is enough ("impostor on
07700 900123", "07700 900123 is a fake"). Behind a new number without a verb it tells why that is new ("new number 07700
900123 scammer got my phone"), and beside an old one it is of the other phone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from nlp.readings import Mark

RULE_WARNS: Final = "number-change/2:warns"
"""Rule of a text that warns of whoever sends from the number in it: neither is it the sender's, nor was it."""

_NO_MORE: Final = r"(?! (?:any ?mor\w*|any longer|no ?more|now|no longer|nae mair|since|after|from))"
"""Behind "not me": of a number that was the sender's."""

_GONE: Final = re.compile(
    r"(?<!\w)(?:old|lost|lose|nicked|robbed|stolen|stole|took|taken|seized|dead|finished|got rid|gave|sold|was me"
    r"|was us|new|chang(?:ed|ing)|no more|nomore|no longer|any longer|any ?mor\w*|has it|have it"
    r"|hav it|has got it|got it now|hacked|reissued|compromised)(?!\w)"
)
"""Of a number that was the sender's or will be: whoever has the phone now is no imitator."""

_SIGNED: Final = re.compile(
    r"\W*(?:(?:its|it's|this is|from) )?"
    r"(?!(?:\w+ )?(?:one|1|num\w*|no|phone|fone|sim|line|mob\w*|been|got)(?!\w)|(?:my|our) )"
    r"\w+(?: \w+){1,2}(?: ?:| here(?!\w))"
)
"""Who writes, at the head of a text: of "Old Frank:" no number is old."""

_STILL: Final = re.compile(r"(?<!\w)still(?!\w)")
_STILL_OWN_BEFORE: Final = re.compile(
    r"(?:(?:^|[.,!?;\n])[^\w.,!?;\n]*(?:(?:and|but|n|cos) )?"
    r"|(?<!\w)(?:i|i'?m|i am|we|we'?re|we are|we r|us|(?:this|this is|this one|this number|this num|its us|it's us"
    r"|us lot)(?: (?:is|are|r))?) "
    r"|(?<!\w)(?:not|isnt|isn't|aint|ain't) (?:me|us) |[0-9]{3} )$"
)
_STILL_HERE: Final = re.compile(
    r" (?:on (?:here|this|the same|same|the (?:go|road|line)|all|24|till?)(?!\w)|on\W*(?:$|[.,!\n])"
    r"|(?:here|this|me|us|open|about|running|live|active|up|same|the same|serving|working)(?!\w))"
)
_SUBJECT: Final = 24
"""How far before "still" it is looked who is."""

_NO_NAME: Final = (
    r"(?:(?:working|active|mine|ours|yours|available|safe|good|valid|live|right|correct|current|needed|used|dead|gone"
    r"|new|old|him|her|them|here|there|open|about|free|busy|ready|on|in|up|off|out|me|us|far|long|much|many|cheap|too"
    r"|so|that|the|a|an|all|just|only|gonna|bad|weak|bash|shit|rubbish|worth|fair|cool|funny|even|enough|your|my|our"
    r"|his|for|to|at|till|til|until|yet|today|tonight|tomorrow|answer|reply|charge|credit|signal|sure|well|happy"
    r"|loud|bait|late|dear|mad|strong|dry|garbage"
    r"|crap|street|mid|ideal|easy|hard|soft)(?!\w)|\w{2,}(?:ing|ed|in)(?!\w))"
)
"""What a number, or a state of things, is not: no name of anybody."""

_DENIED_BEHIND: Final = re.compile(
    r"\W+(?:(?:number|num|numba|phone|line|one)\W+)?(?:"
    rf"(?:is not|isnt|is nt|aint|was never|never was|is never)\W+(?!{_NO_NAME})[a-z]{{3,20}}(?:\W+[a-z]{{3,20}})?"
    r"(?:\W*$|\s*[.,!?]|\W+(?:never|dont|do not|hes|its|watch|beware|so|just|you|only|this is|this one|this number))"
    rf"|(?:is )?not (?:me|us|ours)(?!\w){_NO_MORE}"
    r"|(?:(?:is|has|got|has got) )?(?:nothing|nothin|nuttin|nowt) to do wi)"
)
"""Behind a number in a text without apostrophes: whose it is not. "07700 900781 is not Spike. never was"."""

_CLAIM: Final = (
    r"(?:(?:say|sayin|saying|says|sez|claim|claims|claimin|claiming|makes out|making out|makin out) (?:that )?"
    r"(?:to be|2 be|theyre|they are|they r|there|they|hes|he is|shes|its|as)"
    r"|(?:textin|texting|txtin|txting|messagin|messaging|ringin|ringing|callin|calling|poses|posin|posing|acts|actin"
    r"|acting) (?:as|like|off as))(?!\w)"
)
_OTHERS: Final = (
    r"(?:(?:some|sum|any) ?(?:one|1|body)|who ?ever|people|ppl|(?:some|sum|a|the|this|that) (?:\w+ )?"
    r"(?:lads?|kids?|mugs?|clowns?|pricks?|muppets?|idiots?|youts?|yutes?|boys?|man|men|guys?|wasteman|tramps?|cats?"
    r"|scammers?|chancers?|crackheads?|nitty|nitties|dons?|team|crew|firm|lot|number|num|line|phone))(?!\w)"
)
_CLAIMED: Final = re.compile(rf"(?<!\w){_CLAIM}")
_CLAIMED_BY_OTHERS: Final = re.compile(rf"(?<!\w){_OTHERS}[^.!?\n]{{0,40}}(?<!\w){_CLAIM}")
_OF_OTHERS: Final = re.compile(rf"(?<!\w)(?:{_OTHERS}|they|theyre|he|hes|she|shes|there|theres)(?!\w)")
_NUMBER: Final = re.compile(r"[0-9](?:[ ()-]?[0-9]){6}")
_ONLY: Final = re.compile(
    r"(?<!\w)(?:(?:i|im|we|this|thats|that|and|is) (?:(?:is|are|am|r) )?(?:the )?(?:1 |one )?(?:and )?only"
    r"|only (?:trust|use|ring|text|bell|call) this|(?:theres|there is|only) (?:only )?(?:one|1))(?!\w)"
)
"""That there is one alone of the name, or one number."""
_DENIED: Final = re.compile(
    r"(?<!\w)(?:(?:they|he|she|it)(?: is| are| r)? (?:not|aint|arent|isnt)"
    r"(?= *(?:$|[.,!?\n]|only|so|its|hes|just|dont|do|me|us))"
    r"|(?:hes|shes|theyre|its|thats|it) (?:not|isnt|int)(?= *(?:$|[.,!?\n]))"
    rf"|(?:its|thats|that is|it is|hes|he is|theyre|they are|that|it) (?:not|aint|isnt|nt) (?!{_NO_NAME})"
    r"[a-z]{3,20}(?!\w)"
    rf"|(?:isnt|aint|is not|not) (?:me|us|my|mine|our|ours)(?!\w){_NO_MORE}"
    r"|(?:thats|is|its) (?:a lie|lies|bull|bullshit|cap|a set ?up|a con|a scam|a trap)(?!\w)"
    r"|(?:liars?|lying)(?!\w))"
)
_CAUTION: Final = re.compile(
    r"(?<!\w)(?:(?:dont|do not|dnt|never|no1|nobody|not to) (?:\w+ ){0,2}?(?:ring|bell|call|text|txt|use|trust|answer"
    r"|reply|buy|deal|message|msg|save|believe|fall|touch|pay|send)"
    r"|ignore|beware|watch out|careful|block|blank|avoid|steer clear|heads up|warning|only trust|trust only"
    r"|stay away|keep away)(?!\w)"
)

_OWN_BEFORE: Final = re.compile(
    r"(?:(?:(?<!\w)only|(?<!fake )(?<!\w)real)[^\w.!?\n]+(?:\w+[^\w.!?\n]+){0,4}$"
    r"|(?<!nt )(?<!n't )(?<!not )(?<!never )(?<!\w)(?:use|usin|ring|call|bell|(?<!a )text|(?<!a )txt|save|phone)"
    r"[^\w.!?\n]+(?:(?!from\W|off\W|by\W)\w+[^\w.!?\n]+){0,3}$"
    r"|(?<!\w)from now (?:on )?(?:it'?s|its|on)\W+$|this is (?:the|my|our) \w+\W+$"
    r"|(?:orders? to|is this one|this 1) ?\W*$"
    r"|(?<!\w)(?<!not )(?:my|our) (?:num|number|numba|line|no|phone|fone)\W+(?:is\W+)?$"
    r")"
)
_LOOKED_BACK: Final = 200
_OWN_BEHIND: Final = re.compile(
    r"\W+(?:(?:is|are|'s)\W+)?(?:the |my |our |his )?(?:only|real|is me|is us|are me)(?!\w)"
)
"""What makes the number in such a text the sender's own: "only use ...", "... is the only one"."""

_DISOWNED_BEHIND: Final = re.compile(
    r"\W+(?:(?:is|was) (?:not|never|an?|some|fake|bogus|nothing)|int|isn'?t|ain'?t|has (?:nothing|nowt)|not me)(?!\w)"
)
"""What is said of another number right behind it, whatever stands before: "... this number, 07700 900123 is a fake"."""
_TO_BE_RUNG: Final = re.compile(
    r"(?<!nt )(?<!n't )(?<!not )(?<!never )(?<!a )(?<!the )(?<!\w)(?:ring|call|bell|phone|text|txt|msg|message|use)"
    r" (?:on |(?:him|her|them) on |the line (?:on )?)?\W*$"
)
_STOPPED: Final = re.compile(r"[.,!?;\n](?!$)|[.!?;\n]")
_NOT_ME: Final = re.compile(r"\W{1,3}not me(?!\w)")
"""Before and behind a number that is to be rung and not the sender's: "call 07700 900123 not me"."""


_NAMED_SO: Final = r"(?: (?!im|i|we|were|its|is|use|ring|call|bell|text|txt|new|now|no|not|and|but)[a-z]{2,20})"
_GOES_ROUND: Final = r"(?: (?:is|are|r|now|still|going|goin|gonna|out|round|around|about|there|here|working|workin))"
_ON: Final = r"(?: (?:on|from|off|at|using|usin|with|alert|number|num|line|phone|fone|it is|its|thats|is|called))"
_ACCUSED_BEHIND: Final = (
    r"\W{{1,3}}(?P<verb>is|its|it's|it is|thats|that's|that is|are|r|int) (?:(?:just|clearly|deffo|100) )?"
    r"(?:(?:a|an|the|some|sum|only a) )?(?:(?!no |not |nae |zero |beware |without )\w+ )??(?:{words})(?!\w)"
    r"(?! (?:free|about|around|round|going|goin|out there|ones?|lines?|ppl|people))"
)
_NEW_BEFORE: Final = re.compile(
    r"(?<!\w)(?:new (?:num\w*|no|line|phone|fone|sim|mob\w*|1|one)(?: (?:is|its|it's|now))*"
    r"|(?:my|our|me|ma|wor) (?:num\w*|no|line|phone|fone|mob\w*)(?: (?:is|its|now))*"
    r"|(?:now|im|i'm|i am|were|we're|we are) on|(?:moved|movin|moving|changed|changing|switched) (?:over )?to)\W{0,3}$"
)
"""Right before a number that is the sender's, or will be."""
_OF_OLD: Final = re.compile(r"(?<!\w)(?:old|previous|(?:last|first)(?= (?:one|1|num|phone|fone|line|sim)))(?!\w)")
"""What is said of one who cheats, or not to do, is of the other number."""
_TELLS_WHY: Final = frozenset({"its", "it's", "it is"})
"""Behind the sender's new number these tell why it is new, and the others what it is."""
_CALLED_SO_BEHIND: Final = r"\W{{1,3}}(?:{words})(?=\W*$|\W+(?:dont|don't|do not|dnt|never) )"
"""Without a verb, and nothing told of such a one: "dont ring 07700 900123 scammer"."""
_NONE_OF_THEM: Final = re.compile(r"(?<!\w)(?:no|deal (?:in|with)|sell) fakes?(?!\w)(?! \w+ (?:about|on|round))")
"""Praise of what is sold: "no fakes"."""
_NOW_ON: Final = re.compile(r"(?<!\w)(?:now|its|it's|im|i'm|were|we're|we|we are|i am) on\W{0,3}$")
"""Right before a number that is the sender's, where no other is spoken of in that sentence."""


class Accusers:
    """Words for one who imitates or cheats, as they stand beside the number that such a one sends from.

    Args:
        words: In small letters: "impostor", "scammer".
        names: Those that a line may be called as well, which count beside another sign of a warning: "snake".
    """

    def __init__(self, words: Collection[str], names: Collection[str]) -> None:
        self._sides = _beside(words)
        self._sides_of_names = _beside(names)
        signed = "|".join(map(re.escape, sorted(names)))
        self._signed = re.compile(rf"\W*(?:its|it's|this is|itz) (?:{signed})(?!\w)")

    def accuse(self, low: str, number: Mark) -> bool:
        """Whether such a word is tied to a number, in its sentence: "fake Rico on 07700 900123", "... is a scammer"."""
        if _are_tied(self._sides, low, number):
            return True
        if not _are_tied(self._sides_of_names, low, number) or self._signed.match(low):
            return False
        if _OF_OLD.search(low, _end_of_signature(low)):
            return False
        bare = low.replace("'", "")
        return any(sign.search(bare) for sign in (_CAUTION, _CLAIMED, _DENIED, _ONLY))


def _beside(words: Collection[str]) -> tuple[re.Pattern[str], ...]:
    listed = "|".join(map(re.escape, sorted(words)))
    before = (
        rf"(?<!no )(?<!not )(?<!not a )(?<!aint )(?<!only )(?<!\w)(?:{listed})"
        rf"{_NAMED_SO}{{0,2}}?{_GOES_ROUND}{{0,3}}{_ON}{{0,2}}\W{{0,3}}$"
    )
    behind = (_ACCUSED_BEHIND, _CALLED_SO_BEHIND)
    return re.compile(before), *(re.compile(pattern.format(words=listed)) for pattern in behind)


def _are_tied(sides: Sequence[re.Pattern[str]], low: str, number: Mark) -> bool:
    before = _sentence_before(low, number)
    if sides[0].search(before):
        return True
    behind = _STOPPED.split(low[number.end :], maxsplit=1)[0]
    if _OF_OLD.search(behind):
        return False
    is_new = _NEW_BEFORE.search(before) is not None
    if denial := sides[1].match(behind):
        return not (is_new and denial["verb"] in _TELLS_WHY)
    return sides[2].match(behind) is not None and not (is_new or _OWN_BEFORE.search(before))


def _sentence_before(low: str, number: Mark) -> str:
    return _STOPPED.split(low[max(0, number.start - _LOOKED_BACK) : number.start])[-1]


def warning_of(phrases: Collection[str]) -> re.Pattern[str]:
    """Return what finds the phrases of a warning of imitators in a text in small letters."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(phrases)))})(?!\w){_NO_MORE}")


def warns_of(low: str, numbers: Sequence[Mark], warning: re.Pattern[str], accusers: Accusers) -> bool:
    """Whether a text warns of the number in it, the only one: "fake Rico about on 07700 900123, thats not us".

    Args:
        low: The text's shadow in small letters.
        numbers: Its numbers, in order.
        warning: Of ``warning_of``.
        accusers: Words for one who imitates or cheats.
    """
    if len({mark.canonical for mark in numbers}) != 1 or _is_gone(low) or _is_with_others(low):
        return False
    if any(accusers.accuse(low, mark) for mark in numbers):
        return True
    bare = low.replace("'", "")
    if _NONE_OF_THEM.search(bare):
        return False
    behind = (mark.end - low.count("'", 0, mark.end) for mark in numbers)
    if not (warning.search(bare) or any(_DENIED_BEHIND.match(bare, end) for end in behind) or _has_signs(bare)):
        return False
    return not any(_is_own(low, mark) for mark in numbers)


def _is_gone(low: str) -> bool:
    """Whether a text speaks of a number that was the sender's or will be, behind the name under which it is written."""
    return _GONE.search(low, _end_of_signature(low)) is not None


def _end_of_signature(low: str) -> int:
    signed = _SIGNED.match(low)
    return signed.end() if signed else 0


def _is_with_others(low: str) -> bool:
    """Whether a text says "still" of others or of the number that it tells of: "not me, he still has it".

    That the sender is "still here" says nothing of that number: "its a fake, we still on".
    """
    return any(
        not _STILL_HERE.match(low, still.end())
        or not _STILL_OWN_BEFORE.search(low[max(0, still.start() - _SUBJECT) : still.start()])
        for still in _STILL.finditer(low)
    )


def _is_own(low: str, number: Mark) -> bool:
    """Whether a number is the sender's own by what stands around it, or stands alone behind all that is said."""
    if _OWN_BEHIND.match(low, number.end) or _is_to_be_rung(low, number):
        return True
    sentence = _sentence_before(low, number)
    if _NOW_ON.search(sentence) and not (_CLAIMED.search(sentence) or _OF_OTHERS.search(sentence)):
        return True
    if _DISOWNED_BEHIND.match(low, number.end):
        return False
    is_signature = not low[number.end :].strip(" .!") and low[: number.start].rstrip(" ").endswith((".", "!", "\n"))
    return is_signature or _OWN_BEFORE.search(low, max(0, number.start - _LOOKED_BACK), number.start) is not None


def _is_to_be_rung(low: str, number: Mark) -> bool:
    return (
        _NOT_ME.match(low, number.end) is not None
        and _TO_BE_RUNG.search(low, max(0, number.start - _LOOKED_BACK), number.start) is not None
    )


def _has_signs(bare: str) -> bool:
    """Whether a text without apostrophes has signs of a warning enough.

    That others claim it from a number, or that somebody claims it with a denial, what not to do, or that there is one.
    """
    if any(_NUMBER.search(claim.group()) for claim in _CLAIMED_BY_OTHERS.finditer(bare)):
        return True
    found = [sign.search(bare) is not None for sign in (_CLAIMED, _DENIED, _CAUTION)]
    return sum(found) > 1 or (found[0] and _ONLY.search(bare) is not None)
