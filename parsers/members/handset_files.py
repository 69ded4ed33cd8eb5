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
_OF_SYSTEMS: Final = (
    *("system", "system_ext", "system_root", "vendor", "product", "odm", "oem", "apex", "cache", "efs", "metadata"),
    *("mnt", "proc", "dev", "sys", "etc", "config", "persist", "firmware", "acct", "linkerconfig", "preload", "omr"),
    *("private", "var", "usr", "bin", "sbin", "lib", "tmp", "Applications", "Developer", "Library", "System", "cores"),
)
"""Folders at the top of the file systems of Android and iOS in which no user's data lies; as they spell them."""


def handset_root(name: str) -> str | None:
    """Return the folder under which a handset's file system lies; None where a name lies in none.

    Partitions that a tool puts into folders of their own (``filesystem1``, ``filesystem2``) are of one handset.
    """
    found = _MARKER.search(name)
    if found is None:
        return None
    root = name[: found.start()].strip("/")
    return _PARTITION.sub("", root).strip("/")


def handset_folders(names: Iterable[str]) -> tuple[str, ...]:
    """Return the folders that are of handsets' file systems, each with ``/`` behind it.

    Those in which their known folders lie, whatever else stands there, and those that systems have beside them. What
    somebody laid beside them in a folder of his own is not of the handset.
    """
    found: set[str] = set()
    roots: set[str] = set()
    for name in names:
        root = handset_root(name)
        if root is not None:
            above = f"{root}/" if root else ""
            roots.add(above)
            found.add(f"{above}{name.removeprefix(above).partition('/')[0]}/")
    return tuple(sorted(found.union(f"{above}{folder}/" for above in roots for folder in _OF_SYSTEMS)))


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
