"""Words of addresses that people write short (`Harbour Rd`), and what they stand for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_SHORT: Final[Mapping[str, tuple[str, ...]]] = {
    "rd": ("road",),
    "st": ("street", "saint"),
    "str": ("street",),
    "ave": ("avenue",),
    "av": ("avenue",),
    "ln": ("lane",),
    "dr": ("drive",),
    "cl": ("close",),
    "ct": ("court",),
    "crt": ("court",),
    "cres": ("crescent",),
    "sq": ("square",),
    "pl": ("place",),
    "pk": ("park",),
    "gdns": ("gardens",),
    "grn": ("green",),
    "gro": ("grove",),
    "terr": ("terrace",),
    "hse": ("house",),
    "est": ("estate",),
    "stn": ("station",),
    "mkt": ("market",),
    "mt": ("mount",),
}


def _both_ways() -> dict[str, tuple[str, ...]]:
    found = dict(_SHORT)
    for short, wholes in _SHORT.items():
        for whole in wholes:
            found[whole] = (*found.get(whole, ()), short)
    return found


_OTHERS: Final = _both_ways()


def other_spellings(word: str) -> tuple[str, ...]:
    """Return the other ways in which a word of an address is written; none for any other word.

    Args:
        word: As ``search.query.words`` cuts it.
    """
    return _OTHERS.get(word, ())
