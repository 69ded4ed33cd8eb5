"""Builds the extractions of a report: one part for each handset, SIM and memory card that was read.

A handset and its SIM are separate extractions in one report, joined by ``extractionId`` and ``sourceExtraction`` to
the list of extractions. The 3.0 dialect has no list and gives one part. The same handset read twice (logically and as
a file system) gives two parts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

import msgspec

from parsers.clocks import Clock
from parsers.contract import Delivery, ExtractionPart, PartKind, ReadContext
from parsers.device_ids import iccid_key, imei_key, imsi_key
from parsers.formats.ufdr.metadata import ExtractionInfo, Item, ReportHeader, first_text
from parsers.formats.ufdr.notice_book import NoticeBook
from parsers.phone_numbers import number_key, to_e164
from parsers.records.facts import Sim
from parsers.records.ids import extraction_id

_MANUFACTURER = ("selectedmanufacturer",)
_MAKES = ("detectedphonevendor", "detectedmanufacturer", "detectedvendor", "selectedmanufacturer", "vendor")
_MODELS = ("detectedphonemodel", "detectedmodel", "phonemodel", "selecteddevicename", "modelnumber", "model")
_SYSTEMS = ("ostype", "phoneos", "operatingsystem")
_SYSTEM_VERSIONS = ("osversion", "phoneosversion", "revision", "phonerevision")
ENDED_AT = ("extractionenddatetime", "extractionenddatetime(utc)")
STARTED_AT = ("extractionstartdatetime", "extractionstartdatetime(utc)")
_TOOL_VERSIONS = ("ufedpaversion", "unitversion")
_KIND_ITEMS = ("reporttype", "extractiontype", "selecteddevicename")

IDENTITY_KEYS: Final = {
    "imei": re.compile(r"^imei\(?[0-9]?\)?$"),
    "iccid": re.compile(r"^(?:sim)?iccid\(?[0-9]?\)?$"),
    "imsi": re.compile(r"^(?:sim)?imsi\(?[0-9]?\)?$"),
    "msisdn": re.compile(r"^(?:lastused)?msisdn\(?[0-9]?\)?$"),
}
"""Which items hold which identifiers; names as ``item_key`` gives them."""

_ROWS_KEPT: Final = 16
_NOT_STATED = frozenset({"n/a", "na", "none", "null", "unknown", "not available", "not applicable", "-"})
_SEVERAL = re.compile(r"\s*[,;\n]\s*")
# At the start alone: ``Galaxy A10 Dual SIM`` is a handset, ``Logical with memory card`` is one's reading.
_SIM_WORD = re.compile(r"\s*u?sim(?![a-z])", re.IGNORECASE)
# What the tool calls a reading that it made without knowing the handset, or a report that it was made of.
_TOOL_WORD = re.compile(
    r"\b(?:cellebrite|ufed|generic)\b|^\W*(?:reports?|extractions?|unknown|phone|\w)?\W*$", re.IGNORECASE
)
_CARD_WORD = re.compile(r"\s*(?:mass storage|memory card|(?:micro)?sd[ -]?card)", re.IGNORECASE)


class Part:
    """One extraction while it is read.

    Attributes:
        info: What is known of it now.
        clock: Reads its times, and counts what was assumed.
        own_keys: Number keys of the handset's own lines.
        seen: Elements by tally row.
    """

    __slots__ = ("_rows", "clock", "extraction_id", "has_identity", "info", "is_yielded", "items", "own_keys", "seen")

    def __init__(self, info: ExtractionPart, items: list[Item], clock: Clock) -> None:
        self.info = info
        self.items = items
        self.extraction_id = info.extraction_id
        self.clock = clock
        self.own_keys: set[str] = set()
        self.seen: Counter[str] = Counter()
        self.is_yielded = False
        self.has_identity = bool(info.imei or info.iccid or info.imsi or info.msisdn)
        self._rows: dict[str, list[str]] = {"iccid": [], "imsi": [], "msisdn": []}

    @property
    def is_described(self) -> bool:
        """Whether the report has said what the handset or the card is; else that may stand behind the models."""
        sections = (item.section.replace(" ", "").casefold() for item in self.items)
        return self.has_identity or any(section.startswith("device") for section in sections)

    def add_row(self, row: Sim, region: str) -> None:
        """Keep the identifiers that a row of the card's files states, and know the handset's own number by it."""
        for kind, held in self._rows.items():
            held.extend(value for value in getattr(row, kind) if len(held) < _ROWS_KEPT)
        self.own_keys.update(key for number in row.msisdn if (key := _own_key(number, region)))

    def with_rows(self, info: ExtractionPart) -> ExtractionPart:
        """Return the part with what its card's rows state of it, where the metadata states nothing of that kind."""
        stated = {kind: tuple(dict.fromkeys(held)) for kind, held in self._rows.items() if held}
        missing = {kind: values for kind, values in stated.items() if not getattr(info, kind)}
        return msgspec.structs.replace(info, **missing) if missing else info


def is_stated(text: str) -> bool:
    """Whether an identifier's text states one: not ``N/A`` and the like, and not zeros alone."""
    return not is_word_for_none(text) and bool(text.strip("0 "))


def is_word_for_none(text: str) -> bool:
    """Whether a text says that there is no value: ``N/A`` and the like."""
    return text.casefold() in _NOT_STATED


def identifiers(items: Sequence[Item], kind: str) -> tuple[str, ...]:
    """Return the identifiers of a kind (``imei``, ``iccid``, ``imsi``, ``msisdn``), as written, each once."""
    pattern = IDENTITY_KEYS[kind]
    found = [
        text.strip()
        for item in items
        if pattern.match(item.key)
        for text in _SEVERAL.split(item.text)
        if text.strip() and is_stated(text.strip())
    ]
    return tuple(dict.fromkeys(found))


def build_parts(header: ReportHeader, delivery: Delivery, member: str | None, ctx: ReadContext) -> list[Part]:
    """Return the parts in the order of the report's list; the first handset is the one that SIMs belong to."""
    vendor_ids = header.vendor_ids()
    kinds = {vendor_id: _kind_of(header, vendor_id) for vendor_id in vendor_ids}
    main = next((each for each in vendor_ids if kinds[each] is PartKind.HANDSET), vendor_ids[0])
    date_order = ctx.sidecar.date_order or header.date_order
    parts = []
    for vendor_id in vendor_ids:
        items = header.items_of(vendor_id, with_unassigned=vendor_id == main)
        clock = Clock(ctx.time_zone, date_order)
        # Dates of the reading itself are counted by no clock: no record rests on them.
        info = _info(header, items, vendor_id, kinds[vendor_id], Clock(ctx.time_zone, date_order))
        info = msgspec.structs.replace(
            info, extraction_id=extraction_id(delivery.sha256, member, vendor_id), member=member
        )
        parts.append(Part(info, items, clock))
    _join_to_handset(parts, parts[vendor_ids.index(main)])
    own = {key for part in parts for number in part.info.msisdn if (key := _own_key(number, ctx.default_region))}
    if ctx.sidecar.owner_number and (key := _own_key(ctx.sidecar.owner_number, ctx.default_region)):
        own.add(key)
    for part in parts:
        part.own_keys |= own
    return parts


def note_extractions(notices: NoticeBook, header: ReportHeader, parts: Sequence[Part]) -> None:
    """Note what the list of extractions does not hold or tell apart, and those that the tool itself calls partial."""
    for subject, count in (("metadata items", header.left_out_count), ("extractionInfo", header.unlisted_count)):
        if count:
            notices.add("extraction_unknown", subject=subject, count=count)
    # One of which nothing was read is no part: the notice is then of the delivery as a whole.
    given = {part.info.vendor_id: part.extraction_id for part in parts if part.is_yielded}
    for listed in header.extractions:
        if listed.is_partial:
            of, name = given.get(listed.vendor_id), listed.name or listed.vendor_id
            notices.add("extraction_partial", extraction_id=of, subject=name)


def _own_key(number: str, region: str) -> str | None:
    return number_key(number, to_e164(number, region))


def _join_to_handset(parts: list[Part], main: Part) -> None:
    for part in parts:
        if part is main or main.info.kind is not PartKind.HANDSET:
            continue
        is_second_reading = part.info.kind is PartKind.HANDSET and not part.has_identity
        if part.info.kind is PartKind.SIM:
            part.info = msgspec.structs.replace(part.info, belongs_to=_handset_of(part, parts, main).extraction_id)
        elif part.info.kind is PartKind.MEMORY_CARD or is_second_reading:
            part.info = msgspec.structs.replace(part.info, belongs_to=main.extraction_id)


def _handset_of(card: Part, parts: Sequence[Part], main: Part) -> Part:
    """Return the handset that a card was in: the one of several that names the card, else the first."""
    own = _card_keys(card.info)
    handsets = [part for part in parts if part.info.kind is PartKind.HANDSET]
    return next((part for part in (main, *handsets) if own & _card_keys(part.info)), main)


def _card_keys(info: ExtractionPart) -> set[str]:
    keys = [*map(imsi_key, info.imsi), *map(iccid_key, info.iccid)]
    return {key for key in keys if key is not None}


def are_several_handsets(parts: Sequence[Part]) -> bool:
    """Whether a report is of several handsets, told apart by their IMEI, and not of several readings of one."""
    keys = [{imei_key(raw) for raw in part.info.imei} - {None} for part in parts if part.info.kind is PartKind.HANDSET]
    told = [each for each in keys if each]
    return any(each.isdisjoint(told[0]) for each in told[1:])


def _kind_of(header: ReportHeader, vendor_id: str | None) -> PartKind:
    is_only = len(header.vendor_ids()) == 1
    items = header.items_of(vendor_id, with_unassigned=is_only)
    info = header.info_of(vendor_id)
    words = [first_text(items, _MANUFACTURER)] + [first_text(items, (key,)) for key in _KIND_ITEMS]
    if info is not None:
        words += [info.name, info.kind]
    for word in words:
        if word and _CARD_WORD.match(word):
            return PartKind.MEMORY_CARD
        if word and _SIM_WORD.match(word):
            return PartKind.SIM
    return PartKind.HANDSET


def _info(
    header: ReportHeader, items: list[Item], vendor_id: str | None, kind: PartKind, clock: Clock
) -> ExtractionPart:
    listed: ExtractionInfo | None = header.info_of(vendor_id)
    every = [*items, *(item for item in header.items if item.vendor_id is None)]
    is_handset = kind is PartKind.HANDSET
    make, model = first_text(items, _MAKES), first_text(items, _MODELS)
    system = [text for text in (first_text(items, _SYSTEMS), first_text(items, _SYSTEM_VERSIONS)) if text]
    return ExtractionPart(
        extraction_id="",
        member=None,
        vendor_id=vendor_id,
        vendor_name=listed.name if listed else None,
        kind=kind,
        tool="Cellebrite UFED",
        tool_version=first_text(every, _TOOL_VERSIONS),
        format_version=header.project.get("reportVersion"),
        case_ref=header.case_ref,
        exhibit_ref=header.exhibit_ref_of(vendor_id),
        extracted_at=_read_at(items, every, clock),
        make=make if is_handset else None,
        model=(model or _device_name(listed) or header.project.get("name") or None) if is_handset else None,
        os=(" ".join(dict.fromkeys(system)) or None) if is_handset else None,
        # An IMEI under a memory card or a SIM is not the card's.
        imei=identifiers(items, "imei") if is_handset else (),
        iccid=identifiers(items, "iccid"),
        imsi=identifiers(items, "imsi"),
        msisdn=identifiers(items, "msisdn"),
    )


def _device_name(listed: ExtractionInfo | None) -> str | None:
    """Return the handset that the list of extractions names. None: none, or the tool's own words for a report."""
    names = (listed.full_name, listed.device_name) if listed is not None else ()
    return next((name.strip() for name in names if name and name.strip() and not _TOOL_WORD.search(name)), None)


def _read_at(items: list[Item], every: list[Item], clock: Clock) -> str | None:
    raw = first_text(items, (*ENDED_AT, *STARTED_AT)) or first_text(every, (*ENDED_AT, *STARTED_AT))
    return clock.locale(raw).utc if raw else None
