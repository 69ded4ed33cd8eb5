"""What senders say of themselves who have a new number and give no old one: when, and what they were called before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from search.contract import Edge
from search.linkage.attribution.senders import Evidenced
from search.linkage.instants import earliest
from search.linkage.number_use.spells import Spell


def says_name_of(announcement: Evidenced, spell: Spell) -> bool:
    """Whether a text says under which name a spell was: "Diego that was 07700 900123 is Ezra on this one"."""
    return not spell.forms.isdisjoint(_names_in(announcement))


def _names_in(announcement: Evidenced) -> frozenset[str]:
    words = announcement.edge.label.split()
    return frozenset((*words, *("".join(pair) for pair in pairwise(words))))


class Claims:
    """Takes what numbers say of themselves, by place of their spell."""

    def __init__(self) -> None:
        self._said: dict[int, list[Evidenced]] = defaultdict(list)

    def note(self, spell: Spell, announcement: Evidenced) -> None:
        """Note that a number said in a spell of it that it is new."""
        self._said[spell.place].append(announcement)

    def made_by(self, spell: Spell) -> bool:
        """Whether the number said so in that spell."""
        return spell.place in self._said

    def first_at(self, spell: Spell) -> str | None:
        """Return when it first said so. None: no text is dated, or there is none."""
        return earliest(said.edge.first_at for said in self._said.get(spell.place, ()))

    def of_former(self, spell: Spell, other: Spell) -> tuple[Edge, ...]:
        """Return the texts in which it said with that that it was called by a name of another spell before."""
        return tuple(said.edge for said in self._said.get(spell.place, ()) if says_name_of(said, other))

    def pairs(self, spells: Iterable[Spell]) -> Iterator[tuple[int, int]]:
        """Yield the places, in order, of each spell that said so and of one whose name it was called by."""
        names = {place: frozenset().union(*map(_names_in, said)) for place, said in self._said.items()}
        every = frozenset().union(*names.values())
        for spell in spells if every else ():
            if not every.isdisjoint(spell.forms):
                for place, former in names.items():
                    if place != spell.place and not former.isdisjoint(spell.forms):
                        yield min(place, spell.place), max(place, spell.place)
