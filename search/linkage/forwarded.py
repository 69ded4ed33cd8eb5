"""Adverts that a phone passed on: it had them from their sender before it sent them, and sent them to few.

Customers pass adverts on to friends, in the same wording and under the same name. What they sent is no advert of
theirs, their number is no line's, and who else writes with them has nothing to do with the line. A phone that sends a
wording to many at once is not judged, whoever it has it from: so works a line's second phone, or a runner's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from search.linkage.evidence import Evidence
from search.linkage.keys import SENT_ADVERT_ROLES, fold_name
from search.linkage.model import Suppressed
from search.linkage.phrases import counted
from search.linkage.senders import Evidenced, is_plain


class PassedOn(msgspec.Struct, frozen=True):
    """The wordings that one sender passed on.

    Attributes:
        sender: Who passed them on.
        device_id: The phone that did.
        first_at: When each came to it first, by template id and folded name of the line. By both, since two lines use
            one wording: an advert of another name is not the one that came.
    """

    sender: str
    device_id: str
    first_at: Mapping[tuple[str, str], str]


def passed_on(evidence: Evidence) -> list[PassedOn]:
    """Return what phones passed on, by sender and device. Undated texts are not judged."""
    came: dict[tuple[str, tuple[str, str]], tuple[str, str]] = {}
    for advert in evidence.adverts:
        at = advert.edge.first_at
        if advert.edge.role not in SENT_ADVERT_ROLES and at is not None:
            key = advert.device_id, _wording_of(advert)
            came[key] = min(came.get(key, (at, advert.sender)), (at, advert.sender))
    broadcast = {(device_id, flare.template_id) for device_id, flare, _ in evidence.flares if flare.direction == "sent"}
    found: dict[tuple[str, str], dict[tuple[str, str], str]] = defaultdict(dict)
    for advert in evidence.adverts:
        sent_at, wording = advert.edge.first_at, _wording_of(advert)
        is_to_many = (advert.device_id, advert.edge.other) in broadcast
        if advert.edge.role not in SENT_ADVERT_ROLES or sent_at is None or is_to_many:
            continue
        at, sender = came.get((advert.device_id, wording), (None, ""))
        if at is not None and at <= sent_at and sender != advert.sender:
            found[advert.sender, advert.device_id][wording] = at
    return [PassedOn(sender, device_id, found[sender, device_id]) for sender, device_id in sorted(found)]


def without_passed_on(evidence: Evidence, passed: Sequence[PassedOn]) -> Evidence:
    """Return the evidence without adverts that were passed on, on the phone that did and on those that got them so."""
    first_at: dict[tuple[str, tuple[str, str]], str] = {}
    for each in passed:
        for wording, at in each.first_at.items():
            key = each.sender, wording
            first_at[key] = min(first_at.get(key, at), at)
    if not first_at:
        return evidence

    def is_own(advert: Evidenced) -> bool:
        at = first_at.get((advert.sender, _wording_of(advert)))
        return at is None or (advert.edge.first_at is not None and advert.edge.first_at < at)

    return msgspec.structs.replace(evidence, adverts=tuple(filter(is_own, evidence.adverts)))


def _wording_of(advert: Evidenced) -> tuple[str, str]:
    return advert.edge.other, fold_name(advert.edge.label)


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
