"""The syntax tree of a user's query. Back ends translate trees; no back end parses text.

A term is matched against the words of ``RecordDocument.text`` as ``search.query.words`` cuts and folds them, on both
back ends; a field term is matched exactly against a keyword (``search.mapping``).
"""

from __future__ import annotations

import msgspec


class Term(msgspec.Struct, frozen=True, tag="term"):
    """One word. ``is_prefix``: the word begins so."""

    word: str
    is_prefix: bool = False


class Phrase(msgspec.Struct, frozen=True, tag="phrase"):
    """Words that stand side by side, in this order."""

    words: tuple[str, ...]


class FieldTerm(msgspec.Struct, frozen=True, tag="field"):
    """A keyword equals a value; the fields are ``search.query.fields.FIELDS``."""

    field: str
    value: str


class Not(msgspec.Struct, frozen=True, tag="not"):
    """Records that the operand does not match."""

    operand: QueryNode


class And(msgspec.Struct, frozen=True, tag="and"):
    """Records that every operand matches; at least two operands."""

    operands: tuple[QueryNode, ...]


class Or(msgspec.Struct, frozen=True, tag="or"):
    """Records that any operand matches; at least two operands."""

    operands: tuple[QueryNode, ...]


QueryNode = Term | Phrase | FieldTerm | Not | And | Or


def all_of(operands: list[QueryNode]) -> QueryNode:
    """Return the conjunction in its plain form: flat, each operand once, a single operand as it is."""
    flat = _flat(operands, And)
    return flat[0] if len(flat) == 1 else And(flat)


def any_of(operands: list[QueryNode]) -> QueryNode:
    """Return the disjunction in its plain form: flat, each operand once, a single operand as it is."""
    flat = _flat(operands, Or)
    return flat[0] if len(flat) == 1 else Or(flat)


def none_of(operand: QueryNode) -> QueryNode:
    """Return the negation in its plain form: a negation of a negation is the operand."""
    return operand.operand if isinstance(operand, Not) else Not(operand)


def depth(node: QueryNode) -> int:
    """Return how many operators lie over the deepest leaf; 0 for a leaf."""
    match node:
        case Not(operand=operand):
            return 1 + depth(operand)
        case And(operands=operands) | Or(operands=operands):
            return 1 + max(map(depth, operands))
        case _:
            return 0


def _flat(operands: list[QueryNode], kind: type[And | Or]) -> tuple[QueryNode, ...]:
    spread: list[QueryNode] = []
    for operand in operands:
        spread.extend(operand.operands if isinstance(operand, kind) else (operand,))
    return tuple(dict.fromkeys(spread))


def with_templates_apart(operands: tuple[QueryNode, ...]) -> tuple[list[str], tuple[QueryNode, ...]]:
    """Return the templates that a disjunction asks for, and its other operands.

    A wording is up to thousands of templates that are one, and no store takes as many conditions side by side.
    """
    templates = [each.value for each in operands if isinstance(each, FieldTerm) and each.field == "template"]
    others = tuple(each for each in operands if not (isinstance(each, FieldTerm) and each.field == "template"))
    return templates, others
