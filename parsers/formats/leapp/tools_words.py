"""What the words of the tools mean that a table of anybody's would not say: their columns, and Android's own values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, TypeVar

import msgspec

from parsers.directions import owner_direction, stated_direction
from parsers.formats.leapp.artifacts import Artifact
from parsers.formats.leapp.known_columns import UNSENT_BOXES
from parsers.group_ids import is_apple_group
from parsers.phone_numbers import number_key, to_e164
from parsers.records.facts import Call, CallType, Contact, Direction, Message, Record
from parsers.records.values import Attachment, NumberRef, Party
from parsers.tables.labels import label_key
from parsers.tables.word_meanings import ANDROID_TEXT_TYPES

_READ: Final = {"1": "read", "0": "unread"}
_PHONE: Final = "phone"
_PLACEHOLDER: Final = "insert-address-token"
"""What Android writes for the handset itself among the addresses of a picture message."""

_OWNER: Final = "Local User"
"""What iLEAPP writes for the handset's own side."""

_NONE: Final = "None"
_OTHERS_NAME: Final = "name"
_Sided = TypeVar("_Sided", Call, Message)
_UNKNOWN: Final = Direction.UNKNOWN
_TYPES_OF_FILES: Final = frozenset({"attachment mimetype", "attachment mime type", "attachment type", "message type"})
_SIZES_OF_FILES: Final = frozenset({"attachment size bytes", "attachment size", "attachment byte size"})
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+\-]+")
_SOURCE: Final = r"""["'](?P<{}>[^"'<>]{{1,1000}})["']"""
_MEDIA = re.compile(
    rf"""\s*(?:<a\s[^<>]*?href={_SOURCE.format("link")}[^<>]*>\s*<(?:img|video|audio)\b[^<>]*>\s*(?:</[a-z]+>\s*)?</a>"""
    rf"""|<(?P<tag>audio|video)\b[^<>]*>\s*<source\s[^<>]*?src={_SOURCE.format("source")}[^<>]*>[^<>]{{0,200}}(?:</source>\s*)?"""
    rf"""</(?P=tag)>|<(?:img|audio|video)\s[^<>]*?src={_SOURCE.format("path")}[^<>]*>\s*(?:</(?:img|audio|video)>)?)\s*""",
    re.IGNORECASE,
)
"""The markup of a page for one file, and nothing else."""

_LONGEST_MARKUP: Final = 4_000
"""A longer text is neither markup of one file nor a path: the pattern takes the square of what it looks through."""

_NO_FILES: Final = frozenset({"none", "n/a", "null", "nil", "0", "-"})
_FILE_COLUMNS: Final = frozenset({"attachment local path", "attachment file"})
_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
_FIRMS: Final = frozenset({"organization", "organisation", "company"})
_LABELLED = re.compile(r"\s*([^:+@0-9]{0,40}):\s*(\S.*)", re.DOTALL)


def in_the_tools_words(record: Record, artifact: Artifact, region: str) -> Record:
    """Return a record with what the tool's columns mean."""
    if isinstance(record, Contact):
        return _contact(record, artifact, region)
    if isinstance(record, Call):
        return _with_others_name(_without_none(record))
    if isinstance(record, Message):
        return _message(_without_chat(_without_group(_with_file(_with_marked_file(_without_none(record))))))
    return record


def _contact(record: Contact, artifact: Artifact, region: str) -> Contact:
    """Return a contact with where it is stored; iLEAPP writes the label of a number in front of it.

    Between several numbers older scripts write the line break of a page. A firm that has no name but its own is one.
    """
    firm = next((each for each in record.extra if each[0].casefold() in _FIRMS), None) if not record.name else None
    if firm is not None:
        extra = tuple(each for each in record.extra if each != firm)
        record = msgspec.structs.replace(record, name=firm[1].strip(), extra=extra)
    return msgspec.structs.replace(
        record,
        stored_in=record.stored_in or artifact.service or _PHONE,
        numbers=tuple(_number(part, region) for number in record.numbers for part in _parted(number, region)),
    )


def _parted(number: NumberRef, region: str) -> Iterable[NumberRef]:
    """Yield the numbers that stand in one with a line break of a page between them."""
    pieces = [piece for piece in _BREAK.split(number.raw) if piece]
    if len(pieces) < 2:
        return (number,)
    return (NumberRef(piece, to_e164(piece, region), number.label) for piece in pieces)


def _number(number: NumberRef, region: str) -> NumberRef:
    found = _LABELLED.fullmatch(number.raw)
    if found is None or not any(char.isdigit() for char in found[2]):
        return number
    # What has a key as it stands is a number as a whole (``tel:+44...``), unless its kind was told from the rest.
    if number.e164 is not None and found[1].strip() != number.label:
        return number
    raw = found[2]
    return NumberRef(raw, to_e164(raw, region), found[1].strip() or number.label)


def _message(record: Message) -> Message:
    """Return a message: ``Read`` is 1 or 0, numbers of Android's boxes and its placeholder mean what they do there."""
    if record.status in _READ:
        status = _READ[record.status] if record.direction is Direction.INCOMING else _unsent(record)
        record = msgspec.structs.replace(record, status=status, extra=(*record.extra, ("Read", record.status)))
    sender, recipients = record.from_party, record.to
    if (sender is not None and _is_placeholder(sender)) or any(map(_is_placeholder, recipients)):
        sender, recipients = None if sender is None else _owned(sender), tuple(map(_owned, recipients))
        record = msgspec.structs.replace(record, from_party=sender, to=recipients)
    if record.direction is not _UNKNOWN:
        return record
    box = next((ANDROID_TEXT_TYPES.get(text) for name, text in record.extra if name == "Type"), None)
    if record.service == "sms" and box is not None:
        return msgspec.structs.replace(record, direction=Direction(box), direction_basis="type")
    way = owner_direction(sender, recipients)
    return record if way is None else msgspec.structs.replace(record, direction=way[0], direction_basis=way[1])


def _unsent(record: Message) -> str | None:
    """Return what the type of a message that went out says of it, where it was not sent: ``Failed``. None: nothing."""
    text = next((text.strip() for name, text in record.extra if name == "Type"), "")
    word = UNSENT_BOXES.get(text, text)
    is_unsent = record.direction is Direction.OUTGOING and stated_direction(None, word) is not None
    return word if is_unsent else None


def _without_none(record: _Sided) -> _Sided:
    """Return a record without parties that are Python's word for nothing, which older scripts wrote."""
    sender = record.from_party if record.from_party is None or not _is_none(record.from_party) else None
    recipients = tuple(each for each in record.to if not _is_none(each))
    if sender is record.from_party and len(recipients) == len(record.to):
        return record
    return msgspec.structs.replace(record, from_party=sender, to=recipients)


def _is_none(party: Party) -> bool:
    return _NONE in (party.raw, party.name) and party.e164 is None and None in (party.raw, party.name)


def _with_others_name(record: Call) -> Call:
    """Return a call whose other side has the name that stands in a column of its own."""
    name = next((text for key, text in record.extra if key == _OTHERS_NAME), None)
    if name is None:
        return record
    extra = tuple(each for each in record.extra if each != (_OTHERS_NAME, name))
    if record.call_type is CallType.OUTGOING:
        if len(record.to) != 1 or record.to[0].name is not None:
            return record
        named = msgspec.structs.replace(record.to[0], name=name)
        return msgspec.structs.replace(record, to=(named,), extra=extra)
    if record.from_party is None or record.from_party.name is not None or record.call_type is CallType.UNKNOWN:
        return record
    return msgspec.structs.replace(
        record, from_party=msgspec.structs.replace(record.from_party, name=name), extra=extra
    )


def _with_marked_file(record: Message) -> Message:
    """Return a message whose text is the page's markup of a file with the file as its attachment.

    So one whose file stands in a column of its own, as a path or as markup.
    """
    if record.attachments:
        return record
    name = _marked_file(record.body or "")
    if name is not None and record.body is not None:
        extra = (*record.extra, ("Body", record.body))
        return msgspec.structs.replace(record, body=None, attachments=(Attachment(name),), extra=extra)
    cells = {label_key(key): text for key, text in record.extra if label_key(key) in _FILE_COLUMNS}
    names = (
        _marked_file(text) or _file(text) for key in sorted(_FILE_COLUMNS, reverse=True) if (text := cells.get(key))
    )
    name = next((each for each in names if each), None)
    return record if name is None else msgspec.structs.replace(record, attachments=(Attachment(name),))


def _marked_file(text: str) -> str | None:
    """Return the file of which a text is the markup. None: it is none."""
    found = _MEDIA.fullmatch(text) if "<" in text and len(text) <= _LONGEST_MARKUP else None
    return None if found is None else _last(found["link"] or found["source"] or found["path"])


def _file(text: str) -> str | None:
    """Return what a file is called by a cell that holds its path. None: it holds none, or a word for none."""
    name = None if "<" in text or len(text) > _LONGEST_MARKUP else _last(text)
    return name if name is not None and "." in name.strip(".") else None


def _last(path: str) -> str | None:
    """Return what a file is called by its path. None: by none, or by a word for none."""
    name = path.strip().replace("\\", "/").rpartition("/")[2]
    is_none = not name.strip(". ") or not _NO_FILES.isdisjoint({path.strip().casefold(), name.casefold()})
    return None if is_none else name


def _with_file(record: Message) -> Message:
    """Return a message with the type and size of its one file, which stand in columns of their own."""
    if len(record.attachments) != 1:
        return record
    (file,) = record.attachments
    left = []
    for name, text in record.extra:
        key, said = label_key(name), text.strip()
        if key in _TYPES_OF_FILES and file.content_type is None and _MEDIA_TYPE.fullmatch(said):
            file = msgspec.structs.replace(file, content_type=said)
        elif key in _SIZES_OF_FILES and file.size_bytes is None and said.isascii() and said.isdigit():
            file = msgspec.structs.replace(file, size_bytes=int(said))
        else:
            left.append((name, text))
    return msgspec.structs.replace(record, attachments=(file,), extra=tuple(left))


def _without_group(record: Message) -> Message:
    """Return a message that came in to a group without the group as its sender: who wrote, the tool does not say."""
    sender = record.from_party
    if record.direction is not Direction.INCOMING or sender is None or sender.e164 is not None:
        return record
    text = sender.raw or sender.name or ""
    if not is_apple_group(text):
        return record
    return msgspec.structs.replace(record, from_party=None, extra=(*record.extra, ("Chat", text)))


def _without_chat(record: Message) -> Message:
    """Return a message that came in without its sender among its recipients: the tool writes its chat there."""
    sender = record.from_party
    if record.direction is not Direction.INCOMING or sender is None or sender.is_owner:
        return record
    key = number_key(sender.raw, sender.e164)
    if key is None:
        return record
    left = tuple(each for each in record.to if number_key(each.raw, each.e164) != key)
    dropped = [each for each in record.to if each not in left]
    extra = [("Recipients", each.raw) for each in dropped if each.raw is not None and each.raw != sender.raw]
    return msgspec.structs.replace(record, to=left, extra=(*record.extra, *extra)) if dropped else record


def _is_placeholder(party: Party) -> bool:
    return _PLACEHOLDER in (party.raw, party.name) or party.name == _OWNER


def _owned(party: Party) -> Party:
    return msgspec.structs.replace(party, is_owner=True) if _is_placeholder(party) else party
