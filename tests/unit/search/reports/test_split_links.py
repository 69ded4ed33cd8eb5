"""Links that are gone since a person split the line of their phones."""

from __future__ import annotations

from typing import Any

import pytest

from search.reports.split_links import split_words, splits_of


def report(**changes: Any) -> dict[str, Any]:
    decision = {
        "decision_id": "dc-1", "verdict": "split", "state": "holds", "decided_at": "2024-06-01T00:00:00.000Z",
        "line_ids": ["ln-1", "ln-2"], **changes,
    }  # fmt: skip
    rows = {"ln-1": ("dv-1", "dv-3"), "ln-2": ("dv-2", "dv-3"), "ln-3": ("dv-4",)}
    lines = [{"line_id": key, "devices": [{"device_id": one} for one in held]} for key, held in rows.items()]
    return {"decisions": [decision], "lines": lines}


def between(a: str, b: str) -> dict[str, str]:
    return {"a_device_id": a, "b_device_id": b}


def test_a_link_between_phones_of_the_two_sides_is_gone_by_the_split() -> None:
    splits = splits_of(report(), {"decision_ids": ["dc-1"]})
    assert split_words(between("dv-1", "dv-2"), splits) == ": they are of two lines by the split dc-1"
    assert split_words(between("dv-2", "dv-1"), splits) != ""
    assert split_words(between("dv-1", "dv-3"), splits) == "", "one phone is of both sides"
    assert split_words(between("dv-1", "dv-4"), splits) == "", "one phone is of neither"


@pytest.mark.parametrize("changes", [{"verdict": "merge"}, {"state": "revoked"}, {"decision_id": "dc-0"}])
def test_any_other_decision_is_no_cause(changes: dict[str, Any]) -> None:
    assert splits_of(report(**changes), {"decision_ids": ["dc-1"]}) == ()
