"""Which names of an archive's members lead nowhere else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from parsers.errors import InputRefused

_TELLING_SUFFIX: Final = ".xml"
_REPORT: Final = "report.xml"
"""Members that a delivery is read from; of any other member two of the same name are only left out."""

_OF_PACKAGE: Final = frozenset({"[content_types].xml", "xl/workbook.xml"})
_OF_OPEN_DOCUMENT: Final = frozenset({"content.xml", "meta-inf/manifest.xml"})
"""Parts of a workbook or another document: its parts make one whole, of which none can be left out."""

_FROM_ROOT = re.compile(r"/(?:private|data|mobile|wireless|var|system|sdcard|storage|Applications|Library|System)/")
"""How names of a handset's file system start that was packed from its root; nothing is unpacked to such a name."""

_DRIVE = re.compile(r"^[A-Za-z]:")
_LONGEST: Final = 4_096
"""Characters: Linux, and with it Android, opens no path longer (``PATH_MAX``), iOS none over 1,024."""


def is_unsafe_name(name: str) -> bool:
    """Whether a member's name leaves the archive's own folder: absolute, a drive, or ``..`` in any part.

    A name is none either that is longer than any handset's file system lets a path be.
    """
    if len(name) > _LONGEST:
        return True
    slashed = name.replace("\\", "/")
    return (
        not name
        or "\x00" in name
        or slashed.startswith("/")
        or bool(_DRIVE.match(slashed))
        or ".." in slashed.split("/")
    )


def leads_away(name: str) -> bool:
    """Whether a member of this name is not opened; as ``is_unsafe_name``, but for a handset packed from its root."""
    return is_unsafe_name(_below_root(name))


def safe_names(stored: Sequence[str], shown: Sequence[str]) -> list[bool]:
    """Return of each name of an archive whether it may be opened: it leads nowhere else, and stands there once.

    Args:
        stored: The names as stored.
        shown: The same as members are told by.

    Raises:
        InputRefused: The report that a delivery is read from stands there twice, a part of a workbook, or the only XML
            that it has.
    """
    # With and without the stroke in front, a handset's name leads to one place.
    places = [_below_root(name) for name in shown]
    counts = Counter(places)
    telling = [name for name in places if name.casefold().endswith(_TELLING_SUFFIX)]
    several = [name for name in telling if counts[name] > 1]
    reports = [name for name in several if name.rpartition("/")[2].casefold() == _REPORT]
    twice = next(iter(reports or several), None)
    if twice is not None and (reports or len(several) == len(telling) or _is_package(telling)):
        # Which of two a tool would show is not ours to choose. Where others stand beside them, they alone are left out.
        raise InputRefused("archive_refused", f"{twice} stands in it twice")
    return [counts[place] == 1 and not leads_away(each) for each, place in zip(stored, places, strict=True)]


def _is_package(names: Sequence[str]) -> bool:
    """Whether an archive is a workbook or another document, by the names of its XML."""
    folded = {name.casefold() for name in names}
    return bool(folded & _OF_PACKAGE) or folded >= _OF_OPEN_DOCUMENT


def _below_root(name: str) -> str:
    """Return a name without the stroke in front, where it is one of a handset that was packed from its root."""
    return name[1:] if _FROM_ROOT.match(name) else name
