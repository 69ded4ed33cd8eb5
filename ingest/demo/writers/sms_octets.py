"""Writes a text as a handset or a card stores it: octets of 3GPP TS 23.040, in as many parts as it takes.

For the writers of formats that hold such octets. The tables are its own: a mistake that reader and writer shared
would be invisible.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

import msgspec

from ingest.demo.truth import TextMessage, Travel

_GSM: Final = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_SEPTETS: Final = {char: bytes([place]) for place, char in enumerate(_GSM) if char != "\x1b"} | {
    char: bytes([0x1B, septet])
    for char, septet in zip("\f^{}\\[~]|€", (10, 20, 40, 41, 47, 60, 61, 62, 64, 101), strict=True)
}
_DIGITS: Final = {**{str(n): n for n in range(10)}, "*": 10, "#": 11}
_MOST_OCTETS: Final = 140
_MOST_SEPTETS: Final = 160


class SmsForm(msgspec.Struct, frozen=True, kw_only=True):
    """How a network and a handset write.

    Attributes:
        service_centre: Number of the service centre. None: none is stored.
        is_wide: Whether references of long texts have 16 bits.
        as_data: Whether texts are coded as 8-bit data.
    """

    service_centre: str | None = "+447785016005"
    is_wide: bool = False
    as_data: bool = False


def sms_octets(text: TextMessage, form: SmsForm | None = None, *, reference: int = 1) -> list[bytes]:
    """Return the octets of each part, service centre first; a text that came in MUST have a time."""
    form = form or SmsForm()
    body = text.body or ""
    if form.as_data:
        coding, units = 0x04, [bytes([octet]) for octet in body.encode("latin-1")]
    elif all(char in _SEPTETS for char in body):
        coding, units = 0x00, [_SEPTETS[char] for char in body]
    else:
        coding, units = 0x08, [char.encode("utf-16-be") for char in body]
    pieces = _pieces(units, _MOST_SEPTETS if coding == 0 else _MOST_OCTETS, 0)
    is_long = len(pieces) > 1
    if is_long:
        header_units = (8 if form.is_wide else 7) if coding == 0 else (7 if form.is_wide else 6)
        pieces = _pieces(units, _MOST_SEPTETS if coding == 0 else _MOST_OCTETS, header_units)
    centre = service_centre_octets(form.service_centre)
    parts = []
    for place, piece in enumerate(pieces, 1):
        header = b""
        if is_long:
            header = _header(reference, len(pieces), place, is_wide=form.is_wide)
        parts.append(centre + _unit(text, coding, header, piece))
    return parts


def service_centre_octets(number: str | None) -> bytes:
    """Return a service centre as it stands in front of an SMS."""
    if number is None:
        return b"\0"
    digits = semi_octets(number.removeprefix("+"))
    return bytes([len(digits) + 1, 0x91 if number.startswith("+") else 0x81]) + digits


def semi_octets(digits: str) -> bytes:
    """Return digits in swapped semi-octets, filled up with F."""
    values = [_DIGITS[digit] for digit in digits]
    values += [0xF] * (len(values) % 2)
    return bytes(values[place] | values[place + 1] << 4 for place in range(0, len(values), 2))


def gsm_septets(text: str) -> bytes:
    """Return a text of the default alphabet and its extension, one septet a byte."""
    return b"".join(_SEPTETS[char] for char in text)


def packed(septets: bytes, skipped_bits: int = 0) -> bytes:
    """Return septets packed into octets, behind so many bits of a header."""
    bits = sum(septet << 7 * place for place, septet in enumerate(septets)) << skipped_bits
    return bits.to_bytes((7 * len(septets) + skipped_bits + 7) // 8, "little")


def time_octets(at: datetime) -> bytes:
    """Return a time in its own offset as a service centre stamps it."""
    offset = at.utcoffset()
    assert offset is not None
    quarters = int(offset.total_seconds()) // 900
    pairs = [at.year % 100, at.month, at.day, at.hour, at.minute, at.second]
    octets = [pair % 10 << 4 | pair // 10 for pair in pairs]
    size = abs(quarters)
    return bytes([*octets, size % 10 << 4 | size // 10 | (8 if quarters < 0 else 0)])


def _pieces(units: list[bytes], most: int, header_units: int) -> list[bytes]:
    """Return units joined to pieces; no unit is cut in two."""
    pieces = [b""]
    for unit in units:
        if len(pieces[-1]) + len(unit) > most - header_units:
            pieces.append(b"")
        pieces[-1] += unit
    return pieces


def _header(reference: int, total: int, place: int, *, is_wide: bool) -> bytes:
    if is_wide:
        return bytes([6, 8, 4, reference >> 8 & 0xFF, reference & 0xFF, total, place])
    return bytes([5, 0, 3, reference & 0xFF, total, place])


def _unit(text: TextMessage, coding: int, header: bytes, piece: bytes) -> bytes:
    user_data = _user_data(coding, header, piece)
    flag = 0x40 if header else 0
    address = _address(text.peers[0].written if text.peers else "")
    if text.travel is Travel.IN:
        assert text.at is not None
        return bytes([0x04 | flag]) + address + bytes([0, coding]) + time_octets(text.at) + user_data
    return bytes([0x01 | flag, 0]) + address + bytes([0, coding]) + user_data


def _user_data(coding: int, header: bytes, piece: bytes) -> bytes:
    if coding != 0:
        return bytes([len(header) + len(piece)]) + header + piece
    skipped = (len(header) * 8 + 6) // 7
    octets = bytearray(packed(piece, skipped * 7))
    octets[: len(header)] = header
    return bytes([skipped + len(piece)]) + bytes(octets)


def _address(written: str) -> bytes:
    digits = written.replace(" ", "")
    number = digits.removeprefix("+")
    if all(char in _DIGITS for char in number):
        return bytes([len(number), 0x91 if digits.startswith("+") else 0x81]) + semi_octets(number)
    septets = gsm_septets(written)
    return bytes([(len(septets) * 7 + 3) // 4, 0xD0]) + packed(septets)
