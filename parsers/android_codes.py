"""Android's numbers as words.

Source: android.provider.Telephony.TextBasedSmsColumns, BaseMmsColumns, CallLog.Calls, CommonDataKinds (AOSP); of the
names that SMS Backup & Restore gives them, its page "Fields in XML backup files".
"""

from __future__ import annotations

from typing import Final

from parsers.records.facts import CallType, Direction

_INCOMING, _OUTGOING = Direction.INCOMING, Direction.OUTGOING

_BOXES: Final = {
    1: ("inbox", _INCOMING),
    2: ("sent", _OUTGOING),
    3: ("draft", Direction.DRAFT),
    4: ("outbox", _OUTGOING),
    5: ("failed", _OUTGOING),
    6: ("queued", _OUTGOING),
}
NOT_SENT: Final = frozenset({"outbox", "failed", "queued"})
"""Folders of what was not sent, whatever else is said of it."""

_DELIVERY: Final = {0: "delivered", 32: "pending", 64: "failed"}

CALL_TYPES: Final = {
    1: CallType.INCOMING,
    2: CallType.OUTGOING,
    3: CallType.MISSED,
    4: CallType.VOICEMAIL,
    5: CallType.REJECTED,
    # Refused by a list, so that it never rang; answered on another device of the same number.
    6: CallType.REJECTED,
    7: CallType.INCOMING,
}
EXACT_CALL_TYPES: Final = frozenset(range(1, 6))
PRESENTATIONS: Final = {2: "restricted", 3: "unknown", 4: "payphone"}

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

SEND_REQUEST, NOTIFICATION, RETRIEVED = 128, 130, 132
MMS_MESSAGES: Final = frozenset({None, SEND_REQUEST, NOTIFICATION, RETRIEVED})
"""``m_type`` of what is a message; the others are reports about one."""

FROM: Final = 137
RECIPIENTS: Final = frozenset({151, 130, 129})


def box_of(number: int | None) -> tuple[str | None, Direction, str | None]:
    """Return folder, direction, and what the direction rests on, by ``type`` of a text, ``msg_box`` of an MMS."""
    found = _BOXES.get(number) if number is not None else None
    return (found[0], found[1], "folder") if found is not None else (None, Direction.UNKNOWN, None)


def status_of(folder: str | None, delivery: int | None, read: int | None) -> str | None:
    """Return what became of a message: not sent before all else, then its delivery, then whether it was read."""
    if folder in NOT_SENT:
        return folder
    if folder == "inbox":
        return None if read is None else "read" if read else "unread"
    delivered = _DELIVERY.get(delivery) if delivery is not None else None
    return delivered or ("sent" if folder == "sent" else None)
