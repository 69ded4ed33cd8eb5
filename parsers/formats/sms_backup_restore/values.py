"""Attributes as the application writes them: ``null`` is no value, numbers are Android's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, TypeAlias

import msgspec

from parsers.address_lists import addresses_in
from parsers.epoch_times import MILLISECONDS, EpochClock
from parsers.formats.sms_backup_restore.element_stream import Element
from parsers.phone_numbers import number_key, to_e164
from parsers.records.values import NO_MOMENT, Moment, Party

Attributes: TypeAlias = Element | Mapping[str, str]
"""Of an element, or taken out of it: each look into an element takes longer than one into a table."""

NULL: Final = "null"
_UNKNOWN_NAME: Final = "(Unknown)"
_MOST_DIGITS: Final = 18
_WHOLE = re.compile(r"\s*(-?[0-9]{1,18})(?:\.0{1,9})?\s*", re.ASCII)
"""Spreadsheets and scripts write whole numbers with a fraction of zero."""

_SECONDS: Final = range(10**9, 10**10)
"""Of a picture message a count of ten digits is in seconds, as Android keeps its times: in milliseconds it would lie in
the spring of 1970. Texts and calls are counted in milliseconds alone; there it does, on a handset whose clock was never
set, which begins with 1970.
"""

_SEPARATOR: Final = "~"
PLACEHOLDER: Final = "insert-address-token"
"""Stands for the handset itself."""

_NO_ADDRESSES: Final = frozenset({PLACEHOLDER, NULL})
_CACHED_PARTIES: Final = 32_768


def text_of(element: Attributes, name: str) -> str | None:
    """Return a value exactly as it stands. None: it is not there, or ``null``."""
    value = element.get(name)
    return None if value is None or value == NULL else str(value)


def word_of(element: Attributes, name: str) -> str | None:
    """Return a value trimmed. None: it is not there, ``null``, or blank."""
    value = text_of(element, name)
    return (value.strip() or None) if value is not None else None


def whole_of(element: Attributes, name: str) -> int | None:
    """Return a whole number. None: it is not there, or no number."""
    value = element.get(name)
    return None if value is None else _whole(str(value))


def _whole(text: str) -> int | None:
    if len(text) <= _MOST_DIGITS and text.isdigit() and text.isascii():
        return int(text)
    found = _WHOLE.fullmatch(text)
    return int(found[1]) if found is not None else None


def name_of(element: Attributes) -> str | None:
    """Return the name that the application shows. None: it knows none."""
    name = word_of(element, "contact_name")
    return None if name == _UNKNOWN_NAME else name


def moment_of(element: Attributes, name: str, clock: EpochClock, *, may_be_seconds: bool = False) -> Moment:
    """Return the moment of a count since 1970, which is UTC; its raw text as it stands."""
    raw = word_of(element, name)
    return _moment(raw, clock, may_be_seconds=may_be_seconds) if raw is not None else NO_MOMENT


def _moment(raw: str, clock: EpochClock, *, may_be_seconds: bool) -> Moment:
    count = _whole(raw)
    if count is None:
        return clock.unreadable(raw)
    moment = clock.unix(count, 1 if may_be_seconds and count in _SECONDS else MILLISECONDS)
    return moment if moment.raw == raw else msgspec.structs.replace(moment, raw=raw)


def sent_at(element: Attributes, clock: EpochClock, *, may_be_seconds: bool = False) -> Moment | None:
    """Return when a message was sent; 0 is what the application writes where the handset does not know it."""
    raw = word_of(element, "date_sent")
    if raw == "0":
        return None
    return _moment(raw, clock, may_be_seconds=may_be_seconds) if raw is not None and _whole(raw) else None


class Parties:
    """Makes parties of addresses, and knows the handset's own numbers.

    Attributes:
        region: Where a number without a country's code is dialled.
    """

    def __init__(self, region: str, own_number: str | None) -> None:
        self.region = region
        own = number_key(own_number, to_e164(own_number, region)) if own_number else None
        self._own_keys = {own} - {None}
        self._known: dict[tuple[str, str | None, bool | None], Party] = {}

    def party(self, address: str | None, name: str | None = None, *, is_owner: bool | None = None) -> Party | None:
        """Return the party, its address as written. None: there is neither address nor name."""
        raw = address
        if raw is None or not raw or raw.isspace():
            return Party(None, None, name, is_owner) if name is not None else None
        known = self._known.get((raw, name, is_owner))
        if known is None:
            if len(self._known) >= _CACHED_PARTIES:
                self._known.clear()
            e164 = to_e164(raw, self.region)
            is_own = number_key(raw, e164) in self._own_keys
            known = self._known[raw, name, is_owner] = Party(raw, e164, name, True if is_own else is_owner)
        return known

    def key(self, address: str) -> str | None:
        """Return what an address is compared by."""
        return number_key(address, to_e164(address, self.region))


def address_of(element: Attributes) -> str | None:
    """Return the one address of an element as written; the placeholder of the handset bare. None: it is blank."""
    text = text_of(element, "address")
    bare = text.strip() if text is not None else ""
    return PLACEHOLDER if bare == PLACEHOLDER else text if bare else None


def addresses_of(text: str | None, region: str) -> list[str]:
    """Return the addresses of a value, each once and as written; a group's stand in one, with ``~`` between.

    Some makers write numbers with a comma or the like between, which the application copies.

    The handset itself is left out.
    """
    if text is None:
        return []
    parts = text.split(_SEPARATOR) if _SEPARATOR in text else [text]
    pieces = [piece for part in parts for piece in addresses_in(part, region)]
    found: dict[str, str] = {}
    for piece in pieces:
        bare = piece.strip()
        if bare and bare not in _NO_ADDRESSES:
            found.setdefault(bare, piece)
    return list(found.values())
