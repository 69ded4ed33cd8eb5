"""The back ends that the contract of an index is held against."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from search.backends.elastic_settings import ElasticSettings
from search.backends.embedded import EmbeddedIndex
from search.contract import Index
from tests.elastic.fixtures import open_index
from tests.fakes.through_mirror import ThroughMirror


@pytest.fixture(params=["embedded", *(pytest.param(name, marks=pytest.mark.elastic) for name in ("elastic", "mirror"))])
async def index(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Index]:
    """An open, empty index of each kind."""
    if request.param == "embedded":
        embedded = EmbeddedIndex(tmp_path / "index" / "index.sqlite")
        await embedded.open()
        yield embedded
        await embedded.close()
        return
    settings: ElasticSettings = request.getfixturevalue("elastic_settings")
    if request.param == "elastic":
        async with open_index(settings) as elastic:
            yield elastic
        return
    async with open_index(msgspec.structs.replace(settings, mirror=tmp_path / "mirror"), ThroughMirror) as mirror:
        yield mirror
