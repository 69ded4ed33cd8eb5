"""The fixtures of our own writer, record by record, and damage done to them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings

from parsers.errors import InputRefused
from tests.golden.compare import assert_golden
from tests.unit.parsers.formats.table.made_tables import messages_of, read_file
from tests.unit.parsers.formats.table.test_damage import EDITS, damaged, look_at

FIXTURES = Path(__file__).resolve().parents[4] / "fixtures" / "ufed_workbook"


@pytest.mark.parametrize("name", ["HW7", "HW8"])
def test_the_records_are_those_of_the_golden_file(tmp_path: Path, name: str) -> None:
    assert_golden(read_file(Path(shutil.copy(FIXTURES / f"{name}.xlsx", tmp_path))), f"ufed_workbook/{name}")


def test_two_settings_of_the_tool_give_the_same_records(tmp_path: Path) -> None:
    one, other = (
        messages_of(read_file(Path(shutil.copy(FIXTURES / f"{name}.xlsx", tmp_path)))) for name in ("HW7", "HW8")
    )
    assert [(each.body, each.time.utc, each.direction, each.from_party, each.to) for each in one] == [
        (each.body, each.time.utc, each.direction, each.from_party, each.to) for each in other
    ]


@settings(max_examples=60, deadline=None)
@given(edits=EDITS)
def test_whatever_is_done_to_it(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[float, bytes, int]]
) -> None:
    path = tmp_path_factory.mktemp("damaged") / "HW7.xlsx"
    path.write_bytes(damaged((FIXTURES / "HW7.xlsx").read_bytes(), edits))
    look_at(path)


@pytest.mark.parametrize("share", [0.1, 0.6])
def test_one_that_was_cut_off_is_refused(tmp_path: Path, share: float) -> None:
    path = tmp_path / "HW7.xlsx"
    content = (FIXTURES / "HW7.xlsx").read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(InputRefused) as refused:
        read_file(path)
    assert refused.value.code == "archive_damaged"
