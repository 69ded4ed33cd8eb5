"""Copies evidence while hashing it, and notices when it changes meanwhile. The original is only ever read."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from ingest.data_paths import sync_folder
from ingest.errors import DataFolderRefused
from ingest.segment_store.segment_file import file_sha256
from parsers.errors import InputRefused

_CHUNK_BYTES: Final = 2**20
_READ_ONLY_FILE: Final = 0o400
_READ_ONLY_FOLDER: Final = 0o500

OnBytes = Callable[[int], None]


class CopiedFile(msgspec.Struct, frozen=True, kw_only=True):
    """One file of a delivery: path relative to it (``/`` between, odd bytes as escapes), hash and size."""

    name: str
    sha256: str
    size_bytes: int


class LeftOut(msgspec.Struct, frozen=True, kw_only=True):
    """Something in a folder delivery that was not taken, and the notice code that says why."""

    name: str
    code: str


class CopiedFolder(msgspec.Struct, frozen=True, kw_only=True):
    """What was copied of a folder.

    ``sha256`` is over the lines ``relative path NUL sha256``, sorted, with a line feed between two (none at the end).
    """

    sha256: str
    size_bytes: int
    files: tuple[CopiedFile, ...]
    left_out: tuple[LeftOut, ...]


def folder_sha256(lines: list[bytes]) -> str:
    """Return the hash of a folder from the lines ``relative path NUL SHA-256 of the file``, in any order."""
    return hashlib.sha256(b"\n".join(sorted(lines))).hexdigest()


def copy_file(source: Path, target: Path, on_bytes: OnBytes) -> CopiedFile:
    """Copy one file, synced and read-only.

    Raises:
        InputRefused: It cannot be read, is no regular file, or changed meanwhile.
        DataFolderRefused: The copy cannot be written.
    """
    (copied,) = _copy_behind_each_other([source], target, on_bytes)
    return copied


def copy_joined(sources: Sequence[Path], target: Path, on_bytes: OnBytes) -> tuple[CopiedFile, tuple[CopiedFile, ...]]:
    """Copy files behind each other into one, synced and read-only; return the whole, and each part as it came.

    Raises:
        InputRefused: One cannot be read, is no regular file, or changed meanwhile.
        DataFolderRefused: The copy cannot be written.
    """
    digest = hashlib.sha256()
    parts = _copy_behind_each_other(sources, target, on_bytes, digest)
    size = sum(part.size_bytes for part in parts)
    parts = tuple(
        msgspec.structs.replace(part, name=os.fsencode(part.name).decode("utf-8", "backslashreplace")) for part in parts
    )
    return CopiedFile(name=target.name, sha256=digest.hexdigest(), size_bytes=size), parts


def fault_of(path: Path, file: CopiedFile, parts: Sequence[CopiedFile]) -> str:
    """Return what is wrong with a file that is held, and with the parts that it was joined of; empty: nothing."""
    try:
        if file_sha256(path) != file.sha256:
            return f"{file.name} does not match its hash"
        part = _part_that_differs(path, parts) if parts else None
    except OSError as exc:
        return f"{file.name} cannot be read ({exc.strerror})"
    return "" if part is None else f"its part {part} does not match its hash"


def _part_that_differs(joined: Path, parts: Sequence[CopiedFile]) -> str | None:
    """Return the name of the first part whose bytes are not those that were joined. None: all are.

    Raises:
        OSError: What was joined cannot be read.
    """
    with joined.open("rb") as file:
        for part in parts:
            digest, left = hashlib.sha256(), part.size_bytes
            while left and (chunk := file.read(min(left, _CHUNK_BYTES))):
                digest.update(chunk)
                left -= len(chunk)
            if left or digest.hexdigest() != part.sha256:
                return part.name
    return None


def _copy_behind_each_other(
    sources: Sequence[Path], target: Path, on_bytes: OnBytes, whole: hashlib._Hash | None = None
) -> tuple[CopiedFile, ...]:
    try:
        with target.open("xb") as copy:
            parts = tuple(_appended(source, copy, on_bytes, whole) for source in sources)
            copy.flush()
            os.fsync(copy.fileno())
        target.chmod(_READ_ONLY_FILE)
    except OSError as exc:
        raise DataFolderRefused(str(target.parent), exc.strerror or "the copy cannot be written") from exc
    return parts


def _appended(source: Path, copy: BinaryIO, on_bytes: OnBytes, whole: hashlib._Hash | None) -> CopiedFile:
    digest = hashlib.sha256()
    size = 0
    handle = _open_original(source)
    try:
        before = os.fstat(handle)
        if not stat.S_ISREG(before.st_mode):
            raise InputRefused("input_special")
        for chunk in _chunks(handle):
            copy.write(chunk)
            digest.update(chunk)
            if whole is not None:
                whole.update(chunk)
            size += len(chunk)
            on_bytes(len(chunk))
        _refuse_if_changed(source, before, os.fstat(handle), size)
    finally:
        os.close(handle)
    return CopiedFile(name=source.name, sha256=digest.hexdigest(), size_bytes=size)


def copy_folder(source: Path, target: Path, on_bytes: OnBytes) -> CopiedFolder:
    """Copy a folder with everything in it but links and special files, which are listed as left out.

    Raises:
        InputRefused: It cannot be read, or changed meanwhile.
        DataFolderRefused: The copy cannot be written.
    """
    before = _census(source)
    files: list[CopiedFile] = []
    left_out: list[LeftOut] = []
    lines: list[bytes] = []
    target.mkdir(mode=0o700)
    for relative, mode in before.items():
        place = target / os.fsdecode(relative)
        shown = relative.decode("utf-8", "backslashreplace")
        if stat.S_ISDIR(mode.mode):
            place.mkdir(mode=0o700)
        elif stat.S_ISREG(mode.mode):
            copied = copy_file(source / os.fsdecode(relative), place, on_bytes)
            files.append(msgspec.structs.replace(copied, name=shown))
            lines.append(relative + b"\0" + copied.sha256.encode("ascii"))
        else:
            left_out.append(LeftOut(name=shown, code="link_refused" if stat.S_ISLNK(mode.mode) else "input_special"))
    if _census(source) != before:
        raise InputRefused("input_changing")
    for folder, _, _ in os.walk(target, topdown=False):
        sync_folder(Path(folder))
        Path(folder).chmod(_READ_ONLY_FOLDER)
    return CopiedFolder(
        sha256=folder_sha256(lines),
        size_bytes=sum(file.size_bytes for file in files),
        files=tuple(files),
        left_out=tuple(left_out),
    )


class _Mark(msgspec.Struct, frozen=True):
    """What must stay the same while a folder is copied."""

    mode: int
    size: int
    modified_ns: int
    inode: int


def _census(source: Path) -> dict[bytes, _Mark]:
    """Return a mark for everything below a folder by relative path; a folder stands before what is in it."""
    found: dict[bytes, _Mark] = {}
    waiting = [b""]
    root = os.fsencode(source)
    try:
        while waiting:
            relative = waiting.pop()
            with os.scandir(root + b"/" + relative) as entries:
                below = sorted(entries, key=lambda entry: entry.name)
            for entry in below:
                name = relative + b"/" + entry.name if relative else entry.name
                about = entry.stat(follow_symlinks=False)
                is_folder = stat.S_ISDIR(about.st_mode)
                found[name] = _Mark(
                    about.st_mode,
                    0 if is_folder else about.st_size,
                    0 if is_folder else about.st_mtime_ns,
                    about.st_ino,
                )
                if is_folder:
                    waiting.append(name)
    except OSError as exc:
        raise InputRefused("input_unreadable", exc.strerror) from exc
    return found


def _open_original(source: Path) -> int:
    # Without O_NONBLOCK, opening a pipe would wait for a writer for ever; without O_NOFOLLOW, a link put there since
    # the folder was looked at would be followed. O_NOATIME is the owner's privilege alone.
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        try:
            return os.open(source, flags | getattr(os, "O_NOATIME", 0))
        except PermissionError:
            return os.open(source, flags)
    except FileNotFoundError as exc:
        raise InputRefused("input_missing") from exc
    except OSError as exc:
        raise InputRefused("input_unreadable", exc.strerror) from exc


def _chunks(handle: int) -> Iterator[bytes]:
    while True:
        try:
            chunk = os.read(handle, _CHUNK_BYTES)
        except OSError as exc:
            raise InputRefused("input_unreadable", exc.strerror) from exc
        if not chunk:
            return
        yield chunk


def _refuse_if_changed(source: Path, before: os.stat_result, after: os.stat_result, size: int) -> None:
    try:
        at_path = source.lstat()
    except OSError as exc:
        raise InputRefused("input_changing") from exc
    for now in (after, at_path):
        if (now.st_dev, now.st_ino, now.st_size, now.st_mtime_ns) != (
            before.st_dev,
            before.st_ino,
            size,
            before.st_mtime_ns,
        ):
            raise InputRefused("input_changing")
