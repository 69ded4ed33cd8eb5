"""The whole way: a world is written as vendor files, dropped, read, analysed, indexed, exported and reported on.

Everything is the service's own; only the jobs of its child processes run in threads of this one, so that what they
load is loaded once for all worlds.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from config import load
from ingest.assemble import open_workspace
from ingest.export.export_records import export_records, json_lines
from ingest.processes.text_findings import close_kept
from ingest.processes.worker_process import JOBS, WorkerProcess
from ingest.report_view import linkage_report
from ingest.selection import Selection
from ingest.worker import ingest_paths
from search.reports.build import report_bytes
from tests.linkage_score.outcome import Outcome, TextSaid
from tests.linkage_worlds.files import Delivery, write_world
from tests.linkage_worlds.seizure import Held

Answer = TypeVar("Answer")


class ThreadWorker(WorkerProcess):
    """A worker whose jobs run in one thread of this process; ``analyses``: it keeps the findings' file open."""

    def __init__(self, *, analyses: bool) -> None:
        self._analyses = analyses
        self._thread = ThreadPoolExecutor(max_workers=1)

    @property
    def is_running(self) -> bool:
        return True

    @property
    def pid(self) -> int | None:
        return None

    async def start(self) -> None:
        return

    async def run(
        self, job: str, argument: msgspec.Struct, answer: type[Answer], timeout_seconds: float, **_: bool
    ) -> Answer:
        del answer, timeout_seconds
        module_name, _, name = JOBS[job].partition(":")
        work = getattr(import_module(module_name), name)
        done: Answer = await asyncio.get_running_loop().run_in_executor(self._thread, work, argument)
        return done

    async def close(self) -> None:
        if self._analyses:
            # what the thread keeps open can be closed by it alone
            await asyncio.get_running_loop().run_in_executor(self._thread, close_kept)
        self._thread.shutdown()


def outcome_of(seed: int, everything: list[Held]) -> Outcome:
    """Lead a world through the service in a folder of its own, and return what it says."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="linkage-world-") as name:
        deliveries = write_world(Path(name) / "drops", seed, everything)
        found = asyncio.run(_dropped(Path(name), deliveries, everything))
    return msgspec.structs.replace(found, seconds=time.monotonic() - started)


async def _dropped(folder: Path, deliveries: list[Delivery], everything: list[Held]) -> Outcome:
    drops = folder / "drops"
    settings = load(overrides={"data_dir": str(folder / "data"), "ingest.analysis_processes": 1})
    async with open_workspace(settings, is_writer=True) as workspace:
        workspace.workers.reader = ThreadWorker(analyses=False)
        workspace.workers.analyst = ThreadWorker(analyses=True)
        receipts = [receipt async for receipt in ingest_paths(workspace, [drops])]
        report = json.loads(report_bytes(await linkage_report(workspace, Selection(), None, "json")))
        lines: list[bytes] = []
        await export_records(workspace, Selection(), ("message",), json_lines, lines.append)
    refused = [receipt for receipt in receipts if "extraction_id" not in receipt]
    if refused:
        raise RuntimeError(f"a delivery of a world was refused: {refused[0]}")
    phone_of_path = {str(drops / delivery.path): delivery.phone for delivery in deliveries}
    phone_of = {
        receipt["extraction_id"]: phone_of_path[receipt["custody"]["original_path"]]
        for receipt in json.loads(json.dumps(receipts))
    }
    records = [json.loads(line) for line in lines]
    lost, doubled = _reconciled(records, phone_of, everything)
    return Outcome(
        report=report, phones_of=_phones_of(report, phone_of), texts=_texts(records), lost=lost, doubled=doubled
    )


def _phones_of(report: Mapping[str, Any], phone_of: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    return {
        device["device_id"]: tuple(sorted({phone_of[name] for name in device["extraction_ids"]}))
        for device in report["devices"]
    }


def _texts(records: list[dict[str, Any]]) -> dict[str, TextSaid]:
    return {
        record["body"]: TextSaid(
            record["analysis"]["is_advert"], record["analysis"]["line"], record["analysis"]["template_id"]
        )
        for record in records
        if record["body"] and record["analysis"]
    }


def _reconciled(records: list[dict[str, Any]], phone_of: Mapping[str, str], everything: list[Held]) -> tuple[int, int]:
    """Return how many messages are missing, and how many one delivery gives too often, by phone and body.

    What a further reading of a phone gives again is not looked at here.
    """
    true = Counter((held.phone.key, text.body) for held in everything for text in held.every_text())
    read: Counter[tuple[str, str | None]] = Counter()
    doubled = 0
    by_file: dict[str, Counter[tuple[str, str | None]]] = defaultdict(Counter)
    for record in records:
        if record["duplicate_of"] is None:
            key = (phone_of[record["extraction_id"]], record["body"])
            read[key] += 1
            by_file[record["source"]["file_sha256"]][key] += 1
    for found in by_file.values():
        doubled += sum((found - true).values())
    return sum((true - read).values()), doubled
