"""Tells a table of receipts from one of messages: whom a message reached and when, without who wrote it."""

from __future__ import annotations

import re
from typing import Final

from parsers.table_fields import Field, TableKind
from parsers.tables.columns import Columns
from parsers.tables.labels import label_key
from parsers.tables.survey import SheetSurvey

_NAME = re.compile(r"\breceipts?\b", re.IGNORECASE)
_RECEIPT_TIME = re.compile(r"receipt (?:timestamp|time|date)")
_PLAYED_TIME = re.compile(r"played (?:timestamp|time|date)")
_OF_MESSAGES: Final = (Field.FROM, Field.FROM_NAME, Field.NUMBER, Field.DIRECTION, Field.FOLDER)


def are_receipts(survey: SheetSurvey, name: str) -> bool:
    """Whether the rows of a sheet are receipts; ``name`` is that of the sheet and its file."""
    return bool(survey.sections) and all(_is_of_receipts(section.columns, name) for section in survey.sections)


def _is_of_receipts(columns: Columns, name: str) -> bool:
    if columns.kind is not TableKind.MESSAGE or columns.has(*_OF_MESSAGES):
        return False
    keys = [label_key(column.heading) for column in columns.all]
    if not any(_RECEIPT_TIME.fullmatch(key) for key in keys):
        return False
    return _NAME.search(name) is not None or any(_PLAYED_TIME.fullmatch(key) for key in keys)
