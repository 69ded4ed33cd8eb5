"""The files that a message carries: their names, as far as the bundle says them."""

from __future__ import annotations

from typing import Final

from parsers.formats.case_jsonld.references import ATTACHED, References, Thing
from parsers.json_decoding import Json
from parsers.records.values import Attachment

_MOST: Final = 1_000
_NAMES: Final = ("attachment", "attachments")


def attachments_of(thing: Thing, references: References) -> tuple[Attachment, ...]:
    """Return the attachments of a message: those that a relationship joins to it, and those that it names itself."""
    joined = references.linked(ATTACHED, thing.node.id)
    if not joined and not thing.says(_NAMES):
        return ()
    items: list[Json] = [{"@id": each} for each in joined]
    items += thing.items(*_NAMES)
    found = [_attachment(item, references) for item in items[:_MOST]]
    return tuple(found if thing.own is not None else dict.fromkeys(found))


def _attachment(item: Json, references: References) -> Attachment:
    held = references.described(item)
    if held is None:
        return Attachment(item if isinstance(item, str) else None)
    address = None
    for each in held.items("dataPayloadReferenceURL"):
        target = references.described(each)
        address = address or (target.word("fullValue") if target is not None else None)
    path = held.word("fileName") or held.word("filePath") or held.word("name") or address or held.word("fullValue")
    size = held.word("sizeInBytes")
    if held.own is not None:
        # Our own export writes the name as the record has it.
        name = held.text("fileName")
    else:
        name = path.replace("\\", "/").rstrip("/").rpartition("/")[2] if path is not None else None
    return Attachment(
        name,
        held.word("mimeType"),
        int(size) if size is not None and size.isdecimal() and len(size) < 20 else None,
    )
