"""What somebody noted beside an entry of a phone book, of what a record keeps as the source's own fields.

Formats call it by one word or nearly so (``NOTE`` of a vCard, ``note`` of Android, ``Notes`` of reports).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_NOTES: Final = frozenset({"note", "notes", "memo"})


def notes_of(extra: Iterable[tuple[str, str]]) -> list[str]:
    """Return the texts of the fields that are notes, in order; of ``Contact.Notes`` the last part tells."""
    return [text for name, text in extra if is_note(name) and text.strip()]


def is_note(name: str) -> bool:
    """Whether a field of a contact is a note, by its name."""
    return name.rpartition(".")[2].strip().casefold() in _NOTES
