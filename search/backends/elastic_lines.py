"""Turns documents into the lines of bulk requests: pre-encoded, with derived ids and external versions.

An id is the extraction's and the ordinal in base 36 of fixed width: a common beginning with a growing end is kind to
Lucene, and sending a document again, after any fault, puts it where it was.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping

import orjson

from search.backends.payloads import Stored, encoded
from search.contract import Edge, ExtractionEntry, ExtractionLoad, Flare, RecordDocument, TemplateEntry
from search.query.words import words
from search.stored_values import document_keys, keyword, utc_ms, well_formed

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_TRIPLES = [(a + b + c).encode() for a in _DIGITS for b in _DIGITS for c in _DIGITS]
_REMEMBERED_TEXTS = 50_000


def place_text(place: int) -> bytes:
    """Return a place in an extraction in base 36, nine digits wide."""
    high, low = divmod(place, 46_656)
    higher, high = divmod(high, 46_656)
    return _TRIPLES[higher] + _TRIPLES[high] + _TRIPLES[low]


class _Actions:
    """Makes the action line of each document of one extraction."""

    def __init__(self, extraction_id: str, generation: int) -> None:
        self._begin = b'{"index":{"_id":' + orjson.dumps(keyword(extraction_id))[:-1] + b"-"
        self._end = b'","version":%d,"version_type":"external_gte"}}\n' % generation

    def line(self, place: int, source: Mapping[str, object]) -> bytes:
        """Return the action and the source of the document at the place."""
        return self._begin + place_text(place) + self._end + orjson.dumps(source) + b"\n"


def record_lines(load: ExtractionLoad, generation: int) -> Iterator[bytes]:
    """Yield the lines of the documents of a load, in source order."""
    actions = _Actions(load.entry.extraction_id, generation)
    joined_words: dict[str, str] = {}
    for batch in load.batches():
        for document in batch:
            yield actions.line(document.ordinal, _record_source(document, generation, joined_words))


def _record_source(document: RecordDocument, generation: int, joined_words: dict[str, str]) -> dict[str, object]:
    source: dict[str, object] = {
        "record_id": keyword(document.record_id),
        "extraction_id": keyword(document.extraction_id),
        "kind": keyword(document.kind),
        "deleted": keyword(document.deleted),
        "is_advert": document.is_advert,
        "is_duplicate": document.is_duplicate,
        "crc_high": document.crc >> 16,
        "crc_low": document.crc & 0xFFFF,
        "generation": generation,
        "record": base64.b64encode(document.record).decode(),
        "finding": base64.b64encode(document.finding).decode(),
    }
    for name in ("direction", "service", "line", "template_id", "flare_id"):
        value = getattr(document, name)
        if value is not None:
            source[name] = keyword(value)
    if document.utc is not None:
        source["utc"] = utc_ms(document.utc)
    if document.drugs:
        source["drugs"] = list(map(keyword, document.drugs))
    if keys := document_keys(document):
        source["keys"] = keys
    if document.text:
        source["text"] = text = well_formed(document.text)
        found = joined_words.get(text)
        if found is None:
            if len(joined_words) >= _REMEMBERED_TEXTS:
                joined_words.clear()
            found = joined_words[text] = " ".join(words(text))
        source["words"] = found
    return source


def edge_lines(extraction_id: str, edges: Iterable[Edge], generation: int) -> Iterator[bytes]:
    """Yield the lines of edges; the first of each kind and key is marked, so that extractions can be counted."""
    actions = _Actions(extraction_id, generation)
    seen: set[tuple[str, str]] = set()
    for place, edge in enumerate(edges):
        key = keyword(edge.key)
        is_first = (edge.kind.value, key) not in seen
        seen.add((edge.kind.value, key))
        fields = {
            "kind": edge.kind.value,
            "key": key,
            "role": keyword(edge.role),
            "other": keyword(edge.other),
            "label": keyword(edge.label),
            "is_first": is_first,
        }
        yield actions.line(place, {**fields, **_stored(extraction_id, edge, place, generation)})


def flare_lines(extraction_id: str, flares: Iterable[Flare], generation: int) -> Iterator[bytes]:
    """Yield the lines of flares."""
    actions = _Actions(extraction_id, generation)
    for place, flare in enumerate(flares):
        stored = _stored(extraction_id, flare, place, generation)
        yield actions.line(place, {"flare_id": keyword(flare.flare_id), **stored})


def template_lines(extraction_id: str, templates: Iterable[TemplateEntry], generation: int) -> Iterator[bytes]:
    """Yield the lines of template entries."""
    actions = _Actions(extraction_id, generation)
    for place, template in enumerate(templates):
        stored = _stored(extraction_id, template, place, generation)
        yield actions.line(place, {"template_id": keyword(template.template_id), **stored})


def entry_lines(entries: Iterable[ExtractionEntry], generation: int) -> Iterator[bytes]:
    """Yield the lines of catalogue entries."""
    for entry in entries:
        source = _stored(entry.extraction_id, entry, 0, generation)
        del source["place"]
        yield _Actions(entry.extraction_id, generation).line(0, source)


def delete_line(document_id: str, generation: int) -> bytes:
    """Return the line that deletes a document, unless a newer load has put it again."""
    action = {"_id": document_id, "version": generation, "version_type": "external_gte"}
    return orjson.dumps({"delete": action}) + b"\n"


def _stored(extraction_id: str, value: Stored, place: int, generation: int) -> dict[str, object]:
    return {
        "extraction_id": keyword(extraction_id),
        "place": place,
        "generation": generation,
        "payload": base64.b64encode(encoded(value)).decode(),
    }
