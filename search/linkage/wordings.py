"""Templates of one extraction: how often each wording stands there, in which variants, with which slot values.

Kept for adverts, and for sent texts that repeat (any of which may turn out to be a flare). Of a wording that was
sent once only the first message is held.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache

import msgspec

from parsers.records.findings import TextFinding
from search.contract import TemplateEntry

SHOWN_VARIANTS = 20
_KEPT_BODIES = 2_000
"""Variants of one template whose text is kept; of further ones only the count."""

_SLOT_KINDS = {
    "line": "line",
    "nickname": "line",
    "deal": "price",
    "price": "price",
    "money": "price",
    "offer": "price",
    "drug": "drug",
    "stock": "drug",
    "hours": "time",
    "time": "time",
    "day": "time",
    "date": "time",
    "number": "number",
    "digits": "number",
    "phone": "number",
    "place": "place",
}

_Slots = tuple[tuple[str, str], ...]


class _Variant(msgspec.Struct):
    count: int
    body: str | None
    record_id: str
    slots: _Slots


class _Wording(msgspec.Struct):
    text: str
    is_advert: bool
    variants: dict[int, _Variant]


class WordingTable:
    """Counts messages by template and variant."""

    __slots__ = ("_extraction_id", "_once", "_wordings")

    def __init__(self, extraction_id: str) -> None:
        self._extraction_id = extraction_id
        self._wordings: dict[str, _Wording] = {}
        self._once: dict[str, tuple[int, str, str, _Slots]] = {}

    def add(self, finding: TextFinding, body: str, record_id: str) -> None:
        """Count one message."""
        template_id = finding.template_id
        text = hash(finding.text_id)
        wording = self._wordings.get(template_id)
        if wording is None:
            once = self._once.pop(template_id, None)
            if once is None and not finding.is_advert:
                self._once[template_id] = (text, body, record_id, finding.slots)
                return
            variants = {} if once is None else {once[0]: _Variant(1, once[1], once[2], once[3])}
            wording = _Wording(finding.template or body, finding.is_advert, variants)
            self._wordings[template_id] = wording
        variant = wording.variants.get(text)
        if variant is None:
            kept = body if len(wording.variants) < _KEPT_BODIES else None
            wording.variants[text] = _Variant(1, kept, record_id, finding.slots)
        else:
            variant.count += 1
            variant.record_id = min(variant.record_id, record_id)
        wording.is_advert = wording.is_advert or finding.is_advert

    def entries(self, flare_template_ids: Collection[str]) -> Iterator[TemplateEntry]:
        """Yield the templates of adverts and of the flares named, by template id."""
        for template_id in set(flare_template_ids) & set(self._once):
            text, body, record_id, slots = self._once[template_id]
            # one message with many recipients is a flare too
            self._wordings[template_id] = _Wording(body, False, {text: _Variant(1, body, record_id, slots)})  # noqa: FBT003  # a field of the row, in order
        for template_id in sorted(self._wordings):
            wording = self._wordings[template_id]
            if wording.is_advert or template_id in flare_template_ids:
                yield self._entry(template_id, wording)

    def _entry(self, template_id: str, wording: _Wording) -> TemplateEntry:
        slots: dict[tuple[str, str, str], int] = {}
        for variant in wording.variants.values():
            for name, value in variant.slots:
                slot = (name, slot_kind(name), value)
                slots[slot] = slots.get(slot, 0) + variant.count
        shown = [(v.body, v.count, v.record_id) for v in wording.variants.values() if v.body is not None]
        if len(shown) > 1:
            shown.sort(key=lambda variant: (-variant[1], variant[0]))
        return TemplateEntry(
            template_id=template_id,
            extraction_id=self._extraction_id,
            text=wording.text,
            message_count=sum(variant.count for variant in wording.variants.values()),
            variants=tuple(shown[:SHOWN_VARIANTS]),
            variant_count=len(wording.variants),
            slots=tuple((*slot, slots[slot]) for slot in sorted(slots)),
            is_advert=wording.is_advert,
        )


@lru_cache(maxsize=1_024)
def slot_kind(name: str) -> str:
    """Return the kind of a slot from its name, whatever number it carries: ``deal``, ``deal_2`` and ``deal2`` alike."""
    return _SLOT_KINDS.get(name.rstrip("0123456789_"), "free")
