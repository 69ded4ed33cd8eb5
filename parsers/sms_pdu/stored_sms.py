"""One SMS as a handset or a card stores it: the service centre, then the unit of TS 23.040 section 9.2.2."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import msgspec

from parsers.sms_pdu import timestamps
from parsers.sms_pdu.addresses import Address, read_address, read_service_centre
from parsers.sms_pdu.pdu_errors import PduMalformed
from parsers.sms_pdu.user_data import (
    NO_HEADER,
    Alphabet,
    Fragment,
    Header,
    alphabet_of,
    octet_count,
    read_user_data,
)

_HEADER_FLAG: Final = 0x40
_VALIDITY_OCTETS: Final = (0, 7, 1, 7)


class SmsKind(StrEnum):
    """What was stored."""

    DELIVER = "deliver"
    SUBMIT = "submit"
    STATUS_REPORT = "status report"


_NO_TEXT: Final = Fragment(alphabet=Alphabet.GSM7, units=b"")
_DELIVER, _SUBMIT = SmsKind.DELIVER, SmsKind.SUBMIT
"""Named here because looking one up in its enumeration takes four times as long."""


class StoredSms(msgspec.Struct, frozen=True, kw_only=True):
    """One stored SMS, with its text still in units.

    Attributes:
        address: Sender, or recipient of what was sent.
        service_centre: Number of the service centre as stored. None: none was stored.
        time_stamp: The seven octets of the service centre's time stamp. None: a submitted one has none.
        is_cut: Whether the text is shorter than it says it is.
        rest: Octets behind the SMS, without the padding that cards use.
    """

    kind: SmsKind
    address: Address
    service_centre: str | None
    protocol: int = 0
    coding_scheme: int = 0
    time_stamp: bytes | None = None
    header: Header = NO_HEADER
    fragment: Fragment = _NO_TEXT
    is_cut: bool = False
    rest: bytes = b""


def read_stored_sms(octets: bytes, *, has_service_centre: bool = True, may_be_cut: bool = False) -> StoredSms:
    """Return the SMS that octets hold.

    Args:
        octets: Service centre and unit, or the unit alone; cards fill up with FF behind it.
        has_service_centre: Whether the length of a service centre stands in front.
        may_be_cut: Whether a text shorter than stated is read as far as it goes.

    Raises:
        PduMalformed: They are no whole SMS.
    """
    service_centre, place = read_service_centre(octets) if has_service_centre else (None, 0)
    if place >= len(octets):
        raise PduMalformed("nothing behind the service centre", is_cut=True)
    first = octets[place]
    match first & 3:
        case 0:
            return _read_text(octets, place, service_centre, _DELIVER, may_be_cut=may_be_cut)
        case 1:
            return _read_text(octets, place, service_centre, _SUBMIT, may_be_cut=may_be_cut)
        case 2:
            return _read_report(octets, place, service_centre)
        case _:
            raise PduMalformed("a reserved type of message")


def _read_text(octets: bytes, start: int, service_centre: str | None, kind: SmsKind, *, may_be_cut: bool) -> StoredSms:
    first = octets[start]
    is_submit = kind is _SUBMIT
    # A submitted one has its reference before the address.
    address, place = read_address(octets, start + 1 + is_submit)
    behind = _VALIDITY_OCTETS[first >> 3 & 3] if is_submit else timestamps.OCTETS
    if place + 3 + behind > len(octets):
        raise PduMalformed("it ends before its text", is_cut=True)
    protocol, coding_scheme = octets[place], octets[place + 1]
    place += 2
    time_stamp = None if is_submit else octets[place : place + behind]
    place += behind
    length = octets[place]
    end = place + 1 + octet_count(alphabet_of(coding_scheme), length)
    is_cut = end > len(octets)
    if is_cut and not may_be_cut:
        raise PduMalformed("it ends inside its text", is_cut=True)
    header, fragment = read_user_data(
        octets[place + 1 : end], length, coding_scheme, has_header=bool(first & _HEADER_FLAG)
    )
    return StoredSms(
        kind=kind,
        address=address,
        service_centre=service_centre,
        protocol=protocol,
        coding_scheme=coding_scheme,
        time_stamp=time_stamp,
        header=header,
        fragment=fragment,
        is_cut=is_cut,
        rest=_without_padding(octets[end:]),
    )


def _read_report(octets: bytes, start: int, service_centre: str | None) -> StoredSms:
    """Return a status report; what stands behind its status (protocol, text) is not read."""
    address, place = read_address(octets, start + 2)
    end = place + 2 * timestamps.OCTETS + 1
    if end > len(octets):
        raise PduMalformed("it ends inside its status", is_cut=True)
    return StoredSms(
        kind=SmsKind.STATUS_REPORT,
        address=address,
        service_centre=service_centre,
        time_stamp=octets[place : place + timestamps.OCTETS],
        rest=_without_padding(octets[end:]),
    )


def _without_padding(octets: bytes) -> bytes:
    return octets.rstrip(b"\xff")
