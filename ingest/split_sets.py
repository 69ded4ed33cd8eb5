"""Archives that were split: which files beside each other are the parts of one, in what order, and which is missing.

Two kinds: ``HW7.zip.001``, ``HW7.zip.002`` ..., bytes of a file that were cut where they lay, and ``HW7.z01`` ...
``HW7.zip``, as APPNOTE.TXT of PKWARE (8.3) has it, whose last part states how many there are. Names count, in any
letters, and the ends of files; RAR's volumes are none of these.
"""

from __future__ import annotations

import os
import re
import stat
import struct
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from parsers.zip_headers import LOCAL_MAGIC, ZIP_MAGICS

_NUMBERED: Final = re.compile(r"(?P<name>.+\.(?:zip|7z|ufdr|tar|tgz|gz|bz2|xz))\.(?P<number>[0-9]{3})", re.IGNORECASE)
_LETTERED: Final = re.compile(r"(?P<name>.+)\.z(?P<number>[0-9]{2,3})", re.IGNORECASE)
FIRST_PART: Final = ".001"
_ZIP: Final = ".zip"
_END: Final = struct.Struct("<4s4H2LH")
_END_MAGIC: Final = b"PK\x05\x06"
_END_REACH_BYTES: Final = _END.size + 65_535
_ENTRY: Final = struct.Struct("<4s6H3L5H2L")
_ENTRY_MAGIC: Final = b"PK\x01\x02"
_MOST_PARTS: Final = 999
_TAR: Final = ".tar"
_TAR_END_BYTES: Final = 1_024


class SplitSet(msgspec.Struct, frozen=True, kw_only=True):
    """The parts of one archive that lie in one folder.

    Attributes:
        lead: Name of the part that stands for the set, and has its sidecar: the first; of a ``.zip`` with ``.z01``
            that ``.zip``.
        parts: Names of those that are there, in the order in which they are joined.
        missing: Name of the first that is not there. None: none is known to be missing.
    """

    lead: str
    parts: tuple[str, ...]
    missing: str | None = None


def split_set_of(path: Path) -> SplitSet | None:
    """Return the set that a file is a part of. None: it is part of none, or the only one of which nothing is missing.

    Raises:
        OSError: A part, or the folder, cannot be read.
    """
    if numbered := _NUMBERED.fullmatch(path.name):
        return _numbered_set(path.parent, numbered["name"])
    if lettered := _LETTERED.fullmatch(path.name):
        return _lettered_set(path.parent, lettered["name"])
    if path.name.casefold().endswith(_ZIP):
        return _lettered_set(path.parent, path.name[: -len(_ZIP)])
    return None


def may_be_part(name: str) -> bool:
    """Whether a file has the name of a part that stands for no set by itself."""
    return (_NUMBERED.fullmatch(name) or _LETTERED.fullmatch(name)) is not None


def whole_name(name: str) -> str | None:
    """Return what an archive was called before it was split into numbered parts. None: the name is of no such part."""
    found = _NUMBERED.fullmatch(name)
    return None if found is None else found["name"]


def leads_among(names: Collection[str]) -> Mapping[str, str]:
    """Return the parts among the names of a folder, each with the name of the one that stands for its set."""
    sets: dict[tuple[str, bool], list[tuple[int, str]]] = {}
    for name in names:
        is_numbered, found = True, _NUMBERED.fullmatch(name)
        if found is None:
            is_numbered, found = False, _LETTERED.fullmatch(name)
        if found is not None:
            sets.setdefault((found["name"].casefold(), is_numbered), []).append((int(found["number"]), name))
    last = {name[: -len(_ZIP)].casefold(): name for name in sorted(names) if name.casefold().endswith(_ZIP)}
    leads: dict[str, str] = {}
    for (name, is_numbered), parts in sets.items():
        lead = min(parts)[1] if is_numbered else last.get(name, min(parts)[1])
        leads.update((part, lead) for _, part in parts)
    return leads


def _numbered_set(folder: Path, name: str) -> SplitSet | None:
    present = dict(_present(folder, _NUMBERED, name))
    first, parts = min(present.values(), default=""), tuple(present[number] for number in sorted(present))
    gap = next(number for number in range(1, len(present) + 2) if number not in present)
    if gap <= len(present):
        return SplitSet(lead=parts[0], parts=parts, missing=f"{name}.{gap:03}")
    if not _is_cut(folder, name, parts):
        return SplitSet(lead=first, parts=parts) if len(parts) > 1 else None
    return SplitSet(lead=first, parts=parts, missing=f"{name}.{gap:03}")


def _lettered_set(folder: Path, name: str) -> SplitSet | None:
    present = dict(_present(folder, _LETTERED, name))
    last = next((each for each in sorted(_names(folder)) if each.casefold() == (name + _ZIP).casefold()), None)
    parts = tuple(present[number] for number in sorted(present))
    if last is None:
        return SplitSet(lead=parts[0], parts=parts, missing=name + _ZIP) if parts else None
    stated = _parts_before(folder / last)
    if not stated:
        # A whole archive beside parts of another that had its name: they are one set of nothing.
        return None
    gap = next((number for number in range(1, stated + 1) if number not in present), None)
    taken = tuple(present[number] for number in sorted(present) if number <= stated)
    missing = None if gap is None else f"{name}.z{gap:02}"
    return SplitSet(lead=last, parts=(*taken, last), missing=missing)


def _present(folder: Path, form: re.Pattern[str], name: str) -> Iterator[tuple[int, str]]:
    # Of two names that differ in their letters' case alone the last is taken; the other stays a part without a set.
    for each in sorted(_names(folder)):
        found = form.fullmatch(each)
        if found is not None and found["name"].casefold() == name.casefold():
            yield int(found["number"]), each


def _names(folder: Path) -> Iterator[str]:
    with os.scandir(folder) as entries:
        yield from (entry.name for entry in entries if entry.is_file(follow_symlinks=False))


def _is_cut(folder: Path, name: str, parts: tuple[str, ...]) -> bool:
    """Whether the joined parts end before the archive does; only of forms that have an end of their own."""
    tail = _joined_tail([folder / part for part in parts], _END_REACH_BYTES)
    with (folder / parts[0]).open("rb") as file:
        front = file.read(len(LOCAL_MAGIC))
    if front in ZIP_MAGICS:
        return _END_MAGIC not in tail
    if name.casefold().endswith(_TAR):
        return len(tail) < _TAR_END_BYTES or any(tail[-_TAR_END_BYTES:])
    return False


def _joined_tail(parts: list[Path], most_bytes: int) -> bytes:
    tail = b""
    for part in reversed(parts):
        with part.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - (most_bytes - len(tail))))
            tail = file.read() + tail
        if len(tail) >= most_bytes:
            break
    return tail


def _parts_before(path: Path) -> int:
    """Return how many parts stand before the last one of a zip, as its end states; 0 where it is whole by itself."""
    if not stat.S_ISREG(path.lstat().st_mode):
        return 0
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _END_REACH_BYTES))
        tail = file.read()
        place = tail.rfind(_END_MAGIC)
        if place < 0 or place + _END.size > len(tail):
            return 0
        _, number, _, _, _, directory_bytes, _, _ = _END.unpack_from(tail, place)
        begin = size - len(tail) + place - directory_bytes
        return int(number) if 0 < number <= _MOST_PARTS and not _is_at_home(file, begin) else 0


def _is_at_home(file: BinaryIO, begin: int) -> bool:
    """Whether the first member of a directory stands in the same file: some programs state a number for no reason."""
    if begin < 0:
        return False
    file.seek(begin)
    entry = file.read(_ENTRY.size)
    if len(entry) < _ENTRY.size or not entry.startswith(_ENTRY_MAGIC):
        return False
    fields = _ENTRY.unpack(entry)
    name = file.read(fields[10])
    file.seek(fields[16])
    header = file.read(30)
    return header.startswith(LOCAL_MAGIC) and file.read(len(name)) == name
