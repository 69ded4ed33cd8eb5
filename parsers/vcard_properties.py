"""Properties of a vCard (versions 2.1, 3.0 and 4.0): unfolded, split, and decoded as their parameters say."""

from __future__ import annotations

import binascii
import codecs
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, TypeAlias

import msgspec

from parsers.remembered import Remembered
from parsers.stored_text import decode_stored

_OLD: Final = "2.1"
_BLANKS: Final = frozenset({b" ", b"\t"})
CHARSET: Final = "CHARSET"
_QUOTED_PRINTABLE: Final = "QUOTED-PRINTABLE"
_BINARY: Final = frozenset({"BASE64", "B"})
_HEAD: Final = re.compile(
    rb'(?:(?P<group>[A-Za-z0-9-]+)\.)?(?P<name>[A-Za-z0-9-]+)(?P<parameters>(?:;(?:"[^"]*+"|[^":])*+)?):'
)
_PARAMETER: Final = re.compile(r';((?:"[^"]*+"|[^;"])*+)')
_SEMICOLON: Final = re.compile(r"(?<!\\)((?:\\\\)*);")
_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_ESCAPES: Final = {"n": "\n", "N": "\n"}
_TYPE_NAMES: Final = frozenset({"TYPE", ""})
_BASE64: Final = re.compile(rb"[A-Za-z0-9+/]+={0,2}\s*")
_CODED: Final = re.compile(rb";(?:ENCODING=)?B(?:ASE64)?(?:;|$)", re.IGNORECASE)
_DATA_ADDRESS: Final = re.compile(rb"data:[^,]{0,100};base64,", re.IGNORECASE)
_DATA_STARTS: Final = frozenset({b"d", b"D"})
_START: Final = re.compile(rb"\s*(?:BEGIN|END|VERSION|FN|N|TEL|EMAIL|ORG)[;:]")
_UNFOLDED: Final = re.compile(rb"(?:[^ \t\n:][^\n:]*+:[^\n]*+(?<!=)(?:\n(?!\Z)|\Z))++")
"""Lines none of which goes on in the next: each has a colon, which no line of a picture has, and none begins with a
blank or ends with the mark of a soft break."""
_SHORTEST_FOLDED: Final = 60
_MOST_KNOWN: Final = 1_024
_LONGEST_KNOWN: Final = 256
_VERSION: Final = re.compile(rb"\s*VERSION\s*(?:;[^:]*)?:\s*([0-9.]+)", re.IGNORECASE)


class Property(msgspec.Struct, frozen=True, kw_only=True):
    """One property.

    Attributes:
        name: In capitals, without its group.
        group: ``item1`` of ``item1.TEL``; ``""``: it has none.
        types: Its types as written: ``CELL``, ``home``.
        parameters: Other parameters by name in capitals, as written.
        value: Decoded, with escapes as written. None: it is binary.
        text: The value with its escapes resolved; ``""``: it is binary.
        replaced_count: Characters of it that were replaced by U+FFFD.
        version: Of the card.
    """

    name: str
    group: str
    types: tuple[str, ...]
    parameters: Mapping[str, str]
    value: str | None
    text: str
    replaced_count: int
    version: str

    @property
    def fields(self) -> list[str]:
        """The parts of a value with several, each with its escapes resolved."""
        value = self.value or ""
        if "\\" not in value and "\0" not in value:
            return value.split(";")
        marked = _SEMICOLON.sub("\\1\0", value) if "\\" in value else value.replace(";", "\0")
        return [_unescaped(part, self.version) for part in marked.split("\0")]


class _Head(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in front of the colon of a property; see ``Property``."""

    name: str
    group: str
    types: tuple[str, ...]
    parameters: Mapping[str, str]
    is_binary: bool
    is_quoted_printable: bool
    is_plain: bool
    """Whether what stands behind it is text that is not coded, in no character set that it states."""


KnownLines: TypeAlias = "Remembered[tuple[str, bytes], Property]"


def version_of(lines: Sequence[bytes]) -> str:
    """Return the version that a card states; ``3.0`` where it states none, whose rules suit most."""
    for line in lines:
        match = _VERSION.match(line)
        if match is not None:
            return match[1].decode()
    return "3.0"


def properties_of(
    lines: Sequence[bytes], known: KnownLines | None = None, *, is_text: bool = False, page: str | None = None
) -> Iterator[Property | None]:
    """Yield the properties of a card in order; None for a line that is none.

    Args:
        lines: Between ``BEGIN`` and ``END``, without line ends.
        known: Lines that were read before, for files in which the same come again. None: each is read anew.
        is_text: Whether one of them holds a text, in which whatever looks like a property was typed.
        page: Code page of what is no UTF-8 and states no character set. None: it is not known.
    """
    version = version_of(lines)
    for line in _whole_lines(lines, version, is_text=is_text):
        held = known.get((version, line)) if known is not None else None
        if held is None:
            held = _property(line, version, page)
            if held is not None and known is not None:
                known.keep((version, line), held, len(line))
        yield held


def octets_of(lines: Sequence[bytes]) -> Iterator[tuple[bytes, Mapping[str, str]]]:
    """Yield the octets of each property of a card that is text, before they are read as that, and its parameters."""
    for line in _whole_lines(lines, version_of(lines), is_text=False):
        match = _HEAD.match(line.lstrip())
        if match is not None:
            head = _head_of(match[0])
            raw = _octets(line.lstrip()[match.end() :], head)
            if raw is not None:
                yield raw, head.parameters


def _whole_lines(lines: Sequence[bytes], version: str, *, is_text: bool) -> Iterable[bytes]:
    if _UNFOLDED.fullmatch(b"\n".join(lines)):
        return lines
    indent = _indent_of(lines)
    flush = [line.removeprefix(indent) for line in lines] if indent else lines
    return (line for line in _unfolded(flush, version, is_text=is_text) if line.strip())


def _indent_of(lines: Sequence[bytes]) -> bytes:
    """Return the white space that all lines of a card begin with: the first is no fold, so its own is not one's."""
    for line in lines:
        if line.strip():
            return line[: len(line) - len(line.lstrip(b" \t"))]
    return b""


def _unfolded(lines: Sequence[bytes], version: str, *, is_text: bool) -> Iterator[bytes]:
    """Yield whole lines. A line is folded between octets: characters of several octets are cut in two."""
    held: list[bytes] = []
    is_soft = False
    before = 0
    for line in lines:
        is_indented = line[:1] in _BLANKS
        # Programs fold long lines; a property behind a short one is no fold of it.
        is_property = (is_soft or is_indented) and before < _SHORTEST_FOLDED and _starts_property(line)
        before = len(line)
        if held and is_soft and (is_text or not is_property):
            # Behind a soft break of quoted-printable the text goes on at once, or after the blank of a fold.
            held.append(line)
            is_soft = line.endswith(b"=")
            if is_soft:
                held[-1] = line[:-1]
            continue
        if held and is_indented and not is_property:
            # Version 2.1 folds before a blank that belongs to the text, the others put one in.
            held.append(line if version == _OLD else line[1:])
        elif held and _BASE64.fullmatch(line) and _is_binary(held[0]):
            # Phones write further lines of a picture without the blank of a fold.
            held.append(line)
        else:
            if held:
                yield b"".join(held)
            held = [line]
        is_soft = line.endswith(b"=") and held[-1].endswith(b"=") and _is_quoted_printable(held[0])
        if is_soft:
            held[-1] = held[-1][:-1]
    if held:
        yield b"".join(held)


def is_picture(front: bytes, line: bytes) -> bool:
    """Whether a line goes on with the octets of the property before it, which are not kept.

    Args:
        front: The line in which that property begins.
        line: The line.
    """
    if _BASE64.fullmatch(line.lstrip(b" \t")) is None:
        return False
    if _is_binary(front):
        return True
    match = _HEAD.match(front.lstrip())
    is_address = match is not None and _DATA_ADDRESS.match(front.lstrip(), match.end()) is not None
    return is_address and line[:1] in _BLANKS


def _starts_property(line: bytes) -> bool:
    """Whether a line is a property, though it is indented or stands behind a soft break."""
    return _START.match(line) is not None


def _is_quoted_printable(line: bytes) -> bool:
    match = _HEAD.match(line.lstrip())
    return match is not None and _QUOTED_PRINTABLE.encode() in match["parameters"].upper()


def _is_binary(line: bytes) -> bool:
    match = _HEAD.match(line.lstrip())
    return match is not None and _CODED.search(match["parameters"]) is not None


def _property(line: bytes, version: str, page: str | None) -> Property | None:
    line = line.lstrip()
    match = _HEAD.match(line)
    if match is None:
        return None
    front = match[0]
    head = _known_head(front) if len(front) <= _LONGEST_KNOWN else _head_of(front)
    value, replaced = _value_of(line[match.end() :], head, page)
    return Property(
        name=head.name,
        group=head.group,
        types=head.types,
        parameters=head.parameters,
        value=value,
        text="" if value is None else value if "\\" not in value else _unescaped(value, version),
        replaced_count=replaced,
        version=version,
    )


def _value_of(stored: bytes, head: _Head, page: str | None) -> tuple[str | None, int]:
    """Return a value decoded, and how many characters of it were replaced. None: it is binary."""
    if head.is_plain and stored[:1] not in _DATA_STARTS:
        try:
            return stored.decode(), 0
        except UnicodeDecodeError:
            return decoded_text(stored, None, page)
    raw = _octets(stored, head)
    return (None, 0) if raw is None else decoded_text(raw, head.parameters.get(CHARSET), page)


def _head_of(front: bytes) -> _Head:
    """Return what the front of a property says, which ``_HEAD`` found."""
    match = _HEAD.fullmatch(front)
    assert match is not None
    group, name, written = match.groups()
    types, parameters = _parameters(written.decode("utf-8", "replace")) if written else ([], {})
    encoding = parameters.get("ENCODING", "").upper()
    bare = {one.upper() for one in types}
    is_binary = encoding in _BINARY or "BASE64" in bare
    is_quoted_printable = encoding == _QUOTED_PRINTABLE or _QUOTED_PRINTABLE in bare
    return _Head(
        name=name.decode().upper(),
        group=(group or b"").decode(),
        types=tuple(one for one in types if one.upper() not in {_QUOTED_PRINTABLE, "BASE64", "8BIT", "7BIT"}),
        parameters=parameters,
        is_binary=is_binary,
        is_quoted_printable=is_quoted_printable,
        is_plain=not (is_binary or is_quoted_printable or CHARSET in parameters),
    )


_known_head: Final = lru_cache(maxsize=_MOST_KNOWN)(_head_of)
"""A file writes few fronts, and each of them again and again."""


def _octets(raw: bytes, head: _Head) -> bytes | None:
    """Return what a value codes. None: it is binary."""
    if head.is_binary or _DATA_ADDRESS.match(raw):
        return None
    return binascii.a2b_qp(raw) if head.is_quoted_printable else raw


def _parameters(written: str) -> tuple[list[str], dict[str, str]]:
    """Return types, and other parameters by name; version 2.1 writes types alone, without a name."""
    types: list[str] = []
    parameters: dict[str, str] = {}
    for one in _PARAMETER.findall(written):
        name, equals, value = one.partition("=")
        if not equals:
            name, value = "", name
        name, value = name.strip().upper(), value.replace('"', "")
        if name in _TYPE_NAMES:
            types += [each.strip() for each in value.split(",") if each.strip()]
        else:
            parameters[name] = value.strip()
    return types, parameters


def decoded_text(raw: bytes, charset: str | None, page: str | None) -> tuple[str, int]:
    """Return octets as text: in the character set that is stated and known, else in UTF-8, else in the page."""
    if charset is not None and charset.upper() not in {"UTF-8", "UTF8", "US-ASCII"}:
        try:
            codec = codecs.lookup(charset)
            if codec._is_text_encoding:  # noqa: SLF001 - the only way to tell ``rot13`` and ``hex`` from character sets
                text = raw.decode(charset, "replace")
                return text, text.count("\ufffd")
        except (LookupError, ValueError):
            pass
    text, replaced = decode_stored(raw)
    if replaced and page is not None and charset is None:
        text = raw.decode(page, "replace")
        replaced = text.count("\ufffd")
    return text, replaced


def _unescaped(text: str, version: str) -> str:
    if "\\" not in text:
        return text
    if version == _OLD:
        return text.replace("\\;", ";")
    return _ESCAPE.sub(lambda found: _ESCAPES.get(found[1], found[1]), text)
