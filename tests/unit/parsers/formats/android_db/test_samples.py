"""Real databases: exact counts, and every record against the golden file."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.golden.compare import assert_golden
from tests.unit.parsers.made_deliveries import codes_of, read_path

FIXTURES = Path(__file__).resolve().parents[4] / "fixtures" / "android_db"


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("mmssms.db", {"message": 9}),
        ("calllog.db", {"call": 1}),
        ("contacts2.db", {"call": 3}),
        ("made/mmssms.db", {"message": 12}),
        ("made/calllog.db", {"call": 6}),
        ("made/contacts2.db", {"contact": 3}),
    ],
)
def test_counts_and_records(name: str, counts: dict[str, int]) -> None:
    result = read_path(FIXTURES / name)
    assert Counter(record.kind for record in result.records) == counts
    # Of the six calls that were made up one is of type 90, which Android has not.
    assert codes_of(result) == ({"direction_unreadable": 1} if name == "made/calllog.db" else {})
    assert_golden(result, f"android_db/{name.replace('/', '-').removesuffix('.db')}")
