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
_BESIDE_ONES_OWN: Final = re.compile(
    rf"\b(?<!not )(?<!never ){_WAS} {_NAMED}(?: (?:but|n|and))? {_NOW} {_SLOT}"
    rf"|{_SLOT}(?: (?:here|now|line))?(?: (?:who|that|which|wot|we|i|it))? (?<!not ){_WAS} {_NAMED}"
    rf"|\b{_NAMED} (?:is|are|s) {_NOW} {_SLOT}",
    re.IGNORECASE,
)
"""The same right beside the name that the sender has now, in the words of a template."""


def former_names(body: str) -> str:
    """Return the words that stand where a text says what somebody was called, folded, with blanks between."""
    return _folded(_FORMER, body[:_LONGEST_LOOKED_AT])


def own_former_names(finding: TextFinding) -> str:
    """Return the same of a text that gives no number that its sender had: what stands beside the name that he has now.

    "It was cold, new number" and "it was Rico now its me" say of nobody that he is called otherwise now.
    """
    return _folded(_BESIDE_ONES_OWN, (finding.template or "")[:_LONGEST_LOOKED_AT])


def _folded(pattern: re.Pattern[str], text: str) -> str:
    found = (words for match in pattern.finditer(text) for words in match.groups() if words)
    words = (fold_name(word) for each in found for word in _WORD.findall(each))
    return " ".join([word for word in words if len(word) > 1 and not word.isdecimal()])
