"""Septets and octets to text: the GSM 7-bit alphabet with its extension and national tables, UCS2, and 8-bit data."""

from __future__ import annotations

from codecs import charmap_decode, utf_16_be_decode
from functools import lru_cache
from typing import Final

from parsers.sms_pdu.national_shifts import EXTENSION, LOCKING, SINGLE, VOID
from parsers.stored_text import SURROGATE

DEFAULT: Final = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\0ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""The default alphabet of 3GPP TS 23.038; the escape (27) is void."""

_ESCAPE: Final = 0x1B
_REPLACEMENT: Final = "\ufffd"
_TEXT_CONTROLS: Final = frozenset("\t\n\r\f")


def unpack_septets(octets: bytes, count: int) -> bytes:
    """Return the first ``count`` septets of packed octets, one a byte; fewer where the octets end earlier."""
    count = min(count, len(octets) * 8 // 7)
    size = 8
    while size < count:
        size *= 2
    bits = int.from_bytes(octets, "little") & (1 << 7 * count) - 1
    # The halves apart, then theirs, until each septet has eight bits: few steps, however many septets.
    for septets, lower, upper in _halves(size):
        bits = bits & lower | (bits & upper) << septets
    return bits.to_bytes(size, "little")[:count]


@lru_cache(maxsize=16)
def _halves(size: int) -> tuple[tuple[int, int, int], ...]:
    """Return for each step how many septets a half has, and the bits of all lower and of all upper halves."""
    steps = []
    half = size // 2
    while half:
        lower = ((1 << 7 * half) - 1) * sum(1 << 16 * half * block for block in range(size // (2 * half)))
        steps.append((half, lower, lower << 7 * half))
        half //= 2
    return tuple(steps)


def septets_to_text(septets: bytes, locking: int = 0, single: int = 0) -> tuple[str, int]:
    """Return the text of septets, and how many of them no character has (U+FFFD each).

    An escape before a septet that its table does not hold shows the character of the main table, as the standard
    asks of handsets; so does a table of a language that nobody has defined.

    Args:
        septets: One a byte.
        locking: Language of the table that stands in for the default alphabet; 0 is the default.
        single: Language of the table behind an escape; 0 is the extension table.
    """
    main = LOCKING.get(locking, DEFAULT)
    if _ESCAPE not in septets:
        text = charmap_decode(septets, "strict", main)[0]
        return (text, 0) if VOID not in text else (text.replace(VOID, _REPLACEMENT), text.count(VOID))
    behind_escape = SINGLE.get(single, EXTENSION)
    chars = []
    replaced = 0
    is_escaped = False
    for septet in septets:
        if septet == _ESCAPE and not is_escaped:
            is_escaped = True
            continue
        # Two escapes stand for a table that is not defined yet: a space, says the standard.
        char = behind_escape.get(septet) if is_escaped else None
        if char is None:
            char = " " if septet == _ESCAPE else main[septet]
        is_escaped = False
        if char == VOID:
            char = _REPLACEMENT
            replaced += 1
        chars.append(char)
    if is_escaped:
        chars.append(_REPLACEMENT)
        replaced += 1
    return "".join(chars), replaced


def ucs2_to_text(octets: bytes) -> tuple[str, int]:
    """Return big-endian UTF-16 as text; a lone surrogate or a last single octet becomes one U+FFFD, and is counted."""
    try:
        return utf_16_be_decode(octets, "strict", True)[0], 0  # noqa: FBT003 - it takes no names
    except UnicodeDecodeError:
        even = len(octets) & ~1
    text, replaced = SURROGATE.subn(_REPLACEMENT, octets[:even].decode("utf-16-be", "surrogatepass"))
    if even != len(octets):
        text += _REPLACEMENT
        replaced += 1
    return text, replaced


def data_to_text(octets: bytes) -> str | None:
    """Return 8-bit data as text, where it can only be text: printable UTF-8, else printable Latin-1. None: it is not.

    The standard leaves the meaning of 8-bit data to the application; handsets have put Latin-1 into it.
    """
    try:
        text = octets.decode()
    except UnicodeDecodeError:
        text = octets.decode("latin-1")
    return text if all(char.isprintable() or char in _TEXT_CONTROLS for char in text) else None
