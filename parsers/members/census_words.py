"""Whether the census of a file that nobody knows names what messages and calls are kept under.

That is a list of them, or one beside texts or sides, or a text beside its time and whom it is from or for. Its names
alone are asked; what it holds is not read. Settings have a chat and a call; a feed has an author, a form an address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_HOLDER: Final = re.compile(r"messages|msgs|(?:all)?sms|mms|chats|conversations?|ims|(?:all)?calls|inbox|outbox|texts")
"""What a list of them is called: a table, an element, a key."""
_ONES: Final = frozenset({"message", "msg", "chat", "im", "call"})
_TEXT: Final = re.compile(r"texts?|body|content|message|msg|snippet|duration")
_TIME: Final = re.compile(r"dates?|(?:date)?time|timestamps?|sent|received|created|when|at|ts")
_SIDE: Final = re.compile(
    r"from|to|sender|recipients?|receiver|author|address(?:es)?|number|phone|participants?|contact|handle|user|peer|jid"
    r"|msisdn|caller"
)
_NO_SIDES: Final = frozenset({"author", "address", "addresses", "contact"})
"""What feeds, forms and documents have beside a text and a time."""
_SETTING: Final = re.compile(r"description|placeholders|locale|translations?")
"""What stands beside the texts of a program in some language, which are called messages as well."""


def may_hold_messages(census: str) -> bool:
    """Whether messages or calls may lie in a file of this census (``parsers.census``)."""
    words = {word.casefold() for word in _WORD.findall(census)}
    # Core Data puts a Z before the names of its tables and columns.
    words |= {word.removeprefix("z") for word in words}
    if _has(words, _SETTING):
        return False
    if _has(words, _HOLDER) or (words & _ONES and (_has(words, _SIDE) or _has(words - _ONES, _TEXT))):
        return True
    return all(_has(words - _NO_SIDES, kind) for kind in (_TEXT, _TIME, _SIDE))


def _has(words: Iterable[str], kind: re.Pattern[str]) -> bool:
    return any(map(kind.fullmatch, words))
