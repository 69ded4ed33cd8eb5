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
        frozenset({"a party", "a number", "caller", "from", "originator", "originating party", "calling"}),
    ),
    ("Called party", frozenset({"b party", "b number", "callee", "to", "recipient", "terminating party", "called"})),
)
_SEVERAL: Final = 2


def with_groups(row: Row, above: Row | None) -> Row:
    """Return a row of headings with those of their groups in front of what stands in it for both parties.

    Args:
        row: Any row.
        above: The row above it. None: there is none.
    """
    if above is None or len(row.cells) < _SEVERAL * _SEVERAL:
        return row
    keys = [label_key(cell) if cell else "" for cell in row.cells]
    twice = {key for key in _OF_PARTIES.intersection(keys) if keys.count(key) == _SEVERAL}
    if not twice & _NUMBERS or above.kinds:
        return row
    groups = _groups(above, len(keys))
    numbered = [groups[place] for place, key in enumerate(keys) if key in twice & _NUMBERS]
    if not all(numbered) or len(set(numbered)) != _SEVERAL:
        return row
    cells = [
        _grouped(groups[place], cell) if keys[place] in twice and groups[place] in numbered else cell
        for place, cell in enumerate(row.cells)
    ]
    return msgspec.structs.replace(row, cells=cells)


def _groups(above: Row, width: int) -> list[str]:
    """Return the heading of the group over each column: the last cell at or before it that holds anything."""
    found, held = [], ""
    for place in range(width):
        held = (above.cells[place].strip() if place < len(above.cells) else "") or held
        found.append(held)
    return found


def _grouped(group: str, heading: str) -> str:
    whole = f"{group} {heading.strip()}"
    if read_label(whole).field is not None or label_key(heading) not in _NUMBERS:
        return whole
    side = next((side for side, words in _SIDES if label_key(group) in words), None)
    return whole if side is None else f"{side} {heading.strip()}"
