"""Columns called ``Read`` and ``Delivered``: a status where their cells answer, a time where they are times."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.parsers.formats.table.made_tables import messages_of, read_text

HEAD = "Timestamp,Direction,Number,Message"
ROW = "2024-06-13T10:05:00Z,Incoming,07700900601,a"


@pytest.mark.parametrize(
    ("heading", "field"), [("Read", "read"), ("Seen", "read"), ("Opened", "read"), ("Delivered", "delivered")]
)
@pytest.mark.parametrize("cell", ["2024-06-13T10:06:00Z", "1718273160000"])
def test_a_time(tmp_path: Path, heading: str, field: str, cell: str) -> None:
    first, second = messages_of(read_text(tmp_path, f"{HEAD},{heading}\n{ROW},{cell}\n{ROW},-\n"))
    moment = getattr(first.times, field)
    assert (moment.raw, moment.utc) == (cell, "2024-06-13T10:06:00.000Z")
    assert first.status is None
    assert getattr(second.times, field) is None


@pytest.mark.parametrize("cells", [("Yes", "No"), ("1", "0"), ("Read", "Unread"), ("13/06/2024 10:06", "Unread")])
def test_an_answer(tmp_path: Path, cells: tuple[str, str]) -> None:
    rows = "".join(f"{ROW},{cell}\n" for cell in cells)
    found = messages_of(read_text(tmp_path, f"{HEAD},Read\n{rows}"))
    assert [each.status for each in found] == list(cells)
    assert [each.times.read for each in found] == [None, None]


def test_beside_a_column_that_is_called_a_time(tmp_path: Path) -> None:
    rows = f"{ROW},2024-06-13T10:07:00Z,2024-06-13T10:06:00Z\n"
    (found,) = messages_of(read_text(tmp_path, f"{HEAD},Read,Read Time\n{rows}"))
    assert found.times.read is not None
    assert found.times.read.raw == "2024-06-13T10:06:00Z"


def test_beside_a_status(tmp_path: Path) -> None:
    rows = f"{ROW},Received,2024-06-13T10:06:00Z\n"
    (found,) = messages_of(read_text(tmp_path, f"{HEAD},Status,Read\n{rows}"))
    assert found.status == "Received"
    assert found.times.read is not None
