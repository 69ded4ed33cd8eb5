"""Tells what an application calls somebody from where the handset keeps a contact: ``Account`` names either."""

from __future__ import annotations

import re
from typing import Final

from parsers.phone_numbers import to_e164
from parsers.service_families import is_application

_ADDRESS: Final = re.compile(r"[^\s@]+@[^\s@]+|@[^\s@]{2,}")
_HANDLE: Final = re.compile(r"(?=.*[^\W\d_])(?=.*\d)[\w.+-]{3,64}")
_DIGITS: Final = re.compile(r"\d{5,20}")
_STORE: Final = re.compile(
    r"(?:e?sim|usim|uicc|slot|line|card|phone|telephone|mobile|handset|device|iphone|ipad|android|galaxy|pixel|tablet|pc"
    r"|user|account|profile|contact|contacts|office|outlook|exchange|ios)(?:[ _.-]?(?:card|slot))?[ _.-]?\d{1,3}",
    re.IGNORECASE,
)
"""A place or a kind of account with its number: ``SIM1``, ``user_2``, ``Office365``."""
_PROGRAM: Final = re.compile(r"(?:com|org|net|vnd|app|io|im|jp|ch|de)\.[\w-]+\..+", re.IGNORECASE)
"""A program by the id of its package: ``com.android.contacts2``."""


def is_form_of_account(value: str, region: str) -> bool:
    """Whether a value has the form of an account: a number, an address, or a handle with a digit or @.

    Args:
        value: As written.
        region: ISO 3166 code in which a number without a country code is read.
    """
    text = value.strip()
    if to_e164(text, region) is not None or _ADDRESS.fullmatch(text) or _DIGITS.fullmatch(text):
        return True
    if is_application(text) or _STORE.fullmatch(text) or _PROGRAM.fullmatch(text):
        return False
    return _HANDLE.fullmatch(text) is not None
