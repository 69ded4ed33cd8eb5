"""A sheet that says which handset was read: two columns, the names of attributes and what they are.

XAMN and people write it so (``Mobile Id (IMEI)`` beside 15 digits); the names are those of XRY's own reports. It is
read where it can be nothing else: an identifier is named and has its digits, and no row has more than name and value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from parsers.device_attributes import Attribute, identifiers
from parsers.sheets.rows import Row
from parsers.table_fields import Field
from parsers.tables.survey import SheetSurvey

_MOST_ROWS: Final = 100
"""Such a sheet is short: all of it is among the first rows that a survey keeps."""

_DIGITS: Final = {
    "imei": re.compile(r"[0-9]{14,17}"),
    "imsi": re.compile(r"[0-9]{14,15}"),
    "iccid": re.compile(r"[0-9]{18,22}F?", re.IGNORECASE),
}
_BETWEEN = re.compile(r"[\s\-/]")
_HEADINGS: Final = frozenset({("attribute", "data"), ("name", "value"), ("field", "value"), ("property", "value")})


def device_sheet(surveys: Sequence[SheetSurvey]) -> tuple[SheetSurvey, list[Attribute]] | None:
    """Return the one sheet that says which handset was read. None: none, or several.

    Where rows name a handset or an exhibit of their own, no sheet speaks for all of them.
    """
    for survey in surveys:
        if any(section.columns.has(Field.IMEI, Field.EXHIBIT) for section in survey.sections):
            return None
    found = [
        (survey, attributes)
        for survey in surveys
        if not survey.sections and (attributes := list(_attributes(survey))) and _names_device(attributes)
    ]
    return found[0] if len(found) == 1 else None


def _attributes(survey: SheetSurvey) -> Iterator[Attribute]:
    if survey.row_count >= _MOST_ROWS:
        return
    pairs = [_texts(row) for row in survey.first_rows]
    if any(len(texts) > 2 for texts in pairs):
        return
    for texts in pairs:
        if len(texts) == 2 and (texts[0].casefold(), texts[1].casefold()) not in _HEADINGS:
            yield Attribute(texts[0].rstrip(":").rstrip(), texts[1])


def _names_device(attributes: Sequence[Attribute]) -> bool:
    """Whether an identifier is named, and all that are named have their digits."""
    held = {kind: identifiers(attributes, kind) for kind in _DIGITS}
    return any(held.values()) and all(
        _DIGITS[kind].fullmatch(_BETWEEN.sub("", text)) for kind, texts in held.items() for text in texts
    )


def _texts(row: Row) -> list[str]:
    return [cell.strip() for cell in row.cells if cell and not cell.isspace()]
