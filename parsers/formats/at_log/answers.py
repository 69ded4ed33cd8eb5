"""What a log says besides texts: who the handset is, its phone books, and its lists of calls."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from parsers.clocks import Clock
from parsers.contract import SourceStamp
from parsers.device_ids import agrees_with_check_digit
from parsers.formats.at_log.answer_fields import Field, decoded, decoded_address, time_of
from parsers.formats.at_log.log_lines import Piece
from parsers.part_book import PartBook
from parsers.phone_numbers import to_e164
from parsers.records.facts import Call, CallType, Contact, Device, Record
from parsers.records.values import NO_MOMENT, ClockBasis, DeletedState, DeviceClock, Moment, NumberRef, Party

_INTERNATIONAL: Final = 145
_CALLS: Final[Mapping[str, CallType]] = {
    "DC": CallType.OUTGOING,
    "LD": CallType.OUTGOING,
    "MC": CallType.MISSED,
    "RC": CallType.INCOMING,
}
_OWN_NUMBERS: Final = "ON"
_SIM_STORES: Final = frozenset({"SM", "FD", "SN", "BM"})
_DATE: Final = re.compile(r"[0-9]{2,4}/[0-9]{1,2}/[0-9]{1,2}(?:,? ?[0-9]{1,2}:[0-9]{2}.*)?")
_CLOCK_TIME: Final = re.compile(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:[+-][0-9]{1,2})?")
_DIGITS: Final = re.compile(r"[0-9]{14,16}")
_CARD: Final = re.compile(r"8[0-9]{17,20}F?|98[0-9A-F]{17,18}", re.IGNORECASE)
# Answers that name what follows, and the commands behind which a line without a name stands.
_IDENTITY: Final[Mapping[str, str]] = {
    **dict.fromkeys(("+CGSN", "+GSN", "+EGMR"), "imei"),
    "+CIMI": "imsi",
    **dict.fromkeys(("+CCID", "+ICCID", "^ICCID", "+QCCID", "+CICCID", "#CCID", "^SCID", "+ZGETICCID"), "iccid"),
    **dict.fromkeys(("+CGMI", "+GMI"), "make"),
    **dict.fromkeys(("+CGMM", "+GMM"), "model"),
    **dict.fromkeys(("+CGMR", "+GMR"), "os"),
}
_LABELS: Final[Mapping[str, str]] = {
    "manufacturer": "make",
    "model": "model",
    "revision": "os",
    **dict.fromkeys(("imei", "imei1", "imei2", "imei 1", "imei 2"), "imei"),
}


def listing_of(store: str | None) -> str:
    """Return the list that a store is, as records name it."""
    if store is None:
        return "top"
    return "sim" if store in _SIM_STORES else "phone" if store in {"ME", "MT", "TA"} else store.lower()


class Identity:
    """Gathers what the log says of the handset and its card."""

    def __init__(self) -> None:
        self.values: dict[str, list[str]] = {}
        self._first: str | None = None
        self._extra: list[tuple[str, str]] = []
        self._clock: DeviceClock | None = None

    def take_answer(self, piece: Piece, character_set: str | None, clock: Clock) -> bool:
        """Take an answer; whether it is one of those that say who the handset is."""
        fields = piece.fields
        kind = _IDENTITY.get(piece.name)
        first = fields[0].text.strip() if fields else ""
        if kind is not None:
            return self._state(kind, first, piece)
        if piece.name == "+CNUM" and len(fields) > 1:
            number = international(
                decoded_address(fields[1].text, character_set), fields[2] if len(fields) > 2 else None
            )
            return self._state("msisdn", number, piece)
        if piece.name == "+CSCA":
            return self._note("service centre", decoded_address(first, character_set), piece)
        if piece.name == "+COPS" and len(fields) > 2:
            return self._note("network", decoded(fields[2].text, character_set), piece)
        if piece.name == "+CCLK":
            self._clock = DeviceClock(device_time=time_of(first, clock, ClockBasis.DEVICE_LOCAL))
            self._first = self._first or piece.line.locator
            return True
        return False

    def take_line(self, piece: Piece, command: str | None) -> bool:
        """Take a line without a name; whether the command before it, or its form, says what it is."""
        text = piece.rest.strip().strip('"')
        label, colon, value = text.partition(":")
        if colon and label.strip().lower() in _LABELS:
            return self._state(_LABELS[label.strip().lower()], value.strip(), piece)
        kind = _IDENTITY.get(command) if command is not None else None
        if kind in {"make", "model", "os"}:
            return self._state(kind, text, piece)
        if _CARD.fullmatch(text):
            return self._state("iccid", text, piece)
        if _DIGITS.fullmatch(text):
            told = kind if kind in {"imsi", "imei"} else _told_by_digits(text)
            return told is not None and self._state(told, text, piece)
        return False

    def own_number(self, number: str, piece: Piece) -> None:
        """Take a number of the phone book of own numbers."""
        self._state("msisdn", number, piece)

    def get(self, kind: str) -> tuple[str, ...]:
        """Return the values of a kind, each once, as written."""
        return tuple(self.values.get(kind, ()))

    def device(self, stamp: SourceStamp, book: PartBook) -> Iterator[Record]:
        """Yield the handset, if the log says anything of it."""
        if self._first is None:
            return
        book.saw("device")
        yield Device(
            source=stamp.source(self._first),
            record_id=stamp.record_id("device", self._first),
            extraction_id=book.extraction_id,
            imei=self.get("imei"),
            iccid=self.get("iccid"),
            imsi=self.get("imsi"),
            msisdn=self.get("msisdn"),
            make=next(iter(self.get("make")), None),
            model=next(iter(self.get("model")), None),
            os=next(iter(self.get("os")), None),
            clock=self._clock,
            extra=tuple(dict.fromkeys(self._extra)),
        )

    def _state(self, kind: str, value: str, piece: Piece) -> bool:
        if kind == "iccid" and value.startswith("98"):
            # Some modems print the card's swapped digits.
            value = "".join(value[place : place + 2][::-1] for place in range(0, len(value), 2)).rstrip("Ff")
        held = self.values.setdefault(kind, [])
        if value and value not in held:
            held.append(value)
        self._first = self._first or piece.line.locator
        return True

    def _note(self, name: str, value: str, piece: Piece) -> bool:
        if value:
            self._extra.append((name, value))
            self._first = self._first or piece.line.locator
        return True


class PhoneBooks:
    """Makes contacts and calls of phone-book answers, ``+CPBR`` and ``+CPBF``."""

    def __init__(self, stamp: SourceStamp, book: PartBook, clock: Clock, region: str) -> None:
        self._stamp = stamp
        self._book = book
        self._clock = clock
        self._region = region

    def records_of(
        self, piece: Piece, store: str | None, character_set: str | None, identity: Identity
    ) -> Iterator[Record]:
        """Yield the contact or call of an answer; a number of the book of own numbers goes to the identity."""
        fields = piece.fields
        if len(fields) > 3 and not fields[1].text and fields[2].is_quoted:
            # Some handsets leave a field out between index and number.
            fields = (fields[0], *fields[2:])
        index = fields[0].number if fields else None
        if index is None or len(fields) < 2:
            self.lose(store, piece.line.locator)
            return
        number = international(decoded_address(fields[1].text, character_set), fields[2] if len(fields) > 2 else None)
        name = decoded(fields[3].text, character_set) if len(fields) > 3 else ""
        if store == _OWN_NUMBERS:
            identity.own_number(number, piece)
            return
        locator = f"{store or 'store'} {index}"
        rest = [field.text for field in fields[4:] if field.text]
        if store is not None and store in _CALLS:
            self._book.saw("call")
            yield self._call(store, locator, number, name, rest)
            return
        self._book.saw("contact")
        yield Contact(
            source=self._stamp.source(locator),
            record_id=self._stamp.record_id("contact", locator),
            extraction_id=self._book.extraction_id,
            deleted=DeletedState.INTACT,
            name=name or None,
            numbers=(NumberRef(number, to_e164(number, self._region)),) if number else (),
            stored_in={"sim": "sim", "top": None}.get(listing_of(store), "phone"),
            listing=listing_of(store),
            extra=tuple(("field", text) for text in rest),
        )

    def lose(self, store: str | None, locator: str) -> None:
        """Count an entry that could not be read."""
        self._book.lose("call" if store in _CALLS else "contact", locator, "phone-book entry")

    def _call(self, store: str, locator: str, number: str, name: str, rest: list[str]) -> Call:
        call_type = _CALLS[store]
        party = Party(number or None, to_e164(number, self._region) if number else None, name or None)
        moment, further = self._time_in(rest)
        is_out = call_type is CallType.OUTGOING
        return Call(
            source=self._stamp.source(locator),
            record_id=self._stamp.record_id("call", locator),
            extraction_id=self._book.extraction_id,
            deleted=DeletedState.INTACT,
            call_type=call_type,
            from_party=None if is_out else party,
            to=(party,) if is_out else (),
            time=moment,
            listing=store.lower(),
            extra=tuple(("field", text) for text in further),
        )

    def _time_in(self, rest: list[str]) -> tuple[Moment, list[str]]:
        """Return the time among the fields behind a name, and the other fields."""
        place = next((n for n, text in enumerate(rest) if _DATE.fullmatch(text)), None)
        if place is None:
            return NO_MOMENT, rest
        text, used = rest[place], 1
        if ":" not in text and place + 1 < len(rest) and _CLOCK_TIME.fullmatch(rest[place + 1]):
            text, used = f"{text},{rest[place + 1]}", 2
        return time_of(text, self._clock, ClockBasis.DEVICE_LOCAL), rest[:place] + rest[place + used :]


def _told_by_digits(digits: str) -> str | None:
    """Return what digits are where no command stands before them: of a British network, or with a check digit."""
    if len(digits) == 15 and digits.startswith(("234", "235")):
        return "imsi"
    return "imei" if len(digits) != 15 or agrees_with_check_digit(digits) else None


def international(number: str, type_field: Field | None) -> str:
    """Return a number, with the ``+`` that its type states where the modem has left it out."""
    kind = type_field.number if type_field is not None else None
    return f"+{number}" if kind == _INTERNATIONAL and number and number.isdecimal() else number
