"""Headings whose cells are merged over two rows, beside those that stand in the lower row alone.

The lower row then holds the headings of some columns (``Name`` and ``Number`` below ``Party``), and stands for the
others with what is merged into it. By its own cells it would look like the headings of another table, of contacts,
which would take all rows below it; it is the lower half of one row of headings.
"""

from __future__ import annotations

from parsers.sheets.rows import Row
from parsers.table_fields import Field, TableKind
from parsers.tables.columns import Columns, columns_of, looks_like_headings
from parsers.tables.grouped_headings import joined_groups

_PEOPLE = frozenset({TableKind.CONTACT, TableKind.ACCOUNT})


def are_merged(above: Row | None, row: Row) -> bool:
    """Whether cells that are merged over two rows of headings reach into the second; a title has no cell beside it.

    Args:
        above: The row above. None: there is none.
        row: Any row, with what merged cells put into it. Asked of every row, so that it must be cheap.
    """
    if not row.merged or above is None or above.number != row.number - 1:
        return False
    cells = above.cells
    if any(place >= len(cells) or cells[place] != row.cells[place] for place in row.merged):
        return False
    return looks_like_headings(above) and looks_like_headings(row)


def merged_columns(above: Row, row: Row, name: str, wanted: TableKind | None, held: Columns | None) -> Columns | None:
    """Return the columns of two such rows. None: they are no headings, or not of a table as the upper row makes it.

    Args:
        above: The upper row.
        row: The lower row, with what merged cells put into it.
        name: Of the sheet.
        wanted: The kind of the sheet's rows, where it is known otherwise.
        held: The columns of the table that the upper row makes by itself. None: it makes none.
    """
    columns = columns_of(joined_groups(row, above), name, wanted)
    if columns is None or (held is not None and (columns.kind in _PEOPLE) != (held.kind in _PEOPLE)):
        return None
    # A table is not given up for one that lacks its texts.
    return None if held is not None and held.has(Field.BODY) and not columns.has(Field.BODY) else columns
