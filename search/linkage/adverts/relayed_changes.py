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

from search.linkage.adverts.given_numbers import texts_with_numbers
from search.linkage.adverts.said_then import AdvertsThen, SaidThen
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
    lines = _Lines(of_name, of_sender)
    return {
        sender: frozenset(said.device_id for said in held)
        for sender, held in sorted(told.items())
        if sender not in announced and _tells_for_a_line(held, of_sender[sender], lines)
    }


def without_tellers(evidence: Evidence, tellers: Container[str]) -> Evidence:
    """Return the evidence without the adverts of those who tell for a line, and what they announce."""
    return msgspec.structs.replace(
        evidence,
        adverts=tuple(advert for advert in evidence.adverts if advert.sender not in tellers),
        announcements=tuple(said for said in evidence.announcements if said.sender not in tellers),
    )


class _Sent(msgspec.Struct, frozen=True):
    """What a number sent under some names: on which phones, and when with how many messages each, where dated."""

    device_ids: frozenset[str]
    dated: Sequence[tuple[float, int]]


class _Lines:
    """The adverts of all numbers, by sender and by name; of some names by sender, each put together once."""

    def __init__(
        self, of_name: Mapping[str, Sequence[Evidenced]], of_sender: Mapping[str, Sequence[Evidenced]]
    ) -> None:
        self._of_name, self._of_sender = of_name, of_sender
        self._under: dict[frozenset[str], Mapping[str, _Sent]] = {}

    def of(self, sender: str) -> Sequence[Evidenced]:
        """Return the adverts of a number."""
        return self._of_sender.get(sender, ())

    def under(self, names: frozenset[str]) -> Mapping[str, _Sent]:
        """Return what was sent under the names, by sender."""
        if names not in self._under:
            held: dict[str, list[Evidenced]] = defaultdict(list)
            for advert in (advert for name in names for advert in self._of_name.get(name, ())):
                held[advert.sender].append(advert)
            self._under[names] = {sender: _Sent(_devices(adverts), _dated(adverts)) for sender, adverts in held.items()}
        return self._under[names]


class _Told(msgspec.Struct, frozen=True):
    """What somebody sent that reads like adverts.

    Attributes:
        sender: His number.
        names: What the adverts are called by, folded.
        is_sent: Whether his own phone shows some.
    """

    sender: str
    names: frozenset[str]
    is_sent: bool


def _tells_for_a_line(told: Sequence[Evidenced], held: Sequence[Evidenced], lines: _Lines) -> bool:
    """Whether all adverts of a sender, or what it tells without any, give a number of a line that had another one."""
    texts: dict[str, list[Evidenced]] = defaultdict(list)
    adverts: dict[str, list[Evidenced]] = defaultdict(list)
    tells: dict[str, list[Evidenced]] = defaultdict(list)
    for said in told:
        texts[said.device_id].append(said)
        tells[said.edge.other].append(said)
    for advert in held:
        adverts[advert.device_id].append(advert)
    for device_id, of_device in adverts.items():
        given = SaidThen(texts[device_id])
        if not all(map(given.has, of_device)):
            return False
    sender = _Told(told[0].sender, _names_of(held), any(each.edge.role in SENT_ADVERT_ROLES for each in held))
    left_for = {number for number, said in tells.items() if _is_left_for(number, said, sender, lines)}
    # who hears of many lines tells of many; the adverts say of which number it is asked. One that he passes on later
    # gives the number that the line has by then
    asked = {
        said.edge.other
        for device_id, of_device in adverts.items()
        for said in filter(AdvertsThen(of_device).has, texts[device_id])
    }
    return bool(left_for) and all(number in left_for or _goes_on(tells[number], lines.of(number)) for number in asked)


def _is_left_for(number: str, told: Sequence[Evidenced], sender: _Told, lines: _Lines) -> bool:
    """Whether a line left its number for the one that a sender tells, about when it tells it.

    Texts that are adverts to the analysis may bear the line's name; else it is that of the number's own adverts.
    """
    times, own = _times(told), lines.of(number)
    if not times:
        return False
    # a phone whose clock is wrong has the text on another day than the others
    told_at = median(times)
    if not any(at >= told_at for at in _times(own)):
        return False
    # the phone that tells it shows by itself to how many it did; and a friend tells it to one
    is_friend = not sender.names and len(told) <= LineWeights.FEW_ADVERTS
    fewest, devices = 1 if sender.is_sent or is_friend else _FEWEST_PHONES, _devices(told)
    return any(
        before not in {sender.sender, number}
        and len(devices & sent.device_ids) >= fewest
        and _is_left(sent.dated, told_at)
        for before, sent in lines.under(sender.names or _names_of(own)).items()
    )


def _goes_on(told: Iterable[Evidenced], own: Iterable[Evidenced]) -> bool:
    """Whether a number that is told had sent several adverts by then, and sends more."""
    times = _times(told)
    if not times:
        return False
    told_at, dated = median(times), _dated(own)
    before = sum(count for at, count in dated if at < told_at)
    return before >= _FEWEST_ADVERTS and any(at >= told_at for at, _ in dated)


def _devices(held: Iterable[Evidenced]) -> frozenset[str]:
    return frozenset(each.device_id for each in held)


def _names_of(held: Iterable[Evidenced]) -> frozenset[str]:
    return frozenset(fold_name(advert.edge.label) for advert in held if advert.edge.label)


def _dated(adverts: Iterable[Evidenced]) -> list[tuple[float, int]]:
    """Return when the last text of each edge that is dated came, in seconds since 1970, and how many there are."""
    return [(to_seconds(advert.edge.last_at), advert.edge.count) for advert in adverts if advert.edge.last_at]


def _is_left(dated: Sequence[tuple[float, int]], told_at: float) -> bool:
    """Whether a number sent several adverts until shortly before, and hardly any later."""
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
