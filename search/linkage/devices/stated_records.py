"""The records that state identities: of a SIM that two devices have, and of a handset that was read again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from search.contract import Edge, EdgeKind
from search.linkage.attribution.evidence import DeviceFacts
from search.linkage.attribution.index_reading import IndexReading
from search.linkage.devices.events import HELD_AT_ANOTHER_TIME
from search.linkage.extraction.edge_table import first_records, merged_record_ids
from search.linkage.keys import TRAFFIC_ROLES
from search.linkage.model import Event, Link, Reason, ReasonKind

_READINGS_NAMED = 5


async def links_with_sims(
    reading: IndexReading, links: Sequence[Link], device_of: Mapping[str, str]
) -> tuple[Link, ...]:
    """Return the links, those for one SIM on both devices with a record of it on each.

    Args:
        reading: What is read.
        links: The links.
        device_of: Device by extraction.
    """
    sims = sorted({reason.value for link in links for reason in link.reasons if reason.kind is ReasonKind.SAME_SIM})
    edges: dict[str, list[Edge]] = defaultdict(list)
    for edge in await reading.whenever(EdgeKind.SIM, sims) if sims else ():
        edges[edge.key].append(edge)
    stated = {sim: first_records(held, device_of) for sim, held in edges.items()}
    return tuple(
        msgspec.structs.replace(link, reasons=tuple(_with_records(reason, link, stated) for reason in link.reasons))
        if any(reason.kind is ReasonKind.SAME_SIM for reason in link.reasons)
        else link
        for link in links
    )


def _with_records(reason: Reason, link: Link, stated: Mapping[str, Mapping[str, str]]) -> Reason:
    if reason.kind is not ReasonKind.SAME_SIM:
        return reason
    of_sim = stated.get(reason.value or "", {})
    records = filter(None, map(of_sim.get, (link.a_device_id, link.b_device_id)))
    return msgspec.structs.replace(reason, record_ids=tuple(records))


async def with_readings(
    reading: IndexReading, events: Iterable[Event], devices: Mapping[str, DeviceFacts]
) -> tuple[Event, ...]:
    """Return the events, those for a handset that was read again with what each reading states of the handset or SIM.

    Args:
        reading: What is read.
        events: The events.
        devices: The devices by id.
    """
    held = list(events)
    again = [event for event in held if event.kind == "extracted_again"]
    ids = sorted({entry.extraction_id for event in again for entry in devices[event.device_ids[0]].entries})
    stating: dict[str, list[Edge]] = defaultdict(list)
    for kind in (EdgeKind.HANDSET, EdgeKind.SIM) if ids else ():
        for edge in await reading.whenever(kind, extraction_ids=ids):
            stating[edge.extraction_id].append(edge)
    return tuple(
        msgspec.structs.replace(event, record_ids=_of_readings(devices[event.device_ids[0]], stating))
        if event.kind == "extracted_again"
        else event
        for event in held
    )


def _of_readings(facts: DeviceFacts, stating: Mapping[str, Sequence[Edge]]) -> tuple[str, ...]:
    firsts = (
        record
        for entry in facts.entries
        for record in [record for edge in stating.get(entry.extraction_id, ()) for record in edge.record_ids][:1]
    )
    return tuple(dict.fromkeys(firsts))[:_READINGS_NAMED]


async def with_messages(
    reading: IndexReading, events: Iterable[Event], devices: Mapping[str, DeviceFacts]
) -> tuple[Event, ...]:
    """Return the events, those for a phone that has a number by its submitter's word alone with its first messages.

    Args:
        reading: What is read.
        events: The events.
        devices: The devices by id.
    """
    listed = list(events)
    asked = [event for event in listed if event.kind == HELD_AT_ANOTHER_TIME and not event.record_ids]
    ids = sorted({entry.extraction_id for event in asked for entry in devices[event.device_ids[0]].entries})
    written: dict[str, list[Edge]] = defaultdict(list)
    for edge in await reading.whenever(EdgeKind.NUMBER, extraction_ids=ids) if ids else ():
        if edge.role in TRAFFIC_ROLES:
            written[edge.extraction_id].append(edge)
    records = {
        event.event_id: merged_record_ids(
            edge for entry in devices[event.device_ids[0]].entries for edge in written.get(entry.extraction_id, ())
        )
        for event in asked
    }
    return tuple(
        msgspec.structs.replace(event, record_ids=records[event.event_id]) if event.event_id in records else event
        for event in listed
    )
