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
from search.linkage.keys import SENT_ADVERT_ROLES

_DAYS: Final = 3.0
"""For how long a phone writes to somebody, or has calls with him, at least. Reasoned: a caller who is told that this is
not the line's number any more gives up within days."""
_FEWEST_CALLERS: Final = 2
"""Of these who only have calls with it: one friend of a new holder may have been a customer. Reasoned."""


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
    """Whether a phone wrote for days to one of some people who asks for something, or had calls with two for days.

    What only came to it says nothing: customers ask on. Nor does ordinary talk with one: in a small town a friend of
    whoever has the number now was a customer of the line.

    Args:
        talk: Texts and calls of the phone.
        people: Those of the line, without the phone itself and whom it told that they have the wrong number.
    """
    held = [each for each in talk if each.party in people]
    asking = {each.party for each in held if each.order_score >= ASKING_SCORE}
    return bool(_for_days(each for each in held if each.is_sent and each.party in asking)) or (
        len(_for_days(each for each in held if each.is_call)) >= _FEWEST_CALLERS
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
