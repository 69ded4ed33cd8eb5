"""The demonstration case: two operations, fifteen handsets, sixteen deliveries as real vendor files.

The same bytes each time. ``write_case`` writes what a forensic unit would drop; the planted truth is returned, and
written apart with ``write_truth``, never beside the deliveries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

import msgspec

from ingest.demo.case_truth import CaseTruth, DeliveryTruth, FlareTruth, case_truth, delivery_truth, flares_of
from ingest.demo.cast import CastHandset, member_of
from ingest.demo.seizure import Reading, with_sim_part
from ingest.demo.stories import daily_life, deal_lines, honest_senders, runners
from ingest.demo.truth import StoredFile, VendorReport
from ingest.demo.world import World
from ingest.demo.writers.ufdr import (
    PA_3,
    PA_5,
    PA_7,
    PA_10,
    Dialect,
    ReportForm,
    write_bare,
    write_folder,
    write_ufdr,
)
from ingest.demo.writers.xry_text import write_xry_zip


class Shape(StrEnum):
    """How a delivery is packed."""

    BARE = "bare"
    STORED = "stored"
    DEFLATED = "deflated"
    FOLDER = "folder"
    XRY_TEXT = "xry_text"


class DeliveryPlan(msgspec.Struct, frozen=True, kw_only=True):
    """One delivery of the case.

    Attributes:
        dialect: Of a Cellebrite report; XRY's text has one form.
        path: Relative to the folder of drops; operations have a folder each.
        days_later: Days from the seizure to the reading.
        is_full: Whether the method finds deleted texts.
        sim_apart: Whether the SIM was read as an extraction of its own.
        in_chats: Whether the tool lists native texts in chats as well.
    """

    path: str
    device: str
    dialect: Dialect
    shape: Shape = Shape.STORED
    days_later: int = 1
    is_full: bool = True
    sim_apart: bool = False
    in_chats: bool = False
    is_older: bool = False


_T, _H = "OP TAMARISK", "OP HALYARD"

PLANS: tuple[DeliveryPlan, ...] = (
    DeliveryPlan(path=f"{_T}/HW-1.xml", device="tamarisk-HW/1", dialect=PA_3, shape=Shape.BARE),
    DeliveryPlan(path=f"{_T}/HW-2.ufdr", device="tamarisk-HW/2", dialect=PA_7),
    DeliveryPlan(path=f"{_T}/HW-3 XRY text.zip", device="tamarisk-HW/3", dialect=PA_3, shape=Shape.XRY_TEXT),
    DeliveryPlan(path=f"{_T}/HW-4 logical.ufdr", device="tamarisk-HW/4", dialect=PA_7, is_full=False, is_older=True),
    DeliveryPlan(
        path=f"{_T}/HW-4 full file system.ufdr", device="tamarisk-HW/4", dialect=PA_10, days_later=12, in_chats=True
    ),
    DeliveryPlan(path=f"{_T}/HW-5.ufdr", device="tamarisk-HW/5", dialect=PA_10, in_chats=True),
    DeliveryPlan(path=f"{_T}/HW-6.ufdr", device="tamarisk-HW/6", dialect=PA_7),
    DeliveryPlan(path=f"{_T}/HW-7 and SIM.ufdr", device="tamarisk-HW/7", dialect=PA_7, sim_apart=True),
    DeliveryPlan(path=f"{_T}/JB-2.ufdr", device="tamarisk-JB/2", dialect=PA_7, shape=Shape.DEFLATED),
    DeliveryPlan(path=f"{_H}/RD-1.ufdr", device="halyard-RD/1", dialect=PA_10, in_chats=True),
    DeliveryPlan(path=f"{_H}/RD-2.ufdr", device="halyard-RD/2", dialect=PA_10),
    DeliveryPlan(path=f"{_H}/RD-4", device="halyard-RD/4", dialect=PA_7, shape=Shape.FOLDER),
    DeliveryPlan(path=f"{_H}/RD-5.ufdr", device="halyard-RD/5", dialect=PA_5),
    DeliveryPlan(path=f"{_H}/RD-6.ufdr", device="halyard-RD/6", dialect=PA_7),
    DeliveryPlan(path=f"{_H}/RD-7.xml", device="halyard-RD/7", dialect=PA_3, shape=Shape.BARE),
    DeliveryPlan(path=f"{_H}/JB-2.ufdr", device="halyard-JB/2", dialect=PA_5, shape=Shape.DEFLATED),
)
"""All deliveries, in the order in which they are named."""


@cache
def told_world() -> World:
    """Return everything that happened; worked out once."""
    world = World()
    for story in (deal_lines, runners, honest_senders, daily_life):
        story.tell(world)
    return world


def _files(reading: Reading, device: CastHandset) -> tuple[StoredFile, ...]:
    return tuple(reading.picture_file(place) for place in range(2)) if device.handset.os else ()


def plan_report(plan: DeliveryPlan) -> VendorReport:
    """Return the report of one delivery in the neutral truth model; tests compare with it record by record."""
    device = member_of(plan.device)
    reading = Reading(told_world(), device, finds_deleted=plan.is_full)
    read_at = device.seized_at + timedelta(days=plan.days_later)
    holding = reading.holding(read_at, "FullFileSystem" if plan.days_later > 1 else "Logical")
    return VendorReport(
        key=plan.path,
        holdings=with_sim_part(holding) if plan.sim_apart else (holding,),
        case_ref=device.case_ref,
        exhibit_ref=device.exhibit_ref,
        examiner="DFU examiner 12",
        made_at=read_at + timedelta(hours=2),
        display_zone="Europe/London" if device.reads_zoneless or plan.dialect is PA_7 else "UTC",
        files=_files(reading, device),
    )


def plan_form(plan: DeliveryPlan) -> ReportForm:
    """Return how the delivery's report is written."""
    return ReportForm(dialect=plan.dialect, lists_texts_in_chats=plan.in_chats)


def _write_xry_text(path: Path, report: VendorReport, _form: ReportForm) -> Path:
    """Write XRY's text export, and beside it what the text does not state: case and exhibit."""
    sidecar = f'case_ref = "{report.case_ref}"\nexhibit_ref = "{report.exhibit_ref}"\n'
    path.with_name(f"{path.name}.trapline.toml").write_text(sidecar, encoding="utf-8")
    return write_xry_zip(path, report)


_WRITERS: dict[Shape, Callable[[Path, VendorReport, ReportForm], Path]] = {
    Shape.BARE: write_bare,
    Shape.STORED: write_ufdr,
    Shape.DEFLATED: lambda path, report, form: write_ufdr(path, report, form, deflated=True, report_name="Report.xml"),
    Shape.FOLDER: write_folder,
    Shape.XRY_TEXT: _write_xry_text,
}


def _truths() -> Iterator[tuple[DeliveryTruth, tuple[FlareTruth, ...]]]:
    for plan in PLANS:
        device, report = member_of(plan.device), plan_report(plan)
        texts = [text for holding in report.holdings for text in holding.texts]
        merged = len(texts) if plan.in_chats else 0
        # The two readings of one handset show the same broadcasts; the fuller one speaks for both.
        flares = () if plan.is_older else tuple(flares_of(device, texts))
        yield delivery_truth(plan.path, device, report, merged, older=plan.is_older), flares


@cache
def planted_truth() -> CaseTruth:
    """Return what was planted, without writing anything."""
    pairs = list(_truths())
    return case_truth(
        told_world(),
        tuple(delivery for delivery, _flares in pairs),
        tuple(flare for _delivery, flares in pairs for flare in flares),
        tuple(sorted({plan.device for plan in PLANS if plan.is_older})),
    )


def write_case(directory: Path) -> CaseTruth:
    """Write the deliveries of both operations below the directory and return the planted truth.

    Raises:
        FileExistsError: A folder delivery stands there already.
    """
    for plan in PLANS:
        path = directory / plan.path
        path.parent.mkdir(parents=True, exist_ok=True)
        _WRITERS[plan.shape](path, plan_report(plan), plan_form(plan))
    return planted_truth()


def write_truth(path: Path, truth: CaseTruth) -> None:
    """Write the truth as JSON, for those who compare it with the linkage report."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(truth, order="deterministic"), indent=1))
