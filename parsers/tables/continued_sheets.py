"""Sheets without headings whose rows have what the columns of another sheet have: a table that goes on in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from parsers.tables.misfit_rows import fits
from parsers.tables.survey import SheetSurvey

_FORM_REGION: Final = "GB"
"""Of the region here it is only asked whether cells look like numbers."""

_MOST_COMPARED: Final = 20


def sheet_before(survey: SheetSurvey, others: Sequence[SheetSurvey]) -> str | None:
    """Return the name of the sheet that one without headings may go on from. None: from none, or several.

    Args:
        survey: A sheet in which no table was recognised.
        others: All sheets of the workbook.
    """
    rows = survey.first_rows[:_MOST_COMPARED]
    if survey.sections or survey.shown_headings or not rows:
        return None
    found = [
        other.sheet.name
        for other in others
        if len(other.sections) == 1
        and other.sections[0].columns.all[-1].place + 1 == survey.width
        and all(fits(other.sections[0].columns, row.cells, _FORM_REGION) for row in rows)
    ]
    return found[0] if len(found) == 1 else None
