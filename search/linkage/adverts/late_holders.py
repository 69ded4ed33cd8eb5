"""Phones that state a line's number as theirs, and show nothing of it until days after its last advert.

Nothing on them says that somebody else has the number now (``other_holders``), and nothing that the line has it: they
sent none of its adverts and nothing to many, share no card with a phone that did, at most one orders of them, and they
do not go on with the line's people (``regular_customers``). Whoever was given the number gets its orders, and is known
by what he answers: a phone that writes with friends serves those alone whom it answers, and a friend is no customer.
Such a phone may be the line's next handset, or a runner's with its card, or a stranger's: that it carries the line's
SIM is stated, and counts for less.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from search.linkage.adverts.number_deniers import put_off
from search.linkage.adverts.number_silences import SILENCE_DAYS
from search.linkage.adverts.ordering import FEW_ORDERING, ordering_parties
from search.linkage.adverts.regular_customers import customers_of, goes_on_with
from search.linkage.adverts.served_orders import friends, orders_served
from search.linkage.attribution.evidence import DeviceFacts, Evidence
from search.linkage.attribution.senders import Evidenced
from search.linkage.instants import days_between, latest
from search.linkage.keys import SENT_ADVERT_ROLES, is_number


def late_holders(evidence: Evidence, others: Collection[tuple[str, str]]) -> dict[tuple[str, str], float]:
    """Return how many days after the last advert of its number each such phone first shows it, by number and device.

    Args:
        evidence: All that lines are made from.
        others: Numbers and devices that are known to be another holder's.
    """
    of_sender: dict[str, list[Evidenced]] = defaultdict(list)
    for advert in evidence.adverts:
        of_sender[advert.sender].append(advert)
    sending = {(device_id, sender) for device_id, _, sender in evidence.sent_flares}
    found: dict[tuple[str, str], float] = {}
    for facts in evidence.devices.values():
        for sender in filter(is_number, facts.own_numbers & of_sender.keys()):
            if (facts.device_id, sender) in sending or (sender, facts.device_id) in others:
                continue
            days = _days_after(facts, sender, of_sender[sender], evidence)
            if days is not None and not _serves(facts.device_id, sender, of_sender[sender], evidence):
                found[sender, facts.device_id] = days
    return found


def _serves(device_id: str, sender: str, adverts: Sequence[Evidenced], evidence: Evidence) -> bool:
    """Whether some order of a phone and are not refused, or it goes on with the line's customers."""
    talk = evidence.own_talk.get(device_id, ())
    talks_with = friends(talk, orders_served(device_id, sender, evidence))
    none_served = put_off(device_id, sender, evidence) | talks_with
    ordering = ordering_parties(talk) - none_served
    if talks_with:
        ordering &= {held.party for held in talk if held.is_sent or held.is_made}
    customers = customers_of(sender, adverts, evidence) - {device_id}
    return len(ordering) >= FEW_ORDERING or goes_on_with(talk, customers - none_served)


def _days_after(facts: DeviceFacts, sender: str, adverts: Sequence[Evidenced], evidence: Evidence) -> float | None:
    """Return how long after the last advert of a number a phone first shows it, else None.

    Not of one that sent some of them, or has a card of one that did, and not where an advert has no time.
    """
    sent = [advert.device_id for advert in adverts if advert.edge.role in SENT_ADVERT_ROLES]
    cards = frozenset[str]().union(*(evidence.devices[device_id].sims for device_id in sent))
    began, ended = facts.period_of(sender)[0], latest(advert.placed.last_at for advert in adverts)
    is_its_own = facts.device_id in sent or facts.sims & cards
    if is_its_own or began is None or ended is None or any(advert.placed.last_at is None for advert in adverts):
        return None
    days = days_between(ended, began)
    return days if days >= SILENCE_DAYS else None
