"""Which way a message went, and how a call went; each reading says what it rests on.

Order for messages: a draft is a draft wherever its parties stand; what was not sent, is queued or failed went out;
then the owner flag or the party's role, then the folder, then the status. The status of an instant message is no
clue, because incoming ones are ``Read`` too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from parsers.language_words import english_cell, english_words, fold
from parsers.records.facts import CallType, Direction
from parsers.records.values import Party

_INCOMING, _OUTGOING = Direction.INCOMING, Direction.OUTGOING

# Folders are free text in the handset's or the tool's language.
_DRAFT_FOLDERS: Final = frozenset(
    {
        *("draft", "drafts", "entwurf", "entwürfe", "brouillon", "brouillons", "borrador", "borradores", "rascunho"),
        *("rascunhos", "bozza", "bozze", "concept", "concepten", "utkast", "szkice", "wersje robocze", "черновики"),
    }
)
_INBOXES: Final = (
    *("inbox", "received", "incoming", "posteingang", "boîte de réception", "bandeja de entrada", "caixa de entrada"),
    *("posta in arrivo", "in arrivo", "postvak in", "inkorg", "inkorgen", "odebrane", "входящие", "recibidos"),
)
_OUTBOXES: Final = (
    *("sent", "outbox", "outgoing", "sent items", "sent messages", "sentbox", "failed", "queued", "postausgang"),
    *("gesendet", "gesendete objekte", "boîte d'envoi", "messages envoyés", "envoyés", "bandeja de salida", "enviados"),
    *("elementos enviados", "caixa de saída", "itens enviados", "enviadas", "posta in uscita", "inviati", "inviata"),
    *("postvak uit", "verzonden", "skickat", "wysłane", "отправленные", "исходящие"),
)
_FOLDERS: Final = dict.fromkeys(_INBOXES, _INCOMING) | dict.fromkeys(_OUTBOXES, _OUTGOING)
_NOT_SENT: Final = frozenset(
    {"unsent", "not sent", "notsent", "queued", "failed", "failure", "sending", "pending", "outbox", "submitted"}
)
_STATUSES: Final = {
    "read": _INCOMING,
    "unread": _INCOMING,
    "received": _INCOMING,
    "sent": _OUTGOING,
    "delivered": _OUTGOING,
}

_NOT_KNOWN: Final = frozenset({"unknown", "n/a", "na", "-", "--", "none", "null", "nil", "not known", "?"})

_MISSED_STATUSES: Final = frozenset(
    {"missed", "notestablishedunknownreason", "notestablished", "unanswered", "notanswered", "noanswer", "cancelled"}
    | {"canceled", "nottaken"}
)
_REJECTED: Final = frozenset({"rejected", "declined", "blocked", "refused", "autorejected"})
_VOICEMAIL: Final = "voicemail"
_NEGATIONS: Final = frozenset(
    {"no", "non", "not", "nicht", "kein", "keine", "nie", "niet", "geen", "nu", "ne", "pas", "sin", "sans", "ohne"}
    | {"zonder", "bez", "heb", "sem", "nao"}
)
_NEGATED: Final = "not so"
"""Key of a call that a cell says did not go in a way which it names: nothing tells how it went."""

_LETTERS = re.compile(r"[^\W\d_]+")
_CALL_WORDS: Final = frozenset({"incoming", "received", "outgoing", "missed", "rejected"})

Reading = tuple[Direction, str | None]


@lru_cache(maxsize=4_096)
def stated_direction(folder: str | None, status: str | None, type_name: str | None = None) -> Reading | None:
    """Return what holds before any party: a draft, or a message that has not gone out. None: neither."""
    if _key(folder) in _DRAFT_FOLDERS or _english_key(folder) in _DRAFT_FOLDERS:
        return Direction.DRAFT, "folder"
    status_key = _english_key(status)
    if status_key == "draft":
        return Direction.DRAFT, "status"
    if type_name is not None and _key(type_name) == "draft":
        return Direction.DRAFT, "type"
    if status_key in _NOT_SENT:
        return _OUTGOING, "status"
    return None


@lru_cache(maxsize=4_096)
def says_not_gone(word: str | None) -> bool:
    """Whether a word of a type or status says that a message has not gone out: ``Outbox``, ``Failed``, ``Queued``."""
    return _english_key(word) in _NOT_SENT


@lru_cache(maxsize=4_096)
def folder_direction(folder: str | None) -> Reading | None:
    """Return the direction that the folder states. None: it states none."""
    found = _FOLDERS.get(_key(folder)) or _FOLDERS.get(_english_key(folder))
    return (found, "folder") if found is not None else None


@lru_cache(maxsize=4_096)
def status_direction(status: str | None) -> Reading | None:
    """Return the direction that the status of a text states. None: it states none."""
    found = _STATUSES.get(_english_key(status))
    return (found, "status") if found is not None else None


def unread_way(*stated: str | None) -> str | None:
    """Return what is written where a direction would stand: the first text that does not say it is not known.

    For messages of which nothing tells the direction. None: nothing stands there.
    """
    return next((text for text in stated if (key := _key(text)) and key not in _NOT_KNOWN), None)


def owner_direction(sender: Party | None, recipients: Sequence[Party]) -> Reading | None:
    """Return the direction that the owner flags of the parties state. None: they state none."""
    if sender is not None and sender.is_owner is not None:
        return (_OUTGOING if sender.is_owner else _INCOMING), "owner_flag"
    if sender is not None and any(party.is_owner for party in recipients):
        return _INCOMING, "owner_flag"
    return None


def role_direction(sender: Party | None, recipients: Sequence[Party]) -> Reading | None:
    """Return the direction that the roles state: the owner is normally not listed among the parties of a text."""
    if sender is not None:
        return (_OUTGOING if sender.is_owner else _INCOMING), "party_role"
    return (_OUTGOING, "party_role") if recipients else None


def text_direction(
    folder: str | None, status: str | None, sender: Party | None, recipients: Sequence[Party]
) -> Reading:
    """Return the direction of an SMS or MMS, and what it rests on.

    Where both sides are listed and neither is known as the owner's, the roles say both; the folder says one.
    """
    says_both = (
        bool(recipients)
        and sender is not None
        and sender.is_owner is None
        and not any(party.is_owner for party in recipients)
    )
    return (
        stated_direction(folder, status)
        or ((folder_direction(folder) or status_direction(status)) if says_both else None)
        or role_direction(sender, recipients)
        or folder_direction(folder)
        or status_direction(status)
        or (Direction.UNKNOWN, None)
    )


def call_type(direction: str | None, type_name: str | None, status: str | None, role: Direction | None) -> CallType:
    """Return how a call went.

    ``Direction`` holds before ``Type``, and the role of the other party comes last. An outgoing call stays outgoing,
    answered or not: ``missed`` and ``rejected`` are for calls that came in.
    """
    words = (_call_word(type_name), _call_word(status))
    way = _call_direction(_call_word(direction), words, role)
    if way is _OUTGOING:
        return CallType.OUTGOING
    if _VOICEMAIL in words:
        return CallType.VOICEMAIL
    if any(word in _REJECTED for word in words):
        return CallType.REJECTED
    if any(word in _MISSED_STATUSES for word in words) and (way is _INCOMING or "missed" in words):
        return CallType.MISSED
    return CallType.INCOMING if way is _INCOMING and _NEGATED not in words else CallType.UNKNOWN


def _call_direction(direction: str, words: tuple[str, str], role: Direction | None) -> Direction | None:
    for word in (direction, *words):
        if word in {"incoming", "received"}:
            return _INCOMING
        if word in {"outgoing", "dialed", "dialled"}:
            return _OUTGOING
    return _INCOMING if words[0] in {"missed", "rejected"} else role


@lru_cache(maxsize=4_096)
def _call_word(text: str | None) -> str:
    """Return the key of a word of calls, of the one English word that a cell of another language says in several."""
    word = _english_key(text)
    if text is None or " " not in word:
        return word
    found = english_words(text)
    told = found & _CALL_WORDS
    if told and not _NEGATIONS.isdisjoint(_LETTERS.findall(fold(text))):
        return _NEGATED
    return next(iter(told)) if len(told) == 1 and "not" not in found else word


def _key(text: str | None) -> str:
    return text.strip().casefold() if text else ""


def _english_key(text: str | None) -> str:
    """Return the key of a folder or a status, of the English word where it is another language's."""
    return _key(english_cell(text))
