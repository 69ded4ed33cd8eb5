"""Names in common: what the other adverts of one input say of the name of each.

Judged alone, ``both steady 3 for 25`` names nobody; beside ``Steady line on`` it does. Adverts support the names that
are the best candidates of others, and among many adverts a name that no other supports has to be surer. What supports
is a wording: copies of one text, and one text with other prices, are one. Pure: takes what the finder proposes, gives
which proposal stands, the same in any order, and leaves the findings of the texts alone as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from math import exp, fsum, log1p
from typing import Final, Protocol

from nlp.name_forms import long_forms, name_key

RULE_ELSEWHERE: Final = "nicknames/2:named-elsewhere"
"""Rule of a name that stands because other texts of the input bear the same one."""

RULE_NOT_ELSEWHERE: Final = "nicknames/2:not-named-elsewhere"
"""Rule of a text whose name does not stand, since no other text of the input bears it or another one stands better."""

_WORTH: Final = 2.0
_PER_WORDING: Final = 4.0
_UNSUPPORTED: Final = -0.9
_FEW_WORDINGS: Final = 20
"""Number of other wordings at which a name that none of them has is held against half as much as among ever so many."""
_MIN_SUPPORT: Final = 0.3
_SURE: Final = 0.5
_CAP: Final = 30.0


class Proposal(Protocol):
    """A name that a text may go by; ``strength`` is its log-odds above no name, judged alone."""

    @property
    def canonical(self) -> str:
        """The name."""

    @property
    def strength(self) -> float:
        """The log-odds."""


class SharedNames:
    """Gathers the proposals of the adverts of an input, then settles each. Grows with the distinct wordings."""

    def __init__(self, threshold: float) -> None:
        self._threshold = threshold
        self._shares: dict[str, dict[Hashable, float]] = {}
        self._wordings: set[Hashable] = set()
        self._forms: dict[str, Counter[str]] = {}
        self._sums: dict[str, float] = {}
        self._names: dict[str, str] = {}

    def add(self, wording: Hashable, proposals: Sequence[Proposal]) -> None:
        """Take in an advert; one that was taken in before changes nothing.

        Args:
            wording: Equal for texts that are no support for each other: the template id of the text alone.
            proposals: Its likeliest names, the likeliest first.
        """
        self._wordings.add(wording)
        if proposals:
            best = proposals[0]
            key = name_key(best.canonical)
            shares = self._shares.setdefault(key, {})
            if wording not in shares:
                self._forms.setdefault(key, Counter())[best.canonical] += 1
            shares[wording] = max(shares.get(wording, 0.0), _chance(best.strength))
            self._sums.clear()
            self._names.clear()

    def settled(self, wording: Hashable, proposals: Sequence[Proposal]) -> int | None:
        """Return which proposal of an advert stands beside all that were taken in; None: no name."""
        others = len(self._wordings) - (wording in self._wordings)
        unsupported = _UNSUPPORTED * others / (others + _FEW_WORDINGS)
        best, most = None, self._threshold
        for at, proposal in enumerate(proposals):
            support = self._support(name_key(proposal.canonical), wording)
            bonus = _WORTH * log1p(_PER_WORDING * support)
            odds = proposal.strength + bonus + (unsupported if support < _MIN_SUPPORT else 0.0)
            if odds > most:
                best, most = at, odds
        return best

    def name(self, canonical: str) -> str:
        """Return the form by which the line usually calls itself: that of most wordings."""
        if not self._names:
            self._names = self._usual_names()
        return self._names.get(name_key(canonical), canonical)

    def _usual_names(self) -> dict[str, str]:
        usual = {
            key: min(forms, key=lambda form: (-forms[form], len(form), form)) for key, forms in self._forms.items()
        }
        sure = {
            key: {wording for wording, share in shares.items() if share >= _SURE}
            for key, shares in self._shares.items()
        }
        longer = long_forms(sure, usual)
        return {key: usual[longer.get(key, key)] for key in usual}

    def _support(self, key: str, wording: Hashable) -> float:
        """Return how many other wordings have a name as their best candidate, each by its chance to be right."""
        shares = self._shares.get(key)
        if shares is None:
            return 0.0
        total = self._sums.get(key)
        if total is None:
            # Exact, so that the order in which the texts came does not matter.
            total = self._sums[key] = fsum(shares.values())
        return max(0.0, total - shares.get(wording, 0.0))


def _chance(log_odds: float) -> float:
    return 1.0 / (1.0 + exp(-max(-_CAP, min(_CAP, log_odds))))
