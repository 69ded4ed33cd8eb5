"""Cells of files that a spreadsheet opens: what would run as a formula is kept from running."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import Final

_SKIPPED: Final = "\\0\\n\ufeff\u200b-\u200f\u2028-\u202e\u2060-\u2069"
_NUMBERS: Final = r"[\d ()]*(?:; \+?[\d ()]+)*"
"""Telephone numbers behind the plus of the first, as many as stand in one cell."""
_FORMULA: Final = re.compile(
    rf"[{_SKIPPED}]*(?:[=@\t\r\uff1d\uff20]|[-+\uff0b\uff0d](?!{_NUMBERS}$))",
)
"""A formula may stand behind what a spreadsheet passes over, and in full-width forms (OWASP, CSV injection)."""


def guarded(value: object) -> str:
    """Return a value as the text of a CSV cell; None is empty.

    A spreadsheet runs a cell that begins like a formula; evidence must not run. Numbers such as +44 7... stay, alone
    and in a list, but for those with a hyphen, which a spreadsheet takes for a subtraction.
    """
    if isinstance(value, (int, float)):
        return str(value)  # a number of ours is one to a spreadsheet too: below nought it is no formula
    text = "" if value is None else str(value)
    return f"'{text}" if _FORMULA.match(text) else text


def csv_line(cells: Iterable[str]) -> bytes:
    """Return one line of CSV in UTF-8; what is no character becomes a question mark."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue().encode("utf-8", "replace")
