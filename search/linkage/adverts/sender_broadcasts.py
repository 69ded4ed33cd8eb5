"""What senders broadcast, put together by sender for weighing them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from search.linkage.adverts.bulk_wordings import BulkWording
from search.linkage.attribution.evidence import Evidence


class BulkOf(msgspec.Struct, frozen=True, kw_only=True):
    """What senders broadcast, by sender.

    Attributes:
        wordings: Those that are no adverts to the analysis.
        flares_at: When its broadcasts of adverts began.
        in_talk: Phones that got some and write with the sender, where it is shown by a name alone.
        told_on: Sender and template id of adverts that somebody passed on (``told_on``).
        known_before: Places of spells of people whom the phones knew long before (``acquainted``).
    """

    wordings: Mapping[str, Sequence[BulkWording]]
    flares_at: Mapping[str, Collection[str]]
    in_talk: Mapping[str, Collection[str]]
    told_on: Collection[tuple[str, str]]
    known_before: Collection[int] = frozenset()


def bulk_of(
    evidence: Evidence,
    bulk: Iterable[BulkWording],
    told: Collection[tuple[str, str]],
    known_before: Collection[int] = frozenset(),
) -> BulkOf:
    """Return the broadcasts by their sender. What who has a number now sends to many is no wording of the line's."""
    of_others = {
        (sender, flare.template_id)
        for device_id, flare, sender in (evidence.sent_flares if evidence.other_holders else ())
        if (sender, device_id) in evidence.other_holders
    }
    wordings: dict[str, list[BulkWording]] = defaultdict(list)
    for wording in bulk:
        if (wording.sender, wording.template_id) not in of_others:
            wordings[wording.sender].append(wording)
    flares_at: dict[str, set[str]] = defaultdict(set)
    in_talk: dict[str, set[str]] = defaultdict(set)
    for _, flare, sender in evidence.advert_flares():
        flares_at[sender].add(flare.started_at)
    for device_id, flare, sender in evidence.flares:
        if flare.is_in_talk:
            in_talk[sender].add(device_id)
    return BulkOf(wordings=wordings, flares_at=flares_at, in_talk=in_talk, told_on=told, known_before=known_before)
