"""Cells that a spreadsheet program made of what was typed: an error, or a date under a heading of a text or a party.

A text that begins with ``-`` or ``=`` is taken for a formula, and shows ``#NAME?``; ``10/6`` is taken for a day. The
cell is read as it stands, and named.
"""

from __future__ import annotations

from typing import Final

from parsers.sheets.rows import CellKind
from parsers.table_fields import Field
from parsers.tables.row_ledger import RowLedger
from parsers.tables.row_view import RowView
from parsers.tables.sender_ids import is_cell_error

_SIDES: Final = (Field.FROM, Field.FROM_NAME, Field.TO, Field.TO_NAME, Field.NUMBER, Field.NAME, Field.PARTIES)
_TEXTS: Final = (Field.BODY, *_SIDES, Field.PARTICIPANTS, Field.CHAT, Field.THREAD)


_OTHERS: Final = (Field.TIME, Field.DIRECTION, Field.NUMBER)
"""Columns of which a list of texts fills one at least in each of its rows."""


def note_odd_cells(view: RowView, ledger: RowLedger, locator: str) -> None:
    """Count the cells of a row's text and sides that hold an error or a date in place of what was typed."""
    row = view.row
    if _is_text_alone(view):
        ledger.note("text_alone", locator)
    if not row.kinds and "#" not in "".join(row.cells):
        return
    for field in _TEXTS:
        for column, text in view.texts(field):
            if is_cell_error(text):
                ledger.note("cell_error", locator)
            elif row.kinds.get(column.place) == CellKind.MOMENT:
                ledger.note("cell_turned", locator)


def _is_text_alone(view: RowView) -> bool:
    """Whether a row of a table of texts that are dated holds a text and nothing else."""
    cells = view.row.cells
    if not cells or (cells[0] and not cells[0].isspace()) or not view.has(Field.BODY) or not view.has_any(*_OTHERS):
        return False
    held = [place for place, cell in enumerate(cells) if cell and not cell.isspace()]
    return len(held) == 1 and held[0] in {column.place for column in view.columns_of(Field.BODY)}
