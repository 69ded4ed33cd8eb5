"""The other side of a row that names it among its details alone, as Oxygen does for Telegram: ``Remote party: Jay``."""

from __future__ import annotations

import re
from typing import Final

from parsers.records.values import Party
from parsers.tables.party_cells import PartyReader

# Of one line without blanks around it: over several lines it would take time that grows with their square.
_LINE = re.compile(r"remote party( id| phone number| phone)?\s*:\s*(\S.*?)(?:_x000D_)?", re.IGNORECASE)
_NAME: Final = ""
_BY: Final = (" phone number", " phone", " id")
"""What tells who it is, the surest first."""

_LONGEST: Final = 4_000


def party_in_details(text: str, people: PartyReader) -> Party | None:
    """Return the other side that a cell of details names; all of the cell stays beside the record. None: it names none.

    Of a cell that names several nobody is said to be the other side.
    """
    if len(text) > _LONGEST:
        return None
    told: dict[str, str] = {}
    for line in text.splitlines():
        found = _LINE.fullmatch(line.strip())
        if found is not None:
            value = found[2].rstrip()
            if told.setdefault((found[1] or _NAME).casefold(), value) != value:
                return None
    name = told.get(_NAME)
    number = next((told[kind] for kind in _BY if kind in told), None)
    if number is None:
        return None if name is None else people.party(name)
    raw, e164 = people.number(number)
    return people.owned(Party(raw, e164, name))
