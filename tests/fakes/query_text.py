"""Writes a tree as the text that parses to it again."""

from __future__ import annotations

import re
from typing import assert_never

from search.query.tree import And, FieldTerm, Not, Or, Phrase, QueryNode, Term

_PLAIN_VALUE = re.compile(r"[\w+][\w+.-]*")


def render_query(node: QueryNode | None) -> str:
    """Return the text of a tree; empty for None."""
    return "" if node is None else _render(node)


def _render(node: QueryNode) -> str:
    match node:
        case Term(word=word, is_prefix=is_prefix):
            # Figures would run on into a telephone number with those that stand after them.
            return f"{word}*" if is_prefix else f'"{word}"' if word[0].isdigit() else word
        case Phrase(words=phrase):
            return f'"{" ".join(phrase)}"'
        case FieldTerm(field=field, value=value):
            # A bare number would run on into a number that stands after it.
            plain = field != "number" and _PLAIN_VALUE.fullmatch(value)
            return f"{field}:{value}" if plain else '{}:"{}"'.format(field, value.replace('"', '""'))
        case Not(operand=operand):
            return f"NOT {_grouped(operand)}"
        case And(operands=operands):
            return " ".join(_grouped(operand) for operand in operands)
        case Or(operands=operands):
            return " OR ".join(_grouped(operand) for operand in operands)
        case _:
            assert_never(node)


def _grouped(node: QueryNode) -> str:
    return f"({_render(node)})" if isinstance(node, And | Or) else _render(node)
