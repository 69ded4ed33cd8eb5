"""The device record, from pairs of a name and what it is, as XRY's reports and sheets of XAMN list them one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

import msgspec

from parsers.bracketed_times import read_time
from parsers.clocks import Clock
from parsers.contract import ExtractionPart, PartKind, SourceStamp
from parsers.device_ids import iccid_key, imei_key, imsi_key
from parsers.phone_numbers import to_e164
from parsers.records.facts import Device, Sim
from parsers.records.values import DeletedState, DeviceClock

_IDENTIFIERS: Final = {
    "imei": re.compile(r"\bimei_?[0-9]?\b"),
    "iccid": re.compile(r"\biccid_?[0-9]?\b|\bsim (?:card )?serial\b"),
    "imsi": re.compile(r"\bimsi_?[0-9]?\b"),
    "msisdn": re.compile(r"\bmsisdn_?[0-9]?\b|^(?:own|phone|telephone|subscriber) number\b"),
}
_NOT_STATED: Final = frozenset({"n/a", "na", "none", "null", "unknown", "not available", "not applicable", "-"})
_MAKES: Final = ("manufacturer", "device manufacturer", "vendor")
_MODELS: Final = ("model", "device model", "device name")
_SYSTEMS: Final = ("operating system", "os", "os version", "operating system version")
_DEVICE_CLOCK: Final = "device clock"
_PC_CLOCK: Final = "pc clock"
_KIND_ATTRIBUTES: Final = ("device type", "device family", "device name")
_SIM_WORD = re.compile(r"\s*u?sim(?![a-z])", re.IGNORECASE)
_SEVERAL = re.compile(r"[,;\n]")
_MOST_CHARS: Final = 1_000


class Attribute(msgspec.Struct, frozen=True, gc=False):
    """One pair. ``name`` is empty where the report gives a value without one."""

    name: str
    value: str

    @property
    def key(self) -> str:
        """The name in lower case."""
        return " ".join(self.name.split()).casefold()


def described(
    part: ExtractionPart, attributes: Sequence[Attribute], clock: Clock, region: str, *, is_sim_view: bool
) -> ExtractionPart:
    """Return the extraction with what its attributes say of it, times in a region (ISO 3166 code)."""
    ids = {kind: identifiers(attributes, kind) for kind in _IDENTIFIERS}
    is_card = is_sim_view or any(_SIM_WORD.match(text) for text in _values(attributes, _KIND_ATTRIBUTES))
    kind = PartKind.SIM if is_card and not ids["imei"] else PartKind.HANDSET
    pc_clock = next(iter(_values(attributes, (_PC_CLOCK,))), None)
    is_handset = kind is PartKind.HANDSET
    return msgspec.structs.replace(
        part,
        kind=kind,
        make=_first(attributes, _MAKES) if is_handset else None,
        model=_first(attributes, _MODELS) if is_handset else None,
        os=" ".join(dict.fromkeys(_values(attributes, _SYSTEMS))) or None if is_handset else None,
        extracted_at=read_time(pc_clock, clock, region).utc or part.extracted_at,
        **ids,
    )


def device_record(
    stamp: SourceStamp,
    clock: Clock,
    part: ExtractionPart,
    attributes: Sequence[Attribute],
    locator: str,
    region: str,
) -> Device | Sim:
    """Return the record of the handset, or of the card where a card was read."""
    extra = tuple((each.name or "Data", each.value) for each in attributes if not _is_on_the_record(each, part))
    if part.kind is PartKind.SIM:
        return Sim(
            source=stamp.source(locator),
            record_id=stamp.record_id("sim", locator),
            extraction_id=part.extraction_id,
            deleted=DeletedState.INTACT,
            iccid=part.iccid,
            imsi=part.imsi,
            msisdn=part.msisdn,
            extra=extra,
        )
    return Device(
        source=stamp.source(locator),
        record_id=stamp.record_id("device", locator),
        extraction_id=part.extraction_id,
        deleted=DeletedState.INTACT,
        imei=part.imei,
        iccid=part.iccid,
        imsi=part.imsi,
        msisdn=part.msisdn,
        make=part.make,
        model=part.model,
        os=part.os,
        clock=_clock(clock, attributes, region),
        extra=extra,
    )


def identifiers(attributes: Iterable[Attribute], kind: str) -> tuple[str, ...]:
    """Return the identifiers of a kind (``imei``, ``iccid``, ``imsi``, ``msisdn``), as written, each once."""
    pattern = _IDENTIFIERS[kind]
    found = [
        text
        for each in attributes
        if pattern.search(each.key)
        for text in _pieces_of(each.value)
        if text.casefold() not in _NOT_STATED and text.strip("0 ")
    ]
    return tuple(dict.fromkeys(found))


def state_identity(attributes: Sequence[Attribute]) -> bool:
    """Whether attributes state by what a handset or card is known: an IMEI, ICCID or IMSI by its form, or a number."""
    forms = (("imei", imei_key), ("iccid", iccid_key), ("imsi", imsi_key), ("msisdn", to_e164))
    return any(form(text) is not None for kind, form in forms for text in identifiers(attributes, kind))


def _pieces_of(value: str) -> list[str]:
    """Return the identifiers that a value lists, trimmed."""
    return [piece.strip() for piece in _SEVERAL.split(value)] if len(value) <= _MOST_CHARS else [value]


def _is_on_the_record(attribute: Attribute, part: ExtractionPart) -> bool:
    for kind, pattern in _IDENTIFIERS.items():
        if pattern.search(attribute.key):
            return any(text in getattr(part, kind) for text in _pieces_of(attribute.value))
    return attribute.key in _MAKES and attribute.value == part.make


def _clock(clock: Clock, attributes: Sequence[Attribute], region: str) -> DeviceClock | None:
    device_raw, pc_raw = (_first(attributes, (key,)) for key in (_DEVICE_CLOCK, _PC_CLOCK))
    if device_raw is None:
        return None
    device_time = read_time(device_raw, clock, region)
    pc_time = read_time(pc_raw, clock, region) if pc_raw is not None else None
    error = None
    if device_time.utc and pc_time is not None and pc_time.utc:
        error = round((_instant(device_time.utc) - _instant(pc_time.utc)).total_seconds())
    return DeviceClock(device_time, pc_time, error, _first(attributes, ("time zone", "timezone")))


def _instant(utc: str) -> datetime:
    return datetime.fromisoformat(utc)


def _values(attributes: Iterable[Attribute], keys: Sequence[str]) -> list[str]:
    held = list(attributes)
    return [each.value for key in keys for each in held if each.key == key]


def _first(attributes: Iterable[Attribute], keys: Sequence[str]) -> str | None:
    return next(iter(_values(attributes, keys)), None)
