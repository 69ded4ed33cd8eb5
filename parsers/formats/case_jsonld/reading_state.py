"""What the records of one extraction share: counts, the clock, and what was learnt of the handset and its cards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from parsers.case_words import IDENTIFIERS
from parsers.clocks import Clock
from parsers.contract import ExtractionPart, PartKind, ReadContext
from parsers.device_ids import imei_key
from parsers.formats.case_jsonld.nodes import Node
from parsers.part_book import PartBook
from parsers.records.facts import Device, Record, Sim
from parsers.records.notices import Notice

_MOST_IDENTIFIERS: Final = 64


class Tool(msgspec.Struct, frozen=True):
    """What the file says of the tool that read the handset."""

    name: str | None = None
    version: str | None = None


class StatedDevice(msgspec.Struct, frozen=True, kw_only=True):
    """What our own export says of the device of an extraction; identifiers as written."""

    imei: tuple[str, ...] = ()
    iccid: tuple[str, ...] = ()
    imsi: tuple[str, ...] = ()
    msisdn: tuple[str, ...] = ()
    make: str | None = None
    model: str | None = None
    kind: PartKind | None = None


def stated_device(facet: Node) -> StatedDevice:
    """Return the device that the facet of an extraction states."""
    kind = facet.word("partKind")
    return StatedDevice(
        **{name: tuple(facet.texts(name)[:_MOST_IDENTIFIERS]) for name in IDENTIFIERS},
        make=facet.word("make"),
        model=facet.word("model"),
        kind=PartKind(kind) if kind in set(PartKind) else None,
    )


class PartState:
    """One extraction: the whole file, or what our own export says to be one.

    Attributes:
        book: Counts and notices.
        clock: Reads its times.
        is_told: Whether the extraction was given out.
        vendor_id: What our own export calls the extraction. None: the file is one.
        exhibit: Reference of the exhibit, where the file says it. So for the case.
        device: What our own export says of the device. None: its records alone say something.
        belongs_to: The first extraction that our own export says to be of the same device. None: it is the first.
    """

    def __init__(self, extraction_id: str, vendor_id: str | None, ctx: ReadContext) -> None:
        self.book = PartBook(extraction_id)
        self.clock = Clock(ctx.time_zone, ctx.sidecar.date_order)
        self.is_told = False
        self.exhibit: str | None = None
        self.case: str | None = None
        self.device: StatedDevice | None = None
        self.belongs_to: str | None = None
        self.vendor_id = vendor_id
        self._devices: list[Device] = []
        self._sims: list[Sim] = []
        self._imei_keys: set[str] = set()
        self._device_count = 0

    def take(self, record: Record) -> None:
        """Learn what a record says of the handset; a file of several handsets says it of none."""
        if isinstance(record, Device):
            keys = {key for text in record.imei if (key := imei_key(text))}
            # One handset may stand there as two nodes.
            is_known = bool(keys & self._imei_keys)
            self._device_count += not is_known
            self._imei_keys |= keys
            if len(self._devices) < _MOST_IDENTIFIERS:
                self._devices.append(record)
        elif isinstance(record, Sim) and len(self._sims) < _MOST_IDENTIFIERS:
            self._sims.append(record)

    def part(self, tool: Tool) -> ExtractionPart:
        """Return the part, with what is known so far."""
        holders = self._devices if self._device_count == 1 else []
        # Cards of one handset are its own; without a handset a single card is what was read.
        cards = self._sims if self._device_count == 1 or (not self._device_count and len(self._sims) == 1) else []
        found = {
            kind: tuple(dict.fromkeys(value for holder in (*holders, *cards) for value in getattr(holder, kind)))
            for kind in IDENTIFIERS
        }
        kind = PartKind.HANDSET if self._device_count else PartKind.SIM if self._sims else PartKind.UNKNOWN
        part = ExtractionPart(
            extraction_id=self.book.extraction_id,
            member=None,
            vendor_id=self.vendor_id,
            kind=kind,
            tool=tool.name or "CASE bundle",
            tool_version=tool.version,
            case_ref=self.case,
            exhibit_ref=self.exhibit,
            make=next((device.make for device in holders if device.make), None),
            model=next((device.model for device in holders if device.model), None),
            os=next((device.os for device in holders if device.os), None),
            imei=found["imei"],
            iccid=found["iccid"],
            imsi=found["imsi"],
            msisdn=found["msisdn"],
            belongs_to=self.belongs_to,
        )
        held = self.device
        if held is None:
            return part
        return msgspec.structs.replace(
            part,
            kind=held.kind or part.kind,
            make=held.make or part.make,
            model=held.model or part.model,
            **{name: getattr(held, name) for name in IDENTIFIERS},
        )

    def notices(self) -> Iterator[Notice]:
        """Yield everything that is to be said of the extraction."""
        yield from self.book.notices()
        yield from self.clock.notices(self.book.extraction_id)
