"""Types of models: which are read, what each becomes, and by which type one is read that states none of the vendor's.

A list (``modelType``) holds models of its own type, so that a model of a type that no version of the vendor's tool
writes is one whose type was damaged or changed: its list says what it is. A known type in a list of another stays what
it says it is.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from parsers.formats.ufdr.elements import Element, name_of

CHAT: Final = "Chat"
INSTANT_MESSAGE: Final = "InstantMessage"
USER_ACCOUNT: Final = "UserAccount"

ROWS: Final = {
    "SMS": "message",
    "MMS": "message",
    INSTANT_MESSAGE: "message",
    "Call": "call",
    "Voicemail": "call",
    "Contact": "contact",
    USER_ACCOUNT: "account",
    "SIMData": "sim",
}
"""Tally row of each model type that is read."""

CHAT_ROWS: Final = frozenset({"message", "call"})
"""What is read of the lists of a Chat."""

MESSAGE_FIELDS: Final = frozenset({"Body", "Snippet", "SMSC", "Parties", "From", "To"})
"""Fields that tell a message or a call where a model states no type."""

_FIELDS: Final = {
    "message": MESSAGE_FIELDS,
    "call": MESSAGE_FIELDS | {"Direction", "Duration"},
    "contact": frozenset({"Name", "Entries"}),
    "account": frozenset({"Name", "Username", "ServiceType", "Entries"}),
    "sim": frozenset({"Name", "Value", "Category"}),
    None: frozenset({"Messages", "Participants", "Id"}),
}
"""Fields of which a model has one at least that is read by its list; None is a Chat's."""

_NOT_READ: Final = frozenset(
    name.casefold()
    for name in (
        *("ActivitySensorData", "ActivitySensorDataMeasurement", "ActivitySensorDataSample", "ApplicationUsage"),
        *("AppsUsageLog", "Attachment", "Autofill", "BluetoothDevice", "CalendarEntry", "CellTower"),
        *("ChatActivity", "ContactEntry", "ContactPhoto", "Cookie", "Coordinate", "CreditCard"),
        *("DeviceConnectivity", "DeviceEvent", "DeviceInfoEntry", "DictionaryWord", "Email", "EmailAddress"),
        *("FileDownload", "FileUpload", "FinancialAccount", "FinancialAsset", "ForwardedMessageData"),
        *("InstalledApplication", "Journey", "KeyValueModel", "Location", "LogEntry", "MessageLabel"),
        *("MobileCard", "NetworkUsage", "Note", "Notification", "Organization", "Party", "Password"),
        *("PhoneNumber", "PoweringEvent", "Price", "ProfilePicture", "PublicTransportationTicket"),
        *("QuotedMessageData", "Reaction", "RecognizedDevice", "Recording", "ReplyMessageData", "SearchedItem"),
        *("SocialMediaActivity", "StreetAddress", "TransferOfFunds", "User", "UserID", "VisitedPage"),
        *("WebAddress", "WebBookmark", "WirelessNetwork"),
    )
)
"""Types of the vendor's that are not read, at top level and within other models."""

_NEVER_ALONE: Final = frozenset(
    {
        *("Attachment", "ChatActivity", "ContactEntry", "ContactPhoto", "Coordinate", "DeviceInfoEntry"),
        *("EmailAddress", "ForwardedMessageData", "KeyValueModel", "MessageLabel", "Organization", "Party"),
        *("PhoneNumber", "Price", "ProfilePicture", "QuotedMessageData", "Reaction", "ReplyMessageData"),
        *("StreetAddress", "UserID", "WebAddress"),
    }
)
"""Types of models that stand within others."""

PEOPLE: Final = frozenset({"Participants", "Parties"})
"""Fields of a Chat that list people."""

_READ: Final = {name.casefold(): name for name in (*ROWS, CHAT)}
_LIST: Final = "modelType"
_DISTINCT: Final = 4_096


def is_never_alone(kind: str) -> bool:
    """Whether models of a type stand within others and in no list of their own."""
    return kind in _NEVER_ALONE


def list_type_of(holder: Element | None) -> str:
    """Return the type of the list that a model stands in; ``""`` where it stands in none."""
    return (holder.get("type") or "") if holder is not None and name_of(holder) == _LIST else ""


@lru_cache(maxsize=_DISTINCT)
def read_as(stated: str, listed: str) -> str:
    """Return the type by which a model is read: the stated one, unless that is none and another holds.

    Args:
        stated: The model's type as written; of a model without one, its list's.
        listed: Type of the list that it stands in; ``""`` where that is not known.
    """
    if stated in ROWS or stated == CHAT:
        return stated
    folded, list_folded = stated.strip().casefold(), listed.strip().casefold()
    if list_folded in _NOT_READ or folded in _NOT_READ:
        return stated
    return _READ.get(folded) or _READ.get(list_folded) or stated


def is_chat(model: Element, holder: Element | None) -> bool:
    """Whether a model is read as a Chat."""
    stated = model.get("type") or ""
    if stated == CHAT or stated in ROWS:
        return stated == CHAT
    listed = list_type_of(holder)
    return read_as(stated or listed, listed) == CHAT


def has_fields_of(kind: str, model: Element) -> bool:
    """Whether a model has a field that one of the type is told by."""
    wanted = _FIELDS[ROWS.get(kind)]
    return any(field.get("name") in wanted for field in model)
