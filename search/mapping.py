"""How the fields of documents are indexed: the one place where meanings become index types.

Nothing here is analysed by a server: words are cut in Python (``search.query.words``), numbers and names are folded in
Python (``search.query.fields``), and both stores are given the result. What a store returns to us it keeps as
MessagePack, unread, so that a new field of a contract struct needs no new mapping.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from parsers.records.meanings import Meaning
from search.query.words import WORDS_VERSION

MAPPING_VERSION = "2"
"""Changes whenever a table below or what its keys hold does: an index of another version is rebuilt from the segments.
2: orders."""

MADE_WITH: Mapping[str, str] = {"mapping": MAPPING_VERSION, "words": WORDS_VERSION}
"""Stored in every index and compared when it is opened."""


class FieldType(StrEnum):
    """How a field is indexed."""

    KEYWORD = "keyword"
    """Matched whole, sorted, counted."""
    KEY = "key"
    """Matched whole, neither sorted nor counted."""
    WORDS = "words"
    """Words with their positions."""
    INTEGER = "integer"
    """Also instants, as milliseconds since 1970."""
    SUM = "sum"
    """An integer that is summed, sorted by and compared within one extraction, never searched for."""
    FLAG = "flag"
    STORED = "stored"
    """Text that is given back and never matched."""
    PAYLOAD = "payload"
    """Bytes that are given back and never matched."""


TYPE_OF_MEANING: Mapping[Meaning, FieldType] = {
    Meaning.PHONE: FieldType.KEYWORD,
    Meaning.HANDLE: FieldType.KEYWORD,
    Meaning.EMAIL: FieldType.KEYWORD,
    Meaning.PERSON_NAME: FieldType.KEYWORD,
    Meaning.TEXT: FieldType.WORDS,
    Meaning.LABEL: FieldType.KEYWORD,
    Meaning.CODE: FieldType.KEYWORD,
    Meaning.HANDSET_ID: FieldType.KEYWORD,
    Meaning.SIM_ID: FieldType.KEYWORD,
    Meaning.SUBSCRIBER_ID: FieldType.KEYWORD,
    Meaning.INSTANT: FieldType.INTEGER,
    Meaning.DURATION: FieldType.INTEGER,
    Meaning.LOCATOR: FieldType.KEYWORD,
    Meaning.HASH: FieldType.KEYWORD,
}

RECORD_FIELDS: Mapping[str, Meaning | FieldType] = {
    "record_id": Meaning.HASH,
    "extraction_id": Meaning.HASH,
    "kind": Meaning.CODE,
    "direction": Meaning.CODE,
    "service": Meaning.CODE,
    "deleted": Meaning.CODE,
    "utc": Meaning.INSTANT,
    "words": Meaning.TEXT,
    "text": FieldType.STORED,
    "keys": FieldType.KEY,
    "line": Meaning.LABEL,
    "drugs": Meaning.LABEL,
    "template_id": Meaning.HASH,
    "flare_id": Meaning.HASH,
    "is_advert": FieldType.FLAG,
    "is_duplicate": FieldType.FLAG,
    "crc_high": FieldType.SUM,
    "crc_low": FieldType.SUM,
    "generation": FieldType.SUM,
    "record": FieldType.PAYLOAD,
    "finding": FieldType.PAYLOAD,
}
"""``keys`` holds ``number:``, ``line:`` and ``drug:`` with the values as queries compare them, and ``is:order``. The
halves of the CRC are summed apart: sums of 16 bits stay exact in a double for any number of documents."""

EDGE_FIELDS: Mapping[str, Meaning | FieldType] = {
    "extraction_id": Meaning.HASH,
    "kind": Meaning.CODE,
    "key": Meaning.PHONE,
    "role": Meaning.CODE,
    "other": Meaning.PHONE,
    "label": Meaning.LABEL,
    "is_first": FieldType.FLAG,
    "place": FieldType.SUM,
    "generation": FieldType.SUM,
    "payload": FieldType.PAYLOAD,
}
"""``is_first`` stands on one edge of each kind and key of an extraction: counting those counts extractions."""

FLARE_FIELDS: Mapping[str, Meaning | FieldType] = {
    "extraction_id": Meaning.HASH,
    "flare_id": Meaning.HASH,
    "place": FieldType.SUM,
    "generation": FieldType.SUM,
    "payload": FieldType.PAYLOAD,
}

TEMPLATE_FIELDS: Mapping[str, Meaning | FieldType] = {
    "extraction_id": Meaning.HASH,
    "template_id": Meaning.HASH,
    "place": FieldType.SUM,
    "generation": FieldType.SUM,
    "payload": FieldType.PAYLOAD,
}

ENTRY_FIELDS: Mapping[str, Meaning | FieldType] = {
    "extraction_id": Meaning.HASH,
    "generation": FieldType.SUM,
    "payload": FieldType.PAYLOAD,
}

_ELASTIC: Mapping[FieldType, Mapping[str, object]] = {
    FieldType.KEYWORD: {"type": "keyword"},
    FieldType.KEY: {"type": "keyword", "doc_values": False},
    FieldType.SUM: {"type": "long", "index": False},
    FieldType.WORDS: {"type": "text", "analyzer": "whitespace", "norms": False},
    FieldType.INTEGER: {"type": "long"},
    FieldType.FLAG: {"type": "boolean"},
    FieldType.STORED: {"type": "keyword", "index": False, "doc_values": False},
    FieldType.PAYLOAD: {"type": "binary"},
}


def field_type(of: Meaning | FieldType) -> FieldType:
    """Return the index type of a field of a table above."""
    return TYPE_OF_MEANING[of] if isinstance(of, Meaning) else of


def elastic_mapping(fields: Mapping[str, Meaning | FieldType]) -> dict[str, object]:
    """Return the Elasticsearch mapping of a table. Strict: a field that no table names is refused, not guessed.

    The words stay in the stored source beside the text: leaving them out makes the server write every source anew,
    which costs a fifth of a load (measured).
    """
    properties = {name: dict(_ELASTIC[field_type(of)]) for name, of in fields.items()}
    return {"dynamic": "strict", "_meta": dict(MADE_WITH), "properties": properties}
