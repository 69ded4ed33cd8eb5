"""Answers searches on the embedded index. Every function reads one snapshot, which the caller holds open."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence

import orjson

from search.backends.embedded_blocks import record_and_finding
from search.backends.embedded_query import condition
from search.backends.embedded_schema import EXTRACTION_SHIFT
from search.backends.pages import PAGE_AT_MOST, counted_most_first
from search.contract import Hit, LoadedCounts, Page, SearchRequest
from search.errors import IndexUnreachable
from search.query.highlights import highlights, sought
from search.stored_values import UNDATED_MS, Cursor, keyword, read_cursor, utc_text

_FACET_COLUMNS = {
    "kind": "kind",
    "service": "service",
    "direction": "direction",
    "line": "line",
    "template_id": "template_id",
    "extraction_id": f"doc >> {EXTRACTION_SHIFT}",
    "drugs": "drugs",
    "is_advert": "is_advert",
}

_RECORDS_AT_ONCE = 1_000
_PARTS_MISSING = "the index file cannot be used: it lacks parts of what it holds. Run trapline rebuild."

_HIT = (
    "SELECT d.record_id, e.extraction_id, d.utc, coalesce(t.text, ''), b.packed, d.doc, d.flare_id "  # noqa: S608 - a constant
    f"FROM documents AS d JOIN extractions AS e ON e.extraction_no = d.doc >> {EXTRACTION_SHIFT} "
    "JOIN blocks AS b USING (block_no) LEFT JOIN texts AS t USING (text_no)"
)


def search(connection: sqlite3.Connection, request: SearchRequest) -> Page:
    """Answer a query: total, facets and page from one pass over what it matches."""
    asked = condition(connection, request.tree, request.filters)
    size = min(request.size, PAGE_AT_MOST)
    begin = read_cursor(request.after) if request.after else None
    facets = [name for name in dict.fromkeys(request.facets) if name in _FACET_COLUMNS]
    selected = ", ".join(f"{_FACET_COLUMNS[name]} AS facet_{name}" for name in facets)
    counting = " ".join(
        f"UNION ALL SELECT '{name}', facet_{name}, count(*) FROM hits WHERE facet_{name} IS NOT NULL GROUP BY 2"  # noqa: S608 - of our table
        for name in facets
    )
    sql = f"""
    WITH hits AS MATERIALIZED (
      SELECT doc, utc, record_id {"," if facets else ""} {selected} FROM documents AS d WHERE {asked.sql}
    )
    SELECT 'total', NULL, count(*) FROM hits {counting}
    UNION ALL SELECT 'hit', doc, NULL FROM (
      SELECT doc FROM hits WHERE {"(utc, record_id) > (?, ?)" if begin else "1"} ORDER BY utc, record_id LIMIT ?
    )
    """  # noqa: S608 - names from our own tables; every value is a parameter
    parameters = [*asked.parameters, *((begin.utc_ms, begin.record_id) if begin else ()), size + 1]
    rows = connection.execute(sql, parameters).fetchall()
    docs = [value for name, value, _ in rows if name == "hit"]
    hits = _hits(connection, docs[:size], request)
    return Page(
        hits=hits,
        total=next(count for name, _, count in rows if name == "total"),
        next_after=_cursor(connection, docs[size - 1]) if len(docs) > size > 0 else None,
        facets={name: _facet(connection, name, [row[1:] for row in rows if row[0] == name]) for name in facets},
    )


def get(connection: sqlite3.Connection, record_id: str) -> Hit | None:
    """Return one record, or None."""
    row = connection.execute(f"{_HIT} WHERE d.record_id = ?", (keyword(record_id),)).fetchone()
    return None if row is None else _hit(row, ())


def get_all(connection: sqlite3.Connection, record_ids: Iterable[str]) -> dict[str, Hit]:
    """Return those of the records that are held, by their ids."""
    asked = {keyword(record_id): record_id for record_id in record_ids}
    found: dict[str, Hit] = {}
    ordered = sorted(asked)
    for at in range(0, len(ordered), _RECORDS_AT_ONCE):
        portion = ordered[at : at + _RECORDS_AT_ONCE]
        marks = ", ".join("?" * len(portion))
        for row in connection.execute(f"{_HIT} WHERE d.record_id IN ({marks})", portion):
            hit = _hit(row, ())
            found[asked[keyword(hit.record_id)]] = hit
    return found


def counts(connection: sqlite3.Connection, extraction_id: str) -> LoadedCounts:
    """Return what is held of one extraction."""
    row = connection.execute(
        "SELECT extraction_no FROM extractions WHERE extraction_id = ?", (keyword(extraction_id),)
    ).fetchone()
    if row is None:
        return LoadedCounts(0, 0)
    first, last = _range(row[0])
    count, crc_sum = connection.execute(
        "SELECT count(*), coalesce(sum(crc), 0) FROM documents WHERE doc BETWEEN ? AND ?",
        (first, last),
    ).fetchone()
    return LoadedCounts(count, crc_sum)


def document_counts(connection: sqlite3.Connection, extraction_ids: Sequence[str]) -> dict[str, int]:
    """Return how many documents are held of each of these extractions.

    Documents are numbered without a gap: where the ranges of all extractions are together as long as the table, nothing
    is missing within one, and none needs to be gone through.
    """
    numbers = dict(connection.execute("SELECT extraction_id, extraction_no FROM extractions"))
    lengths = {name: _length(connection, number) for name, number in numbers.items()}
    if connection.execute("SELECT count(*) FROM documents").fetchone()[0] != sum(lengths.values()):
        lengths = {name: counts(connection, name).documents for name in numbers}
    return {name: lengths.get(keyword(name), 0) for name in extraction_ids}


def _length(connection: sqlite3.Connection, extraction_no: int) -> int:
    """Return how long the range is in which the documents of an extraction lie; looks at its two ends."""
    ends = [
        connection.execute(f"SELECT {end}(doc) FROM documents WHERE doc BETWEEN ? AND ?", _range(extraction_no))  # noqa: S608 - ours
        for end in ("min", "max")
    ]
    first, last = (each.fetchone()[0] for each in ends)
    return 0 if first is None else int(last - first) + 1


def _range(extraction_no: int) -> tuple[int, int]:
    """Return the numbers between which the documents of an extraction lie."""
    first = extraction_no << EXTRACTION_SHIFT
    return first, first + (1 << EXTRACTION_SHIFT) - 1


def _hits(connection: sqlite3.Connection, docs: Sequence[int], request: SearchRequest) -> tuple[Hit, ...]:
    terms = sought(request.tree)
    found = []
    for doc in docs:
        text_and_payload = connection.execute(f"{_HIT} WHERE d.doc = ?", (doc,)).fetchone()
        if text_and_payload is None:
            raise IndexUnreachable(_PARTS_MISSING)
        span = highlights(terms, text_and_payload[3])
        found.append(_hit(text_and_payload, span))
    return tuple(found)


def _hit(row: tuple[str, str, int, str, bytes, int, str | None], spans: tuple[tuple[int, int], ...]) -> Hit:
    record_id, extraction_id, milliseconds, text, packed, doc, flare_id = row
    record, finding = record_and_finding(packed, doc)
    return Hit(
        record_id=record_id,
        extraction_id=extraction_id,
        utc=None if milliseconds == UNDATED_MS else utc_text(milliseconds),
        text=text,
        highlights=spans,
        record=record,
        finding=finding,
        flare_id=flare_id,
    )


def _cursor(connection: sqlite3.Connection, doc: int) -> str:
    return Cursor(*connection.execute("SELECT utc, record_id FROM documents WHERE doc = ?", (doc,)).fetchone()).text()


def _facet(
    connection: sqlite3.Connection, name: str, rows: Sequence[tuple[object, int]]
) -> tuple[tuple[str, int], ...]:
    counted: Counter[str] = Counter()
    for value, count in rows:
        if name == "drugs":
            for drug in orjson.loads(str(value)):
                counted[drug] += count
        elif name == "is_advert":
            counted["true" if value else "false"] += count
        elif name == "extraction_id":
            extraction = connection.execute("SELECT extraction_id FROM extractions WHERE extraction_no = ?", (value,))
            if (row := extraction.fetchone()) is None:
                raise IndexUnreachable(_PARTS_MISSING)
            counted[row[0]] += count
        else:
            counted[str(value)] += count
    return counted_most_first(counted)
