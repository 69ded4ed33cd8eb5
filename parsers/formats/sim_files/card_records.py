"""Makes records of the contents of a card: its texts, its phone books, its lists of calls, and the card itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from parsers.clocks import Clock
from parsers.contract import SourceStamp
from parsers.formats.sim_files.card_files import CardContent
from parsers.formats.sim_files.card_values import (
    DialledNumber,
    dialled_number_of,
    further_digits_of,
    imsi_of,
    is_filling,
    location_of,
    name_of,
    service_centre_of,
    swapped_digits,
)
from parsers.formats.sim_files.phone_book import REFERENCE
from parsers.part_book import PartBook
from parsers.phone_numbers import to_e164
from parsers.records.facts import Call, CallType, Contact, Record, Sim
from parsers.records.values import NO_MOMENT, DeletedState, Moment, NumberRef, Party
from parsers.sms_pdu.sim_records import is_unused, slot_of
from parsers.sms_pdu.sms_messages import SmsMessages
from parsers.sms_pdu.timestamps import OCTETS, moment_of

_BOOKS: Final = frozenset({"ADN", "FDN", "SDN", "BDN"})
_CALLS: Final[Mapping[str, CallType]] = {
    "LND": CallType.OUTGOING,
    "OCI": CallType.OUTGOING,
    "ICI": CallType.INCOMING,
}
_FURTHER: Final = {**dict.fromkeys(("ADN", "LND", "MSISDN"), "EXT1"), "FDN": "EXT2", "SDN": "EXT3"}
"""File of numbers to the one in which those of more than twenty digits go on."""

_MOST_FURTHER: Final = 16
_UNSET_DURATION: Final = b"\xff\xff\xff"
_FULL_PHONE_BOOK: Final = "ADN"
_SIM: Final = "sim"
_IDENTIFIERS: Final = frozenset({"ICCID", "IMSI"})
_DIGITS: Final = re.compile(r"[0-9]{6,20}")
"""The number of a card and that of its subscriber; half octets of anything else are none, whatever stands there."""


class CardRecords:
    """Turns contents into records, in source order; the card's own record comes last.

    Attributes:
        iccid, imsi, msisdn: What the card says of itself so far; as written, each value once.
    """

    def __init__(self, stamp: SourceStamp, book: PartBook, clock: Clock, region: str) -> None:
        self.iccid: list[str] = []
        self.imsi: list[str] = []
        self.msisdn: list[str] = []
        self._stamp = stamp
        self._book = book
        self._clock = clock
        self._region = region
        self._messages = SmsMessages(stamp, book, clock, region)
        self._extra: list[tuple[str, str]] = []
        self._first: str | None = None
        self._further: dict[tuple[str, str, int], CardContent] = {}
        self._followed: set[tuple[str, str, int]] = set()
        self._waiting: list[tuple[CardContent, DialledNumber]] = []

    def records_of(self, content: CardContent) -> Iterator[Record]:
        """Yield the records that a content makes whole; a number that goes on elsewhere waits for the end."""
        name = content.file.name
        octets = content.octets
        if octets is None:
            self._value(name, content)
        elif not content.file.is_known or name == REFERENCE:
            self._book.leave_out(f"EF.{name}", content.locator)
        elif name == "SMS":
            yield from self._text(content, octets)
        elif is_filling(octets) or (name in _CALLS and not octets.strip(b"\0\xff")):
            return
        elif name in _FURTHER.values():
            if octets[0]:
                self._further.setdefault((content.file.listing, name, content.record or 0), content)
        elif name in _BOOKS or name in _CALLS or name == "MSISDN":
            yield from self._numbered(content, octets)
        else:
            self._own(name, content, octets)

    def rest(self) -> Iterator[Record]:
        """Yield the texts that parts are missing of, and the card; call it once, at the end."""
        yield from self._messages.rest()
        for content, entry in self._waiting:
            yield from self._entered(content, self._joined(content, entry))
        for key, content in self._further.items():
            if key not in self._followed:
                self._book.leave_out(f"EF.{content.file.name}", content.locator)
        if self._first is not None:
            self._book.saw("sim")
            yield Sim(
                source=self._stamp.source(self._first),
                record_id=self._stamp.record_id("sim", self._first),
                extraction_id=self._book.extraction_id,
                iccid=tuple(self.iccid),
                imsi=tuple(self.imsi),
                msisdn=tuple(self.msisdn),
                listing=_SIM,
                extra=tuple(dict.fromkeys(self._extra)),
            )

    def _text(self, content: CardContent, octets: bytes) -> Iterator[Record]:
        if len(octets) < 2 or is_unused(octets):
            return
        slot = slot_of(octets, content.locator, content.file.listing)
        # A whole record that ends inside its text was written over, and a shorter one cut off by the dump.
        yield from self._messages.add(slot, octets[1:], may_be_cut=True)

    def _numbered(self, content: CardContent, octets: bytes) -> Iterator[Record]:
        name = content.file.name
        entry = dialled_number_of(octets, name)
        kind = "call" if name in _CALLS else "contact"
        if entry is None:
            if name == "MSISDN":
                self._book.leave_out("EF.MSISDN", content.locator, code="element_unreadable")
            else:
                self._book.lose(kind, content.locator, f"EF.{name}")
            return
        if not entry.number and not entry.name:
            return
        if entry.replaced_count:
            self._book.note("characters_replaced", locator=content.locator, count=entry.replaced_count)
        if entry.goes_on_in is not None and name in _FURTHER:
            self._waiting.append((content, entry))
        else:
            yield from self._entered(content, entry)

    def _joined(self, content: CardContent, entry: DialledNumber) -> DialledNumber:
        """Return an entry with the digits that stand in further records; a record that is not there is noticed."""
        file, number = _FURTHER[content.file.name], entry.number
        place = entry.goes_on_in
        for _ in range(_MOST_FURTHER):
            if place is None:
                break
            key = (content.file.listing, file, place)
            held = self._further.get(key)
            found = further_digits_of(held.octets) if held is not None and held.octets is not None else None
            if found is None:
                self._book.note("number_cut", subject=f"EF.{file}", locator=content.locator)
                break
            self._followed.add(key)
            digits, place = found
            number += digits
        return msgspec.structs.replace(entry, number=number)

    def _entered(self, content: CardContent, entry: DialledNumber) -> Iterator[Record]:
        name = content.file.name
        if name == "MSISDN":
            self._state(self.msisdn, entry.number, content.locator)
            if entry.name:
                self._extra.append(("own number's name", entry.name))
            return
        kind = "call" if name in _CALLS else "contact"
        self._book.saw(kind)
        yield self._contact(content, entry) if kind == "contact" else self._call(content, entry)

    def _contact(self, content: CardContent, entry: DialledNumber) -> Contact:
        number = entry.number
        numbers = (NumberRef(number, to_e164(number, self._region)),) if number else ()
        name = content.file.name
        return Contact(
            source=self._stamp.source(content.locator),
            record_id=self._stamp.record_id("contact", content.locator),
            extraction_id=self._book.extraction_id,
            deleted=DeletedState.INTACT,
            name=entry.name or None,
            numbers=numbers,
            stored_in=_SIM,
            listing=content.file.listing if name == _FULL_PHONE_BOOK else name.lower(),
            extra=() if name == _FULL_PHONE_BOOK else (("list", f"EF.{name}"),),
        )

    def _call(self, content: CardContent, entry: DialledNumber) -> Call:
        name = content.file.name
        call_type = _CALLS[name]
        moment, seconds = self._call_times(entry.rest)
        if name == "ICI" and len(entry.rest) > OCTETS + 3 and entry.rest[OCTETS + 3] & 1:
            call_type = CallType.MISSED
        party = Party(
            entry.number or None, to_e164(entry.number, self._region) if entry.number else None, entry.name or None
        )
        is_out = call_type is CallType.OUTGOING
        return Call(
            source=self._stamp.source(content.locator),
            record_id=self._stamp.record_id("call", content.locator),
            extraction_id=self._book.extraction_id,
            deleted=DeletedState.INTACT,
            call_type=call_type,
            duration_seconds=seconds,
            from_party=None if is_out else party,
            to=(party,) if is_out else (),
            time=moment,
            listing=name.lower(),
            extra=(("list", f"EF.{name}"),),
        )

    def _call_times(self, rest: bytes) -> tuple[Moment, float | None]:
        if len(rest) < OCTETS + 3:
            return NO_MOMENT, None
        duration = rest[OCTETS : OCTETS + 3]
        seconds = None if duration == _UNSET_DURATION else float(int.from_bytes(duration, "big"))
        return moment_of(rest[:OCTETS], self._clock), seconds

    def _own(self, name: str, content: CardContent, octets: bytes) -> None:
        """Take what the card says of itself."""
        locator = content.locator
        if name in _IDENTIFIERS:
            held, digits = (self.iccid, swapped_digits(octets)) if name == "ICCID" else (self.imsi, imsi_of(octets))
            if digits is not None and _DIGITS.fullmatch(digits):
                self._state(held, digits, locator)
            else:
                self._book.leave_out(f"EF.{name}", locator, code="element_unreadable")
        elif name == "SPN":
            self._state_extra("service provider", name_of(octets[1:])[0] or None, locator)
        elif name == "LOCI":
            self._state_extra("last location", location_of(octets), locator)
        else:
            self._state_extra("service centre", service_centre_of(octets), locator)

    def _value(self, name: str, content: CardContent) -> None:
        """Take a value that a tool has decoded."""
        held = {"ICCID": self.iccid, "IMSI": self.imsi, "MSISDN": self.msisdn}.get(name)
        if held is not None and content.value is not None:
            self._state(held, content.value, content.locator)

    def _state(self, held: list[str], value: str, locator: str) -> None:
        if value and value not in held:
            held.append(value)
        self._first = self._first or locator

    def _state_extra(self, name: str, value: str | None, locator: str) -> None:
        if value is not None:
            self._extra.append((name, value))
            self._first = self._first or locator


def part_identifiers(records: CardRecords) -> dict[str, tuple[str, ...]]:
    """Return the identifiers of the card, as a part states them."""
    return {"iccid": tuple(records.iccid), "imsi": tuple(records.imsi), "msisdn": tuple(records.msisdn)}
