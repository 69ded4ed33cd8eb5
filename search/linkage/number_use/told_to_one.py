"""What a line writes to one phone alone: orders to a runner that read like adverts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from search.linkage.attribution.senders import Evidenced
from search.linkage.extraction.near_wordings import near_to_any
from search.linkage.extraction.wording_keys import wording_key
from search.linkage.instants import days_between, earliest, latest, periods_touch, to_seconds
from search.linkage.keys import SENT_ADVERT_ROLES

_TIMES_AGAIN = 3
_DAYS_AGAIN = 7.0
"""Copies on one phone alone, and the days that they must span, to be words that are said to it again and again."""
_OTHERS_WITHOUT = 2
_COPIES_MISSED = 9
_SHARE_OF_TIME = 0.5
"""Phones that got what went to many for half of that time, and none of these; and how many copies they would hold
together if each had got all that came then. Where a broadcast goes to half of the list, one in five hundred is on one
phone alone by chance."""
_LEAST_WORDS = 3
"""Of a wording that is known again where it bears the name of the line: a runner is told to "ring me" as well."""

_SURE = 0.8
"""Advert score from which a text is an advert whoever else got it."""
_MEANWHILE_DAYS = 7.0
_PHONES_ON_THE_LIST = 2
_WORDINGS_IN_COMMON = 3
_BY_CHANCE = 0.1
"""How likely it may be at most that a phone on the list holds none but such wordings as nobody else holds, by how many
of what the others got meanwhile one phone alone holds."""


def told_to_one(adverts: Iterable[Evidenced], texts: Mapping[str, str] | None = None) -> frozenset[str]:
    """Return templates that came again and again to one phone alone, where others got what their sender sent to many.

    What a line writes to its runner every day ("top up the phone") reads like an advert now and then. Of a broadcast
    that went out so often, to whatever part of the list, one of the others would hold a copy; in other words too, of
    which some bear the name and some do not.

    Args:
        adverts: Of one sender.
        texts: Template texts by template id. None: not known.
    """
    held: dict[str, list[Evidenced]] = defaultdict(list)
    for advert in adverts:
        held[advert.edge.other].append(advert)
    devices_of = {key: {advert.device_id for advert in of_key} for key, of_key in held.items()}
    alone = [
        key
        for key, of_key in held.items()
        if len(devices_of[key]) == 1
        and sum(advert.edge.count for advert in of_key) >= _TIMES_AGAIN
        and all(advert.edge.role not in SENT_ADVERT_ROLES and advert.edge.first_at is not None for advert in of_key)
    ]
    if not alone:
        return frozenset()
    to_many = _worded_as(alone, (key for key, devices in devices_of.items() if len(devices) > 1), texts or {})
    common: dict[str, list[tuple[str | None, str | None]]] = defaultdict(list)
    for key, of_key in held.items():
        if len(devices_of[key]) > 1:
            for advert in of_key:
                common[advert.device_id].append((advert.edge.first_at, advert.edge.last_at))
    periods = {
        device_id: (to_seconds(first), to_seconds(last))
        for device_id, found in common.items()
        if (first := earliest(begin for begin, _ in found)) and (last := latest(end for _, end in found))
    }
    return frozenset(key for key in alone if key not in to_many and _others_lack(held[key], periods))


def _worded_as(keys: Iterable[str], others: Iterable[str], texts: Mapping[str, str]) -> frozenset[str]:
    """Return those templates that are one wording with one of the others, but for the name and a word or two."""
    wordings = {key: wording_key(key, texts.get(key), ()) for key in keys}
    known = {wording_key(key, texts.get(key), ()) for key in others}
    near = near_to_any(wordings.values(), known) | known.intersection(wordings.values())
    return frozenset(
        key for key, wording in wordings.items() if len(wording.split()) >= _LEAST_WORDS and wording in near
    )


def _others_lack(alone: Sequence[Evidenced], periods: Mapping[str, tuple[float, float]]) -> bool:
    """Whether others would hold enough copies of what one phone alone holds, if it had gone to all.

    Args:
        alone: What one phone holds.
        periods: First and last second of what each phone has in common with others.
    """
    first, last = earliest(advert.edge.first_at for advert in alone), latest(advert.edge.last_at for advert in alone)
    if first is None or last is None or days_between(first, last) < _DAYS_AGAIN:
        return False
    begin, end = to_seconds(first), to_seconds(last)
    shares = [
        max(0.0, min(end, until) - max(begin, since)) / (end - begin)
        for device_id, (since, until) in periods.items()
        if device_id != alone[0].device_id
    ]
    lacking = [share for share in shares if share >= _SHARE_OF_TIME]
    copies = sum(advert.edge.count for advert in alone)
    return len(lacking) >= _OTHERS_WITHOUT and copies * sum(lacking) >= _COPIES_MISSED


def off_the_list(adverts: Iterable[Evidenced]) -> frozenset[str]:
    """Return templates of phones that hold nothing of what their sender sent to many meanwhile, and which are not sure.

    A runner gets words of his own ("ring the other phone if this dies"); some read like adverts, bear no name of the
    line and just pass. Whoever is on the list holds something that others hold as well. What came undated says nothing.
    """
    held: dict[str, list[Evidenced]] = defaultdict(list)
    devices_of: dict[str, set[str]] = defaultdict(set)
    bearing: dict[str, set[str]] = defaultdict(set)
    for advert in adverts:
        held[advert.device_id].append(advert)
        devices_of[advert.edge.other].add(advert.device_id)
        bearing[advert.edge.label].add(advert.device_id)
    found: set[str] = set()
    if len(held) <= _PHONES_ON_THE_LIST:
        return frozenset()
    for device_id, of_device in held.items():
        # a name that no other phone has seen is none of the line's: "ring nan's house"
        is_nameless = all(not advert.edge.label or len(bearing[advert.edge.label]) == 1 for advert in of_device)
        is_doubtful = is_nameless and all(_is_doubtful(advert, devices_of) for advert in of_device)
        if is_doubtful and _is_off(device_id, held, devices_of):
            found |= {advert.edge.other for advert in of_device}
    return frozenset(found)


def _is_doubtful(advert: Evidenced, devices_of: Mapping[str, set[str]]) -> bool:
    edge = advert.edge
    is_received = edge.role not in SENT_ADVERT_ROLES and edge.first_at is not None
    return is_received and edge.score < _SURE and len(devices_of[edge.other]) == 1


def _is_off(device_id: str, held: Mapping[str, Sequence[Evidenced]], devices_of: Mapping[str, set[str]]) -> bool:
    """Whether the others got so much in common meanwhile that somebody on the list would hold some of it."""
    own = held[device_id]
    first, last = earliest(advert.edge.first_at for advert in own), latest(advert.edge.last_at for advert in own)
    meanwhile = [
        advert
        for other, adverts in held.items()
        if other != device_id
        for advert in adverts
        if periods_touch((advert.edge.first_at, advert.edge.last_at), (first, last), _MEANWHILE_DAYS)
    ]
    common = [advert for advert in meanwhile if len(devices_of[advert.edge.other]) > 1]
    phones, wordings = {advert.device_id for advert in common}, {advert.edge.other for advert in common}
    if len(phones) < _PHONES_ON_THE_LIST or len(wordings) < _WORDINGS_IN_COMMON:
        return False
    alone = (len(meanwhile) - len(common) + 1) / (len(meanwhile) + 2)
    return alone ** len({advert.edge.other for advert in own}) <= _BY_CHANCE
