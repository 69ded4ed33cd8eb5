"""Telephone numbers: from any written form to one key, by form.

By form and not by libphonenumber's validity, which refuses the range that Ofcom keeps for drama (07700 900000 to
900999) and would follow each year's numbering plan: a key must not change with a library. What is no number by its
form (short codes, alphanumeric senders, ``Private``, group ids, service codes) has no key form and stays as written.

Without a country code only the numbers of the default region are read; another country's national form is not
guessed. The forms of the United Kingdom are written here, those of other regions are asked of ``phonenumbers``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import phonenumbers

from parsers.plain_characters import to_plain_characters
from parsers.records.values import Party

# A broadcast list repeats numbers by the thousand; 32,768 entries hold about 8 MB.
_CACHED_NUMBERS: Final = 32_768
_CACHED_LABELS: Final = 8_192

_SHORT_CODE_DIGITS: Final = 6
_HIDES_NUMBER: Final = "@lid"

_WITH_EXPONENT = re.compile(r"[0-9](?:[.,]([0-9]{1,14}))?E\+?([0-9]{1,2})", re.IGNORECASE)
"""A number as a spreadsheet program shows one that is too long for its cell."""

_FEWEST_EXPONENT: Final = 6
"""Programs write a number so from seven digits on (Java's ``Double.toString``)."""

# ITU-T E.164: at most 15 digits. The shortest in use (Niue) has 7; a short code that a PDU decoder gave a ``+``
# (``+7588``) is shorter.
_INTERNATIONAL = re.compile(r"\+[1-9][0-9]{6,14}")

# Written between the digits. Brackets stay until ``(0)`` was looked for.
_SEPARATORS = re.compile(r"[\s.\-\u2010-\u2015\u2212/_]+")
_TRUNK_ZERO = re.compile(r"[(\[]0[)\]]")
_INTERNATIONAL_START = re.compile(r"[(\[]*(?:\+|00|44)")
_BRACKETS = re.compile(r"[()\[\]]")
_SHAPE = re.compile(r"\+?[0-9]{3,24}")

# Up to six digits behind ``ext``, ``x`` or a pause: more would be a second number, and two numbers are not one.
# Each part has a bound: of a text of nothing but pauses or blanks the search would go over the rest from every place.
_EXTENSION = re.compile(
    r"[ \t]{0,8}(?:;?[ \t]{0,8}(?:ext|extn|extension)[.:=]?|x|[,;]{1,32}|[pw])[ \t]{0,8}[0-9]{1,6}#?$", re.IGNORECASE
)

# What follows the address in a picture message, as it goes through the network (OMA MMS encapsulation, 8).
_ADDRESS_TYPE = re.compile(r"/TYPE=(?:PLMN|IPv4|IPv6)$", re.IGNORECASE)
# What iOS puts behind a sender that it sorted out: unknown, transactions, promotions and their kinds.
_SORTED_OUT = re.compile(r"\((?:filtered|smsf[a-z](?:_[a-z]{2})?)\)$")
# What stands behind a number in an address of the form of RFC 3966, and in those of SIP.
_PARAMETER: Final = r"(?:ext|isub(?:-encoding)?|phone-context|tgrp|trunk-context|(?:cic|rn)(?:-context)?|cpc|user)="
_PARAMETERS = re.compile(rf"(?:;\s?{_PARAMETER}[^;]*)+$", re.IGNORECASE)
BETWEEN_PARTIES: Final = rf";(?!(?i:\s?{_PARAMETER}))"
"""A pattern: the semicolon between two parties, and not the one before what belongs to a number (``;ext=5``)."""

_SCHEMES = re.compile(r"(?:tel|sms|smsto|mms|callto|p):", re.IGNORECASE)
_SIP = re.compile(r"sips?:(\+[0-9]+)@[^@]+", re.IGNORECASE)
# The user of such an id is a full number, mostly without its ``+``; ``:12`` and ``.0:12`` name the linked device.
# The same as phones store it of calls over LTE, without the scheme: the operator's domain is that of 3GPP TS 23.003.
_IN_IMS = re.compile(
    r"(?:(?:sips?|tel):)?(\+?[0-9]{7,15})@(?:[a-z0-9-]+\.)*ims\.mnc[0-9]{2,3}\.mcc[0-9]{3}\.3gppnetwork\.org(?:;.*)?",
    re.IGNORECASE,
)
_IMSI = re.compile(r"[0-9]{15}")
_MESSENGER_ID = re.compile(r"(\+?[1-9][0-9]{6,14})(?:\.[0-9]+)?(?::[0-9]+)?@(?:s\.whatsapp\.net|c\.us)", re.IGNORECASE)

# Dialled before a British number to withhold (141) or to show (1470) the caller's own.
_UK_CALLER_DISPLAY = re.compile(r"(?:141|1470)(?=0[1-9][0-9]{8,9}$)")

# Area codes of the United Kingdom with five-digit local numbers (Ofcom, National Telephone Numbering Plan): nine
# digits behind the trunk zero. Everywhere else nine digits are a number that was cut short.
_UK_SHORT_AREAS: Final = (
    "1204|1208|1254|1276|1297|1298|1363|1364|1384|1386|1404|1420|1460|1461|1480|1488|1524|1527|1562|1566|1606|1629"
    "|1635|1647|1659|1695|16977|1726|1744|1750|1768|1827|1837|1884|1900|1905|1935|1946|1949|1963|1995"
)
_UK_NATIONAL = re.compile(
    rf"[1235789][0-9]{{9}}|(?=[0-9]{{9}}$)(?:{_UK_SHORT_AREAS})[0-9]+|[58]00[0-9]{{6}}|8001111|845464[0-9]"
)


@lru_cache(maxsize=_CACHED_NUMBERS)
def to_e164(raw: str, region: str = "GB") -> str | None:
    """Return the number as ``+`` and digits, or None where the text is no telephone number by its form.

    Idempotent. An extension or digits behind a pause are not part of the key.

    Args:
        raw: Number, ``tel:`` address or messenger id as the source writes it.
        region: ISO 3166 code of the country whose national forms are read.
    """
    text = to_plain_characters(raw)
    if _SHAPE.fullmatch(text):
        return _from_digits(text, region)
    text = _SORTED_OUT.sub("", _ADDRESS_TYPE.sub("", text))
    if "@" in text:
        return _from_address(text, region)
    scheme = _SCHEMES.match(text)
    if scheme:
        text = text[scheme.end() :].split(";", 1)[0]
    text = _EXTENSION.sub("", text.strip("'\" "))
    text = _SEPARATORS.sub("", text)
    if _INTERNATIONAL_START.match(text):
        text = _TRUNK_ZERO.sub("", text, count=1)
    digits = _BRACKETS.sub("", text)
    return _from_digits(digits, region) if _SHAPE.fullmatch(digits) else None


def without_parameters(raw: str) -> str:
    """Return a number in its international form without what RFC 3966 lets stand behind it; else the text as it is.

    Behind another number they may say of which country it is, which is not read.
    """
    return _PARAMETERS.sub("", raw) if raw.startswith("+") else raw


def number_key(raw: str | None, e164: str | None) -> str | None:
    """Return what stands for a number where it is a key: the E.164 form, else the trimmed text. None: blank."""
    if e164 is not None:
        return e164
    return (raw.strip() or None) if raw is not None else None


def has_lost_digits(text: str) -> bool:
    """Whether a number was rounded to a few digits and an exponent: ``4.47701E+11``.

    Ten thousand numbers and more are written so. It says that there was a number, and of nobody which.
    """
    if "E" not in text and "e" not in text:
        return False
    found = _WITH_EXPONENT.fullmatch(to_plain_characters(text).strip())
    return found is not None and len(found[1] or "") < int(found[2])


def digits_of_exponent(text: str) -> str | None:
    """Return the digits of a number with an exponent that lacks none of them: ``4.47700900123E11``. None: it is none.

    So Java and scripts write a number of a cell; with fewer digits than the exponent says, it may have been rounded.
    """
    if "E" not in text and "e" not in text:
        return None
    plain = to_plain_characters(text).strip()
    found = _WITH_EXPONENT.fullmatch(plain)
    if found is None or len(found[1] or "") != int(found[2]) or int(found[2]) < _FEWEST_EXPONENT:
        return None
    return plain[0] + found[1]


def number_beside(raw: str | None, name: str | None) -> str | None:
    """Return the number that stands as the name beside an id of WhatsApp that hides it (``@lid``). None: none does.

    The application shows the number, in its international form, where the owner saved no name and the holder hides
    nothing from the owner. A name that the holder chose may be anybody's number: the caller knows which name it is.
    """
    if not raw or not name or not raw.endswith(_HIDES_NUMBER):
        return None
    return to_e164(name) if to_plain_characters(name).lstrip().startswith("+") else None


@lru_cache(maxsize=_CACHED_LABELS)
def read_label(text: str, region: str = "GB", *, is_owner: bool | None = None) -> Party:
    """Return the party that a label shows: a number fills ``raw`` (and ``e164``), anything else is a name.

    A short code or a malformed number is a number without key form. The label is kept as written either way.
    """
    e164 = to_e164(text, region)
    if e164 is None and not _is_keyless_number(text):
        return Party(name=text, is_owner=is_owner)
    return Party(raw=text, e164=e164, is_owner=is_owner)


def _is_keyless_number(text: str) -> bool:
    """Whether a label is digits alone, or so many digits that it is no name. ``24/7`` is a nickname."""
    plain = to_plain_characters(text)
    digits = _BRACKETS.sub("", _SEPARATORS.sub("", plain))
    if not _SHAPE.fullmatch(digits):
        return False
    return digits == plain or len(digits.removeprefix("+")) > _SHORT_CODE_DIGITS


def _from_address(text: str, region: str) -> str | None:
    ims = _IN_IMS.fullmatch(text)
    if ims is not None:
        # A private identity is the card's own number (IMSI) of 15 digits, which is no number to call.
        return None if _IMSI.fullmatch(ims[1]) else _from_digits(ims[1], region)
    match = _MESSENGER_ID.fullmatch(text) or _SIP.fullmatch(text)
    if match is None:
        return None
    user = match[1]
    return _from_international(user if user.startswith("+") else f"+{user}")


def _from_digits(digits: str, region: str) -> str | None:
    if digits.startswith("+"):
        return _from_international(digits)
    if digits.startswith("00"):
        return _from_international(f"+{digits[2:]}")
    if region != "GB":
        return _from_other_region(digits, region)
    if digits.startswith("44"):
        return _from_uk_national(digits[2:].removeprefix("0"))
    without_prefix = _UK_CALLER_DISPLAY.sub("", digits)
    return _from_uk_national(without_prefix[1:]) if without_prefix.startswith("0") else None


def _from_international(text: str) -> str | None:
    # ``+0044``: a plus was put before the exit code. No country code begins with a zero.
    text = f"+{text[3:]}" if text.startswith("+00") else text
    if text.startswith("+44"):
        return _from_uk_national(text[3:].removeprefix("0"))
    return text if _INTERNATIONAL.fullmatch(text) else None


def _from_uk_national(national: str) -> str | None:
    return f"+44{national}" if _UK_NATIONAL.fullmatch(national) else None


def _from_other_region(digits: str, region: str) -> str | None:
    try:
        number = phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    text: str = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return text if _INTERNATIONAL.fullmatch(text) else None
