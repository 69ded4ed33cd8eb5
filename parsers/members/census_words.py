"""Whether the census of a file that nobody knows names what messages and calls are kept under.

That is a list of them, or a text beside its time and its sides. Its names alone are asked; what it holds is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_HOLDER: Final = re.compile(
    r"messages?|msgs?|(?:all)?sms|mms|chats?|conversations?|ims?|(?:all)?calls?|inbox|outbox|texts"
)
"""What a list of them is called: a table, an element, a key."""
_TEXT: Final = re.compile(r"texts?|body|content|message|msg|snippet|duration")
_TIME: Final = re.compile(r"dates?|(?:date)?time|timestamps?|sent|received|created|when|at|ts")
_SIDE: Final = re.compile(
    r"from|to|sender|recipients?|receiver|author|address(?:es)?|number|phone|participants?|contact|handle|user|peer|jid"
    r"|msisdn|caller"
)
_SETTING: Final = re.compile(r"description|placeholders|locale|translations?")
"""What stands beside the texts of a program in some language, which are called messages as well."""


def may_hold_messages(census: str) -> bool:
    """Whether messages or calls may lie in a file of this census (``parsers.census``)."""
    words = {word.casefold() for word in _WORD.findall(census)}
    # Core Data puts a Z before the names of its tables and columns.
    words |= {word.removeprefix("z") for word in words}
    if _has(words, _SETTING):
        return False
    return _has(words, _HOLDER) or all(_has(words, kind) for kind in (_TEXT, _TIME, _SIDE))


def _has(words: Iterable[str], kind: re.Pattern[str]) -> bool:
    return any(map(kind.fullmatch, words))
