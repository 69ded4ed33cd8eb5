"""Text of identifiers and times with typography taken out of it; the text as written is kept beside it."""

from __future__ import annotations

import unicodedata
from typing import Final

MINUS: Final = "\u2212"
"""The sign that word processors and spreadsheets put for a hyphen before a number: ``12:00 \u221203:00``."""


def to_plain_characters(text: str) -> str:
    """Return the text trimmed, with digits of any script and the minus as ASCII and without marks that have no width.

    Vendors wrap numbers in direction marks, and spreadsheets put no-break spaces and full-width digits into them.
    Not for message text, which is never changed.
    """
    if text.isascii():
        return text.strip()
    plain = unicodedata.normalize("NFKC", text.replace(MINUS, "-"))
    kept = (char for char in plain if unicodedata.category(char) != "Cf")
    return "".join(char if char.isascii() else str(unicodedata.decimal(char, char)) for char in kept).strip()
