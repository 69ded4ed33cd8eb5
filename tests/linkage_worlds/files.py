"""Writes a world as a forensic unit would deliver it: one vendor file or folder a reading, sidecars where needed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec

from ingest.demo.truth import Holding, VendorReport
from ingest.demo.writers.damage import cut_inside, in_utf16, without_namespace
from ingest.demo.writers.ufdr import (
    PA_3,
    PA_5,
    PA_7,
    PA_10,
    Dialect,
    ReportForm,
    report_bytes,
    write_bare,
    write_folder,
    write_ufdr,
)
from ingest.demo.writers.xry_text import write_xry_zip
from tests.linkage_worlds.chance import chance
from tests.linkage_worlds.seizure import Held, handset_holding, sim_holding

_XRY_FROM, _XRY_TO = 0.3, 0.45
"""Share of phones that were read with the other vendor's tool; its text export holds no chats and no exhibit."""


class Delivery(msgspec.Struct, frozen=True):
    """One delivery of a phone. ``path`` is relative to the folder of drops."""

    path: str
    phone: str


def write_world(folder: Path, seed: int, everything: list[Held]) -> list[Delivery]:
    """Write every phone's deliveries below the folder and return what was written."""
    found: list[Delivery] = []
    for held in everything:
        draw = chance(seed, f"file {held.phone.key}")
        found += [Delivery(name, held.phone.key) for name in _write_phone(folder, held, draw.random())]
    return found


def _write_phone(folder: Path, held: Held, roll: float) -> Iterator[str]:
    phone = held.phone
    stem = f"{phone.case_ref}/{phone.exhibit_ref.replace('/', '-')}"
    (folder / phone.case_ref).mkdir(parents=True, exist_ok=True)
    if phone.handset is None:
        yield _write(folder, f"{stem} SIM.ufdr", held, (sim_holding(held),), PA_7)
        return
    dialect = _dialect(held, roll)
    full = handset_holding(held, has_identity=not phone.is_nameless)
    if phone.readings == "twice":
        # the earlier reading came before the last texts; the later one holds them all
        earlier = handset_holding(held, texts=held.texts[: max(1, int(len(held.texts) * 0.9))])
        earlier = msgspec.structs.replace(earlier, read_at=phone.until + timedelta(hours=3))
        yield _write(folder, f"{stem} first.ufdr", held, (earlier,), PA_7)
        yield _write(folder, f"{stem} again.ufdr", held, (full,), PA_10)
    elif phone.readings == "two_formats":
        yield _write(folder, f"{stem} a.xml", held, (full,), PA_5)
        yield _write(folder, f"{stem} b.{'ufdr' if held.chats else 'zip'}", held, (full,), PA_7)
    elif phone.readings == "sim_part":
        yield _write(folder, f"{stem} and SIM.ufdr", held, (full, sim_holding(held)), PA_7)
    elif phone.readings == "sim_apart":
        yield _write(folder, f"{stem}.ufdr", held, (full,), dialect)
        yield _write(folder, f"{stem} SIM.ufdr", held, (sim_holding(held),), PA_7)
    elif _XRY_FROM < roll < _XRY_TO and not held.chats and not phone.is_nameless:
        yield _write(folder, f"{stem}.zip", held, (full,), dialect)
    else:
        suffix = ".xml" if dialect is PA_3 or phone.damage or roll < 0.1 else "" if roll < 0.2 else ".ufdr"
        yield _write(folder, stem + suffix, held, (full,), dialect)


def _dialect(held: Held, roll: float) -> Dialect:
    phone = held.phone
    if not phone.is_smart and (phone.is_zoneless or roll < 0.4):
        return PA_3
    return PA_10 if roll > 0.6 else PA_7 if roll > 0.2 or held.chats else PA_5


def _write(folder: Path, name: str, held: Held, holdings: tuple[Holding, ...], dialect: Dialect) -> str:
    phone, path = held.phone, folder / name
    report = VendorReport(
        key=name,
        holdings=holdings,
        case_ref=phone.case_ref,
        exhibit_ref=phone.exhibit_ref,
        examiner="DFU 4",
        made_at=holdings[0].read_at + timedelta(hours=1),
        display_zone="Europe/London" if phone.is_zoneless else "UTC",
    )
    form = ReportForm(dialect=dialect, lists_texts_in_chats=dialect is PA_10 and len(name) % 2 == 0)
    if path.suffix == ".xml" and phone.damage:
        path.write_bytes(_damaged(report_bytes(report, form), phone.damage))
    elif path.suffix == ".xml":
        write_bare(path, report, form)
    elif path.suffix == ".ufdr":
        write_ufdr(path, report, form)
    elif path.suffix == ".zip":
        write_xry_zip(path, report)
    else:
        write_folder(path, report, form)
    if phone.has_sidecar:
        rows = {"case_ref": phone.case_ref, "exhibit_ref": phone.exhibit_ref, "owner_number": phone.number}
        beside = path.with_name(f"{path.name}.trapline.toml")
        beside.write_text("".join(f'{key} = "{value}"\n' for key, value in rows.items()), encoding="utf-8")
    return name


def _damaged(content: bytes, damage: str) -> bytes:
    """Return the report with something wrong that costs no record."""
    if damage == "cut tail":
        return cut_inside(content, "<carvedFiles")
    return in_utf16(content) if damage == "utf-16" else without_namespace(content)
