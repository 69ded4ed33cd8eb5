"""Of which handset the records of a bundle are, where it is of several: by what ``Contained_Within`` says.

Handsets are told apart by IMEI: nodes that share one are one handset, and a node without one tells none apart.
"""

from __future__ import annotations

from typing import BinaryIO, Final

from parsers.device_ids import imei_key
from parsers.formats.case_jsonld.graph_stream import GraphStream
from parsers.formats.case_jsonld.nodes import Node
from parsers.formats.case_jsonld.references import WITHIN, References, Thing
from parsers.formats.case_jsonld.thing_records import kind_of

_LISTED: Final = frozenset({"message", "call", "contact"})
"""What was read off a handset; an account or a card may stand in a bundle for somebody else's."""

_DEEPEST: Final = 8
_MOST_PASSED: Final = 256


class Handsets:
    """Tells which handset a node is of.

    Attributes:
        are_several: Whether the bundle names handsets with different IMEIs.
    """

    def __init__(self, references: References) -> None:
        self._references = references
        self._handset_of = _handsets_of(references)
        self.are_several = len(set(self._handset_of.values())) > 1
        self._holders: set[str] = set()

    def place_all(self, file: BinaryIO) -> None:
        """Read the bundle for which of the handsets anything was read off; from its beginning."""
        file.seek(0)
        for found in GraphStream(file).nodes():
            node = Node(found.held) if found.held is not None else None
            if node is None or node.is_facet:
                continue
            thing = Thing(node, self._references.facets_of(node))
            if thing.own is not None or kind_of(thing) not in _LISTED:
                continue
            if (handset := self._of(node.id)) is not None:
                self._holders.add(handset)

    @property
    def are_apart(self) -> bool:
        """Whether each handset has an extraction; one that is only named beside the other takes nothing from it.

        What no relation places stays with the only handset in which others lie: apart, it would be a second phone.
        """
        return len(self._holders) > 1

    def part_of(self, node_id: str | None) -> str | None:
        """Return what tells the extraction of a node apart. None: it is of the file, or of none of the handsets."""
        if not self.are_apart:
            return None
        handset = self._of(node_id)
        return handset if handset in self._holders else None

    def is_unplaced(self, node_id: str | None, kind: str) -> bool:
        """Whether a record is of one of several handsets and nothing says of which."""
        return self.are_several and kind in _LISTED and self._of(node_id) is None

    def tells_identity(self, node_id: str | None) -> bool:
        """Whether what a handset or card states is the identity of its extraction."""
        return not self._holders or self._of(node_id) in self._holders

    def nodes_of(self, part: str | None) -> list[str]:
        """Return the nodes of the one handset that an extraction is of; none where it is of several or of none."""
        if self.are_several:
            only = next(iter(self._holders)) if len(self._holders) == 1 and not self.are_apart else part
            return [node_id for node_id, handset in self._handset_of.items() if handset == only]
        named = list(dict.fromkeys(self._references.handset_ids or self._references.device_ids))
        return named if len(named) == 1 or all(each in self._handset_of for each in named) else []

    def _of(self, node_id: str | None) -> str | None:
        """Return the handset that a node is, or is contained in over whatever lies between. None: none, or several."""
        found: set[str] = set()
        passed: set[str] = set()
        ahead = [node_id] if node_id is not None else []
        for _ in range(_DEEPEST):
            found.update(self._handset_of[each] for each in ahead if each in self._handset_of)
            further = [each for each in ahead if each not in self._handset_of and each not in passed]
            passed.update(further)
            if not further or len(passed) > _MOST_PASSED:
                break
            ahead = [target for each in further for target in self._references.linked(WITHIN, each)]
        return next(iter(found)) if len(found) == 1 else None


def _handsets_of(references: References) -> dict[str, str]:
    """Return node to handset: the lowest key of the IMEIs that it and the nodes that share one with it state."""
    keys_of: dict[str, set[str]] = {}
    for node_id in dict.fromkeys(references.handset_ids or references.device_ids):
        thing = references.thing(node_id)
        keys = {key for text in thing.words("IMEI") if (key := imei_key(text))} if thing is not None else set()
        if keys:
            keys_of[node_id] = keys
    handsets: list[set[str]] = []
    for keys in keys_of.values():
        joined = keys.union(*(held for held in handsets if held & keys))
        handsets = [held for held in handsets if not held & keys] + [joined]
    return {node_id: min(next(held for held in handsets if held & keys)) for node_id, keys in keys_of.items()}
