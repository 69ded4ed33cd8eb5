"""Edges of several extractions in the order of the index, merged from those of each.

After a drop linkage asks for the edges of as many extractions as before and one more: what was merged is taken again,
and the edges of one extraction are put in their places.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import Final, TypeVar

from search.contract import Edge, Flare, TemplateEntry
from search.stored_values import keyword

_MOST_HELD: Final = 4
"""Answers that are held of a kind: linkage asks several questions of it."""
_MOST_ANEW: Final = 0.1
"""Share of edges that are put in their places one by one; with more, all are sorted."""

_ValueT = TypeVar("_ValueT", Edge, Flare, TemplateEntry)
_Parts = Mapping[str, Sequence[Edge]]
"""Edges by extraction, in order."""


class Merged:
    """The last answers, each with what it was merged from. Nobody changes what is given to it, or what it gives."""

    def __init__(self) -> None:
        self._held: list[tuple[_Parts, list[Edge]]] = []

    def of(self, parts: _Parts) -> list[Edge]:
        """Return the edges of all parts, in order; a part is the one of before where it is the very same list."""
        answer = parts, self._merged(parts)
        # the ones before are left as they are: another thread may ask
        self._held = [answer, *(held for held in self._held if held[0].keys() != parts.keys())][:_MOST_HELD]
        return answer[1]

    def _merged(self, parts: _Parts) -> list[Edge]:
        all_count = sum(map(len, parts.values()))
        for before, edges in self._held:
            others = {
                extraction_id
                for extraction_id in before.keys() | parts.keys()
                if before.get(extraction_id) is not parts.get(extraction_id)
            }
            if not others:
                return edges
            anew = list(chain.from_iterable(parts.get(extraction_id, ()) for extraction_id in sorted(others)))
            kept_count = all_count - len(anew)
            if len(anew) <= _MOST_ANEW * all_count and len(edges) - kept_count <= all_count:
                return with_some_anew(edges, others, anew, order_of)
        return sorted(chain.from_iterable(parts.values()), key=order_of)


def with_some_anew(
    held: Iterable[_ValueT],
    extraction_ids: Collection[str],
    anew: Iterable[_ValueT],
    order: Callable[[_ValueT], tuple[str, ...]],
) -> list[_ValueT]:
    """Return what is held in order, with what some extractions have now in place of what they had.

    Args:
        held: In order.
        extraction_ids: The extractions.
        anew: What they have now; what is equal in order comes in its own.
        order: Returns what the index orders by.
    """
    found = [each for each in held if each.extraction_id not in extraction_ids]
    for each in anew:
        insort(found, each, key=order)
    return found


def order_of(edge: Edge) -> tuple[str, str, str, str, str]:
    """Return what the index orders edges by; those of one extraction come in their order."""
    key, role, other, label = keyword(edge.key), keyword(edge.role), keyword(edge.other), keyword(edge.label)
    return key, edge.extraction_id, role, other, label
