"""Which phone has to do with which line: tables of a few lines each, with the phones that these lines concern."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from search.reports.cuts import Cut, cut
from search.reports.line_phones import INFERRED, LETTERS, RELATIONS, letter_of
from search.reports.line_views import LineView

LINES_A_TABLE: Final = 10
LINES_SHOWN: Final = 40
LAST: Final = "~"
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


def letters_shown(tables: Iterable[MatrixTable]) -> tuple[tuple[str, str], ...]:
    """Return the letters that stand in the tables, with their words."""
    shown = {letter for table in tables for _, cells in table.rows.items for cell in cells for letter in cell.split()}
    return tuple((letter, words) for letter, words in LETTERS if letter in shown)


def _letters(view: LineView) -> Mapping[str, str]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for relation in RELATIONS:
        stated: dict[str, str] = {}
        for row in view.devices.get(relation, ()):
            # of two the one that says more comes first
            stated[row["device_id"]] = min(letter_of(row), stated.get(row["device_id"], LAST))
        for device_id, letter in stated.items():
            found[device_id][letter] = None
    for device_id in view.inferred:
        if found[device_id].keys().isdisjoint({RELATIONS["carries_line_sim"][0]}):
            found[device_id][INFERRED[0]] = None
    return {device_id: " ".join(letters) for device_id, letters in found.items()}
