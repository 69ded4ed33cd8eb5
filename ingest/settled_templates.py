"""A search for a template finds every wording that is one with it, as the report and the export count them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from search.contract import Index
from search.query.tree import And, FieldTerm, Not, Or, QueryNode, any_of
from search.template_groups import TemplateGroups, note_text

_TEMPLATE = "template"


async def with_settled_templates(index: Index, tree: QueryNode | None) -> QueryNode | None:
    """Return a query with each template that it asks for as any of the wordings that are one with it.

    Raises:
        IndexUnreachable: The store is not there.
    """
    asked = set(_asked(tree)) if tree is not None else set()
    if tree is None or not asked:
        return tree
    texts: dict[str, str] = {}
    async for entry in index.templates():
        note_text(texts, entry)
    groups = TemplateGroups(texts)
    wanted: dict[str, list[str]] = {groups.of(key): [] for key in asked}
    for key in sorted(texts):
        if (group := groups.of(key)) in wanted:
            wanted[group].append(key)
    found = {key: wanted[groups.of(key)] or [key] for key in asked}
    return _settled(tree, {key: any_of([FieldTerm(_TEMPLATE, each) for each in held]) for key, held in found.items()})


def _asked(node: QueryNode) -> Iterator[str]:
    match node:
        case FieldTerm(field="template", value=value):
            yield value
        case Not(operand=operand):
            yield from _asked(operand)
        case And(operands=operands) | Or(operands=operands):
            for operand in operands:
                yield from _asked(operand)
        case _:
            return


def _settled(node: QueryNode, wordings: Mapping[str, QueryNode]) -> QueryNode:
    match node:
        case FieldTerm(field="template", value=value):
            return wordings[value]
        case Not(operand=operand):
            return Not(_settled(operand, wordings))
        case And(operands=operands):
            return And(tuple(_settled(each, wordings) for each in operands))
        case Or(operands=operands):
            return any_of([_settled(each, wordings) for each in operands])
        case _:
            return node
