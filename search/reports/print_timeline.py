"""The timeline of a line for paper: cut into sheets where its rows are more than a page takes."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil
from typing import Any, Final

import msgspec

from search.reports.page_text import grouped
from search.reports.print_text import printable
from search.reports.timeline import AXIS_HEIGHT, ROW_HEIGHT, TOP, Arrow, Timeline

Printed = dict[str, Any]

ROWS_A_SHEET: Final = 32
"""Rows of one sheet: with its axis, its heading and what stands under it they fill a page of A4."""


def printed_sheets(drawn: Timeline) -> list[Printed]:
    """Return the sheets of a timeline, as many rows on each as on the others, but for the last.

    Each has the axis of the whole. What leads from one sheet to another ends at the edge and goes on at the next one.
    """
    sheets = max(ceil(len(drawn.rows) / ROWS_A_SHEET), 1)
    rows = ceil(len(drawn.rows) / sheets)
    return [_sheet(drawn, place * rows, min((place + 1) * rows, len(drawn.rows))) for place in range(sheets)]


def _sheet(drawn: Timeline, first: int, after: int) -> Printed:
    """Return the rows from one place to the one before another as a drawing of its own, with which they are."""
    every = len(drawn.rows)
    sheet = Timeline(
        height=TOP + ROW_HEIGHT * (after - first) + AXIS_HEIGHT,
        rows=tuple(
            msgspec.structs.replace(row, y=row.y - ROW_HEIGHT * first, label=printable(grouped(row.label)))
            for row in drawn.rows[first:after]
        ),
        arrows=(),
        ticks=drawn.ticks,
        note=f"{printable(drawn.note)}." if drawn.note else "",
    )
    printed: Printed = msgspec.to_builtins(sheet)
    printed["arrows"] = list(_arrows(drawn.arrows, first, after))
    printed["which"] = f"Rows {first + 1} to {after} of {every}." if after - first < every else ""
    return printed


def _arrows(arrows: Iterable[Arrow], first: int, after: int) -> Iterable[Printed]:
    """Yield what of the arrows lies on a sheet, and whether it ends there."""
    top, bottom = (TOP + ROW_HEIGHT * place for place in (first, after))
    for arrow in arrows:
        low, high = sorted((arrow.y1, arrow.y2))
        if high < top or low > bottom:
            continue
        x1, y1 = _at(arrow, min(max(arrow.y1, top), bottom))
        x2, y2 = _at(arrow, min(max(arrow.y2, top), bottom))
        up = ROW_HEIGHT * first
        yield {"x1": x1, "y1": y1 - up, "x2": x2, "y2": y2 - up, "is_end": top <= arrow.y2 <= bottom}


def _at(arrow: Arrow, y: float) -> tuple[float, float]:
    """Return the point of an arrow at a height; one that lies level has its own ends within the sheet."""
    if y in {arrow.y1, arrow.y2} or arrow.y1 == arrow.y2:
        return (arrow.x1, y) if y == arrow.y1 else (arrow.x2, y)
    return round(arrow.x1 + (arrow.x2 - arrow.x1) * (y - arrow.y1) / (arrow.y2 - arrow.y1), 1), y
