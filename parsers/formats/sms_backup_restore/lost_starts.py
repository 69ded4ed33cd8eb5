"""Finds elements whose beginning is damaged among what stands between the elements of a backup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from parsers.formats.sms_backup_restore.asides import TAG
from parsers.xml_guard import MARK

_KNOWN: Final = (
    rb"(?<![A-Za-z0-9_:.-])(?:address|date|date_sent|body|type|read|protocol|subject|status|contact_name|service_center"
    rb"|readable_date|number|duration|presentation|msg_box|m_type|m_id|ct_t|sub)\s*="
)
"""An attribute of the application."""

START: Final = re.compile(
    rb"""<(sms|mms|call)(?:(?=\s+[A-Za-z_:][A-Za-z0-9_:.-]*\s*=\s*["']|\s*/?>)"""
    rb"""|(?=[\s"'&/\xc2\xe2\xe3\xef][^<>]{0,400}?""" + _KNOWN + rb")())"
)
"""The beginning of an element; with a second group where it is damaged."""

_SPACE: Final = f" \t\r\n\u00a0{MARK}".encode()
_LOOKED_BEHIND: Final = 64
_NAMED: Final = re.compile(rb"<([A-Za-z_][A-Za-z0-9_.:-]{0,80})")
_VALUE: Final = re.compile(rb""""[^"]*"|'[^']*'""")
_PART: Final = re.compile(rb"[^<]*")
_ATTRIBUTES: Final = re.compile(_KNOWN)
_OF_A_CALL: Final = re.compile(rb"(?<![A-Za-z0-9_:.-])(?:number|duration)\s*=")
_OF_A_PICTURE_MESSAGE: Final = re.compile(rb"(?<![A-Za-z0-9_:.-])(?:msg_box|m_type|m_id|ct_t)\s*=")
_KINDS: Final = (b"sms", b"mms", b"call")
_INNER: Final = frozenset({b"parts", b"part", b"addrs", b"addr", b"smses", b"calls"})
_WORD: Final = re.compile(rb"[^A-Za-z]?[A-Za-z]{2}")
_FEWEST: Final = 3
"""Attributes of the application that show that an element of another name, or the rest of one, is a text or a call."""


class Between(msgspec.Struct, frozen=True):
    """What stands between two elements.

    Attributes:
        kind: Of an element of the application, whose beginning is damaged. None: it is of another type.
        name: As it is written; empty where it begins with no tag.
        content: The element with its name mended; empty where it cannot be read.
    """

    kind: bytes | None
    name: bytes
    content: bytes = b""


class Starts:
    """Tells which matches of ``START`` in a buffer begin an element.

    A damaged one has to stand right behind a tag, and in no value of the element before: there somebody may have typed
    as much.
    """

    def __init__(self, buffer: bytes) -> None:
        self._buffer = buffer
        self._begin, self._tag_end = -1, 0

    def has(self, found: re.Match[bytes], begin: int) -> bool:
        """Whether a match begins an element; the one before begins at a place."""
        if found[2] is None:
            return True
        place = found.start()
        if not self._buffer[max(0, place - _LOOKED_BEHIND) : place].rstrip(_SPACE).endswith(b">"):
            return False
        if begin != self._begin:
            tag = TAG.match(self._buffer, begin)
            self._begin, self._tag_end = begin, 0 if tag is None else tag.end()
        return self._tag_end <= place


def elements_between(content: bytes) -> Iterator[Between]:
    """Yield what stands in content that lies outside of the elements that were told by their beginning."""
    place = 0
    bare = _VALUE.sub(lambda value: b'"' + b" " * (len(value[0]) - 2) + b'"', content)
    for found in _NAMED.finditer(bare):
        yield from _without_tag(bare[place : found.start()])
        place = found.end()
        name = found[1]
        if name in _INNER:
            continue
        end = _PART.match(bare, place)
        place = place if end is None else end.end()
        inside = bare[found.end() : place]
        count = len(_ATTRIBUTES.findall(inside))
        if name in _KINDS:
            yield Between(name, name)
        elif count < _FEWEST:
            yield Between(None, name)
        else:
            near = next((kind for kind in _KINDS if _is_near(name, kind)), None)
            kind = near or _kind_by(inside)
            mended = b"<" + kind + b" " + content[found.end() : place].rstrip() if near is not None else b""
            yield Between(kind, name, mended)
    yield from _without_tag(bare[place:])


def _without_tag(content: bytes) -> Iterator[Between]:
    """Yield the element that a piece is the rest of, where its beginning is lost."""
    outside = content.rpartition(b">")[2] if content.rstrip(_SPACE)[-1:] != b">" else content
    if len(_ATTRIBUTES.findall(outside)) >= _FEWEST:
        yield Between(_kind_by(outside), b"")


def _is_near(name: bytes, kind: bytes) -> bool:
    """Whether a name is a kind in other letters, or with others behind it that are no word (``smsdraft``)."""
    return name.lower().startswith(kind) and _WORD.match(name, len(kind)) is None


def _kind_by(attributes: bytes) -> bytes:
    if _OF_A_PICTURE_MESSAGE.search(attributes) is not None:
        return b"mms"
    return b"call" if _OF_A_CALL.search(attributes) is not None else b"sms"
