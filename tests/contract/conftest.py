"""The back ends that the contract of an index is held against."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from search.backends.elastic_settings import ElasticSettings
from search.backends.embedded import EmbeddedIndex
from search.contract import Index
from tests.elastic.fixtures import open_index


@pytest.fixture(params=["embedded", pytest.param("elastic", marks=pytest.mark.elastic)])
async def index(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Index]:
    """An open, empty index of each kind."""
    if request.param == "embedded":
        embedded = EmbeddedIndex(tmp_path / "index" / "index.sqlite")
        await embedded.open()
        yield embedded
        await embedded.close()
        return
    settings: ElasticSettings = request.getfixturevalue("elastic_settings")
    async with open_index(settings) as elastic:
        yield elastic
