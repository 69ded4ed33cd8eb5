"""On paper a timeline of more rows than a page takes goes on upon further sheets, and nothing of it is lost."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from search.reports.print_timeline import ROWS_A_SHEET, printed_sheets
from search.reports.timeline import ROW_HEIGHT, TOP, Timeline, draw
from tests.fakes.phones import number

_PAPER_MM = 297 - 15 - 17
_DRAWN_MM = 182 / 1000
"""Margins of the paper, and of a unit of a drawing, as ``report.typ`` has them."""
_HEADING_MM = 14


def timeline(numbers: int, *, follows: int = 1) -> Timeline:
    """Return the timeline of numbers that came one after the other, each ``follows`` places on."""
    held: list[dict[str, Any]] = [
        {
            "number": number(place),
            "first_seen_at": f"2024-{1 + place // 28:02}-{1 + place % 28:02}T00:00:00.000Z",
            "last_seen_at": f"2024-{1 + place // 28:02}-{1 + place % 28:02}T09:00:00.000Z",
            "succeeds": number(place - follows) if place >= follows else None,
        }
        for place in range(numbers)
    ]
    drawn = draw(held, [])
    assert drawn is not None
    return drawn


@pytest.mark.parametrize("numbers", [1, 32, 33, 38, 39, 60, 100])
def test_every_row_stands_on_a_sheet_that_a_page_takes(numbers: int) -> None:
    sheets = printed_sheets(timeline(numbers))
    assert [row["label"].replace(" ", "") for sheet in sheets for row in sheet["rows"]] == [
        row.label.replace(" ", "") for row in timeline(numbers).rows
    ]
    assert all(sheet["height"] * _DRAWN_MM + _HEADING_MM <= _PAPER_MM for sheet in sheets)
    assert all(0 < row["y"] < sheet["height"] for sheet in sheets for row in sheet["rows"])
    assert {len(sheet["ticks"]) for sheet in sheets} == {len(timeline(numbers).ticks)}


def test_what_fits_is_one_sheet_as_it_is_drawn_and_more_says_which_rows_a_sheet_has() -> None:
    (whole,) = printed_sheets(timeline(ROWS_A_SHEET))
    drawn = timeline(ROWS_A_SHEET)
    assert whole["height"] == drawn.height
    assert [(a["x1"], a["y1"], a["x2"], a["y2"]) for a in whole["arrows"]] == [
        (a.x1, a.y1, a.x2, a.y2) for a in drawn.arrows
    ]
    assert whole["which"] == ""
    assert [sheet["which"] for sheet in printed_sheets(timeline(60))] == ["Rows 1 to 30 of 60.", "Rows 31 to 60 of 60."]


@pytest.mark.parametrize("follows", [1, 40])
def test_an_arrow_to_another_sheet_ends_at_the_edge_and_goes_on_at_the_next(follows: int) -> None:
    drawn = timeline(100, follows=follows)
    sheets = printed_sheets(drawn)
    arrows = [arrow for sheet in sheets for arrow in sheet["arrows"]]
    assert sum(arrow["is_end"] for arrow in arrows) == len(drawn.arrows)
    for sheet in sheets:
        edge = TOP + ROW_HEIGHT * len(sheet["rows"])
        assert all(TOP <= arrow[end] <= edge for arrow in sheet["arrows"] for end in ("y1", "y2"))
    for before, after in pairwise(sheets):
        edge = TOP + ROW_HEIGHT * len(before["rows"])
        leaving = sorted(arrow["x2"] for arrow in before["arrows"] if arrow["y2"] == edge)
        assert leaving
        assert leaving == sorted(arrow["x1"] for arrow in after["arrows"] if arrow["y1"] == TOP)
