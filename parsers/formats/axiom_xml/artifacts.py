"""What an artifact of AXIOM holds, by its name: ``Android SMS/MMS``, ``iOS WhatsApp Messages``, ``Apple Contacts``.

There are hundreds of artifacts, and their names change by version; the words in a name tell what it holds. An artifact
whose words say nothing of texts, calls, people or the handset is counted and not read.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import Final

import msgspec

from parsers.language_words import named_kinds


class ArtifactKind(StrEnum):
    """What a hit of an artifact becomes."""

    MESSAGE = "message"
    CALL = "call"
    CONTACT = "contact"
    ACCOUNT = "account"
    DEVICE = "device"
    SIM = "sim"


class Artifact(msgspec.Struct, frozen=True):
    """An artifact that is read.

    Attributes:
        service: Application or ``sms`` and ``mms``. None: the hit says it, or nothing does.
        is_native: Whether it is the handset's own store and not an application's.
    """

    kind: ArtifactKind
    service: str | None = None
    is_native: bool = True


_WORD = re.compile(r"[^\W_]+")
_SERVICES: Final = (
    *(("whatsapp", "whatsapp"), ("telegram", "telegram"), ("signal", "signal"), ("snapchat", "snapchat")),
    *(("instagram", "instagram"), ("messenger", "messenger"), ("facebook", "messenger"), ("tiktok", "tiktok")),
    *(("viber", "viber"), ("kik", "kik"), ("wechat", "wechat"), ("skype", "skype"), ("discord", "discord")),
    *(("threema", "threema"), ("wickr", "wickr"), ("session", "session"), ("line", "line"), ("textnow", "textnow")),
    *(("burner", "burner"), ("twitter", "twitter"), ("teams", "teams"), ("slack", "slack"), ("zangi", "zangi")),
    *(("facetime", "facetime"), ("hangouts", "hangouts"), ("duo", "duo"), ("wire", "wire"), ("telguard", "telguard")),
)
_WAYS_OF_CALLING: Final = frozenset({"audio", "video", "voice", "call", "calls", "messenger", "business", "voip"})
_KINDS_ANYWHERE: Final = frozenset({"line", "session"})
_KINDS_TOO: Final = _KINDS_ANYWHERE | {"wire", "signal", "duo", "burner", "teams", "slack"}
_NO_KINDS: Final = frozenset[str]()
_TYPE: Final = "type"
_APPLICATION: Final = frozenset({"app", "application"})
_NOT_READ: Final = frozenset(
    {
        *("email", "emails", "mail", "gmail", "outlook", "search", "searches", "queries", "notification", "cookies"),
        *("history", "cache", "pictures", "videos", "documents", "locations", "passwords", "reactions", "receipts"),
        # What Examine refines from other artifacts: who is named in them.
        "identifiers",
    }
)
_LONGEST_VALUE: Final = 60
_MESSAGES: Final = frozenset({"message", "messages", "sms", "mms", "imessage", "texts", "chats", "chat"})
_TEXTS: Final = frozenset({"sms", "mms", "imessage", "rcs", "text", "texts"})
_CHATS: Final = frozenset({"chat", "chats", "conversation", "conversations"})
_OF_ANY_ARTIFACT: Final = frozenset(
    {
        *("message", "messages", "sms", "mms", "imessage", "rcs", "text", "texts", "group", "groups", "sim", "card"),
        *(
            "android",
            "ios",
            "apple",
            "iphone",
            "ipad",
            "google",
            "samsung",
            "huawei",
            "nokia",
            "blackberry",
            "lg",
            "htc",
        ),
        *("motorola", "sony", "xiaomi", "windows", "mac", "macos", "mobile", "phone", "device", "handset", "native"),
        *("backup", "backups", "itunes", "icloud", "carved", "parsed", "recovered", "deleted", "from", "and", "the"),
    }
)
"""Words in names of artifacts that name no application."""
_CALLS: Final = frozenset({"call", "calls"})
_CONTACTS: Final = frozenset({"contact", "contacts", "people", "friends"})
_ACCOUNTS: Final = frozenset({"account", "accounts", "profile", "profiles"})
_SIM: Final = frozenset({"sim", "usim", "iccid"})
_CARD: Final = frozenset({"card", "cards"})
_DEVICE: Final = frozenset({"device", "phone", "handset"})
_INFORMATION: Final = frozenset({"information", "info", "details", "activity", "owner"})


@lru_cache(maxsize=4_096)
def artifact_of(name: str) -> Artifact | None:
    """Return what an artifact holds. None: nothing that is read."""
    words = frozenset(_WORD.findall(name.casefold()))
    service = next((service for word, service in _SERVICES if word in words), None)
    kind = _kind_of(words)
    if kind is ArtifactKind.MESSAGE:
        if service is not None or not _is_of_handset(words):
            return Artifact(kind, service or _application_in(name), is_native=False)
        return Artifact(kind, _text_service(words))
    return None if kind is None else Artifact(kind, service, service is None)


def service_said(value: str | None, *, heading: str) -> str | None:
    """Return the application that made a call, by a value which says that and nothing else: ``FaceTime Video``.

    None: it says none, or the handset's own line. ``Line`` and ``Session`` are kinds of calls too (the application is
    written ``LINE``), under the heading of a type other words are, and under that of an application none.

    Args:
        value: The value.
        heading: Its name: ``Call Type``, ``Service``, ``Application``.
    """
    words = set(_WORD.findall(value.casefold())) if value is not None and len(value) <= _LONGEST_VALUE else set()
    said = words - _WAYS_OF_CALLING or words
    headed = set(_WORD.findall(heading.casefold()))
    kinds = (
        _KINDS_TOO
        if _TYPE in headed and "service" not in headed
        else _NO_KINDS
        if headed & _APPLICATION
        else _KINDS_ANYWHERE
    )
    if said <= kinds and "LINE" not in (value or ""):
        return None
    return next((service for word, service in _SERVICES if said == {word}), None)


def is_in_other_language(name: str) -> bool:
    """Whether an artifact that is not known lists messages, calls or people, by a name in another language."""
    words = frozenset(_WORD.findall(name.casefold()))
    return bool(named_kinds(name)) and not words & _NOT_READ


def _kind_of(words: frozenset[str]) -> ArtifactKind | None:
    if words & _CALLS and not words & _MESSAGES - {"message"}:
        return ArtifactKind.CALL
    if words & _NOT_READ:
        return None
    is_about = bool(words & _INFORMATION)
    kinds = (
        (ArtifactKind.ACCOUNT, bool(words & _ACCOUNTS)),
        (ArtifactKind.CONTACT, bool(words & _CONTACTS)),
        (ArtifactKind.MESSAGE, bool(words & _MESSAGES)),
        (ArtifactKind.SIM, bool(words & _SIM) and (is_about or bool(words & _CARD))),
        (ArtifactKind.DEVICE, bool(words & _DEVICE) and is_about),
    )
    return next((kind for kind, holds in kinds if holds), None)


def _is_of_handset(words: frozenset[str]) -> bool:
    """Whether an artifact of messages is the handset's own: it says so, or nothing but where it was found."""
    return bool(words & _TEXTS) or words <= _OF_ANY_ARTIFACT


def _application_in(name: str) -> str | None:
    """Return the application whose messages an artifact holds, by its name: ``Grindr Messages``. None: it says none."""
    left = [word for word in _WORD.findall(name.casefold()) if word not in _OF_ANY_ARTIFACT and word not in _CHATS]
    return " ".join(left) or None


def _text_service(words: frozenset[str]) -> str | None:
    """Return the service of the handset's own texts; several in one artifact are told apart by the hit, or not."""
    if "imessage" in words:
        return None
    return "mms" if "mms" in words and "sms" not in words else "sms"
