"""Values of a card's files: numbers in swapped digits, names in the card's alphabets, places of the network."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from parsers.sms_pdu.addresses import number_of, semi_octets
from parsers.sms_pdu.alphabets import septets_to_text, ucs2_to_text

NUMBER_OCTETS: Final = 14
"""Octets of a dialling number behind its name: length, type, ten of digits, and two references."""

FURTHER_OCTETS: Final = 13
"""Octets of a record in which a number goes on: its use, its length, ten of digits, and the record behind it."""

_CALL_OCTETS: Final = {"ICI": 14, "OCI": 13}
"""Octets of a call behind its number: time, duration, (status,) link to the phone book."""

_FILL: Final = 0xFF
_FURTHER_DIGITS, _MOST_FURTHER = 2, 10
_UCS2, _UCS2_HALF, _UCS2_BASE = 0x80, 0x81, 0x82
_HALF_PAGE_BITS: Final = 7
_RUNS: Final = re.compile(rb"[\0-\x7f]+|[\x80-\xff]+")
# On a card (TS 51.011, 10.5.1) these half octets are a pause before tones, any digit, and one kept for later.
_DIALLED: Final = str.maketrans("abc", "p?e")


class DialledNumber(msgspec.Struct, frozen=True):
    """An entry of a phone book or of a list of calls.

    Attributes:
        name: ``""`` where it has none.
        number: As stored, with ``+`` where its type is international; ``""`` where it has none.
        replaced_count: Characters of the name that no alphabet has.
        rest: What stands behind the number: time and duration of a call.
        goes_on_in: Number of the record in which the digits go on. None: the number is whole.
    """

    name: str
    number: str
    replaced_count: int
    rest: bytes = b""
    goes_on_in: int | None = None


def is_filling(octets: bytes) -> bool:
    """Whether a record or a file holds nothing."""
    return not octets.strip(b"\xff")


def swapped_digits(octets: bytes) -> str:
    """Return the digits of an ICCID: swapped, without filling."""
    return semi_octets(octets)


def imsi_of(octets: bytes) -> str | None:
    """Return the digits of an IMSI. None: its length is impossible."""
    if not octets or not 1 <= octets[0] <= min(8, len(octets) - 1):
        return None
    # The first half octet holds parity and type, not a digit.
    return semi_octets(octets[1 : 1 + octets[0]])[1:] or None


def name_of(octets: bytes) -> tuple[str, int]:
    """Return a name (TS 51.011 annex B), and how many characters of it no alphabet has."""
    if not octets:
        return "", 0
    match octets[0]:
        case 0x80:
            pairs = octets[1 : 1 + (len(octets) - 1) // 2 * 2]
            end = next((n for n in range(0, len(pairs), 2) if pairs[n : n + 2] == b"\xff\xff"), len(pairs))
            return ucs2_to_text(pairs[:end])
        case 0x81 if len(octets) >= 3:
            return _half_page(octets[3 : 3 + octets[1]], octets[2] << _HALF_PAGE_BITS)
        case 0x82 if len(octets) >= 4:
            return _half_page(octets[4 : 4 + octets[1]], octets[2] << 8 | octets[3])
        case _:
            return _in_default(octets.split(b"\xff", 1)[0])


def number_in(octets: bytes) -> str | None:
    """Return the number of a dialling number without its name. None: it is none by its form."""
    length = octets[0]
    if length == _FILL or (length <= 1 and is_filling(octets[2:12])):
        return ""
    if not 1 <= length <= 11 or not (octets[1] & 0x80 or octets[1] == 0):
        return None
    return number_of(octets[1], octets[2 : 1 + length]).translate(_DIALLED)


def dialled_number_of(octets: bytes, file_name: str) -> DialledNumber | None:
    """Return the entry of a record. None: it is none by its form."""
    behind = _CALL_OCTETS.get(file_name, 0)
    name_octets = len(octets) - NUMBER_OCTETS - behind
    if name_octets < 0:
        return None
    number = number_in(octets[name_octets : name_octets + NUMBER_OCTETS])
    if number is None:
        return None
    name, replaced = name_of(octets[:name_octets])
    further = octets[name_octets + NUMBER_OCTETS - 1]
    goes_on_in = further if number and 0 < further < _FILL else None
    return DialledNumber(name, number, replaced, octets[name_octets + NUMBER_OCTETS :], goes_on_in)


def further_digits_of(octets: bytes) -> tuple[str, int | None] | None:
    """Return the digits of a record that goes on with a number (TS 51.011, 10.5.10), and the record behind it.

    None: it holds none, because it is free, of another use (a subaddress) or none by its form.
    """
    if len(octets) < FURTHER_OCTETS or octets[0] != _FURTHER_DIGITS or not 0 < octets[1] <= _MOST_FURTHER:
        return None
    digits = semi_octets(octets[2 : 2 + octets[1]]).translate(_DIALLED)
    return digits, octets[12] if 0 < octets[12] < _FILL else None


def location_of(octets: bytes) -> str | None:
    """Return network and area of the last registration: ``234-15 area 1A2B``. None: none is stored."""
    if len(octets) < 9 or is_filling(octets[4:9]):
        return None
    country = semi_octets(octets[4:6])[:3]
    third = octets[5] >> 4
    network = semi_octets(octets[6:7]) + ("" if third == 0xF else str(third))
    return f"{country}-{network} area {octets[7:9].hex().upper()}"


def service_centre_of(octets: bytes) -> str | None:
    """Return the service centre of a record of SMS parameters. None: it holds none."""
    parameters = octets[-28:]
    if len(parameters) < 28:
        return None
    address = parameters[13:25]
    if not 2 <= address[0] <= 11 or is_filling(address):
        return None
    return number_of(address[1], address[2 : 1 + address[0]]) or None


def _in_default(octets: bytes) -> tuple[str, int]:
    """Return octets of the default alphabet as text; it has no octet above 127."""
    chars = []
    replaced = 0
    for run in _RUNS.findall(octets):
        char, count = ("\ufffd" * len(run), len(run)) if run[0] & 0x80 else septets_to_text(run)
        chars.append(char)
        replaced += count
    return "".join(chars), replaced


def _half_page(octets: bytes, base: int) -> tuple[str, int]:
    chars = []
    replaced = 0
    for run in _RUNS.findall(octets):
        if run[0] & 0x80:
            chars += [chr(base + (octet & 0x7F)) for octet in run]
        else:
            char, count = septets_to_text(run)
            chars.append(char)
            replaced += count
    # A base that lies among the surrogates makes characters that cannot be text.
    text, lone = ucs2_to_text("".join(chars).encode("utf-16-be", "surrogatepass"))
    return text, replaced + lone
