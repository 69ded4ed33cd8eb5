"""The rows of one extraction in the embedded index, made of its documents; knows no connection.

Making rows takes as long as writing them, so another process may make them (``RowSource``) while this one writes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Protocol, TypeAlias, runtime_checkable

import msgspec
import orjson

from search.backends.embedded_blocks import BLOCK_DOCUMENTS, BlockPacker
from search.backends.embedded_schema import EXTRACTION_SHIFT, NO_TEXT
from search.backends.payloads import encoded
from search.contract import Edge, ExtractionLoad, Flare, LoadedCounts, RecordDocument, TemplateEntry
from search.query.words import words
from search.stored_values import UNDATED_MS, document_keys, keyword, utc_ms, well_formed

_REMEMBERED = 100_000
"""Distinct texts and keys that a load remembers, each; beyond, one may be stored twice. Bounds memory."""

_LINKS_AT_ONCE = 2_000
"""Edges, flares or templates in one batch; a row takes some 400 bytes."""

_Row: TypeAlias = "Sequence[object]"


@runtime_checkable
class RowSource(Protocol):
    """A load whose rows are made elsewhere."""

    def packed_rows(self, extraction_no: int) -> Iterator[bytes]:
        """Yield all rows of the load, batch by batch, each as ``Rows.packed`` gives them."""
        ...


class _Numbers(dict[str, int]):
    """Numbers distinct values from 1, in the low bits of an extraction's range; forgets all when full."""

    def __init__(self, extraction_no: int) -> None:
        super().__init__()
        self._next = (extraction_no << EXTRACTION_SHIFT) + 1

    def number(self, value: str) -> int:
        """Give the next number to a value that has none."""
        if len(self) >= _REMEMBERED:
            self.clear()
        number = self[value] = self._next
        self._next += 1
        return number


class Rows(msgspec.Struct, array_like=True, kw_only=True):
    """The rows of one batch, table by table, and how many documents with which sum of checksums they are of."""

    documents: list[_Row] = []
    blocks: list[_Row] = []
    texts: list[_Row] = []
    texts_words: list[_Row] = []
    keys: list[_Row] = []
    document_keys: list[tuple[int, int]] = []
    edges: list[_Row] = []
    flares: list[_Row] = []
    templates: list[_Row] = []
    counts: LoadedCounts = LoadedCounts(0, 0)

    def insert(self, connection: sqlite3.Connection) -> None:
        """Write the rows."""
        connection.executemany(
            f"INSERT INTO documents VALUES ({', '.join('?' * 16)})",  # noqa: S608 - question marks alone
            self.documents,
        )
        connection.executemany("INSERT INTO blocks VALUES (?, ?)", self.blocks)
        connection.executemany("INSERT INTO texts VALUES (?, ?)", self.texts)
        connection.executemany("INSERT INTO texts_words (rowid, words) VALUES (?, ?)", self.texts_words)
        connection.executemany("INSERT INTO keys VALUES (?, ?)", self.keys)
        connection.executemany("INSERT INTO document_keys VALUES (?, ?)", self.document_keys)
        connection.executemany("INSERT INTO edges VALUES (?, ?, ?, ?, ?, ?, ?, ?)", self.edges)
        connection.executemany("INSERT INTO flares VALUES (?, ?, ?, ?)", self.flares)
        connection.executemany("INSERT INTO templates VALUES (?, ?, ?, ?)", self.templates)

    def packed(self) -> bytes:
        """Return the rows as bytes, for ``unpacked_rows`` in another process."""
        return _ENCODER.encode(self)


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Rows)


def unpacked_rows(packed: bytes) -> Rows:
    """Return what ``Rows.packed`` packed."""
    return _DECODER.decode(packed)


def rows_of(load: ExtractionLoad, extraction_no: int) -> Iterator[Rows]:
    """Yield all rows of a load: those of its documents, then those of its edges, flares and templates."""
    maker = RowMaker(extraction_no)
    yield from map(maker.rows, load.batches())
    yield from link_rows(load.entry.extraction_id, load.edges(), load.flares(), load.templates())


def link_rows(
    extraction_id: str, edges: Iterable[Edge], flares: Iterable[Flare], templates: Iterable[TemplateEntry]
) -> Iterator[Rows]:
    """Yield the rows of the edges, flares and templates of one extraction, batch by batch."""
    for edge_rows in _batches(_edge_row(extraction_id, place, edge) for place, edge in enumerate(edges)):
        yield Rows(edges=edge_rows)
    for flare_rows in _batches(
        (keyword(flare.flare_id), extraction_id, place, encoded(flare)) for place, flare in enumerate(flares)
    ):
        yield Rows(flares=flare_rows)
    for template_rows in _batches(
        (keyword(template.template_id), extraction_id, place, encoded(template))
        for place, template in enumerate(templates)
    ):
        yield Rows(templates=template_rows)


def _batches(rows: Iterable[_Row]) -> Iterator[list[_Row]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, _LINKS_AT_ONCE)):
        yield batch


def _edge_row(extraction_id: str, place: int, edge: Edge) -> _Row:
    return (
        edge.kind.value,
        keyword(edge.key),
        extraction_id,
        keyword(edge.role),
        keyword(edge.other),
        keyword(edge.label),
        place,
        encoded(edge),
    )


class RowMaker:
    """Turns the documents of one extraction into rows, in order."""

    def __init__(self, extraction_no: int) -> None:
        self._first_doc = extraction_no << EXTRACTION_SHIFT
        self._texts = _Numbers(extraction_no)
        self._keys = _Numbers(extraction_no)
        self._blocks = self._first_doc
        self._packer = BlockPacker()

    def rows(self, documents: Sequence[RecordDocument]) -> Rows:
        """Return the rows of one batch."""
        rows = Rows()
        crc_sum = 0
        for start in range(0, len(documents), BLOCK_DOCUMENTS):
            together = documents[start : start + BLOCK_DOCUMENTS]
            self._blocks += 1
            numbered = [(self._first_doc + document.ordinal, document) for document in together]
            rows.blocks.append((self._blocks, self._packer.packed(numbered)))
            for doc, document in numbered:
                self._add(rows, doc, document)
                crc_sum += document.crc
        # In key order the rows of one key go to one place of the tree.
        rows.document_keys.sort()
        rows.counts = LoadedCounts(len(documents), crc_sum)
        return rows

    def _add(self, rows: Rows, doc: int, document: RecordDocument) -> None:
        for key in document_keys(document):
            key_no = self._keys.get(key)
            if key_no is None:
                key_no = self._keys.number(key)
                rows.keys.append((key_no, key))
            rows.document_keys.append((key_no, doc))
        # Plain values, and numbers for what is true or false: sqlite3 asks for an adapter of anything else.
        rows.documents.append(
            (
                doc,
                well_formed(document.record_id),
                UNDATED_MS if document.utc is None else utc_ms(document.utc),
                keyword(document.kind),
                None if document.direction is None else keyword(document.direction),
                None if document.service is None else keyword(document.service),
                keyword(document.deleted),
                1 if document.is_duplicate else 0,
                1 if document.is_advert else 0,
                None if document.line is None else keyword(document.line),
                None if document.template_id is None else keyword(document.template_id),
                None if document.flare_id is None else keyword(document.flare_id),
                _listed(document.drugs) if document.drugs else None,
                self._text_no(rows, document.text),
                self._blocks,
                document.crc,
            )
        )

    def _text_no(self, rows: Rows, text: str) -> int:
        if not text:
            return NO_TEXT
        text = well_formed(text)
        text_no = self._texts.get(text)
        if text_no is None:
            text_no = self._texts.number(text)
            rows.texts.append((text_no, text))
            if found := words(text):
                rows.texts_words.append((text_no, " ".join(found)))
        return text_no


@lru_cache(1_024)
def _listed(drugs: tuple[str, ...]) -> str:
    """Return the drugs as a row holds them."""
    return orjson.dumps(sorted(set(map(keyword, drugs)))).decode()
