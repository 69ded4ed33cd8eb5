"""Headings of numbers of somebody who was saved, by their words: ``Mobile Phone Number``, ``Home Tel``, ``Old number``.

Address books name each number by its kind, in words that differ from one program to the next and mean the same.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from parsers.phone_numbers import to_e164

_WORD = re.compile(r"[^\W_]+")
_IPHONE = re.compile(r"\bi phone\b")
_THINGS: Final = frozenset({"phone", "phones", "number", "numbers", "tel", "telephone", "telephones"})
_FILLERS: Final = frozenset({"no", "nos", "num", "s"})
_LINES: Final = frozenset({"mobile", "mob", "cell", "cellphone", "cellular", "iphone", "landline", "fax", "pager"})
_OF_WHAT: Final = (
    frozenset({"home", "work", "business", "office", "company", "personal", "private", "daytime", "evening"})
    | {"main", "primary", "secondary", "second", "third", "other", "alternative", "alternate", "alt", "additional"}
    | {"old", "new", "previous", "former", "current", "default", "preferred", "usual"}
)
_ALONE: Final = (
    frozenset({"main", "primary", "secondary", "second", "third", "other", "alternative", "alternate", "alt"})
    | {"additional", "business", "office", "daytime", "evening"}
    | _LINES
)
"""What heads a number by itself where other columns of the same people are of numbers."""

_LONGEST: Final = 60
_FEWEST_DIGITS: Final = 5
_DIALLED = re.compile(r"(?:(?:\+|00)(?:[ ()\-]*[0-9]){7,15}|\(?0(?:[ ()\-]*[0-9]){8,10}|7[0-9]{3} ?[0-9]{6})")
_BANK = re.compile(r"[0-9]{2}-[0-9]{2}-[0-9]{2}\b")
_PARTS = re.compile(r"\s*[;,/|&\r\n]\s*|\sor\s")
_RUN = re.compile(r"\+?[0-9][0-9 ().\-]{5,30}[0-9]")
_DATE = re.compile(
    r"[0-9]{1,2}[/. -][0-9]{1,2}[/. -](?:[0-9]{2}|[0-9]{4})"
    r"|(?:18|19|20)[0-9]{2}(?P<between>[/. -]?)(?:0[1-9]|1[0-2])(?P=between)(?:0[1-9]|[12][0-9]|3[01])(?:[-+][0-9]{4})?"
)
"""A day, alone or at the front of a number that some countries give a person."""


@lru_cache(maxsize=4_096)
def kind_in_heading(heading: str) -> str | None:
    """Return the kind of the numbers below a heading (``mobile`` of ``Phone - Mobile``), in lower case.

    None: it is no such heading, or it says no more than that they are numbers.
    """
    words = _WORD.findall(_IPHONE.sub("iphone", heading.casefold())) if len(heading) <= _LONGEST else []
    told = [word for word in words if word not in _THINGS and word not in _FILLERS and not word.isdecimal()]
    is_number = bool(_THINGS.intersection(words) or _LINES.intersection(words))
    if not told or not is_number or not all(word in _LINES or word in _OF_WHAT for word in told):
        return None
    return " ".join(told)


@lru_cache(maxsize=4_096)
def heads_number_beside_others(heading: str) -> bool:
    """Whether a heading names a kind of number without saying that it is one: ``Other``, ``Main 2``."""
    words = [word for word in _WORD.findall(heading.casefold()) if not word.isdecimal()] if heading else []
    return bool(words) and len(heading) <= _LONGEST and all(word in _ALONE for word in words)


@lru_cache(maxsize=4_096)
def is_like_number(text: str, region: str) -> bool:
    """Whether a text is of telephone numbers and of nothing else: ``Other`` heads anything that is kept of a person."""
    parts = [part for part in _PARTS.split(text.strip()) if part]
    return bool(parts) and all(_is_like_one(part, region) for part in parts)


def _is_like_one(text: str, region: str) -> bool:
    if _BANK.match(text) is not None or _DATE.fullmatch(text) is not None:
        return False
    return to_e164(text, region) is not None or _DIALLED.fullmatch(text) is not None


def may_be_number(text: str, region: str) -> bool:
    """Whether a text under such a heading may be a telephone number: ``Old phone`` heads what somebody had, too."""
    plain = text.strip()
    if to_e164(plain, region) is not None or any(to_e164(run, region) for run in _RUN.findall(plain)):
        return True
    digits = sum(map(str.isdigit, plain))
    return digits >= _FEWEST_DIGITS and not any(map(str.isalpha, plain)) and not _DATE.fullmatch(plain)
