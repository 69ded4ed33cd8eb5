"""Headings of several words that name a side: ``Sender's Number``, ``Other Participant WA User Name``."""

from __future__ import annotations

import re
from typing import Final

from parsers.table_fields import Field

_WORD = re.compile(r"[a-z]+|#")
_SIDE_WORDS: Final = {
    **dict.fromkeys(("sender", "sending", "author", "originator", "originating", "caller", "calling"), Field.FROM),
    **dict.fromkeys(("dialler", "dialling", "dialing"), Field.FROM),
    **dict.fromkeys(("recipient", "receiver", "receiving", "addressee", "callee"), Field.TO),
    "from": Field.FROM,
    "to": Field.TO,
    **dict.fromkeys(("called", "terminating", "dialled", "dialed"), Field.TO),
    **dict.fromkeys(("participant", "party", "partner", "correspondent", "counterpart", "counterparty"), Field.NUMBER),
    **dict.fromkeys(("remote", "other"), Field.NUMBER),
}
"""Words that say which side a column holds, where nothing but ``_BESIDE_A_SIDE`` stands beside them."""

_BESIDE_A_SIDE: Final = frozenset(
    {"s", "the", "of", "message", "chat", "call", "phone", "number", "no", "mobile", "tel", "telephone", "msisdn"}
    | {
        "id",
        "identifier",
        "matched",
        "jid",
        "handle",
        "username",
        "user",
        "wa",
        "whatsapp",
        "name",
        "display",
        "full",
        "contact",
        "address",
    }
)
_SENT: Final = frozenset({"sent", "made", "called", "dialled", "dialed", "placed"})
_RECEIVED: Final = frozenset({"received", "answered"})
_MOVED: Final = _SENT | _RECEIVED | {"delivered"}
"""What becomes of a call or text: who that is of, the word behind it says (``Sent From``, ``Received By``)."""

_BETWEEN: Final = frozenset({"from", "to", "by"})
_OF_NAMES: Final = frozenset({"name", "username", "display", "full"})
_NAME_OF_SIDE: Final = {Field.FROM: Field.FROM_NAME, Field.TO: Field.TO_NAME, Field.NUMBER: Field.NAME}


def side_in(key: str) -> Field | None:
    """Return which side a heading of several words names. None: it names none, or two.

    Args:
        key: Of a heading, as headings are compared.
    """
    words = set(_WORD.findall(key))
    sides = {_SIDE_WORDS[word] for word in words & _SIDE_WORDS.keys()}
    if "other" in words and len(words & _SIDE_WORDS.keys()) == 1:
        # "Other" alone is anything.
        return None
    if len(sides) > 1:
        # A "sending party" is the sender.
        sides.discard(Field.NUMBER)
    if len(sides) != 1 or not words <= _SIDE_WORDS.keys() | _BESIDE_A_SIDE:
        return None
    (side,) = sides
    return _NAME_OF_SIDE[side] if "name" in words else side


def moved_side(key: str) -> Field | None:
    """Return the side that a heading names by what became of a call or text. None: it names none so.

    ``Sent By`` and ``Received From`` are who it came from, ``Received By`` and ``Sent To`` whom it went to. It may be a
    device or an officer as well: the cells tell (``parsers.tables.moved_sides``).

    Args:
        key: Of a heading, as headings are compared.
    """
    words = set(_WORD.findall(key))
    moved, between = words & _MOVED, words & _BETWEEN
    if len(moved) != 1 or len(between) != 1 or not words <= moved | between | _BESIDE_A_SIDE - _OF_NAMES:
        return None
    if "from" in between or ("by" in between and not words.isdisjoint(_SENT)):
        return Field.FROM
    return Field.TO if "to" in between or not words.isdisjoint(_RECEIVED) else None
