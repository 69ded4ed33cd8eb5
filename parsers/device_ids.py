"""Keys of handsets and cards: from the forms that sources write to what may join two extractions.

Each function gives None for what is not an identifier by its form, and for dummy values (all zeros, a row of digits,
the defaults of emulators and of copied firmware): a value that many devices show joins nothing. The form as written
is kept in the records; a key is only compared.

Sources: 3GPP TS 23.003 section 6 (IMEI) and 2.2 (IMSI), ITU-T E.118 (ICCID).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from parsers.plain_characters import to_plain_characters

_CACHED_IDS: Final = 4_096

_SEPARATORS = re.compile(r"[\s.\-\u2010-\u2015\u2212/\\_,]+")
_IMEI = re.compile(r"[0-9]{14,16}")
# ``352099001761481 / 01``: the software version beside the whole number, as handsets show it on ``*#06#``.
_IMEI_AND_VERSION = re.compile(r"([0-9]{15})[^0-9]+[0-9]{2}")
_ICCID = re.compile(r"89[0-9]{16,18}")
_IMSI = re.compile(r"[0-9]{14,15}")

_IMEI_KEY_DIGITS: Final = 14
_ICCID_SHORTEST_BODY: Final = 18
_ICCID_ISSUER_DIGITS: Final = 7
_IMSI_NETWORK_DIGITS: Final = 6
_FEWEST_DISTINCT_DIGITS: Final = 3
_ASCENDING: Final = "0123456789" * 3
_DESCENDING: Final = "9876543210" * 3

_DUMMY_IMEIS: Final = frozenset(
    {
        "35824005111111",  # Android emulator
        "00499901064000",  # default of copied firmware, on thousands of handsets
        "13579024681122",  # default of MediaTek engineering firmware
    }
)
_DUMMY_ICCIDS: Final = frozenset({"890141032111185107"})  # Android emulator
# Network 001 01 is reserved for tests (ITU-T E.212), as is the country code 999 for private networks.
_TEST_NETWORKS: Final = ("001", "999")


@lru_cache(maxsize=_CACHED_IDS)
def imei_key(raw: str) -> str | None:
    """Return the first 14 digits of an IMEI of 14, 15 or 16 digits; they name the handset.

    The 15th digit is a check digit that sources leave out or write as 0, the 15th and 16th of an IMEISV are a
    software version: neither makes another handset, and a wrong check digit is not a refusal.
    """
    text = to_plain_characters(raw)
    with_version = _IMEI_AND_VERSION.fullmatch(text)
    digits = with_version[1] if with_version else _SEPARATORS.sub("", text)
    if not _IMEI.fullmatch(digits):
        return None
    key = digits[:_IMEI_KEY_DIGITS]
    return None if key in _DUMMY_IMEIS or _is_pattern(key) else key


def has_wrong_check_digit(raw: str) -> bool:
    """Whether an IMEI is written with its 15th digit and that is not its check digit; 0 stands for none too."""
    digits = _SEPARATORS.sub("", to_plain_characters(raw))
    is_whole = len(digits) == _IMEI_KEY_DIGITS + 1 and imei_key(raw) is not None
    return is_whole and digits[-1] != "0" and not agrees_with_check_digit(digits)


@lru_cache(maxsize=_CACHED_IDS)
def iccid_key(raw: str) -> str | None:
    """Return the number of a SIM card without filler and without check digit.

    A card's number is 18 or 19 digits and a Luhn check digit. Sources leave the check digit out, so 19 digits are
    either a short number with it or a long one without; Luhn tells which, but for one long number in ten whose
    19 digits agree by chance. Taking check digits off until 18 digits are left or they disagree gives one key in
    that case too: with its check digit, the long number first loses that one. Two cards of one issuer get one key
    only if one's number were the other's and one digit more. A last digit that does not agree is kept, because some
    issuers count in it.
    """
    digits = _SEPARATORS.sub("", to_plain_characters(raw)).rstrip("Ff")
    if not _ICCID.fullmatch(digits):
        return None
    while len(digits) > _ICCID_SHORTEST_BODY and agrees_with_check_digit(digits):
        digits = digits[:-1]
    is_dummy = digits in _DUMMY_ICCIDS or _is_pattern(digits[2:]) or len(set(digits[_ICCID_ISSUER_DIGITS:])) == 1
    return None if is_dummy else digits


@lru_cache(maxsize=_CACHED_IDS)
def imsi_key(raw: str) -> str | None:
    """Return the 14 or 15 digits of an IMSI, or None."""
    digits = _SEPARATORS.sub("", to_plain_characters(raw)).rstrip("Ff")
    if not _IMSI.fullmatch(digits):
        return None
    is_dummy = digits.startswith(_TEST_NETWORKS) or _is_pattern(digits) or len(set(digits[_IMSI_NETWORK_DIGITS:])) == 1
    return None if is_dummy else digits


def _is_pattern(digits: str) -> bool:
    """Whether somebody typed it: one or two digits only, or a row that counts up or down."""
    return len(set(digits)) < _FEWEST_DISTINCT_DIGITS or digits in _ASCENDING or digits in _DESCENDING


def agrees_with_check_digit(digits: str) -> bool:
    """Whether the last digit is the Luhn check digit of those before it."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
