"""A line's change of number that somebody else tells its customers: "rico said give you the new number 07700 900 123".

A runner or a friend writes it to one customer after the other, from a phone of his own. It reads as if his number were
the line's and changed: it would stand between the old one and the new one. All that is held of the sender with a name
are such texts, of one number that is not his; several phones that got them had adverts of that name
from a third number, until then; and the number that they give has adverts afterwards. A number of the line's own that
is left so shortly has sent an offer, or was announced itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from statistics import median
from typing import Final

from search.linkage.adverts.given_numbers import gives, texts_with_numbers
from search.linkage.attribution.evidence import Evidence
from search.linkage.attribution.senders import Evidenced
from search.linkage.instants import DAY_SECONDS, to_seconds
from search.linkage.keys import SENT_ADVERT_ROLES, fold_name, is_number
from search.linkage.model import Suppressed

_SILENT_DAYS: Final = 14.0
_LATE_DAYS: Final = 3.0
"""How long the line may have been silent before, and how long its old number may go on. Both reasoned."""
_FEWEST_PHONES: Final = 2
_FEWEST_ADVERTS: Final = 3
"""Phones that got the text and adverts of the name before, and how many of these the number before sent. Reasoned."""


def relayed_changes(evidence: Evidence) -> frozenset[tuple[str, str]]:
    """Return sender and template id of texts in which somebody tells a line's customers its new number.

    Undated ones are judged by the dated ones beside them.
    """
    giving = texts_with_numbers(evidence)
    senders = {sender for _, sender in giving if is_number(sender)}
    of_sender: dict[str, list[Evidenced]] = defaultdict(list)
    of_name: dict[str, list[Evidenced]] = defaultdict(list)
    for advert in evidence.adverts if senders else ():
        of_sender[advert.sender].append(advert)
        if advert.edge.label and is_number(advert.sender):
            of_name[fold_name(advert.edge.label)].append(advert)
    announced = {said.edge.other for said in evidence.announcements}
    return frozenset(
        (sender, advert.edge.other)
        for sender in senders - announced
        if _tells_for_a_line(of_sender.get(sender, ()), giving, of_name, of_sender)
        for advert in of_sender[sender]
    )


def _tells_for_a_line(
    held: Sequence[Evidenced],
    giving: Mapping[tuple[str, str], Sequence[Evidenced]],
    of_name: Mapping[str, Sequence[Evidenced]],
    of_sender: Mapping[str, Sequence[Evidenced]],
) -> bool:
    """Whether all adverts of a sender tell one number of a line that had another one until then."""
    numbers: set[str] = set()
    for advert in held:
        said = [each for each in giving.get((advert.device_id, advert.sender), ()) if gives(advert, [each])]
        if not said:
            return False
        numbers |= {each.edge.other for each in said}
    names = {fold_name(advert.edge.label) for advert in held if advert.edge.label}
    times = _times(held)
    if len(numbers) != 1 or len(names) != 1 or not times:
        return False
    # a phone whose clock is wrong has the text on another day than the others
    (number,), (name,), told_at = numbers, names, median(times)
    if not any(at >= told_at for at in _times(of_sender.get(number, ()))):
        return False
    before: dict[str, list[Evidenced]] = defaultdict(list)
    for advert in of_name[name]:
        if advert.sender not in {held[0].sender, number}:
            before[advert.sender].append(advert)
    phones = {advert.device_id for advert in held}
    # the phone that tells it shows by itself to how many it did
    fewest = 1 if any(advert.edge.role in SENT_ADVERT_ROLES for advert in held) else _FEWEST_PHONES
    return any(
        len(phones & {advert.device_id for advert in adverts}) >= fewest and _is_left(adverts, told_at)
        for adverts in before.values()
    )


def _is_left(adverts: Iterable[Evidenced], told_at: float) -> bool:
    """Whether a number sent several adverts until shortly before, and hardly any later."""
    dated = [advert for advert in adverts if advert.edge.last_at is not None]
    earlier = [advert for advert in dated if max(_times([advert])) < told_at]
    return (
        sum(advert.edge.count for advert in earlier) >= _FEWEST_ADVERTS
        and told_at - _SILENT_DAYS * DAY_SECONDS <= max(_times(dated)) <= told_at + _LATE_DAYS * DAY_SECONDS
    )


def _times(adverts: Iterable[Evidenced]) -> list[float]:
    """Return when the last text of each edge that is dated came, in seconds since 1970."""
    return [to_seconds(advert.edge.last_at) for advert in adverts if advert.edge.last_at is not None]


def suppressed_relayed(relayed: Collection[tuple[str, str]], evidence: Evidence) -> list[Suppressed]:
    """Return the numbers of those who told a line's customers its new number, with why they are no line's for that."""
    phones: dict[str, set[str]] = defaultdict(set)
    for advert in evidence.adverts:
        if (advert.sender, advert.edge.other) in relayed:
            phones[advert.sender].add(advert.device_id)
    return [
        Suppressed(
            kind="number",
            value=sender,
            device_count=len(held),
            why="All that is held of it with a name are texts that give one other number, under a name "
            "that the phones had from a third one until then: somebody tells the line's customers its new number.",
            device_ids=frozenset(held),
        )
        for sender, held in sorted(phones.items())
    ]
