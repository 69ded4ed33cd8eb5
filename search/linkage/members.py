"""Members of a line: the devices that have more to do with it than a mention, and how firmly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import msgspec

from search.linkage.model import Line, LineDevice, Relation
from search.linkage.weights import MemberShares

_ADVERTS = frozenset({Relation.SENT_ADVERTS, Relation.RECEIVED_ADVERTS, Relation.CARRIES_LINE_SIM})
_PHRASES = {
    Relation.SENT_ADVERTS: "sent adverts from",
    Relation.RECEIVED_ADVERTS: "received adverts from",
    Relation.CARRIES_LINE_SIM: "carries the SIM of",
    Relation.CONTACT_OF_LINE: "has texts or calls with",
}


class Member(msgspec.Struct, frozen=True):
    """A device in a line: its rows, and its count of adverts and of other records by number."""

    device_id: str
    rows: tuple[LineDevice, ...]

    @property
    def has_adverts(self) -> bool:
        """Whether adverts or the line's SIM are on it, more than one-to-one traffic."""
        return any(row.relation in _ADVERTS for row in self.rows)

    def probability(self) -> float:
        """Return how likely it is that it belongs to the line, if the line is one: its relations taken together."""
        missing = 1.0
        for row in self.rows:
            missing *= 1 - _row_probability(row)
        return 1 - missing

    def numbers(self) -> Mapping[str, bool]:
        """Return the line's numbers that it has to do with, and whether by adverts or the SIM."""
        found: dict[str, bool] = {}
        for row in self.rows:
            for number in row.numbers:
                found[number] = found.get(number, False) or row.relation in _ADVERTS
        return found

    def count(self) -> int:
        """Return how many records tie it to the line."""
        return sum(row.traffic_count for row in self.rows)

    def records(self, limit: int = 3) -> tuple[str, ...]:
        """Return a few record ids, of the firmest relation first."""
        ordered = sorted(self.rows, key=lambda row: (row.relation not in _ADVERTS, row.relation))
        return tuple(dict.fromkeys(record for row in ordered for record in row.record_ids))[:limit]

    def phrase(self, number: str) -> str:
        """Return in words what it has to do with one of its numbers, the firmest relation first."""
        relations = {row.relation for row in self.rows if number in row.numbers}
        return next(phrase for relation, phrase in _PHRASES.items() if relation in relations)

    def count_with(self, number: str) -> int:
        """Return how many records tie it to one of its numbers."""
        return sum(row.traffic_count for row in self.rows if number in row.numbers)


def _row_probability(row: LineDevice) -> float:
    if row.relation is Relation.SENT_ADVERTS:
        return MemberShares.SENT
    if row.relation is Relation.CARRIES_LINE_SIM:
        return MemberShares.CARRIES
    if row.relation is Relation.RECEIVED_ADVERTS:
        if row.advert_count == row.recovered_count:
            return MemberShares.RECOVERED if row.advert_count > 1 else MemberShares.RECOVERED_ONCE
        return MemberShares.RECEIVED if row.advert_count > 1 else MemberShares.RECEIVED_ONCE
    return MemberShares.CONTACT if row.traffic_count >= MemberShares.MUCH_CONTACT else MemberShares.LITTLE_CONTACT


def members_of(line: Line) -> list[Member]:
    """Return the members of a line, by device id; a mention makes none."""
    rows: dict[str, list[LineDevice]] = defaultdict(list)
    for row in line.devices:
        if row.relation is not Relation.MENTIONS_LINE:
            rows[row.device_id].append(row)
    return [Member(device_id, tuple(rows[device_id])) for device_id in sorted(rows)]
