"""Whether a phone that has a line's number goes on with the line's people, whatever it tells a stranger.

A line's next handset, read after a week in which no customer's phone held shows an advert, writes to those whom the one
before served; who was given the number writes to people of his own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Final

from search.linkage.attribution.evidence import Evidence
from search.linkage.attribution.own_talk import Talk
from search.linkage.attribution.senders import Evidenced
from search.linkage.extraction.denials import ASKING_SCORE
from search.linkage.instants import days_between, earliest, latest
from search.linkage.keys import SENT_ADVERT_ROLES, is_number

_DAYS: Final = 3.0
"""For how long a phone writes to somebody, or rings him, at least. Reasoned: a caller who is told that this is
not the line's number any more gives up within days."""
_FEWEST_CALLERS: Final = 2
"""Of these whom it only rings: one friend of a new holder may have been a customer. Reasoned."""


def customers_of(sender: str, adverts: Collection[Evidenced], evidence: Evidence) -> frozenset[str]:
    """Return who got the adverts of a number, the phones held that those which sent them talked with, and who asked.

    Not whomever these rang: both phones may have rung the same taxi.
    """
    sending = {advert.device_id for advert in adverts if advert.edge.role in SENT_ADVERT_ROLES}
    held = {party for party in people_of(sender, adverts, evidence) if not is_number(party)}
    reached = {party for device_id in sending for party in evidence.recipients.get((device_id, sender), ())}
    asked = {
        party
        for device_id in sending
        for party, written in evidence.written_by.get(device_id, {}).items()
        if written.score >= ASKING_SCORE
    }
    return frozenset(held).union(evidence.own_device.get(party, party) for party in reached | asked)


def people_of(sender: str, adverts: Collection[Evidenced], evidence: Evidence) -> frozenset[str]:
    """Return who got the adverts of a number, and whom phones that sent them wrote and talked with."""
    sending = {advert.device_id for advert in adverts if advert.edge.role in SENT_ADVERT_ROLES}
    parties = {
        party
        for device_id in sending
        for party in (
            *evidence.recipients.get((device_id, sender), frozenset()),
            *evidence.talking.get(device_id, frozenset()),
        )
    }
    of_parties = (evidence.own_device.get(party, party) for party in parties)
    return frozenset(advert.device_id for advert in adverts).union(of_parties)


def goes_on_with(talk: Iterable[Talk], people: Collection[str]) -> bool:
    """Whether a phone wrote for days to one of some people who asks for something, or rang two for days.

    What only came to it says nothing, calls that nobody took among them: customers ask on. Nor does ordinary talk with
    one: in a small town a friend of whoever has the number now was a customer of the line.

    Args:
        talk: Texts and calls of the phone.
        people: Customers of the line, without the phone itself, its friends, and whom it told that they have the wrong
            number.
    """
    held = [each for each in talk if each.party in people]
    asking = {each.party for each in held if each.order_score >= ASKING_SCORE}
    return bool(_for_days(each for each in held if each.is_sent and each.party in asking)) or (
        len(_for_days(each for each in held if each.is_made)) >= _FEWEST_CALLERS
    )


def _for_days(talk: Iterable[Talk]) -> frozenset[str]:
    by_party: dict[str, list[Talk]] = defaultdict(list)
    for each in talk:
        by_party[each.party].append(each)
    spans = {
        party: (earliest(each.first_at for each in held), latest(each.last_at for each in held))
        for party, held in by_party.items()
    }
    return frozenset(
        party
        for party, (first, last) in spans.items()
        if first is not None and last is not None and days_between(first, last) >= _DAYS
    )
