"""Edges in the making: one row a distinct key, whatever the number of records behind it."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

import msgspec

from search.contract import Edge, EdgeKind
from search.linkage.extraction.row_runs import RowRuns
from search.linkage.instants import CLOCKS_RUN_FROM

RECORDS_AN_EDGE = 5
ROWS_HELD = 32_000
"""Rows that are held before they are put aside; one takes about 700 bytes."""
_UNDATED = "~"
"""Sorts behind every instant."""

EdgeKey = tuple[EdgeKind, str, str, str, str]
"""Kind, key, role, other, label."""


def _first_of(one: str, other: str) -> str:
    """Return the earlier of two instants; a clock that had been reset for a while dates nothing beside a right one."""
    early, late = sorted((one, other))
    return late if early < CLOCKS_RUN_FROM <= late and late != _UNDATED else early


class _Row:
    """Count, first and last instant, the earliest records and the highest score of one edge."""

    __slots__ = ("count", "first", "last", "records", "score")

    def __init__(self) -> None:
        self.count = 0
        self.first = _UNDATED
        self.last = ""
        self.records: list[tuple[str, str]] = []
        self.score = 0.0

    def absorb(self, other: _Row | _StoredRow) -> None:
        self.count += other.count
        self.first = _first_of(self.first, other.first)
        self.last = max(self.last, other.last)
        self.records = sorted([*self.records, *other.records])[:RECORDS_AN_EDGE]
        self.score = max(self.score, other.score)


class _StoredRow(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A row with its key, as it is put aside on disk."""

    key: tuple[EdgeKind, str, str, str, str]
    count: int
    first: str
    last: str
    records: tuple[tuple[str, str], ...]
    score: float


class EdgeTable:
    """Counts records by kind, key, role, second key and label, keeping the first five record ids of each.

    Args:
        extraction_id: The extraction.
        unnamed: What stands for the handset until its number is known, as a key or a second key, or is in front of
            what stands for a SIM of it; see ``name``.
        scratch_dir: Where rows are put aside when there are many. None: all are held in memory.
    """

    __slots__ = ("_extraction_id", "_rows", "_runs", "_scratch_dir", "_unnamed", "_unnamed_runs")

    def __init__(self, extraction_id: str, unnamed: str, scratch_dir: Path | None = None) -> None:
        self._extraction_id = extraction_id
        self._unnamed = unnamed
        self._scratch_dir = scratch_dir
        self._rows: dict[EdgeKey, _Row] = {}
        self._runs: RowRuns[_StoredRow] | None = None
        # Rows that ``name`` will move are put aside apart, so that the others stay where they are.
        self._unnamed_runs: RowRuns[_StoredRow] | None = None

    def note(self, key: EdgeKey, utc: str | None, record_id: str, score: float = 0.0) -> None:
        """Count one record for the key: kind, key, role, other, label."""
        row = self._rows.get(key)
        if row is None:
            row = self._new_row(key)
        row.count += 1
        # comparisons, not min and max: this runs for every record, and the calls cost four times as much
        if score > row.score:  # noqa: PLR1730 (see above)
            row.score = score
        if utc is None:
            utc = _UNDATED
        else:
            if utc < row.first or row.first < CLOCKS_RUN_FROM:
                row.first = _first_of(utc, row.first)
            if utc > row.last:  # noqa: PLR1730 (see above)
                row.last = utc
        records = row.records
        # most records come in order of time, so that nearly all are turned away by the first comparison
        if len(records) < RECORDS_AN_EDGE:
            insort(records, (utc, record_id))
        elif utc <= records[-1][0] and (utc, record_id) < records[-1]:
            insort(records, (utc, record_id))
            del records[RECORDS_AN_EDGE:]

    def name(self, names: Mapping[str, str]) -> None:
        """Put every row of what stands for the handset, or for a SIM of it, under its name, which may have rows."""
        held = {key: row for key, row in self._rows.items() if self._is_unnamed(key)}
        for key in held:
            del self._rows[key]
        runs, self._unnamed_runs = self._unnamed_runs, None
        if runs is not None:
            for stored in runs.every():
                self._put(_renamed(stored.key, names), _unstored(stored))
            runs.close()
        for key, row in held.items():
            self._put(_renamed(key, names), row)

    def edges(self) -> Iterator[Edge]:
        """Yield the edges by kind, key, role, other and label. Call it once: rows that were put aside are given up."""
        rows: Iterator[_StoredRow] = self._sorted()
        for runs in (self._runs, self._unnamed_runs):
            if runs is not None:
                rows = runs.merged(rows, _key_of)
        if self._runs is None and self._unnamed_runs is None:
            yield from map(self._edge, rows)
            return
        for key, same in groupby(rows, _key_of):
            stored, *others = same
            for more in others:
                # Few keys stand in two runs.
                row = _unstored(stored)
                row.absorb(more)
                stored = _stored(key, row)
            yield self._edge(stored)
        for runs in (self._runs, self._unnamed_runs):
            if runs is not None:
                runs.close()

    def _is_unnamed(self, key: EdgeKey) -> bool:
        return key[1].startswith(self._unnamed) or key[3].startswith(self._unnamed)

    def _put(self, key: EdgeKey, row: _Row) -> None:
        """Put a row under its key, together with what stands there."""
        known = self._rows.get(key)
        if known is None:
            self._place(key, row)
        else:
            known.absorb(row)

    def _new_row(self, key: EdgeKey) -> _Row:
        row = _Row()
        self._place(key, row)
        return row

    def _place(self, key: EdgeKey, row: _Row) -> None:
        """Put a row under a key that has none, when the rows before it were put aside if they are many."""
        if len(self._rows) >= ROWS_HELD and self._scratch_dir is not None:
            self._put_aside(self._scratch_dir)
        self._rows[key] = row

    def _put_aside(self, scratch_dir: Path) -> None:
        if self._runs is None:
            self._runs = RowRuns(scratch_dir, _StoredRow)
        if self._unnamed_runs is None:
            self._unnamed_runs = RowRuns(scratch_dir, _StoredRow)
        unnamed = [key for key in self._rows if self._is_unnamed(key)]
        self._unnamed_runs.add(_stored(key, self._rows.pop(key)) for key in sorted(unnamed))
        self._runs.add(self._sorted())
        self._rows = {}

    def _sorted(self) -> Iterator[_StoredRow]:
        for key in sorted(self._rows):
            yield _stored(key, self._rows[key])

    def _edge(self, row: _StoredRow) -> Edge:
        kind, key, role, other, label = row.key
        return Edge(
            kind=kind,
            key=key,
            role=str(role),
            other=other,
            label=label,
            extraction_id=self._extraction_id,
            count=row.count,
            first_at=row.first if row.last else None,
            last_at=row.last or None,
            record_ids=tuple(record_id for _, record_id in row.records),
            score=row.score,
        )


def _stored(key: EdgeKey, row: _Row) -> _StoredRow:
    return _StoredRow(key, row.count, row.first, row.last, tuple(row.records), row.score)


def _renamed(key: EdgeKey, names: Mapping[str, str]) -> EdgeKey:
    kind, first, role, other, label = key
    return (kind, names.get(first, first), role, names.get(other, other), label)


def _unstored(stored: _StoredRow) -> _Row:
    row = _Row()
    row.count, row.first, row.last = stored.count, stored.first, stored.last
    row.records, row.score = list(stored.records), stored.score
    return row


def _key_of(row: _StoredRow) -> EdgeKey:
    return row.key


def first_and_last(edges: Iterable[Edge]) -> tuple[str, ...]:
    """Return the first record of the edge that begins first and of the one that begins last, as two at most.

    Of one edge: its first record and the last that it holds. None where no edge holds a record.
    """
    ordered = sorted(
        (edge for edge in edges if edge.record_ids), key=lambda edge: (edge.first_at or _UNDATED, edge.record_ids)
    )
    if not ordered:
        return ()
    last = ordered[-1].record_ids[0] if len(ordered) > 1 else ordered[0].record_ids[-1]
    return tuple(dict.fromkeys((ordered[0].record_ids[0], last)))


def first_records(edges: Iterable[Edge], device_of: Mapping[str, str]) -> dict[str, str]:
    """Return the first record of edges on each device, by device id; empty text where none is known."""
    ordered = sorted((edge.first_at or "~", edge.record_ids, edge.extraction_id) for edge in edges)
    found: dict[str, str] = {}
    for _, record_ids, extraction_id in ordered:
        if extraction_id in device_of:
            device_id = device_of[extraction_id]
            found[device_id] = found.get(device_id) or next(iter(record_ids), "")
    return found


def merged_record_ids(edges: Iterable[Edge], limit: int = RECORDS_AN_EDGE) -> tuple[str, ...]:
    """Return record ids of several edges, those of the earliest edge first, each once."""
    ordered = sorted(edges, key=lambda edge: (edge.first_at or _UNDATED, edge.record_ids))
    seen: dict[str, None] = {}
    for edge in ordered:
        seen.update(dict.fromkeys(edge.record_ids))
        if len(seen) >= limit:
            break
    return tuple(seen)[:limit]
