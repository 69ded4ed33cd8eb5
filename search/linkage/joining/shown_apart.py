"""Two numbers of one handset, under two names on every phone that received their adverts: two lines of one holder.

Which of its cards sent a text many a file does not say. Then time alone shares out what no phone shows, and an advert
of the one line can come to stand under the number of the other: that is no sign of one name on both numbers.
"""

from __future__ import annotations

from search.linkage.keys import SENT_ADVERT_ROLES
from search.linkage.number_use.names import CommonNames, counted_names, names_in_common
from search.linkage.number_use.spells import Spell
from search.linkage.number_use.uses import NAME_SHARE

_FEWEST_COPIES = 2
"""Received adverts of each number that bear a name: a single one may be misread."""


def are_shown_apart(a: Spell, b: Spell, device_id: str) -> bool:
    """Whether phones received adverts of the two numbers under different names, and the handset does not say otherwise.

    Args:
        a: Adverts of one number.
        b: Adverts of the other.
        device_id: The handset that sent adverts of both. What its own records say of each text goes before.
    """
    if not _is_inferred(a, device_id) and not _is_inferred(b, device_id):
        return False
    one, other = _names_received(a), _names_received(b)
    return one is not None and other is not None and not one.share_one(other)


def _is_inferred(spell: Spell, device_id: str) -> bool:
    """Whether the handset itself gives another number, or none, for adverts of it that it sent."""
    return any(
        advert.device_id == device_id and advert.edge.role in SENT_ADVERT_ROLES and advert.edge.key != advert.sender
        for advert in spell.adverts
    )


def _names_received(spell: Spell) -> CommonNames | None:
    """Return the names that stand for its received adverts; None where hardly any bears one."""
    edges = [advert.edge for advert in spell.adverts if advert.edge.role not in SENT_ADVERT_ROLES and advert.edge.label]
    if sum(edge.count for edge in edges) < _FEWEST_COPIES:
        return None
    return names_in_common(counted_names(edges), NAME_SHARE)
