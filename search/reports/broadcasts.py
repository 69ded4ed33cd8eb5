"""Broadcasts as one list: what was sent from one phone and what was seen of it on others is one row.

The data keeps one flare a phone, which is what each phone shows; a reader wants to see the event.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec

from search.linkage.counting_order import counting_order
from search.linkage.instants import to_seconds
from search.reports.doubtful_times import WRONG_CLOCK

BROADCASTS_SHOWN = 100
"""Those that pages list, the largest; the words of these are quoted."""
SAME_EVENT = timedelta(minutes=15)
"""The longest pause within one broadcast."""


class Broadcast(msgspec.Struct, frozen=True):
    """One broadcast, seen from every phone that shows it.

    Attributes:
        recipients: As the sending phone shows; None where no sending phone is held.
        bases: What the times rest on.
        caveats: What the sender is taken from, where a sending phone does not state it.
        text: What the first of the records says; None where it was not read, or says nothing.
    """

    started_at: str
    ended_at: str
    sender: str | None
    template_id: str
    line_id: str | None
    sent_from: tuple[str, ...]
    received_on: tuple[str, ...]
    recipients: int | None
    messages: int
    bases: tuple[str, ...]
    record_ids: tuple[str, ...]
    caveats: tuple[str, ...]
    text: str | None = None


def clock_shift(flare: Mapping[str, Any]) -> timedelta:
    """Return what must be added to the times of a flare in the report, which are those of its records."""
    return timedelta(seconds=flare.get("clock_shift_seconds", 0))


def broadcasts_of(flares: Iterable[Mapping[str, Any]]) -> list[Broadcast]:
    """Return broadcasts: those of most recipients or phones first, then by time."""
    groups = _by_sender_and_wording(flares)
    found = [_broadcast(event) for held in groups.values() for event in _events(held)]
    return sorted(
        found, key=lambda b: (-(b.recipients or 0), -len(b.received_on), b.started_at, b.template_id, b.record_ids)
    )


def with_dated_copies(flares: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the flares of broadcasts that a phone with a right clock shows: of these it is known when they were."""
    groups = _by_sender_and_wording(flares)
    events = (event for held in groups.values() for event in _events(held))
    return [flare for event in events if not all(map(clock_shift, event)) for flare in event]


def sender_words(row: Broadcast, devices: Iterable[Mapping[str, Any]], labels: Mapping[str, str]) -> str:
    """Return from which phone a broadcast came that no phone is seen to have sent, in words.

    A phone that has the number is held, and may have the texts: without an instant they are in no broadcast. One that
    was in use at another time alone may be another's: numbers are given out again.
    """
    holders = [
        device
        for device in devices
        if row.sender is not None and row.sender in device["msisdn"] and (is_undated(device) or _is_then(device, row))
    ]
    if not holders:
        return "not held"
    return "; ".join(
        f"{labels[device['device_id']]} has this number, "
        + ("and its messages have no readable time" if is_undated(device) else "and is not seen to have sent it")
        for device in sorted(holders, key=lambda device: counting_order(labels[device["device_id"]]))
    )


def _is_then(device: Mapping[str, Any], row: Broadcast) -> bool:
    """Whether a phone's messages lie about a broadcast, or it holds none: nothing says then that it is another's."""
    first, last = device["first_message_at"], device["last_message_at"]
    if first is None or last is None:
        return bool(device["message_count"] == 0)
    return to_seconds(first) <= to_seconds(row.ended_at) and to_seconds(last) >= to_seconds(row.started_at)


def is_undated(device: Mapping[str, Any]) -> bool:
    """Whether a phone holds messages, and none of them has an instant."""
    return device["message_count"] > 0 and device["first_message_at"] is None


def broadcast_counts(flares: Iterable[Mapping[str, Any]]) -> Counter[str]:
    """Return how many broadcasts each line has, by line id: one is one, on however many phones it is seen."""
    return Counter(each.line_id for each in broadcasts_of(flares) if each.line_id is not None)


def _by_sender_and_wording(flares: Iterable[Mapping[str, Any]]) -> Mapping[tuple[str, str], list[Mapping[str, Any]]]:
    groups: dict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for flare in flares:
        # a phone that does not state its own number sends under its line
        sender = flare["sender"] or flare["line_id"] or flare["device_id"]
        groups[str(sender), flare["template_id"] or ""].append(flare)
    return groups


def _events(flares: Sequence[Mapping[str, Any]]) -> Iterable[list[Mapping[str, Any]]]:
    event: list[Mapping[str, Any]] = []
    end: datetime | None = None
    for flare in sorted(flares, key=lambda flare: (time_of(flare, "started_at"), flare["flare_id"])):
        start, stop = time_of(flare, "started_at"), time_of(flare, "ended_at")
        if end is not None and start - end > SAME_EVENT:
            yield event
            event, end = [], None
        event.append(flare)
        end = stop if end is None else max(end, stop)
    if event:
        yield event


def time_of(flare: Mapping[str, Any], end: str) -> datetime:
    """Return when a flare began (``started_at``) or ended (``ended_at``), as a right clock would have it."""
    return datetime.fromisoformat(flare[end]) + clock_shift(flare)


def _broadcast(flares: Sequence[Mapping[str, Any]]) -> Broadcast:
    sent = [flare for flare in flares if flare["direction"] == "sent"]
    # the sending phone knows the times, unless its clock was wrong; receiving phones add the delay of the network
    shown = sent or flares
    right = [flare for flare in flares if not clock_shift(flare)]
    timed = [flare for flare in right if flare["direction"] == "sent"] or right or flares
    return Broadcast(
        started_at=min(flare["started_at"] for flare in timed),
        ended_at=max(flare["ended_at"] for flare in timed),
        sender=next((flare["sender"] for flare in flares if flare["sender"]), None),
        template_id=flares[0]["template_id"] or "",
        line_id=next((flare["line_id"] for flare in flares if flare["line_id"]), None),
        sent_from=tuple(sorted({flare["device_id"] for flare in sent})),
        received_on=tuple(sorted({flare["device_id"] for flare in flares if flare["direction"] == "received"})),
        recipients=max((flare["recipient_count"] for flare in sent), default=None),
        messages=sum(flare["message_count"] for flare in shown),
        bases=tuple(sorted({flare["time_basis"] if flare in right else WRONG_CLOCK for flare in timed})),
        record_ids=tuple(flare["first_record_id"] for flare in shown[:2]),
        caveats=tuple(dict.fromkeys(sentence for flare in sent for sentence in flare.get("caveats", ()))),
        text=shown[0].get("text"),
    )
