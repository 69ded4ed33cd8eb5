"""Cells under the headings of sides that name nobody: errors of a spreadsheet program, and lines beside a number.

They are read as any other, so that the side on which they stand tells the way; the record has them beside it alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from parsers.records.facts import Call, Message, Record
from parsers.records.values import Party
from parsers.table_fields import Field
from parsers.tables.bill_words import names_line_of_bill
from parsers.tables.columns import Column
from parsers.tables.row_view import RowView
from parsers.tables.sender_ids import is_cell_error
from parsers.tables.word_meanings import thing_carried

_SIDES: Final = (Field.FROM, Field.FROM_NAME, Field.TO, Field.TO_NAME, Field.NUMBER, Field.NAME, Field.PARTIES)

Lines = Sequence[tuple[Field, Column, frozenset[str]]]
"""Columns of one side that hold lines (``UK Mobile``) beside its number, with their fields.

With each, what else it holds that is nobody beside a number: towns, countries, networks.
"""


def without_nobodies(record: Record, view: RowView, lines: Lines) -> Record:
    """Return a message or call without the parties that were read from cells that name nobody, which stay beside it."""
    if not isinstance(record, Message | Call) or not (lines or "#" in "".join(view.row.cells)):
        return record
    cells = [*_errors(view), *_of_lines(view, lines)]
    texts = {text.strip() for _, text in cells}
    if not texts:
        return record
    sender = None if record.from_party is None else _left(record.from_party, texts)
    recipients = tuple(left for each in record.to if (left := _left(each, texts)) is not None)
    is_lone = bool(lines) and not any(len(view.columns_of(field)) > 1 for field, _, _ in lines)
    if (sender, recipients) == (record.from_party, record.to) or (is_lone and record.to and not recipients):
        # Beside one column of whom a row went to, nobody would be left who was called.
        return record
    kept = [(column.heading, text) for column, text in cells if (column.heading, text) not in record.extra]
    return msgspec.structs.replace(record, from_party=sender, to=recipients, extra=(*record.extra, *kept))


def _errors(view: RowView) -> Iterator[tuple[Column, str]]:
    for field in _SIDES:
        for column, text in view.texts(field):
            if is_cell_error(text):
                yield column, text


def _of_lines(view: RowView, lines: Lines) -> Iterator[tuple[Column, str]]:
    """Yield the cells that name lines; beside a number also what else stands there, a town or a country."""
    for field, column, places in lines:
        text = view.cell(column.place)
        if text is None:
            continue
        others = [other for side in {field, Field.NUMBER} for each, other in view.texts(side) if each is not column]
        has_number = any(any(map(str.isdigit, other)) for other in others)
        if names_line_of_bill(text) or thing_carried(text) or (has_number and text.strip() in places):
            yield column, text


def _left(party: Party, texts: set[str]) -> Party | None:
    """Return a party without what some cells say. None: nothing is left of it."""
    raw = None if party.e164 is None and (party.raw or "").strip() in texts else party.raw
    name = None if (party.name or "").strip() in texts else party.name
    if raw is None and name is None and party.e164 is None:
        return None
    return party if (raw, name) == (party.raw, party.name) else msgspec.structs.replace(party, raw=raw, name=name)
