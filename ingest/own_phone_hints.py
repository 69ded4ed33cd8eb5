"""Which phones have a number that was sought as their own: their records name the other side alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from search.contract import EdgeKind, Filters, Index
from search.linkage.phrases import listed

_PHONES_NAMED: Final = 3


async def own_phones(index: Index, number: str, filters: Filters) -> str:
    """Return what is said of phones whose own number was sought; empty where none that the filters leave has it.

    Args:
        index: An open index.
        number: As the index has it.
        filters: What narrowed the search.
    """
    scope = filters.extraction_ids
    found = {
        edge.extraction_id
        async for edge in index.edges(EdgeKind.OWN_NUMBER, [number])
        if scope is None or edge.extraction_id in scope
    }
    if not found:
        return ""
    phones = {
        entry.exhibit_ref or entry.extraction_id: "--exhibit" if entry.exhibit_ref else "extraction:"
        for entry in await index.entries()
        if entry.extraction_id in found
    }
    named = sorted(phones)[:_PHONES_NAMED]
    have = "has" if len(phones) == 1 else "have"
    which = listed(sorted(phones), _PHONES_NAMED)
    return (
        f"{which} {have} {number} as {'its' if len(phones) == 1 else 'their'} own number, which records of a phone "
        f"need not name. All that it holds: {_searches(named, phones)}."
    )


def _searches(named: Iterable[str], phones: dict[str, str]) -> str:
    return ", ".join(f"{how}{'' if how[-1] == ':' else ' '}{name}" for name in named if (how := phones[name]))
