"""Members of a line: the devices that have more to do with it than a mention, and how firmly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from search.linkage.device_links.hubs import Hub
from search.linkage.model import LineDevice, NumberShare, Relation
from search.linkage.weights import MemberShares

_ADVERTS = frozenset({Relation.SENT_ADVERTS, Relation.RECEIVED_ADVERTS, Relation.CARRIES_LINE_SIM})
_PHRASES = {
    Relation.SENT_ADVERTS: "sent adverts from",
    Relation.RECEIVED_ADVERTS: "received adverts from",
    Relation.CARRIES_LINE_SIM: "carries the SIM of",
    Relation.CONTACT_OF_LINE: "has texts or calls with",
}


_FIRM = tuple(_PHRASES)
"""Relations, the firmest first."""


class Member:
    """A device in a line: its rows, and how many records each number has of the firmest of them.

    Attributes:
        has_adverts: Adverts or the line's SIM are on it, more than one-to-one traffic.
        probability: How likely it is that it belongs to the line, if the line is one: its relations taken together.
        hub: It has texts and calls with the line alone, and many know it. None: not so.
        numbers: The line's numbers that it has to do with, and whether by adverts or the SIM.
        count: How many records tie it to the line.
        unjoined: What others sent for the line, with whether the device sent it.
    """

    __slots__ = (
        "_counts",
        "_phrases",
        "_records",
        "_records_with",
        "count",
        "device_id",
        "has_adverts",
        "hub",
        "numbers",
        "probability",
        "unjoined",
    )

    def __init__(self, device_id: str, rows: Sequence[LineDevice], hub: Hub | None = None) -> None:
        self.device_id = device_id
        self.hub = hub
        self.has_adverts = any(row.relation in _ADVERTS for row in rows)
        missing = 1.0
        numbers: dict[str, bool] = {}
        for row in rows:
            missing *= 1 - (_row_probability(row) if hub is None else hub.share)
            for number in row.numbers:
                numbers[number] = numbers.get(number, False) or row.relation in _ADVERTS
        self.probability = 1 - missing
        self.numbers: Mapping[str, bool] = numbers
        of_number: dict[str, list[tuple[LineDevice, NumberShare]]] = defaultdict(list)
        ordered = sorted(rows, key=lambda row: (_FIRM.index(row.relation), row.relation))
        for row in ordered:
            for share in row.shares:
                of_number[share.number].append((row, share))
        self._counts = {number: held[0][1].count for number, held in of_number.items()}
        self._phrases = {number: _phrase(number, held[0][0]) for number, held in of_number.items()}
        self._records_with = {number: held[0][1].record_ids for number, held in of_number.items()}
        self.unjoined = tuple((held, row.relation is Relation.SENT_ADVERTS) for row in ordered for held in row.unjoined)
        self.count = sum(row.traffic_count for row in rows)
        self._records = tuple(dict.fromkeys(record for row in ordered for record in row.record_ids))

    def records(self, limit: int = 3) -> tuple[str, ...]:
        """Return a few record ids, of the firmest relation first."""
        return self._records[:limit]

    def records_with(self, number: str) -> tuple[str, ...]:
        """Return a few records of what ``phrase`` says of one of its numbers."""
        return self._records_with.get(number, ())

    def phrase(self, number: str) -> str:
        """Return in words what it has to do with one of its numbers, the firmest relation first."""
        return self._phrases[number]

    def count_with(self, number: str) -> int:
        """Return how many records there are of what ``phrase`` says of one of its numbers."""
        return self._counts.get(number, 0)


def _phrase(number: str, row: LineDevice) -> str:
    if row.relation is Relation.RECEIVED_ADVERTS and number in row.inferred_numbers:
        return "received adverts under a name or an account alone, taken to be from"
    if row.late_days is not None:
        return f"carries, as it first shows {row.late_days:.0f} days after the last advert seen, the SIM of"
    return _PHRASES[row.relation]


def _row_probability(row: LineDevice) -> float:
    if row.relation is Relation.SENT_ADVERTS:
        return MemberShares.SENT
    if row.relation is Relation.CARRIES_LINE_SIM:
        return MemberShares.CARRIES if row.late_days is None else MemberShares.CARRIES_LATE
    if row.relation is Relation.RECEIVED_ADVERTS:
        if row.advert_count == row.recovered_count:
            return MemberShares.RECOVERED if row.advert_count > 1 else MemberShares.RECOVERED_ONCE
        return MemberShares.RECEIVED if row.advert_count > 1 else MemberShares.RECEIVED_ONCE
    return MemberShares.CONTACT if row.traffic_count >= MemberShares.MUCH_CONTACT else MemberShares.LITTLE_CONTACT


def members_of(devices: Iterable[LineDevice], hubs: Mapping[str, Hub]) -> tuple[Member, ...]:
    """Return the members of a line, by device id; a mention makes none.

    Args:
        devices: The line's rows.
        hubs: Those of its devices that many know.
    """
    rows: dict[str, list[LineDevice]] = defaultdict(list)
    for row in devices:
        if row.relation is not Relation.MENTIONS_LINE:
            rows[row.device_id].append(row)
    return tuple(Member(device_id, rows[device_id], hubs.get(device_id)) for device_id in sorted(rows))
