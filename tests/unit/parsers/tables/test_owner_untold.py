"""Calls of a handset that name both sides and not the owner have no direction; that is said, and what would tell it."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.contract import Sidecar
from parsers.records.facts import Call
from tests.unit.parsers.made_deliveries import codes_of, of_kind, read_path

ROWS = "2024-07-05 12:00:00,07700900123,07700900456,00:01:00\n2024-07-05 12:10:00,07700900456,07700900789,00:02:00\n"


def table(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(text)
    return path


@pytest.mark.parametrize("headings", ["Date,From,To,Duration", "Date,Caller,Callee,Duration"])
def test_calls_of_two_sides_without_the_owner_are_named(tmp_path: Path, headings: str) -> None:
    result = read_path(table(tmp_path, f"{headings}\n{ROWS}"))
    assert [each.call_type for each in of_kind(result, Call)] == ["unknown"] * 2
    assert codes_of(result)["sides_untold"] == 2


def test_the_owner_in_the_sidecar_tells_it(tmp_path: Path) -> None:
    path = table(tmp_path, f"Date,From,To,Duration\n{ROWS}")
    result = read_path(path, sidecar=Sidecar(owner_number="07700900456"))
    assert [each.call_type for each in of_kind(result, Call)] == ["incoming", "outgoing"]
    assert "sides_untold" not in codes_of(result)


@pytest.mark.parametrize(
    "text",
    [
        f"Date,A Number,B Number,Duration\n{ROWS}",
        f"Date,Calling Number,Called Number,Duration\n{ROWS}",
        f"Date,Originating,Terminating,Duration\n{ROWS}",
        "Date,From,To,Type,Duration\n2024-07-05 12:00:00,07700900123,07700900456,VOICE,00:01:00\n",
        "Date,From,To,Direction,Duration\n2024-07-05 12:00:00,07700900123,07700900456,Incoming,00:01:00\n",
        "Date,From,To,Duration\n2024-07-05 12:00:00,07700900123,07700900456 (owner),00:01:00\n",
        "Date,From,To,Duration\n2024-07-05 12:00:00,07700900123,,00:01:00\n",
        "Date,From,To,Duration\n2024-07-05 12:00:00,,07700900123,00:01:00\n",
        "Date,From,To,Call Type,Duration\n2024-07-05 12:00:00,07700900123,07700900456,Missed,00:00:00\n",
        "Date,From,To,Message\n2024-07-05 12:00:00,07700900123,07700900456,hi\n",
    ],
)
def test_lists_of_networks_and_calls_that_tell_their_way_are_not_named(tmp_path: Path, text: str) -> None:
    assert "sides_untold" not in codes_of(read_path(table(tmp_path, text)))
