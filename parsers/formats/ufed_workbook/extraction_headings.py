"""Headings of the column that names the extraction, in the languages whose headings are read.

Not among the words of all tables: elsewhere nothing is made of such a column.
"""

from __future__ import annotations

import re
from typing import Final

from parsers.language_words import heading_key

_HEADING = re.compile(r"(?:source )?extractions?(?: name| source| id)?")
_OTHERS: Final = frozenset(
    {
        *("extraktion", "extraktionsname", "extraktionsquelle", "name der extraktion"),
        *("nom de l extraction", "nom d extraction", "source de l extraction", "source d extraction"),
        *("extractie", "extractienaam", "naam extractie", "naam van extractie", "extractiebron"),
        *("extraccion", "nombre de la extraccion", "nombre de extraccion", "origen de la extraccion"),
        *("ekstrakcja", "nazwa ekstrakcji", "zrodlo ekstrakcji"),
        *("echdyniad", "enw r echdyniad", "enw echdyniad"),
    }
)
"""As ``heading_key`` gives them: German, French, Dutch, Spanish, Polish, Welsh."""


def names_extraction(heading: str) -> bool:
    """Whether a heading, in small letters, is that of the column that names the extraction."""
    return _HEADING.fullmatch(heading) is not None or heading_key(heading) in _OTHERS
