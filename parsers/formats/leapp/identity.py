"""Artifacts that say which handset an output is of, and which cards it had: lists of cards, and of keys with values.

Android's list holds every card that ever was in the handset, the tool leaves out which is there now, and Apple's last
known card is one that may be gone: cards are records, and no identity. One card may have been in several handsets, and
another reading of the handset may state another of its cards or none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import Final

import msgspec

from parsers.clocks import Clock
from parsers.contract import ExtractionPart, ReadEvent, SourceStamp
from parsers.device_attributes import Attribute, described, device_record, identifiers, state_identity
from parsers.device_ids import iccid_key, imei_key, imsi_key
from parsers.phone_numbers import to_e164
from parsers.records.facts import Device, Message, Sim
from parsers.records.notices import Notice
from parsers.records.values import DeletedState, Party
from parsers.sheets.rows import Row

_NAMES = re.compile(
    r"sim ?info(?:rmation)?(?: [0-9]+)?|subscriber ?info|cellular wireless|build info",
    re.IGNORECASE,
)
_MAY_BE_OF_OTHERS = re.compile(r"device ?info(?:rmation)?", re.IGNORECASE)
"""Several artifacts are called so, and a watch that was paired stands in one of them: it identifies nothing."""

_MOST_ROWS: Final = 1_000
_NOT_A_LETTER = re.compile(r"[^a-z0-9]")
_OF_CARDS: Final = {"iccid": "iccid", "imsi": "imsi", "number": "msisdn", "msisdn": "msisdn", "phonenumber": "msisdn"}
_KEYS: Final = ("key", "datakey", "property", "propertykey", "name")
_VALUES: Final = ("value", "datavalue", "propertyvalue")
_CALLED: Final = {
    "imei": "IMEI",
    "imeis": "IMEI",
    "lastknowniccid": "ICCID",
    "reportedphonenumber": "MSISDN",
    "roproductmanufacturer": "Manufacturer",
    "roproductmodel": "Model",
}
"""What the keys of Apple's and Android's own lists hold, by the names that reports have for it."""

_OF_HANDSET: Final = frozenset({"sms", "mms", "imessage", "rcs"})
_ACCOUNT: Final = "Account"
_ENOUGH_LINES: Final = 2
"""So many accounts say that none of them is the line of the handset for certain."""

_LINE_MARKS: Final = ("P:", "p:")

_FORMS: Final = {"imei": imei_key, "iccid": iccid_key, "imsi": imsi_key, "msisdn": to_e164}
_DIGITS = re.compile(r"(?<![0-9])[0-9]{14,16}(?![0-9])")
"""Of an IMEI within a list that is written as a text."""


def may_identify(name: str) -> bool:
    """Whether an artifact of this name says which handset or cards were read."""
    return any(names.fullmatch(name.strip()) is not None for names in (_NAMES, _MAY_BE_OF_OTHERS))


class Identity:
    """Gathers what such artifacts say.

    Args:
        part: The extraction, without it.
        clock: Reads times.
        region: ISO 3166 code in which a number without a country code is read.
    """

    def __init__(self, part: ExtractionPart, clock: Clock, region: str) -> None:
        self._region = region
        self._part = part
        self._clock = clock
        self._attributes: list[Attribute] = []
        self._stamp: SourceStamp | None = None
        self._locator = ""
        self._sims: list[Sim] = []
        self._lines: dict[str, str] = {}
        self._texts = 0
        self._told_apart = 0
        self._not_taken: str | None = None

    def with_line_of(self, event: ReadEvent) -> ReadEvent:
        """Return an event as it is; of a text of the handset itself the owner's line is taken (``P:+44...``)."""
        if isinstance(event, Message) and event.service in _OF_HANDSET:
            account = next((text for name, text in event.extra if name == _ACCOUNT), "").strip()
            number = account[2:] if account[:2] in _LINE_MARKS else account
            key = to_e164(number, self._region) if number else None
            if key is not None:
                if key in self._lines or len(self._lines) < _ENOUGH_LINES:
                    self._lines.setdefault(key, number)
                # A side that is not read, or is a name alone, may be this very account.
                sides = (each for each in (*event.to, event.from_party) if each is not None and not each.is_owner)
                others = {each.e164 or each.raw for each in sides if _is_by_number(each)}
                self._texts += 1
                self._told_apart += bool(others) and key not in others
        return event

    def take(self, name: str, stamp: SourceStamp, rows: Iterable[Row]) -> bool:
        """Take an artifact; return whether its columns are known.

        Args:
            name: What the tool calls it.
            stamp: Of its file.
            rows: Its rows, its headings first.
        """
        held = list(islice(rows, _MOST_ROWS + 1))
        keys = [_compact(cell) for cell in held[0].cells] if held else []
        if len(held) > _MOST_ROWS or len(held) < 2:
            return False
        if ("iccid" in keys or "imsi" in keys) and _NAMES.fullmatch(name.strip()) is not None:
            self._sims += [self._sim(name, stamp, held[0], keys, row) for row in held[1:]]
            return True
        key, value = (
            next((keys.index(each) for each in each_of if each in keys), None) for each_of in (_KEYS, _VALUES)
        )
        if key is None or value is None:
            return False
        pairs = [_attribute(_cell(row, key), _cell(row, value)) for row in held[1:]]
        if _MAY_BE_OF_OTHERS.fullmatch(name.strip()) is not None:
            if any(imei_key(text) is not None for text in identifiers(pairs, "imei")):
                self._not_taken = self._not_taken or name.strip()
            return False
        if not state_identity(pairs) and not any(each.key in {"model", "manufacturer"} for each in pairs):
            return False
        self._attributes += pairs
        if self._stamp is None:
            self._stamp, self._locator = stamp, name.strip()
        return True

    def part(self) -> ExtractionPart:
        """Return the extraction with what was gathered."""
        told = described(self._part, self._attributes, self._clock, self._region, is_sim_view=False)
        found = {kind: self._by_form(kind, getattr(told, kind)) for kind in _FORMS}
        found |= {"iccid": (), "imsi": ()}
        known = {to_e164(text, self._region) for text in found["msisdn"]}
        found["msisdn"] = (*found["msisdn"], *(text for key, text in self._line() if key not in known))
        return msgspec.structs.replace(self._part, make=told.make, model=told.model, os=self._part.os, **found)

    def _line(self) -> Iterable[tuple[str, str]]:
        """Return the owner's line by its key: the one account, where most of its texts are with another number.

        Several accounts may as well be the correspondents', and what is the other side of its texts is theirs; some
        people text themselves.
        """
        is_one = len(self._lines) == 1 and self._told_apart * 2 > self._texts
        return self._lines.items() if is_one else ()

    def records(self) -> list[Device | Sim]:
        """Return the records of the handset and its cards."""
        device: list[Device | Sim] = []
        if self._stamp is not None:
            device = [
                device_record(self._stamp, self._clock, self.part(), self._attributes, self._locator, self._region)
            ]
        return [*device, *self._sims]

    def notices(self) -> list[Notice]:
        """Return what is to be said: an IMEI that may be another device's, where no other is known."""
        if self._not_taken is None or self.part().imei:
            return []
        return [Notice(code="imei_not_taken", extraction_id=self._part.extraction_id, subject=self._not_taken)]

    def _by_form(self, kind: str, texts: Iterable[str]) -> tuple[str, ...]:
        return tuple(text for text in texts if _FORMS[kind](text) is not None)

    def _sim(self, name: str, stamp: SourceStamp, head: Row, keys: list[str], row: Row) -> Sim:
        found: dict[str, tuple[str, ...]] = {"iccid": (), "imsi": (), "msisdn": ()}
        extra: list[tuple[str, str]] = []
        for place, key in enumerate(keys):
            text = _cell(row, place)
            kind = _OF_CARDS.get(key)
            if not text:
                continue
            if kind is not None and _FORMS[kind](text) is not None:
                found[kind] = (text,)
            else:
                extra.append((head.cells[place].strip(), text))
        locator = f"{name.strip()} row {row.number}"
        return Sim(
            source=stamp.source(locator),
            record_id=stamp.record_id("sim", locator),
            extraction_id=self._part.extraction_id,
            deleted=DeletedState.INTACT,
            iccid=found["iccid"],
            imsi=found["imsi"],
            msisdn=found["msisdn"],
            extra=tuple(extra),
        )


def _attribute(key: str, value: str) -> Attribute:
    """Return a pair under the name that reports have for it; a list of IMEIs as these alone."""
    name = _CALLED.get(_compact(key))
    if name == "IMEI" and (found := _DIGITS.findall(value)):
        return Attribute(name, ", ".join(dict.fromkeys(found)))
    return Attribute(key if name is None else name, value)


def _is_by_number(side: Party) -> bool:
    """Whether a side is known by a number, a short one of a firm among them."""
    return side.e164 is not None or (side.raw or "").strip().isdecimal()


def _compact(text: str) -> str:
    return _NOT_A_LETTER.sub("", text.casefold())


def _cell(row: Row, place: int) -> str:
    return row.cells[place].strip() if place < len(row.cells) else ""
