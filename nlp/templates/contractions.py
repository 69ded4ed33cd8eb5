"""Two words that are as often written as one, as an id sees them: ``do not`` is ``dont``, ``re up`` is ``reup``.

Normal forms have no apostrophes. What the one word may be besides ("were", "well") is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_NOT: Final = {
    "do": "dont", "does": "doesnt", "did": "didnt", "is": "isnt", "are": "arent", "was": "wasnt", "can": "cant",
    "could": "couldnt", "will": "wont", "would": "wouldnt", "should": "shouldnt", "have": "havent", "has": "hasnt",
}  # fmt: skip
_WHOLE: Final = {"cannot": "cant"}
_ONE: Final = {
    **{(verb, "not"): one for verb, one in _NOT.items()},
    ("i", "am"): "im", ("i", "have"): "ive", ("it", "is"): "its", ("that", "is"): "thats", ("they", "are"): "theyre",
    ("we", "have"): "weve", ("you", "will"): "youll", ("there", "is"): "theres", ("what", "is"): "whats",
    ("every", "day"): "everyday", ("every", "one"): "everyone", ("any", "one"): "anyone", ("any", "time"): "anytime",
    ("re", "loaded"): "reloaded", ("re", "load"): "reload", ("re", "stocked"): "restocked", ("re", "stock"): "restock",
    ("re", "up"): "reup", ("re", "upped"): "reupped",
}  # fmt: skip
_TELLING: Final = frozenset({*_WHOLE, *(second for _, second in _ONE)})
"""Without one of these words nothing changes."""


def contracted(parts: Iterable[str]) -> list[str]:
    """Return the parts of a masked wording with such pairs as one word."""
    parts = list(parts)
    if _TELLING.isdisjoint(parts):
        return parts
    found: list[str] = []
    for part in parts:
        one = _ONE.get((found[-1], part)) if found else None
        if one is None:
            found.append(_WHOLE.get(part, part))
        else:
            found[-1] = one
    return found
