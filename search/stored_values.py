"""The forms in which both stores keep values: keywords, instants, search keys, cursors."""

from __future__ import annotations

import base64
import functools
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Final

import msgspec

from search.contract import RecordDocument
from search.errors import QueryRefused
from search.query.fields import field_value

ORDER_KEY: Final = "is:order"
"""Key of a text that reads like an order: a state of few, which needs no column of its own."""

KEYWORD_CHARS = 1_000
"""Longer keywords are kept as their beginning and a digest: Lucene refuses terms of more than 32,766 bytes."""
_KEPT_CHARS = 200
_LONGEST_E164 = 16

UNDATED_MS = 2**63 - 1
"""Where a record without an instant stands in the order: last. Elasticsearch sorts a missing value so."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def well_formed(text: str) -> str:
    """Return the text with U+FFFD for each lone surrogate, which no store takes."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def keyword(value: str) -> str:
    """Return the form of a value that is matched, sorted and counted. Idempotent; short values are as they are."""
    # Nearly all are such; linkage asks for tens of thousands, more than are remembered.
    if value.__class__ is str and len(value) <= KEYWORD_CHARS and value.isascii():
        return value
    return _kept_keyword(value)


@functools.lru_cache(16_384)
def _kept_keyword(value: str) -> str:
    # A member of an enumeration becomes its text: sqlite3 asks for an adapter of anything but a plain value.
    value = str(well_formed(value))
    if len(value) <= KEYWORD_CHARS:
        return value
    return f"{value[:_KEPT_CHARS]}\u2026{blake2b(value.encode(), digest_size=16).hexdigest()}"


def utc_ms(text: str) -> int:
    """Return milliseconds since 1970 of an instant with its offset; what is below a millisecond is cut off."""
    delta = datetime.fromisoformat(text) - _EPOCH
    return (delta.days * 86_400 + delta.seconds) * 1_000 + delta.microseconds // 1_000


def utc_text(milliseconds: int) -> str:
    """Return an instant as RFC 3339 with milliseconds and ``Z``."""
    moment = _EPOCH + timedelta(milliseconds=milliseconds)
    return f"{moment.replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"


@functools.lru_cache(16_384)
def search_key(field: str, value: str) -> str:
    """Return the key under which a number, line or drug is found."""
    return keyword(f"{field}:{field_value(field, value)}")


def document_keys(document: RecordDocument) -> list[str]:
    """Return the search keys of a document, each once."""
    # A number in E.164 is its own key: reading it again would cost more than all the rest.
    keys = [
        f"number:{number}"
        if number[:1] == "+" and number[1:].isdecimal() and len(number) <= _LONGEST_E164
        else search_key("number", number)
        for number in document.numbers
    ]
    if document.line is not None:
        keys.append(search_key("line", document.line))
    if document.is_order:
        keys.append(ORDER_KEY)
    if document.drugs:
        keys += [search_key("drug", drug) for drug in document.drugs]
    return keys if len(keys) < 2 else list(dict.fromkeys(keys))


class Cursor(msgspec.Struct, frozen=True, array_like=True):
    """The last hit of a page: where the next page begins."""

    utc_ms: int
    record_id: str

    def text(self) -> str:
        """Return the cursor as a page hands it out."""
        return base64.urlsafe_b64encode(msgspec.msgpack.encode(self)).decode().rstrip("=")


_CURSOR_DECODER: Final = msgspec.msgpack.Decoder(Cursor)


def read_cursor(text: str) -> Cursor:
    """Return the cursor that a page handed out.

    Raises:
        QueryRefused: It is none of ours.
    """
    try:
        return _CURSOR_DECODER.decode(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, msgspec.DecodeError) as exc:
        raise QueryRefused("this is no cursor of a page", 1) from exc
