"""Makes a contact of a card, or a call of a card that a handset keeps as an entry of its call list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final, TypeAlias

import msgspec

from parsers.clocks import Clock
from parsers.contract import SourceStamp
from parsers.part_book import PartBook
from parsers.phone_numbers import to_e164
from parsers.records.facts import Call, CallType, Contact, Record
from parsers.records.values import ClockBasis, Moment, NumberRef, Party
from parsers.stored_text import decode_stored
from parsers.vcard_properties import Property

_CALL: Final = "X-IRMC-CALL-DATETIME"
_CALL_TYPES: Final[Mapping[str, CallType]] = {
    "DIALED": CallType.OUTGOING,
    "DIALLED": CallType.OUTGOING,
    "RECEIVED": CallType.INCOMING,
    "MISSED": CallType.MISSED,
}
_HANDLES: Final = frozenset(
    {"IMPP", "X-SKYPE", "X-SKYPE-USERNAME", "X-JABBER", "X-AIM", "X-ICQ", "X-MSN", "X-YAHOO", "X-QQ", "X-SIP"}
    | {"X-GOOGLE-TALK", "X-TELEGRAM", "X-WHATSAPP", "X-SNAPCHAT", "X-SOCIALPROFILE"}
)
_IN_CONTACT: Final = _HANDLES | {"TEL", "EMAIL"}
_IN_CALL: Final = frozenset({_CALL})
_STRUCTURE: Final = frozenset({"BEGIN", "END", "VERSION"})
_IN_PARTS: Final = frozenset({"N", "ORG"})
_UNSAID_TYPES: Final = frozenset({"PREF", "VOICE"})
_SHORT_TIME: Final = re.compile(
    r"([0-9]{4})([0-9]{2})([0-9]{2})T([0-9]{2})([0-9]{2})([0-9]{2})(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_APPLE_LABEL: Final = re.compile(r"_\$!<(.*)>!\$_")

_Extra: TypeAlias = tuple[tuple[str, str], ...]


class CardMaker:
    """Makes the records of the cards of one file."""

    def __init__(self, stamp: SourceStamp, book: PartBook, clock: Clock, region: str) -> None:
        self._stamp = stamp
        self._book = book
        self._clock = clock
        self._region = region

    def records(self, locator: str, properties: Sequence[Property], agents: Sequence[bytes]) -> Iterator[Record]:
        """Yield the records of a card: a contact, or each call that it states."""
        for held in properties:
            if held.replaced_count:
                self._book.note("characters_replaced", locator=locator, count=held.replaced_count)
            if held.value is None:
                self._book.leave_out(f"{held.name} of a card", locator)
        readable = [held for held in properties if held.value is not None and held.name not in _STRUCTURE]
        agent = (("AGENT", decode_stored(b"\n".join(agents))[0]),) if agents else ()
        calls = [held for held in readable if held.name == _CALL]
        for number, stated in enumerate(calls, 1):
            yield self._call(locator if number == 1 else f"{locator} call {number}", readable, stated, agent)
        if not calls:
            yield self._contact(locator, readable, agent)

    def _contact(self, locator: str, properties: Sequence[Property], agent: _Extra) -> Contact:
        self._book.saw("contact")
        named, name = _name_in(properties)
        labels = {held.group: _label(held.text) for held in properties if held.name == "X-ABLABEL" and held.group}
        return Contact(
            source=self._stamp.source(locator),
            record_id=self._stamp.record_id("contact", locator),
            extraction_id=self._book.extraction_id,
            name=name,
            numbers=self._numbers(properties, labels),
            emails=tuple(held.text for held in properties if held.name == "EMAIL" and held.text),
            handles=tuple(held.text for held in properties if held.name in _HANDLES and held.text),
            extra=(*_beside(properties, named, name, _IN_CONTACT), *agent),
        )

    def _numbers(self, properties: Sequence[Property], labels: Mapping[str, str]) -> tuple[NumberRef, ...]:
        return tuple(
            NumberRef(held.text, to_e164(held.text, self._region), labels.get(held.group) or _types(held))
            for held in properties
            if held.name == "TEL" and held.text
        )

    def _call(self, locator: str, properties: Sequence[Property], stated: Property, agent: _Extra) -> Call:
        self._book.saw("call")
        words = [one.upper() for one in (*stated.types, *stated.parameters.values())]
        call_type = next((_CALL_TYPES[word] for word in words if word in _CALL_TYPES), CallType.UNKNOWN)
        numbers = [held for held in properties if held.name == "TEL" and held.text]
        number = numbers[0].text if numbers else None
        named, name = _name_in(properties)
        party = Party(number, to_e164(number, self._region) if number else None, name)
        is_out = call_type is CallType.OUTGOING
        has_party = party.raw is not None or party.name is not None
        return Call(
            source=self._stamp.source(locator),
            record_id=self._stamp.record_id("call", locator),
            extraction_id=self._book.extraction_id,
            call_type=call_type,
            from_party=party if has_party and not is_out else None,
            to=(party,) if has_party and is_out else (),
            time=self._moment(stated.text),
            extra=(*_beside([held for held in properties if held not in numbers[:1]], named, name, _IN_CALL), *agent),
        )

    def _moment(self, raw: str) -> Moment:
        match = _SHORT_TIME.fullmatch(raw.strip())
        if match is None:
            return self._clock.iso(raw, ClockBasis.DEVICE_LOCAL)
        year, month, day, hour, minute, second, zone = match.groups()
        text = f"{year}-{month}-{day}T{hour}:{minute}:{second}{zone or ''}"
        return msgspec.structs.replace(self._clock.iso(text, ClockBasis.DEVICE_LOCAL), raw=raw)


def _beside(
    properties: Sequence[Property], named: Property | None, name: str | None, used: AbstractSet[str]
) -> Iterator[tuple[str, str]]:
    """Yield what a record has no field for."""
    for held in properties:
        if held.name not in used and held is not named and (text := held.text) and not _is_said(held, name):
            yield held.name, text
    for held in properties:
        if held.parameters and held.name == "TEL" and "WAID" in held.parameters:
            yield "WAID", held.parameters["WAID"]


def _name_in(properties: Sequence[Property]) -> tuple[Property, str] | tuple[None, None]:
    """Return what names the card (display name, else its parts, a nickname, an organisation), and the name."""
    for kind in ("FN", "N", "NICKNAME", "ORG"):
        for held in properties:
            if held.name == kind and (name := _name(held)):
                return held, name
    return None, None


def _name(held: Property) -> str:
    if held.name == "N":
        return _joined(held.fields)
    if held.name == "ORG":
        return ", ".join(part for part in held.fields if part.strip())
    return held.text if held.text.strip() else ""


def _joined(fields: list[str]) -> str:
    """Return the parts of a name, which stand behind each other by their kind, in the order in which they are said."""
    family, given, middle, prefix, suffix = [*fields, "", "", "", "", ""][:5]
    return " ".join([part.strip() for part in (prefix, given, middle, family, suffix) if part.strip()])


def _is_said(held: Property, name: str | None) -> bool:
    """Whether a name in parts is blank, or says only what the name of the card says."""
    if held.name not in _IN_PARTS:
        return False
    fields = held.fields
    return not "".join(fields).strip() or (held.name == "N" and _joined(fields) == name)


def _types(held: Property) -> str | None:
    """Return the types of a number as its label; that it is a voice line or the preferred one is said only alone."""
    telling = [one for one in held.types if one.upper() not in _UNSAID_TYPES]
    return ",".join(telling or held.types) or None


def _label(text: str) -> str:
    match = _APPLE_LABEL.fullmatch(text)
    return match[1] if match is not None else text
