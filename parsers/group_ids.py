"""How applications call a conversation of several: by these ids a group is told from the number of one person."""

from __future__ import annotations

from typing import Final

_WHATSAPP: Final = "@g.us"
_APPLE: Final = "chat"


def is_whatsapp_group(text: str | None) -> bool:
    """Whether an identifier is that of a group of WhatsApp (``...@g.us``)."""
    return text is not None and text.rstrip().endswith(_WHATSAPP)


def is_apple_group(text: str | None) -> bool:
    """Whether it is what an iPhone calls a conversation of several (``chat123``); one of two has the other's number."""
    plain = (text or "").strip()
    return plain.startswith(_APPLE) and plain[len(_APPLE) :].isdecimal()
