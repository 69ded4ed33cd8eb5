"""Numbers that are silent while their name goes on from another number, which was in use beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from search.linkage.attribution.evidence import DeviceFacts, Evidence
from search.linkage.attribution.senders import Evidenced
from search.linkage.instants import days_between, earliest, latest
from search.linkage.keys import fold_name
from search.linkage.number_use.one_number import OVERLAP_DAYS

SILENCE_OF_NOBODY_DAYS: Final = 60.0
"""How long such a number may be silent before a phone that has it is another holder's, where that has to do with one
party or none (some texts with a taxi): nobody is seen who has the number now, and numbers are given out again after
months. Whether the line had it still is asked where lines are known. Reasoned; one such phone of a maker's worlds."""

_FEWEST_PARTIES: Final = 2
_GOES_ON_DAYS: Final = 30.0
_FEWEST_PHONES: Final = 2


def may_be_idle(
    facts: DeviceFacts, sender: str, adverts: Mapping[str, Sequence[Evidenced]], evidence: Evidence
) -> bool:
    """Whether a phone whose own number fell silent shows no holder of its own, and the number's name went on.

    It went on from a number whose adverts two phones got beside this one's, until a month before the phone was in use
    or later.

    Args:
        facts: The phone.
        sender: Its number.
        adverts: All adverts, by sender.
        evidence: All that lines are made from.
    """
    if len({held.party for held in evidence.own_talk.get(facts.device_id, ())}) >= _FEWEST_PARTIES:
        return False
    began, ended = facts.period_of(sender)[0], latest(advert.placed.last_at for advert in adverts[sender])
    if began is None or ended is None:
        return False
    names, phones = _names(adverts[sender]), {advert.device_id for advert in adverts[sender]}
    for other, held in adverts.items():
        of_name = [advert for advert in held if other != sender and fold_name(advert.edge.label) in names]
        first, last = earliest(it.placed.first_at for it in of_name), latest(it.placed.last_at for it in of_name)
        if (
            first is not None
            and last is not None
            and days_between(first, ended) > OVERLAP_DAYS
            and days_between(last, began) <= _GOES_ON_DAYS
            and len(phones & {advert.device_id for advert in of_name}) >= _FEWEST_PHONES
        ):
            return True
    return False


def _names(adverts: Iterable[Evidenced]) -> set[str]:
    return {fold_name(advert.edge.label) for advert in adverts if advert.edge.label}
