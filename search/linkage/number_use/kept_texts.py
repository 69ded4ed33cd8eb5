"""Numbers whose own phones no longer show much of what they sent: other phones hold more from them than went to these.

Of a broadcast to a hundred and forty people a phone on which most sent texts were deleted shows five. That is no sign
that it went to few. How much is gone tells each phone that received adverts of the number: the sending phone shows how
many it sent to that one, where the receiving phone's own number is known, and else which wordings it lacks.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final

from search.linkage.attribution.evidence import Evidence
from search.linkage.extraction.flare_rows import RECEIVED
from search.linkage.instants import to_seconds
from search.linkage.keys import SENT_ADVERT_ROLES

LEAST_GONE: Final = 3
"""Received adverts that the sending phone must lack: one or two may be of another handset with the same number."""
GONE_SHARE: Final = 0.25
"""Share of those received that they must be: with less gone, what went to ten and some still shows that. Reasoned."""


def incomplete_senders(evidence: Evidence) -> frozenset[str]:
    """Return the numbers whose sending phones lack a good part of what they sent while they hold adverts from them.

    What was received at other times may have been sent by a handset that is not held.
    """
    held: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    sent: set[tuple[str, str]] = set()
    came: set[tuple[str, str]] = set()
    for advert in evidence.adverts:
        edge = advert.edge
        is_sent = edge.role in SENT_ADVERT_ROLES
        (sent if is_sent else came).add((advert.sender, edge.other))
        if is_sent and edge.first_at is not None and edge.last_at is not None:
            held[advert.sender][advert.device_id] += [to_seconds(edge.first_at), to_seconds(edge.last_at)]
    times = {
        sender: {device_id: (min(instants), max(instants)) for device_id, instants in by_device.items()}
        for sender, by_device in held.items()
    }
    known = frozenset(evidence.own_device.values())
    received: Counter[tuple[str, str]] = Counter()
    gone: Counter[str] = Counter()
    for device_id, flare, sender in evidence.flares:
        by_device = times.get(sender)
        if by_device is None or device_id in by_device or flare.direction != RECEIVED:
            continue
        wording, at = (sender, flare.template_id), to_seconds(flare.started_at)
        if wording not in came or not _lies_in(at, by_device.values()):
            continue
        received[sender, device_id] += flare.message_count
        if device_id not in known and wording not in sent:
            gone[sender] += flare.message_count
    in_all: Counter[str] = Counter()
    for (sender, device_id), count in received.items():
        in_all[sender] += count
        if device_id in known:
            gone[sender] += max(0, count - evidence.sent_to.get((sender, device_id), 0))
    return frozenset(
        sender for sender, count in gone.items() if count >= LEAST_GONE and count >= GONE_SHARE * in_all[sender]
    )


def _lies_in(at: float, periods: Iterable[tuple[float, float]]) -> bool:
    for begin, end in periods:  # noqa: SIM110 - asked of every broadcast
        if begin <= at <= end:
            return True
    return False
