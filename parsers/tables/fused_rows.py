"""Rows that damage has run together: what begins in one goes on in another, and a row stands in a text.

A line end that is lost leaves one row with the cells of two, a quotation mark that is lost or too many leaves rows in a
text. A text with the mark between cells in it looks much like that; but what it holds is prose, and no time, direction
and number where the table has them.
"""

from __future__ import annotations

from collections.abc import Sequence

from parsers.phone_numbers import to_e164
from parsers.sheets.rows import Row
from parsers.stored_text import FEWEST_LOST, FILLING
from parsers.table_fields import PARTY_FIELDS, TIME_FIELDS, Field
from parsers.tables.columns import Columns
from parsers.tables.sections import Section
from parsers.tables.time_cells import is_dated
from parsers.tables.word_meanings import direction_word


def ends_as_another(columns: Columns, cells: Sequence[str], region: str) -> bool:
    """Whether a row with more cells than columns ends as a row of its table does: it is the ends of two.

    Args:
        columns: Of the table; its last is the text.
        cells: Of the row, as far as they hold anything.
        region: For numbers without a country code.
    """
    last = columns.all[-1].place
    # The cell in which the two meet shows nothing: it is of both.
    is_alike = _are_alike(columns, cells, len(cells) - 1 - last, last + 1, region)
    return is_alike or any(FILLING * FEWEST_LOST in cell for cell in cells[last:])


def have_own_columns(section: Section, row: Row, region: str) -> bool:
    """Whether cells of a delimited text beyond the last heading are cells of their own, and no part of the text.

    They are where nearly all rows have as many as the row of the headings, of which the last are then blank, and where
    the text stood in quotes: a mark between cells in it would have stood in them too.
    """
    last = section.columns.all[-1].place
    if last + 1 < len(row.cells) <= section.width and section.is_even:
        return True
    if not row.quoted >> last & 1 or section.columns.places(Field.BODY) != (last,):
        return False
    width = max(place for place, cell in enumerate(row.cells) if place == last or (cell and not cell.isspace())) + 1
    return not ends_as_another(section.columns, row.cells[:width], region)


def holds_rows(columns: Columns, cells: Sequence[str], delimiter: str, region: str) -> bool:
    """Whether a text of several lines goes on as a row of its table begins."""
    width = columns.all[-1].place + 1
    for text in cells:
        for line in text.splitlines()[1:]:
            held = line.split(delimiter)
            if len(held) >= width and _are_alike(columns, held, 0, 0, region):
                return True
    return False


def _are_alike(columns: Columns, cells: Sequence[str], shift: int, first: int, region: str) -> bool:
    """Whether cells from the first on hold what their columns hold, so many to the left; nothing is told by words."""
    told = 0
    for field in (*TIME_FIELDS, Field.DIRECTION, *PARTY_FIELDS):
        for place in columns.places(field):
            at = place + shift
            text = cells[at] if first <= at < len(cells) else ""
            if not text or text.isspace():
                continue
            if field in PARTY_FIELDS:
                # A name is a party too, as any word is.
                told += not text[0].isspace() and to_e164(text, region) is not None
            elif field is Field.DIRECTION:
                # Texts have such words; that there is none shows that it is no row.
                if direction_word(text) is None:
                    return False
            elif is_dated(text):
                told += 1
            else:
                return False
    return told > 0
