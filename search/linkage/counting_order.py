"""The order in which people look for exhibits: HW/2 before HW/10."""

from __future__ import annotations

import re
from typing import Final

_FIGURES: Final = re.compile("([0-9]+)")

Place = tuple[tuple[tuple[int, str], ...], str]


def counting_order(name: str) -> Place:
    """Return what names are sorted by: figures in them as numbers, however long; capitals and small letters alike."""
    pieces = _FIGURES.split(name.casefold())
    # figures stand at each second place; of two numbers the one with more figures is the greater
    parts = (_number(piece) if place % 2 else (0, piece) for place, piece in enumerate(pieces))
    return tuple(parts), name


def _number(figures: str) -> tuple[int, str]:
    told = figures.lstrip("0")
    return len(told), told
