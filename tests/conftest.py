"""What every suite shares: the real Elasticsearch server, and which process runs which tests."""

from __future__ import annotations

import pytest
from hypothesis import settings

from tests.elastic.fixtures import add_option, elastic_index, elastic_server, elastic_settings, leave_out
from tests.sharing import keep_together

__all__ = ["elastic_index", "elastic_server", "elastic_settings"]

# How long an example takes is a matter of the machine: nothing is a timed test (benches measure).
settings.register_profile("trapline", deadline=None)
settings.load_profile("trapline")


def pytest_addoption(parser: pytest.Parser) -> None:
    add_option(parser)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    leave_out(config, items)
    keep_together(items)
