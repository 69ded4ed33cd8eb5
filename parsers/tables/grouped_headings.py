"""Headings that stand twice under the headings of groups: ``MSISDN``, ``IMEI``, ``IMSI`` under each of two parties.

A network's list of calls says whose they are in the row above, in a cell over all columns of the group. Each is read
with the heading of its group in front. Which of the two handsets was asked about is not said there.
"""

from __future__ import annotations

from typing import Final

import msgspec

from parsers.sheets.rows import Row
from parsers.tables.labels import label_key, read_label

_OF_PARTIES: Final = frozenset({"msisdn", "imei", "imsi", "iccid", "number", "phone number"})
_NUMBERS: Final = frozenset({"msisdn", "number", "phone number"})
_SIDES: Final = (
    (
        "Calling party",
        frozenset(
            {
                *("a party", "a number", "caller", "from", "originator", "originating party", "originating", "calling"),
                "calling party",
            }
        ),
    ),
    (
        "Called party",
        frozenset(
            {
                *("b party", "b number", "callee", "to", "recipient", "terminating party", "terminating", "called"),
                "called party",
            }
        ),
    ),
)
_SEVERAL: Final = 2


def with_groups(row: Row, above: Row | None) -> Row:
    """Return a row of headings with those of their groups in front of what stands in it for both parties.

    Args:
        row: Any row.
        above: The row above it. None: there is none.

    Returns:
        The same row where what stands above its numbers is not the name of either party: a title, a page, a record.
    """
    if above is None or len(row.cells) < _SEVERAL * _SEVERAL:
        return row
    keys = [label_key(cell) if cell else "" for cell in row.cells]
    twice = {key for key in _OF_PARTIES.intersection(keys) if keys.count(key) == _SEVERAL}
    if not twice & _NUMBERS or above.kinds:
        return row
    sides = _sides(above, len(keys))
    of_parties = [place for place, key in enumerate(keys) if key in twice]
    found = {(keys[place], sides[place]) for place in of_parties if sides[place] is not None}
    if len(found) != len(of_parties):
        # Each stands once below each of the two.
        return row
    cells = list(row.cells)
    for place in of_parties:
        cells[place] = f"{sides[place]} {cells[place].strip()}"
    if any(read_label(cells[place]).field is None for place in of_parties if keys[place] in _NUMBERS):
        return row
    return msgspec.structs.replace(row, cells=cells)


def joined_groups(row: Row, above: Row) -> Row:
    """Return a row of headings, as ``with_groups`` has it, with what the row of their groups says of other columns.

    What stands in one of the two alone is a heading as it is; of two the lower one, or both where that says nothing
    by itself (``Duration`` over ``(s)``). Where neither does, the lower one is a remark (``Text`` over ``(verbatim)``,
    over ``Original`` and ``English``), and the upper one stays the heading of its first column; it is none where
    something is known of another column below it (``Party`` over ``Ref`` and ``Number``).
    """
    width = max(len(row.cells), len(above.cells))
    pairs = [(_cell(above, place), _cell(row, place)) for place in range(width)]
    headings = [_heading(over, under) for over, under in pairs]
    known = [read_label(heading).field if heading else None for heading in headings]
    for place, (over, under) in enumerate(pairs):
        if over and under and known[place] is None and read_label(over).field is not None:
            beside = range(place + 1, width)
            end = next((each for each in beside if pairs[each][0] or not pairs[each][1]), width)
            if not any(known[place + 1 : end]):
                headings[place] = over
    return msgspec.structs.replace(row, cells=headings)


def _heading(over: str, under: str) -> str:
    if not (over and under) or read_label(under).field is not None:
        return under or over
    both = f"{over} {under}"
    return under if read_label(both).field is None else both


def _cell(row: Row, place: int) -> str:
    return row.cells[place].strip() if place < len(row.cells) else ""


def _sides(above: Row, width: int) -> list[str | None]:
    """Return the party over each column: that of the last cell at or before it that holds anything, if of one."""
    found, held = [], None
    for place in range(width):
        text = _cell(above, place)
        if text:
            key = label_key(text)
            held = next((side for side, words in _SIDES if key in words), None)
        found.append(held)
    return found
