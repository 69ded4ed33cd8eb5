"""Contacts without a name below one with a name: people list somebody's second number so, and handsets hold such too.

Nothing in the row tells which it is. Each is a contact of its own, and it is said that it may be the person's above.
"""

from __future__ import annotations

from typing import Final

from parsers.table_fields import Field
from parsers.tables.row_view import RowView

_OF_NAMES: Final = (Field.NAME,)


class NamesAbove:
    """Goes along the contacts of one table in order."""

    def __init__(self) -> None:
        self._has_name = False

    def leaves_open(self, view: RowView, name: str | None) -> bool:
        """Whether a row holds a number alone, in a table with a column of names, below somebody's.

        Args:
            view: The row.
            name: Of its contact. None: it has none.
        """
        if name is not None:
            self._has_name = True
            return False
        if not self._has_name or not view.has_any(*_OF_NAMES):
            return False
        numbers = {column.place for column in view.columns_of(Field.NUMBER)}
        filled = {place for place in range(len(view.row.cells)) if view.cell(place) is not None}
        return bool(filled) and filled <= numbers
