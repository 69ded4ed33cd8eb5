"""Ids that several nodes of a file bear: in JSON-LD all of them are one thing, which one node need not say whole.

A program may write a thing where it is named first with its type alone and again with its facets, or each facet in a
node of its own. Nodes that state the same facet twice are left apart: the same id with two contents is two facts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from parsers.formats.case_jsonld.nodes import Node
from parsers.json_decoding import Json

_BITS: Final = 1 << 25
_MOST_IDS: Final = 65_536


class SeenIds:
    """Tells which ids may stand in a file more than once, in 4 MiB however many there are.

    Attributes:
        again: Numbers of ids that came again, or share a bit with another that did; the first 65,536.
    """

    def __init__(self) -> None:
        self._bits = bytearray(_BITS // 8)
        self.again: set[int] = set()

    def see(self, number: int) -> None:
        """Take the number of an id."""
        place, bit = divmod(number % _BITS, 8)
        if not self._bits[place] >> bit & 1:
            self._bits[place] |= 1 << bit
        elif len(self.again) < _MOST_IDS:
            self.again.add(number)


def parts_of(nodes: Iterable[dict[str, Json]], facets_of: Callable[[Node], list[Node]]) -> list[dict[str, Json]] | None:
    """Return nodes of one id, where they are parts of one thing: several, one with facets, no facet stated twice.

    None: they are not. No further node is asked for once a facet came twice.
    """
    parts: list[dict[str, Json]] = []
    seen: set[str] = set()
    for held in nodes:
        own = {facet.type_name or "" for facet in facets_of(Node(held))}
        if seen & own:
            return None
        seen |= own
        parts.append(held)
    return parts if len(parts) > 1 and seen else None


def all_of(nodes: Iterable[dict[str, Json]]) -> dict[str, Json]:
    """Return all that several nodes of one id say; values that differ stand beside each other, in order."""
    merged: dict[str, Json] = {}
    # Lists of our own, which may grow: one made anew for every node takes quadratic time.
    lists: dict[str, list[Json]] = {}
    for held in nodes:
        for key, value in held.items():
            if key not in merged:
                merged[key] = value
            elif key != "@id" and merged[key] != value:
                if key not in lists:
                    merged[key] = lists[key] = [*_listed(merged[key])]
                lists[key] += _listed(value)
    return merged


def _listed(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [value]
