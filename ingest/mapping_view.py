"""What ``trapline map`` shows and writes: the first rows of each sheet, and a sidecar with the mapping proposed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec

from ingest.deliveries import sidecar_of
from ingest.printed.output import table_lines
from parsers.contract import EMPTY_SIDECAR, Sidecar
from parsers.mapping_proposal import ProposedTable, render
from parsers.sidecar import read_sidecar
from parsers.table_mapping import TABLE_KEY, toml_value

_CELL_CHARS: Final = 32
_MOST_COLUMNS: Final = 60


def held_statements(path: Path, region: str) -> Sidecar:
    """Return what the sidecar beside a file states already; nothing where there is none.

    Args:
        path: The file.
        region: ISO 3166 code in which numbers without a country code are read.

    Raises:
        InputRefused: There is one that cannot be used.
        OSError: It cannot be read.
    """
    sidecar = sidecar_of(path)
    return read_sidecar(sidecar, region)[0] if sidecar.exists() else EMPTY_SIDECAR


def sidecar_text(stated: Sidecar, tables: Sequence[ProposedTable]) -> str:
    """Return a sidecar: what is stated already, and the mapping that is proposed."""
    values = {name: value for name, value in msgspec.structs.asdict(stated).items() if name != TABLE_KEY and value}
    lines = [f"{name} = {toml_value(value)}" for name, value in values.items()]
    head = "\n".join(lines) + "\n\n" if lines else ""
    return head + render(tables)


def shown_lines(tables: Sequence[ProposedTable]) -> Iterator[str]:
    """Yield each sheet's columns, what each is taken for, and its first cells, for a person to compare."""
    for table in tables:
        name = f"Sheet {table.sheet!r}" if table.sheet else "The table"
        yield f"{name}: {table.row_count} rows, {_headed(table)}."
        rows = [
            [column.letter, column.heading or "-", column.field or "-", *_first_cells(table, place)]
            for place, column in enumerate(table.columns[:_MOST_COLUMNS])
        ]
        yield from table_lines(("column", "heading", "taken for", "first cells", "", ""), rows)
        if table.date_order is not None:
            yield f"Order of day and month: {table.date_order.replace('_', ' ')}."
        if table.mapping is None:
            yield "Nothing in it looks like messages, calls or contacts: no mapping is proposed."
        yield ""


def _headed(table: ProposedTable) -> str:
    if not table.header_row:
        return "no row of headings told from data"
    known = "known" if table.is_known else "not known"
    return f"headings in row {table.header_row}, {known}"


def _first_cells(table: ProposedTable, place: int) -> list[str]:
    letter = table.columns[place].letter
    number = 0
    for char in letter:
        number = number * 26 + ord(char) - ord("A") + 1
    cells = [row[number - 1] if number <= len(row) else "" for row in table.first_rows]
    shown = [cell if len(cell) <= _CELL_CHARS else f"{cell[: _CELL_CHARS - 1]}…" for cell in cells[-3:]]
    return shown + [""] * (3 - len(shown))
