"""Whether a cell that holds no number is what the source says in place of one, and no saved name.

A service or a shop may send a text under up to eleven letters and digits in place of a number (3GPP TS 23.040,
9.1.2.5). Lists write them where a number would stand, as they write names. What nobody saves a person under tells them:
words run together with capitals, or a digit within (``BrynFishVan``, ``Basement9``). ``Jay`` and ``Mum`` stay names.
Addresses of mail and of applications, codes that a network answers (``*100#``) and words for a number that was withheld
are names nowhere.
"""

from __future__ import annotations

import re
from typing import Final

from parsers.records.values import Party

_SENDER_ID: Final = re.compile(r"(?=.{3,11}$)[A-Za-z0-9&._-]*(?:[a-z][A-Z]|[A-Za-z][0-9])[A-Za-z0-9&._-]*")

# Of iMessage, of mail and of applications; what a name could hold beside it is told by its blank.
_ADDRESS: Final = re.compile(r"[^\s@,;<>()]+@(?:[^\s@,;<>()]+\.[A-Za-z]{2,24}|lid|broadcast|newsletter)")
_SERVICE_CODE: Final = re.compile(r"(?=[0-9*#+]*[*#])[0-9*#+]{3,24}")
_WITHHELD: Final = frozenset(
    {"private", "private number", "withheld", "number withheld", "withheld number", "unknown", "unknown number"}
    | {"anonymous", "restricted", "no caller id", "unavailable", "-1", "-2", "-3"}
)
"""What handsets show and tools write where the network gave no number; the negative ones are Android's."""

_ERRORS: Final = frozenset(
    {"#name?", "#n/a", "#ref!", "#value!", "#div/0!", "#num!", "#null!", "#spill!", "#calc!", "#field!", "#busy!"}
    | {"#getting_data", "#blocked!", "#connect!", "#unknown!"}
)
"""What a spreadsheet program shows in a cell whose formula comes to nothing."""


def is_cell_error(text: str) -> bool:
    """Whether a cell holds an error of a spreadsheet program, and nothing that anybody wrote."""
    return text[:1] in {"#", " "} and text.strip().casefold() in _ERRORS


def is_no_name(text: str) -> bool:
    """Whether a text that is no number stands where one would, and is nobody's saved name."""
    return (
        _ADDRESS.fullmatch(text) is not None
        or _SERVICE_CODE.fullmatch(text) is not None
        or text.casefold() in _WITHHELD
        or is_cell_error(text)
    )


def as_address(party: Party, name: str | None) -> Party:
    """Return a party of a column of addresses, with its label as what the source says: names stand in another column.

    Args:
        party: As the cell was read.
        name: What the other column says. Where it says the same, the label is a name.
    """
    if party.raw is not None or party.name is None or party.is_owner or party.name == name:
        return party
    return Party(raw=party.name, name=name)


def with_sender_id(party: Party | None) -> Party | None:
    """Return who sent an SMS or MMS, its letters as what the source says where they are no name.

    Args:
        party: The sender as the cell was read. None: there is none.
    """
    if party is None or party.raw is not None or party.name is None or party.is_owner:
        return party
    name = party.name
    return Party(raw=name) if _SENDER_ID.fullmatch(name) is not None else party
