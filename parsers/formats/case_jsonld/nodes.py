"""Nodes of a graph: what a node says by the last part of each name, whichever prefix or address stands before it.

Exporters write ``uco-observable:messageText``, the full address, and the bare word; values as texts, as typed values
(``@value``), as lists of either, and references as ``@id``, as the node itself, and in old versions as a text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

import msgspec

from parsers.json_decoding import Json
from parsers.json_extra import others
from parsers.remembered import Remembered

_BREAKS: Final = ("/", "#", ":")
_LISTS: Final = ("@list", "@set", "@graph")
_LIST_NAMES: Final = frozenset(_LISTS)
_IDENTITY: Final = frozenset({"@id", "@type"})
_FACET_KEYS: Final = frozenset({"hasFacet", "hasPropertyBundle", "propertyBundle", "facets", "facet"})
_FACET_SUFFIX: Final = "Facet"
NAMING: Final = frozenset(
    {
        *("from", "to", "participant", "phoneNumber", "contactPhoneNumber", "emailAddress", "contactMessagingPlatform"),
        *("screenName", "IMSI", "MSISDN", "ICCID", "dataPayloadReferenceURL", "application", "sourceApplication"),
        *("operatingSystem", "manufacturer", "carrier", "accountIssuer", "contactPhone", "contactEmail"),
        *("contactMessaging", "contactSIP"),
    }
)
"""Under these a record or a facet names the nodes that belong to it."""

# Named by every node; none says what the thing is.
_GENERAL: Final = frozenset({"ObservableObject", "UcoObject", "UcoThing", "Observable", "Trace", "CyberItem", "Thing"})
_DATA_TYPES: Final = ("xsd:", "xs:", "http://www.w3.org/2001/XMLSchema#")
"""How the types of literals begin."""

_LONGEST_EXTRA: Final = 2_000
_NESTED: Final = (dict, list)
_DEEPEST: Final = 32
_LONGEST_ID: Final = 300


@lru_cache(maxsize=8_192)
def local_name(name: str) -> str:
    """Return the last part of a name; ``messageText`` of ``uco-observable:messageText``."""
    if name.startswith("@"):
        return name
    return name[max(name.rfind(mark) for mark in _BREAKS) + 1 :] or name


class _Names(msgspec.Struct, frozen=True):
    """What the names of an object say, worked out once for objects that are written alike.

    Attributes:
        keys: The last part of each to the name as written, in order; of several alike the first.
        said: The last parts without those of id and types.
        facets: Those under which facets stand.
        naming: The names as written under which other nodes are named as the node's own.
    """

    keys: dict[str, str]
    said: frozenset[str]
    facets: tuple[str, ...]
    naming: tuple[str, ...]


class _Types(msgspec.Struct, frozen=True):
    """What the types of a node say; see ``Node``."""

    types: tuple[str, ...]
    kinds: frozenset[str]
    is_facet: bool
    type_name: str | None


_KNOWN_NAMES: Final[Remembered[tuple[str, ...], _Names]] = Remembered()
_KNOWN_TYPES: Final[Remembered[str, _Types]] = Remembered()


def _names_of(raw: dict[str, Json]) -> _Names:
    keys = tuple(raw)
    found = _KNOWN_NAMES.get(keys)
    if found is None:
        local = tuple(local_name(key) for key in keys)
        found = _Names(
            # From the last to the first, so that the first stays; in order of the first again.
            dict(reversed(dict(zip(reversed(local), reversed(keys), strict=True)).items())),
            frozenset(local) - _IDENTITY,
            tuple(dict.fromkeys(name for name in local if name in _FACET_KEYS)),
            tuple(key for key, name in zip(keys, local, strict=True) if name in NAMING),
        )
        _KNOWN_NAMES.keep(keys, found, sum(map(len, keys)))
    return found


def _types_of(value: Json) -> _Types:
    found = _KNOWN_TYPES.get(value) if isinstance(value, str) else None
    if found is not None:
        return found
    if isinstance(value, str):
        types: tuple[str, ...] = (local_name(value),)
    else:
        types = tuple(dict.fromkeys(local_name(text) for text in _flat(value) if isinstance(text, str)))
    found = _Types(
        types,
        frozenset(name.removesuffix(_FACET_SUFFIX) or name for name in types),
        any(name.endswith(_FACET_SUFFIX) for name in types),
        next((name for name in types if name not in _GENERAL), None),
    )
    if isinstance(value, str):
        _KNOWN_TYPES.keep(value, found, len(value))
    return found


class Node:
    """One node or facet. What is asked for is taken; ``left`` gives the rest.

    Attributes:
        id: As written. None: it has none.
        types: Last parts of its types, in order.
        kinds: The same as facets and things share them: ``Message`` of ``MessageFacet``.
        is_facet: Whether it is the facet of something, by its type.
        type_name: The type that says most. None: it has none but those that every node has.
        names: The names under which it says something.
    """

    __slots__ = (
        *("_asked", "_facet_names", "_keys", "_raw", "_unread"),
        *("id", "is_facet", "kinds", "names", "type_name", "types"),
    )

    def __init__(self, raw: dict[str, Json]) -> None:
        names = _names_of(raw)
        # The object stays as it is: a copy under other names for each would take longer than all that is asked of most.
        self._raw = raw
        self._keys = keys = names.keys
        found = raw[keys["@id"]] if "@id" in keys else None
        self.id = found if isinstance(found, str) else None
        stated = _types_of(raw[keys["@type"]] if "@type" in keys else None)
        self.types, self.kinds = stated.types, stated.kinds
        self.is_facet, self.type_name = stated.is_facet, stated.type_name
        self.names = names.said
        self._facet_names = names.facets
        self._asked: set[str] = set()
        self._unread: tuple[str, ...] = ()
        """Names that were asked for a literal and have a value that is a broken one."""

    def _value(self, name: str) -> Json:
        key = self._keys.get(name)
        return None if key is None else self._raw[key]

    def items(self, *names: str) -> list[Json]:
        """Return the values of some names, lists among them opened."""
        self._asked.update(names)
        if len(names) == 1:
            key = self._keys.get(names[0])
            return [] if key is None else _flat(self._raw[key])
        return [item for name in names for item in _flat(self._value(name))]

    def texts(self, *names: str) -> list[str]:
        """Return the literal values of some names, each once."""
        found: dict[str, None] = {}
        for name in names:
            for item in self.items(name):
                if (text := text_of(item)) is not None:
                    found[text] = None
                else:
                    self._note_unread(name, item)
        return list(found)

    def _note_unread(self, name: str, item: Json) -> None:
        if _is_broken_literal(item) and name not in self._unread:
            self._unread += (name,)

    def text(self, *names: str) -> str | None:
        """Return the first literal value of some names. None: there is none."""
        self._asked.update(names)
        for name in names:
            key = self._keys.get(name)
            if key is None:
                continue
            value = self._raw[key]
            if isinstance(value, str):
                return value
            for item in _flat(value):
                if (text := text_of(item)) is not None:
                    return text
                self._note_unread(name, item)
        return None

    def has_several(self, name: str) -> bool:
        """Whether more than one value stands under a name, as far as can be seen without opening it."""
        value = self._value(name)
        return isinstance(value, list) and len(value) > 1

    def word(self, *names: str) -> str | None:
        """Return the first literal value that is not blank, without white space around it."""
        self._asked.update(names)
        for name in names:
            for item in _flat(self._value(name)):
                if word := (text_of(item) or "").strip():
                    return word
                self._note_unread(name, item)
        return None

    def facet_items(self) -> list[Json]:
        """Return its facets: the facets themselves, or references to them."""
        return self.items(*self._facet_names)

    def left(self) -> Iterator[tuple[str, str]]:
        """Yield what nothing has asked for, or could be made no literal of: name and text, in order."""
        for name in self._unread:
            for item in filter(_is_broken_literal, _flat(self._value(name))):
                yield from others({name: item}, (name,))
        if self.names <= self._asked:
            return
        for name, key in self._keys.items():
            if name in self._asked or name in _FACET_KEYS or name in _IDENTITY:
                continue
            for item in _flat(self._raw[key]):
                text = text_of(item)
                text = reference_of(item) if text is None else text
                if text is not None and text.strip():
                    yield name, _short(text)
                elif isinstance(item, dict) and "@type" not in item:
                    yield from others({name: item}, (name,))


def text_of(value: Json) -> str | None:
    """Return a literal as text. None: it is none, or a reference."""
    if isinstance(value, dict):
        value = value.get("@value")
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    return None


def _is_broken_literal(value: Json) -> bool:
    """Whether a value has the type of a literal and no text under ``@value``: a damaged name, or it holds more."""
    if not isinstance(value, dict) or text_of(value) is not None:
        return False
    stated = value.get("@type")
    return isinstance(stated, str) and stated.startswith(_DATA_TYPES)


def reference_of(value: Json) -> str | None:
    """Return the id of the node that a value points at, or is. None: it is a literal."""
    found = value.get("@id") if isinstance(value, dict) else None
    return found if isinstance(found, str) else None


def is_described(value: Json) -> bool:
    """Whether a value says more of a node than its id."""
    return isinstance(value, dict) and "@value" not in value and len(value) > ("@id" in value)


def described_within(value: Json, depth: int = 0) -> Iterator[dict[str, Json]]:
    """Yield the nodes with facets of their own that stand within a node, outermost first."""
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        if depth and any(local_name(key) in _FACET_KEYS for key in value):
            yield value
        for inner in value.values():
            if isinstance(inner, _NESTED):
                yield from described_within(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            if isinstance(inner, _NESTED):
                yield from described_within(inner, depth + 1)


def named_within(value: Json) -> list[str]:
    """Return the ids that stand under the names of ``NAMING`` in a node or in what it holds."""
    found: list[str] = []
    waiting = [value]
    for held in waiting:
        inner: Iterable[Json] = ()
        if isinstance(held, dict):
            for key in _names_of(held).naming:
                found += _ids_in(held[key])
            inner = held.values()
        elif isinstance(held, list):
            inner = held
        for each in inner:
            # What says no more than an id, as most of them do, names nothing itself.
            if isinstance(each, dict):
                if len(each) > 1 or not isinstance(each.get("@id"), str):
                    waiting.append(each)
            elif isinstance(each, list):
                waiting.append(each)
    return found


def _ids_in(value: Json) -> list[str]:
    """Return the ids in a value; in old versions an id is a text."""
    found = [item if isinstance(item, str) else reference_of(item) or None for item in _flat(value)]
    return [each for each in found if each is not None and len(each) <= _LONGEST_ID]


def kinds_of(raw: dict[str, Json]) -> frozenset[str]:
    """Return the kinds of a node (see ``Node``), where nothing else is asked of it."""
    key = _names_of(raw).keys.get("@type")
    return frozenset() if key is None else _types_of(raw[key]).kinds


def _flat(value: Json) -> list[Json]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        if _LIST_NAMES.isdisjoint(value):
            return [value]
        return next(_flat(value[key]) for key in _LISTS if key in value)
    if isinstance(value, list):
        return _flat(value[0]) if len(value) == 1 else [inner for item in value for inner in _flat(item)]
    return [] if value is None else [value]


def _short(text: str) -> str:
    if len(text) <= _LONGEST_EXTRA:
        return text
    return f"{text[:80]} ... ({len(text)} characters, whole in the original)"
