"""Repairs texts whose UTF-8 octets were written as characters, one each: three of Latin-1 for a heart."""

from __future__ import annotations

from typing import Final

from parsers.json_decoding import Json
from parsers.json_values import text_in

REPAIRED: Final = "encoding_repaired"


def repaired(text: str) -> str:
    """Return the text that is meant; one that was written rightly is no UTF-8 in that reading, and stays as it is."""
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode()
    except UnicodeError:
        return text


def repaired_in(held: Json, *keys: str) -> str | None:
    """Return the repaired text of the first of the keys that has one. None: none has."""
    text = stored_in(held, *keys)
    return None if text is None else repaired(text)


def stored_in(held: Json, *keys: str) -> str | None:
    """Return the text of the first of the keys that has one, as stored. None: none has."""
    for key in keys:
        # Asked for by its name first: nearly every one is there, and a text.
        value = held.get(key) if isinstance(held, dict) else None
        text = value if isinstance(value, str) else text_in(held, key)
        if text is not None:
            return text
    return None
