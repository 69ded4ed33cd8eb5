"""Numbers that a handset states for itself, and that nothing shows to have sent its adverts.

A SIM that is put into another handset for some days leaves that handset's statement as it was: the number of the SIM
that is in it mostly. Where phones that received them show that its broadcasts came from another number, and no phone
shows an advert from the stated one, what else it sent that reads like an advert is from a sender of its own, whose
number is not known; the number stays what it is, one that is stated for the handset.
"""

from __future__ import annotations

from collections import defaultdict

import msgspec

from search.linkage.attribution.evidence import Evidence
from search.linkage.attribution.senders import Evidenced
from search.linkage.keys import is_number, own_key

_Stated = tuple[str, str]
"""Device and number."""


def unshown_numbers(evidence: Evidence) -> frozenset[_Stated]:
    """Return the numbers that devices state alone, with these devices."""
    broadcast: dict[str, set[str]] = defaultdict(set)
    for device_id, _, sender in evidence.sent_flares:
        broadcast[device_id].add(sender)
    said: dict[str, set[str]] = defaultdict(set)
    for advert in evidence.adverts:
        said[advert.sender].add(advert.device_id)
    announced = {key for told in evidence.announcements for key in (told.sender, told.edge.key, told.edge.other) if key}
    return frozenset(
        (device_id, number)
        for device_id, senders in broadcast.items()
        if all(map(is_number, senders)) and senders.isdisjoint(evidence.devices[device_id].own_numbers)
        for number in evidence.devices[device_id].own_numbers
        if said.get(number) == {device_id} and number not in announced
    )


def without_unshown(evidence: Evidence) -> Evidence:
    """Return the evidence with a sender without a number in the place of each such number."""
    unshown = unshown_numbers(evidence)
    if not unshown:
        return evidence

    def told(edges: tuple[Evidenced, ...]) -> tuple[Evidenced, ...]:
        return tuple(
            msgspec.structs.replace(held, sender=own_key(held.device_id))
            if (held.device_id, held.sender) in unshown
            else held
            for held in edges
        )

    recipients: dict[tuple[str, str], frozenset[str]] = {}
    for (device_id, sender), parties in evidence.recipients.items():
        key = device_id, own_key(device_id) if (device_id, sender) in unshown else sender
        recipients[key] = recipients.get(key, frozenset()) | parties
    return msgspec.structs.replace(
        evidence, adverts=told(evidence.adverts), nicknames=told(evidence.nicknames), recipients=recipients
    )
