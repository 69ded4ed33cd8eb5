"""Names of services: which texts are native, and what an application is called."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from parsers.records.values import Party
from parsers.service_packages import is_own_telephone, name_of_id

_NATIVE: Final = frozenset(
    {
        "",
        "phone",
        "native",
        "native messages",
        "messages",
        "android messages",
        "google messages",
        "samsung messages",
        "text messages",
        "sim",
        "sim card",
        "usim",
        "sms",
        "mms",
        "sms/mms",
    }
)
_EITHER: Final = "com.apple.mobilesms"
"""The program for texts of iOS, which sends SMS and MMS as well as iMessages: the type alone says which."""

_OF_WHATSAPP: Final = ("@s.whatsapp.net", "@g.us", "@lid")
_SIM: Final = frozenset({"sim", "sim card", "usim"})
_ALIASES: Final = {"whatsapp messenger": "whatsapp", "telegram messenger": "telegram", "signal messenger": "signal"}
_TEXT_TYPES: Final = {"sms": "sms", "mms": "mms", "imessage": "imessage", "rcs": "rcs"}
_PHONE_BOOK: Final = {"phone": "phone", "native": "phone", "phonebook": "phone", "memory": "phone"}
_FILE = re.compile(r"\\|^/|/.*/|\.(?:db|sqlite\w*|storedata|abcddb|realm|xml|plist|txt|zip|tar)\b", re.IGNORECASE)
_WITH_ACCOUNT = re.compile(r"([^:@+]{2,40}?)\s*:\s*(?:[a-z]:)?(?:\+?[\d() -]{5,}|[^\s@:]+@[^\s@:]+)", re.IGNORECASE)


def names_file(source: str) -> bool:
    r"""Whether a source is the file that something was read from, and no application: ``phone.zip\data\calllog.db``."""
    return _FILE.search(source) is not None


def before_account(source: str) -> str | None:
    """Return the application of a source that names the owner's account behind it (``iMessage: +44...``); None: no.

    Who takes the application from here keeps the source beside the record.
    """
    found = _WITH_ACCOUNT.fullmatch(source.strip()) if ":" in source else None
    return found[1] if found is not None else None


@lru_cache(maxsize=4_096)
def message_service(application: str | None, type_name: str | None) -> str | None:
    """Return the service of an instant message: ``sms`` and ``mms`` for native texts, else the application's name."""
    name = (application or "").strip().casefold()
    by_type = _TEXT_TYPES.get((type_name or "").strip().casefold())
    if name == _EITHER and by_type is not None:
        return by_type
    if name not in _NATIVE:
        return _named(name)
    return by_type or ("mms" if name == "mms" else "sms")


def service_of_addresses(parties: Iterable[Party | None]) -> str | None:
    """Return the application whose form of address a party has, for a message that names none; None: none is known.

    A message that stands in a chat and at top level may name it in the chat alone; it is one message all the same.
    """
    addresses = (each.raw for each in parties if each is not None and each.raw is not None)
    return "whatsapp" if any(address.endswith(_OF_WHATSAPP) for address in addresses) else None


@lru_cache(maxsize=4_096)
def application_service(source: str | None) -> str | None:
    """Return the application's name in lower case; None where the source is the handset itself or says nothing.

    The id by which a store knows an application (``net.whatsapp.WhatsApp``) is its name.
    """
    name = (source or "").strip().casefold()
    return None if name in _NATIVE or is_own_telephone(name) else _named(name)


def is_sim(source: str | None) -> bool:
    """Whether a model's ``Source`` names the SIM."""
    return (source or "").strip().casefold() in _SIM


def phone_book(source: str | None, *, is_sim_part: bool) -> str | None:
    """Return where a contact is stored: ``phone``, ``sim``, or the application's name. None: not stated."""
    name = (source or "").strip().casefold()
    if name in _SIM or (not name and is_sim_part):
        return "sim"
    return (_PHONE_BOOK.get(name) or _named(name)) or None


def _named(name: str) -> str:
    return _ALIASES.get(name) or name_of_id(name) or name
