"""Views: what each file of an export lists. The third line of the file names it: ``Messages/SMS``, ``Calls``."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from parsers.language_words import named_kinds

_WORD = re.compile(r"[a-z]+")
_MAIL: Final = frozenset({"email", "emails", "mail", "e"})
_TEXTS: Final = frozenset({"sms", "mms"})
_GENERAL: Final = "general"
_INFORMATION: Final = "information"
_OF_OTHERS: Final = frozenset({"account", "accounts", "event", "events", "network", "networks"})

TEXT_KEYS: Final = frozenset({"text", "message", "body"})
"""Keys whose value may go on over several lines."""

ACCOUNT_KEY: Final = "account name"
"""What an application calls somebody: a number, an address or a handle."""

PARTY_KEYS: Final = frozenset({"tel", "number", "name", "name (matched)", ACCOUNT_KEY})
"""Keys that say who the other side is, in the namespace in front of them."""

APPLICATION_KEYS: Final = ("related application", "application")
"""Keys that name the application of a message or call."""

SIDES: Final = frozenset({"from", "to", "participant"})
"""Namespaces: a line of its own that says whose the keys behind it are. Newer versions write them as keys."""

FILE_KEYS: Final = frozenset({"attachment", "attachments", "file name"})
"""Keys that name files of a message, one key a file."""

SEGMENT_NUMBER: Final = "segment number"
SEGMENT_KEYS: Final = frozenset({"segments", SEGMENT_NUMBER, "reference number"})

RARE_KEYS: Final = SEGMENT_KEYS | {"deleted"}
"""Keys that stand in few entities by their nature; one such entity must do to believe them."""

OWN_KEYS: Final = frozenset({"time", "index"})
"""Keys whose value is nearly every entity's own."""

OWN_WORDS: Final = {
    "type": frozenset({"deliver", "submit", "status report"}),
}
"""Words under a key that nobody types, in lower case."""

_MESSAGE_KEYS: Final = (
    TEXT_KEYS
    | PARTY_KEYS
    | SIDES
    | SEGMENT_KEYS
    | FILE_KEYS
    | {"direction", "time", "status", "type", "folder", "storage", "index", "service center", "service centre"}
    | {"deleted", "subject", "related application", "application"}
)
_CALL_KEYS: Final = (
    PARTY_KEYS
    | SIDES
    | {"call type", "direction", "time", "duration", "storage", "index", "type", "deleted", "related application"}
)
_CONTACT_KEYS: Final = frozenset(
    {"name", "tel", "mobile", "home", "work", "office", "fax", "other", "number", "related application"}
    | {"address home", "address work", "email", "email home", "email work", "storage", "index", "account name"}
    | {"picture", "deleted", "first name", "last name", "nickname", "note", "notes"}
)
_DEVICE_KEYS: Final = frozenset({"data", "attribute"})


class ViewKind(StrEnum):
    """What the entities of a view become."""

    MESSAGES = "message"
    CALLS = "call"
    CONTACTS = "contact"
    DEVICE = "device"
    OTHER = "other"


KEYS: Final = {
    ViewKind.MESSAGES: _MESSAGE_KEYS,
    ViewKind.CALLS: _CALL_KEYS,
    ViewKind.CONTACTS: _CONTACT_KEYS,
    ViewKind.DEVICE: _DEVICE_KEYS,
    ViewKind.OTHER: frozenset[str](),
}
"""The keys that are known of each kind of view, in lower case."""


def kind_of(view: str) -> ViewKind:
    """Return what the entities of a view become.

    Every view of messages but mail is read, whatever it is called: all use one grammar, and a message must not be
    lost because of the name of its list.
    """
    words = _WORD.findall(view.casefold())
    match words[:1]:
        case ["messages" | "message"]:
            return ViewKind.OTHER if _MAIL & set(words[1:2]) else ViewKind.MESSAGES
        case ["calls" | "call"]:
            return ViewKind.CALLS
        case ["contacts" | "contact"]:
            return ViewKind.CONTACTS
        case ["device" | "sim"] if words[1:2] == [_GENERAL]:
            return ViewKind.DEVICE
        case ["general"] if words[1:2] == [_INFORMATION]:
            return ViewKind.DEVICE
        case _:
            return ViewKind.OTHER


def is_in_other_language(view: str) -> bool:
    """Whether a view that is not known lists messages, calls or people, by a name in another language."""
    words = set(_WORD.findall(view.casefold()))
    is_mail = bool(words & (_MAIL - {"e"}))
    return kind_of(view) is ViewKind.OTHER and not is_mail and bool(named_kinds(view) or words & _TEXTS)


def is_of_lost_view(view: str, title: str) -> bool:
    """Whether an entity by its title lists messages, calls or people, and the view's name is none that is known.

    Mail is known: its entities bear the title of messages too.
    """
    words = set(_WORD.findall(view.casefold()))
    return kind_of(view) is ViewKind.OTHER and not words & (_MAIL - {"e"}) and kind_of(title) is not ViewKind.OTHER


def may_tell_handset(view: str) -> bool:
    """Whether a view that is not known may say which handset was read.

    What stands under ``Web/``, and in lists of accounts, events and networks, is of those, whatever it states.
    """
    words = _WORD.findall(view.casefold())
    return kind_of(view) is ViewKind.OTHER and words[:1] != ["web"] and _OF_OTHERS.isdisjoint(words)


def service_of(view: str) -> str | None:
    """Return the service that a view of messages names: ``sms``, ``mms``, else the name itself. None: it names none."""
    _, _, name = view.partition("/")
    words = set(_WORD.findall(name.casefold()))
    if "sms" in words or not words:
        return "sms"
    if "mms" in words:
        return "mms"
    return None if words <= {"chat", "chats", "instant", "messages", "im"} else name.strip().casefold()


def is_view(text: str) -> bool:
    """Whether a line names a view that is known."""
    return kind_of(text) is not ViewKind.OTHER or text.casefold().startswith("web/")


def view_words(view: str) -> frozenset[str]:
    """Return the words that the file of a view may be called by."""
    words = set(_WORD.findall(view.casefold()))
    if kind_of(view) is ViewKind.MESSAGES:
        words |= {"text", "texts", "messages", "message"}
    if kind_of(view) is ViewKind.DEVICE:
        words |= {"device", "info", "phone"}
    return frozenset(words)
