"""Records of a card's SMS file (EF.SMS, 3GPP TS 51.011 section 10.5.3): a status, then the stored SMS, then padding.

Deleting an SMS sets the status to free and leaves the rest; it stands there until the place is used again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from parsers.records.values import DeletedState
from parsers.sms_pdu.long_messages import Slot

RECORD_OCTETS: Final = 176

_FREE: Final = 0x00
_STATUS_WORDS: Final[Mapping[int, str]] = {
    _FREE: "free",
    0x01: "read",
    0x03: "unread",
    0x05: "sent",
    0x07: "to be sent",
    0x0D: "sent, report requested",
    0x15: "sent, report received",
    0x1D: "sent, report stored",
}


def is_status(octet: int) -> bool:
    """Whether an octet is a status that the standard knows."""
    return octet in _STATUS_WORDS


def is_unused(octets: bytes) -> bool:
    """Whether a record was never used, or was wiped: nothing but filling behind its status."""
    return not octets[1:].strip(b"\xff") or not octets[1:].strip(b"\0")


def is_blank(octets: bytes) -> bool:
    """Whether octets are a whole record that was never written, not even its status."""
    return len(octets) == RECORD_OCTETS and not octets.strip(b"\xff")


def slot_of(octets: bytes, locator: str, listing: str = "sim", extra: tuple[tuple[str, str], ...] = ()) -> Slot:
    """Return what the status of a record says of its SMS; an unknown status is kept as its number."""
    status = octets[0]
    return Slot(
        locator=locator,
        listing=listing,
        status=_STATUS_WORDS.get(status, f"status {status:02X}"),
        deleted=DeletedState.DELETED if status == _FREE else DeletedState.INTACT,
        extra=extra,
    )
