"""What a path holds: one delivery, or a folder of them.

A delivery is a file; or a folder that itself holds one vendor's report, or has a sidecar beside it. Any other folder
is walked to any depth. A file is taken with its sidecar and, for SQLite, its ``-wal``, ``-shm`` and ``-journal``;
nothing else beside it is read. The parts of an archive that was split, beside each other, are one delivery. Links are
not followed. Nothing is left out without a word: what cannot be a delivery comes out with the code of its refusal, and
what systems leave beside files is named with the first delivery.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Final

import msgspec

from ingest.data_paths import DataPaths
from ingest.split_sets import FIRST_PARTS, SplitSet, may_be_part, split_set_of, whole_name
from parsers.members.litter import FRONT_BYTES, is_litter, is_named_as_litter, litter_subject
from parsers.sidecar_names import (
    SIDECAR_SUFFIX,
    Beside,
    attached_sidecars,
    fault_of_name,
    is_meant_as_sidecar,
    is_sidecar_name,
    sidecar_names,
)
from parsers.sqlite_pages import SQLITE_MAGIC, written_suffixes

LITTER: Final = "litter_left_out"
"""Code of the notice of what systems and programs leave beside files."""

COMPANION_SUFFIXES: Final = ("-wal", "-shm", "-journal")


class Found(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A delivery at its original place; names are bytes, for a name may be in any encoding.

    Attributes:
        refusal: Notice code, where it cannot be taken. None: it can.
        subject: What the notice is about.
        litter: Names of what systems and programs left beside the deliveries found with it, and what was not taken.
        raw_parts: Names of the parts of an archive that was split, in order, its own among them. Empty: it was not.
    """

    raw_path: bytes
    is_folder: bool = False
    companions: tuple[str, ...] = ()
    has_sidecar: bool = False
    refusal: str | None = None
    subject: str | None = None
    litter: tuple[str, ...] = ()
    raw_parts: tuple[bytes, ...] = ()

    @property
    def path(self) -> Path:
        """Where it lies."""
        return Path(os.fsdecode(self.raw_path))

    @property
    def part_paths(self) -> tuple[Path, ...]:
        """Where the parts of an archive that was split lie, in order. Empty: it was not."""
        return tuple(self.path.with_name(os.fsdecode(name)) for name in self.raw_parts)

    @property
    def sidecar_path(self) -> Path:
        """Where its sidecar lies, if it has one."""
        return sidecar_of(self.path)


def sidecar_of(path: Path) -> Path:
    """Return the place of the sidecar of a file or folder; the usual one where there is none."""
    whole = whole_name(path)
    # An archive of parts may have its sidecar under the name that it had before it was split, if nothing else has it.
    further = sidecar_names(whole) if whole is not None else ()
    usual, *others = map(path.with_name, (*sidecar_names(path.name), *further))
    return next((each for each in (usual, *others) if os.path.lexists(each)), usual)


def absolute_place(path: Path) -> Path:
    """Return the absolute path, with ``..`` taken out and no link followed: a link must be seen to be refused."""
    return Path(os.path.abspath(path))  # noqa: PTH100  # resolve() follows links


def shown_path(path: Path | bytes) -> str:
    """Return a path as text that can be printed and encoded: odd bytes as escapes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def folder_name(place: str, *, is_folder: bool) -> str | None:
    """Return the name of the folder that a file came from. None: it is a folder itself, or lay at the top.

    Args:
        place: Where it came from, as custody shows it.
        is_folder: Whether the delivery is a folder.
    """
    return None if is_folder else Path(place).parent.name or None


def find_deliveries(
    path: Path, holds_report: Callable[[Path], bool], excluded: Collection[Path] = ()
) -> Iterator[Found]:
    """Yield the deliveries at a path, sorted by name.

    Args:
        path: Absolute path; what it names is looked at, a link there is refused.
        holds_report: Whether a folder itself holds one vendor's report.
        excluded: Folders that are not entered (the data folder).
    """
    litter: list[str] = []
    found = list(_walk(path, holds_report, excluded, litter))
    if litter and found:
        # What lies beside deliveries belongs to none of them, and no receipt but theirs is looked at.
        found[0] = msgspec.structs.replace(found[0], litter=tuple(litter))
    elif litter:
        found.append(_refused(path, LITTER, litter_subject(litter)))
    yield from found or [_refused(path, "data_folder_given" if path in excluded else "input_empty")]


def _walk(
    path: Path, holds_report: Callable[[Path], bool], excluded: Collection[Path], litter: list[str]
) -> Iterator[Found]:
    """Yield the deliveries, and put the names of what is none into ``litter``."""
    waiting, beside = [path], dict[Path, Beside]()
    while waiting:
        place = waiting.pop()
        if place in excluded:
            continue
        try:
            mode = place.lstat().st_mode
        except (FileNotFoundError, NotADirectoryError):
            yield _refused(place, "input_missing")
            continue
        except (OSError, ValueError) as exc:
            yield _refused(place, "input_unreadable", _reason(exc))
            continue
        if stat.S_ISDIR(mode) and _is_data_folder(place):
            if place == path:
                yield _refused(place, "data_folder_given")
            else:
                litter.append(f"{shown_path(place.relative_to(path))} (a data folder of Trapline)")
        elif stat.S_ISDIR(mode) and not (_has_sidecar(place) or holds_report(place)):
            try:
                waiting.extend(sorted(_taken_alone(place), reverse=True))
            except OSError as exc:
                yield _refused(place, "input_unreadable", _reason(exc))
        elif is_left_litter(place):
            litter.append(shown_path(Path(place.name) if place == path else place.relative_to(path)))
        else:
            yield _found(place, mode, beside)


def _is_data_folder(path: Path) -> bool:
    """Whether a folder is a data folder of Trapline, or a backup of one: what lies in it was dropped before."""
    paths = DataPaths(path)
    return _is_file(paths.journal) and _is_file(paths.audit) and paths.vault.is_dir()


def _found(path: Path, mode: int, beside: dict[Path, Beside]) -> Found:
    """Return what a path is; ``beside`` gets what lies in the folder of a sidecar that stands for itself."""
    if stat.S_ISLNK(mode):
        return _refused(path, "link_refused")
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        return _refused(path, "input_special")
    is_folder = stat.S_ISDIR(mode)
    if _is_lone_sidecar(path, is_folder=is_folder):
        if path.parent not in beside:
            beside[path.parent] = Beside(_names_in(path.parent))
        return _refused(path, "sidecar_refused", fault_of_name(path.name, beside[path.parent]))
    return _of_parts(path, is_folder=is_folder) or Found(
        raw_path=os.fsencode(path),
        is_folder=is_folder,
        companions=() if is_folder else companions_of(path),
        has_sidecar=_has_sidecar(path),
    )


def _of_parts(path: Path, *, is_folder: bool) -> Found | None:
    """Return the archive that a file is a part of, under the part that stands for it. None: it is part of none."""
    split = None if is_folder else _split_of(path)
    if split is None:
        return None
    lead = path.with_name(split.lead)
    raw_parts = tuple(map(os.fsencode, split.parts))
    return Found(raw_path=os.fsencode(lead), raw_parts=raw_parts, has_sidecar=_has_sidecar(lead))


def _split_of(path: Path) -> SplitSet | None:
    try:
        return split_set_of(path)
    except OSError:
        return None


def _is_lone_sidecar(path: Path, *, is_folder: bool) -> bool:
    """Whether something is called or written as a sidecar and stands for itself, while nothing is stated of it."""
    if is_folder:
        return is_sidecar_name(path.name) and not _has_sidecar(path)
    try:
        return is_meant_as_sidecar(path.name, lambda size: _front(path, size)) and not _has_sidecar(path)
    except OSError:
        return False


def _front(path: Path, size: int) -> bytes:
    with path.open("rb") as file:
        return file.read(size)


def is_left_litter(path: Path) -> bool:
    """Whether a file is what a system or program leaves beside others; none of which the submitter states anything."""
    if not is_named_as_litter(path.name) or not _is_file(path) or _has_sidecar(path):
        return False
    try:
        return is_litter(path.name, _front(path, FRONT_BYTES))
    except OSError:
        return False


def companions_of(path: Path) -> tuple[str, ...]:
    """Return the suffixes of the files that belong to an SQLite file; empty for any other file."""
    suffixes = tuple(suffix for suffix in COMPANION_SUFFIXES if _is_file(companion_of(path, suffix)))
    return suffixes if suffixes and _is_sqlite(path) else ()


def companion_of(path: Path, suffix: str) -> Path:
    """Return the place of a file that belongs to an SQLite file.

    A card or stick may have its names in capitals (``MMSSMS.DB-WAL``), which SQLite itself does not look for.
    """
    place, in_capitals = (path.with_name(path.name + each) for each in written_suffixes(suffix))
    return in_capitals if not _is_file(place) and _is_file(in_capitals) else place


def _main_name(name: str) -> str | None:
    """Return the name of the file that a file belongs to by its suffix. None: it has no such suffix."""
    return next((name[: -len(each)] for each in COMPANION_SUFFIXES if name.endswith(written_suffixes(each))), None)


def _taken_alone(folder: Path) -> Iterator[Path]:
    """Yield what lies in a folder, without sidecars, companions and further parts of what lies there too."""
    names = {path.name for path in folder.iterdir()}
    splits = [split for name in names if may_be_part(name) and (split := _split_of(folder / name)) is not None]
    wholes = {whole for split in splits if (whole := whole_name(folder / split.lead)) is not None}
    sidecars = attached_sidecars(names | wholes)
    further = {name for split in splits for name in split.parts if name != split.lead}
    for name in names:
        path = folder / name
        if name in sidecars or name in further:
            continue
        owner = _main_name(name)
        if owner in names and _is_sqlite(folder / str(owner)) and _is_file(path):
            continue
        yield path


def belongs_to(path: Path, others: Collection[Path]) -> bool:
    """Whether a path belongs to another of the paths (a shell names them all): sidecar, SQLite companion, part."""
    if is_sidecar_name(path.name):
        return _is_sidecar_among(path, others)
    if may_be_part(path.name):
        split = _split_of(path)
        # Where the one that stands for them is not named, the first that is stands for it.
        named = () if split is None else (path.with_name(name) for name in (split.lead, *split.parts))
        return next((each for each in named if each in others), path) != path
    if name := _main_name(path.name):
        main = path.with_name(name)
        return main in others and _is_sqlite(main)
    return False


def _is_sidecar_among(path: Path, others: Collection[Path]) -> bool:
    owner = path.name[: -len(SIDECAR_SUFFIX)]
    if path.name.endswith(SIDECAR_SUFFIX):
        # The usual name says whose it is. A folder may hold thousands of such, and is looked through for none.
        firsts = [path.with_name(owner + number) for number in FIRST_PARTS] if owner else []
        of_parts = any(first in others and sidecar_of(first) == path for first in firsts)
        return bool(owner) and (path.with_name(owner) in others or of_parts)
    named = (other for other in others if other.name and path.name in sidecar_names(other.name))
    return any(other.parent == path.parent and sidecar_of(other) == path for other in named)


def _names_in(folder: Path) -> set[str]:
    try:
        return {path.name for path in folder.iterdir()}
    except OSError:
        return set()


def _has_sidecar(path: Path) -> bool:
    return bool(path.name) and os.path.lexists(sidecar_of(path))


def _is_file(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def _is_sqlite(path: Path) -> bool:
    if not _is_file(path):
        return False
    try:
        return _front(path, len(SQLITE_MAGIC)) == SQLITE_MAGIC
    except OSError:
        return False


def _refused(path: Path, code: str, subject: str | None = None) -> Found:
    return Found(raw_path=os.fsencode(path), refusal=code, subject=subject)


def _reason(exc: OSError | ValueError) -> str:
    return (exc.strerror if isinstance(exc, OSError) else None) or "the system gives no reason"
