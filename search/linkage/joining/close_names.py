"""Two names of which the one is the beginning of the other, and which are never exchanged: Sam and Sammy.

A line that is called by a short and by a long form writes both from one number sooner or later. Where one number always
bears the one and another number always the other, in several wordings each, they are two names; that some phones got
adverts of both, one after the other, says little where customers buy from several lines.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from search.linkage.extraction.wording_keys import unstretched
from search.linkage.keys import fold_name
from search.linkage.number_use.names import SHORTEST_PART, is_slip, is_spoken
from search.linkage.number_use.spells import Spell

_FEWEST_WORDINGS: Final = 3
_FEWEST_COPIES: Final = 10
"""From how many a number is taken to bear its name always so; of fewer the other form may yet come. Reasoned."""
_OWNED: Final = "s"
"""``Dezzys on`` is Dezzy's."""


def are_close_names(a: Spell, b: Spell) -> bool:
    """Whether each of two spells bears one name alone, and the one name begins with the other's and is another."""
    one, other = _only_form(a), _only_form(b)
    if not one or not other:
        return False
    short, long = sorted((one, other), key=len)
    rest = long.removeprefix(short)
    if len(short) < SHORTEST_PART or rest in ("", long, _OWNED) or rest.isdecimal():
        return False
    return not is_spoken(short, long) and not is_slip(short, long)


def _only_form(spell: Spell) -> str:
    """Return the one form, stretched letters aside, of a number's name; empty: several, or few adverts."""
    wordings: dict[str, set[str]] = defaultdict(set)
    copies = 0
    for advert in spell.adverts:
        name = fold_name(advert.edge.label)
        if name in spell.forms:
            wordings[unstretched(name)].add(advert.edge.other)
            copies += advert.edge.count
    if len(wordings) != 1 or copies < _FEWEST_COPIES:
        return ""
    (form, held), *_ = wordings.items()
    return form if len(held) >= _FEWEST_WORDINGS else ""
