"""Tells the file system of a handset inside an archive or folder: whose files they are, and which of them are known.

A full file system holds hundreds of thousands of files, of which a few dozen are known by their names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from parsers.members.neighbours import PACKED_SUFFIXES, TAR_SUFFIXES

_MARKER = re.compile(
    r"(?:^|/)(?:data/data|data/user(?:_de)?/[0-9]+|data/(?:app|misc|system|media)|private/var|var/mobile"
    r"|mobile/(?:Library|Containers|Media)|wireless/Library|sdcard|storage/emulated|apps/[\w.]+/(?:db|f|d_f|sp|r|ef)"
    r"|System/Library)(?=/|$)"
)
_PARTITION: Final = re.compile(r"(?:^|/)(?:filesystem[0-9]*|Dump|fs|root|rootfs|data_mirror|userdata)$", re.IGNORECASE)


def handset_root(name: str) -> str | None:
    """Return the folder under which a handset's file system lies; None where a name lies in none.

    Partitions that a tool puts into folders of their own (``filesystem1``, ``filesystem2``) are of one handset.
    """
    found = _MARKER.search(name)
    if found is None:
        return None
    root = name[: found.start()].strip("/")
    return _PARTITION.sub("", root).strip("/")


def is_named_as_packed(name: str) -> bool:
    """Whether a file is by its name one that gzip, bzip2 or xz packed, and no tar."""
    folded = name.casefold()
    return folded.endswith(PACKED_SUFFIXES) and not folded.endswith(TAR_SUFFIXES)


def packed_in_handsets(names: Iterable[str]) -> frozenset[str]:
    """Return the packed single files that lie in the file system of a handset, known folders of it or not: its logs."""
    names = tuple(names)
    packed = [name for name in names if is_named_as_packed(name)]
    if not packed:
        return frozenset()
    roots = {root for name in names if (root := handset_root(name)) is not None}
    below = tuple(f"{root}/" if root else "" for root in roots)
    return frozenset(name for name in packed if name.startswith(below))


def folder_of(name: str) -> str:
    """Return the folder of a file, ``""`` at the top."""
    return name.rpartition("/")[0]


def last_of(name: str) -> str:
    """Return the file's own name."""
    return name.rpartition("/")[2]
