"""Orders that read like adverts: what a line's customers write to it.

"im at the usual spot" and "boss here now" read like adverts now and then. A phone that broadcasts adverts gets none
from those on its own list with whom it talks: what it got from them is an order, whatever it reads like, unless others
got it too.
"""

from __future__ import annotations

from collections import defaultdict

import msgspec

from search.linkage.attribution.evidence import Evidence
from search.linkage.attribution.senders import Evidenced
from search.linkage.keys import SENT_ADVERT_ROLES

Ordered = frozenset[tuple[str, str]]
"""Sender and template id of texts that are orders."""


def orders_to_lines(evidence: Evidence) -> Ordered:
    """Return what reads like an advert and is an order to a phone that broadcasts adverts."""
    lists: dict[str, set[str]] = defaultdict(set)
    broadcasting = set()
    for device_id, flare, sender in evidence.sent_flares:
        if flare.has_advert:
            broadcasting.add(sender)
            lists[device_id] |= evidence.recipients.get((device_id, sender), frozenset())
    found: set[tuple[str, str]] = set()
    elsewhere: set[tuple[str, str]] = set()
    for advert in evidence.adverts:
        if advert.edge.role in SENT_ADVERT_ROLES:
            continue
        key = advert.sender, advert.edge.other
        party = evidence.own_device.get(advert.sender, advert.sender)
        on_list = party in lists.get(advert.device_id, ())
        if on_list and party in evidence.talking.get(advert.device_id, ()) and advert.sender not in broadcasting:
            found.add(key)
        else:
            elsewhere.add(key)
    return frozenset(found - elsewhere)


def without_orders(evidence: Evidence, orders: Ordered) -> Evidence:
    """Return the evidence without the orders, on the phones that got them and on those that sent them."""
    if not orders:
        return evidence

    def is_advert(advert: Evidenced) -> bool:
        return (advert.sender, advert.edge.other) not in orders

    return msgspec.structs.replace(evidence, adverts=tuple(filter(is_advert, evidence.adverts)))
