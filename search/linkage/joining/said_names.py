"""The names of others that a sender says, and those under which it says that it goes on.

"Rico is now called Vegas same team" tells the line's next name. One that merely stands in its texts may be a rival's:
it stands there with a warning of him.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import Final

from search.linkage.extraction.former_names import own_former_words
from search.linkage.extraction.wording_keys import unstretched
from search.linkage.keys import fold_name
from search.linkage.number_use.spells import Spell
from search.linkage.number_use.told_renames import WARNS, spoken_words

_BEFORE: Final = frozenset(map(unstretched, ("called", "now", "is", "its", "name", "names", "s")))
_NOW: Final = "now"
_NAME_BEHIND: Final = frozenset({"name", "names"})
"""Behind "is": "Vegas is the new name". "Vegas is about" is said of anybody."""
_REACH: Final = 4


class SaidNames:
    """What senders say of each other's names.

    Args:
        said: Names of other senders that stand in its wordings as a word or beside a number that it gives, by place.
        texts: Texts of templates, by id.
    """

    def __init__(self, said: Mapping[int, frozenset[str]], texts: Mapping[str, str]) -> None:
        self._said = said
        self._texts = texts

    def says(self, spell: Spell, other: Spell) -> bool:
        """Whether a name of the other stands in the adverts of a spell, as a word or as the name that is read there."""
        said = self._said.get(spell.place, frozenset())
        read = {fold_name(advert.edge.label) for advert in spell.adverts if advert.edge.label}
        return not other.forms.isdisjoint(said | read)

    def says_own_former(self, spell: Spell, other: Spell) -> bool:
        """Whether a text of a spell says of itself, beside its name, that it was called as the other is."""
        texts = (self._texts.get(advert.edge.other, "") for advert in spell.adverts)
        return any(not other.forms.isdisjoint(_one_and_two(own_former_words(text))) for text in texts)

    def tells_its_next(self, spell: Spell, other: Spell) -> bool:
        """Whether a text of a spell says that it bears a name of the other now, and neither denies nor warns."""
        names = frozenset(map(unstretched, other.forms))
        texts = spoken_words(spell.adverts, self._texts)
        return any(_is_told(words, names) for words in texts if WARNS.isdisjoint(words))


def _is_told(words: Sequence[str], names: Collection[str]) -> bool:
    return any(
        unstretched("".join(words[at:end])) in names and _is_renamed(words, at, end)
        for at in range(len(words))
        for end in (at + 1, at + 2)
        if end <= len(words)
    )


def _is_renamed(words: Sequence[str], at: int, end: int) -> bool:
    """Whether what stands beside a name in a text says that it is one's own now."""
    behind = words[end : end + 1 + _REACH]
    if (at and words[at - 1] in _BEFORE) or behind[:1] == [_NOW]:
        return True
    return behind[:1] == ["is"] and not _NAME_BEHIND.isdisjoint(behind)


def _one_and_two(words: str) -> set[str]:
    each = words.split()
    return {*each, *map("".join, pairwise(each))}
