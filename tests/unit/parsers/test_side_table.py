"""Rows put aside: found again by number, in order, and gone afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers import side_table as module
from parsers.side_table import side_table


@pytest.fixture(params=["in memory", "on disk from the start", "on disk from the fourth on"], autouse=True)
def place(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the values lie."""
    most = {"in memory": 2**40, "on disk from the start": 0, "on disk from the fourth on": 800}[request.param]
    monkeypatch.setattr(module, "_MEMORY_BYTES", most)


def test_values_come_back_in_order_and_nothing_stays(tmp_path: Path) -> None:
    with side_table(tmp_path, str) as table:
        assert table.of(1) == []
        for number, value in ((2, "b"), (1, "a"), (2, "c"), (-(2**63), "low")):
            table.put(number, value)
        assert (table.of(2), table.of(1), table.of(3), table.of(-(2**63))) == (["b", "c"], ["a"], [], ["low"])
        assert list(table.numbers()) == [-(2**63), 1, 2]
    assert list(tmp_path.iterdir()) == []


def test_values_put_in_by_rising_numbers_are_found_along_the_way_and_by_a_jump_either_way(tmp_path: Path) -> None:
    with side_table(tmp_path, int) as table:
        for number in range(0, 2_000, 2):
            table.put(number, number + 1)
            table.put(number, number + 2)
        for number in (*range(7), 500, 502, 4, 1_998, 1_999, 0):
            assert table.of(number) == ([number + 1, number + 2] if number % 2 == 0 else [])


def test_a_first_look_far_behind_the_beginning_finds_its_values(tmp_path: Path) -> None:
    with side_table(tmp_path, int) as table:
        for number in range(2_000):
            table.put(number, -number)
        assert (table.of(1_500), table.of(1_501), table.of(3)) == ([-1_500], [-1_501], [-3])


def test_how_many_were_never_looked_for(tmp_path: Path) -> None:
    with side_table(tmp_path, str) as table:
        for number in (3, 1, 3, 2, 2):
            table.put(number, str(number))
        assert (table.left, table.of(3), table.left, table.of(1), table.of(4), table.left) == (
            5,
            ["3", "3"],
            3,
            ["1"],
            [],
            2,
        )


def test_no_more_values_are_read_than_asked_for(tmp_path: Path) -> None:
    with side_table(tmp_path, str) as table:
        for number in range(100):
            table.put(number // 50, str(number))
        assert table.of(0, most=2) == ["0", "1"]
        assert table.of(0, most=2) == ["0", "1"]
        assert table.of(1, most=60) == [str(number) for number in range(50, 100)]


def test_what_was_held_in_memory_is_found_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MEMORY_BYTES", 100_000)
    with side_table(tmp_path, int) as table:
        for number in range(1_000):
            table.put(number * 7 % 500, number)
        assert all(table.of(number) == [at for at in range(1_000) if at * 7 % 500 == number] for number in range(500))
        assert list(table.numbers()) == list(range(500))
