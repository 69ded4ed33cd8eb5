"""Fields of an AT answer (3GPP TS 27.005, TS 27.007): commas outside quotes, and texts in the modem's character set."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import msgspec

from parsers.clocks import Clock
from parsers.records.values import ClockBasis, Moment
from parsers.sms_pdu.alphabets import septets_to_text, ucs2_to_text
from parsers.sms_pdu.timestamps import offset_minutes_of, offset_text

# A quote ends a text only before the end, or a comma with another field behind it: names hold quotes and commas.
_FIELD: Final = re.compile(r'\s*(?:"(?P<quoted>.*?)"\s*(?=,\s*(?:["0-9,+-]|$)|$)|(?P<plain>[^,]*))(?:,|$)', re.DOTALL)
_HEX: Final = re.compile(r"(?:[0-9A-Fa-f]{2})++")
_TIME: Final = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{2})/(?P<month>[0-9]{1,2})/(?P<day>[0-9]{1,2}),? ?"
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?\s*(?P<quarters>[+-][0-9]{1,2})?"
)
_UCS2, _HEX_SET, _GSM = "UCS2", "HEX", "GSM"
_GSM_CODES: Final = re.compile("[\0-\x08\x0b-\x1f]")
"""Octets below the blank, but for line ends and the tab, are letters in the alphabet of GSM, and no text otherwise."""

_DIALLED: Final = re.compile(r"[0-9+*#pPwW,]+")
_FEWEST_UCS2_DIGITS: Final = 8
_USUAL: Final = 0x0600
"""Below this lie the scripts that texts in hexadecimal are told by; digits that somebody typed decode to far above."""

_USUAL_SHARE: Final = 0.6


class Field(msgspec.Struct, frozen=True):
    """One field as it stands; ``is_quoted``: between quotes, which are left out."""

    text: str
    is_quoted: bool

    @property
    def number(self) -> int | None:
        """The number that a field without quotes shows. None: it shows none."""
        text = self.text.strip()
        return int(text) if not self.is_quoted and text.isascii() and text.isdigit() and len(text) <= 9 else None


@lru_cache(maxsize=4)
def fields_of(text: str) -> tuple[Field, ...]:
    """Return the fields of an answer, behind its name. One answer is asked several times, and then never again."""
    if '"' not in text:
        return tuple([Field(plain.strip(), is_quoted=False) for plain in text.split(",")])
    fields: list[Field] = []
    place = 0
    while place <= len(text):
        match = _FIELD.match(text, place)
        if match is None:
            break
        quoted = match["quoted"]
        fields.append(
            Field(match["plain"].strip(), is_quoted=False) if quoted is None else Field(quoted, is_quoted=True)
        )
        if match.end() == place or not match[0].endswith(","):
            break
        place = match.end()
    return tuple(fields)


def decoded(text: str, character_set: str | None) -> str:
    """Return a text as the modem's character set means it; one that is not in its form stays as it is."""
    if not text or _HEX.fullmatch(text) is None:
        return gsm_text(text) or text if character_set in {None, _GSM} else text
    if character_set == _UCS2 and len(text) % 4 == 0:
        return ucs2_to_text(bytes.fromhex(text))[0]
    if character_set == _HEX_SET:
        return septets_to_text(bytes(octet & 0x7F for octet in bytes.fromhex(text)))[0]
    if character_set is None:
        return guessed(text) or text
    return text


def decoded_address(text: str, character_set: str | None) -> str:
    """Return a number or the word of a sender as the character set means it.

    Many modems print numbers in digits whatever their character set is: digits that code no number and no word in it
    are digits.
    """
    read = decoded(text, character_set)
    if read == text or not text.isdecimal() or _DIALLED.fullmatch(read):
        return read
    is_word = character_set != _HEX_SET and all(char.isprintable() and ord(char) < _USUAL for char in read)
    return read if is_word else text


def gsm_text(text: str) -> str | None:
    """Return a text whose octets are codes of the GSM alphabet, as its control codes show. None: it is none."""
    if not text.isascii() or _GSM_CODES.search(text) is None:
        return None
    return septets_to_text(text.encode())[0]


def guessed(text: str) -> str | None:
    """Return what hexadecimal digits code where the log does not say the character set. None: they are digits."""
    if len(text) < _FEWEST_UCS2_DIGITS or len(text) % 4 or _HEX.fullmatch(text) is None:
        return None
    read, replaced = ucs2_to_text(bytes.fromhex(text))
    usual = sum(ord(char) < _USUAL for char in read)
    is_text = all(char.isprintable() or char in "\r\n" for char in read)
    return read if is_text and not replaced and usual >= _USUAL_SHARE * len(read) else None


def is_time(text: str) -> bool:
    """Whether a field is a time as modems print it."""
    return _TIME.fullmatch(text.strip()) is not None


def time_of(text: str, clock: Clock, basis: ClockBasis) -> Moment:
    """Return the moment of a time: year first, its offset in quarters of an hour.

    Args:
        text: As the modem prints it: ``24/02/05,12:00:00+00``.
        clock: The extraction's clock.
        basis: Whose clock it is, where it states no offset.
    """
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return clock.iso(text)
    year = int(match["year"])
    if year < 100:
        year += 2000 if year < 90 else 1900
    iso = f"{year:04}-{int(match['month']):02}-{int(match['day']):02}T{int(match['hour']):02}:{match['minute']}"
    iso += f":{match['second'] or '00'}"
    minutes = None if match["quarters"] is None else offset_minutes_of(int(match["quarters"]))
    moment = clock.iso(iso if minutes is None else iso + offset_text(minutes), basis)
    return msgspec.structs.replace(moment, raw=text)
