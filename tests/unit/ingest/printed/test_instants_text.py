from __future__ import annotations

import pytest

from ingest.printed.instants_text import uk_time


@pytest.mark.parametrize(
    ("utc", "said"),
    [
        ("2024-11-24T18:15:53.661Z", "18:15:53 UK"),
        ("2024-06-24T18:15:53.000Z", "19:15:53 UK"),
        ("2024-06-30T23:15:53.000Z", "1 Jul 00:15:53 UK"),
    ],
)
def test_the_time_in_the_united_kingdom_stands_beside_utc(utc: str, said: str) -> None:
    assert uk_time(utc) == said
