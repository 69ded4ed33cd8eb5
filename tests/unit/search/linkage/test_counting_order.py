"""Exhibits stand in the order in which people count them."""

from __future__ import annotations

from search.linkage.counting_order import counting_order


def test_figures_count_as_numbers() -> None:
    held = ["HW/10", "HW/2", "hw/1", "DF/13 (case OP A)", "DF/2 (case OP B)", "HW", "7/1", "HW/02"]
    ordered = ["7/1", "DF/2 (case OP B)", "DF/13 (case OP A)", "HW", "hw/1", "HW/02", "HW/2", "HW/10"]
    assert sorted(held, key=counting_order) == ordered


def test_figures_may_be_of_any_length_and_script() -> None:
    long = "9" * 10_000
    assert sorted([f"A{long}", "A1", "A\u0663", f"A1{long}"], key=counting_order) == [
        "A1",
        f"A{long}",
        f"A1{long}",
        "A\u0663",
    ]
