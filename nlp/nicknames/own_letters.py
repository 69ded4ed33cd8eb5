"""Letters with marks that a name is spelled with: ``Młody``, ``Ștefan``, ``Zé`` are called so, ``Rîçõ`` is Rico.

Texts are matched by their plain letters (``words.folding``), which evasion and taste decorate at will. A name keeps the
letters of a language that has them where its text is written with such letters elsewhere too, or where it has one.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_OF_LANGUAGES: Final = frozenset(
    "ąćęłńóśźż"  # Polish
    "ăâîșțşţ"  # Romanian
    "ëç"  # Albanian
    "âêîôûŵŷ"  # Welsh
    "áàãéíúõñü"  # Portuguese, Spanish, Irish
    "čďěňřšťůýžľĺ"  # Czech, Slovak
    "āēģīķļņūėįų"  # Lithuanian, Latvian
    "äöåæøğ"  # German, Nordic, Turkish
)
_WORD: Final = re.compile(r"[^\W\d_]+")


def own_letters(word: str, plain: str, body: str) -> str:
    """Return how a word of a name is spelled: as it stands where its marked letters are its own, else in plain letters.

    Args:
        word: As it stands in the body.
        plain: In plain letters.
        body: The text.
    """
    spelled = unicodedata.normalize("NFC", word)
    marked = [letter for letter in spelled.lower() if not letter.isascii()]
    if not marked or len(spelled) != len(plain) or not _OF_LANGUAGES.issuperset(marked):
        return plain
    return spelled if len(marked) == 1 or _is_written_so(body, word) else plain


def _is_written_so(body: str, but: str) -> bool:
    """Whether another word of a text has letters of a language that are no plain ones."""
    words = (unicodedata.normalize("NFC", word).lower() for word in _WORD.findall(body) if word != but)
    return any(not word.isascii() and not _OF_LANGUAGES.isdisjoint(word) for word in words)
