"""Text of identifiers and times with typography taken out of it; the text as written is kept beside it."""

from __future__ import annotations

import unicodedata


def to_plain_characters(text: str) -> str:
    """Return the text trimmed, with digits of any script as ASCII and without marks that have no width.

    Vendors wrap numbers in direction marks, and spreadsheets put no-break spaces and full-width digits into them.
    Not for message text, which is never changed.
    """
    if text.isascii():
        return text.strip()
    kept = (char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) != "Cf")
    return "".join(char if char.isascii() else str(unicodedata.decimal(char, char)) for char in kept).strip()
