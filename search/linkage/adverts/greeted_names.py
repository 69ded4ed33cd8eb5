"""Names that whom an advert greets joined: "Craig Harley" on Craig's phone, "Donna Harley" on Donna's.

By itself each may be a name of two words, and the phone of one customer shows no other. What the phones of several
hold of one sender tells: the last word is the same on all, and what stands before it is another on each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from search.linkage.attribution.senders import Evidenced
from search.linkage.keys import SENT_ADVERT_ROLES, fold_name

_GREETED: Final = 3
"""Phones, each greeted in another way, from which on what they have in common is the name."""
_GREETED_BESIDE: Final = 2
"""The same where the sender has adverts under the name alone."""


def without_greetings(adverts: Sequence[Evidenced]) -> tuple[Evidenced, ...]:
    """Return adverts under the names of their senders, without whom they greet.

    Args:
        adverts: Edges of kind advert, senders resolved.
    """
    greeted = _greeted(adverts)
    return tuple(_under_name(advert, greeted) for advert in adverts) if greeted else tuple(adverts)


def _greeted(adverts: Iterable[Evidenced]) -> dict[tuple[str, str], set[str]]:
    """Return the folded words before a name that say whom adverts greet, by sender and folded name."""
    phones: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    bare: set[tuple[str, str]] = set()
    for advert in adverts:
        head, name = _parted(advert.edge.label)
        if not head:
            bare.add((advert.sender, name))
        elif advert.edge.role not in SENT_ADVERT_ROLES:
            phones[advert.sender, name][head].add(advert.device_id)
    found: dict[tuple[str, str], set[str]] = {}
    for key, heads in phones.items():
        if len(heads) >= (_GREETED_BESIDE if key in bare else _GREETED) and _is_one_each(heads):
            found[key] = set(heads)
    return found


def _is_one_each(heads: Mapping[str, set[str]]) -> bool:
    """Whether every phone has words of its own: what a line calls itself stands on several."""
    devices = [device for held in heads.values() for device in held]
    return len(devices) == len(heads) == len(set(devices))


def _parted(label: str) -> tuple[str, str]:
    """Return what stands before the last word of a name, and that word, both folded."""
    *head, name = label.split() or [""]
    return fold_name("".join(head)), fold_name(name)


def _under_name(advert: Evidenced, greeted: Mapping[tuple[str, str], set[str]]) -> Evidenced:
    head, name = _parted(advert.edge.label)
    if not head or head not in greeted.get((advert.sender, name), ()):
        return advert
    edge = msgspec.structs.replace(advert.edge, label=advert.edge.label.split()[-1])
    return msgspec.structs.replace(advert, edge=edge)
