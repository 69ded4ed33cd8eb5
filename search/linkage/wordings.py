"""Templates of one extraction: how often each wording stands there, in which variants, with which slot values.

Kept for adverts, and for sent texts that repeat (any of which may turn out to be a flare). Of a wording that was
sent once only the first message is held.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import chain, groupby
from pathlib import Path

import msgspec

from parsers.records.findings import TextFinding
from search.contract import TemplateEntry
from search.linkage.row_runs import RowRuns

SHOWN_VARIANTS = 20
_KEPT_BODIES = 2_000
"""Variants of one template whose text is kept; of further ones only the count."""

VARIANTS_HELD = 30_000
"""Variants that are held before they are put aside; one takes about a kilobyte."""

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


class _Variant(msgspec.Struct, array_like=True):
    count: int
    body: str | None
    record_id: str
    slots: _Slots


class _Wording(msgspec.Struct):
    text: str
    is_advert: bool
    variants: dict[int, _Variant]


class _Once(msgspec.Struct, frozen=True):
    """A wording that was sent once, and is no advert."""

    text_key: int
    body: str
    record_id: str
    slots: _Slots
    template: str


class _StoredRow(msgspec.Struct, frozen=True, array_like=True):
    """A wording with its template id, as it is put aside on disk."""

    template_id: str
    text: str
    is_advert: bool
    variants: dict[int, _Variant]


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
        if wording is None:
            self._make_room()
            once = self._once.pop(template_id, None)
            if once is None and not finding.is_advert:
                self._once[template_id] = _Once(text, body, record_id, finding.slots, finding.template or body)
                self._held += 1
                return
            variants = {} if once is None else {once.text_key: _Variant(1, once.body, once.record_id, once.slots)}
            wording = _Wording(finding.template or body, finding.is_advert, variants)
            self._wordings[template_id] = wording
        variant = wording.variants.get(text)
        if variant is None:
            kept = body if len(wording.variants) < _KEPT_BODIES else None
            wording.variants[text] = _Variant(1, kept, record_id, finding.slots)
            self._held += 1
        else:
            variant.count += 1
            variant.record_id = min(variant.record_id, record_id)
        wording.is_advert = wording.is_advert or finding.is_advert

    def entries(self, flare_template_ids: Collection[str]) -> Iterator[TemplateEntry]:
        """Yield the templates of adverts and of the flares named, by template id. Call it once."""
        rows = self._sorted()
        if self._runs is not None:
            rows = map(_joined, map(list, _by_template(self._runs.merged(rows, _template_id_of))))
        for row in rows:
            if row.is_advert or row.template_id in flare_template_ids:
                yield self._entry(row.template_id, _shown(row))
        if self._runs is not None:
            self._runs.close()

    def _make_room(self) -> None:
        if self._held < VARIANTS_HELD or self._scratch_dir is None:
            return
        if self._runs is None:
            self._runs = RowRuns(self._scratch_dir, _StoredRow)
        self._runs.add(self._sorted())
        self._wordings, self._once, self._held = {}, {}, 0

    def _sorted(self) -> Iterator[_StoredRow]:
        for template_id in sorted([*self._wordings, *self._once]):
            wording = self._wordings.get(template_id)
            if wording is not None:
                yield _StoredRow(template_id, wording.text, wording.is_advert, wording.variants)
                continue
            once = self._once[template_id]
            variant = _Variant(1, once.body, once.record_id, once.slots)
            yield _StoredRow(template_id, once.template, is_advert=False, variants={once.text_key: variant})

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


def _template_id_of(row: _StoredRow) -> str:
    return row.template_id


def _by_template(rows: Iterable[_StoredRow]) -> Iterator[Iterator[_StoredRow]]:
    for _, same in groupby(rows, _template_id_of):
        yield same


def _joined(rows: list[_StoredRow]) -> _StoredRow:
    """Return one row for the rows of one template, oldest run first."""
    if len(rows) == 1:
        return rows[0]
    variants: dict[int, _Variant] = {}
    for text, variant in chain.from_iterable(row.variants.items() for row in rows):
        held = variants.get(text)
        if held is None:
            body = variant.body if len(variants) < _KEPT_BODIES else None
            variants[text] = _Variant(variant.count, body, variant.record_id, variant.slots)
        else:
            held.count += variant.count
            held.record_id = min(held.record_id, variant.record_id)
    return _StoredRow(rows[0].template_id, rows[0].text, any(row.is_advert for row in rows), variants)


def _shown(row: _StoredRow) -> _Wording:
    """Return the wording as an entry shows it: of a single text that is no advert, the text itself."""
    text = row.text
    if not row.is_advert and len(row.variants) == 1:
        (only,) = row.variants.values()
        if only.count == 1 and only.body is not None:
            text = only.body
    return _Wording(text, row.is_advert, row.variants)


@lru_cache(maxsize=1_024)
def slot_kind(name: str) -> str:
    """Return the kind of a slot from its name, whatever number it carries: ``deal``, ``deal_2`` and ``deal2`` alike."""
    return _SLOT_KINDS.get(name.rstrip("0123456789_"), "free")
