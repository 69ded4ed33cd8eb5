"""Mends an element that is not well-formed, as far as it is certain what stood there."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from parsers.xml_guard import MARK

_VALUE: Final = re.compile(rb""""[^"]*"|'[^']*'""")
_UNESCAPED: Final = re.compile(rb"<|&(?!(?:#[0-9]{1,90}|#x[0-9A-Fa-f]{1,90}|amp|lt|gt|quot|apos);)")
_TOUCHING: Final = re.compile(rb"""("[^"]*"|'[^']*')([A-Za-z_:]?)""")

_SPACE: Final = f"(?:\\s|\\ufeff|{MARK})"
"""White space of any kind: word processors put no-break spaces, and an octet that is damaged may have been one."""

_DOUBLE: Final = f"(?:[\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02]|{MARK}|&quot;|&#34;|&#x22;)"
_SINGLE: Final = "(?:[\u2018\u2019\u201a\u201b\u2032\u2039\u203a\uff07`\u00b4]|&apos;|&#39;|&#x27;)"
_NAME: Final = "[A-Za-z_:][A-Za-z0-9_:.-]{0,80}+"
_BEHIND: Final = (
    rf"(?={_SPACE}{{0,20}}+/?>\s{{0,999}}+(?:<|\Z)"
    rf"|{_SPACE}{{1,20}}+(?:{_NAME}{_SPACE}{{0,20}}+=|[^\s<>{MARK}\ufeff]{{1,80}}+{_SPACE}{{1,20}}+{_NAME}\s{{0,20}}+=))"
)
"""What follows a value that has ended: the end of its tag, or an attribute, with a damaged one between at most."""

_OPENING: Final = re.compile(rf"(\"|')|({_DOUBLE})|({_SINGLE})")
_STRAIGHT: Final = {quote: re.compile(f"([^{quote}]*){quote}{_BEHIND}") for quote in "\"'"}
_CLOSING: Final = {
    2: re.compile(f'(?:{_DOUBLE}|"){_BEHIND}'),
    3: re.compile(f"(?:{_SINGLE}|'){_BEHIND}"),
}
_BARE: Final = re.compile(rf"([^\s\"'<>=&]{{1,500}}?){_BEHIND}")
_TAG_NAME: Final = re.compile(r"\s*<([a-z]{1,10})(?![A-Za-z0-9_:.-])")
_TAG_END: Final = re.compile(rf"{_SPACE}*+(/?>)")
_CLOSING_TAG: Final = re.compile(r"\s*</[a-z]{1,10}\s*>")
_ATTRIBUTE: Final = re.compile(rf"{_SPACE}++({_NAME}){_SPACE}*+=[\s\ufeff]*")
_DAMAGED: Final = re.compile(rf"{_SPACE}++([^\s<>=\"']{{0,80}}[=:]?(?:\"[^\"<>]{{0,80}}\"|'[^'<>]{{0,80}}')?){_BEHIND}")
_MOST_ATTRIBUTES: Final = 1_000
_MOST_MARKS: Final = 400
"""Octets that are damaged in one element: of more nobody can say which were quotation marks."""

_FREE_TEXT: Final = frozenset({"body", "subject", "contact_name", "text", "address"})
"""Behind a value of these a piece that is no attribute may be the rest of the value, cut at a quotation mark in it."""

_NEEDED: Final = {
    "sms": frozenset({"address", "date", "type", "body"}),
    "call": frozenset({"number", "date", "type", "duration"}),
}
"""What an element has to keep: else a value was taken for another's, or it is none that was read."""

DAMAGED_NAME: Final = "damaged_attribute"
"""Attribute that holds one that could not be read, as it is written."""


def _escaped(content: bytes) -> bytes:
    """Return the element with those characters of its values escaped that have to be."""

    def escape(found: re.Match[bytes]) -> bytes:
        return b"&lt;" if found[0] == b"<" else b"&amp;"

    return _VALUE.sub(lambda value: _UNESCAPED.sub(escape, value[0]), content)


def _spaced(content: bytes) -> bytes:
    """Return the element with a space between values and attributes that touch."""
    return _TOUCHING.sub(lambda found: found[1] + b" " + found[2] if found[2] else found[1], content)


MENDS: Final[tuple[tuple[str, Callable[[bytes], bytes]], ...]] = (
    ("markup_unescaped", _escaped),
    ("markup_broken", _spaced),
)
"""What is tried on an element that is not well-formed, one on top of the other: notice code, and how."""


def requoted(content: bytes) -> bytes | None:
    """Return an element with its quotation marks as XML has them; None where it is not certain where values end.

    Quotation marks become typographic ones in a word processor or a mail, become references where markup is escaped,
    and get lost. A value ends at a mark behind which the tag ends or an attribute begins, so that one may hold others.
    """
    text = content.decode("utf-8")
    if text.count(MARK) > _MOST_MARKS:
        return None
    pieces: list[str] = []
    place = 0
    while place < len(text):
        if (closing := _CLOSING_TAG.match(text, place)) is not None:
            pieces.append(closing[0])
            place = closing.end()
            continue
        name = _TAG_NAME.match(text, place)
        read = _tag(text, name) if name is not None else None
        if read is None:
            return None if text[place:].strip() else "".join(pieces).encode()
        piece, place = read
        pieces.append(piece)
    return "".join(pieces).encode()


def _tag(text: str, name: re.Match[str]) -> tuple[str, int] | None:
    """Return a start tag with straight quotation marks, and where it ends."""
    values: list[tuple[str, str]] = []
    damaged: list[str] = []
    place = name.end()
    while (end := _TAG_END.match(text, place)) is None:
        read = _attribute(text, place)
        last = values[-1][0] if values else ""
        if read is not None:
            values.append((read[0], read[1]))
            place = read[2]
        elif last not in _FREE_TEXT and (found := _DAMAGED.match(text, place)) is not None and found[1]:
            damaged.append(found[1])
            place = found.end()
        else:
            return None
        if len(values) + len(damaged) > _MOST_ATTRIBUTES:
            return None
    # Of another element nothing says what it has to keep.
    needed = _NEEDED.get(name[1], frozenset({""} if damaged else ()))
    if not needed <= {key for key, _ in values}:
        return None
    if damaged:
        values.append((DAMAGED_NAME, " ".join(damaged)))
    written = "".join(f' {key}="{_as_value(value)}"' for key, value in values)
    return f"<{name[1]}{written}{end[1]}", end.end()


def _attribute(text: str, place: int) -> tuple[str, str, int] | None:
    """Return name, value and end of an attribute; None where there is none, or where it is not certain."""
    found = _ATTRIBUTE.match(text, place)
    if found is None:
        return None
    opening = _OPENING.match(text, found.end())
    if opening is None:
        bare = _BARE.match(text, found.end())
        return None if bare is None else (found[1], bare[1], bare.end())
    if opening[1]:
        whole = _STRAIGHT[opening[1]].match(text, opening.end())
        return None if whole is None else (found[1], whole[1], whole.end())
    closing = _CLOSING[opening.lastindex or 2].search(text, opening.end())
    return None if closing is None else (found[1], text[opening.end() : closing.start()], closing.end())


def _as_value(text: str) -> str:
    escaped = _UNESCAPED.sub(lambda each: b"&lt;" if each[0] == b"<" else b"&amp;", text.encode())
    return escaped.decode().replace('"', "&quot;")
