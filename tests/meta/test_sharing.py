"""What needs the Elasticsearch server, or the case taken in once, is run by one process."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("fixture", ["elastic_server", "held_case"])
def test_what_is_dear_is_made_once(request: pytest.FixtureRequest, fixture: str) -> None:
    groups = {
        item.get_closest_marker("xdist_group").args[0]  # type: ignore[union-attr]  # every test has a group
        for item in request.session.items
        if fixture in getattr(item, "fixturenames", ())
    }
    assert len(groups) <= 1
