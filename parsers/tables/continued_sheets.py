"""Sheets without headings whose rows have what the columns of another sheet have: a table that goes on in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from parsers.tables.misfit_rows import fits
from parsers.tables.survey import SheetSurvey

_FORM_REGION: Final = "GB"
"""Of the region here it is only asked whether cells look like numbers."""

_MOST_COMPARED: Final = 20
_MOST_UNKNOWN: Final = 20


class ContinuedSheets:
    """Looks for the sheets that others go on from; of the first ones without headings alone.

    Args:
        surveys: All sheets of a workbook.
    """

    def __init__(self, surveys: Sequence[SheetSurvey]) -> None:
        self._left = _MOST_UNKNOWN
        self._by_width: dict[int, list[SheetSurvey]] = {}
        for survey in surveys:
            if len(survey.sections) == 1:
                self._by_width.setdefault(survey.sections[0].columns.all[-1].place + 1, []).append(survey)

    def before(self, survey: SheetSurvey) -> str | None:
        """Return the name of the sheet that one without headings may go on from. None: from none, or several."""
        self._left -= 1
        return _sheet_before(survey, self._by_width.get(survey.width, ())) if self._left >= 0 else None


def _sheet_before(survey: SheetSurvey, others: Sequence[SheetSurvey]) -> str | None:
    """Return the name of the sheet that one without headings may go on from. None: from none, or several.

    Args:
        survey: A sheet in which no table was recognised.
        others: Sheets with one table that is as wide.
    """
    rows = survey.first_rows[:_MOST_COMPARED]
    if survey.sections or survey.shown_headings or not rows:
        return None
    found: list[str] = []
    for other in others:
        if all(fits(other.sections[0].columns, row.cells, _FORM_REGION) for row in rows):
            found.append(other.sheet.name)
            if len(found) > 1:
                return None
    return found[0] if found else None
