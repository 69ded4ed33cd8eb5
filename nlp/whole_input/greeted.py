"""Whom the adverts of one input greet: what varies from copy to copy of a wording, while the name stays.

A line that greets each customer by what he is saved as sends ``Craig harley back on``, ``Donna harley back on`` and
``Sparky harley back on``. Alone each may be a name of two words; together the word that is the same in all is the
name, and what varies before it is none. The same of words that stand apart from it (``Craig, new number, Harley``).
On the phone of one customer nothing varies: there a text that says who is who tells it of the others (``yo Craig its
Harley``). Where a wording bears no name, and those that are greeted elsewhere vary in it, none of them is its name.

Pure, the same in any order; copies of a text change nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from typing import Final

from nlp.nicknames.name_forms import name_key
from nlp.readings import Name

_FEWEST: Final = 3
"""Different words before one name in one wording from which on they are whom it greets."""
_LEAST_JOINED: Final = -1.0
"""Log-odds of the name by itself, at least, where what is greeted joins it; above, those of a name that stands apart,
which may fall short of the likeliest by ``_LESS`` at most."""
_LEAST_APART: Final = -1.5
_LESS: Final = 5.0
_OF_ANY_PLACE: Final = frozenset({"in-text", "last-word", "x-alone"})
"""Rules of names whose place says nothing, so that they may be any word."""
_INTRODUCED: Final = frozenset({"its-x", "number-for-x"})
"""Rules of names before which whom a text greets stands low among its names."""
_NEAR: Final = 16
"""Code points between the two at most: what introduces a name."""
_GREETED_SHARE: Final = 0.5
"""Share of what varies in a wording without a name that is greeted elsewhere, at least."""


class Greeted:
    """Gathers the likeliest names of adverts, then says which of them are whom a wording greets."""

    def __init__(self) -> None:
        self._heads: dict[tuple[Hashable, str], set[str]] = defaultdict(set)
        self._bests: dict[Hashable, set[str]] = defaultdict(set)
        self._told: dict[str, set[Hashable]] = defaultdict(set)
        self._alone: dict[str, set[Hashable]] = defaultdict(set)
        self._introduced: set[str] = set()
        self._everybody: frozenset[str] | None = None
        self._apart: frozenset[str] = frozenset()

    def add(self, wording: Hashable, proposals: Sequence[Name]) -> None:
        """Take in an advert.

        Args:
            wording: Equal for texts that are one but for the name: the template id of the text alone.
            proposals: Its likeliest names, the likeliest first.
        """
        if not proposals:
            return
        best = proposals[0]
        key = name_key(best.canonical)
        self._everybody = None
        self._bests[wording].add(key)
        is_introduced = _rule(best) in _INTRODUCED
        if is_introduced:
            self._introduced.add(key)
        is_alone = True
        for name in proposals[1:]:
            if head := _head(best, name):
                is_alone = False
                self._heads[wording, name_key(name.canonical)].add(head)
            elif is_introduced and 0 < best.start - name.end <= _NEAR and name.strength > _LEAST_APART:
                self._told[name_key(name.canonical)].add(wording)
            elif head := _joined(name, best):
                is_alone = False
                self._heads[wording, key].add(head)
        if is_alone:
            self._alone[key].add(wording)

    def without(self, wording: Hashable, proposals: Sequence[Name]) -> Sequence[Name]:
        """Return the likeliest names of an advert without whom it greets; the name has the odds of what held it."""
        if not proposals or not self._greeted():
            return proposals
        best = proposals[0]
        name = next((name for name in proposals[1:] if self._is_greeting(wording, name, _head(best, name))), None)
        if name is not None:
            sure = name._replace(strength=max(best.strength, name.strength))
            return [sure, *(each for each in proposals if each is not name and not _is_of(each, best))]
        return [] if self._names_nobody(wording, name_key(best.canonical)) else proposals

    def _is_greeting(self, wording: Hashable, name: Name, head: str) -> bool:
        """Whether what stands before a name is whom a wording greets; an empty head is nothing."""
        varying = self._heads.get((wording, name_key(name.canonical)), ())
        return head != "" and (len(varying) >= _FEWEST or head in self._told_apart())

    def _told_apart(self) -> frozenset[str]:
        """Return the keys of whom texts greet before they say a name: who is introduced, or more often named, is none.

        ``Tigger here its Roo on the phone`` of a line that signs Tigger in all else greets nobody.
        """
        if self._everybody is None:
            self._apart = frozenset(
                key
                for key, wordings in self._told.items()
                if key not in self._introduced and len(self._alone.get(key, ())) <= len(wordings)
            )
        return self._apart

    def _greeted(self) -> frozenset[str]:
        """Return the keys of all that are greeted, but those that are names of some wording that greets."""
        if self._everybody is None:
            found = {key: heads for key, heads in self._heads.items() if len(heads) >= _FEWEST}
            names = {name for _, name in found}
            varying = {head for heads in found.values() for head in heads if head not in names}
            self._everybody = frozenset(varying | self._told_apart())
        return self._everybody

    def _names_nobody(self, wording: Hashable, best: str) -> bool:
        """Whether what a wording has for its name is somebody who is greeted."""
        everybody, bests = self._greeted(), self._bests[wording]
        greeted = len(bests & everybody)
        return best in self._told_apart() or greeted >= max(_FEWEST, _GREETED_SHARE * len(bests))


def _rule(name: Name) -> str:
    return name.rule.rpartition(":")[2]


def _head(best: Name, name: Name) -> str:
    """Return the key of what may be greeted before a name, joined to it or apart; empty: nothing is."""
    if head := _joined(best, name):
        return head if name.strength > _LEAST_JOINED else ""
    is_placed = _rule(name) not in _OF_ANY_PLACE
    is_near = name.strength > max(_LEAST_APART, best.strength - _LESS)
    return name_key(best.canonical) if best.end < name.start and is_placed and is_near else ""


def _joined(longer: Name, name: Name) -> str:
    """Return the key of what stands before a name in a longer one that ends with it; empty: it does not."""
    whole, part = longer.canonical.split(), name.canonical.split()
    is_end = len(whole) > len(part) and whole[-len(part) :] == part and name.start > longer.start
    return name_key(" ".join(whole[: -len(part)])) if is_end else ""


def _is_of(each: Name, best: Name) -> bool:
    """Whether a name lies where the likeliest one does."""
    return each.start < best.end and best.start < each.end
