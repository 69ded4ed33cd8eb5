"""One handset in many small deliveries beside the same files in one archive: how the cost of the next one grows.

Each delivery of a handset is compared with all that is held of it. Exported chats are the hardest for that: dated by
the minute, each may repeat what any other delivery tells exactly.

Run: ``python -m tests.benches.bench_deliveries [FILES ...]`` (default 50 and 200). Several counts show the curve.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from zipfile import ZipFile

from config import load
from ingest.assemble import open_workspace
from ingest.demo.truth import ChatThread, Peer, TextMessage, Travel
from ingest.demo.writers.whatsapp_text import ANDROID_UK, write_chat
from ingest.worker import ingest_paths
from parsers.sidecar_names import SIDECAR_SUFFIX
from tests.benches.made_documents import machine

_MESSAGES_A_FILE: Final = 20
_STATED: Final = 'case_ref = "OP BENCH"\nexhibit_ref = "B/1"\n'
_STARTS_AT: Final = datetime(2024, 2, 5, 12, 0, tzinfo=UTC)


def write_chats(folder: Path, count: int) -> list[Path]:
    """Write so many chats of one handset, each a file."""
    chance = random.Random(count)
    paths = []
    for place in range(count):
        number = f"+447700900{place % 1000:03}"
        peer = Peer(number, number, f"Contact {place}")
        seconds = sorted(chance.sample(range(14 * 86_400), _MESSAGES_A_FILE))
        texts = tuple(
            TextMessage(
                key=f"{place} {second}",
                at=_STARTS_AT + timedelta(seconds=second),
                travel=Travel.IN if second % 2 else Travel.OUT,
                peers=(peer,),
                body=chance.choice(("u about", "ok", "5 mins", "outside")),
                service="whatsapp",
            )
            for second in seconds
        )
        chat = ChatThread(
            key=str(place), service="whatsapp", account="kit", participants=(peer,), messages=texts, name=peer.name
        )
        paths.append(write_chat(folder / f"WhatsApp Chat with {peer.name}.txt", chat, ANDROID_UK))
        _state(paths[-1])
    return paths


def _state(path: Path) -> None:
    path.with_name(path.name + SIDECAR_SUFFIX).write_text(_STATED, encoding="utf-8")


async def taken(paths: Sequence[Path], data_dir: Path) -> tuple[list[float], int]:
    """Take the deliveries into a new data folder; return when each was finished, in seconds, and bytes kept of them."""
    settings = load(overrides={"data_dir": str(data_dir)})
    finished: dict[str, float] = {}
    async with open_workspace(settings, is_writer=True) as workspace:
        # The analysis loads once, whatever comes.
        await workspace.workers.start()
        began = time.monotonic()
        async for receipt in ingest_paths(workspace, paths):
            finished[str(receipt["sha256"])] = time.monotonic() - began
        return list(finished.values()), workspace.segments.made.byte_count


def measure(count: int) -> str:
    """Return the row of so many files."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = write_chats(folder, count)
        archive = folder / "all.zip"
        with ZipFile(archive, "w") as packed:
            for path in paths:
                packed.write(path, path.name)
        _state(archive)
        ended, kept = asyncio.run(taken(paths, folder / "apart"))
        (together,), _ = asyncio.run(taken([archive], folder / "together"))
    tenth = max(1, count // 10)
    first = ended[tenth - 1] / tenth
    last = (ended[-1] - ended[-1 - tenth]) / tenth
    return f"{count:>6} {ended[-1]:8.1f} {first * 1e3:12.0f} {last * 1e3:12.0f} {kept / 2**20:8.1f} {together:12.1f}"


def main() -> int:
    """Measure each count that is asked for."""
    counts = [int(word) for word in sys.argv[1:] if word.isdigit()] or [50, 200]
    print(f"one handset in many deliveries, {_MESSAGES_A_FILE} messages each   {machine()}")
    print(f"{'files':>6} {'seconds':>8} {'ms, first':>12} {'ms, last':>12} {'MB kept':>8} {'s as one zip':>12}")
    for count in counts:
        print(measure(count), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
