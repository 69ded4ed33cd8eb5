"""Nodes of a graph: what a node says by the last part of each name, whichever prefix or address stands before it.

Exporters write ``uco-observable:messageText``, the full address, and the bare word; values as texts, as typed values
(``@value``), as lists of either, and references as ``@id``, as the node itself, and in old versions as a text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from parsers.json_decoding import Json

_BREAKS: Final = ("/", "#", ":")
_LISTS: Final = ("@list", "@set", "@graph")
_FACET_KEYS: Final = frozenset({"hasFacet", "hasPropertyBundle", "propertyBundle", "facets", "facet"})
_FACET_SUFFIX: Final = "Facet"
# Named by every node; none says what the thing is.
_GENERAL: Final = frozenset({"ObservableObject", "UcoObject", "UcoThing", "Observable", "Trace", "CyberItem", "Thing"})
_LONGEST_EXTRA: Final = 2_000
_DEEPEST: Final = 32
_LONGEST_ID: Final = 300


@lru_cache(maxsize=8_192)
def local_name(name: str) -> str:
    """Return the last part of a name; ``messageText`` of ``uco-observable:messageText``."""
    if name.startswith("@"):
        return name
    return name[max(name.rfind(mark) for mark in _BREAKS) + 1 :] or name


@lru_cache(maxsize=1_024)
def _kinds_of(types: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name.removesuffix(_FACET_SUFFIX) or name for name in types)


class Node:
    """One node or facet. What is asked for is taken; ``left`` gives the rest.

    Attributes:
        id: As written. None: it has none.
        types: Last parts of its types, in order.
        kinds: The same as facets and things share them: ``Message`` of ``MessageFacet``.
    """

    __slots__ = ("_asked", "_held", "id", "kinds", "types")

    def __init__(self, raw: dict[str, Json]) -> None:
        self._held: dict[str, Json] = {}
        for key, value in raw.items():
            self._held.setdefault(local_name(key), value)
        found = self._held.pop("@id", None)
        self.id = found if isinstance(found, str) else None
        types = self._held.pop("@type", None)
        if isinstance(types, str):
            self.types: tuple[str, ...] = (local_name(types),)
        else:
            self.types = tuple(dict.fromkeys(local_name(text) for text in _flat(types) if isinstance(text, str)))
        self.kinds = _kinds_of(self.types)
        self._asked: set[str] = set()

    def items(self, *names: str) -> list[Json]:
        """Return the values of some names, lists among them opened."""
        found: list[Json] = []
        for name in names:
            self._asked.add(name)
            if name in self._held:
                found += _flat(self._held[name])
        return found

    def texts(self, *names: str) -> list[str]:
        """Return the literal values of some names, each once."""
        return list(dict.fromkeys(text for item in self.items(*names) if (text := text_of(item)) is not None))

    def text(self, *names: str) -> str | None:
        """Return the first literal value of some names. None: there is none."""
        return next((text for item in self.items(*names) if (text := text_of(item)) is not None), None)

    def word(self, *names: str) -> str | None:
        """Return the first literal value that is not blank, without white space around it."""
        return next((word for item in self.items(*names) if (word := (text_of(item) or "").strip())), None)

    @property
    def names(self) -> Iterable[str]:
        """The names under which it says something."""
        return self._held.keys()

    def facet_items(self) -> list[Json]:
        """Return its facets: the facets themselves, or references to them."""
        return self.items(*(key for key in self._held if key in _FACET_KEYS))

    def left(self) -> Iterator[tuple[str, str]]:
        """Yield what nothing has asked for: name and text, in order."""
        for name, value in self._held.items():
            if name in self._asked or name in _FACET_KEYS:
                continue
            for item in _flat(value):
                text = text_of(item)
                text = reference_of(item) if text is None else text
                if text is not None and text.strip():
                    yield name, _short(text)

    @property
    def is_facet(self) -> bool:
        """Whether it is the facet of something, by its type."""
        return any(name.endswith(_FACET_SUFFIX) for name in self.types)

    @property
    def type_name(self) -> str | None:
        """The type that says most. None: it has none but those that every node has."""
        return next((name for name in self.types if name not in _GENERAL), None)


def text_of(value: Json) -> str | None:
    """Return a literal as text. None: it is none, or a reference."""
    if isinstance(value, dict):
        value = value.get("@value")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    return value if isinstance(value, str) else None


def reference_of(value: Json) -> str | None:
    """Return the id of the node that a value points at, or is. None: it is a literal."""
    found = value.get("@id") if isinstance(value, dict) else None
    return found if isinstance(found, str) else None


def is_described(value: Json) -> bool:
    """Whether a value says more of a node than its id."""
    return isinstance(value, dict) and "@value" not in value and any(key != "@id" for key in value)


def described_within(value: Json, depth: int = 0) -> Iterator[dict[str, Json]]:
    """Yield the nodes with facets of their own that stand within a node, outermost first."""
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        if depth and any(local_name(key) in _FACET_KEYS for key in value):
            yield value
        for inner in value.values():
            if isinstance(inner, dict | list):
                yield from described_within(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            if isinstance(inner, dict | list):
                yield from described_within(inner, depth + 1)


def named_within(value: Json, names: frozenset[str]) -> Iterator[str]:
    """Yield the ids that stand under some names in a node or in what it holds; in old versions an id is a text."""
    waiting = [value]
    while waiting:
        held = waiting.pop()
        if isinstance(held, dict):
            for key in held:
                if local_name(key) in names:
                    yield from _ids_in(held[key])
            waiting += [inner for inner in held.values() if isinstance(inner, dict | list)]
        elif isinstance(held, list):
            waiting += [inner for inner in held if isinstance(inner, dict | list)]


def _ids_in(value: Json) -> Iterator[str]:
    for item in _flat(value):
        found = reference_of(item) or (item if isinstance(item, str) else None)
        if found is not None and len(found) <= _LONGEST_ID:
            yield found


def _flat(value: Json) -> list[Json]:
    if isinstance(value, list):
        return [inner for item in value for inner in _flat(item)]
    if isinstance(value, dict):
        for key in _LISTS:
            if key in value:
                return _flat(value[key])
    return [] if value is None else [value]


def _short(text: str) -> str:
    if len(text) <= _LONGEST_EXTRA:
        return text
    return f"{text[:80]} ... ({len(text)} characters, whole in the original)"
