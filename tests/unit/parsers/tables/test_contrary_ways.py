"""Numbers that were dialled, and rows whose stated direction is not that of their sides."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.reading import ReadResult
from parsers.records.facts import CallType, Direction
from tests.unit.parsers.formats.table.made_tables import calls_of, codes_of, messages_of, read_file


def read(tmp_path: Path, text: str) -> ReadResult:
    path = tmp_path / "HW7.csv"
    path.write_text(text)
    return read_file(path)


@pytest.mark.parametrize(
    ("heading", "said", "went"),
    [
        (None, None, CallType.OUTGOING),
        ("Call Type", "Voice", CallType.OUTGOING),
        ("Direction", "", CallType.OUTGOING),
        ("Direction", "Incoming", CallType.INCOMING),
        ("Status", "Missed", CallType.MISSED),
        ("Direction", "kommt von", CallType.UNKNOWN),
        ("Call Type", "vorhin", CallType.UNKNOWN),
    ],
)
def test_a_number_that_was_dialled_went_out_unless_another_column_says_otherwise(
    tmp_path: Path, heading: str | None, said: str | None, went: CallType
) -> None:
    more, cell = (f",{heading}", f",{said}") if heading is not None else ("", "")
    text = f"Date,Time,Number Dialled,Duration{more}\n14/09/2023,16:49:42,07700900123,00:00:12{cell}\n"
    (call,) = calls_of(read(tmp_path, text))
    assert call.call_type is went
    if went is CallType.OUTGOING:
        assert [party.raw for party in call.to] == ["07700900123"]


def test_a_direction_that_its_sides_contradict_is_taken_and_noticed(tmp_path: Path) -> None:
    rows = "14/09/2023,16:49:42,Me,07700900124,Incoming,yo\n15/09/2023,16:49:42,07700900124,Me,Outgoing,yeah\n"
    result = read(tmp_path, f"Date,Time,From,To,Direction,Message\n{rows}")
    assert [each.direction for each in messages_of(result)] == [Direction.INCOMING, Direction.OUTGOING]
    assert [dict(each.extra)["Direction"] for each in messages_of(result)] == ["Incoming", "Outgoing"]
    assert [each.count for each in result.notices if each.code == "direction_contrary"] == [2]
    calls = f"Date,Time,From,To,Direction,Duration\n{rows.replace('yo', '00:00:12').replace('yeah', '00:00:09')}"
    assert [each.count for each in read(tmp_path, calls).notices if each.code == "direction_contrary"] == [2]


def test_a_direction_that_its_sides_bear_out_is_not_noticed(tmp_path: Path) -> None:
    rows = "14/09/2023,16:49:42,Me,07700900124,Outgoing,yo\n15/09/2023,16:49:42,07700900124,Me,Incoming,yeah\n"
    own = "16/09/2023,16:49:42,Me,Me,Incoming,note\n"
    assert "direction_contrary" not in codes_of(read(tmp_path, f"Date,Time,From,To,Direction,Message\n{rows}{own}"))
