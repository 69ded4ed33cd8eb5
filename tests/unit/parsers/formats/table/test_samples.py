"""The fixtures: tables of a real tool, and those of our own writers, record by record."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from parsers.records.facts import CallType, Direction
from parsers.records.values import DeletedState
from tests.golden.compare import assert_golden
from tests.unit.parsers.formats.table.made_tables import calls_of, messages_of, read_file

FIXTURES = Path(__file__).resolve().parents[4] / "fixtures" / "table"
NAMES = ("SMS Messages.tsv", "Call logs .tsv", "HW7 texts.csv", "HW7 calls.tsv", "HW7 texts.xls", "HW8.xlsx")


@pytest.mark.parametrize("name", NAMES)
def test_the_records_are_those_of_the_golden_file(tmp_path: Path, name: str) -> None:
    result = read_file(Path(shutil.copy(FIXTURES / name, tmp_path)))
    assert_golden(result, f"table/{Path(name).stem.strip()}{Path(name).suffix.replace('.', '-')}")


def test_the_texts_of_a_real_tool(tmp_path: Path) -> None:
    found = messages_of(read_file(Path(shutil.copy(FIXTURES / "SMS Messages.tsv", tmp_path))))
    assert len(found) == 9
    assert {message.service for message in found} == {"sms"}
    assert [message.direction for message in found].count(Direction.OUTGOING) == 5
    assert found[2].time.utc == "2013-10-29T17:05:41.303Z"
    assert found[2].times.sent is not None
    assert found[2].times.sent.utc == "2013-10-29T17:05:40.000Z"


def test_the_calls_of_a_real_tool(tmp_path: Path) -> None:
    (call,) = calls_of(read_file(Path(shutil.copy(FIXTURES / "Call logs .tsv", tmp_path))))
    assert (call.call_type, call.duration_seconds, call.deleted) == (CallType.OUTGOING, 0, DeletedState.INTACT)
    assert call.time.utc == "2020-05-07T13:33:53.593Z"
    assert [party.e164 for party in call.to] == ["+441234567890"]
