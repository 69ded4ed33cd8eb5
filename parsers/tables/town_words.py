"""Names of British towns, by which a bill says where a number is (``Leeds``, ``Mobile, Hull``).

A town can be a person's name (``Kent``, ``Chester``): they are asked for in bills alone, and where most cells of a
column name towns or lines.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

from parsers.tables.traffic_words import names_line

_LISTS: Final = ("towns.toml", "settlements.toml")
_LETTERS = re.compile(r"[^\W\d_]+")
_BETWEEN: Final = frozenset(
    {
        "upon",
        "on",
        "under",
        "in",
        "the",
        "le",
        "st",
        "saint",
        "great",
        "little",
        "north",
        "south",
        "east",
        "west",
        "and",
    }
    | {"tyne", "trent", "thames", "humber", "mersey", "tees", "wear", "severn", "sea", "hill", "hills", "wells"}
    | {"new", "old", "bridge", "regis", "royal", "spa", "central", "inner", "outer", "city", "area"}
)
"""What stands in names of several words (``Newcastle upon Tyne``), and is no town alone."""

_MOST_WORDS: Final = 5


def names_town(text: str) -> bool:
    """Whether a cell names a town, perhaps with the line that was called there, and nothing else."""
    words = _LETTERS.findall(text.casefold())
    if not words or len(words) > _MOST_WORDS or any(map(str.isdigit, text)):
        return False
    left = [word for word in words if word not in _towns() and word not in _BETWEEN]
    return any(word in _towns() for word in words) and (not left or names_line(frozenset(left)))


@cache
def _towns() -> frozenset[str]:
    lexicons = files("config") / "lexicons"
    read = [tomllib.loads((lexicons / name).read_text(encoding="utf-8")) for name in _LISTS]
    return frozenset(word for lexicon in read for word in lexicon["words"]["text"].split())
