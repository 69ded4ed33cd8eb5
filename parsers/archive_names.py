"""Which names of an archive's members lead nowhere else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from parsers.errors import InputRefused

_TELLING_SUFFIX: Final = ".xml"
"""Members that a delivery is read from; of any other member a second one of the same name is only left out."""

_FROM_ROOT = re.compile(r"/(?:private|data|mobile|wireless|var|system|sdcard|storage|Applications|Library|System)/")
"""How names of a handset's file system start that was packed from its root; nothing is unpacked to such a name."""

_DRIVE = re.compile(r"^[A-Za-z]:")


def is_unsafe_name(name: str) -> bool:
    """Whether a member's name leaves the archive's own folder: absolute, a drive, or ``..`` in any part."""
    slashed = name.replace("\\", "/")
    return (
        not name
        or "\x00" in name
        or slashed.startswith("/")
        or bool(_DRIVE.match(slashed))
        or ".." in slashed.split("/")
    )


def safe_names(stored: Sequence[str], shown: Sequence[str]) -> list[bool]:
    """Return of each name of an archive whether it may be opened: it leads nowhere else, and stands there once.

    Args:
        stored: The names as stored.
        shown: The same as members are told by.

    Raises:
        InputRefused: A member that a delivery is read from stands there twice.
    """
    counts = Counter(shown)
    twice = next((name for name in shown if counts[name] > 1 and name.casefold().endswith(_TELLING_SUFFIX)), None)
    if twice is not None:
        # Which of two a tool would show is not ours to choose.
        raise InputRefused("archive_refused", f"{twice} stands in it twice")
    is_from_root = all(_FROM_ROOT.match(name) for name in stored)
    return [
        counts[name] == 1 and not is_unsafe_name(each.removeprefix("/") if is_from_root else each)
        for each, name in zip(stored, shown, strict=True)
    ]
