"""Headings that stand twice are of the party over them, and identify no handset that was read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.parsers.formats.table.made_tables import calls_of, read_text
from tests.unit.parsers.made_deliveries import codes_of

HEAD = "MSISDN,IMEI,IMSI,MSISDN,IMEI,IMSI,Start,Type,Duration (s)\n"
ROWS = (
    "07700900100,350000000000006,234150000000001,07700900201,,,25/07/2024 13:00:00,Voice,65\n"
    "07700900202,,,07700900100,350000000000006,234150000000001,25/07/2024 13:01:00,Voice,5\n"
)


@pytest.mark.parametrize(
    ("first", "second"), [("Calling party", "Called party"), ("A party", "B party"), ("A-Number", "B-Number")]
)
def test_each_is_of_its_party(tmp_path: Path, first: str, second: str) -> None:
    result = read_text(tmp_path, f"{first},,,{second},,,Event,,\n{HEAD}{ROWS}")
    assert [(each.from_party and each.from_party.e164, [to.e164 for to in each.to]) for each in calls_of(result)] == [
        ("+447700900100", ["+447700900201"]),
        ("+447700900202", ["+447700900100"]),
    ]
    assert [part.imei for part in result.parts] == [()]
    assert "side_not_read" not in codes_of(result)


def test_nothing_over_them_says_whose_they_are(tmp_path: Path) -> None:
    result = read_text(tmp_path, f"Calls,,,,,,,,\n{HEAD}{ROWS}")
    assert [each.from_party for each in calls_of(result)] == [None, None]


def test_where_they_come_again(tmp_path: Path) -> None:
    groups = "Calling party,,,Called party,,,Event,,\n"
    first, second = ROWS.splitlines(keepends=True)
    result = read_text(tmp_path, f"{groups}{HEAD}{first}{groups}{HEAD}{second}")
    assert [each.from_party and each.from_party.e164 for each in calls_of(result)] == ["+447700900100", "+447700900202"]
    assert [part.imei for part in result.parts] == [()]
    for rows in result.tally.values():
        assert all(each.seen == each.indexed + each.merged + each.noticed for each in rows.values())
