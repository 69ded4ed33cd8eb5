"""Contract structs as MessagePack: what both stores keep unread and give back whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeVar

import msgspec
from msgspec.structs import force_setattr

from parsers.remembered import Remembered
from search.contract import Edge, ExtractionEntry, Flare, TemplateEntry
from search.stored_values import well_formed

Stored = Edge | Flare | TemplateEntry | ExtractionEntry
StoredT = TypeVar("StoredT", Edge, Flare, TemplateEntry, ExtractionEntry)

_encoder = msgspec.msgpack.Encoder()
# Made with the module: see config.struct_types.
_DECODERS: Final[Mapping[type[Any], msgspec.msgpack.Decoder[Any]]] = {
    kind: msgspec.msgpack.Decoder(kind) for kind in (Edge, Flare, TemplateEntry, ExtractionEntry)
}

_SHARED: Final[Mapping[type[Any], tuple[str, ...]]] = {
    Edge: ("key", "extraction_id", "role", "other", "label", "first_at", "last_at"),
    Flare: ("extraction_id", "direction", "sender", "template_id", "sim", "started_at", "ended_at", "time_basis"),
    TemplateEntry: ("template_id", "extraction_id", "text"),
    ExtractionEntry: ("extraction_id",),
}
"""Texts that many structs of a kind have in common."""
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
        known = held.get
        found: list[StoredT] = []
        for (payload,) in rows:
            struct = known(payload)
            if struct is None:
                struct = decoded(payload, kind)
                self._share_texts(struct, _SHARED[kind])
                held.keep(payload, struct, len(payload))
            found.append(struct)
        return found

    def _share_texts(self, struct: msgspec.Struct, fields: Iterable[str]) -> None:
        """Have equal texts of many structs be one: thousands of them say the same, and what is one is near at hand."""
        texts = self._texts
        if len(texts) >= _TEXTS_SHARED:
            texts.clear()
        for field in fields:
            text = getattr(struct, field)
            shared = texts.setdefault(text, text)
            if shared is not text:
                force_setattr(struct, field, shared)

    def forget(self) -> None:
        """Forget everything, as when evidence is removed."""
        self._held.clear()
        self._texts.clear()


def _well_formed(value: object) -> object:
    if isinstance(value, str):
        return well_formed(value)
    if isinstance(value, dict):
        return {_well_formed(key): _well_formed(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_well_formed(each) for each in value]
    return value
