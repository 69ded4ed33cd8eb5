"""Turns a tree and filters into the condition of a SELECT over ``documents AS d``.

Every value is a parameter; no condition may come out null, for NOT of null is null and would lose records.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import assert_never

import msgspec

from search.backends.embedded_schema import EXTRACTION_SHIFT
from search.contract import Filters
from search.query.fields import field_value
from search.query.tree import And, FieldTerm, Not, Or, Phrase, QueryNode, Term, with_templates_apart
from search.stored_values import UNDATED_MS, keyword, search_key, utc_ms

_RANGES_AT_MOST = 20
"""Up to here extractions are ranges of the table; beyond, every row's number is compared."""

_COLUMNS = {
    "service": "d.service",
    "kind": "d.kind",
    "direction": "d.direction",
    "template": "d.template_id",
    "flare": "d.flare_id",
}
_STATES = {
    "advert": "d.is_advert",
    "deleted": "d.deleted = 'deleted'",
    "duplicate": "d.is_duplicate",
    "flare": "d.flare_id IS NOT NULL",
    "undated": f"d.utc = {UNDATED_MS}",
}
_BY_TEXT = "d.text_no IN (SELECT rowid FROM texts_words WHERE texts_words MATCH ?)"
_BY_KEY = "d.doc IN (SELECT doc FROM document_keys JOIN keys USING (key_no) WHERE keys.key = ?)"
_NOTHING = "0"


class Condition(msgspec.Struct, frozen=True):
    """SQL with its parameters."""

    sql: str
    parameters: tuple[object, ...] = ()


def condition(connection: sqlite3.Connection, tree: QueryNode | None, filters: Filters) -> Condition:
    """Return what the tree and the filters ask of a document."""
    parts = [] if tree is None else [_tree(connection, tree)]
    if filters.extraction_ids is not None:
        parts.append(_extractions(connection, filters.extraction_ids))
    if filters.kinds:
        marks = ", ".join("?" * len(filters.kinds))
        parts.append(Condition(f"d.kind IN ({marks})", tuple(map(keyword, filters.kinds))))
    if filters.since is not None:
        parts.append(Condition(f"d.utc >= ? AND d.utc < {UNDATED_MS}", (utc_ms(filters.since),)))
    if filters.until is not None:
        parts.append(Condition("d.utc < ?", (utc_ms(filters.until),)))
    if not filters.include_duplicates:
        parts.append(Condition("NOT d.is_duplicate"))
    return _joined(parts, "AND") if parts else Condition("1")


def _tree(connection: sqlite3.Connection, node: QueryNode) -> Condition:
    if (match := _match(node)) is not None:
        return Condition(_BY_TEXT, (match,))
    match node:
        case FieldTerm():
            return _field(connection, node)
        case Not(operand=operand):
            inner = _tree(connection, operand)
            return Condition(f"NOT ({inner.sql})", inner.parameters)
        case And(operands=operands):
            return _joined(_by_text_first(connection, operands, And), "AND")
        case Or(operands=operands):
            templates, others = with_templates_apart(operands)
            held = [_of_templates(templates)] if templates else []
            return _joined([*held, *_by_text_first(connection, others, Or)], "OR")
        case Term() | Phrase():
            raise AssertionError("a term and a phrase are matches")
        case _:
            assert_never(node)


def _of_templates(templates: Sequence[str]) -> Condition:
    values = json.dumps([keyword(field_value("template", each)) for each in templates])
    return Condition("d.template_id IS NOT NULL AND d.template_id IN (SELECT value FROM json_each(?))", (values,))


def _by_text_first(
    connection: sqlite3.Connection, operands: tuple[QueryNode, ...], kind: type[And | Or]
) -> list[Condition]:
    """Return the conditions of the operands; those of words alone become one match, which FTS5 answers at once."""
    of_words = tuple(operand for operand in operands if _match(operand) is not None)
    others = [_tree(connection, operand) for operand in operands if operand not in of_words]
    if not of_words:
        return others
    return [_tree(connection, of_words[0] if len(of_words) == 1 else kind(of_words)), *others]


def _match(node: QueryNode) -> str | None:
    """Return the FTS5 expression of a tree of words alone; None where a field or a NOT is in it.

    Words hold letters, digits, marks and symbols only, so that no quote can end a string early.
    """
    match node:
        case Term(word=word, is_prefix=is_prefix):
            return f'"{word}" *' if is_prefix else f'"{word}"'
        case Phrase(words=words):
            return f'"{" ".join(words)}"'
        case And(operands=operands) | Or(operands=operands):
            inner = [_match(operand) for operand in operands]
            known = [each for each in inner if each is not None]
            joint = " AND " if isinstance(node, And) else " OR "
            return f"({joint.join(known)})" if len(known) == len(inner) else None
        case _:
            return None


def _field(connection: sqlite3.Connection, node: FieldTerm) -> Condition:
    value = field_value(node.field, node.value)
    if node.field == "is" and value in _STATES:
        return Condition(_STATES[value])
    if node.field == "extraction":
        return _extractions(connection, (value,))
    if node.field in _COLUMNS:
        return Condition(f"{_COLUMNS[node.field]} IS ?", (keyword(value),))
    return Condition(_BY_KEY, (search_key(node.field, value),))


def _extractions(connection: sqlite3.Connection, extraction_ids: tuple[str, ...]) -> Condition:
    numbers = []
    for extraction_id in dict.fromkeys(extraction_ids):
        row = connection.execute(
            "SELECT extraction_no FROM extractions WHERE extraction_id = ?", (keyword(extraction_id),)
        ).fetchone()
        if row is not None:
            numbers.append(int(row[0]))
    if not numbers:
        return Condition(_NOTHING)
    if len(numbers) > _RANGES_AT_MOST:
        return Condition(f"d.doc >> {EXTRACTION_SHIFT} IN ({', '.join(map(str, numbers))})")
    ranges = [
        f"d.doc BETWEEN {number << EXTRACTION_SHIFT} AND {((number + 1) << EXTRACTION_SHIFT) - 1}" for number in numbers
    ]
    return Condition(" OR ".join(ranges))


def _joined(parts: list[Condition], joint: str) -> Condition:
    sql = f" {joint} ".join(f"({part.sql})" for part in parts)
    return Condition(sql, tuple(parameter for part in parts for parameter in part.parameters))
