"""Names in common: what the other adverts of one input say of the name of each.

Judged alone, ``both steady 3 for 25`` names nobody; beside ``Steady line on`` it does. Adverts support the names that
are the best candidates of others, and a name that no other text supports has to be surer. Pure: takes what the finder
proposes, gives which proposal stands, and leaves the findings of the texts alone as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log1p
from typing import Final, NamedTuple

THRESHOLD: Final = 0.75
"""Log-odds, with the support of others, from which on a name is given."""

_WORTH: Final = 2.0
_PER_TEXT: Final = 4.0
_UNSUPPORTED: Final = -1.0
_MIN_SUPPORT: Final = 0.3
_MIN_PLURAL: Final = 4
_CAP: Final = 30.0


class Proposal(NamedTuple):
    """A name that a text may go by; ``odds`` are its log-odds above no name, judged alone."""

    canonical: str
    odds: float


def name_key(canonical: str) -> str:
    """Return what two spellings of one name share: letters and digits, without the "s" of a plural."""
    plain = "".join(char for char in canonical.casefold() if char.isalnum())
    return plain[:-1] if len(plain) >= _MIN_PLURAL and plain.endswith("s") else plain


def settled_names(texts: Sequence[Sequence[Proposal]], threshold: float = THRESHOLD) -> list[int | None]:
    """Return which proposal of each text stands; None: no name. In the order of the texts.

    Args:
        texts: The proposals of each distinct wording; copies of one wording are no support for each other, so callers
            pass one text a wording.
        threshold: Log-odds from which on a name is given.
    """
    best = [max(proposals, key=lambda proposal: proposal.odds, default=None) for proposals in texts]
    shares = [0.0 if found is None else 1.0 / (1.0 + exp(-max(-_CAP, min(_CAP, found.odds)))) for found in best]
    support: dict[str, float] = {}
    for found, share in zip(best, shares, strict=True):
        if found is not None:
            key = name_key(found.canonical)
            support[key] = support.get(key, 0.0) + share
    chosen: list[int | None] = []
    for proposals, found, share in zip(texts, best, shares, strict=True):
        odds = []
        for proposal in proposals:
            key = name_key(proposal.canonical)
            is_own = found is not None and key == name_key(found.canonical)
            others = max(0.0, support.get(key, 0.0) - (share if is_own else 0.0))
            odds.append(
                proposal.odds + _WORTH * log1p(_PER_TEXT * others) + (_UNSUPPORTED if others < _MIN_SUPPORT else 0.0)
            )
        at = max(range(len(odds)), key=odds.__getitem__, default=None)
        chosen.append(at if at is not None and odds[at] > threshold else None)
    return chosen
