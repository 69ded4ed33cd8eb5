"""Under which name a text says that somebody was known: "Diego that was ...", "it was Hendo now its Chino".

No analysis reads such a name for itself: it is a word like any other, and counts where a line bears it.
"""

from __future__ import annotations

import re
from typing import Final

from nlp.changes.change_rules import FORMERLY
from parsers.records.findings import TextFinding
from search.linkage.keys import fold_name

_WORD: Final = re.compile(r"[^\W_]+")
_NAMED: Final = r"(?!(?:never|not)\b)([^\W_]+(?:[ .-][^\W_]+)?)"
_FORMER: Final = re.compile(
    rf"\b(?:(?:{FORMERLY}|was|wos|were|known as|no longer|went by|the old|from) {_NAMED}"
    rf"|{_NAMED} (?:that|who|which|as|wot) (?:was|wos|used (?:to|2) be|were)\b"
    rf"|{_NAMED} is (?:now|no more)\b)",
    re.IGNORECASE,
)
"""Where a text says under which name somebody was known: "Diego that was ...", "used to be Diego", "the old Diego"."""
_LONGEST_LOOKED_AT: Final = 400
"""Letters of an announcement in which that is looked for."""

_SLOT: Final = r"\{(?:line|nickname)\}"
_WAS: Final = rf"(?:{FORMERLY}|was|wos|were|known as|went by|ex)"
_NOW: Final = r"(?:now|nw)(?: (?:its|it|s|is|im|i|m|we|re|were|are|called|known|as|named|the|just)){0,3}"
_SPEAKER: Final = r"(?:^|[.,!:;] *|\b(?:it|we|i|here|new|number|num|phone|line|this) |\b(?:u|you) (?=kn))"
_ONE: Final = (
    r"(?!(?:never|not|with|wiv|on|who|by|from|under|for|at|in|n|and|but|now|nw)\b)"
    r"((?:(?:lil|big|young|yung|mr) )?[^\W_]+(?:[.-][^\W_]+)?(?: (?!n\b)[^\W\d_]\b)?)"
)
"""One word, which a letter may follow: "Bruno customers", "with Bruno" and "on Bruno" are nobody's name."""
_OF_SELF: Final = r"(?!'?s\b)(?! (?:who|that|which|turf|area|ends|runs|running|has|took|taking)\b)"
_BESIDE_ONES_OWN: Final = re.compile(
    rf"{_SPEAKER}{_WAS} {_ONE},?(?: (?:but|n|and))? {_NOW} {_SLOT}{_OF_SELF}"
    rf"|{_SLOT}(?: (?:here|now|line))?(?: (?:we|i))? {_WAS} {_ONE}(?= *(?:$|[.,!:;()])| (?:new|this|got (?:a|new))\b)"
    rf"|(?:^|[.,!:;] *|\b(?:number|num|phone|line) ){_ONE} (?:is|are) {_NOW} {_SLOT}{_OF_SELF}",
    re.IGNORECASE,
)
"""The same right beside the name that the sender has now, in the words of a template, where he says it of himself.

A rival who calls the customers of a line that fell silent names it too: "if u was with Bruno now its Tariq", "Tariq
here it was Bruno who got us robbed".
"""


def former_names(body: str) -> str:
    """Return the words that stand where a text says what somebody was called, folded, with blanks between."""
    return _folded(_FORMER, body[:_LONGEST_LOOKED_AT])


def own_former_names(finding: TextFinding) -> str:
    """Return the same of a text that gives no number that its sender had: what stands beside the name that he has now.

    "It was cold, new number" and "it was Rico now its me" say of nobody that he is called otherwise now.
    """
    return own_former_words(finding.template or "")


def own_former_words(template: str) -> str:
    """Return the same of the words of a template."""
    return _folded(_BESIDE_ONES_OWN, template[:_LONGEST_LOOKED_AT])


def _folded(pattern: re.Pattern[str], text: str) -> str:
    found = (words for match in pattern.finditer(text) for words in match.groups() if words)
    words = (fold_name(word) for each in found for word in _WORD.findall(each))
    return " ".join([word for word in words if len(word) > 1 and not word.isdecimal()])
