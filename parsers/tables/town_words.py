"""Names of British towns, by which a bill says where a number is (``Leeds``, ``Mobile, Hull``).

A town can be a person's name (``Kent``, ``Chester``): they are asked for in bills alone, where most cells of a column
name towns or lines. Among lines, and no people, a town is one; else where most towns stand beside several numbers each:
a name that goes with one number is a person's.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from parsers.phone_numbers import to_e164
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
_MOBILE: Final = "+447"


def names_town(text: str) -> bool:
    """Whether a cell names a town, perhaps with the line that was called there, and nothing else."""
    words = _LETTERS.findall(text.casefold())
    if not words or len(words) > _MOST_WORDS or any(map(str.isdigit, text)):
        return False
    left = [word for word in words if word not in _towns() and word not in _BETWEEN]
    return any(word in _towns() for word in words) and (not left or names_line(frozenset(left)))


def nobodies_among(beside: Mapping[str, Collection[str]], lines: Collection[str]) -> frozenset[str]:
    """Return the texts of a column beside its numbers that name a town or a country, and nobody; in doubt none.

    Args:
        beside: Its texts, with the first different numbers that each stands beside.
        lines: Those of them that name lines or what was carried.
    """
    towns = {text for text in beside if text not in lines and names_town(text)}
    others = [text for text in beside if text not in lines and text not in towns]
    # A place that is not in the lists stands beside landlines, or numbers of its country, alone.
    places = {text for text in others if len(beside[text]) > 1 and not any(map(_is_mobile, beside[text]))}
    has_people = any(any(map(_is_mobile, beside[text])) for text in others)
    shared = sum(len(beside[text]) > 1 for text in towns)
    # Among people a town beside a mobile may be one of them, who has a landline too.
    towns -= {text for text in towns if has_people and any(map(_is_mobile, beside[text]))}
    are_towns = (bool(lines) and not has_people) or shared * 2 > len(towns) or (shared > 0 and not has_people)
    return frozenset((towns if are_towns else set()) | (places if lines else set()))


def _is_mobile(number: str) -> bool:
    e164 = to_e164(number)
    return e164 is None or e164.startswith(_MOBILE)


@cache
def _towns() -> frozenset[str]:
    lexicons = files("config") / "lexicons"
    read = [tomllib.loads((lexicons / name).read_text(encoding="utf-8")) for name in _LISTS]
    return frozenset(word for lexicon in read for word in lexicon["words"]["text"].split())
