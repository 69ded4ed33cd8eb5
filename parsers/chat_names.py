"""Names under which WhatsApp exports a chat, and what is sent in it: what a file is called tells whose chat it is."""

from __future__ import annotations

import re
from typing import Final

IOS_NAME: Final = "_chat.txt"
_NAMES: Final = ("whatsapp", "واتساب", "واتس اب")
_WITH: Final = (
    *("with", "mit", "con", "met", "com", "avec", "med", "amb", "kun", "z użytkownikiem", "z", "cu", "me", "s", "so"),
    *("gydag", "gyda", "su", "với", "dengan"),
    *("sa", "с контактом", "с", "з", "із", "مع", "με", "עם", "با"),  # noqa: RUF001  # letters of other alphabets, which are meant
)
"""The word in front of the chat's name in the languages that the application speaks, the longer of two first."""

_TITLED = re.compile(
    r"(?:whatsapp[ _-]*chat|chat[ _-]whatsapp)[ _]*(?:with|mit|con|met|com|avec|med|-)[ _]*(?P<title>.+)"
    r"|(?:chat de whatsapp con|conversa do whatsapp com|discussion whatsapp avec|chat whatsapp con|whatsapp-chatt med"
    r"|whatsapp-chat met|chat whatsapp met)[ _]+(?P<other>.+)"
    rf"|(?:[^\W\d_]+[ _-]+){{0,2}}(?:{'|'.join(_NAMES)})(?:[ _-][^\W\d_]+)?"
    rf"[ _]+(?:{'|'.join(word.replace(' ', '[ _]') for word in _WITH)})[ _]+(?P<further>.+)",
    re.IGNORECASE,
)
_TITLE_FIRST = re.compile(
    rf"(?P<title>.+?)[ _]+(?:ile|के साथ)[ _]+(?:{'|'.join(_NAMES)})(?:[ _-][^\s_-]+)?", re.IGNORECASE
)
"""Turkish and Hindi name the other side in front: ``Jay ile WhatsApp Sohbeti``."""

_APPLICATION_FIRST = re.compile(rf"(?:{'|'.join(_NAMES)})[ _-][^\W\d_]+[ _:–-].+", re.IGNORECASE)  # noqa: RUF001
_WORD_BREAK = re.compile(r"[ _:–-]+")  # noqa: RUF001
_MOST_WORDS: Final = 6
"""What any other language calls a chat: ``WhatsApp-keskustelu Jay``. Where the name begins, only the senders tell."""

_LONGEST_NAME: Final = 255
_COPY_MARK = re.compile(r"(?: - copy)?(?: ?\(\d{1,3}\))?$", re.IGNORECASE)
# What the application exports beside a chat.
_MEDIA = re.compile(
    r"(?:(?:IMG|VID|AUD|PTT|DOC|STK)-\d{8}-WA\d{4}|\d{8}-(?:PHOTO|VIDEO|AUDIO|STICKER|GIF|DOCUMENT|CONTACT)[^/]*|0\d{7}-[^/]+)\.\w{1,8}",
    re.IGNORECASE,
)
_CAPTURED = re.compile(
    r"CHAT_(?P<jid>[0-9][0-9-]{4,40}@(?:s\.whatsapp\.net|g\.us))(?: ?\(\d{1,3}\))?\.txt", re.IGNORECASE
)
"""Under such a name Cellebrite keeps a chat that it had the application export, in a folder with the chat's name."""

_TEXT_SUFFIX: Final = ".txt"
_SUFFIXES: Final = frozenset({"txt", "zip", "text", "log", "md"})
"""Ends of names under which texts are saved: no part of the chat's name."""


def title_of(name: str) -> str | None:
    """Return the chat's name in a file name of the application's form (``WhatsApp Chat with Jay.txt``), else None."""
    stem = stem_of(name)
    if (found := _TITLED.fullmatch(stem)) is not None:
        return (found["title"] or found["other"] or found["further"]).strip() or None
    found = _TITLE_FIRST.fullmatch(stem) if len(stem) <= _LONGEST_NAME else None
    return found["title"].strip() or None if found is not None else None


def is_chat_name(name: str) -> bool:
    """Whether a member is an exported chat by its name."""
    last = name.rpartition("/")[2]
    if not last.casefold().endswith(_TEXT_SUFFIX):
        return False
    return last.casefold() == IOS_NAME or title_of(last) is not None or captured_id(last) is not None


def captured_id(name: str) -> str | None:
    """Return the other person's or the group's id in the name of a captured export. None: it is named otherwise."""
    found = _CAPTURED.fullmatch(name.rpartition("/")[2])
    return found["jid"] if found is not None else None


def is_media_name(name: str) -> bool:
    """Whether a file is one that the application exports beside a chat, by its name."""
    return _MEDIA.fullmatch(name.rpartition("/")[2]) is not None


def stem_of(name: str) -> str:
    """Return a file's name without the end and the mark of a copy that systems give it."""
    stem, dot, suffix = name.rpartition(".")
    bare = stem if dot and suffix.casefold() in _SUFFIXES else name
    return _COPY_MARK.sub("", bare).strip()


def tails_of(stem: str) -> list[str]:
    """Return what may be the name at the end of a stem that begins with the application's, the longest first."""
    if len(stem) > _LONGEST_NAME or not _APPLICATION_FIRST.fullmatch(stem):
        return []
    return [stem[found.end() :] for found in list(_WORD_BREAK.finditer(stem))[1 : _MOST_WORDS + 1]]
