"""What the sheets of the vendor's workbook are, by their names: one sheet a model.

Physical Analyzer names them after the model; Inseyets appends ``Message(s)``, and a list that does not fit one sheet
goes on in another with a number behind its name.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

import msgspec

from parsers.language_words import named_kinds
from parsers.table_fields import TableKind

_WORD = re.compile(r"[a-z]+")
_KINDS: Final = {
    "messages": TableKind.MESSAGE,
    "calls": TableKind.CALL,
    "contacts": TableKind.CONTACT,
    "accounts": TableKind.ACCOUNT,
}
VOICEMAILS: Final = "voicemails"
_TAIL = re.compile(r"\s*(?:\([0-9]*\)|_?[0-9]+)\s*$")
_APPENDED = re.compile(r"\s+messages?(?:\(s\))?$")


class SheetRole(Enum):
    """What a sheet is read for."""

    RECORDS = "records"
    DEVICE = "device"
    SIM = "sim"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


class SheetUse(msgspec.Struct, frozen=True):
    """What becomes of a sheet.

    Attributes:
        role: What it is read for.
        kind: What its rows become. None: its columns tell, or it gives no records.
        service: Of texts that name no application.
        listing: Name of the list, the same for the sheets that one list fills.
    """

    role: SheetRole
    kind: TableKind | None = None
    service: str | None = None
    listing: str = "top"


_MESSAGES: Final = {
    "sms": "sms",
    "sms messages": "sms",
    "text messages": "sms",
    "mms": "mms",
    "mms messages": "mms",
    "messages sms": "sms",
    "messages mms": "mms",
    "chats": None,
    "chat": None,
    "instant messages": "sms",
    "instant": "sms",
    "native messages": "sms",
    "messages": None,
}
_CALLS: Final = frozenset({"call log", "calls", "call", "call logs", "calls log", VOICEMAILS})
_CONTACTS: Final = frozenset({"contacts", "contact", "phonebook", "phone book"})
_ACCOUNTS: Final = frozenset({"user accounts", "user account", "accounts"})
_DEVICE: Final = frozenset(
    {"device info", "device information", "summary", "extraction summary", "case information", "case info", "device"}
)
_SIM: Final = frozenset({"sim data", "simdata", "sim"})
_OUTSIDE: Final = frozenset(
    {
        *("timeline", "activities", "analytics", "activity sensor data", "application usage", "applications usage log"),
        *("audio", "autofill", "bluetooth devices", "browser bookmarks", "calendar", "calendar entries", "cell towers"),
        *(
            "configurations",
            "cookies",
            "credit cards",
            "databases",
            "data files",
            "device connectivity",
            "device events",
        ),
        *("device locations", "device users", "documents", "emails", "email", "file downloads", "files", "images"),
        *("installed applications", "journeys", "keyword hits", "locations", "log entries", "mobile cards", "notes"),
        *("notifications", "passwords", "powering events", "recordings", "searched items", "social media", "tags"),
        *("text", "texts", "transfers of funds", "uncategorized", "user dictionary", "users", "videos"),
        *("web bookmarks", "web history", "wireless networks", "watch list", "watch lists", "malware scanner"),
    }
)


def listing_of(name: str) -> str:
    """Return the name of the list that a sheet is, or goes on with."""
    return _TAIL.sub("", " ".join(name.split()).casefold())


def use_of(name: str) -> SheetUse:
    """Return what a sheet is, by its name."""
    listing = listing_of(name)
    for word in (listing, _APPENDED.sub("", listing)):
        if word in _MESSAGES:
            return SheetUse(SheetRole.RECORDS, TableKind.MESSAGE, _MESSAGES[word], word)
        for names, kind in ((_CALLS, TableKind.CALL), (_CONTACTS, TableKind.CONTACT), (_ACCOUNTS, TableKind.ACCOUNT)):
            if word in names:
                return SheetUse(SheetRole.RECORDS, kind, None, word)
        for names, role in ((_DEVICE, SheetRole.DEVICE), (_SIM, SheetRole.SIM), (_OUTSIDE, SheetRole.OUTSIDE)):
            if word in names:
                return SheetUse(role, listing=word)
    return _named_otherwise(listing) or SheetUse(SheetRole.UNKNOWN, listing=listing)


def _named_otherwise(listing: str) -> SheetUse | None:
    """Return what a sheet is, by its name in another language. None: that is not known either."""
    kinds = named_kinds(listing)
    if len(kinds) != 1:
        return None
    kind = _KINDS[next(iter(kinds))]
    words = frozenset(_WORD.findall(listing))
    service = next((each for each in ("sms", "mms") if each in words), None)
    return SheetUse(SheetRole.RECORDS, kind, service if kind is TableKind.MESSAGE else None, listing)


def is_vendors_name(name: str) -> bool:
    """Whether no other tool is known to call a sheet so."""
    return listing_of(name) in {
        *("sms messages", "mms messages", "call log", "instant messages", "user accounts", "sim data", "device info"),
        *("device information", "searched items", "installed applications", "wireless networks", "web history"),
    }
