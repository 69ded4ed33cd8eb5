"""The user data of an SMS: its header, and the text that its coding scheme names (TS 23.040 9.2.3.24, TS 23.038 4)."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Final

import msgspec

from parsers.sms_pdu.alphabets import data_to_text, septets_to_text, ucs2_to_text, unpack_septets
from parsers.sms_pdu.pdu_errors import PduMalformed


class Alphabet(StrEnum):
    """How user data is coded."""

    GSM7 = "gsm7"
    DATA = "data"
    UCS2 = "ucs2"
    COMPRESSED = "compressed"


_GSM7, _DATA, _UCS2 = Alphabet.GSM7, Alphabet.DATA, Alphabet.UCS2
"""Named here because looking one up in its enumeration takes four times as long, and several are asked for an SMS."""


_REMEMBERED: Final = 2_048


class Concat(msgspec.Struct, frozen=True):
    """Which part of a long message this is. ``is_wide``: the reference has 16 bits, not 8."""

    reference: int
    total: int
    sequence: int
    is_wide: bool = False


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """A user data header.

    Attributes:
        octets: The whole header with its length, for elements that are not read.
        port: Destination port. None: it is addressed to none.
        has_unread: Whether it holds elements beside part, ports and tables.
    """

    octets: bytes = b""
    concat: Concat | None = None
    port: int | None = None
    locking: int = 0
    single: int = 0
    has_unread: bool = False


NO_HEADER: Final = Header()


class Fragment(msgspec.Struct, frozen=True, kw_only=True):
    """User data without its header, not yet text: a character may begin in one part and end in the next.

    Attributes:
        units: One septet a byte for ``gsm7``, octets for anything else.
    """

    alphabet: Alphabet
    units: bytes
    locking: int = 0
    single: int = 0


@lru_cache(maxsize=256)
def alphabet_of(coding_scheme: int) -> Alphabet:
    """Return how a data coding scheme says that user data is coded; what is reserved is the default alphabet."""
    group = coding_scheme >> 4
    if group < 0x8:
        if coding_scheme & 0x20:
            return Alphabet.COMPRESSED
        return (Alphabet.GSM7, Alphabet.DATA, Alphabet.UCS2, Alphabet.GSM7)[coding_scheme >> 2 & 3]
    if group == 0xE:
        return Alphabet.UCS2
    return Alphabet.DATA if group == 0xF and coding_scheme & 0x04 else Alphabet.GSM7


def message_class_of(coding_scheme: int) -> int | None:
    """Return the class, 0 to 3, that a data coding scheme states. None: it states none."""
    group = coding_scheme >> 4
    has_class = (group < 0x8 and coding_scheme & 0x10) or group == 0xF
    return coding_scheme & 3 if has_class else None


def octet_count(alphabet: Alphabet, length: int) -> int:
    """Return how many octets user data of a stated length takes; the length counts septets in the default alphabet."""
    return (length * 7 + 7) // 8 if alphabet is _GSM7 else length


def read_user_data(octets: bytes, length: int, coding_scheme: int, *, has_header: bool) -> tuple[Header, Fragment]:
    """Return header and fragment of user data.

    Args:
        octets: The user data; may be shorter than its length where it was cut off.
        length: As stated: septets in the default alphabet, else octets.
        coding_scheme: The data coding scheme.
        has_header: Whether the first octet of the SMS says that a header stands in front.

    Raises:
        PduMalformed: The header is longer than the user data.
    """
    if not has_header or not octets:
        return NO_HEADER, _plain_fragment(octets, length, coding_scheme)
    alphabet = alphabet_of(coding_scheme)
    header = read_header(octets)
    if alphabet is _GSM7:
        # The text starts at the next whole septet behind the header.
        skipped = (len(header.octets) * 8 + 6) // 7
        units = unpack_septets(octets, length)[skipped:]
    else:
        units = octets[len(header.octets) : length]
    return header, Fragment(alphabet=alphabet, units=units, locking=header.locking, single=header.single)


@lru_cache(maxsize=_REMEMBERED)
def _plain_fragment(octets: bytes, length: int, coding_scheme: int) -> Fragment:
    """Return user data that has no header. What a line sends it sends to many: three in five come again."""
    alphabet = alphabet_of(coding_scheme)
    return Fragment(alphabet=alphabet, units=unpack_septets(octets, length) if alphabet is _GSM7 else octets[:length])


def read_header(octets: bytes) -> Header:
    """Return the header at the front of user data; an element that is cut off or too short is not read.

    Raises:
        PduMalformed: It is longer than the user data.
    """
    end = 1 + octets[0]
    if end > len(octets):
        raise PduMalformed("a header longer than its text", is_cut=True)
    concat, port, locking, single, has_unread = None, None, 0, 0, False
    place = 1
    while place + 2 <= end:
        kind, size = octets[place], octets[place + 1]
        value = octets[place + 2 : min(place + 2 + size, end)]
        place += 2 + size
        match kind, len(value):
            case (0x00, 3):
                concat = Concat(value[0], value[1], value[2])
            case (0x08, 4):
                concat = Concat(value[0] << 8 | value[1], value[2], value[3], is_wide=True)
            case (0x04, 2):
                port = value[0]
            case (0x05, 4):
                port = value[0] << 8 | value[1]
            case (0x24, 1):
                single = value[0]
            case (0x25, 1):
                locking = value[0]
            case _:
                has_unread = True
    if concat is not None and not 1 <= concat.sequence <= concat.total:
        # A part without a place: the standard says that the element is to be ignored.
        concat, has_unread = None, True
    return Header(octets=octets[:end], concat=concat, port=port, locking=locking, single=single, has_unread=has_unread)


def text_of(fragments: Sequence[Fragment]) -> tuple[str | None, int]:
    """Return the text of the fragments of one message in order, and how many characters were replaced.

    Neighbours of one coding are joined before they are decoded. None: it holds data that is no text.
    """
    pieces = []
    replaced = 0
    for group in _joined(fragments) if len(fragments) > 1 else fragments:
        piece, count = fragment_text(group)
        if piece is None:
            return None, 0
        pieces.append(piece)
        replaced += count
    return "".join(pieces), replaced


def fragment_text(fragment: Fragment) -> tuple[str | None, int]:
    """Return the text of one fragment, and how many characters were replaced. None: it is data that is no text."""
    alphabet, units = fragment.alphabet, fragment.units
    if alphabet is _GSM7:
        return septets_to_text(units, fragment.locking, fragment.single)
    if alphabet is _UCS2:
        return ucs2_to_text(units)
    return (data_to_text(units) if alphabet is _DATA else None), 0


def _joined(fragments: Sequence[Fragment]) -> list[Fragment]:
    groups: list[Fragment] = []
    for fragment in fragments:
        last = groups[-1] if groups else None
        if last is not None and msgspec.structs.replace(last, units=b"") == msgspec.structs.replace(
            fragment, units=b""
        ):
            groups[-1] = msgspec.structs.replace(last, units=last.units + fragment.units)
        else:
            groups.append(fragment)
    return groups
