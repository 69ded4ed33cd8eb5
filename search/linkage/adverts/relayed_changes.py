"""A line's change of number that somebody else tells its customers: "rico said give you the new number 07700 900 123".

A runner or a friend writes it to one customer after the other, from a phone of his own. It reads as if his number were
the line's and changed: it would stand between the old one and the new one. All adverts that are held of the sender are
such texts, of one number that is not his; several phones that got them had adverts of that name from a third number,
until then; and the number that they give has adverts afterwards. A number of the line's own that is left so shortly has
sent an offer, or was announced itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from statistics import median
from typing import Final

import msgspec

from search.linkage.adverts.given_numbers import gives, texts_with_numbers
from search.linkage.attribution.evidence import Evidence
from search.linkage.attribution.senders import Evidenced
from search.linkage.instants import DAY_SECONDS, to_seconds
from search.linkage.keys import SENT_ADVERT_ROLES, fold_name, is_number
from search.linkage.model import Suppressed
from search.linkage.weights import LineWeights

_SILENT_DAYS: Final = 14.0
_LATE_DAYS: Final = 3.0
"""How long the line may have been silent before, and how long its old number may go on. Both reasoned."""
_FEWEST_PHONES: Final = 2
_FEWEST_ADVERTS: Final = 3
"""Phones that got the text and adverts of the name before, and how many of these the number before sent. Reasoned."""


def relayed_changes(evidence: Evidence, friends: Container[str]) -> Mapping[str, frozenset[str]]:
    """Return who tells a line's customers its new number, and the devices that hold what they tell.

    Undated texts are judged by the dated ones beside them.

    Args:
        evidence: All that lines are made from.
        friends: Who is known to give a friend the number of a line, of whom it is not asked.
    """
    told: dict[str, list[Evidenced]] = defaultdict(list)
    for (_, sender), held in texts_with_numbers(evidence).items():
        if is_number(sender) and sender not in friends:
            told[sender] += held
    of_sender: dict[str, list[Evidenced]] = defaultdict(list)
    of_name: dict[str, list[Evidenced]] = defaultdict(list)
    for advert in evidence.adverts if told else ():
        of_sender[advert.sender].append(advert)
        if advert.edge.label and is_number(advert.sender):
            of_name[fold_name(advert.edge.label)].append(advert)
    announced = {said.edge.other for said in evidence.announcements}
    return {
        sender: frozenset(said.device_id for said in held)
        for sender, held in sorted(told.items())
        if sender not in announced and _tells_for_a_line(held, of_sender[sender], of_name, of_sender)
    }


def without_tellers(evidence: Evidence, tellers: Container[str]) -> Evidence:
    """Return the evidence without the adverts of those who tell for a line, and what they announce."""
    return msgspec.structs.replace(
        evidence,
        adverts=tuple(advert for advert in evidence.adverts if advert.sender not in tellers),
        announcements=tuple(said for said in evidence.announcements if said.sender not in tellers),
    )


def _tells_for_a_line(
    told: Sequence[Evidenced],
    held: Sequence[Evidenced],
    of_name: Mapping[str, Sequence[Evidenced]],
    of_sender: Mapping[str, Sequence[Evidenced]],
) -> bool:
    """Whether all adverts of a sender, or what it tells without any, give a number of a line that had another one."""
    by_device: dict[str, list[Evidenced]] = defaultdict(list)
    for said in told:
        by_device[said.device_id].append(said)
    given = [[said for said in by_device[advert.device_id] if gives(advert, [said])] for advert in held]
    if not all(given):
        return False
    tells: dict[str, list[Evidenced]] = defaultdict(list)
    for said in told:
        tells[said.edge.other].append(said)
    left_for = {number for number, said in tells.items() if _is_left_for(number, said, held, of_name, of_sender)}
    # who hears of many lines tells of many; the adverts say of which number it is asked. One that he passes on later
    # gives the number that the line has by then
    asked = {said.edge.other for found in given for said in found}
    return bool(left_for) and all(
        number in left_for or _goes_on(tells[number], of_sender.get(number, ())) for number in asked
    )


def _is_left_for(
    number: str,
    told: Sequence[Evidenced],
    held: Sequence[Evidenced],
    of_name: Mapping[str, Sequence[Evidenced]],
    of_sender: Mapping[str, Sequence[Evidenced]],
) -> bool:
    """Whether a line left its number for the one that a sender tells, about when it tells it.

    Texts that are adverts to the analysis may bear the line's name; else it is that of the number's own adverts.
    """
    times, own = _times(told), of_sender.get(number, ())
    if not times:
        return False
    # a phone whose clock is wrong has the text on another day than the others
    told_at = median(times)
    if not any(at >= told_at for at in _times(own)):
        return False
    names = {fold_name(advert.edge.label) for advert in held if advert.edge.label} or {
        fold_name(advert.edge.label) for advert in own if advert.edge.label
    }
    before: dict[str, list[Evidenced]] = defaultdict(list)
    for advert in (advert for name in names for advert in of_name.get(name, ())):
        if advert.sender not in {told[0].sender, number}:
            before[advert.sender].append(advert)
    # the phone that tells it shows by itself to how many it did; and a friend tells it to one
    is_sent = any(each.edge.role in SENT_ADVERT_ROLES for each in held)
    is_friend = not any(each.edge.label for each in held) and len(told) <= LineWeights.FEW_ADVERTS
    fewest = 1 if is_sent or is_friend else _FEWEST_PHONES
    return any(
        len(_devices(told) & _devices(adverts)) >= fewest and _is_left(adverts, told_at) for adverts in before.values()
    )


def _goes_on(told: Iterable[Evidenced], own: Iterable[Evidenced]) -> bool:
    """Whether a number that is told had sent several adverts by then, and sends more."""
    times = _times(told)
    if not times:
        return False
    told_at, dated = median(times), [(at, advert.edge.count) for advert in own for at in _times([advert])]
    before = sum(count for at, count in dated if at < told_at)
    return before >= _FEWEST_ADVERTS and any(at >= told_at for at, _ in dated)


def _devices(held: Iterable[Evidenced]) -> set[str]:
    return {each.device_id for each in held}


def _is_left(adverts: Iterable[Evidenced], told_at: float) -> bool:
    """Whether a number sent several adverts until shortly before, and hardly any later."""
    dated = [
        (to_seconds(advert.edge.last_at), advert.edge.count) for advert in adverts if advert.edge.last_at is not None
    ]
    return sum(count for at, count in dated if at < told_at) >= _FEWEST_ADVERTS and (
        told_at - _SILENT_DAYS * DAY_SECONDS <= max(at for at, _ in dated) <= told_at + _LATE_DAYS * DAY_SECONDS
    )


def _times(adverts: Iterable[Evidenced]) -> list[float]:
    """Return when the last text of each edge that is dated came, in seconds since 1970."""
    return [to_seconds(advert.edge.last_at) for advert in adverts if advert.edge.last_at is not None]


def suppressed_relayed(tellers: Mapping[str, frozenset[str]]) -> list[Suppressed]:
    """Return the numbers of those who told a line's customers its new number, with why they are no line's for that."""
    return [
        Suppressed(
            kind="number",
            value=sender,
            device_count=len(devices),
            why="All that it sent of the kind are texts that give one other number, which goes on with the adverts of "
            "a third one that the phones had until then: somebody tells the line's customers its new number.",
            device_ids=devices,
        )
        for sender, devices in sorted(tellers.items())
    ]
