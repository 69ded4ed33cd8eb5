"""Several numbers in one value: some makers write all recipients of a text into one row."""

from __future__ import annotations

import re
from typing import Final

from parsers.phone_numbers import to_e164

_SEVERAL: Final = re.compile(r"[;,~|]")


def addresses_in(address: str, region: str) -> list[str]:
    """Return the numbers that a value lists, trimmed; the value itself, as written, where not all pieces are numbers.

    Args:
        address: As written.
        region: Where a number without a country's code is dialled.
    """
    if _SEVERAL.search(address) is None:
        return [address]
    pieces = [piece.strip() for piece in _SEVERAL.split(address)]
    pieces = [piece for piece in pieces if piece]
    return pieces if len(pieces) > 1 and all(to_e164(piece, region) for piece in pieces) else [address]
