"""Whether a cell that holds no number is the letters under which a text came, and no saved name.

A service or a shop may send a text under up to eleven letters and digits in place of a number (3GPP TS 23.040,
9.1.2.5). Lists write them where a number would stand, as they write names. What nobody saves a person under tells them:
words run together with capitals, or a digit within (``BrynFishVan``, ``Basement9``). ``Jay`` and ``Mum`` stay names.
"""

from __future__ import annotations

import re
from typing import Final

from parsers.records.values import Party

_SENDER_ID: Final = re.compile(r"(?=.{3,11}$)[A-Za-z0-9&._-]*(?:[a-z][A-Z]|[A-Za-z][0-9])[A-Za-z0-9&._-]*")


def with_sender_id(party: Party | None) -> Party | None:
    """Return who sent an SMS or MMS, its letters as what the source says where they are no name.

    Args:
        party: The sender as the cell was read. None: there is none.
    """
    if party is None or party.raw is not None or party.name is None or party.is_owner:
        return party
    name = party.name
    return Party(raw=name) if _SENDER_ID.fullmatch(name) is not None else party
