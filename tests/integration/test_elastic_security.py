"""A cluster with security on: TLS under its own authority, passwords, a worker with the rights it needs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from search.backends.elastic import ElasticIndex
from search.backends.elastic_settings import ElasticSettings
from search.contract import SearchRequest
from search.errors import AccessRefused, IndexUnreachable
from search.query.parse import parse_query
from tests.elastic.secured_server import PASSWORD, READER, WORKER, SecuredServer
from tests.elastic.server import started
from tests.fakes.index_loads import load
from tests.fakes.through_mirror import mirrored

pytestmark = pytest.mark.elastic


@pytest.fixture(scope="module")
def secured() -> Iterator[SecuredServer]:
    server = SecuredServer()
    started(server)
    yield server
    server.remove()


async def test_a_worker_and_a_reader_have_their_rights_and_no_others(secured: SecuredServer, tmp_path: Path) -> None:
    settings = ElasticSettings(url=secured.url, username=WORKER, password=PASSWORD, ca_cert=secured.ca_cert)
    worker = ElasticIndex(settings)
    await worker.open()
    for made in (load("ex-1", "bell me", "bell you"), load("ex-1", "bell me"), load("ex-2", "bell")):
        await worker.load(made)
    await worker.remove("ex-2")
    assert (await worker.health()).is_ready
    request = SearchRequest(tree=parse_query("bell"))
    reader = ElasticIndex(msgspec.structs.replace(settings, username=READER, mirror=tmp_path / "mirror.sqlite"))
    await reader.open()
    for index in (worker, reader):
        assert (await index.search(request)).total == 1
        assert len(await index.entries()) == 1
    async with mirrored(reader) as held:
        assert len(await held.entries()) == 1
    with pytest.raises(AccessRefused):
        await reader.load(load("ex-3", "bell"))
    await reader.close()
    await worker.close()


async def test_a_wrong_password_and_an_unknown_authority_are_refused(secured: SecuredServer) -> None:
    settings = ElasticSettings(url=secured.url, username=WORKER, password="wrong", ca_cert=secured.ca_cert)
    index = ElasticIndex(settings)
    with pytest.raises(AccessRefused) as refused:
        await index.open()
    assert "wrong" not in str(refused.value)
    stranger = ElasticIndex(msgspec.structs.replace(settings, password=PASSWORD, ca_cert=None))
    with pytest.raises(IndexUnreachable):
        await stranger.open()
    for each in (index, stranger):
        await each.close()
