"""Country codes that stand in a column of their own beside a number.

A number under ``Number`` is then one of that country, and none of ours that has lost its zero. What states its country
itself (``+353...``) is read as it stands, and so is a whole mobile number of ours. ``Dialling code`` alone may be that
of a town.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import msgspec
import phonenumbers

from parsers.phone_numbers import to_e164
from parsers.plain_characters import to_plain_characters
from parsers.records.values import NumberRef, Party
from parsers.table_fields import Field
from parsers.tables.columns import Column, Columns

_HEADINGS: Final = frozenset(
    {"country code", "country calling code", "country dialling code", "country dialing code", "country dial code"}
    | {"calling code", "phone country code", "number country code"}
    | {"country prefix", "international code", "international prefix", "international dialling code", "int code"}
)
_NUMBERED: Final = (Field.NUMBER, Field.FROM, Field.TO)
_CODE = re.compile(r"(?:\+|00)?\s?([1-9][0-9]{0,2})(?:\.0)?")
_NATIONAL = re.compile(r"[0-9(][0-9 ().\-/]{3,24}(?:\.0)?")
_FEWEST_DIGITS: Final = 7
"""Fewer are a short code, which is of no country's plan."""

_OURS: Final = "44"
_OUR_MOBILE = re.compile(r"07[0-9]{9}")
"""Beside another country's code it is read as it stands: nobody's national number is certain to be written so."""

_NO_COUNTRY: Final = frozenset({"ZZ", "001"})
NO_CODES: Final[Mapping[int, int]] = {}


def code_columns(columns: Columns) -> Mapping[int, int]:
    """Return where the country code of a number stands by where the number does.

    It is of the column of numbers behind it, else of the one in front of it, else of the only one.
    """
    codes = [column for column in columns.all if column.label.key in _HEADINGS and column not in columns.beside]
    if not codes:
        return NO_CODES
    numbers = {place for field in _NUMBERED for place in columns.places(field)}
    found: dict[int, int] = {}
    for code in codes:
        near = [place for place in (code.place + 1, code.place - 1) if place in numbers and place not in found]
        if near or len(numbers) == 1:
            found[near[0] if near else next(iter(numbers))] = code.place
    return found


def code_headings(columns: Columns) -> tuple[Column, ...]:
    """Return the columns that hold the country codes of numbers."""
    places = set(code_columns(columns).values())
    return tuple(column for column in columns.all if column.place in places)


def code_in(text: str | None) -> str | None:
    """Return the country code that a cell holds, in digits. None: it holds none."""
    found = _CODE.fullmatch(to_plain_characters(text).strip()) if text else None
    return found[1] if found is not None else None


def with_code(party: Party, code: str) -> Party:
    """Return a party with the key form that its number has in a country."""
    if party.raw is None or (e164 := _key_of(party.raw, party.e164, code)) == party.e164:
        return party
    return msgspec.structs.replace(party, e164=e164)


def number_with_code(number: NumberRef, code: str) -> NumberRef:
    """Return a number of a contact with the key form that it has in a country."""
    e164 = _key_of(number.raw, number.e164, code)
    return number if e164 == number.e164 else msgspec.structs.replace(number, e164=e164)


@lru_cache(maxsize=4_096)
def _key_of(raw: str, e164: str | None, code: str) -> str | None:
    """Return the key form of a number in a country. None: it is none there, or the code is no country's."""
    plain = to_plain_characters(raw).strip()
    digits = "".join(filter(str.isdigit, plain.removesuffix(".0")))
    is_whole = digits.startswith("00") or (digits.startswith(code) and e164 == f"+{digits}")
    is_whole = is_whole or (code != _OURS and _OUR_MOBILE.fullmatch(digits) is not None)
    if is_whole or len(digits) < _FEWEST_DIGITS or not _NATIONAL.fullmatch(plain):
        return e164
    if code == _OURS:
        return to_e164(digits if digits.startswith("0") else f"0{digits}")
    region = phonenumbers.region_code_for_country_code(int(code))
    found = to_e164(digits, region) if region not in _NO_COUNTRY else None
    return found if found is not None and found.startswith(f"+{code}") else None
