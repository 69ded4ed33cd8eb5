"""The table of a sheet whose columns a submitter states, by their headings or by their letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from parsers.errors import InputRefused
from parsers.sheets.rows import MOST_COLUMNS, Row, Sheet
from parsers.table_fields import Field, TableKind
from parsers.table_mapping import TableMapping
from parsers.tables.columns import Column, Columns, assigned, headings_of
from parsers.tables.labels import label_key, read_label
from parsers.tables.sections import Section


def mapped_section(ordinal: int, row: Row, mapping: TableMapping, sheet: Sheet) -> Section | None:
    """Return the table of which a row is the headings, as a submitter states them. None: it is not.

    Args:
        ordinal: Place of the row among those of the sheet.
        row: Any row.
        mapping: What is stated.
        sheet: Where it stands.

    Raises:
        InputRefused: ``mapping_refused``: a heading that the mapping names is not there.
    """
    kind = TableKind(mapping.kind)
    fields = {heading: Field(field) for field, headings in mapping.columns.items() for heading in headings}
    if mapping.header_row == 0:
        lettered = _lettered(fields, sheet)
        return Section(-1, assigned(lettered, kind, fields))
    if mapping.header_row is not None and row.number != mapping.header_row:
        return None
    columns = headings_of(row)
    by_key = {label_key(column.heading): column for column in columns}
    missing = [heading for heading in fields if label_key(heading) not in by_key]
    if missing:
        if mapping.header_row is None:
            return None
        raise InputRefused(
            "mapping_refused", f"{place_of_sheet(sheet)} has no column {missing[0]!r} in row {row.number}"
        )
    renamed = {by_key[label_key(heading)].heading: field for heading, field in fields.items()}
    order = {by_key[label_key(heading)].heading: place for place, heading in enumerate(fields)}
    return Section(ordinal, _in_stated_order(assigned(columns, kind, renamed), order), row)


def names_all(mapping: TableMapping, row: Row) -> bool:
    """Whether a row holds all headings that a mapping names, each once: of two that are alike none is meant."""
    if mapping.header_row is not None and row.number != mapping.header_row:
        return False
    held = Counter(label_key(text.strip()) for text in row.cells if text and not text.isspace())
    return all(held[label_key(heading)] == 1 for headings in mapping.columns.values() for heading in headings)


def _lettered(fields: dict[str, Field], sheet: Sheet) -> Sequence[Column]:
    places = {}
    for letters in fields:
        place = _place_of(letters)
        if place is None:
            raise InputRefused(
                "mapping_refused", f"{place_of_sheet(sheet)} has no headings; {letters!r} is no letter of a column"
            )
        places[letters] = place
    return [
        Column(place, letters, read_label("")) for letters, place in sorted(places.items(), key=lambda each: each[1])
    ]


def _in_stated_order(columns: Columns, order: dict[str, int]) -> Columns:
    by_field = {
        field: tuple(sorted(found, key=lambda column: order[column.heading]))
        for field, found in columns.by_field.items()
    }
    return msgspec.structs.replace(columns, by_field=by_field)


def _place_of(letters: str) -> int | None:
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
        return None
    place = 0
    for letter in letters.upper():
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1 if place <= MOST_COLUMNS else None


def place_of_sheet(sheet: Sheet) -> str:
    """Return what a sheet is called in a refusal."""
    return f"sheet {sheet.name!r}" if sheet.name else "the table"
