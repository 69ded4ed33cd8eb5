"""The mirror beside the cluster: equal after whatever was done to either, and never the cause of another answer."""

from __future__ import annotations

import asyncio
import random
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import msgspec
import orjson
import pytest
from aiohttp import web

from search.backends.elastic import ElasticIndex
from search.backends.elastic_client import Cluster
from search.backends.elastic_families import Family, Names
from search.backends.elastic_mirror import MirrorReading
from search.backends.elastic_settings import ElasticSettings
from search.backends.mirror_lock import mirror_lock
from search.contract import Edge, EdgeKind, EvidenceIndex
from tests.elastic.fixtures import open_index, removed
from tests.elastic.server import ElasticServer
from tests.fakes.faulty_proxy import Fault, faulty_proxy
from tests.fakes.index_loads import BrokenLoad, MadeLoad, document, edge, entry, flare, template
from tests.fakes.through_mirror import mirrored

pytestmark = pytest.mark.elastic

ValueT = TypeVar("ValueT")


@pytest.fixture
def mirror(tmp_path: Path) -> Path:
    return tmp_path / "mirror.sqlite"


@pytest.fixture
def settings(elastic_settings: ElasticSettings, mirror: Path) -> ElasticSettings:
    return msgspec.structs.replace(elastic_settings, shards=2, mirror=mirror)


@pytest.fixture
async def index(settings: ElasticSettings) -> AsyncIterator[ElasticIndex]:
    """An open, empty index with a mirror."""
    async with open_index(settings) as opened:
        yield opened


@pytest.fixture
async def elsewhere(index: ElasticIndex, elastic_settings: ElasticSettings) -> AsyncIterator[ElasticIndex]:  # noqa: ARG001 - makes the indexes
    """The same index as another site sees it: without this mirror."""
    other = ElasticIndex(elastic_settings)
    await other.open()
    yield other
    await other.close()


def made(extraction_id: str, version: str = "", edges: int = 6) -> MadeLoad:
    """Return a load whose edges, flares and templates say which version they are of."""
    return MadeLoad(
        entry(extraction_id, file_name=f"{version}.xml"),
        [document(extraction_id, 0, "bell me")],
        [edge(EdgeKind.NUMBER, f"07700900{at:03}", extraction_id, label=version) for at in range(edges)],
        [flare(f"f-{version}", extraction_id)],
        [template(f"t-{version}", extraction_id)],
    )


async def gathered(values: AsyncIterator[ValueT]) -> list[ValueT]:
    return [value async for value in values]


async def links(index: EvidenceIndex) -> dict[str, object]:
    """Return everything that linkage can read of an index."""
    return {
        "entries": await index.entries(),
        "edges": {kind: await gathered(index.edges(kind)) for kind in EdgeKind},
        "shared": {kind: await gathered(index.shared_keys(kind, 2)) for kind in EdgeKind},
        "flares": await gathered(index.flares()),
        "templates": await gathered(index.templates()),
    }


async def assert_equal(index: ElasticIndex) -> dict[str, object]:
    """The mirror, brought up to date, holds what the cluster holds."""
    async with mirrored(index) as held:
        found = await links(held)
    assert found == await links(index)
    return found


async def edges_of(index: EvidenceIndex) -> list[Edge]:
    return await gathered(index.edges(EdgeKind.NUMBER))


@pytest.mark.parametrize("seed", [1, 2])
async def test_whatever_is_done_here_or_elsewhere_the_mirror_is_equal(
    index: ElasticIndex, elsewhere: ElasticIndex, seed: int
) -> None:
    """Drops, readings anew, superseded and amended entries, edges of another analysis, removals."""
    chance = random.Random(seed)
    names = [f"ex-{place}" for place in range(5)]
    for step in range(30):
        site = chance.choice([index, elsewhere])
        name, version = chance.choice(names), f"v{chance.randrange(3)}"
        again = made(name, version, chance.randrange(9))
        action = chance.choice(["load", "load", "entries", "edges", "break", "remove"])
        if action == "load":
            await site.load(again)
        elif action == "entries":
            superseded = [entry(other, superseded_by=name, case_ref=version) for other in chance.sample(names, 2)]
            await site.put_entries(superseded)
        elif action == "edges":
            await site.put_edges(name, again.edges(), again.flares(), again.templates())
        elif action == "break":
            with pytest.raises(InterruptedError):
                await site.load(BrokenLoad(again.entry, again.documents, again.edges()))  # type: ignore[arg-type]
        else:
            await site.remove(name)
        if chance.random() < 0.7:
            await assert_equal(index)
        assert step < 29 or await assert_equal(index)


async def test_only_what_changed_is_copied(
    elastic_server: ElasticServer, settings: ElasticSettings, elsewhere: ElasticIndex
) -> None:
    copied: list[list[str]] = []

    def noting(_request: web.Request, body: bytes) -> Fault:
        if b"seq_no_primary_term" in body:
            copied.append(orjson.loads(body)["query"]["bool"]["filter"][0]["terms"]["extraction_id"])
        return Fault.NONE

    async with faulty_proxy(elastic_server.url) as proxy:
        proxy.decide = noting
        watched = ElasticIndex(msgspec.structs.replace(settings, url=proxy.url))
        await watched.open()
        for name in ("ex-1", "ex-2", "ex-3"):
            await elsewhere.load(made(name, "v1"))
        await assert_equal(watched)
        await assert_equal(watched)
        await elsewhere.load(made("ex-2", "v2"))
        await watched.load(made("ex-4", "v1"))
        await elsewhere.remove("ex-3")
        await assert_equal(watched)
        await watched.close()
    assert copied == [["ex-1", "ex-2", "ex-3"], ["ex-2", "ex-4"]]


async def test_a_document_that_somebody_changed_or_deleted_is_found_out(
    index: ElasticIndex, settings: ElasticSettings
) -> None:
    for name in ("ex-1", "ex-2"):
        await index.load(made(name, "v1"))
    await assert_equal(index)
    cluster, alias = Cluster(settings), Names(settings.prefix).read(Family.EDGES)
    cluster.open()
    query = {"query": {"term": {"extraction_id": "ex-1"}}, "size": 2}
    changed, deleted = (await cluster.read("POST", f"/{alias}/_search", None, query))["hits"]["hits"]
    # The generation, the count and the place of the changed one stay; what it says does not.
    await cluster.write("PUT", f"/{changed['_index']}/_doc/{changed['_id']}", None, {**changed["_source"], "key": "9"})
    await cluster.write("POST", f"/{alias}/_refresh")
    found = await assert_equal(index)
    assert "'9'" not in str(found["shared"])
    await cluster.write("DELETE", f"/{deleted['_index']}/_doc/{deleted['_id']}")
    await cluster.write("POST", f"/{alias}/_refresh")
    await assert_equal(index)
    async with mirrored(index) as held:
        assert len(await edges_of(held)) == 11
    await cluster.close()


async def test_indexes_made_anew_elsewhere_are_others(
    index: ElasticIndex, elsewhere: ElasticIndex, settings: ElasticSettings
) -> None:
    """Sequence numbers and generations begin again: the same sums stand for another reading."""
    await index.load(made("ex-1", "v1"))
    await assert_equal(index)
    await removed(settings)
    await elsewhere.open()
    await elsewhere.load(made("ex-1", "v2"))
    await assert_equal(index)


async def test_indexes_put_back_from_a_snapshot_are_others(
    index: ElasticIndex, settings: ElasticSettings, elastic_server: ElasticServer
) -> None:
    await index.load(made("ex-1", "v1"))
    cluster, ours = Cluster(settings), f"{settings.prefix}-*"
    cluster.open()
    place = {"type": "fs", "settings": {"location": str(elastic_server.folder / "repo" / settings.prefix)}}
    await cluster.write("PUT", f"/_snapshot/{settings.prefix}", None, place)
    until_done = {"wait_for_completion": "true"}
    await cluster.write("PUT", f"/_snapshot/{settings.prefix}/one", until_done, {"indices": ours})
    await index.load(made("ex-1", "v2"))
    await assert_equal(index)
    names = ",".join(await cluster.read("GET", f"/{ours}/_alias", {"filter_path": "*.aliases"}))
    names = f"{names},{Names(settings.prefix).control}"
    await cluster.write("POST", f"/{names}/_close")
    await cluster.write("POST", f"/_snapshot/{settings.prefix}/one/_restore", until_done, {"indices": ours})
    await index.load(made("ex-1", "v3"))
    await assert_equal(index)
    await cluster.write("DELETE", f"/_snapshot/{settings.prefix}")
    await cluster.close()


def rubbish(path: Path) -> None:
    path.write_bytes(b"this is no database file, but it is long enough to be read as one" * 1_000)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def holed(path: Path) -> None:
    """Leave the first page, so that the file opens."""
    path.write_bytes(path.read_bytes()[:8192] + bytes(path.stat().st_size - 8192))


def outdated(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE made_with SET value = '0'")


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def lost(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize(
    ("damage", "is_open"),
    [*((each, False) for each in (rubbish, cut, holed, outdated, emptied)), (rubbish, True), (lost, True)],
)
async def test_a_damaged_mirror_is_made_again(
    index: ElasticIndex, mirror: Path, damage: Callable[[Path], None], *, is_open: bool
) -> None:
    for place in range(3):
        await index.load(made(f"ex-{place}", "v1", 200))
    expected = await assert_equal(index)
    if not is_open:
        await index.close()
    damage(mirror)
    if is_open and damage is not lost:
        rubbish(mirror.with_name(f"{mirror.name}-wal"))
    await index.open()
    for _ in range(2):
        async with index.reading() as held:
            assert await links(held) == expected
    assert await assert_equal(index) == expected


async def test_a_mirror_that_is_damaged_while_it_is_read_changes_no_answer(index: ElasticIndex, mirror: Path) -> None:
    for place in range(5):
        await index.put_edges(f"ex-{place}", made(f"ex-{place}", "v1", 900).edges(), [], [])
    expected = await edges_of(index)
    async with index.reading() as held:
        assert isinstance(held, MirrorReading)
        found = []
        async for each in held.edges(EdgeKind.NUMBER):
            if not found:
                for path in (mirror, mirror.with_name(f"{mirror.name}-wal")):
                    rubbish(path)
            found.append(each)
        assert held.is_damaged
        assert found == expected == await edges_of(held)
        assert await held.entries() == await index.entries()
    await assert_equal(index)


async def test_while_another_process_holds_the_mirror_the_cluster_answers(
    settings: ElasticSettings, index: ElasticIndex, mirror: Path
) -> None:
    await index.load(made("ex-1", "v1"))
    await assert_equal(index)
    hasty = ElasticIndex(msgspec.structs.replace(settings, mirror_wait_seconds=0.1))
    await hasty.open()
    async with mirror_lock(mirror, 1) as lock:
        await lock.own()
        async with hasty.reading() as held:
            assert held is hasty
            assert len(await edges_of(held)) == 6
        # The cluster loses it at once, the mirror with the next reading.
        await hasty.remove("ex-1")
        await lock.share()
        await index.load(made("ex-2", "v1"))
        async with hasty.reading() as held:
            assert held is hasty
    await assert_equal(hasty)
    async with mirrored(index), mirrored(hasty):
        pass
    await hasty.close()


async def test_a_folder_that_cannot_be_written_costs_no_answer(settings: ElasticSettings, index: ElasticIndex) -> None:
    await index.load(made("ex-1", "v1"))
    assert settings.mirror is not None
    astray = ElasticIndex(msgspec.structs.replace(settings, mirror=settings.mirror / "none" / "mirror.sqlite"))
    settings.mirror.write_bytes(b"")
    await astray.open()
    async with astray.reading() as held:
        assert held is astray
    await astray.remove("ex-1")
    await astray.close()


async def test_what_is_removed_is_gone_from_the_file(
    index: ElasticIndex, elsewhere: ElasticIndex, mirror: Path
) -> None:
    """A purge must leave nothing that a hex editor finds, wherever it was done."""
    for name in ("ex-1", "ex-2", "ex-3"):
        await index.load(made(name, f"quagga-of-{name}"))
    await assert_equal(index)
    await index.remove("ex-1")
    assert b"quagga-of-ex-1" not in bytes_of(mirror)
    await elsewhere.remove("ex-2")
    assert b"quagga-of-ex-2" in bytes_of(mirror)
    await assert_equal(index)
    assert b"quagga-of-ex-2" not in bytes_of(mirror)
    assert b"quagga-of-ex-3" in bytes_of(mirror)
    assert mode_of(mirror) == 0o600


def mode_of(path: Path) -> int | None:
    return path.stat().st_mode & 0o777 if path.exists() else None


def bytes_of(mirror: Path) -> bytes:
    return b"".join(path.read_bytes() for path in mirror.parent.glob(f"{mirror.name}*"))


async def process(settings: ElasticSettings, *words: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.fakes.mirror_process", settings.url, settings.prefix, str(settings.mirror)),
        *words,
        stderr=asyncio.subprocess.PIPE,
    )


async def test_a_process_that_is_killed_while_it_copies_leaves_what_can_be_gone_on_with(
    settings: ElasticSettings, index: ElasticIndex, mirror: Path
) -> None:
    for place in range(6):
        await index.load(made(f"ex-{place}", "v1"))
    killed = await process(settings, "kill", "3")
    await killed.communicate()
    assert killed.returncode == -9
    with closing(sqlite3.connect(mirror)) as connection:
        assert connection.execute("SELECT count(*) FROM mirrored").fetchone() == (3,)
        assert connection.execute("SELECT count(DISTINCT extraction_id) FROM edges").fetchone() == (4,)
    await assert_equal(index)


async def test_processes_at_once_read_one_version_of_each_extraction(
    settings: ElasticSettings, index: ElasticIndex
) -> None:
    """Each extraction is whole and of one version in every reading, while another is loaded all the time."""
    names = [f"ex-{place}" for place in range(4)]
    for name in names:
        await index.load(made(name, "v0"))
    step = 0
    while step <= 5:  # on a slow machine few loads fit beside one round of readers
        readers = [await process(settings, "read", "15") for _ in range(3)]
        ends = [asyncio.create_task(reader.communicate()) for reader in readers]
        while not all(end.done() for end in ends):
            step += 1
            await index.load(made(names[step % 4], f"v{step}"))
            if step % 5 == 0:
                await assert_equal(index)
        for reader, end in zip(readers, ends, strict=True):
            _, said = await end
            assert reader.returncode == 0, said.decode()
    await assert_equal(index)
