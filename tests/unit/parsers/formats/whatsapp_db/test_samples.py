"""Real databases: exact counts, and every record against the golden file."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.golden.compare import assert_golden
from tests.unit.parsers.made_deliveries import read_path

FIXTURES = Path(__file__).resolve().parents[4] / "fixtures" / "whatsapp_db"


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("ChatStorage.sqlite", {"message": 32}),
        ("CallHistory.sqlite", {"call": 4}),
        ("ContactsV2.sqlite", {"contact": 9}),
        ("made/msgstore.db", {"message": 7, "call": 3}),
        ("made/older-msgstore.db", {"message": 7}),
        ("made/wa.db", {"contact": 1}),
    ],
)
def test_counts_and_records(name: str, counts: dict[str, int]) -> None:
    result = read_path(FIXTURES / name)
    assert Counter(record.kind for record in result.records) == counts
    assert_golden(result, f"whatsapp_db/{name.replace('/', '-')}")
