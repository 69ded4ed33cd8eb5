"""Takes one file of a handset's messages apart: a head, the SMS as the network carries it, and fields behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

import msgspec
from msgspec.structs import replace

from parsers.sms_pdu.addresses import Address
from parsers.sms_pdu.pdu_errors import PduMalformed
from parsers.sms_pdu.stored_sms import SmsKind, StoredSms, read_stored_sms

MOST_OCTETS: Final = 64 * 1024
"""A text takes a few thousand octets with all who got it; a picture message, which takes more, is told by its front."""

NAME: Final = re.compile(r"[0-9A-Fa-f]{47,96}")
"""What the handset calls a file: a number, the time, the part, the other side's number; all in hexadecimal."""

_TIME_PLACE: Final = slice(8, 16)
_EPOCH: Final = datetime(1980, 1, 1)  # noqa: DTZ001 - the handset's own clock, which states no zone
_UNIT_LENGTH: Final = slice(4, 8)
_NUMBER: Final = slice(0x5E, 0xB0)
_UNIT: Final = 0xB0
_PICTURE_MESSAGE: Final = 0x8C
"""First octet of a picture message (the field of its type in OMA's encapsulation); of no SMS that handsets keep."""

_NOBODY: Final = "+35856789123456789123"
"""What the handset puts where an SMS has its recipient, while it keeps the recipients beside it."""

_FEWEST_SUBMITTED: Final = 7
_VALIDITY_FLAGS, _SHORT_VALIDITY = 0x18, 0x10
_RECIPIENT, _RECIPIENT_NAME = 0x2B, 0x2C
_MOST_RECIPIENTS: Final = 256
_DIALLED: Final = re.compile(r"[+*#0-9A-Za-z .()/-]{1,64}")


class Recipient(msgspec.Struct, frozen=True):
    """Somebody a text was sent to. ``name``: as the handset had it; None: it had none."""

    number: str
    name: str | None = None


class StoredMessage(msgspec.Struct, frozen=True, kw_only=True):
    """What a file holds.

    Attributes:
        sms: The SMS; its address is that of the first recipient where it was sent.
        recipients: All to whom it was sent; none for what came in.
        beside: What head and address state besides, where it differs.
    """

    sms: StoredSms
    recipients: tuple[Recipient, ...] = ()
    beside: tuple[tuple[str, str], ...] = ()


def is_picture_message(octets: bytes) -> bool:
    """Whether a file holds a picture message."""
    return octets[_UNIT : _UNIT + 1] == bytes([_PICTURE_MESSAGE])


def time_in(name: str) -> tuple[str, str] | None:
    """Return the time that the name of a file states, as written and as local time in ISO 8601. None: it states none.

    It counts seconds since 1980 on the handset's own clock.
    """
    written = name[_TIME_PLACE]
    seconds = int(written, 16)
    return (written, (_EPOCH + timedelta(seconds=seconds)).isoformat()) if seconds else None


def read_stored_message(octets: bytes) -> StoredMessage:
    """Return what a file holds.

    Raises:
        PduMalformed: No whole SMS stands at its place.
    """
    stated = int.from_bytes(octets[_UNIT_LENGTH], "big")
    if len(octets) <= _UNIT:
        raise PduMalformed("it ends before its text", is_cut=True)
    has_length = 0 < stated <= len(octets) - _UNIT
    unit = octets[_UNIT : _UNIT + stated] if has_length else octets[_UNIT:]
    sms = _submitted(unit) if has_length else read_stored_sms(unit, has_service_centre=False)
    if not has_length:
        # What stands behind it are the fields of the handset, and no part of the SMS.
        sms = replace(sms, rest=b"")
    in_head = _text(octets[_NUMBER])
    written = sms.address.raw
    if sms.kind is not SmsKind.SUBMIT:
        is_other = bool(in_head) and not _is_same(in_head, written)
        return StoredMessage(sms=sms, beside=(("number in the head", in_head),) if is_other else ())
    own = () if written in {"", _NOBODY} else (Recipient(written),)
    listed = tuple(_recipients(octets[_UNIT + len(unit) :] if has_length else octets[_UNIT:]))
    recipients = listed or own or ((Recipient(in_head),) if in_head else ())
    further = (("number in the SMS", own[0].number if own else ""), ("number in the head", in_head))
    beside = tuple(
        (what, number)
        for what, number in further
        if number and not any(_is_same(number, each.number) for each in recipients)
    )
    address = Address(recipients[0].number if recipients else "")
    return StoredMessage(sms=replace(sms, address=address), recipients=recipients, beside=beside)


def _submitted(unit: bytes) -> StoredSms:
    """Return the SMS of a unit whose length is stated.

    Handsets keep an octet of validity in what they sent, of which the first octet says that there is none.
    """
    fault: PduMalformed | None = None
    try:
        sms = read_stored_sms(unit, has_service_centre=False)
        if not sms.rest:
            return sms
    except PduMalformed as malformed:
        sms, fault = None, malformed
    if unit[0] & 3 == 1 and not unit[0] & _VALIDITY_FLAGS and len(unit) > _FEWEST_SUBMITTED:
        try:
            other = read_stored_sms(bytes([unit[0] | _SHORT_VALIDITY]) + unit[1:], has_service_centre=False)
        except PduMalformed:
            pass
        else:
            if sms is None or not other.rest:
                return other
    if sms is None:
        assert fault is not None
        raise fault
    return sms


def _recipients(fields: bytes) -> Iterator[Recipient]:
    """Yield the recipients that stand behind an SMS, each under its own number from 0."""
    place = 0
    for number in range(_MOST_RECIPIENTS):
        mark = bytes([4, 0, 1, number, _RECIPIENT])
        start = fields.find(mark, place)
        held = _field(fields, start + len(mark)) if start != -1 else None
        if held is None:
            return
        dialled, place = _text(held[0]), held[1]
        if _DIALLED.fullmatch(dialled) is None:
            return
        name = _field(fields, place + 1) if fields[place : place + 1] == bytes([_RECIPIENT_NAME]) else None
        if name is not None:
            place = name[1]
        yield Recipient(dialled, (_text(name[0]) or None) if name is not None else None)


def _field(fields: bytes, start: int) -> tuple[bytes, int] | None:
    """Return the octets of the field whose length stands at a place, and where it ends. None: it is cut off."""
    end = start + 2 + int.from_bytes(fields[start : start + 2], "big")
    return (fields[start + 2 : end], end) if start + 2 <= end <= len(fields) else None


def _text(octets: bytes) -> str:
    """Return UTF-16 as the handset writes it, the high octet first, up to its zero."""
    return octets[: len(octets) // 2 * 2].decode("utf-16-be", "replace").partition("\0")[0]


def _is_same(one: str, other: str) -> bool:
    """Whether two writings are of one number, by their last nine digits."""
    return one.strip("+ ")[-9:] == other.strip("+ ")[-9:]
