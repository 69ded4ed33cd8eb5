"""Android's numbers for boxes, call types and kinds of entries, as words.

Source: android.provider.Telephony.TextBasedSmsColumns, BaseMmsColumns, CallLog.Calls, CommonDataKinds (AOSP).
"""

from __future__ import annotations

from typing import Final

from parsers.records.facts import CallType, Direction

_INCOMING, _OUTGOING, _DRAFT = Direction.INCOMING, Direction.OUTGOING, Direction.DRAFT

BOXES: Final = {
    1: ("inbox", _INCOMING),
    2: ("sent", _OUTGOING),
    3: ("draft", _DRAFT),
    4: ("outbox", _OUTGOING),
    5: ("failed", _OUTGOING),
    6: ("queued", _OUTGOING),
}
"""Box to the name of the folder and the direction; ``type`` of sms, ``msg_box`` of pdu."""

_NOT_SENT: Final = {4: "outbox", 5: "failed", 6: "queued"}
_DELIVERY: Final = {0: "delivered", 32: "pending", 64: "failed"}

CALL_TYPES: Final = {
    1: CallType.INCOMING,
    2: CallType.OUTGOING,
    3: CallType.MISSED,
    4: CallType.VOICEMAIL,
    5: CallType.REJECTED,
    # Blocked, so that it never rang; answered on another device of the same number.
    6: CallType.REJECTED,
    7: CallType.INCOMING,
}

PHONE_LABELS: Final = {
    1: "home",
    2: "mobile",
    3: "work",
    4: "fax work",
    5: "fax home",
    6: "pager",
    7: "other",
    8: "callback",
    9: "car",
    10: "company main",
    11: "isdn",
    12: "main",
    13: "other fax",
    14: "radio",
    15: "telex",
    16: "tty tdd",
    17: "work mobile",
    18: "work pager",
    19: "assistant",
    20: "mms",
}


def box_of(number: int | None) -> tuple[str | None, Direction, str | None]:
    """Return folder, direction and what the direction rests on."""
    found = BOXES.get(number) if number is not None else None
    return (found[0], found[1], "folder") if found is not None else (None, Direction.UNKNOWN, None)


def status_of(box: int | None, status: int | None, read: int | None) -> str | None:
    """Return what became of a text: not sent before all else, then the delivery report, then whether it was read."""
    if box in _NOT_SENT:
        return _NOT_SENT[box]
    delivered = _DELIVERY.get(status) if status is not None else None
    if box == 1:
        return None if read is None else "read" if read else "unread"
    return delivered or ("sent" if box == 2 else None)
