"""Headings in two rows: a side over its number and its name (``From`` over ``Number`` and ``Name``).

Both rows are read as the one row of headings that they are together (``From Number``, ``From Name``); the second then
repeats the first. What stands in one of the two rows alone is a heading as it is, and so is one whose cells are merged
over both. A time may stand over its day and its time of day (``When`` over ``Date`` and ``Time``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from parsers.language_words import english_heading
from parsers.sheets.rows import Damage, Row, Sheet
from parsers.table_fields import TIME_FIELDS, Field
from parsers.tables.columns import looks_like_headings
from parsers.tables.grouped_headings import with_groups
from parsers.tables.labels import label_key, read_label

HEADINGS_WITHIN: Final = 50
"""Rows in which they are looked for."""

_NUMBERS: Final = frozenset(
    {"number", "no", "phone", "phone number", "phone no", "tel", "tel no", "telephone", "telephone number", "mobile"}
    | {"mobile number", "msisdn", "address", "id"}
)
_NAMES: Final = frozenset({"name", "contact", "contact name", "full name", "display name"})
_SIDES: Final = {
    **dict.fromkeys((Field.FROM, Field.FROM_NAME), frozenset({Field.FROM, Field.FROM_NAME})),
    **dict.fromkeys((Field.TO, Field.TO_NAME), frozenset({Field.TO, Field.TO_NAME})),
    **dict.fromkeys((Field.NUMBER, Field.NAME), frozenset({Field.NUMBER, Field.NAME})),
}
"""Field of a side to those of its number and its name."""

_OF_TIMES: Final = frozenset({"date", "day", "time", "time of day"})
_BELOW: Final = _NUMBERS | _NAMES | _OF_TIMES
_FEWEST: Final = 2


class PairedSheet:
    """A sheet whose headings may stand in two rows."""

    def __init__(self, sheet: Sheet) -> None:
        self.name = sheet.name
        self._sheet = sheet

    @property
    def damages(self) -> tuple[Damage, ...]:
        """Return what was wrong in the last reading."""
        return self._sheet.damages

    def rows(self) -> Iterator[Row]:
        """Yield the rows that hold anything, in file order; those of such headings as one row, twice."""
        rows = self._sheet.rows()
        held: Row | None = None
        for place, row in enumerate(rows):
            cells = paired(held, row) if held is not None else None
            if held is not None:
                yield held if cells is None else msgspec.structs.replace(held, cells=cells)
            if cells is not None:
                # What was merged over both rows is part of the headings, and none of it is taken out again.
                yield msgspec.structs.replace(row, cells=cells, merged=frozenset())
                held = None
                break
            held = row
            if place >= HEADINGS_WITHIN:
                break
        if held is not None:
            yield held
        yield from rows


def paired(upper: Row, lower: Row) -> list[str] | None:
    """Return the headings that two rows are together. None: they are no such two."""
    if upper.is_over or lower.number != upper.number + 1 or not _may_be_lower(lower):
        return None
    if not looks_like_headings(upper) or not looks_like_headings(lower):
        return None
    found: list[str] = []
    group = ""
    count = 0
    # An identifier below a side is of that side, too, and of no handset that was read.
    grouped = with_groups(lower, upper)
    for place in range(max(len(upper.cells), len(lower.cells))):
        over, under = (row.cells[place].strip() if place < len(row.cells) else "" for row in (upper, lower))
        # The same text in both is one heading over both rows.
        group = (over or group) if over != under and _key(under) in _BELOW else ""
        together = _together(group, under) if group else None
        if together is None and over and under and over != under:
            return None
        count += together is not None and _key(under) not in _OF_TIMES
        below = grouped.cells[place].strip() if place < len(grouped.cells) else ""
        found.append(together or (over or under if below == under else below))
    return found if count >= _FEWEST else None


def _may_be_lower(row: Row) -> bool:
    """Whether a row holds such a heading at all: asked of many rows, so that it must be cheap."""
    return any(text and _key(text) in _NUMBERS for text in row.cells if len(text) < 20)


def _key(text: str) -> str:
    """Return the form of a heading by which it is compared, of one in another language that of the English one."""
    return label_key(english_heading(text) or text) if text else ""


def _together(group: str, under: str) -> str | None:
    """Return the heading of a side or a time and of what stands below it. None: the upper one is neither."""
    field = read_label(english_heading(group) or group).field
    if field in TIME_FIELDS and _key(under) in _OF_TIMES:
        both = f"{group} {under}"
        return next((text for text in (both, under) if read_label(text).field is field), None)
    sides = None if field is None or _key(under) in _OF_TIMES else _SIDES.get(field)
    if sides is None:
        return None
    plain = "Name" if _key(under) in _NAMES else "Number"
    for text in (f"{group} {under}", f"{group} {plain}"):
        if read_label(text).field in sides:
            return text
    # A name that is not known as that of this side is kept beside the records, under both words.
    return group if plain == "Number" else f"{group} {under}"
