"""Takes the body of a message apart: what stands before its text, and the text."""

from __future__ import annotations

import binascii
import re
from itertools import takewhile
from typing import Final

import msgspec
from msgspec.structs import replace

from parsers.stored_text import decode_stored
from parsers.vcard_properties import CHARSET, Property, decoded_text, properties_of

_VERSION_KEY: Final = "VERSION"

# What stands in a body before its text: a date, and what Android's exporters put there.
_IN_BODY: Final = re.compile(rb"(?:X-[A-Z-]+|DATE|DATEORIGIN)(?:;[^:]*)?:", re.IGNORECASE)
_DATE_ALONE: Final = re.compile(rb"DATE\s+(?=[0-9]{10,13}\s*$)", re.IGNORECASE)
_DATE: Final = re.compile(rb"DATE(?:;[^:]*)?:", re.IGNORECASE)
_USUAL_DATE: Final = b"date:"
_CODED_TEXT: Final = re.compile(rb"(?:SUBJECT|TEXT);[^:]*(?:ENCODING|CHARSET)[^:]*:", re.IGNORECASE)
_PLAIN_TEXT: Final = re.compile(rb"(?:SUBJECT|TEXT):", re.IGNORECASE)
_TEXT_KEYS: Final = ("TEXT", "SUBJECT")
_BESIDE_TEXT: Final = re.compile(rb"(?:X-[A-Z-]+|DATE|DATEORIGIN|(?:SUBJECT|TEXT)(?=;))(?:;[^:]*)?:", re.IGNORECASE)
"""Begins a property that may stand behind the text's own."""

_BASE64: Final = re.compile(rb"[A-Za-z0-9+/]+={0,2}")

_DATE_AND_TEXT: Final = re.compile(
    rb"(?P<date>Date:\s*[0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{1,4}[ T,.]{1,2}[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?+)"
    rb"(?P<text>\s*(?!(?:[AP]\.?M\.?|Z|(?:GMT|UTC)\S*|[-+][0-9]{1,2}(?::?[0-9]{2})?)\s*$)\S.*)",
    re.IGNORECASE | re.DOTALL,
)
"""A date whose line end is lost: behind it stands what was typed."""

_LONGEST_DATE: Final = len("Date:2024.07.08.09.15.30")
"""A date and a time of two digits each; what stands behind them is longer."""


class Body(msgspec.Struct, frozen=True):
    """A body taken apart: what stands before its text, and the text. ``text`` is None where there is none."""

    properties: tuple[Property, ...] = ()
    text: str | None = None
    replaced: int = 0
    is_mended: bool = False


def begins_with_properties(lines: list[bytes] | None) -> bool:
    """Whether a body begins with properties of other names and a date behind them, as Android's exporters write it."""
    ahead = list(takewhile(_IN_BODY.match, lines or []))
    return bool(ahead) and _DATE.match(ahead[0]) is None and any(map(_DATE.match, ahead))


def body_of(lines: list[bytes] | None, *, is_nokia: bool) -> Body:
    """Take a body apart. Behind its date the text of a Nokia stands as it is; others write it as a property."""
    if lines is None:
        return Body()
    place = 0
    joined = _DATE_AND_TEXT.fullmatch(lines[0]) if lines and len(lines[0]) > _LONGEST_DATE else None
    if joined is not None:
        lines = [joined["date"], joined["text"], *lines[1:]]
    is_mended = joined is not None
    ahead: list[bytes] = []
    is_dated = False
    while place < len(lines):
        line = _with_colon(lines[place])
        if _IN_BODY.match(line) is None or (is_nokia and line[:5].lower() != _USUAL_DATE):
            break
        is_date = _DATE.match(line) is not None
        if is_date and is_dated:
            # A body has one date; a second one was typed.
            break
        is_dated = is_dated or is_date
        ahead.append(line)
        place += 1
        if is_nokia:
            # Whatever stands behind the date was typed.
            break
    properties = tuple(held for held in properties_of(ahead) if held is not None)
    rest = lines[place:]
    if not rest:
        return Body(properties, "", is_mended=is_mended)
    is_coded = _CODED_TEXT.match(rest[0]) is not None
    if is_coded or (not is_nokia and _PLAIN_TEXT.match(rest[0])):
        return replace(_coded_body(properties, rest, is_coded=is_coded), is_mended=is_mended)
    return replace(_plain_body(properties, rest), is_mended=is_mended)


def _with_colon(line: bytes) -> bytes:
    """Return a line with a colon behind the word for a date, where a counted time stands there without one."""
    lowered = line.lower()
    if lowered.startswith(_USUAL_DATE) and lowered.find(b"date", len(_USUAL_DATE)) < 0:
        return line
    return _DATE_ALONE.sub(b"Date:", line, count=1)


def _coded_body(properties: tuple[Property, ...], rest: list[bytes], *, is_coded: bool) -> Body:
    """Return a body whose text is the value of a property.

    What stands behind the property and is none of those beside a text was typed: behind a coded one it goes on with
    the text, and a plain one is typed itself.
    """
    end = _end_of_property(rest)
    behind = rest[end:]
    if not any(line.strip() for line in behind) or all(map(_BESIDE_TEXT.match, filter(bytes.strip, behind))):
        behind, end = [], len(rest)
    elif not is_coded:
        return _plain_body(properties, rest)
    lines = [b"VERSION:2.1", *rest[:end]]
    held = [each for each in properties_of(lines, is_text=True) if each is not None and each.name != _VERSION_KEY]
    texts = {each.name: each for each in reversed(held) if each.name in _TEXT_KEYS}
    chosen = next((texts[name] for name in _TEXT_KEYS if name in texts and texts[name].value is not None), None)
    beside = tuple(each for each in held if each is not chosen)
    if chosen is None:
        octets = _octets_of(rest[: _end_of_property(rest)])
        if octets is None:
            return _plain_body(properties, rest)
        text, replaced = decoded_text(octets, held[0].parameters.get(CHARSET), None)
        beside = tuple(held[1:])
    else:
        text, replaced = chosen.value or "", chosen.replaced_count
    if behind:
        further, count = decode_stored(b"\n".join(behind))
        text, replaced = f"{text}\n{further}", replaced + count
    return Body((*properties, *beside), text, replaced)


def _plain_body(properties: tuple[Property, ...], lines: list[bytes]) -> Body:
    """Return a body whose text stands as it was typed."""
    text, replaced = decode_stored(b"\n".join(lines))
    return Body(properties, text, replaced)


def _end_of_property(lines: list[bytes]) -> int:
    """Return how many lines the first property takes: folds, soft breaks and further lines of octets go on with it."""
    front = lines[0].partition(b":")[0].upper()
    is_soft, is_binary = b"QUOTED-PRINTABLE" in front, b"BASE64" in front
    for place, line in enumerate(lines[1:], start=1):
        is_folded = line[:1] in {b" ", b"\t"} or (is_binary and _BASE64.fullmatch(line) is not None)
        if not is_folded and not (is_soft and lines[place - 1].endswith(b"=")):
            return place
    return len(lines)


def _octets_of(lines: list[bytes]) -> bytes | None:
    """Return the octets that a property in BASE64 holds. None: it holds none."""
    front, _, value = b"".join(map(bytes.strip, lines)).partition(b":")
    if b"BASE64" not in front.upper() or _BASE64.fullmatch(value) is None:
        return None
    try:
        return binascii.a2b_base64(value, strict_mode=True)
    except binascii.Error:
        return None
