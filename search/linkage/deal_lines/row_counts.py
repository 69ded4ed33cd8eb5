"""Adverts of a line and the phones that hold them, counted from the rows of its phones, so that the sums agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from search.linkage.model import LineDevice, Relation
from search.linkage.phrases import counted

_ADVERTS = frozenset({Relation.SENT_ADVERTS, Relation.RECEIVED_ADVERTS})


class AdvertCounts(msgspec.Struct, frozen=True, kw_only=True):
    """Adverts in rows of phones.

    Attributes:
        read: Those that the analysis takes for adverts.
        further: Those that count as such by how they came or by a name in them.
        phones: Devices with some of ``read``.
        further_phones: Devices with some of ``further``.
        unjoined: What others sent for the line, from numbers that are none of its own, by number; neither of the above.
    """

    read: int = 0
    further: int = 0
    phones: frozenset[str] = frozenset()
    further_phones: frozenset[str] = frozenset()
    unjoined: Mapping[str, int] = msgspec.field(default_factory=dict)

    def further_words(self) -> str:
        """Return where the further ones are, to stand behind their number; empty where all are on the same phones."""
        more = self.further_phones - self.phones
        if not more:
            return ""
        some = "" if more == self.further_phones else "some "
        return f", {some}on {counted(len(more), 'more phone')},"


def counts_of_line(rows: Iterable[LineDevice]) -> AdvertCounts:
    """Return the counts of all rows of a line together."""
    read: dict[str, int] = defaultdict(int)
    further: dict[str, int] = defaultdict(int)
    unjoined: dict[str, int] = defaultdict(int)
    for row in rows:
        if row.relation in _ADVERTS:
            for held in row.unjoined:
                unjoined[held.number] += held.count
            others = sum(held.count - held.recovered_count for held in row.unjoined)
            recovered = row.recovered_count - sum(held.recovered_count for held in row.unjoined)
            read[row.device_id] += row.advert_count - row.recovered_count - others
            further[row.device_id] += recovered
    return _counts(read, further, unjoined)


def counts_by_number(rows: Iterable[LineDevice]) -> dict[str, AdvertCounts]:
    """Return the counts of each number of a line that sent adverts."""
    read: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    further: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        if row.relation in _ADVERTS:
            for share in row.shares:
                read[share.number][row.device_id] += share.count - share.recovered_count
                further[share.number][row.device_id] += share.recovered_count
    return {number: _counts(read[number], further[number], {}) for number in read}


def _counts(read: Mapping[str, int], further: Mapping[str, int], unjoined: Mapping[str, int]) -> AdvertCounts:
    return AdvertCounts(
        read=sum(read.values()),
        further=sum(further.values()),
        phones=frozenset(key for key, count in read.items() if count),
        further_phones=frozenset(key for key, count in further.items() if count),
        unjoined=dict(sorted(unjoined.items())),
    )
