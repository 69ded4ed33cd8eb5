"""The files of messages, which rows of LAVA name by a reference (``_lava_media_references``, ``_lava_media_items``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from parsers.records.facts import Message, Record
from parsers.records.values import Attachment
from parsers.sqlite_database import EvidenceDatabase

_REFERENCES, _ITEMS = "_lava_media_references", "_lava_media_items"
_MOST: Final = 200_000
"""References that are held at once; of further ones the name stays the reference."""

_REFERENCE, _PLACE = "media_reference", "media_path"


class MediaFile(msgspec.Struct, frozen=True, gc=False):
    """What the tool says of one file.

    Attributes:
        name: As it shows the file, else as the file is called. None: it says neither.
        content_type: Its type. None: not stated.
        path: Where the file lies in what the tool read. None: not stated.
    """

    name: str | None
    content_type: str | None
    path: str | None


def media_files(database: EvidenceDatabase) -> dict[str, MediaFile]:
    """Return what the references of a database stand for; empty where it has none."""
    items: dict[str, tuple[str | None, str | None]] = {}
    for row in database.rows(_ITEMS, ("id", "source_path", "type")):
        key = row.word("id")
        if key is not None and len(items) < _MOST:
            items[key] = (row.word("source_path"), row.word("type"))
    found: dict[str, MediaFile] = {}
    for row in database.rows(_REFERENCES, ("id", "media_item_id", "name")):
        key = row.word("id")
        if key is None or len(found) >= _MOST:
            continue
        path, content_type = items.get(row.word("media_item_id") or "", (None, None))
        found[key] = MediaFile(row.word("name") or _last(path), content_type, path)
    return found


def with_media(record: Record, files: Mapping[str, MediaFile]) -> Record:
    """Return a message whose files are called as they are; the references and the paths stay beside it."""
    if not files or not isinstance(record, Message):
        return record
    known = [(held, files[held.name]) for held in record.attachments if held.name is not None and held.name in files]
    if not known:
        return record
    told = dict(known)
    beside = [(_REFERENCE, held.name) for held, _ in known if held.name is not None]
    beside += [(_PLACE, file.path) for _, file in known if file.path is not None]
    return msgspec.structs.replace(
        record,
        attachments=tuple(_named(held, told.get(held)) for held in record.attachments),
        extra=(*record.extra, *beside),
    )


def _named(held: Attachment, file: MediaFile | None) -> Attachment:
    if file is None:
        return held
    return msgspec.structs.replace(
        held, name=file.name or held.name, content_type=held.content_type or file.content_type
    )


def _last(path: str | None) -> str | None:
    return None if path is None else path.replace("\\", "/").rstrip("/").rpartition("/")[2] or None
