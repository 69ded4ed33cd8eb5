"""Who has his orders answered by a phone, and with whom it only talks though he once writes what reads like an order.

"u about" is what a customer asks of a line and a friend of a friend. The customer writes little else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from search.linkage.attribution.evidence import Evidence
from search.linkage.attribution.own_talk import Talk

_TEXTS_AN_ORDER: Final = 6
"""Texts of a party for each order of his that was answered, beyond which he is no customer: of what friends write one
in twenty reads so, and a customer who asks, is answered and says where he stands writes three to five. Reasoned."""


def orders_served(device_id: str, sender: str, evidence: Evidence) -> Counter[str]:
    """Return how many texts that may be orders a phone with a number answered by what denies nothing, by party."""
    found: Counter[str] = Counter()
    for held in evidence.served:
        if (held.device_id, held.sender) == (device_id, sender):
            found[evidence.own_device.get(held.edge.label, held.edge.label)] += held.edge.count
    return found


def friends(talk: Iterable[Talk], served: Counter[str]) -> frozenset[str]:
    """Return those with whom a phone writes both ways, and of whose texts few or none are orders that it answered.

    Args:
        talk: Texts and calls of the phone.
        served: How many orders of each it answered (``orders_served``).
    """
    came, went = Counter[str](), set[str]()
    for each in talk:
        if each.is_sent:
            went.add(each.party)
        elif not each.is_call:
            came[each.party] += each.count
    return frozenset(party for party in went if came[party] > _TEXTS_AN_ORDER * served[party])
