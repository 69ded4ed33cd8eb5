"""Answers searches on Elasticsearch: exact totals, whole facets, pages in the contract's order."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from search.backends.elastic_client import Cluster
from search.backends.elastic_query import Query, all_but, documents_query, one_of
from search.backends.pages import PAGE_AT_MOST, counted_most_first
from search.contract import FACETS, Hit, LoadedCounts, Page, SearchRequest
from search.query.highlights import highlights, sought
from search.stored_values import UNDATED_MS, Cursor, keyword, read_cursor, utc_text

_WHOLE: Mapping[str, str] = {"allow_partial_search_results": "false"}
"""A shard that does not answer makes an error, never a smaller result."""
_GIVEN_BACK = ["record_id", "extraction_id", "utc", "text", "record", "finding", "flare_id"]
_ORDER = [{"utc": {"order": "asc", "missing": "_last"}}, {"record_id": {"order": "asc"}}]
_VALUES_AT_FIRST = 2_000
"""Values of a facet in the first answer: eight facets of these stay under the 65,536 buckets of one answer."""
_VALUES_AT_ONCE = 10_000


async def search(cluster: Cluster, alias: str, hidden: Query, request: SearchRequest) -> Page:
    """Answer a query."""
    query = documents_query(request.tree, request.filters, hidden)
    size = min(request.size, PAGE_AT_MOST)
    facets = [name for name in dict.fromkeys(request.facets) if name in FACETS]
    body: dict[str, Any] = {
        "query": query,
        "size": size + 1,
        "sort": _ORDER,
        "track_total_hits": True,
        "_source": _GIVEN_BACK,
        "aggs": {name: {"terms": {"field": name, "size": _VALUES_AT_FIRST}} for name in facets},
    }
    if request.after:
        begin = read_cursor(request.after)
        body["search_after"] = [begin.utc_ms, begin.record_id]
    answer = await cluster.read("POST", f"/{alias}/_search", _WHOLE, body)
    found = answer["hits"]["hits"]
    terms = sought(request.tree)
    return Page(
        hits=tuple(_hit(each["_source"], terms) for each in found[:size]),
        total=answer["hits"]["total"]["value"],
        next_after=Cursor(*found[size - 1]["sort"]).text() if len(found) > size > 0 else None,
        facets={name: await _facet(cluster, alias, query, name, answer["aggregations"][name]) for name in facets},
    )


async def get(cluster: Cluster, alias: str, hidden: Query, record_id: str) -> Hit | None:
    """Return one record, or None."""
    query = all_but([{"term": {"record_id": keyword(record_id)}}], [hidden])
    body = {"query": query, "size": 1, "_source": _GIVEN_BACK}
    found = (await cluster.read("POST", f"/{alias}/_search", _WHOLE, body))["hits"]["hits"]
    return _hit(found[0]["_source"], ()) if found else None


async def get_all(cluster: Cluster, alias: str, hidden: Query, record_ids: Iterable[str]) -> dict[str, Hit]:
    """Return those of the records that are held, by their ids."""
    asked = {keyword(record_id): record_id for record_id in record_ids}
    found: dict[str, Hit] = {}
    ordered = sorted(asked)
    for at in range(0, len(ordered), PAGE_AT_MOST):
        portion = ordered[at : at + PAGE_AT_MOST]
        query = all_but([one_of("record_id", portion)], [hidden])
        body = {"query": query, "size": len(portion), "_source": _GIVEN_BACK}
        for each in (await cluster.read("POST", f"/{alias}/_search", _WHOLE, body))["hits"]["hits"]:
            hit = _hit(each["_source"], ())
            found[asked[keyword(hit.record_id)]] = hit
    return found


async def counts(cluster: Cluster, alias: str, extraction_id: str, unwanted: Sequence[Query]) -> LoadedCounts:
    """Return how many documents of an extraction there are, and the sum of their checksums."""
    body = {
        "query": all_but([{"term": {"extraction_id": keyword(extraction_id)}}], unwanted),
        "size": 0,
        "track_total_hits": True,
        "aggs": {half: {"sum": {"field": half}} for half in ("crc_high", "crc_low")},
    }
    answer = await cluster.read("POST", f"/{alias}/_search", _WHOLE, body)
    sums = answer["aggregations"]
    crc_sum = (round(sums["crc_high"]["value"]) << 16) + round(sums["crc_low"]["value"])
    return LoadedCounts(answer["hits"]["total"]["value"], crc_sum)


async def document_counts(cluster: Cluster, alias: str, hidden: Query, extraction_ids: Sequence[str]) -> dict[str, int]:
    """Return how many documents of each of these extractions there are."""
    found: dict[str, int] = {}
    ordered = sorted(set(extraction_ids))
    for at in range(0, len(ordered), _VALUES_AT_ONCE):
        portion = ordered[at : at + _VALUES_AT_ONCE]
        counted = {"terms": {"field": "extraction_id", "size": len(portion)}}
        query = all_but([one_of("extraction_id", portion)], [hidden])
        body = {"query": query, "size": 0, "track_total_hits": False, "aggs": {"by_extraction": counted}}
        answer = await cluster.read("POST", f"/{alias}/_search", _WHOLE, body)
        found |= {each["key"]: each["doc_count"] for each in answer["aggregations"]["by_extraction"]["buckets"]}
    return {name: found.get(keyword(name), 0) for name in ordered}


def _hit(source: Mapping[str, Any], terms: Sequence[Any]) -> Hit:
    text = source.get("text", "")
    milliseconds = source.get("utc", UNDATED_MS)
    return Hit(
        record_id=source["record_id"],
        extraction_id=source["extraction_id"],
        utc=None if milliseconds == UNDATED_MS else utc_text(milliseconds),
        text=text,
        highlights=highlights(tuple(terms), text),
        record=base64.b64decode(source["record"]),
        finding=base64.b64decode(source["finding"]),
        flare_id=source.get("flare_id"),
    )


async def _facet(
    cluster: Cluster, alias: str, query: Query, name: str, first: Mapping[str, Any]
) -> tuple[tuple[str, int], ...]:
    """Return every value with its exact count; where the first answer was cut, all are paged through."""
    if first["sum_other_doc_count"] == 0 and first["doc_count_error_upper_bound"] == 0:
        return counted_most_first(
            {each.get("key_as_string", each["key"]): each["doc_count"] for each in first["buckets"]}
        )
    counted: dict[str, int] = {}
    after: Mapping[str, Any] = {}
    while True:
        composite: dict[str, Any] = {"size": _VALUES_AT_ONCE, "sources": [{name: {"terms": {"field": name}}}], **after}
        body = {"query": query, "size": 0, "aggs": {name: {"composite": composite}}}
        part = (await cluster.read("POST", f"/{alias}/_search", _WHOLE, body))["aggregations"][name]
        counted.update({each["key"][name]: each["doc_count"] for each in part["buckets"]})
        if "after_key" not in part:
            return counted_most_first(counted)
        after = {"after": part["after_key"]}
