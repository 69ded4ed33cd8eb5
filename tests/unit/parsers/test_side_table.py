"""Rows put aside: found again by number, in order, and gone afterwards."""

from __future__ import annotations

from pathlib import Path

from parsers.side_table import side_table


def test_values_come_back_in_order_and_nothing_stays(tmp_path: Path) -> None:
    with side_table(tmp_path, str) as table:
        assert table.of(1) == []
        for number, value in ((2, "b"), (1, "a"), (2, "c"), (-(2**63), "low")):
            table.put(number, value)
        assert (table.of(2), table.of(1), table.of(3), table.of(-(2**63))) == (["b", "c"], ["a"], [], ["low"])
        assert list(table.numbers()) == [-(2**63), 1, 2]
    assert list(tmp_path.iterdir()) == []
