"""Small deliveries for tests of the service: real vendor files with a broadcast, texts, calls and contacts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from config import load
from config.settings import Settings
from ingest.assemble import Workspace, open_workspace
from ingest.demo.cast import iccid, imei
from ingest.demo.truth import (
    Handset,
    Holding,
    Peer,
    PhoneCall,
    SavedContact,
    SavedNumber,
    Sim,
    TextMessage,
    Travel,
    VendorReport,
)
from ingest.demo.writers.ufdr import PA_7, Dialect, ReportForm, report_bytes, write_bare
from ingest.export.export_records import export_records, json_lines
from ingest.outcomes import Receipt
from ingest.selection import Selection
from ingest.worker import ingest_paths

STARTS_AT = datetime(2024, 2, 5, 12, 0, tzinfo=UTC)
ADVERT = "DANNY LINE on with the best of both 3 for 25 bell me 24/7"


def peer(place: int) -> Peer:
    """Return the other side with an invented number."""
    number = f"+447700900{place:03d}"
    return Peer(number, number)


def made_report(
    key: str,
    *,
    bodies: Sequence[str] = ("on my way", "who is this"),
    place: int | None = 1,
    case_ref: str | None = "OP TEST",
    exhibit_ref: str | None = "T/1",
    with_sim: bool = False,
    msisdn: str | None = "+447700900900",
    only_bodies: bool = False,
) -> VendorReport:
    """Return a report of one handset: a broadcast to twelve numbers, the bodies as received texts, a call, a contact.

    ``place`` numbers the IMEI; None: the report states no identity at all. ``only_bodies``: the received texts alone.
    """
    flare = [
        TextMessage(
            key=f"f{n}",
            at=STARTS_AT + timedelta(seconds=5 * n),
            travel=Travel.OUT,
            peers=(peer(100 + n),),
            body=ADVERT,
        )
        for n in range(12)
    ]
    received = [
        TextMessage(
            key=f"r{n}", at=STARTS_AT + timedelta(hours=1, minutes=n), travel=Travel.IN, peers=(peer(200),), body=body
        )
        for n, body in enumerate(bodies)
    ]
    handset = Handset(make="Nokia", model="105", imei=() if place is None else (imei(place),))
    card = Sim(iccid=iccid(place), msisdn=msisdn) if place is not None else None
    read_at = STARTS_AT + timedelta(days=2)
    holdings = [
        Holding(
            handset=handset,
            sim=card,
            read_at=read_at,
            texts=received if only_bodies else (*flare, *received),
            calls=()
            if only_bodies
            else (PhoneCall(key="c1", at=STARTS_AT, call_type="incoming", peer=peer(201), duration_seconds=12),),
            contacts=()
            if only_bodies
            else (SavedContact(key="p1", name="Sam", numbers=(SavedNumber("07700 900202", "+447700900202"),)),),
        )
    ]
    if with_sim:
        holdings.append(Holding(sim=card, read_at=read_at, texts=received[:1]))
    return VendorReport(key=key, holdings=tuple(holdings), case_ref=case_ref, exhibit_ref=exhibit_ref)


def drop(folder: Path, key: str, *, dialect: Dialect = PA_7, **made: object) -> Path:
    """Write a bare report.xml named after the key, and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    return write_bare(folder / f"{key}.xml", made_report(key, **made), ReportForm(dialect=dialect))  # type: ignore[arg-type]  # of made_report


def drop_bytes(key: str, **made: object) -> bytes:
    """Return what ``drop`` writes."""
    return report_bytes(made_report(key, **made), ReportForm(dialect=PA_7))  # type: ignore[arg-type]  # of made_report


def settings_for(data_dir: Path, **overrides: object) -> Settings:
    """Return settings for a test: the defaults, a data folder, and no waiting for locks."""
    values: Mapping[str, object] = {"data_dir": str(data_dir), "ingest.lock_wait_seconds": 0.0, **overrides}
    return load(overrides=values)


async def taken(workspace: Workspace, *paths: Path) -> list[Receipt]:
    """Ingest the paths and return the receipts."""
    return [receipt async for receipt in ingest_paths(workspace, paths)]


async def exported(workspace: Workspace) -> list[dict[str, object]]:
    """Return all records as they are exported."""
    written: list[bytes] = []
    result = await export_records(workspace, Selection(), (), json_lines, written.append)
    assert not result.faults
    return [json.loads(line) for line in written]


async def exported_from(data_dir: Path) -> list[dict[str, object]]:
    """Return all records of a data folder as they are exported."""
    async with open_workspace(settings_for(data_dir)) as workspace:
        return await exported(workspace)
