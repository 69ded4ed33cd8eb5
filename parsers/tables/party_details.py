"""The other side of a row that names it among its details alone, as Oxygen does for Telegram: ``Remote party: Jay``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from parsers.records.values import Party
from parsers.sheets.rows import Row
from parsers.table_fields import Field
from parsers.tables.columns import Column, Columns
from parsers.tables.party_cells import PartyReader

# Of one line without blanks around it: over several lines it would take time that grows with their square.
_LINE = re.compile(r"remote party( id| phone number| phone)?\s*:\s*(\S.*?)(?:_x000D_)?", re.IGNORECASE)
_NAME: Final = ""
_BY: Final = (" phone number", " phone", " id")
"""What tells who it is, the surest first."""

_LONGEST: Final = 4_000
_NOBODY: Final = frozenset({"unknown", "n/a", "na", "none", "null", "-"})
_SIDES: Final = (
    Field.FROM,
    Field.FROM_NAME,
    Field.TO,
    Field.TO_NAME,
    Field.NUMBER,
    Field.NAME,
    Field.PARTIES,
    Field.PARTICIPANTS,
)


class DetailsSurvey:
    """Which columns of details name the other side of rows that name nobody elsewhere.

    Attributes:
        columns: Those columns, in order of their first such row.
        is_enough: Whether they name it for each row that names nobody elsewhere.
    """

    def __init__(self, columns: Columns) -> None:
        self.columns: tuple[Column, ...] = ()
        self.is_enough = True
        self._details = columns.details()
        self._sides = [place for field in _SIDES for place in columns.places(field)]

    def add(self, row: Row) -> None:
        """Take a row below the headings."""
        if not self._details or any(_cell(row, place) for place in self._sides):
            return
        column = next((column for column in self._details if _cell(row, column.place)), None)
        if column is None or not _told(row.cells[column.place]):
            self.is_enough = False
        elif column not in self.columns:
            self.columns = (*self.columns, column)


def party_in_details(text: str, people: PartyReader) -> Party | None:
    """Return the other side that a cell of details names; all of the cell stays beside the record. None: it names none.

    Of a cell that names several nobody is said to be the other side.
    """
    told = _told(text)
    name = told.get(_NAME)
    number = next((told[kind] for kind in _BY if kind in told), None)
    if number is None:
        return None if name is None else people.party(name)
    raw, e164 = people.number(number)
    return people.owned(Party(raw, e164, name))


def _told(text: str) -> Mapping[str, str]:
    """Return what a cell says of the other side, by what tells it. Empty: nothing, or of several."""
    told: dict[str, str] = {}
    if len(text) > _LONGEST:
        return told
    for line in text.splitlines():
        found = _LINE.fullmatch(line.strip())
        if found is None or (value := found[2].rstrip()).casefold() in _NOBODY:
            continue
        if told.setdefault((found[1] or _NAME).casefold(), value) != value:
            return {}
    return told


def _cell(row: Row, place: int) -> str:
    return row.cells[place].strip() if place < len(row.cells) else ""
