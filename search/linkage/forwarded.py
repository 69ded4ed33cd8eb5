"""Adverts that a phone passed on: it had them from their sender before it sent them, and sent them to few.

Customers pass adverts on to friends, word for word and within minutes. What they sent is no advert of theirs, their
number is no line's, and who else writes with them has nothing to do with the line. A phone that sends a wording to
many at once is not judged, whoever it has it from: so works a line's second phone, or a runner's that is told to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from search.linkage.evidence import Evidence
from search.linkage.keys import Role
from search.linkage.model import Suppressed
from search.linkage.phrases import counted
from search.linkage.senders import Evidenced, is_plain

_SENT_ROLES = frozenset({Role.SENT, Role.SENT_CHANGE})


class PassedOn(msgspec.Struct, frozen=True):
    """The wordings that one sender passed on.

    Attributes:
        sender: Who passed them on.
        first_at: When each came first to the phone that did, by template id.
    """

    sender: str
    device_id: str
    first_at: Mapping[str, str]


def passed_on(evidence: Evidence) -> list[PassedOn]:
    """Return what phones passed on, by sender and device. Undated texts are not judged."""
    came: dict[tuple[str, str], tuple[str, str]] = {}
    for advert in evidence.adverts:
        at = advert.edge.first_at
        if advert.edge.role not in _SENT_ROLES and at is not None:
            key = advert.device_id, advert.edge.other
            came[key] = min(came.get(key, (at, advert.sender)), (at, advert.sender))
    broadcast = {(device_id, flare.template_id) for device_id, flare, _ in evidence.flares if flare.direction == "sent"}
    found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for advert in evidence.adverts:
        key = advert.device_id, advert.edge.other
        if advert.edge.role not in _SENT_ROLES or key in broadcast or key not in came:
            continue
        at, sender = came[key]
        if sender != advert.sender and advert.edge.first_at is not None and at <= advert.edge.first_at:
            found[advert.sender, advert.device_id][advert.edge.other] = at
    return [PassedOn(sender, device_id, found[sender, device_id]) for sender, device_id in sorted(found)]


def without_passed_on(evidence: Evidence, passed: Sequence[PassedOn]) -> Evidence:
    """Return the evidence without adverts that were passed on, on the phone that did and on those that got them so."""
    first_at: dict[tuple[str, str], str] = {}
    for each in passed:
        for template_id, at in each.first_at.items():
            key = each.sender, template_id
            first_at[key] = min(first_at.get(key, at), at)
    if not first_at:
        return evidence

    def is_own(advert: Evidenced) -> bool:
        at = first_at.get((advert.sender, advert.edge.other))
        return at is None or (advert.edge.first_at is not None and advert.edge.first_at < at)

    return msgspec.structs.replace(evidence, adverts=tuple(filter(is_own, evidence.adverts)))


def suppressed_passed_on(passed: Sequence[PassedOn], evidence: Evidence) -> list[Suppressed]:
    """Return the numbers of those who passed adverts on, with why they are no line's for that."""
    return [
        Suppressed(
            kind="number",
            value=each.sender,
            device_count=1,
            why=f"{evidence.label(each.device_id)} had {counted(len(each.first_at), 'wording')} of adverts from others "
            "before it sent them from this number, and to few: passed on, they are no adverts of this number.",
        )
        for each in passed
        if is_plain(each.sender)
    ]
