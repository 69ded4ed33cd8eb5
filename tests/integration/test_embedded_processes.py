"""The embedded index with several processes on one file: readers while a load runs, and a loader that is killed."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from search.backends.embedded import EmbeddedIndex
from search.contract import LoadedCounts, RecordDocument, SearchRequest
from search.errors import IndexConflict, IndexUnreachable
from search.query.parse import parse_query
from tests.fakes.index_loads import MadeLoad, document, entry, load

SLOW_LOADER = """
import asyncio, sys, time
from pathlib import Path
from search.backends.embedded import EmbeddedIndex
from tests.integration.test_embedded_processes import half_loaded

async def main():
    index = EmbeddedIndex(Path(sys.argv[1]))
    await index.open()
    await index.load(half_loaded())

asyncio.run(main())
"""

DOCUMENTS = 20_000


def whole() -> MadeLoad:
    return MadeLoad(entry("ex-1"), [document("ex-1", at, f"bell me {at}") for at in range(DOCUMENTS)])


def half_loaded() -> MadeLoad:
    """Return a load that says when half of it is written, and then waits for ever."""

    class Waiting(MadeLoad):
        def batches(self) -> Iterator[Sequence[RecordDocument]]:
            for place, batch in enumerate(super().batches()):
                if place == DOCUMENTS // self.batch_size // 2:
                    print("half", flush=True)
                    sys.stdin.read()
                yield batch

    made = whole()
    return Waiting(made.entry, made.documents)


def bytes_under(folder: Path) -> bytes:
    return b"".join(each.read_bytes() for each in folder.iterdir())


async def bells(index: EmbeddedIndex) -> int:
    return (await index.search(SearchRequest(tree=parse_query("bell")))).total


@pytest.mark.parametrize("held_before", [False, True])
async def test_readers_go_on_while_a_load_runs_and_a_killed_load_leaves_nothing(
    tmp_path: Path, *, held_before: bool
) -> None:
    path = tmp_path / "index.sqlite"
    index = EmbeddedIndex(path)
    await index.open()
    await index.load(load("ex-0", "bell you"))
    before = load("ex-1", "bell old", "bell older")
    if held_before:
        await index.load(before)
    held = LoadedCounts(before.document_count, before.crc_sum) if held_before else LoadedCounts(0, 0)
    loader = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        SLOW_LOADER,
        str(path),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert loader.stdout is not None
    assert await loader.stdout.readline() == b"half\n"
    assert await bells(index) == 1 + held.documents
    assert await index.counts("ex-1") == held
    loader.send_signal(signal.SIGKILL)
    await loader.wait()
    assert await bells(index) == 1 + held.documents
    assert len(await index.entries()) == 1 + held_before
    made = whole()
    assert await index.load(made) == LoadedCounts(DOCUMENTS, made.crc_sum)
    assert await bells(index) == 1 + DOCUMENTS
    await index.close()


async def test_removed_words_are_gone_from_the_file(tmp_path: Path) -> None:
    """A purge must leave nothing that a hex editor finds."""
    path = tmp_path / "index.sqlite"
    index = EmbeddedIndex(path)
    await index.open()
    await index.load(load("ex-1", *[f"zanzibar{number} secretly" for number in range(150)], line="Quagga"))
    blocks = await asyncio.to_thread(index._read, lambda it: it.execute("SELECT packed FROM blocks").fetchall())
    await index.load(load("ex-2", "bell me"))
    await index.remove("ex-1")
    await index.close()
    assert len(blocks) > 1
    assert not any(packed[at : at + 40] in bytes_under(tmp_path) for (packed,) in blocks for at in range(0, 120, 40))
    left = bytes_under(tmp_path).lower()
    assert b"bell" in left
    for word in (b"zanzibar", b"secretly", b"quagga"):
        assert word not in left


@pytest.mark.parametrize("change", ["UPDATE made_with SET value = '0'", "DELETE FROM made_with WHERE name = 'tables'"])
async def test_an_index_of_another_version_is_refused_and_can_be_removed(change: str, tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    index = EmbeddedIndex(path)
    await index.open()
    await index.load(load("ex-1", "bell"))
    await asyncio.to_thread(index._write, lambda it: it.execute(change).close())
    await index.close()
    with pytest.raises(IndexConflict, match="rebuild"):
        await index.open()
    path.unlink()
    await index.open()
    assert await bells(index) == 0
    await index.close()


async def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    path.write_bytes(b"this is no database file, but it is long enough to be read as one" * 100)
    index = EmbeddedIndex(path)
    with pytest.raises(IndexUnreachable):
        await index.open()
    assert not (await index.health()).is_ready
    with pytest.raises(IndexUnreachable):
        await bells(index)
    path.unlink()
    await index.open()
    assert (await index.health()).is_ready
    await index.close()
    await index.close()


async def test_a_closed_index_is_unreachable(tmp_path: Path) -> None:
    index = EmbeddedIndex(tmp_path / "index.sqlite")
    with pytest.raises(IndexUnreachable):
        await index.entries()
    with pytest.raises(IndexUnreachable):
        await index.load(load("ex-1", "bell"))
