"""Templates of one extraction: how often each wording stands there, in which variants, with which slot values.

Kept for adverts, and for sent texts that repeat (any of which may turn out to be a flare). Of a wording that was
sent once only the first message is held.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import groupby, starmap
from pathlib import Path

import msgspec

from nlp.templates.masking import SLOT_KINDS
from parsers.records.findings import TextFinding
from search.contract import TemplateEntry
from search.linkage.extraction.row_runs import RowRuns

SHOWN_VARIANTS = 20
_KEPT_BODIES = 2_000
"""Variants of one template whose text is kept; of further ones only the count."""

VARIANTS_HELD = 30_000
"""Variants that are held before they are put aside; one takes about a kilobyte."""

_Slots = tuple[tuple[str, str], ...]
_ENCODER = msgspec.msgpack.Encoder()
_SLOTS_DECODER = msgspec.msgpack.Decoder(_Slots)


class _Variant(msgspec.Struct, array_like=True):
    """A text of a wording. ``slots`` is packed: of the same as strings a phone that sends all day has a gigabyte."""

    count: int
    body: str | None
    record_id: str
    slots: bytes


class _Wording(msgspec.Struct):
    text: str
    is_advert: bool
    variants: dict[int, _Variant]


class _Once(msgspec.Struct, frozen=True):
    """A wording that was sent once, and is no advert."""

    text_key: int
    body: str
    record_id: str
    slots: bytes
    template: str


class _StoredRow(msgspec.Struct, frozen=True, array_like=True):
    """A wording with its template id, as it is put aside on disk: variants by text, unpacked where they are shown."""

    template_id: str
    text: str
    is_advert: bool
    variants: msgspec.Raw


_VARIANTS_DECODER = msgspec.msgpack.Decoder(dict[int, _Variant])


class WordingTable:
    """Counts messages by template and variant.

    Args:
        extraction_id: The extraction.
        scratch_dir: Where wordings are put aside when there are many. None: all are held in memory.
    """

    __slots__ = ("_extraction_id", "_held", "_once", "_runs", "_scratch_dir", "_wordings")

    def __init__(self, extraction_id: str, scratch_dir: Path | None = None) -> None:
        self._extraction_id = extraction_id
        self._scratch_dir = scratch_dir
        self._wordings: dict[str, _Wording] = {}
        self._once: dict[str, _Once] = {}
        self._held = 0
        self._runs: RowRuns[_StoredRow] | None = None

    def add(self, finding: TextFinding, body: str, record_id: str) -> None:
        """Count one message."""
        template_id = finding.template_id
        text = hash(finding.text_id)
        wording = self._wordings.get(template_id)
        if wording is None or text not in wording.variants:
            wording = self._with_variant(finding, text, body, record_id)
        else:
            variant = wording.variants[text]
            variant.count += 1
            variant.record_id = min(variant.record_id, record_id)
        if wording is not None:
            wording.is_advert = wording.is_advert or finding.is_advert

    def _with_variant(self, finding: TextFinding, text: int, body: str, record_id: str) -> _Wording | None:
        """Return the wording with a text that it does not have yet. None: it was sent once, so far."""
        self._make_room()
        template_id, slots = finding.template_id, _ENCODER.encode(finding.slots)
        wording = self._wordings.get(template_id)
        if wording is None:
            once = self._once.pop(template_id, None)
            if once is None and not finding.is_advert:
                self._once[template_id] = _Once(text, body, record_id, slots, finding.template or body)
                self._held += 1
                return None
            variants = {} if once is None else {once.text_key: _Variant(1, once.body, once.record_id, once.slots)}
            wording = _Wording(finding.template or body, finding.is_advert, variants)
            self._wordings[template_id] = wording
        variant = wording.variants.get(text)  # of a text that was sent once
        if variant is None:
            kept = body if len(wording.variants) < _KEPT_BODIES else None
            wording.variants[text] = _Variant(1, kept, record_id, slots)
            self._held += 1
        else:
            variant.count += 1
            variant.record_id = min(variant.record_id, record_id)
        return wording

    def entries(self, flare_template_ids: Collection[str]) -> Iterator[TemplateEntry]:
        """Yield the templates of adverts and of the flares named, by template id. Call it once."""
        if self._runs is None:
            for template_id, wording in self._in_order():
                if template_id in flare_template_ids or wording.is_advert:
                    yield self._entry(template_id, _shown(wording))
            return
        rows = self._runs.merged(starmap(_stored, self._in_order()), _template_id_of)
        for template_id, same in groupby(rows, _template_id_of):
            parts = list(same)
            if template_id in flare_template_ids or any(row.is_advert for row in parts):
                yield self._entry(template_id, _shown(_joined(parts)))
        self._runs.close()

    def _make_room(self) -> None:
        if self._held < VARIANTS_HELD or self._scratch_dir is None:
            return
        if self._runs is None:
            self._runs = RowRuns(self._scratch_dir, _StoredRow)
        self._runs.add(starmap(_stored, self._in_order()))
        self._wordings, self._once, self._held = {}, {}, 0

    def _in_order(self) -> Iterator[tuple[str, _Wording]]:
        for template_id in sorted([*self._wordings, *self._once]):
            wording = self._wordings.get(template_id)
            if wording is None:
                once = self._once[template_id]
                variant = _Variant(1, once.body, once.record_id, once.slots)
                wording = _Wording(once.template, is_advert=False, variants={once.text_key: variant})
            yield template_id, wording

    def _entry(self, template_id: str, wording: _Wording) -> TemplateEntry:
        slots: dict[tuple[str, str, str], int] = {}
        for variant in wording.variants.values():
            for name, value in _SLOTS_DECODER.decode(variant.slots):
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


def _template_id_of(row: _StoredRow) -> str:
    return row.template_id


def _stored(template_id: str, wording: _Wording) -> _StoredRow:
    variants = msgspec.Raw(_ENCODER.encode(wording.variants))
    return _StoredRow(template_id, wording.text, wording.is_advert, variants)


def _joined(rows: list[_StoredRow]) -> _Wording:
    """Return one wording for the rows of one template, oldest run first."""
    variants: dict[int, _Variant] = {}
    for row in rows:
        for text, variant in _VARIANTS_DECODER.decode(row.variants).items():
            held = variants.get(text)
            if held is None:
                if len(variants) >= _KEPT_BODIES:
                    variant.body = None
                variants[text] = variant
            else:
                held.count += variant.count
                held.record_id = min(held.record_id, variant.record_id)
    return _Wording(rows[0].text, any(row.is_advert for row in rows), variants)


def _shown(wording: _Wording) -> _Wording:
    """Return the wording as an entry shows it: of a single text that is no advert, the text itself."""
    if not wording.is_advert and len(wording.variants) == 1:
        (only,) = wording.variants.values()
        if only.count == 1 and only.body is not None:
            return _Wording(only.body, wording.is_advert, wording.variants)
    return wording


@lru_cache(maxsize=1_024)
def slot_kind(name: str) -> str:
    """Return the kind of a slot from its name, whatever number it carries: ``deal``, ``deal_2`` and ``deal2`` alike."""
    return SLOT_KINDS.get(name.rstrip("0123456789_"), "free")
