"""What is new of broadcasts: further ones, and such as were known and are seen on further phones now. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from search.linkage.phrases import counted
from search.reports.broadcasts import SAME_EVENT, broadcasts_of, time_of

Item = Mapping[str, Any]


class NewBroadcasts:
    """The broadcasts that a report has and an earlier one had not.

    Args:
        earlier: The report before.
        report: The report of now.

    Attributes:
        flare_ids: Of broadcasts as one phone shows them.
    """

    def __init__(self, earlier: Item, report: Item) -> None:
        self._earlier = earlier.get("flares", ())
        known = {_key(flare) for flare in self._earlier}
        self._new = {flare["flare_id"]: flare for flare in report.get("flares", ()) if _key(flare) not in known}
        self.flare_ids = frozenset(self._new)

    def words(self, flare_ids: Collection[str]) -> Iterator[str]:
        """Yield what is said of some of them.

        One that other phones showed before is no further broadcast: a phone that was seized since holds it too.
        """
        rows = broadcasts_of(self._new[flare_id] for flare_id in sorted(flare_ids))
        known = [(row, held) for row in rows if (held := _of_the_same(row, self._earlier))]
        sent = sum(bool(row.sent_from) and not any(map(_is_sent, held)) for row, held in known)
        others = len(known) - sent
        if further := len(rows) - len(known):
            yield f"{counted(further, 'more broadcast')} of it seen."
        if sent:
            it, are = ("it", "is") if sent == 1 else ("them", "are")
            yield f"{counted(sent, 'broadcast')} known from phones that received {it} {are} held as sent."
        if others:
            yield f"{counted(others, 'broadcast')} known before {'is' if others == 1 else 'are'} seen on more phones."


def is_same_event(one: str, other: str) -> bool:
    """Whether two instants lie no further apart than texts of one broadcast; an empty one lies nowhere."""
    if not one or not other:
        return False
    return abs(datetime.fromisoformat(one) - datetime.fromisoformat(other)) <= SAME_EVENT


def _key(flare: Item) -> tuple[str, str, str]:
    """Return what a broadcast is known by on a phone: one that is read again has another id, and so may its wording."""
    return flare["device_id"], flare["sender"] or "", flare["started_at"][: len("2024-01-31T12:00")]


def _of_the_same(row: Any, earlier: Iterable[Item]) -> Sequence[Item]:
    """Return broadcasts of the earlier report that are this one as other phones, or other readings, show it."""
    if row.sender is None:
        return ()
    first, last = (datetime.fromisoformat(at) for at in (row.started_at, row.ended_at))
    return [
        flare
        for flare in earlier
        if flare["sender"] == row.sender
        and flare["template_id"] == row.template_id
        and time_of(flare, "started_at") <= last + SAME_EVENT
        and time_of(flare, "ended_at") >= first - SAME_EVENT
    ]


def _is_sent(flare: Item) -> bool:
    return bool(flare["direction"] == "sent")
