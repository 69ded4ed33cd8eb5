"""Archives that were split: which files beside each other are the parts of one zip, and in what order.

Two kinds: ``HW7.zip.001``, ``HW7.zip.002`` ..., bytes of a file that were cut where they lay, and ``HW7.z01`` ...
``HW7.zip``, as APPNOTE.TXT of PKWARE (8.3) has it, whose last part states how many there are. A set is one only where
all is there and fits: of what is joined wrongly nobody could tell later whose it was. Any other part is refused by
itself, and people join it.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from ingest.joined_zip import PartFile, is_one_zip
from parsers.sidecar_names import sidecar_names

_NUMBERED: Final = re.compile(r"(?P<name>.+\.(?:zip|ufdr))\.(?P<number>[0-9]{3})", re.IGNORECASE | re.DOTALL)
_LETTERED: Final = re.compile(r"(?P<name>.+)\.(?P<letter>z)(?P<number>[0-9]{2})", re.IGNORECASE | re.DOTALL)
_ZIP: Final = ".zip"
FIRST_PARTS: Final = (".000", ".001")
_MOST_PARTS: Final = 200


class SplitSet(msgspec.Struct, frozen=True, kw_only=True):
    """The parts of one zip that lie in one folder, all of them.

    Attributes:
        lead: Name of the part that stands for the set, and has its sidecar: the one of the least number; of a ``.zip``
            with ``.z01`` that ``.zip``.
        parts: Names in the order in which they are joined.
    """

    lead: str
    parts: tuple[str, ...]


def split_set_of(path: Path) -> SplitSet | None:
    """Return the set that a file is a part of. None: of none that is whole and fits.

    Raises:
        OSError: A part cannot be read.
    """
    if numbered := _NUMBERED.fullmatch(path.name):
        return _numbered_set(path, numbered["name"])
    if lettered := _LETTERED.fullmatch(path.name):
        return _lettered_set(path, lettered["name"])
    if path.name.casefold().endswith(_ZIP):
        return _lettered_set(path, path.name[: -len(_ZIP)])
    return None


def may_be_part(name: str) -> bool:
    """Whether a file has the name of a part that stands for no set by itself, or for one of numbered parts."""
    return (_NUMBERED.fullmatch(name) or _LETTERED.fullmatch(name)) is not None


def is_beside_parts(path: Path) -> bool:
    """Whether a ``.zip`` lies beside what is called as the first part of a set that it would end."""
    return path.name.casefold().endswith(_ZIP) and _first_lettered(path, path.name[: -len(_ZIP)]) is not None


def whole_name(path: Path) -> str | None:
    """Return what the zip was called before it was split that a file is the first numbered part of. None: of none.

    None too where something has that name: what is stated under it is stated of that.
    """
    found = _NUMBERED.fullmatch(path.name)
    if found is None or os.path.lexists(path.with_name(found["name"])):
        return None
    try:
        split = split_set_of(path)
    except OSError:
        return None
    return found["name"] if split is not None and split.lead == path.name else None


def _numbered_set(path: Path, name: str) -> SplitSet | None:
    first = 0 if _part(path.with_name(f"{name}.000")) is not None else 1
    parts: list[PartFile] = []
    while len(parts) <= _MOST_PARTS and (part := _part(path.with_name(f"{name}.{first + len(parts):03}"))) is not None:
        parts.append(part)
    if not _is_of_one_cut([part.size_bytes for part in parts]):
        return None
    further = [] if os.path.lexists(path.with_name(name)) else [name]
    return _set_of(path, parts, 0, further)


def _lettered_set(path: Path, name: str) -> SplitSet | None:
    letter = _first_lettered(path, name)
    if letter is None:
        return None
    parts: list[PartFile] = []
    while len(parts) < _MOST_PARTS and (part := _part(path.with_name(f"{name}.{letter}{len(parts) + 1:02}"))):
        parts.append(part)
    ends = (name + _ZIP, name + _ZIP.upper())
    last = [part for each in ends if (part := _part(path.with_name(each))) is not None]
    if len(last) != 1:
        return None
    return _set_of(path, [*parts, *last], -1, [])


def _first_lettered(path: Path, name: str) -> str | None:
    """Return the letter as the first part has it; one look a name, for a folder may hold thousands of zips."""
    return next((letter for letter in "zZ" if _part(path.with_name(f"{name}.{letter}01")) is not None), None)


def _set_of(path: Path, parts: Sequence[PartFile], lead: int, further: Sequence[str]) -> SplitSet | None:
    """Return the set of the parts.

    Args:
        path: One of the files.
        parts: In order.
        lead: Place of the one that stands for them.
        further: Names besides that of the lead that the sidecar may have.
    """
    names = [part.path.name for part in parts]
    stating = [name for name in (*names, *further) if _has_sidecar(path.with_name(name))]
    # What is stated of one part, or twice, is of no set: which of it holds of the whole nobody could say.
    if len(stating) > 1 or any(name not in {names[lead], *further} for name in stating):
        return None
    if path.name not in names or len(parts) > _MOST_PARTS or not is_one_zip(tuple(parts), is_numbered_by_disk=lead < 0):
        return None
    return SplitSet(lead=names[lead], parts=tuple(names))


def _is_of_one_cut(sizes: Sequence[int]) -> bool:
    return len(sizes) > 1 and len(set(sizes[:-1])) == 1 and 0 < sizes[-1] <= sizes[0]


def _has_sidecar(path: Path) -> bool:
    return any(os.path.lexists(path.with_name(name)) for name in sidecar_names(path.name))


def _part(path: Path) -> PartFile | None:
    try:
        about = path.lstat()
    except OSError:
        return None
    if not stat.S_ISREG(about.st_mode):
        return None
    return PartFile(
        path=path,
        size_bytes=about.st_size,
        modified_ns=about.st_mtime_ns,
        changed_ns=about.st_ctime_ns,
        inode=about.st_ino,
    )
