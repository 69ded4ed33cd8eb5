"""Handsets that go on with a line's broadcasts, and whose number is known from their talk with that line alone.

A runner writes with the line from his own number, which the line's phone shows. Then that phone falls silent, and the
runner's handset, which states no number, sends the line's adverts under its name to its list. From which number nothing
shows: the line's SIM may be in it by now. The number by which he was known before is not put to them: it would stand as
the line's next number, and may be a child's own.

Where a phone got one of these adverts, or the handset states the number, it is known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from search.linkage.attribution.evidence import Evidence, sent_among
from search.linkage.attribution.senders import Evidenced
from search.linkage.instants import days_between, earliest, latest
from search.linkage.keys import SENT_ADVERT_ROLES, fold_name, is_number, own_key

_FALLEN_SILENT_DAYS = 30.0
_LEAST_IN_COMMON = 3
_SHARE_IN_COMMON = 0.5
"""Of the shorter list, what is on the longer one. Reasoned: who has the line's SIM has the list that is on it."""

_Sender = tuple[str, str]
"""Device and number."""


def with_unknown_numbers(evidence: Evidence) -> Evidence:
    """Return the evidence with a stand-in for the number of handsets that go on with another phone's broadcasts."""
    sent: dict[_Sender, list[Evidenced]] = defaultdict(list)
    received: set[str] = set()
    for advert in evidence.adverts:
        if advert.edge.role in SENT_ADVERT_ROLES:
            sent[advert.device_id, advert.sender].append(advert)
        else:
            received.add(advert.sender)
    shown = {
        (device_id, sender) for device_id, flare, sender in evidence.sent_flares if flare.flare_id in evidence.shown
    }
    stated = [key for key in sorted(sent) if key[1] in evidence.devices[key[0]].own_numbers]
    doubtful = {
        key: own_key(key[0])
        for key, adverts in sorted(sent.items())
        if is_number(key[1])
        and key[1] not in received
        and key not in shown
        and key[1] not in evidence.devices[key[0]].own_numbers
        and any(_goes_on(key, adverts, other, sent[other], evidence) for other in stated)
    }
    return _renamed(evidence, doubtful) if doubtful else evidence


def _goes_on(
    key: _Sender, adverts: Sequence[Evidenced], other: _Sender, before: Sequence[Evidenced], evidence: Evidence
) -> bool:
    """Whether a handset sends under the name of a phone that it had talked with, after it, and to its list."""
    if key[0] == other[0] or _names(adverts).isdisjoint(_names(before)):
        return False
    if evidence.talking.get(key[0], frozenset()).isdisjoint((other[0], other[1])):
        return False
    ended = latest(advert.edge.last_at for advert in before)
    begun = earliest(advert.edge.first_at for advert in adverts)
    if ended is None or begun is None or not 0 <= days_between(ended, begun) <= _FALLEN_SILENT_DAYS:
        return False
    lists = [evidence.recipients.get(each, frozenset()) for each in (key, other)]
    common = len(lists[0] & lists[1])
    return common >= _LEAST_IN_COMMON and common >= _SHARE_IN_COMMON * min(map(len, lists))


def _names(adverts: Iterable[Evidenced]) -> set[str]:
    return {fold_name(advert.edge.label) for advert in adverts if advert.edge.label}


def _renamed(evidence: Evidence, doubtful: Mapping[_Sender, str]) -> Evidence:
    def told(edges: tuple[Evidenced, ...]) -> tuple[Evidenced, ...]:
        return tuple(
            msgspec.structs.replace(held, sender=doubtful[held.device_id, held.sender])
            if (held.device_id, held.sender) in doubtful
            else held
            for held in edges
        )

    flares = tuple(
        (device_id, flare, doubtful.get((device_id, sender), sender)) for device_id, flare, sender in evidence.flares
    )
    return msgspec.structs.replace(
        evidence,
        adverts=told(evidence.adverts),
        announcements=told(evidence.announcements),
        with_other_number=told(evidence.with_other_number),
        warned=told(evidence.warned),
        nicknames=told(evidence.nicknames),
        recipients={(key[0], doubtful.get(key, key[1])): parties for key, parties in evidence.recipients.items()},
        flares=flares,
        sent_flares=sent_among(flares),
    )
