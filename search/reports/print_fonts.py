"""The fonts that the printed report is set in, and which characters they have. They come with the program."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import manimgx_fonts
from fontTools.ttLib import TTFont

FOLDER: Final = Path(manimgx_fonts.__file__).parent


@cache
def covered() -> frozenset[int]:
    """Return the code points that one of the fonts has."""
    found: set[int] = set()
    for path in sorted(FOLDER.glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            found.update(font.getBestCmap())
    return frozenset(found)
