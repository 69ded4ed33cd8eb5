"""Where ``--out`` writes, and what it may replace there: nothing but what an earlier run of the same command wrote.

A name that is free is written. A file is replaced where it is empty, or holds an earlier result, and is no evidence:
not the original of a delivery, not of the same content as one, and not in the vault. A link is followed first. A pipe
or a terminal is written to and stays what it is. Everything else is refused before a byte of it changes.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from ingest.command_errors import OutputRefused
from ingest.deliveries import absolute_place
from ingest.earlier_results import IsEarlier
from ingest.printed.output import flush_result, write_result
from ingest.segment_store.segment_file import file_sha256

if TYPE_CHECKING:
    from ingest.assemble import Workspace

Write = Callable[[bytes], object]

_OTHER: Final = "a file is there that no earlier run of this command wrote; name another file, or remove that one first"
_OF_A_DELIVERY: Final = "it is, or lies in, what was delivered here as evidence; name another place"
_CONTENT_HELD: Final = "the file there is held here as evidence; name another file"
_KEPT: Final = "this part of the data folder holds what Trapline keeps; name another place"


def is_standard_output(path: Path | None) -> bool:
    """Whether a result goes to standard output: no file is named, or ``-``, or ``/dev/stdout`` in any spelling."""
    if path is None or str(path) == "-":
        return True
    try:
        return os.path.samestat(path.stat(), os.fstat(sys.stdout.fileno()))
    except (OSError, ValueError):
        return False


@contextmanager
def open_result(path: Path | None, is_earlier: IsEarlier) -> Iterator[Write]:
    """Give the way to write a result: standard output, or a file that is there whole or not at all.

    Args:
        path: File that the user named. None or ``-``: standard output.
        is_earlier: Says whether a file that is there holds an earlier result, which is replaced.

    Raises:
        OutputRefused: The file cannot be written, or may not be replaced.
    """
    if path is None or is_standard_output(path):
        yield write_result
        flush_result()
        return
    if is_stream(path):
        with _refusing(path):
            stream = path.open("wb")
        with _refusing_to_close(stream, path):
            yield _writing(stream, path)
        return
    target = replaceable(path, is_earlier)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    with _refusing(path):
        file = part.open("xb")
    try:
        with _refusing_to_close(file, path):
            yield _writing(file, path)
        with _refusing(path):
            part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _writing(file: BinaryIO, path: Path) -> Write:
    def write(content: bytes) -> None:
        with _refusing(path):
            file.write(content)

    return write


@contextmanager
def _refusing_to_close(file: BinaryIO, path: Path) -> Iterator[None]:
    """Close a file behind what is done with it; what is still to be written may fail then."""
    try:
        yield
        with _refusing(path):
            file.close()
    finally:
        with suppress(OSError):
            file.close()


def replaceable(path: Path, is_earlier: IsEarlier) -> Path:
    """Return the file that a path leads to, which is written or replaced.

    Raises:
        OutputRefused: What is there may not be replaced.
    """
    with _refusing(path):
        try:
            found = path.stat()
        except FileNotFoundError:
            return path.resolve()
        if stat.S_ISDIR(found.st_mode):
            raise OutputRefused(str(path), "it is a folder; name a file")
        if not stat.S_ISREG(found.st_mode):
            raise OutputRefused(str(path), "it is no file; name a file")
        target = path.resolve()
        if found.st_size and not is_earlier(target):
            raise OutputRefused(str(path), _OTHER)
        return target


def keep_evidence(workspace: Workspace, path: Path | None) -> None:
    """Refuse a place at which a result would replace evidence, or stand in it.

    Args:
        workspace: The data folder, which knows what was delivered.
        path: File or folder that the user named. None: standard output.

    Raises:
        OutputRefused: It is such a place.
    """
    if path is None or is_standard_output(path) or is_stream(path):
        return
    with _refusing(path):
        target, paths = path.resolve(), workspace.paths
        if any(target.is_relative_to(each.resolve()) for each in (paths.vault, paths.segments, paths.scratch)):
            raise OutputRefused(str(path), _KEPT)
        # Deliveries are noted as they were named, without following a link on the way to them.
        named = absolute_place(path)
        # The tables of a report that is several files.
        within = target.glob("*.csv") if target.is_dir() else ()
        places = dict.fromkeys((target, *target.parents, named, *named.parents, *within))
        if any(workspace.journal.brought_from(place) for place in places if place.exists()):
            raise OutputRefused(str(path), _OF_A_DELIVERY)
        is_filled = target.is_file() and target.stat().st_size > 0
        if is_filled and workspace.journal.deliveries_of(file_sha256(target)):
            raise OutputRefused(str(path), _CONTENT_HELD)


def is_stream(path: Path) -> bool:
    """Whether a path is a pipe or a character device: written to, never replaced. A disk is neither."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as exc:
        raise OutputRefused(str(path), exc.strerror or "unknown reason") from exc
    except RuntimeError as exc:
        # Of Path.resolve() before Python 3.13.
        raise OutputRefused(str(path), "its links lead in a circle") from exc
