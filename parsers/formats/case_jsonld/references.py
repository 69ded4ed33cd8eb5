"""What nodes point at: the first reading puts every node aside that another may name, and who is linked to whom.

On disk, by a hash of the id; only what is looked up is decoded again, and the last of it is kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from parsers.formats.case_jsonld.graph_stream import GraphStream
from parsers.formats.case_jsonld.nodes import Node, is_described, kinds_of, named_within, reference_of, text_of
from parsers.formats.case_jsonld.parted_nodes import SeenIds, all_of, parts_of
from parsers.formats.case_jsonld.shared_facets import SharedFacets
from parsers.json_decoding import Json, decode_json
from parsers.side_table import SideTable, side_table

ACCOUNT_KINDS: Final = frozenset(
    {
        *("Account", "PhoneAccount", "DigitalAccount", "ApplicationAccount", "MobileAccount", "EmailAccount"),
        *("InstantMessagingAddress", "SocialMediaAccount", "UserAccount"),
    }
)
DEVICE_KINDS: Final = frozenset({"MobileDevice", "MobilePhone", "SmartPhone", "Device"})
HANDSET_KINDS: Final = DEVICE_KINDS - {"Device"}
ATTACHED, HAS_ACCOUNT, IN_THREAD, WITHIN, HAS_SYSTEM = "attached", "account", "thread", "within", "system"
NAMED: Final = "named"

_RELATIONSHIPS: Final = frozenset({"Relationship", "ObservableRelationship"})
_THREADS: Final = frozenset({"MessageThread", "Thread"})
_EVENTS: Final = frozenset({"Message", "SMSMessage", "Call", "PhoneCall"})
_KINDS_OF_RELATIONSHIP: Final = {
    "attachment_of": ATTACHED,
    "attached_to": ATTACHED,
    "has_account": HAS_ACCOUNT,
    "contained_within": WITHIN,
    "has_operating_system": HAS_SYSTEM,
}
_OWN_KINDS: Final = ("TraplineRecord", "TraplineParty", "TraplineSource")
# What our own export says of a message beyond the facts.
_OPINIONS: Final = frozenset({"TraplineAnalysis"})
# From a message to the list that names it, to the facet of that list, to the conversation's node.
_LONGEST_THREAD_PATH: Final = 4
_MOST_DEVICES: Final = 1_000
_MOST_MARKED: Final = 16_384
_CACHED: Final = 4_096


@lru_cache(maxsize=_CACHED)
def _union(*words: frozenset[str]) -> frozenset[str]:
    """Return words together; those of nodes that are written alike are the same objects."""
    return frozenset().union(*words)


class Link(msgspec.Struct, frozen=True, array_like=True):
    """One end of a link: its kind, the id it is kept under, and the id at the other end."""

    kind: str
    end: str
    other: str


class Thing:
    """A node with its facets.

    Attributes:
        node: The node itself.
        facets: As far as they are in the file, without what an analysis says of it.
        kinds: What the node and its facets are.
        own: The facet that our own export writes. None: the file is another program's.
    """

    __slots__ = ("_further", "_holders", "_names", "facets", "kinds", "node", "own")

    def __init__(self, node: Node, facets: list[Node]) -> None:
        self.node = node
        self.facets = [facet for facet in facets if facet.kinds.isdisjoint(_OPINIONS)]
        self.kinds = _union(node.kinds, *[facet.kinds for facet in self.facets])
        self.own = self.facet(*_OWN_KINDS)
        self._holders = (*self.facets, node)
        self._further: list[tuple[str, str]] = []
        self._names = _union(node.names, *[facet.names for facet in self.facets])

    def word(self, *names: str) -> str | None:
        """Return the first word that a facet, else the node, has under one of some names, in their order."""
        found = None
        # Most of what is asked for no thing says. All that do are asked, whichever has it: nothing of it is left over.
        for name in names if not self._names.isdisjoint(names) else ():
            for each in self._holders:
                if name in each.names:
                    word = each.word(name)
                    found = word if found is None else found
        return found

    def text(self, *names: str) -> str | None:
        """Return the first text so, exactly as it stands; any other is left over."""
        found = None
        for name in names if not self._names.isdisjoint(names) else ():
            for each in self._holders:
                if name in each.names:
                    text = each.text(name)
                    if found is not None or each.has_several(name):
                        self._further += [(name, further) for further in each.texts(name) if further != (found or text)]
                    found = text if found is None else found
        return found

    def words(self, *names: str) -> list[str]:
        """Return every word so, each once."""
        return list(self._words(names))

    def written(self, *names: str) -> list[str]:
        """Return every word so, each once, with the white space that stands around it."""
        return list(self._words(names).values())

    def _words(self, names: tuple[str, ...]) -> dict[str, str]:
        """Return every word so, and how it is written where it stands first."""
        found: dict[str, str] = {}
        for name in names if not self._names.isdisjoint(names) else ():
            for each in self._holders:
                for text in each.texts(name) if name in each.names else ():
                    if word := text.strip():
                        found.setdefault(word, text)
        return found

    def items(self, *names: str) -> list[Json]:
        """Return every value so."""
        if self._names.isdisjoint(names):
            return []
        found: list[Json] = []
        for name in names:
            for each in self._holders:
                if name in each.names:
                    found += each.items(name)
        return found

    def says(self, names: Iterable[str]) -> bool:
        """Whether anything stands under one of some names."""
        return not self._names.isdisjoint(names)

    def facet(self, *kinds: str) -> Node | None:
        """Return the first facet of one of some kinds. None: it has none."""
        if self.kinds.isdisjoint(kinds):
            return None
        return next((facet for facet in self.facets if not facet.kinds.isdisjoint(kinds)), None)

    def has_further(self, *names: str) -> bool:
        """Whether further texts stood beside one that was taken under one of some names."""
        return any(name in names for name, _ in self._further)

    def left(self) -> Iterator[tuple[str, str]]:
        """Yield what nothing has asked for, and what stands beside the text that was taken."""
        yield from self._further
        for each in (*self.facets, self.node):
            yield from each.left()


class References:
    """The nodes of one file, to be looked up by id.

    Attributes:
        device_ids: Nodes that say by their type that they are a device.
        handset_ids: Those among them that are a handset.
    """

    def __init__(self, nodes: SideTable[bytes], links: SideTable[Link]) -> None:
        self.device_ids: list[str] = []
        self.handset_ids: list[str] = []
        self._nodes = nodes
        self._links = links
        self._linked_kinds: set[str] = set()
        self._marked: set[str] = set()
        self._ids = SeenIds()
        # What was decided of an id, once: each holds no more of them than came again.
        self._told: set[int] = set()
        self._apart: set[int] = set()
        self._last_end: str | None = None
        self._last_links: list[Link] = []
        self._shared = SharedFacets()
        self.thing = lru_cache(maxsize=_CACHED)(self._thing)
        self._held = lru_cache(maxsize=_CACHED)(self._read_held)

    def learn(self, held: dict[str, Json]) -> None:
        """Put a node aside, and note what it links."""
        node = Node(held)
        facets = [item for item in node.facet_items() if isinstance(item, dict) and is_described(item)]
        kinds = _union(node.kinds, *map(kinds_of, facets))
        if node.kinds & _RELATIONSHIPS:
            self._learn_relationship(node)
        for named in named_within(held):
            self._mark(named)
        if not kinds.isdisjoint(_THREADS):
            self._learn_threads(node, [Node(facet) for facet in facets])
        if node.id is None or node.kinds & _RELATIONSHIPS:
            return
        if not node.is_facet:
            self._ids.see(_number(node.id))
        if kinds & DEVICE_KINDS and not node.is_facet and len(self.device_ids) < _MOST_DEVICES:
            self.device_ids.append(node.id)
            if kinds & HANDSET_KINDS:
                self.handset_ids.append(node.id)
        if not (facets and kinds & _EVENTS):
            self._nodes.put(_number(node.id), _encoded(held))

    @property
    def has_repeated(self) -> bool:
        """Whether several nodes may bear one id."""
        return bool(self._ids.again)

    def learn_repeated(self, held: dict[str, Json]) -> None:
        """Put an event aside that may stand there in parts; any other node was put aside before."""
        node = Node(held)
        if node.id is None or node.is_facet or node.kinds & _RELATIONSHIPS or _number(node.id) not in self._ids.again:
            return
        facets = [item for item in node.facet_items() if isinstance(item, dict) and is_described(item)]
        if facets and _union(node.kinds, *map(kinds_of, facets)) & _EVENTS:
            self._nodes.put(_number(node.id), _encoded(held))

    def whole(self, node: Node) -> Node | None:
        """Return a node with what others of its id say, where they are its parts. None: it was told with the first."""
        number = _number(node.id) if node.id is not None and self._ids.again else None
        if node.id is None or number not in self._ids.again or number in self._apart:
            return node
        if number in self._told:
            return None
        parts = parts_of(self._held_each(node.id), self.facets_of)
        (self._apart if parts is None else self._told).add(number)
        return node if parts is None else Node(all_of(parts))

    def linked(self, kind: str, end: str | None) -> list[str]:
        """Return the ids at the other ends of the links of a kind, each once, in the order of the file."""
        if end is None or kind not in self._linked_kinds:
            return []
        if self._last_end != end:
            # Of a message it is asked more than once.
            self._last_end, self._last_links = end, self._links.of(_number(end))
        found = self._last_links
        return list(dict.fromkeys(link.other for link in found if link.kind == kind and link.end == end))

    def thread_of(self, node_id: str | None) -> str | None:
        """Return the conversation that lists a message: its own identifier, else the id of its node."""
        found = None
        for _ in range(_LONGEST_THREAD_PATH):
            further = self.linked(IN_THREAD, found or node_id)
            if not further:
                break
            found = further[0]
        return found

    def is_named(self, node_id: str | None) -> bool:
        """Whether a record or a facet names a node as its own."""
        return bool(self.linked(NAMED, node_id))

    def described(self, value: Json) -> Thing | None:
        """Return the thing that a value points at or is. None: a literal, or it is not in the file."""
        if isinstance(value, dict) and is_described(value):
            node = Node(value)
            return Thing(node, self.facets_of(node))
        found = reference_of(value)
        if found is None and isinstance(value, str):
            # In old versions a reference is a text.
            found = value
        return None if found is None else self.thing(found)

    def facets_of(self, node: Node, locator: str | None = None) -> list[Node]:
        """Return the facets of a node, those that stand elsewhere in the file too.

        Args:
            node: The node.
            locator: Where the record stands that is made of it; see ``SharedFacets``. None: none is.
        """
        facets: list[Node] = []
        for item in node.facet_items():
            if isinstance(item, dict) and is_described(item):
                facets.append(Node(item))
                continue
            found = reference_of(item) or text_of(item)
            held = self._held(found) if found is not None else None
            if found is not None and held is not None:
                facets.append(Node(held if locator is None else self._shared.for_record(held, found, locator)))
        return facets

    def _thing(self, node_id: str) -> Thing | None:
        held = self._held(node_id)
        if held is None:
            return None
        node = Node(held)
        return Thing(node, self.facets_of(node))

    def _read_held(self, node_id: str) -> dict[str, Json] | None:
        """Return a node; where the file describes it in several places, all that they say."""
        return all_of(self._held_each(node_id)) or None

    def _held_each(self, node_id: str) -> Iterator[dict[str, Json]]:
        for raw in self._nodes.of(_number(node_id)):
            held, _ = decode_json(raw)
            if isinstance(held, dict) and held.get("@id") == node_id:
                yield held

    def _learn_relationship(self, node: Node) -> None:
        kind = _KINDS_OF_RELATIONSHIP.get((node.word("kindOfRelationship") or "").casefold().replace(" ", "_"))
        if kind is None:
            return
        sources = [found for item in node.items("source") if (found := reference_of(item) or text_of(item))]
        targets = [found for item in node.items("target") if (found := reference_of(item) or text_of(item))]
        for source in sources:
            for target in targets:
                # An attachment is looked up from what it is attached to.
                end, other = (target, source) if kind == ATTACHED else (source, target)
                self._link(kind, end, other)
                if kind == ATTACHED:
                    self._mark(source)

    def _learn_threads(self, node: Node, facets: list[Node]) -> None:
        for each in (node, *facets):
            if "MessageThread" in each.kinds:
                self._learn_thread(node, each)
            elif "Thread" in each.kinds and each.id is not None:
                self._learn_elements(each, each.id)
        if "MessageThread" in node.kinds and not node.is_facet and node.id is not None:
            for item in node.facet_items():
                found = reference_of(item)
                if found is not None and not is_described(item):
                    self._link(IN_THREAD, found, node.word("identifier") or node.id)

    def _learn_thread(self, node: Node, facet: Node) -> None:
        thread = facet.word("identifier", "threadIdentifier") or node.word("identifier") or node.id
        if thread is None:
            return
        for item in facet.items("messageThread", "message", "messages"):
            found = reference_of(item)
            if found is not None:
                self._link(IN_THREAD, found, thread)
            if isinstance(item, dict):
                self._learn_elements(Node(item), thread)

    def _learn_elements(self, thread: Node, name: str) -> None:
        # An ordered list has slots, each with its item; a collection has elements.
        slots = [inner for slot in thread.items("slot") if isinstance(slot, dict) for inner in Node(slot).items("item")]
        for item in (*thread.items("element"), *slots):
            found = reference_of(item) or text_of(item)
            if found is not None:
                self._link(IN_THREAD, found, name)

    def _mark(self, node_id: str) -> None:
        if node_id in self._marked:
            return
        if len(self._marked) >= _MOST_MARKED:
            self._marked.clear()
        self._marked.add(node_id)
        self._link(NAMED, node_id, "")

    def _link(self, kind: str, end: str, other: str) -> None:
        self._linked_kinds.add(kind)
        self._links.put(_number(end), Link(kind, end, other))


@contextmanager
def learnt_references(file: BinaryIO, scratch_dir: Path) -> Iterator[References]:
    """Read a file for what its nodes point at; damage ends it, and is told by the reading for records.

    Once, and where ids stand there several times once more for what stands there in parts.
    """
    with side_table(scratch_dir, bytes) as nodes, side_table(scratch_dir, Link) as links:
        references = References(nodes, links)
        for found in GraphStream(file).nodes():
            if found.held is not None:
                references.learn(found.held)
        if references.has_repeated:
            file.seek(0)
            for found in GraphStream(file).nodes():
                if found.held is not None:
                    references.learn_repeated(found.held)
        yield references


def _encoded(held: dict[str, Json]) -> bytes:
    try:
        return msgspec.json.encode(held)
    except (OverflowError, ValueError):
        return json.dumps(held).encode()


def _number(node_id: str) -> int:
    return int.from_bytes(blake2b(node_id.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)
