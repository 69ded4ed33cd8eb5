"""Plain talk: short texts that only make sense to one person who is already talking, whatever words they hold.

An amount alone, an answer ("yh on", "ok kettle on xx"), where somebody stands or waits, an order to one person ("phone
better be on all night"), a wish of a family, the weather, an advert that somebody quotes to a friend. The models weigh
words, and two or three of a line's words are too few to tell by; what such a text is told by is its form. So are what a
customer asks ("u serving redruth"), what one is asked who orders, what is told of somebody ("benjis been rubbish
lately"), and orders to send something out; where one is who was asked ("the launderette back about 2"), praise from
school, what somebody is to be told, who does not answer or is to be kept away from. A few trades sign so that no line
does ("Jay the barber"), and deals of wares by their unit ("2 bottles for 15", "3 lessons for 60") are a shop's.

Seven of them leave open what else stands there, which may be a line's: "2 boxes for 15 Xanax", "send this to ur mates:
Rico on, both". Where a drug is marked, a word of serving stands there, or a deal that is not the form's own, such a
form says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from nlp.adverts import talk_beside_lines
from nlp.adverts.talk_of_people import KINDS as KINDS_OF_PEOPLE
from nlp.readings import Reading
from parsers.records.findings import SpanKind

RULE: Final = "plain-talk/1"
WORTH: Final = -6.0
"""Log-odds of an advert where the text is plain talk."""
SURE: Final = 2.0
"""Log-odds from which on the models are sure of an advert (0.88) though the form is that of plain talk."""
CEILING: Final = -0.8
"""What is left of it then: the share of adverts in an input alone adds less, a name that others there bear more."""

_LONGEST: Final = 90
_LONGEST_QUOTING: Final = 200
_LONGER: Final = frozenset({"ware", "to_send", "signed"})
"""Kinds that a text of several sentences may be of."""
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

_YOU: Final = r"(?:u|you|ye|yous|ya)"
_UNIT: Final = (
    r"(?:runs|sessions|cuts|rides|lessons|classes|bottles|pints|trays|boxes|jars|tubs|mins|minutes|haircuts|coats"
    r"|tickets|dozen|nets|bundles|games|plants|pots|bales)"
)

_TAIL: Final = rf"(?:[ ,]+(?:tho|though|haha\w*|hun|hunny|babe|luv|innit|init))*{_END}"
_KIN: Final = (
    r"(?:mam|mum|mom|mother|dad|nan|nana|nanna|gran|granny|grandma|grandad|granda|sister|brother"
    r"|(?:mother|father|sister|brother)[ -]in[ -]law|in-?law)"
)
_SHOP: Final = (
    r"(?:aldi|asda|lidl|tesco|morrison|sainsbury|waitrose|b ?(?:&|and|n) ?[mq]|m ?(?:&|and|n) ?s|home ?bargains"
    r"|farmfoods|poundland|argos|wilko|ikea|primark|superdrug|screwfix|halfords|greggs|mcdonald|kfc)"
)
_ERRAND: Final = (
    r"(?:laund(?:e?rette|romat)|library|dentist|hospital|clinic|surgery|pharmacy|optician"
    r"|hairdresser|post office|(?:job|leisure|sports|health|garden|shopping|community) ?centre"
    r"|retail park|supermarket|swimming|nursery|(?:bus |train )?station|airport|allotment)"
)
"""Places that no line is called after."""
_ERRAND_AT: Final = (
    r"(?:doctor|chemist|vet|barber|bank|baths|gym|cinema|bingo|church|mosque|school|college|work|probation|shops"
    r"|footy|football)"
)
"""Places of which some line has its name: only after "at", "to" or the like."""
_HOUR: Final = (
    r"(?:(?:half|half past|(?:quarter|1/4|five|ten|twenty|5|10|20) (?:to|past)) )?"
    r"(?:\d{1,2}(?:[.:]?\d\d)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|dinner|lunch|tea)"
    r" ?(?:time|ish|am|pm|o'?clock)?"
)

_KINDS: Final[Mapping[str, re.Pattern[str]]] = {
    **KINDS_OF_PEOPLE,
    **talk_beside_lines.KINDS,
    "to_send": re.compile(
        r"^(?:send|put|txt|text|post|msg) (?:this|dis|that)(?: one)? (?:out|round)(?!\w)[^:]{0,50}:"
        r"|^(?:\w+ )?(?:send|blast|text|txt|flare)(?: it| this| the text| that)? out(?: \w+){0,4} say(?!\w)"
        r"|^(?:\w+ )?(?:send|blast|text|txt|msg)(?: it| this| the text| the message| that)?(?: out)?(?: to)?"
        r" (?:everyone|every1|everybody)(?!\w)"
        r"|^(?:type|word|put) it like this|^say this:|^(?:put|send) same as (?:yday|yesterday|last|before)"
        r"|^change (?:the )?(?:message|text|price|msg)s? "
    ),
    "asked_line": re.compile(
        rf"(?:^|\s){_YOU} (?:still )?(?:serving|servin)(?: \w+){{0,2}}\W*$"
        rf"|^(?:\w+ )?{_YOU} (?:got|have) (?:any )?\w+\W*$"
    ),
    "asked_count": re.compile(
        rf"^(?:\w+\W+){{1,5}}how many (?:of them )?(?:r u|are you|{_YOU})"
        r" (?:want|wantin|wanting|wanna|after|needing|needin|need)\W*$"
    ),
    "gossip": re.compile(
        r"(?<!\w)gone (?:right |proper |well |reet )?downhill(?!\w)"
        r"|(?<!\w)had me (?:waiting|waitin|stood|standing)(?!\w)|(?<!\w)apparently\W*$"
        r"|^(?!sorry|sori|its|it's|i |this|that|we)[\w']+ (?:has |have |is |been |got |bin )*"
        r"(?:rubbish|shit\w*|shite|crap|wank|bunk|dust|poor) (?:lately|these days)(?!\w)"
    ),
    "signed": re.compile(
        r"(?:[,.!?:-]|^) ?(?:[\w&']+ ){0,3}(?:vapes|ink|barbers|nails|meats|angling|vets)\W*$"
        r"|[,.!?] ?\w+ the (?:mechanic|butcher|barber|fishmonger|gardener|milkman)\W*$"
    ),
    "laughed": re.compile(r"^(?:haha\w*|erm+|hmm+)\W"),
    "errand": re.compile(
        r"^(?:(?:im|i'm|am|just|only|still|at|in|up|down|over|round|to|gone|popped|nipped|out|doing) )*"
        rf"(?:(?:the |our |me |my )?(?:{_KIN}'?s|(?:{_SHOP}|{_ERRAND})'?s?)|the (?:doctors|vets|park)"
        rf"|(?<=(?:at|to) )(?:the )?{_ERRAND_AT}'?s?)"
        r"(?: (?:house|shop))?,? (?:then |will be |wont be long )?back"
        rf"(?: home)? (?:(?:about|abt|bout|around|at|for|by|before|b4) )?{_HOUR}{_TAIL}"
    ),
    "praised": re.compile(
        r"(?<!\w)(?:star|student|pupil|player|man|child|reader|writer|worker|employee) of the"
        r" (?:day|week|month|term|year|match)(?!\w)"
    ),
    "to_tell": re.compile(
        r"^(?:the )?\w+(?: is|s|'s) full(?: up)?,? (?:tell|ask) "
        r"(?!all|any|evr?|ur|your|yr|ya|yo|ppl|people|peep|them|mate|m8|m9|him|her|frend|friend|fren|frnd|lads|lasses|boys"
        r"|girls|gals|others|other|folk|regular|pals?(?!\w)|punter|cust|us(?!\w)|bro|crew|gang|team|who|the)"
        rf"\w{{2,}}{_TAIL}"
    ),
    "haggled": re.compile(
        rf"^(?:(?:mate|bro|pls|please|hi) )?(?:do us a fav\w*|(?:can|cud|could|will|would) {_YOU}|any chance)\W+"
        rf"(?:\w+ )?knock (?:us |me )?(?:a |\w+ )?(?:bit|little|few quid|fiver|tenner|summat|something) off{_TAIL}"
    ),
    "no_answer": re.compile(
        r"^(?!im|i'm|if|phone|fone|fon|mob|num|line|sorry|soz)\w+(?: is|'s)? (?:still |just )?(?:not|aint|isnt) "
        rf"(?:answering?|picking? up|replying?|texting? back)(?: (?:me|his|her|the|phone|fone))*{_TAIL}"
    ),
    "kept_away": re.compile(
        r"^(?:just |pls |please )?(?:stay|keep|steer) (?:well )?(?:away|clear) (?:from|of) (?:that )?\w+"
        rf" (?:and|n|&) (?:that|them|those|his|her|all that) (?:lot|mates|boys|lads|crew|friends|crowd){_TAIL}"
    ),
    "ware": re.compile(rf"(?<!\w)\d{{1,2}} {_UNIT} (?:for|4) (?:a )?\u00a3?(?:\d|fiver|tenner)"),
    "amount": re.compile(
        rf"^(?:{_ANSWER}[ ,]+)?(?:just |about |abt |only |its |it's |around |be )*"
        rf"(?:\u00a3 ?\d{{1,4}}(?:\.\d\d)?(?: quid| pounds?)?|\d{{1,4}}(?:\.\d\d)? ?(?:quid|pounds?|squid)){_END}"
    ),
    "answer": re.compile(
        rf"^{_ANSWER}(?:,? (?:on|up|in|out|here|there|about|awake|home|later|soon)){{1,2}}{_END}"
        rf"|^(?:{_ANSWER}|same),? (?:the )?{_AT_HOME}(?:'s|s| is)? on{_END}"
        rf"|^(?:no|nah),? ({_DOES} (?:\w+ ?){{1,4}}){_END}"
    ),
    "colour": re.compile(r"^(?:brown|white|dark|light|hard|soft|b|w) x+$"),
    "when_you": re.compile(
        rf"^{_CALLED}(?:ring|rin|txt|text|bell|call|msg)(?: me)? (?:when|wen|whn|once|soon as)"
        r" (?:u|you|ur|your|you're|youre|u're)(?: are| r)?"
        rf" (?:there|here|in|home|back|landed|leaving|done|finished){_END}"
    ),
    "place": re.compile(
        r"^(?!be |come |get |in |its |very |that |so |too |real |quick |nice |dead |pretty |bit |then |make |n |and )"
        rf"(?:(?:mate|oi|right|yo) )?((?:st )?\w{{3,}}(?: \w{{3,}})?) quick{_END}"
        rf"|^{_CALLED}(?:(?:come|cum|go|im|i'm|am) )?(?:bk|back|behind|rnd bk|round the back) (?:of|ov|o) "
        rf"(?!the |holiday)((?:st )?\w{{3,}}(?: \w{{3,}})?)(?: \d waiting)?{_END}"
        r"|^(?:(?:im|i'm|am) )?(?:round|roun|rnd|over|down|up) ((?:st )?\w{3,}(?: \w{3,})?"
        rf" (?:with|wiv|wi) (?:our )?\w{{3,}}){_END}"
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
        r" (?:about|at|by|round|everywhere)((?: \w+){0,5})[\s.!]*$"
    ),
    "road": re.compile(
        r"^(?:the )?\w+(?: \w+){0,3} (?:is |still |is still )?(?:shut|closed|blocked|rammed)(?: off)?\W+(?:\w+ ){0,2}"
        rf"(?:crash|accident|roadworks|road works|smash|flood|floods){_END}"
    ),
    "ordered": re.compile(
        r"(?s)^(.*)(?<!\w)(?:phone|fone|u|you|he|she|it) (?:had )?(?:better|betta|bettr)"
        r" (?:be|b(?! (?:n|and|&|or) )|not)(?!\w)(?: on(?!\w))?(.*)$"
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
        rf"^(?:(?:light|heavy|more|some|bit of|wet|drifting|fresh) )*(?:snow|sleet|rain|ice|fog|hail|flurries)"
        rf"(?: is| lying| falling| forecast| settling| expected)* (?:on|over|across) (?:the )?"
        rf"(?:[am]\d{{1,4}}(?:\(m\))?|motorway|roads?|hills|tops|bypass|moors?|pass|high ground)"
        rf"(?: (?:at|near|by|from|to|north|south|east|west|bound|\w{{4,}}bound)(?: \w+)?)*{_END}"
        r"|^(?:heavy |more |bit of )?(?:snow|rain|ice|fog|wind|sun|storms?)(?: is)?(?: forecast| due| coming)(?: for)?"
        rf" {_DAY}{_END}"
    ),
    "opening": re.compile(r"^[a-z][\w&' ]{2,24}: ?(?:new |our |xmas |christmas |holiday )?opening (?:hours|times)"),
    "thanks": re.compile(
        r"^(?:lovely|great|super|fantastic) (?:service|turnout|meeting|session|walk|lunch|supper|concert|do)(?!\w)"
        r".{0,30}thank(?:s| you)"
    ),
}
NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    **talk_beside_lines.NEEDED,
    "place": ("quick", " of ", " ov ", " o ", " with ", " wiv ", " wi "),
    "waiting": ("waiti",),
    "errand": (" back",),
    "praised": (" of the ",),
    "to_tell": (" full",),
    "haggled": ("knock ",),
    "no_answer": ("answerin", "pickin", "replyin", "textin"),
    "kept_away": (" away", " clear"),
    "died": ("died", "passed away"),
    "taken": ("took ",),
    "road": ("shut", "closed", "blocked", "rammed"),
    "ordered": ("bett",),
    "wish": ("merry ", "happy ", "hny"),
}
"""Of the kinds whose form takes longest to try, letters of which some stand in every text that has it: looking for
them takes less time."""
_Finder = tuple[str, Callable[[str], re.Match[str] | None], tuple[str, ...]]
_FINDERS: Final[tuple[_Finder, ...]] = tuple(
    (
        kind,
        # What stands at the head of a text is tried there alone, where a search would try it at every letter.
        form.match if form.pattern.removeprefix("(?s)").startswith("^") else form.search,
        NEEDED.get(kind, ("",)),
    )
    for kind, form in _KINDS.items()
)
_LONGER_FINDERS: Final = tuple(finder for finder in _FINDERS if finder[0] in _LONGER)
_MAY_HOLD_HOURS: Final = frozenset({"opening", "wish", "died"})
_OF_LINES_TOO: Final = frozenset({"answer", "errand", "opening", "ordered", "place", "police"})
"""Kinds whose form a line's own text may have: a drug or a line's words in it speak against plain talk."""
_OF_ANY_WORDS: Final = frozenset(
    {"to_send", "asked_line", "asked_count", "gossip", "signed", "laughed", "ware", "praised"}
)
"""Kinds whose form leaves the rest of the text open: it says nothing where the rest may be a line's."""
_LOOKED_AT: Final = _OF_LINES_TOO | _OF_ANY_WORDS
"""Kinds of whose texts what else stands there is asked."""
_WORDS_OF_LINES: Final = re.compile(
    r"(?<!\w)(?:on|off|back|about|both|ring|ringing|bell|bel|line|only|deals?|samples?|fresh)(?!\w)"
)
"""In what a form leaves open: what it captures."""
_MARKED: Final = frozenset({SpanKind.PRICE, SpanKind.NUMBER})
_FREE_OF_MARKS: Final = (
    frozenset({"amount", "lent", "taken", "to_send", "laughed", "ware", "signed", "gossip"})
    | talk_beside_lines.FREE_OF_MARKS
)
_OF_SERVING: Final = re.compile(
    r"(?<!\w)(?:on|back|both|line|lines|ring|bell|bel|drops?|deals?|samples?|fresh|24/7|menu|re ?up|flake"
    r"|serve|serves)(?!\w)"
)
"""Beside a form that leaves the rest of the text open."""
_OF_HOURS: Final = re.compile(
    r"(?<!\w)(?:open|about|active|live|lively|free\w*|food|waiting|til+|till|until|24 ?hrs?|ready|up n|mates"
    r"|regulars|tell|bells|call|txt|text|msg|hmu|giveaway|prize|wins?|winner|gets? (?:a|\d)|half price|special|offers?"
    r"|stock\w*)(?!\w)"
)
"""Beside praise: what a line says that gives the best of its customers something."""
_DEAL: Final = re.compile(r"(?<!\w)(?:[1-9]|10) ?(?:for|4|x) ?\u00a3?[1-9]\d{1,2}(?!\w)")
_OF_REFERRALS: Final = re.compile(
    r"(?<!\w)(?:mates|friends|pals|free|freebie|new (?:number|num|no)|this (?:number|num))(?!\w)"
)
"""In an order to send: what a line asks of its customers, and tells them."""
_SERVING: Final = frozenset({"available", "about", "off", "deals", "call_strong", "stock"})
_SURELY_LINE: Final = re.compile(r"^[^:]*(?<!\w)(?:line|phone|fone)(?!\w)[^:]*:")
"""Before its colon: whose opening times a line tells."""
_AT_PLACE: Final = re.compile(r"(?<!\w)at \w+ (?:green|white|brown|hill|park|road|rd|street|st|lane)(?!\w)")
"""A drug's word in the name of a place: "old bill at Castle Green"."""
_QUOTED: Final = re.compile(r"[\"\u201c]([^\"\u201c\u201d]{12,})[\"\u201d]")
_QUOTING: Final = re.compile(
    r"(?<!\w)(?:seen this|see this|got this|get this|got sent|sent me|sent this|read this|look at this|this lol"
    r"|just got|just had|keep getting|keep gettin|got another|wtf)(?!\w)"
)


_PASSED_ON: Final = re.compile(
    r"(?<!\w)(?:ring|call|text|txt|bell|bel|both|line|pass|share|spread|tell|mates)(?!\w)|\d for \d"
)
"""Outside of the quotation: whoever says so advertises himself."""


def plain_talk(reading: Reading) -> str | None:
    """Return the kind of plain talk that a text is, whose marks and cues are there; None: it may be anything."""
    low = reading.shadow.lower.strip()
    if len(low) <= _LONGEST_QUOTING and _quotes(low):
        return "quoted"
    if len(low) > _LONGEST_QUOTING:
        return None
    kind, form = _form_of(low, _FINDERS if len(low) <= _LONGEST else _LONGER_FINDERS)
    if kind is None or form is None or (kind in _FREE_OF_MARKS and kind not in _LOOKED_AT):
        return kind
    if kind not in _FREE_OF_MARKS and any(mark.kind in _MARKED for mark in reading.marks):
        return None
    return None if _may_be_a_lines(reading, kind, form) else kind


def _form_of(low: str, finders: tuple[_Finder, ...]) -> tuple[str | None, re.Match[str] | None]:
    """Return the first kind whose form a text has, and the form as it stands there."""
    for kind, find, needed in finders:
        if any(letters in low for letters in needed) and (found := find(low)) is not None:
            return kind, found
    return None, None


def worth_of(kind: str, log_odds: float) -> float:
    """Return the log-odds of an advert of a text that is plain talk.

    Args:
        kind: What ``plain_talk`` gave.
        log_odds: Of an advert, as the models have it.
    """
    return CEILING if kind in _OF_LINES_TOO and log_odds >= SURE else WORTH


def may_be_lifted(kind: str) -> bool:
    """Whether what the models say of a text of this kind counts."""
    return kind in _OF_LINES_TOO


def _may_be_a_lines(reading: Reading, kind: str, form: re.Match[str]) -> bool:
    """Whether what stands in a form of plain talk, or beside it, may be a line's."""
    labels = {cue.label for cue in reading.cues}
    if kind in _MAY_HOLD_HOURS and ("drugs" in labels or not labels.isdisjoint(_SERVING)):
        return True
    if kind not in _LOOKED_AT:
        return False
    if kind in _OF_ANY_WORDS:
        return _is_offered(reading, kind, form)
    if kind == "opening":
        return _SURELY_LINE.search(form.string) is not None
    is_cued = kind == "place" and not labels.isdisjoint(_SERVING)
    is_marked = any(mark.kind is SpanKind.DRUG for mark in reading.marks) and _AT_PLACE.search(form.string) is None
    return is_cued or is_marked or any(_WORDS_OF_LINES.search(said) for said in form.groups() if said)


def _is_offered(reading: Reading, kind: str, form: re.Match[str]) -> bool:
    """Whether drugs, a deal of them or words of serving stand beside a form that leaves the rest of the text open."""
    if any(mark.kind is SpanKind.DRUG for mark in reading.marks):
        return True
    if kind == "to_send" and _OF_REFERRALS.search(form.string):
        return True
    # A deal of wares is one itself.
    said = f"{form.string[: form.start()]} | {form.string[form.end() :]}" if kind == "ware" else form.string
    if kind == "praised" and (_OF_HOURS.search(said) or any(cue.label in _SERVING for cue in reading.cues)):
        return True
    return _OF_SERVING.search(said) is not None or _DEAL.search(said) is not None


def _quotes(low: str) -> bool:
    """Whether somebody shows an advert that he got, and says nothing else."""
    quoted = _QUOTED.search(low) if '"' in low or "\u201c" in low else None
    if quoted is None:
        return False
    around = f"{low[: quoted.start()]} | {low[quoted.end() :]}"
    return _QUOTING.search(around) is not None and _PASSED_ON.search(around) is None
