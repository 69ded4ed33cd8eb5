"""Words of a text that say of the number it came from that it is not the line's, and those that make it one of it."""

from __future__ import annotations

import re
from typing import Final

_THING: Final = r"(?:one|1|number|num|no|phone|fone|sim)"
_THIS: Final = rf"(?:this|dis|mine|here)(?: {_THING})?\b"
_GIVEN: Final = r"(?:(?:on|to|the|his|her|their|normal|usual|main|other|old|proper|real) )*\{number\}"
_END: Final = (
    r"(?=\W*(?:(?:pls|please|plz|thanks|thx|ta|safe|bro|mate|lol|x+|so|and)\W+)*"
    rf"(?:(?:pls|please|plz|thanks|thx|ta|safe|bro|mate|lol|x+)?\W*$|(?:ring|call|bell|use|its) {_GIVEN}))"
)
_OWN: Final = (
    r"(?:my|his|her|their|me) (?:own|personal|private)(?: (?:number|num|phone|fone|sim))?"
    r"|(?:a|my) (?:mates?|pals?|friends?|cousins?|brothers?) (?:number|num|phone|fone|sim)"
)
_WRITES: Final = (
    r"(?:text|txt|messag|msg|send|writ|contact|hit)\w*(?: (?:u|you|ya|yous|yas|this|all|every ?(?:one|body)))*"
)
_NEVER: Final = r"\b(?:do not|dont|don't|never|cant|can't|cannot|wont|stop) (?:ever |be |get )?"
_RINGS: Final = r"(?:ring|call|bell|repl|answer|respond|us(?=e|ing)|sav(?=e|ing))\w*(?: or (?:text|txt|msg|message))?"
_DISOWNS: Final = re.compile(
    rf"\{{number\}}\W*(?:(?:and|but|please|pls|mate) )?not (?:on |to )?(?:{_THIS}|me\b)"
    rf"|{_NEVER}{_RINGS}(?: (?:back|to|on|off|me|us|it|calls?))* {_THIS}"
    rf"|{_NEVER}(?:ring|call|bell)\w*(?: back)? me\b{_END}"
    rf"|\b{_WRITES} (?:off|from|on|with|using|usin) (?:mine|{_OWN})\b"
    rf"|\b(?:this|dis)(?: {_THING})? (?:is|iz) (?:just |only )?(?:mine|{_OWN})\b"
    rf"(?!\W*(?:{_THING}\W*)?(?:is |its )?\{{number\}})"
    r"|\bon behalf of\b",
    re.IGNORECASE,
)
"""What a text says of the number that it came from: of the template, with a slot for the number that it gives."""
_IS_THE_LINES: Final = re.compile(
    r"\{deal\}|\{price\}|[£$€]|\bquid\b|\b(?:\d+|\{digits\}) ?(?:for|4) ?(?:a )?(?:\d+|\{digits\})"
    r"|\beither\b|\bany (?:one|1|of)\b|\bring any\b|\bboth\b(?! in\b)|\bstill on\b"
    r"|\bas well\b|\balso\b|\btoo\b|\bsame as\b"
    rf"|\b(?:2|two|second|2nd|another|new|next|spare|extra)(?: \w+)? {_THING}s?\b"
    r"|\b(?:lines|numbers|nums|phones|fones|sims)\b"
    r"|\b(?:or|and|n|also|plus)\W+(?:ring |call |use |bell )?(?:on )?(?:this|dis|here|me|mine)\b"
    r"|\b(?:this|dis|here|me|mine)(?: \w+)?\W+(?:or|and|n|plus)\W+(?:on )?\{number\}"
    rf"|\b(?:ring|call|bell|use|try|hit|get|save|txt|text|msg|message|drop|whatsapp) (?:on |me |us )*"
    rf"(?:this|dis|me|us|it|here|instead)\b(?! (?:back )?{_GIVEN})"
    rf"|\b(?:just|only) (?:text|txt|msg|messag|ring|call|bell|whatsapp|drop)\w*\b(?! {_GIVEN})"
    r"|\b(?:text|txt|texts|msg|messages|calls|rings?) only\b|\b(?:text|txt|msg)\W*$"
    r"|\{time\}|\b(?:after|before|until|till?|past|between|during|unless|if|when|while|late|later|early|midnight)\b"
    r"|\b(?:nights?|tonight|mornings?|weekends?|sundays?|\d+ ?[ap]m)\b"
    r"|\b(?:for|4) (?:texts?|txts?|orders)\b|\b(?:text|txt) (?:phone|fone|line|number|num)\b"
    r"|\bwithheld\b|\bcaller id\b|\bblocked\b|\bprivate\b"
    r"|\bwhats?app?\b|\bfacetime\b|\btick\b|\bwithout\b|\btimewast\w*",
    re.IGNORECASE,
)
"""What it says where the number is one more of the line: beside what disowns it, which says when or how to ring it."""
_IS_THE_OTHER: Final = re.compile(
    rf"{_DISOWNS.pattern}|\b(?:ring|call|bell|phone|text|txt|msg|message) (?:on )?the line(?: on)?\W*\{{number\}}"
    r"(?!\W*\{time\})",
    re.IGNORECASE,
)
"""The same, and what says that the number which it gives is the line's."""
_OFFERS: Final = re.compile(
    r"\{(?:deal|price|drug|time)\}|\b(?:un)?till? (?:late|midnight)\b|\bboth (?:on|about)\b", re.IGNORECASE
)
"""What is on offer and until when."""


def disowns_itself(template: str) -> bool:
    """Whether a text says that the number it came from is not the line's, and nothing that makes it one of the line."""
    rest, count = _DISOWNS.subn(" ", template)
    return count > 0 and _IS_THE_LINES.search(rest) is None


def sends_for_another(template: str) -> bool:
    """Whether a text says so, or whose the number that it gives is, whatever it offers beside it."""
    rest, count = _IS_THE_OTHER.subn(" ", template)
    return count > 0 and _IS_THE_LINES.search(_OFFERS.sub(" ", rest)) is None
