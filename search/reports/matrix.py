"""Which phone has to do with which line: tables of a few lines each, with the phones that these lines concern."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from search.reports.cuts import Cut, cut
from search.reports.line_phones import INFERRED, RELATIONS, is_proven
from search.reports.line_views import LineView

LINES_A_TABLE: Final = 10
LINES_SHOWN: Final = 40
PHONES_SHOWN: Final = 80
"""Of one table."""


class MatrixTable(msgspec.Struct, frozen=True):
    """Some lines, and rows of phones: the device, and its letters under each line."""

    views: tuple[LineView, ...]
    rows: Cut


def matrix_tables(views: Sequence[LineView], order: Sequence[str]) -> tuple[MatrixTable, ...]:
    """Return the tables.

    Args:
        views: Lines in the order of the page.
        order: Devices that stand with a line, in the order of the page.
    """
    shown = cut(views, LINES_SHOWN).items
    return tuple(_table(shown[start : start + LINES_A_TABLE], order) for start in range(0, len(shown), LINES_A_TABLE))


def _table(views: tuple[LineView, ...], order: Sequence[str]) -> MatrixTable:
    letters = [_letters(view) for view in views]
    concerned = [device_id for device_id in order if any(device_id in held for held in letters)]
    part = cut(concerned, PHONES_SHOWN)
    rows = tuple((device_id, tuple(held.get(device_id, "") for held in letters)) for device_id in part.items)
    return MatrixTable(views, Cut(rows, part.total))


def _letters(view: LineView) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for relation, (letter, _) in RELATIONS.items():
        held: dict[str, bool] = {}
        for row in view.devices.get(relation, ()):
            held[row["device_id"]] = held.get(row["device_id"], True) and is_proven(row)
        for device_id, is_inferred in held.items():
            shown = INFERRED[0] if is_inferred else letter
            found[device_id] = f"{found[device_id]} {shown}" if device_id in found else shown
    return found
