"""Turns a tree and filters into an Elasticsearch query. Nothing is scored; no user text reaches a query parser."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, assert_never

from search.contract import Filters
from search.query.fields import field_value
from search.query.tree import And, FieldTerm, Not, Or, Phrase, QueryNode, Term, with_templates_apart
from search.stored_values import keyword, search_key, utc_ms

Query = dict[str, Any]

_TERMS_AT_MOST = 60_000
"""Elasticsearch refuses more than 65,536 values in one terms query."""

_FIELDS = {
    "service": "service",
    "kind": "kind",
    "direction": "direction",
    "template": "template_id",
    "flare": "flare_id",
    "extraction": "extraction_id",
}
_STATES: Mapping[str, Query] = {
    "advert": {"term": {"is_advert": True}},
    "deleted": {"term": {"deleted": "deleted"}},
    "duplicate": {"term": {"is_duplicate": True}},
    "flare": {"exists": {"field": "flare_id"}},
    "undated": {"bool": {"must_not": [{"exists": {"field": "utc"}}]}},
}


def documents_query(tree: QueryNode | None, filters: Filters, hidden: Query) -> Query:
    """Return the query of what the tree and the filters ask for, without what is being loaded."""
    wanted = [] if tree is None else [_tree(tree)]
    unwanted = [hidden]
    if filters.extraction_ids is not None:
        wanted.append(one_of("extraction_id", filters.extraction_ids))
    if filters.kinds:
        wanted.append(one_of("kind", filters.kinds))
    if filters.since is not None:
        wanted.append({"range": {"utc": {"gte": utc_ms(filters.since)}}})
    if filters.until is not None:
        wanted.append({"range": {"utc": {"lt": utc_ms(filters.until)}}})
    if not filters.include_duplicates:
        unwanted.append({"term": {"is_duplicate": True}})
    return all_but(wanted, unwanted)


def all_but(wanted: Sequence[Query], unwanted: Sequence[Query]) -> Query:
    """Return the query of what every wanted query matches and no unwanted one does."""
    return {"bool": {"filter": list(wanted), "must_not": list(unwanted)}}


def one_of(field: str, values: Sequence[str]) -> Query:
    """Return the query of documents whose keyword is one of the values; no values match nothing."""
    known = sorted({keyword(value) for value in values})
    portions = [known[at : at + _TERMS_AT_MOST] for at in range(0, len(known), _TERMS_AT_MOST)] or [[]]
    queries: list[Query] = [{"terms": {field: portion}} for portion in portions]
    return queries[0] if len(queries) == 1 else {"bool": {"should": queries, "minimum_should_match": 1}}


def _tree(node: QueryNode) -> Query:
    match node:
        case Term(word=word, is_prefix=is_prefix):
            return {"prefix" if is_prefix else "term": {"words": word}}
        case Phrase(words=words):
            return {"match_phrase": {"words": {"query": " ".join(words), "analyzer": "whitespace"}}}
        case FieldTerm():
            return _field(node)
        case Not(operand=operand):
            return {"bool": {"must_not": [_tree(operand)]}}
        case And(operands=operands):
            return {"bool": {"filter": list(map(_tree, operands))}}
        case Or(operands=operands):
            templates, others = with_templates_apart(operands)
            values = [field_value("template", each) for each in templates]
            held = [one_of(_FIELDS["template"], values)] if values else []
            return {"bool": {"should": [*held, *map(_tree, others)], "minimum_should_match": 1}}
        case _:
            assert_never(node)


def _field(node: FieldTerm) -> Query:
    value = field_value(node.field, node.value)
    if node.field == "is" and value in _STATES:
        return _STATES[value]
    if node.field in _FIELDS:
        return {"term": {_FIELDS[node.field]: keyword(value)}}
    return {"term": {"keys": search_key(node.field, value)}}
