"""Whether a drop has arrived whole: copies over a network come slowly, and a short pause is not the end.

Looks at ends of files only. What is not known to have an end of its own counts as whole once it is quiet.
"""

from __future__ import annotations

import os
import stat
import struct
from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Final

from ingest.deliveries import COMPANION_SUFFIXES, companion_of, sidecar_of
from ingest.split_sets import is_beside_parts, may_be_part, split_set_of
from parsers.zip_headers import LOCAL_MAGIC

_END_OF_ZIP: Final = b"PK\x05\x06"
_END_OF_ZIP_BYTES: Final = 22
_LONGEST_COMMENT: Final = 2**16
_COMMENT_LENGTH = struct.Struct("<H")
_HEAD_BYTES: Final = 4096
_TAIL_BYTES: Final = 4096
_UNFINISHED: Final = b".filepart"
"""End of a name under which a folder is copied over a network. Other such ends stand in the storage of handsets too."""
_ENDS: Final = (("<project", "</project>"), ("<smses", "</smses>"))
"""Beginnings of vendors' files and the last thing that each writes."""


def fingerprint(path: Path) -> str:
    """Return a digest of names, sizes and times of everything that belongs to a drop; changes when any of them does.

    Raises:
        OSError: The drop is gone.
    """
    digest = blake2b(digest_size=16)
    for name, about in _belonging(path):
        size, modified = (0, 0) if stat.S_ISDIR(about.st_mode) else (about.st_size, about.st_mtime_ns)
        digest.update(name + b"\0" + f"{about.st_mode} {size} {modified} {about.st_ino}\n".encode("ascii"))
    return digest.hexdigest()


def last_changed_at(path: Path) -> float:
    """Return when anything that belongs to a drop changed last, by the clock of its file system: seconds since 1970.

    A copy bears the times of its original: when it came here is the later one.

    Raises:
        OSError: The drop is gone.
    """
    return max(max(about.st_mtime, about.st_ctime) for _, about in _belonging(path))


def _belonging(path: Path) -> Iterator[tuple[bytes, os.stat_result]]:
    """Yield path and state of everything that belongs to a drop, what stands beside it too."""
    beside = [sidecar_of(path), *(companion_of(path, suffix) for suffix in COMPANION_SUFFIXES)]
    split = split_set_of(path)
    if split is not None:
        beside += [path.with_name(name) for name in split.parts if name != path.name]
    for place in (path, *(other for other in beside if os.path.lexists(other))):
        yield from _entries(place)


def is_complete(path: Path) -> bool:
    """Whether a drop looks whole: every archive in it has its end, every vendor's XML its last element.

    Raises:
        OSError: Something of it is gone or cannot be read.
    """
    if not path.is_dir():
        if not (may_be_part(path.name) or is_beside_parts(path)):
            return _is_whole_file(path)
        # A part ends anywhere: others may be under way, unless it is an archive by itself.
        return split_set_of(path) is not None or (_begins_as_zip(path) and _is_whole_file(path))
    return all(
        not name.lower().endswith(_UNFINISHED) and _is_whole_file(Path(os.fsdecode(name)))
        for name, about in _entries(path)
        if stat.S_ISREG(about.st_mode)
    )


def _entries(place: Path) -> Iterator[tuple[bytes, os.stat_result]]:
    """Yield path and state of a file, or of a folder and everything below it that may be seen, sorted.

    Links are not followed.
    """
    waiting = [os.fsencode(place)]
    while waiting:
        name = waiting.pop()
        about = os.lstat(name)
        yield name, about
        if stat.S_ISDIR(about.st_mode):
            # A folder that may not be entered is a drop all the same: whoever takes it says what is wrong with it.
            with suppress(PermissionError), os.scandir(name) as below:
                waiting.extend(sorted((entry.path for entry in below), reverse=True))


def _begins_as_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(LOCAL_MAGIC)) == LOCAL_MAGIC


def _is_whole_file(path: Path) -> bool:
    about = path.lstat()
    if not stat.S_ISREG(about.st_mode) or about.st_size == 0:
        return stat.S_ISLNK(about.st_mode) or about.st_size > 0
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
        if head.startswith(LOCAL_MAGIC):
            file.seek(max(0, about.st_size - _LONGEST_COMMENT - _END_OF_ZIP_BYTES))
            return _ends_as_zip(file.read())
        end = next((end for begin, end in _ENDS if _holds(head, begin)), None)
        if end is not None:
            file.seek(max(0, about.st_size - _TAIL_BYTES))
            return _holds(file.read(), end)
    return True


def _ends_as_zip(tail: bytes) -> bool:
    place = tail.rfind(_END_OF_ZIP)
    if place < 0 or place + _END_OF_ZIP_BYTES > len(tail):
        return False
    (comment,) = _COMMENT_LENGTH.unpack_from(tail, place + _END_OF_ZIP_BYTES - _COMMENT_LENGTH.size)
    return place + _END_OF_ZIP_BYTES + int(comment) <= len(tail)


def _holds(content: bytes, text: str) -> bool:
    return any(text.encode(encoding) in content for encoding in ("ascii", "utf-16-le", "utf-16-be"))
