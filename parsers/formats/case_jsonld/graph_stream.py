"""Walks a bundle from its front, node by node: its lists are entered, each node is decoded apart and let go.

A bundle lists its nodes under ``@graph``, under ``object``, as the root's own list, or as the objects of a bundle
that is a node of the graph.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from typing import Final

import msgspec

from parsers.byte_streams import ByteStream
from parsers.formats.case_jsonld.nodes import described_within, local_name
from parsers.json_decoding import Json, decode_json
from parsers.json_recovery import Gap, Keys, ListRule, RecoveringWalk
from parsers.json_runs import Between
from parsers.json_stream import JsonDamaged

_MOST_VALUE_BYTES: Final = 64 * 2**20
_LISTS: Final = frozenset({"@graph", "object"})
_BUNDLE = re.compile(rb'"(?:[^"\s]*[:/#])?(?:Bundle|InvestigationBundle)"')
_MARKS_OF_BUNDLES: Final = (b'"@graph"', b'Bundle"')
_FACET_MARKS: Final = (b"hasFacet", b"ropertyBundle", b'"facet"', b'"facets"')
_REFERENCE: Final = frozenset({"@id"})
_KEYWORDS: Final = frozenset({"@id", "@type", "@value", "@graph", "@list", "@set"})
_LOOKED_AT: Final = 1_024
_DEEPEST_BUNDLE: Final = 4
_LONGEST_ID: Final = 300
_MOST_GAPS: Final = 1_000
_ENDS: Final = b" \t\r\n}]"


class Found(msgspec.Struct, frozen=True):
    """A node as it stands in the file. ``held`` is None where it could not be decoded."""

    held: dict[str, Json] | None
    locator: str
    replaced: int = 0


class GraphStream:
    """Reads the nodes of one file, once.

    Attributes:
        damage: Notice code of what ended the reading. None: it came to the end.
        gaps: Malformed stretches that a node was lost in, the first thousand.
    """

    def __init__(self, stream: ByteStream) -> None:
        self._walk = RecoveringWalk(stream, _MOST_VALUE_BYTES)
        self._place = 0
        self._aliases: dict[str, str] = {}
        self.damage: str | None = None
        self.gaps: list[Gap] = []
        self._rule = ListRule(self._is_node)

    def nodes(self) -> Iterator[Found]:
        """Yield the nodes in the order of the file, those that stand within others behind them."""
        found, code, has_end = self._document(0), "input_malformed", False
        try:
            while True:
                try:
                    yield from found
                    if self._is_over():
                        return
                    has_end = True
                except JsonDamaged as damaged:
                    code, has_end = damaged.code, False
                # Brackets that were lost, or stand there too many, end no list that goes on behind them.
                yield from self._behind(None, code)
                found, code = self._values(0), "input_malformed"
        except JsonDamaged as damaged:
            self.damage = "input_malformed" if has_end else damaged.code

    def _is_over(self) -> bool:
        """Whether the file ends here: behind a list that was read on in, the ends of what that stands in follow."""
        ahead = self._walk.ahead(_LOOKED_AT)
        return not ahead or (bool(self.gaps) and len(ahead) < _LOOKED_AT and not ahead.strip(_ENDS))

    def _document(self, depth: int) -> Iterator[Found]:
        """Yield the nodes of an object that lists them, or of a list; else the object is a node itself."""
        if self._walk.kind() == "[":
            yield from self._list(depth)
            return
        if self._walk.kind() != "{":
            raise JsonDamaged("input_malformed")
        own: dict[str, Json] = {}
        has_list = False
        self._walk.enter()
        while (key := self._walk.next_key()) is not None:
            if (
                local_name(self._aliases.get(key, key)) in _LISTS
                and self._walk.kind() in {"[", "{"}
                and depth <= _DEEPEST_BUNDLE
            ):
                has_list = True
                yield from self._list(depth)
            elif key == "@context":
                self._learn_aliases(self._walk.value())
            else:
                own[self._aliases.get(key, key)] = self._plain(self._decoded())
        if own and (not has_list or "@type" in own):
            yield from self._node(own, 0)

    def _list(self, depth: int) -> Iterator[Found]:
        if self._walk.kind() == "{":
            yield from self._item(depth)
            return
        self._walk.enter()
        yield from self._values(depth)

    def _values(self, depth: int) -> Iterator[Found]:
        """Yield what stands in the list that the walk is in, and stand behind it."""
        between = Between()
        while True:
            begun, code = None, "input_malformed"
            try:
                for raw in self._walk.run(between, _LOOKED_AT, _MARKS_OF_BUNDLES):
                    yield from self._value(raw)
                if not self._walk.has_next():
                    return
                if (yield from self._item(depth)):
                    self._walk.learn(between)
                    continue
                begun = self._walk.begun
            except JsonDamaged as damaged:
                code = damaged.code
            yield from self._behind(begun, code)

    def _behind(self, begun: int | None, code: str) -> Iterator[Found]:
        """Stand before the next node, and yield what is malformed in front of it."""
        for gap in self._walk.behind(self._rule, begun, code):
            self._place += 1
            if len(self.gaps) < _MOST_GAPS:
                self.gaps.append(gap)
            yield Found(None, gap.locator)

    def _item(self, depth: int) -> Generator[Found, None, bool]:
        """Yield what comes next in a list. Returns whether it was JSON."""
        kind = self._walk.kind()
        if kind == "{" and self._holds_more(depth):
            yield from self._document(depth + 1)
            return True
        if kind == "[":
            if depth > _DEEPEST_BUNDLE:
                raise JsonDamaged("input_malformed")
            yield from self._list(depth + 1)
            return True
        return (yield from self._value(self._walk.value()))

    def _value(self, raw: bytes) -> Generator[Found, None, bool]:
        try:
            held, replaced = decode_json(raw)
        except ValueError:
            return False
        held = self._plain(held)
        if isinstance(held, dict) and held.keys() != _REFERENCE:
            yield from self._node(held, replaced, is_nested=_is_nested(raw))
        return True

    def _is_node(self, held: Keys) -> bool:
        """Whether an object is a node of a list, and no facet of one."""
        plain = self._plain(held)
        if not isinstance(plain, dict) or "@id" not in plain or "@type" not in plain:
            return False
        types = plain["@type"] if isinstance(plain["@type"], list) else [plain["@type"]]
        return not any(isinstance(each, str) and each.endswith("Facet") for each in types)

    def _learn_aliases(self, raw: bytes) -> None:
        """Take the names by which a context calls the keywords: ``id`` for ``@id``. They hold for what follows."""
        try:
            context, _ = decode_json(raw)
        except ValueError:
            return
        for each in context if isinstance(context, list) else [context]:
            for name, meant in each.items() if isinstance(each, dict) else ():
                keyword = meant.get("@id") if isinstance(meant, dict) else meant
                if isinstance(keyword, str) and keyword in _KEYWORDS:
                    self._aliases[name] = keyword

    def _plain(self, value: Json) -> Json:
        """Return a value with the keywords by their own names."""
        if not self._aliases or not isinstance(value, dict | list):
            return value
        if isinstance(value, list):
            return [self._plain(inner) for inner in value]
        return {self._aliases.get(name, name): self._plain(inner) for name, inner in value.items()}

    def _holds_more(self, depth: int) -> bool:
        """Whether the object that comes next is a bundle, which is entered and not decoded whole."""
        if depth > _DEEPEST_BUNDLE:
            return False
        front = self._walk.ahead(_LOOKED_AT)
        return b'"@graph"' in front or (b'Bundle"' in front and _BUNDLE.search(front) is not None)

    def _node(self, held: dict[str, Json], replaced: int, *, is_nested: bool = True) -> Iterator[Found]:
        self._place += 1
        yield Found(held, _locator(held, self._place), replaced)
        if is_nested:
            for inner in described_within(held):
                self._place += 1
                yield Found(inner, _locator(inner, self._place))

    def _decoded(self) -> Json:
        try:
            value, _ = decode_json(self._walk.value())
        except ValueError as error:
            raise JsonDamaged("input_malformed") from error
        return value


def _is_nested(raw: bytes) -> bool:
    return sum(map(raw.count, _FACET_MARKS)) > 1


def _locator(held: dict[str, Json], place: int) -> str:
    found = held.get("@id")
    return found if isinstance(found, str) and 0 < len(found) <= _LONGEST_ID else f"node no. {place}"
