"""Talk of a line: forms of words that only who sells to many uses, whatever the models make of the rest.

A line moves between applications as people do; what tells it is that it speaks of itself by name, of its customers or
of orders: "find Rico on whatsapp this number", "orders in here only now", "join up cos whatsapp keep banning me"; or
that it says what hardly anybody says who is no line: "half what u normally do", "2 cars out no waiting". A form lifts
what the models leave in doubt, and nothing of what they are sure; a name in a text that it lifts is no line's by that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from nlp.lexicons import LexiconKind
from nlp.readings import Reading
from nlp.words.hints import DIGIT

FLOOR: Final = 0.5
"""Log-odds of an advert at least, where the text is a line's talk."""
CUE: Final = "line-talk:"
"""Begins the label of the cue that a lifted text has."""

_APP: Final = (
    r"(?:whats ?app|watsapp|wassap|wats app|telegram|tele|tg|signal|snap|snapchat|wickr|session|threema|zangi)"
)
_FIND: Final = r"(?:find|search|add|get|catch|look for|look up)"
_NO_NAME: Final = (
    r"(?:me|us|him|her|them|it|my|our|ur|your|the|this|that|an?|on|in|more|info|details|out|back|help|support)"
)
_NAME: Final = rf"(?!{_NO_NAME}\b)@?\w{{2,}}"

_KINDS: Final[Mapping[str, re.Pattern[str]]] = {
    "find_on_app": re.compile(
        rf"(?<!\w){_FIND} {_NAME}(?: {_NAME})? (?:on|in|over on) (?:the )?{_APP}\W+(?:on )?(?:with )?"
        r"(?:(?:this|the same|same) (?:number|num|numba|no|one)|only(?!\w)|from now)"
    ),
    "new_home": re.compile(
        rf"(?<!\w){_APP}\W.{{0,30}}(?<!\w)(?:search|find|look for|join|add) @\w+.{{0,20}}"
        r"(?:new home|new base|new line|new spot)"
    ),
    "banned": re.compile(
        rf"(?<!\w)(?:join|get on|come over|come on)(?!\w)(?=.*(?<!\w){_APP}(?!\w)).{{0,50}}(?<!\w)(?:keep|keeps|kept"
        r"|keep on) (?:banning|bannin|blocking|blockin|shutting)(?: down)? (?:me|us|my|our)(?!\w)"
    ),
    "orders_here": re.compile(
        r"(?<!\w)(?:all )?orders? (?:are |go )?(?:only )?(?:in|on|thru|through)"
        r" (?:here|this|telegram|signal|whatsapp|snap)"
        r"(?: (?:chat|number|channel|group|one))? ?(?:only|now|from now|only now)(?!\w)"
    ),
    "app_only": re.compile(rf"(?<!\w){_APP} only (?:from )?now(?: on)?(?!\w)"),
    "menu_on_app": re.compile(rf"(?<!\w)menu (?:is |are |s )?on (?:there|{_APP})(?!\w)"),
    "go_easy": re.compile(r"(?<!\w)half (?:what|wat|wot) (?:u|you|ye) (?:normally|usually|norm)(?!\w)"),
    "drivers_out": re.compile(
        r"(?<!\w)(?:[2-4]|two|three|four) (?:cars|drivers|bikes) (?:out|on)(?: \w+){0,2},? (?:so )?no wait(?:in|ing)?"
        r"(?!\w)(?!.*\d{5})"
    ),
    "deals_ask": re.compile(
        r"(?<!\w)(?:bank holiday|payday|pay day|weekend|wkend) deals (?:ask|txt|text|ring|bell|msg)"
        r" (?:me|us|4|for)(?!\w| (?:about|for|at))"
    ),
    "switched_off": re.compile(
        r"(?<!\w)(?:phone|fone|number|num|numba|line)(?:'s|s| is| are)? get+in'?g? (?:switched|turned)"
        r" (?:off|aff)(?!\w)"
    ),
    # Who has the line's name: "someone using my name" is said by anybody.
    "only_real": re.compile(
        r"(?<!\w)(?:the )?only (?:real|true|genuine|proper|original) \w{2,} (?:is |line is |is on )?(?:on )?"
        r"(?:this|dis) (?:phone|fone|number|num|numba|line|sim)(?!\w).{0,20}"
        r"(?<!\w)(?:dont be (?:had|fooled|conned|mugged)|fakes?|copycats?|imitat\w+)(?!\w)"
    ),
}
NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "find_on_app": ("this", "same", "only", "from now"),
    "new_home": ("@",),
    "banned": ("bann", "block", "shut"),
    "orders_here": ("order",),
    "app_only": (" only ",),
    "menu_on_app": ("menu ",),
    "go_easy": ("half ",),
    "drivers_out": (" no wait",),
    "deals_ask": (" deals ",),
    "switched_off": ("switched", "turned"),
    "only_real": ("only ",),
}
"""Letters of which some stand in every text of a kind: looking for them takes less time than
trying the form."""
_FORMS: Final = tuple((kind, form, NEEDED[kind]) for kind, form in _KINDS.items())
_KIN: Final = r"(?:aunt\w*|uncle|mums?|mams?|dads?|nans?|gran\w*|cousin)"
_OF_ANOTHER: Final[Mapping[str, re.Pattern[str]]] = {
    "find_on_app": re.compile(
        rf"(?<!\w){_FIND} {_KIN}(?!\w)|(?<!\w)(?:he|he's|he'll|hes|she|she's|shes|members)(?!\w)"
    ),
    "app_only": re.compile(
        rf"(?<!\w)(?:my (?:texts|phone)|cos|cause|because|sorry|hacked|abroad|babe|hun|love|{_KIN})(?!\w)"
    ),
    "go_easy": re.compile(
        r"(?<!\w)(?:normally|usually|norm) (?:take|pay|eat|drink|inject|give|have|lift)(?!\w)"
        r"|(?<!\w)(?:eat|feed|doc|doctor|gp|nurse|coach|insulin)(?!\w)"
    ),
    "drivers_out": re.compile(r"(?<!\w)(?:radio|home safe)(?!\w)"),
}
"""Words beside a form of which something else tells: a nurse, a friend whose texts cost, a taxi."""
_PHONES_RING: Final = re.compile(
    r"(?<!\w)(?:2|two|both) (?:phones|fones|lines)(?: are)? (?:ringing|ringin|going|goin|busy).{0,20}"
    r"(?:keep|kp) (?:trying|tryin|ringing|ringin)(?!\w)"
)
_DEAL: Final = re.compile(
    r"(?:^|[^\w\u00a3.:/+-])(?:[1-9]|10) ?(?:4|x) ?(?:[1-9][05]|[1-3][0-9][05])"
    r"(?![\w.:/%-]| ?(?:pm|am|min|people|pack|ft|inch|cm))"
)
_SAYS: Final = re.compile(r"(?<!\w)(?:both|cash|shout me|shout us|favourites?|fav)(?!\w)")
_SAID_TO_ONE: Final = re.compile(
    r"(?<!\w)(?:can|could|pls|plz|please|put|send|tell|say|il|i'll|ill|wants|want|get|wearing|bingo|flare)(?!\w)"
)
_ORGANISATION: Final = re.compile(
    r"(?<!\w)(?:surgery|clinic|dentists?|pharmacy|hospital|school|nursery|college|uni|university|church|choir|mosque|parish"
    r"|union|residents?|tenants?|council|committee|club|runners|society|charity|association|campaign|office|reception|rep"
    r"|salon|nails|hair|barbers?|bakes|bakery|cakes?|butchers?|florist|avon|team|library|museum|theatre)(?!\w)"
)
_OF_SPORT: Final = re.compile(
    r"(?<!\w)(?:press ?ups?|push ?ups?|pull ?ups?|sit ?ups?|squats?|reps?|sets|lengths|laps|arms|legs|sides|hands"
    r"|stretch|pads|frames|songs|raffle|tickets?|machine then)(?!\w)"
)
_LEAST: Final = -2.0
"""Log-odds below which no form of words makes an advert: the models are sure of something else."""
_LEAST_OF: Final[Mapping[str, float]] = {
    "app_only": -1.5,
    "banned": -3.8,
    "drivers_out": -1.0,
    "deals_ask": -1.0,
}
"""The same of forms that shops and friends have nearly as often, and of one that they hardly have."""
_LEAST_OF_ANY: Final = min(_LEAST, *_LEAST_OF.values())
_DEAL_FROM: Final = -1.8
"""Log-odds from which on a deal as lines write it tells: ``card machine broke lol cash only 3x25``."""
_OF_TALK: Final = frozenset({"chat", "order"})
_OF_PHONES: Final = frozenset({"chat", "order", "retail"})
"""Words of shops are among those of phones that ring."""
_LONGEST: Final = 120
_MOST_WORDS: Final = 10


def line_talk(reading: Reading, log_odds: float) -> str | None:
    """Return the kind of talk of a line that a text is; None: it may be anything.

    Args:
        reading: The text, whose marks and terms are there.
        log_odds: Of an advert, as the models have it.
    """
    low = reading.shadow.lower
    if len(low) > _LONGEST or "?" in low or log_odds < _LEAST_OF_ANY:
        return None
    kind = _kind_of(reading, low, log_odds)
    # Last, of the few that have a form: of all expressions here it takes longest (1.5 µs).
    return None if kind is None or _ORGANISATION.search(low) else kind


def is_lifted(reading: Reading) -> bool:
    """Whether a form of words alone made a text an advert."""
    return any(cue.label.startswith(CUE) for cue in reading.cues)


def _kind_of(reading: Reading, low: str, log_odds: float) -> str | None:
    """Return the kind whose form a text has, and whose words are not of something else."""
    families = {term.entry.cue for term in reading.of_kind(LexiconKind.LOOKALIKE)}
    if ("keep" in low or "kp" in low) and log_odds >= _LEAST and families <= _OF_PHONES and _PHONES_RING.search(low):
        return "phones_ring"
    for kind, form, needed in _FORMS:
        if log_odds < _LEAST_OF.get(kind, _LEAST) or not any(letters in low for letters in needed):
            continue
        if _is_said(reading, form.search(low)) and not _is_anothers(kind, low):
            return kind
    return "deal" if families <= _OF_TALK and _is_deal(reading, low, log_odds) else None


def _is_said(reading: Reading, form: re.Match[str] | None) -> bool:
    """Whether a form is found, and no word of another trade outside of it: of "2 cars out no waiting" is no taxi."""
    if form is None:
        return False
    return all(
        term.entry.cue in _OF_TALK
        or (form.start() <= reading.starts[term.first] and reading.ends[term.last - 1] <= form.end())
        for term in reading.of_kind(LexiconKind.LOOKALIKE)
    )


def _is_anothers(kind: str, low: str) -> bool:
    """Whether words stand in a text by which its form is another's than a line's."""
    form = _OF_ANOTHER.get(kind)
    return form is not None and form.search(low) is not None


def _is_deal(reading: Reading, low: str, log_odds: float) -> bool:
    """Whether a text is a deal as lines write it, and sums of nothing else."""
    if log_odds < _DEAL_FROM or len(reading.words) > _MOST_WORDS + 2 or not reading.hints & DIGIT:
        return False
    if not _SAYS.search(low) or not _DEAL.search(low):
        return False
    return not _SAID_TO_ONE.search(low) and not _OF_SPORT.search(low)
