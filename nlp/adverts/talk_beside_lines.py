"""Forms of plain talk beside lines: to one who waits, of somebody's phone, of a count of money.

They are the whole of a text, but for what is said at its end. Lower case. What a court heard, an office's line, a
shop's branches and the legal bound of THC tell nothing: adverts quote, name and deny all of these.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_CALLED: Final = r"(?:(?:mate|oi|ok|right|yo|bro|yh|now|hi|hello|hey)[ ,]+)*"
_TAIL: Final = (
    r"(?:[ ,.!]+(?:x+|lol|haha\w*|mate|bro|tho|innit|init|pls|plz|please|safe|ok|fam|g|man|pal|ta|yh|tonight|tonite"
    r"|today|now|then|there))*\W*x*\W*$"
)
_PHONE: Final = r"(?:phone|fone|fon|mobile|mob)"
_YOU: Final = r"(?:u|you|ye|ya)"
_COUNT: Final = r"(?:[1-9]|one|two|three|four|half)"
_KIND: Final = r"(?:b|w|brown|white|light|dark|hard|soft)"
_BUSY: Final = r"(?:busy|rammed|packed|manic|late|dark|cold)"
_ANYONE: Final = r"(?:ne1|any1|ny1|nyone|anyone|anybody|any one|ne one)"

KINDS: Final[Mapping[str, re.Pattern[str]]] = {
    # A bare count of money with a form of address; a line's sums stand beside what is sold for them.
    "counted": re.compile(rf"^{_CALLED}\d{{2,4}} g\W*$"),
    "asked_each": re.compile(rf"^{_CALLED}(?:just |get me |grab me )?[1-9] (?:of|ov) (?:each|both){_TAIL}"),
    # Whoever is sent out with so much is told where to; a line that delivers comes to its customers, and to all.
    "sent_out": re.compile(
        rf"^{_CALLED}(?:(?:go|just|then|pls|can {_YOU}|need {_YOU} to) )*(?:drop|run|nip|pop|hop|shoot|take)"
        r" (?:(?:it|them|em|this|off|round|over|down|up) )*(?:to|2) (?:the )?"
        rf"(?!(?:{_YOU}|ur|your|yours|any\w*|all|every\w*|both)(?!\w))[a-z][\w']*(?: [a-z][\w']*){{0,2}}"
        rf" (?:with )?(?:{_COUNT} (?:of |ov )?(?:each|both)|{_COUNT} {_KIND}(?:,? (?:and |n |& )?{_COUNT} {_KIND})?)"
        rf"{_TAIL}"
    ),
    "asked_anyone": re.compile(
        rf"^{_CALLED}{_ANYONE} (?:about|abt|on|out|serving|servin|working|holding|awake){_TAIL}"
    ),
    "asked_absent": re.compile(
        rf"(?<!\w){_YOU} (?:been|bin|have been) (?:off|away|quiet|gone) (?:(?:for|4) )?(?:time|ages|long|a while|days"
        rf"|weeks)(?:\W+(?:{_YOU} )?(?:back|on)(?: yet)?)?\W*$"
    ),
    "asked_who": re.compile(
        rf"^{_CALLED}(?:whos|who's|whose|who) (?:{_PHONE}|sim|number)(?: is|'s|s)?"
        rf" (?:on|off|up|out|it|that|this){_TAIL}"
        rf"|^{_CALLED}(?:whos|who's|who is|who) (?:holding|holdin|running|runnin|shotting|covering|grafting)"
        rf"(?: (?:for|with|on|it|the|this|that|\w+)){{0,4}}{_TAIL}"
    ),
    "to_wait": re.compile(
        rf"^{_CALLED}(?:(?:its|it's|im|i'm|were|we're) )?(?:so |very |really |proper )?(?:busy|rammed|manic)\W+"
        rf"(?:just |pls )?(?:wait|hold on|hang on|hold tight){_TAIL}"
        rf"|^{_CALLED}(?:dont|don't|do not|stop|no need to) (?:keep )?(?:ring|ringing|ringin|call|calling|text|texting)"
        rf"(?: me)?\W+(?:just |pls )?(?:wait|hold on|hang on|stay there){_TAIL}"
        rf"|^{_CALLED}(?:just )?(?:wait there|hold on|hang on|stay there){_TAIL}"
        rf"|^{_CALLED}(?:be quick|hurry up|hurry|come quick)\W+(?:cos |coz )?(?:its|it's)"
        rf" (?:get+in'?g? )?{_BUSY}{_TAIL}"
    ),
    "phone_busy": re.compile(
        rf"^(?!the|this|our|new|ur|your)\w+(?:'?s)? {_PHONE} (?:never (?:stops|rests|sleeps)|doesnt stop|dont stop"
        rf"|is always (?:on|going|ringing))(?: (?:ringing|ringin|going|buzzing))?{_TAIL}"
    ),
    "lent_phone": re.compile(
        rf"(?<!\w)(?:my|me) {_PHONE} (?:has |got |gt |was |been |just |is )*(?:took|taken|nicked|stolen|robbed|dead"
        r"|died|broke\w*|smashed|cut off)\W+(?:so )?(?:im|i'm|i am) (?:with|stood with|using|on|borrowing)"
        rf" (?:the|a|my|this|some) (?:\w+ )?(?:lad|lass|girl|bloke|man|woman|lady|guy|boy|mate|friend)(?:'?s)?"
        rf"(?: {_PHONE})?(?: (?:from|at|in) (?:the |my )?\w+(?: \w+)?)?{_TAIL}"
    ),
    # Which number somebody has now is asked by who lost it; a line says it.
    "asked_number": re.compile(
        rf"^{_CALLED}(?:what|wot|wat|wt|which)(?:'?s)? (?:number|numba|num|no|phone|fone)(?: is|'s)? (?:\w+ ){{1,2}}on"
        rf"{_TAIL}"
    ),
    "later_on": re.compile(rf"^(?:(?:lol|haha|ok|yh|yeah|maybe|prob|probs|probably|bit|abit) )*later on{_TAIL}"),
    "told_to_stop": re.compile(
        rf"^{_CALLED}(?:just )?(?:stop|quit|no more) (?:messin|muckin|fuckin|pissin|dickin)g?"
        rf" (?:about|around|abt){_TAIL}"
    ),
    # The tide that is in is a line's ("tide's in"), and so is the sun that is out.
    "tide": re.compile(rf"^(?:the )?tides?(?: is|'s)? (?:out|going out|gone out|turning|coming in){_TAIL}"),
    "police_road": re.compile(
        rf"^{_CALLED}not (?:that|this) (?:road|street|way|side|alley)\W+(?:the )?"
        rf"(?:feds|old bill|bizzies|jakes|cops|police) (?:are |r )?(?:about|there|everywhere|parked up){_TAIL}"
    ),
}
FREE_OF_MARKS: Final = frozenset({"counted", "asked_each", "sent_out"})
"""Kinds that have sums or goods by their form, which is the whole of a text."""
NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "asked_absent": ("been ", "bin "),
    "lent_phone": ("my ", "me "),
}
"""Of the kinds that are sought anywhere in a text, letters of which some stand in every text that has the form."""
