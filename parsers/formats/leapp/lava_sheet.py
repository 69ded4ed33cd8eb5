"""A table of the LAVA database as a sheet of rows, so that it is read as the TSV file of the same artifact is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from parsers.formats.leapp.artifacts import Artifact
from parsers.sheets.rows import NOTHING, Damage, Row
from parsers.sqlite_database import EvidenceDatabase

_HEADING_ROW: Final = 1


class LavaSheet:
    """The rows of one table; the first has the headings, and a row's number is its rowid and one."""

    def __init__(self, database: EvidenceDatabase, artifact: Artifact) -> None:
        self._database = database
        self._table = artifact.table or ""
        found = database.tables.get(self._table.casefold())
        columns = [] if found is None else [column.name for column in found.columns.values()]
        self._columns = columns
        self._headings = [artifact.headings.get(column) or column for column in columns]
        self._damages: tuple[Damage, ...] = ()

    @property
    def name(self) -> str:
        """The table."""
        return self._table

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of its columns, in order."""
        return tuple(self._headings)

    @property
    def damages(self) -> tuple[Damage, ...]:
        """None: what is wrong with a database is told by the database."""
        return self._damages

    def rows(self) -> Iterator[Row]:
        """Yield the headings and the rows by rowid."""
        # The database counts what it cannot read each time that it is asked; only the last reading is to count.
        for counts in (self._database.unreadable_rows, self._database.damaged_pages):
            for name in [name for name in counts if name.casefold() == self._table.casefold()]:
                del counts[name]
        yield Row(number=_HEADING_ROW, cells=list(self._headings))
        for row in self._database.rows(self._table, self._columns):
            cells, replaced = row.cells()
            if any(cells):
                yield Row(number=row.rowid + 1, cells=cells, replaced=replaced or NOTHING)
