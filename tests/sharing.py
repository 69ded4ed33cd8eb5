"""Which tests one of the processes of ``make test`` runs: those that share a server or a module's fixtures together."""

from __future__ import annotations

import pytest


def keep_together(items: list[pytest.Item]) -> None:
    """Give each test the group that it shares something dear with: the server, the case taken in once, or its module.

    A group goes to one process whole (``--dist loadgroup`` of pytest-xdist), so a test run has one server, however many
    processes it has.
    """
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))


def _group(item: pytest.Item) -> str:
    names = getattr(item, "fixturenames", ())
    if item.get_closest_marker("elastic") or "elastic_server" in names:
        return "elastic"
    if "held_case" in names:
        return "held_case"
    return item.nodeid.partition("::")[0]
