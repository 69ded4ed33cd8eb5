"""Jobs of the reading process: finds deliveries, and reads one into record segments.

Everything that opens evidence runs here, in a process that can be ended. Records never leave it: it writes the
segments itself and hands back what a receipt needs.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

from ingest.copying import LeftOut
from ingest.deliveries import find_deliveries
from ingest.delivery_keys import names_its_device, states_another_device
from ingest.processes.memory import forget_peak_memory, peak_memory_bytes
from ingest.processes.reading_jobs import (
    DeliveryRequest,
    FindRequest,
    FoundAll,
    NameRequest,
    NameSaid,
    Parsed,
    ParseRequest,
    SidecarsRead,
    SidecarsRequest,
    Spilled,
    SpillRequest,
)
from ingest.processes.segment_set import SegmentSet
from ingest.processes.text_spill import TextSpill
from ingest.segment_store.segments import RecordSegment
from parsers.choosing import parser_for
from parsers.contract import EMPTY_SIDECAR, Delivery, ReadContext, Sidecar, said_by_name
from parsers.errors import InputRefused, is_out_of_room
from parsers.identification import head_of
from parsers.reading import read_with
from parsers.records.facts import Message
from parsers.records.notices import Notice
from parsers.registry import identify
from parsers.sidecar import read_sidecar, states_members

_NOT_A_REPORT: Final = frozenset({"format_unknown", "format_ambiguous"})
_STATED_ONCE: Final = ("case_ref", "exhibit_ref", "owner_number", "imei", "iccid", "time_zone")
"""What of a sidecar says which handset the delivery is, and when its records were."""


def find(argument: FindRequest) -> FoundAll:
    """Find the deliveries at a path."""
    excluded = [Path(os.fsdecode(raw)) for raw in argument.raw_excluded]
    path = Path(os.fsdecode(argument.raw_path))
    return FoundAll(deliveries=tuple(find_deliveries(path, holds_report, excluded)))


def holds_report(folder: Path) -> bool:
    """Whether a folder itself holds one vendor's report, readable or not.

    One in which something has a sidecar of its own is a folder of deliveries.
    """
    try:
        head = head_of(folder, folder.name, is_folder=True)
        if states_members(head.members):
            return False
        identify(head)
    except InputRefused as exc:
        return exc.code not in _NOT_A_REPORT
    except OSError:
        return False
    return True


def ask_name(argument: NameRequest) -> NameSaid:
    """Return what the name of a delivery says, beside what is stated of its device."""
    scratch = Path(argument.scratch_dir)
    # A process that was ended here before left its work behind.
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    delivery = _delivery_of(argument)
    context = ReadContext(
        default_time_zone=argument.default_time_zone,
        default_region=argument.default_region,
        scratch_dir=scratch,
        limits=argument.limits,
    )
    sidecar = _stated(argument.sidecar, argument.default_region)
    stated = msgspec.structs.replace(context, sidecar=sidecar or EMPTY_SIDECAR)
    said, name = "", None
    try:
        parser = parser_for(delivery, stated, has_sidecar=argument.sidecar is not None, is_read_next=True)
        name = parser.name
        said = said_by_name(parser, delivery, context)
    except InputRefused:
        pass  # reading it will come to the same, and says so
    except Exception as error:  # a fault of a parser: better two extractions of one delivery than one of two
        if is_out_of_room(error):
            raise
        said = delivery.name
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return NameSaid(said=said, parser=name, sidecar=sidecar)


def read_sidecars(argument: SidecarsRequest) -> SidecarsRead:
    """Return what sidecars of the vault state."""
    return SidecarsRead(tuple(_stated(path, argument.default_region) for path in argument.paths))


def _delivery_of(argument: DeliveryRequest) -> Delivery:
    return Delivery(
        path=Path(argument.path),
        name=argument.name,
        is_folder=argument.is_folder,
        sha256=argument.sha256,
        companions=argument.companions,
        content_sha256=argument.content_sha256,
        folder=argument.folder,
    )


def _stated(sidecar: str | None, region: str) -> Sidecar | None:
    if sidecar is not None:
        with suppress(InputRefused, OSError):
            return read_sidecar(Path(sidecar), region)[0]
    return None


def parse(argument: ParseRequest) -> Parsed:
    """Read a delivery into record segments.

    Raises:
        InputRefused: Nothing of it can or may be read, or its sidecar cannot be used.
    """
    forget_peak_memory()
    started = time.perf_counter()
    scratch = Path(argument.work_dir) / "scratch"
    scratch.mkdir()
    earlier: list[Sidecar] = []
    sidecar, notices = EMPTY_SIDECAR, list(_left_out(argument.left_out))
    if argument.sidecar is not None:
        region = argument.default_region
        sidecar, stated = read_sidecar(Path(argument.sidecar), region)
        notices.extend(stated)
        earlier = [each for path in argument.earlier_sidecars if (each := _stated(path, region)) is not None]
        notices.extend(_replaced(sidecar, earlier))
    if argument.is_of_two_devices:
        notices.append(Notice(code="content_of_two_devices"))
    delivery = _delivery_of(argument)
    context = ReadContext(
        sidecar=sidecar,
        default_time_zone=argument.default_time_zone,
        default_region=argument.default_region,
        scratch_dir=scratch,
        limits=argument.limits,
        orders_beside=argument.orders_beside,
    )
    parser = parser_for(delivery, context, has_sidecar=argument.sidecar is not None)
    spill = TextSpill(Path(argument.texts_dir), argument.portion_texts)
    named = (parser.name, parser.version)
    with SegmentSet(Path(argument.work_dir), argument.compression_level, spill, named, sidecar) as segments:
        for notice in notices:
            segments.add_notice(notice)
        segments.add_all(read_with(parser, delivery, context))
        was_another = any(states_another_device(sidecar, each) for each in earlier)
        for part in segments.extraction_parts if was_another else ():
            if not names_its_device(part):
                segments.add_notice(Notice(code="device_replaced", extraction_id=part.extraction_id))
        parts = segments.sealed()
    spill.close()
    shutil.rmtree(scratch)
    return Parsed(
        parts=parts,
        sidecar=sidecar,
        elapsed_seconds=time.perf_counter() - started,
        peak_memory_bytes=peak_memory_bytes(),
    )


def _replaced(sidecar: Sidecar, earlier: Sequence[Sidecar]) -> Iterator[Notice]:
    """Yield a notice for each thing that an earlier sidecar of the same content stated otherwise."""
    for key in _STATED_ONCE:
        said = {str(value) for other in earlier if (value := getattr(other, key))}
        if said - {getattr(sidecar, key)}:
            yield Notice(code="sidecar_replaced", subject=key)


def _left_out(left_out: tuple[LeftOut, ...]) -> Iterator[Notice]:
    for code in sorted({item.code for item in left_out}):
        names = [item.name for item in left_out if item.code == code]
        yield Notice(code=code, count=len(names), first_locator=names[0], subject=names[0])


def spill_texts(argument: SpillRequest) -> Spilled:
    """Write the distinct texts of a record segment in portions."""
    spill = TextSpill(Path(argument.texts_dir), argument.portion_texts)
    with RecordSegment(Path(argument.records), argument.extraction_id) as segment:
        for batch in segment.batches():
            for stored in batch:
                if isinstance(stored.record, Message) and stored.record.body:
                    spill.add(stored.record.body)
    return Spilled(portion_count=spill.close())
