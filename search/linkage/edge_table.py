"""Edges in the making: one row a distinct key, whatever the number of records behind it."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Iterator

from search.contract import Edge, EdgeKind

RECORDS_AN_EDGE = 5
_UNDATED = "~"
"""Sorts behind every instant."""

_Key = tuple[EdgeKind, str, str, str, str]


class _Row:
    """Count, first and last instant, and the earliest records of one edge."""

    __slots__ = ("count", "first", "last", "records")

    def __init__(self) -> None:
        self.count = 0
        self.first = _UNDATED
        self.last = ""
        self.records: list[tuple[str, str]] = []

    def absorb(self, other: _Row) -> None:
        self.count += other.count
        self.first = min(self.first, other.first)
        self.last = max(self.last, other.last)
        self.records = sorted(self.records + other.records)[:RECORDS_AN_EDGE]


class EdgeTable:
    """Counts records by kind, key, role, second key and label, keeping the first five record ids of each."""

    __slots__ = ("_extraction_id", "_rows")

    def __init__(self, extraction_id: str) -> None:
        self._extraction_id = extraction_id
        self._rows: dict[_Key, _Row] = {}

    def note(self, key: _Key, utc: str | None, record_id: str) -> None:
        """Count one record for the key: kind, key, role, other, label."""
        row = self._rows.get(key)
        if row is None:
            row = self._rows[key] = _Row()
        row.count += 1
        if utc is None:
            utc = _UNDATED
        else:
            # two comparisons, not min and max: this line runs for every record, and the calls cost four times as much
            if utc < row.first:  # noqa: PLR1730
                row.first = utc
            if utc > row.last:  # noqa: PLR1730
                row.last = utc
        records = row.records
        # most records come in order of time, so that nearly all are turned away by the first comparison
        if len(records) < RECORDS_AN_EDGE:
            insort(records, (utc, record_id))
        elif utc <= records[-1][0] and (utc, record_id) < records[-1]:
            insort(records, (utc, record_id))
            del records[RECORDS_AN_EDGE:]

    def renamed(self, old: str, new: str) -> None:
        """Put what stands under one sender under another: a handset whose number became known later on."""
        for key in [key for key in self._rows if old in {key[1], key[3]}]:
            kind, first, role, other, label = key
            target = (kind, new if first == old else first, role, new if other == old else other, label)
            row = self._rows.pop(key)
            self._rows.setdefault(target, _Row()).absorb(row)

    def edges(self) -> Iterator[Edge]:
        """Yield the edges by kind, key, role, other and label."""
        for key in sorted(self._rows):
            kind, first, role, other, label = key
            row = self._rows[key]
            yield Edge(
                kind=kind,
                key=first,
                role=str(role),
                other=other,
                label=label,
                extraction_id=self._extraction_id,
                count=row.count,
                first_at=row.first if row.last else None,
                last_at=row.last or None,
                record_ids=tuple(record_id for _, record_id in row.records),
            )


def merged_record_ids(edges: Iterable[Edge], limit: int = RECORDS_AN_EDGE) -> tuple[str, ...]:
    """Return record ids of several edges, those of the earliest edge first, each once."""
    ordered = sorted(edges, key=lambda edge: (edge.first_at or _UNDATED, edge.record_ids))
    seen = dict.fromkeys(record_id for edge in ordered for record_id in edge.record_ids)
    return tuple(seen)[:limit]
