"""Phones to which a line's number was given out again, or which had it before, and whose talk reads like an advert.

A number is given out again after weeks, and of an ordinary person's texts one or two in a hundred read like adverts.
The silence in between is too short to end the line's use by itself (``spells``). But a phone that is held, has the
number, sent nothing to many, and was in use while nobody but those it talks with got an advert from it, is another
holder's: what it sent is no advert of the number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from search.linkage.evidence import DeviceFacts, Evidence
from search.linkage.flares import SMALLEST_RECIPIENTS
from search.linkage.instants import periods_touch
from search.linkage.keys import SENT_ADVERT_ROLES, is_number
from search.linkage.model import Suppressed
from search.linkage.phrases import counted
from search.linkage.senders import Evidenced

SILENCE_DAYS = 7.0
"""Between the line's adverts and the use of the phone, at least: a line that sends daily has no such silence."""

_Period = tuple[str | None, str | None]


class OtherHolder(msgspec.Struct, frozen=True):
    """A phone that had a line's number at another time than the line.

    Attributes:
        sender: The number.
        period: First and last message of the phone.
        count: Texts that it sent and that read like adverts.
    """

    sender: str
    device_id: str
    period: _Period
    count: int


def other_holders(evidence: Evidence) -> list[OtherHolder]:
    """Return the phones that had a number of adverts at another time, by number and device."""
    # of anything: a phone that sends to many may be a line's, whatever the analysis makes of its texts
    broadcasting = {(device_id, sender) for device_id, _, sender in evidence.sent_flares}
    of_sender: dict[str, list[Evidenced]] = defaultdict(list)
    for advert in evidence.adverts:
        of_sender[advert.sender].append(advert)
    found = []
    for sender, adverts in sorted(of_sender.items()):
        sent: dict[str, list[Evidenced]] = defaultdict(list)
        for advert in adverts:
            if advert.edge.role in SENT_ADVERT_ROLES:
                sent[advert.device_id].append(advert)
        for device_id, own in sorted(sent.items()):
            facts = evidence.devices[device_id]
            is_quiet = (device_id, sender) not in broadcasting and _is_to_few(own)
            if is_number(sender) and sender in facts.own_numbers and is_quiet and _is_apart(facts, adverts, evidence):
                count = sum(advert.edge.count for advert in own)
                found.append(OtherHolder(sender, device_id, (facts.first_at, facts.last_at), count))
    return found


def _is_to_few(adverts: Sequence[Evidenced]) -> bool:
    return all(advert.edge.count < SMALLEST_RECIPIENTS and advert.edge.first_at is not None for advert in adverts)


def _is_apart(facts: DeviceFacts, adverts: Sequence[Evidenced], evidence: Evidence) -> bool:
    """Whether adverts of the number are elsewhere, and none of them in the time of the phone but with its partners."""
    talking = evidence.talking.get(facts.device_id, frozenset())
    own: _Period = (facts.first_at, facts.last_at)
    elsewhere = 0
    for advert in adverts:
        if advert.device_id == facts.device_id or advert.device_id in talking:
            continue
        first, last = advert.edge.first_at, advert.edge.last_at
        if first is None or facts.first_at is None or periods_touch((first, last), own, SILENCE_DAYS):
            return False
        elsewhere += advert.edge.count
    return elsewhere >= SMALLEST_RECIPIENTS


def without_other_holders(evidence: Evidence, holders: Sequence[OtherHolder]) -> Evidence:
    """Return the evidence without what reads like adverts of these numbers in the time of these phones.

    It says which phones they are: what they carry is no SIM of the line.
    """
    if not holders:
        return evidence
    periods: dict[str, list[_Period]] = defaultdict(list)
    for holder in holders:
        periods[holder.sender].append(holder.period)

    def is_of_line(advert: Evidenced) -> bool:
        held = (advert.edge.first_at, advert.edge.last_at)
        return not any(periods_touch(held, period, 1) for period in periods.get(advert.sender, ()))

    return msgspec.structs.replace(
        evidence,
        adverts=tuple(filter(is_of_line, evidence.adverts)),
        other_holders=frozenset((holder.sender, holder.device_id) for holder in holders),
    )


def suppressed_other_holders(holders: Sequence[OtherHolder], evidence: Evidence) -> list[Suppressed]:
    """Return the numbers that another had too, with why its texts are no adverts."""
    return [
        Suppressed(
            kind="number",
            value=holder.sender,
            device_count=1,
            why=f"{evidence.label(holder.device_id)} had this number at another time than the adverts that others got "
            f"from it, and sent nothing to many. {counted(holder.count, 'text')} of it read like adverts and are none.",
        )
        for holder in holders
    ]
