"""Contract structs as MessagePack: what both stores keep unread and give back whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeAlias, TypeVar

import msgspec
from msgspec.structs import force_setattr

from parsers.remembered import Remembered
from search.contract import Edge, ExtractionEntry, Flare, TemplateEntry
from search.stored_values import well_formed

Stored = Edge | Flare | TemplateEntry | ExtractionEntry
_One: TypeAlias = "Callable[[str | None, str | None], str | None]"
"""Returns the one text for all that are equal to it."""
StoredT = TypeVar("StoredT", Edge, Flare, TemplateEntry, ExtractionEntry)

_encoder = msgspec.msgpack.Encoder()
# Made with the module: see config.struct_types.
_DECODERS: Final[Mapping[type[Any], msgspec.msgpack.Decoder[Any]]] = {
    kind: msgspec.msgpack.Decoder(kind) for kind in (Edge, Flare, TemplateEntry, ExtractionEntry)
}

_SHARED: Final[Mapping[type[Any], tuple[str, ...]]] = {
    Flare: ("extraction_id", "direction", "sender", "template_id", "sim", "started_at", "ended_at", "time_basis"),
    TemplateEntry: ("template_id", "extraction_id", "text"),
    ExtractionEntry: ("extraction_id",),
}
"""Texts that many structs of a kind have in common; of edges ``_share_texts_of_edge`` names them."""
_TEXTS_SHARED: Final = 500_000


def encoded(value: Stored) -> bytes:
    """Return the struct as bytes; a lone surrogate in it becomes U+FFFD."""
    try:
        return _encoder.encode(value)
    except UnicodeEncodeError:
        return _encoder.encode(_well_formed(msgspec.to_builtins(value)))


def decoded(payload: bytes, kind: type[StoredT]) -> StoredT:
    """Return the struct that the bytes hold."""
    value: StoredT = _DECODERS[kind].decode(payload)
    return value


class DecodedOnce:
    """Decodes each payload once while it is remembered: linkage after a drop reads again what it read before.

    Args:
        most: Payloads of a kind that are remembered; when there are more, those are forgotten. Linkage of a million
            messages reads some 100,000 edges and 45,000 of the other kinds, which take 100 MB.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: dict[type[Any], Remembered[bytes, Any]] = {}
        self._texts: dict[str | None, str | None] = {}

    def decoded(self, payload: bytes, kind: type[StoredT]) -> StoredT:
        """Return the struct that the bytes hold; equal bytes may give one struct, which is frozen."""
        return self.all_decoded(((payload,),), kind)[0]

    def all_decoded(self, rows: Iterable[tuple[bytes]], kind: type[StoredT]) -> list[StoredT]:
        """Return the structs that rows of one payload hold, in their order."""
        held = self._held.get(kind)
        if held is None:
            held = self._held[kind] = Remembered(self._most)
        known, decode, share_texts, texts = (
            held.get,
            _DECODERS[kind].decode,
            _share_texts_of_edge if kind is Edge else _share_texts_of,
            self._texts,
        )
        if len(texts) >= _TEXTS_SHARED:
            texts.clear()
        found: list[StoredT] = []
        for (payload,) in rows:
            struct = known(payload)
            if struct is None:
                struct = decode(payload)
                share_texts(struct, texts.setdefault)
                held.keep(payload, struct, len(payload))
            found.append(struct)
        return found

    def forget(self) -> None:
        """Forget everything, as when evidence is removed."""
        self._held.clear()
        self._texts.clear()


def _share_texts_of(struct: msgspec.Struct, one: _One) -> None:
    """Have equal texts of many structs be one: thousands of them say the same, and what is one is near at hand."""
    for field in _SHARED[type(struct)]:
        text = getattr(struct, field)
        if (shared := one(text, text)) is not text:
            force_setattr(struct, field, shared)


def _share_texts_of_edge(edge: Edge, one: _One) -> None:
    """The same, field by field: there are a hundred thousand, and it takes half of the time."""
    if (key := one(edge.key, edge.key)) is not edge.key:
        force_setattr(edge, "key", key)
    if (extraction_id := one(edge.extraction_id, edge.extraction_id)) is not edge.extraction_id:
        force_setattr(edge, "extraction_id", extraction_id)
    if (role := one(edge.role, edge.role)) is not edge.role:
        force_setattr(edge, "role", role)
    if (other := one(edge.other, edge.other)) is not edge.other:
        force_setattr(edge, "other", other)
    if (label := one(edge.label, edge.label)) is not edge.label:
        force_setattr(edge, "label", label)
    if (first_at := one(edge.first_at, edge.first_at)) is not edge.first_at:
        force_setattr(edge, "first_at", first_at)
    if (last_at := one(edge.last_at, edge.last_at)) is not edge.last_at:
        force_setattr(edge, "last_at", last_at)


def _well_formed(value: object) -> object:
    if isinstance(value, str):
        return well_formed(value)
    if isinstance(value, dict):
        return {_well_formed(key): _well_formed(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_well_formed(each) for each in value]
    return value
