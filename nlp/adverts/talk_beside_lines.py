"""Forms of plain talk beside lines: to one who waits, of somebody's phone, in the press, from an office or a shop.

The first are the whole of a text, but for what is said at its end; the last are told by one thing that no line says:
what a court heard, an office's line, a shop's branches, the legal bound of THC in hemp. Lower case.
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
_BUSY: Final = r"(?:busy|rammed|packed|manic|late|dark|cold)"
_ANYONE: Final = r"(?:ne1|any1|ny1|nyone|anyone|anybody|any one|ne one)"
_PRESS: Final = r"(?:court|judge|jury|inquest|tribunal|prosecution|prosecutors?|barrister|detectives?)"

KINDS: Final[Mapping[str, re.Pattern[str]]] = {
    # A bare count of money with a form of address; a line's sums stand beside what is sold for them.
    "counted": re.compile(rf"^{_CALLED}\d{{2,4}} g\W*$"),
    "asked_each": re.compile(rf"^{_CALLED}(?:just |get me |grab me )?[1-9] (?:of|ov) (?:each|both){_TAIL}"),
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
    # The tide that is in is a line's ("tide's in"), and so is the sun that is out.
    "tide": re.compile(rf"^(?:the )?tides?(?: is|'s)? (?:out|going out|gone out|turning|coming in){_TAIL}"),
    "police_road": re.compile(
        rf"^{_CALLED}not (?:that|this) (?:road|street|way|side|alley)\W+(?:the )?"
        rf"(?:feds|old bill|bizzies|jakes|cops|police) (?:are |r )?(?:about|there|everywhere|parked up){_TAIL}"
    ),
    "reported": re.compile(
        r"(?<!\w)(?:texts?|messages?|msgs?|ads|adverts) (?:that )?(?:reads?|reading|say|says|saying|said|went|go)"
        r" (?:things |stuff |something )?(?:like )?['\"\u2018\u201c]"
        r"|^(?:(?:a|my|our|one) )?(?:police )?sources? (?:says?|said|tells|told|claims?|reckons?|close to)(?!\w)"
        rf"|(?<!\w)(?:says|said|told|hears|heard|tells) (?:the |a )?{_PRESS}(?!\w)"
        rf"|(?<!\w)(?:the|a) {_PRESS} (?:has |have )?(?:heard|told|said|says|was told)(?!\w)"
    ),
    "office_line": re.compile(
        r"(?<!\w)(?:ppi|claims?|accident|compensation|help|advice|booking|bookings|tickets?|voting|vote|donation|enquiry"
        r"|enquiries|complaints|crisis|refund|entry|competition) ?lines? (?:is |are )?(?:now )?(?:open|closed?)(?!\w)"
        r"|^(?:vote|voting)(?: is)?(?: now)?(?: open)?\W.{0,30}(?:text|txt) \w+ (?:for|4) "
    ),
    "branches": re.compile(
        r"(?<!\w)(?:both|all|all our|all three|\d) (?:our )?(?:shops|stores|branches|sites|salons)(?: are| now)? "
        r"(?:open|closed)(?!\w)"
    ),
    "hemp": re.compile(
        r"(?:under|below|less than|max|maximum|<) ?0?[.,][0-3] ?% ?(?:of )?(?:thc|delta)"
        r"|thc (?:content )?(?:is )?(?:under|below|less than|max|<) ?0?[.,][0-3] ?%"
    ),
    "harvest": re.compile(r"(?<!\w)(?:of|ov) (?:the |our )?(?:new )?(?:spuds|tatties|sprouts|carrots)(?!\w)"),
    "fowl": re.compile(r"(?<!\w)(?:size|weight) of (?:the |ur |your )?(?:bird|turkey|goose|joint)(?!\w)"),
}
FREE_OF_MARKS: Final = frozenset(
    {"counted", "asked_each", "reported", "office_line", "branches", "hemp", "harvest", "fowl"}
)
"""Kinds that have sums or goods by their form, or say what they are whatever stands beside it."""
LONGER: Final = frozenset({"reported", "office_line", "branches", "hemp", "harvest", "fowl"})
"""Kinds that a text of several sentences may be of."""
NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "asked_absent": ("been ", "bin "),
    "lent_phone": ("my ", "me "),
    "reported": ("text", "message", "msg", "ads ", "advert", "source", "say", "said", "told", "hear", "court", "judge"),
    "office_line": ("line", "vot"),
    "branches": ("open", "closed"),
    "hemp": ("thc", "delta"),
    "harvest": ("spuds", "tatties", "sprouts", "carrots"),
    "fowl": ("bird", "turkey", "goose", "joint"),
}
"""Of the kinds that are sought anywhere in a text, letters of which some stand in every text that has the form."""
