"""Fixtures over the real server: one node a test run, and a prefix a test, so that tests share nothing.

Only the developer may say ``--without-elastic``, by name: then what needs the server is left out. Else a server that
cannot be had fails the tests that need it; nothing is skipped in silence.
"""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress

import pytest

from search.backends.elastic import ElasticIndex
from search.backends.elastic_client import Cluster
from search.backends.elastic_families import Family, Names
from search.backends.elastic_settings import ElasticSettings
from search.errors import IndexMissing
from tests.elastic.server import ElasticServer, started_server

OPTION = "--without-elastic"


def add_option(parser: pytest.Parser) -> None:
    """Add the option by which a developer leaves the server out."""
    parser.addoption(OPTION, action="store_true", help="leave out the tests that need a real Elasticsearch server")


def leave_out(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect what needs the server, where the developer has said so."""
    if not config.getoption(OPTION):
        return
    needing = [item for item in items if item.get_closest_marker("elastic")]
    items[:] = [item for item in items if item not in needing]
    config.hook.pytest_deselected(items=needing)


@pytest.fixture(scope="session")
def elastic_server() -> Iterator[ElasticServer]:
    """The node of this test run."""
    server = started_server()
    try:
        yield server
    finally:
        server.remove()


@pytest.fixture
def elastic_settings(elastic_server: ElasticServer) -> ElasticSettings:
    """Settings with a prefix of this test's own."""
    return ElasticSettings(url=elastic_server.url, prefix=f"t{uuid.uuid4().hex[:10]}", patience_seconds=30)


@asynccontextmanager
async def open_index(
    settings: ElasticSettings, kind: Callable[[ElasticSettings], ElasticIndex] = ElasticIndex
) -> AsyncIterator[ElasticIndex]:
    """Open an index, and remove everything under its prefix at the end."""
    index = kind(settings)
    await index.open()
    try:
        yield index
    finally:
        await index.close()
        await removed(settings)


async def removed(settings: ElasticSettings) -> None:
    """Remove every index under the prefix of a test, whatever its version."""
    cluster, names = Cluster(settings), Names(settings.prefix)
    cluster.open()
    try:
        found = [names.control]
        for family in Family:
            with suppress(IndexMissing):
                found += await cluster.read("GET", f"/{names.read(family)}/_alias", {"filter_path": "*.aliases"})
        await cluster.write("DELETE", f"/{','.join(found)}", {"ignore_unavailable": "true"})
    finally:
        await cluster.close()


@pytest.fixture
async def elastic_index(elastic_settings: ElasticSettings) -> AsyncIterator[ElasticIndex]:
    """An open, empty index."""
    async with open_index(elastic_settings) as index:
        yield index
