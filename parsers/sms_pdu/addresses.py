"""Addresses of TS 23.040 (section 9.1.2): numbers in swapped semi-octets, and senders that are words."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import msgspec

from parsers.phone_numbers import to_e164
from parsers.records.values import Party
from parsers.sms_pdu.alphabets import septets_to_text, unpack_septets
from parsers.sms_pdu.pdu_errors import PduMalformed

_SEMI_OCTETS: Final = "0123456789*#abc"
_FILLER: Final = 0xF
_PAIRS: Final = tuple(
    "".join(_SEMI_OCTETS[half] for half in (octet & 0xF, octet >> 4) if half != _FILLER) for octet in range(256)
)
_INTERNATIONAL, _ALPHANUMERIC = 1, 5
_MOST_SEMI_OCTETS: Final = 20
_MOST_SMSC_OCTETS: Final = 12
_CACHED_NUMBERS: Final = 4_096


class Address(msgspec.Struct, frozen=True):
    """An address.

    Attributes:
        raw: Digits, with ``+`` where the type of number is international; or the word of an alphanumeric sender.
            ``""`` where it has none.
        is_word: Whether it is alphanumeric.
        replaced_count: Characters of a word that no alphabet has.
    """

    raw: str
    is_word: bool = False
    replaced_count: int = 0

    def party(self, region: str, name: str | None = None) -> Party | None:
        """Return the party at the address. None: the address is empty and no name is known."""
        raw = self.raw
        if not raw and name is None:
            return None
        return Party(raw or None, None if self.is_word else to_e164(raw, region), name)


def semi_octets(octets: bytes) -> str:
    """Return swapped semi-octets as digits; fillers (F) are left out."""
    return "".join([_PAIRS[octet] for octet in octets])


@lru_cache(maxsize=_CACHED_NUMBERS)
def number_of(type_of_address: int, octets: bytes) -> str:
    """Return a number in swapped semi-octets, with ``+`` where its type is international."""
    digits = semi_octets(octets)
    return f"+{digits}" if digits and type_of_address >> 4 & 7 == _INTERNATIONAL else digits


def read_address(octets: bytes, start: int) -> tuple[Address, int]:
    """Return the address at a place and where it ends.

    Raises:
        PduMalformed: It is longer than the standard allows, or than the octets.
    """
    if start + 2 > len(octets):
        raise PduMalformed("it ends before its address", is_cut=True)
    length, type_of_address = octets[start], octets[start + 1]
    if length > _MOST_SEMI_OCTETS:
        raise PduMalformed(f"an address of {length} digits")
    if not type_of_address & 0x80:
        raise PduMalformed("a type of address without its mark")
    end = start + 2 + (length + 1) // 2
    if end > len(octets):
        raise PduMalformed("it ends inside its address", is_cut=True)
    return _address_of(length, type_of_address, octets[start + 2 : end]), end


@lru_cache(maxsize=_CACHED_NUMBERS)
def _address_of(length: int, type_of_address: int, value: bytes) -> Address:
    """Return an address of so many semi-octets: a number, or the word that its septets are."""
    if type_of_address >> 4 & 7 == _ALPHANUMERIC:
        septets = unpack_septets(value, length * 4 // 7)
        if septets and len(septets) % 8 == 0 and septets[-1] == 0:
            # Seven characters fill seven octets but for seven bits, which some senders count as an eighth.
            septets = septets[:-1]
        word, replaced = septets_to_text(septets)
        return Address(word, is_word=True, replaced_count=replaced)
    return Address(number_of(type_of_address, value))


def read_service_centre(octets: bytes) -> tuple[str | None, int]:
    """Return the number of the service centre at the front, None where it has none, and where it ends.

    Raises:
        PduMalformed: No service centre can stand there.
    """
    if not octets:
        raise PduMalformed("nothing", is_cut=True)
    length = octets[0]
    if length == 0:
        return None, 1
    if length > _MOST_SMSC_OCTETS:
        raise PduMalformed(f"a service centre of {length} octets")
    if len(octets) < 1 + length:
        raise PduMalformed("it ends inside its service centre", is_cut=True)
    if not octets[1] & 0x80:
        raise PduMalformed("a type of address without its mark")
    return number_of(octets[1], octets[2 : 1 + length]) or None, 1 + length
