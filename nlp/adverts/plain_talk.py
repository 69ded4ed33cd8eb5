"""Plain talk: short texts that only make sense to one person who is already talking, whatever words they hold.

An amount alone, an answer ("yh on", "ok kettle on xx"), where somebody stands or waits, an order to one person ("phone
better be on all night"), a wish of a family, the weather, an advert that somebody quotes to a friend. The models weigh
words, and two or three of a line's words are too few to tell by; what such a text is told by is its form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from nlp.readings import Reading
from parsers.records.findings import SpanKind

RULE: Final = "plain-talk/1"
WORTH: Final = -6.0
"""Log-odds of an advert where the text is plain talk."""

_LONGEST: Final = 90
_LONGEST_QUOTING: Final = 200
_CALLED: Final = r"(?:(?:mate|oi|ok|right|yo|bro|yh|now)[ ,]+)*"
_END: Final = r"(?:[ ,]+(?:x+|lol|mate|bro|love|pls|plz|ok|now|then|fam|la|g|man|pal|ta|yh))*[\s.!?x\U0001f44d]*$"
_ANSWER: Final = r"(?:yh|yeh|yeah|yea|yep|yup|yes|aye|no|nah|ok|okay|kk|cool)"
_DOES: Final = (
    r"(?:ask|bring|come|go|get|give|tell|take|leave|let|put|stay|stop|dont|its|it's|im|i'm|ur|u|he|he's|hes|she|shes"
    r"|they|thats|that's|not)"
)
_AT_HOME: Final = r"(?:kettle|telly|tv|fire|heating|oven|radio|tea|dinner|washing|footy|football|match|film|iron)"
_FEAST: Final = r"(?:(?:merry|happy) (?:christmas|xmas|crimbo|new year|easter|eid)|hny)"
_APP: Final = r"(?:whatsapp|telegram|signal|snap|snapchat|insta|instagram|facebook|fb|tiktok|messenger|discord)"
_DAY: Final = r"(?:tmrw|tmw|tmoz|tomorrow|2moro|2moz|today|tonight|2nite|later|this week|next week|the weekend)"

_KINDS: Final[Mapping[str, re.Pattern[str]]] = {
    "amount": re.compile(
        rf"^(?:just |about |abt |only |its |it's )?\u00a3 ?\d{{1,4}}(?:\.\d\d)?(?: quid| pounds?)?{_END}"
    ),
    "answer": re.compile(
        rf"^{_ANSWER}(?:,? (?:on|up|in|out|here|there|about|awake|home|later|soon)){{1,2}}{_END}"
        rf"|^(?:{_ANSWER}|same),? (?:the )?{_AT_HOME}(?:'s|s| is)? on{_END}"
        rf"|^(?:no|nah),? {_DOES} (?:\w+ ?){{1,4}}{_END}"
    ),
    "colour": re.compile(r"^(?:brown|white|dark|light|hard|soft|b|w) x+$"),
    "when_you": re.compile(
        rf"^{_CALLED}(?:ring|rin|txt|text|bell|call|msg)(?: me)? (?:when|wen|whn|once|soon as)"
        r" (?:u|you|ur|your|you're|youre|u're)(?: are| r)?"
        rf" (?:there|here|in|home|back|landed|leaving|done|finished){_END}"
    ),
    "place": re.compile(
        r"^(?!be |come |get |in |its |very |that |so |too |real |quick |nice |dead |pretty |bit |then |make |n |and )"
        rf"(?:(?:mate|oi|right|yo) )?(?:st )?\w{{3,}}(?: \w{{3,}})? quick{_END}"
        rf"|^{_CALLED}(?:(?:come|cum|go|im|i'm|am) )?(?:bk|back|behind|rnd bk|round the back) (?:of|ov|o) "
        rf"(?!the |holiday)(?:st )?\w{{3,}}(?: \w{{3,}})?(?: \d waiting)?{_END}"
        r"|^(?:(?:im|i'm|am) )?(?:round|roun|rnd|over|down|up) (?:st )?\w{3,}(?: \w{3,})?"
        rf" (?:with|wiv|wi) (?:our )?\w{{3,}}{_END}"
    ),
    "waiting": re.compile(
        rf"(?<!\w)(?:of|ov|at|by) (?:the )?(?:st )?\w{{3,}}(?: \w{{3,}})? [1-9] (?:waiting|waitin){_END}"
    ),
    "died": re.compile(
        r"(?<!phone )(?<!line )(?<!fone )(?<!battery )(?:has|have|'s) (?:just |sadly )?(?:died|passed away)(?!\w)"
    ),
    "taken": re.compile(r"(?<!\w)took \u00a3?\d+ (?:quid )?(?:off|from) me(?!\w)"),
    "police": re.compile(
        rf"^{_CALLED}(?:feds|old bill|bizzies|jakes|cops|police)"
        r" (?:about|at|by|round|everywhere)(?: \w+){0,5}[\s.!]*$"
    ),
    "road": re.compile(
        r"^(?:the )?\w+(?: \w+){0,3} (?:is |still |is still )?(?:shut|closed|blocked|rammed)(?: off)?\W+(?:\w+ ){0,2}"
        rf"(?:crash|accident|roadworks|road works|smash|flood|floods){_END}"
    ),
    "ordered": re.compile(
        r"(?<!\w)(?:phone|fone|u|you|he|she|it) (?:had )?(?:better|betta|bettr)"
        r" (?:be|b(?! (?:n|and|&|or) )|not)(?!\w)"
    ),
    "wish": re.compile(
        rf"{_FEAST}.{{0,40}}(?<!\w)(?:(?:to|2) (?:you|u) (?:and|n|&) (?:yours|urs|the family|family|the kids)"
        r"|from \w+ (?:and|n|&) (?:family|the kids|the family))"
    ),
    "own_account": re.compile(
        rf"^(?:hi |hey |hiya )?add me (?:on|in|to) (?:ur |your )?{_APP}(?: (?:its|it's|im|i'm) \w+)?{_END}"
        rf"|^(?:hi |hey |hiya )?(?:im|i'm) (?:on|off) {_APP}{_END}"
    ),
    "weather": re.compile(
        r"^(?:heavy |more |bit of )?(?:snow|rain|ice|fog|wind|sun|storms?)(?: is)?(?: forecast| due| coming)(?: for)?"
        rf" {_DAY}{_END}"
    ),
    "opening": re.compile(r"^[a-z][\w&' ]{2,24}: ?(?:new |our |xmas |christmas |holiday )?opening (?:hours|times)"),
    "thanks": re.compile(
        r"^(?:lovely|great|super|fantastic) (?:service|turnout|meeting|session|walk|lunch|supper|concert|do)(?!\w)"
        r".{0,30}thank(?:s| you)"
    ),
}
_MAY_HOLD_HOURS: Final = frozenset({"opening", "wish", "died"})
_MARKED: Final = frozenset({SpanKind.PRICE, SpanKind.NUMBER})
_FREE_OF_MARKS: Final = frozenset({"amount", "taken"})
_SERVING: Final = frozenset({"available", "about", "off", "deals", "call_strong"})
_QUOTED: Final = re.compile(r"[\"\u201c]([^\"\u201c\u201d]{12,})[\"\u201d]")
_QUOTING: Final = re.compile(
    r"(?<!\w)(?:seen this|see this|got this|get this|got sent|sent me|sent this|read this|look at this|this lol"
    r"|just got|just had|keep getting|keep gettin|got another|wtf)(?!\w)"
)


def plain_talk(reading: Reading) -> str | None:
    """Return the kind of plain talk that a text is, whose marks and cues are there; None: it may be anything."""
    low = reading.shadow.lower.strip()
    if len(low) <= _LONGEST_QUOTING and _quotes(low):
        return "quoted"
    if len(low) > _LONGEST:
        return None
    kind = next((kind for kind, form in _KINDS.items() if form.search(low)), None)
    if kind is None or kind in _FREE_OF_MARKS:
        return kind
    if any(mark.kind in _MARKED for mark in reading.marks):
        return None
    if kind in _MAY_HOLD_HOURS and any(cue.label in _SERVING or cue.label == "drugs" for cue in reading.cues):
        return None
    return kind


def _quotes(low: str) -> bool:
    """Whether somebody shows an advert that he got, and says nothing else."""
    quoted = _QUOTED.search(low)
    return quoted is not None and _QUOTING.search(f"{low[: quoted.start()]} | {low[quoted.end() :]}") is not None
