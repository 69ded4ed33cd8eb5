"""Which adverts are texts that hold a number: of that name, in their time.

A sender may write thousands of texts that give as many numbers; each advert is looked up among them by name and time.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from itertools import accumulate

from search.contract import Edge
from search.linkage.attribution.senders import Evidenced
from search.linkage.keys import fold_name


def is_said_then(advert: Edge, said: Edge) -> bool:
    """Whether an advert began in the time of texts that say the same of one number; these are one edge."""
    if advert.first_at is None or said.first_at is None or said.last_at is None:
        return advert.first_at == said.first_at
    return said.first_at <= advert.first_at <= said.last_at


class SaidThen:
    """Texts of one sender on one phone that hold numbers, to be asked whether an advert is one of them."""

    def __init__(self, texts: Iterable[Evidenced] = ()) -> None:
        dated: dict[str, list[tuple[str, str]]] = defaultdict(list)
        # what lacks an end is of the instant that it has, what is undated of adverts that are undated too
        self._points: dict[str, set[str | None]] = defaultdict(set)
        for said in texts:
            name, first, last = fold_name(said.edge.label), said.edge.first_at, said.edge.last_at
            if first is None or last is None:
                self._points[name].add(first)
            else:
                dated[name].append((first, last))
        self._begun: dict[str, list[str]] = {}
        self._latest: dict[str, list[str]] = {}
        for name, periods in dated.items():
            periods.sort()
            self._begun[name] = [first for first, _ in periods]
            self._latest[name] = list(accumulate((last for _, last in periods), max))

    def has(self, advert: Evidenced) -> bool:
        """Whether an advert is one of the texts: one of them at least is said under its name in its time."""
        name, first = fold_name(advert.edge.label), advert.edge.first_at
        if first in self._points.get(name, ()):
            return True
        if first is None or name not in self._begun:
            return False
        begun = bisect_right(self._begun[name], first)
        return begun > 0 and self._latest[name][begun - 1] >= first


class AdvertsThen:
    """Adverts of one sender on one phone, to be asked whether texts that hold a number are one of them."""

    def __init__(self, adverts: Iterable[Evidenced] = ()) -> None:
        begun: dict[str, set[str | None]] = defaultdict(set)
        for advert in adverts:
            begun[fold_name(advert.edge.label)].add(advert.edge.first_at)
        self._begun = begun
        self._dated = {name: sorted(filter(None, held)) for name, held in begun.items()}

    def has(self, said: Evidenced) -> bool:
        """Whether an advert of that name began in the time of the texts."""
        name, first, last = fold_name(said.edge.label), said.edge.first_at, said.edge.last_at
        if name not in self._begun:
            return False
        if first is None or last is None:
            return first in self._begun[name]
        dated = self._dated[name]
        place = bisect_left(dated, first)
        return place < len(dated) and dated[place] <= last
