"""The files inside an archive or folder: their names, their fronts, and copies of them in the scratch folder.

Nothing is ever written to a path that an archive names: a copy has the place that the caller gives it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final, Protocol

from parsers.archive_guard import Archive, ArchiveMember, open_archive
from parsers.contract import Delivery, Limits
from parsers.errors import InputRefused
from parsers.members.neighbours import PACKED_SUFFIXES
from parsers.part_book import shown_name
from parsers.records.notices import Notice
from parsers.tar_archive import BEHIND_END, TarArchive, is_packed_file, is_tar_file, open_tar, unpacked

_CHUNK_BYTES: Final = 1 << 16
_LEAST_BUDGET_BYTES: Final = 1 << 26
"""A small archive may unpack to this much whatever its size: a page of text compresses well."""

_TOO_MUCH: Final = "what is packed inside it unpacks to more than an export ever does"
_TOO_MUCH_ALONE: Final = "it unpacks to more than an export ever does (settings packed_bytes, packed_ratio)"


class UnpackBudget:
    """How much an archive, and what is packed inside it, may unpack to altogether."""

    def __init__(self, packed_bytes: int, limits: Limits) -> None:
        self._left_bytes = max(_LEAST_BUDGET_BYTES, packed_bytes * limits.archive_ratio)

    def spend(self, size: int) -> None:
        """Count bytes that were unpacked.

        Raises:
            InputRefused: There is nothing left.
        """
        self._left_bytes -= size
        if self._left_bytes < 0:
            raise InputRefused("archive_refused", _TOO_MUCH)


class MemberSource(Protocol):
    """An archive or folder, opened.

    Attributes:
        names: Names of its files as stored, sorted.
        locked: Names of further files that need a password.
    """

    names: tuple[str, ...]
    locked: tuple[str, ...]

    def has(self, name: str) -> bool:
        """Whether there is a file of this name."""
        ...

    def front(self, name: str, size: int) -> bytes:
        """Return up to ``size`` bytes of a file.

        Raises:
            InputRefused: It is encrypted, or packed by a method that is not read.
        """
        ...

    def place_of(self, name: str) -> Path | None:
        """Return where a file lies. None: it is packed."""
        ...

    def copy(self, name: str, target: Path) -> str | None:
        """Copy a file to a place in the scratch folder; return the notice code of what was wrong with its bytes.

        Raises:
            InputRefused: It is encrypted, packed by a method that is not read, or too large.
        """
        ...

    def damage_of(self, name: str) -> str | None:
        """Return the notice code of what was wrong with a file where it was looked at. None: nothing was."""
        ...

    def notices(self) -> Iterator[Notice]:
        """Yield what is to be said of the archive or folder itself."""
        ...


class ArchiveSource:
    """A zip archive."""

    def __init__(self, archive: Archive, limits: Limits, budget: UnpackBudget) -> None:
        self._archive = archive
        self._limits = limits
        self._budget = budget
        self._members: dict[str, ArchiveMember] = {member.name: member for member in archive.members}
        self._damage: dict[str, str] = {}
        self.names = tuple(sorted(self._members))
        self.locked = archive.locked

    def has(self, name: str) -> bool:
        """See ``MemberSource``."""
        return name in self._members

    def front(self, name: str, size: int) -> bytes:
        """See ``MemberSource``."""
        stream = self._archive.open(self._members[name], self._limits)
        front = bytearray()
        while len(front) < size and (piece := stream.read(size - len(front))):
            front += piece
        if stream.damage is not None:
            self._damage[name] = stream.damage
        return bytes(front)

    def damage_of(self, name: str) -> str | None:
        """See ``MemberSource``."""
        return self._damage.get(name)

    def place_of(self, name: str) -> Path | None:
        """See ``MemberSource``."""
        del name
        return None

    def copy(self, name: str, target: Path) -> str | None:
        """See ``MemberSource``."""
        stream = self._archive.open(self._members[name], self._limits)
        with NamedTemporaryFile(dir=target.parent, delete=False) as file:
            while piece := stream.read(_CHUNK_BYTES):
                self._budget.spend(len(piece))
                file.write(piece)
        shutil.move(file.name, target)
        if stream.damage is not None:
            self._damage[name] = stream.damage
        return stream.damage

    def notices(self) -> Iterator[Notice]:
        """See ``MemberSource``."""
        for code, name in self._archive.left_out():
            yield Notice(code=code, subject=shown_name(name))
        if not self._archive.has_end:
            yield Notice(code="input_truncated", ends_reading=True)


class TarSource:
    """A tar archive, packed or not; what it unpacks to is counted as it is unpacked, and copies cost nothing more."""

    def __init__(self, archive: TarArchive) -> None:
        self._archive = archive
        self.names = tuple(sorted(archive.places))
        self.locked: tuple[str, ...] = ()

    def has(self, name: str) -> bool:
        """See ``MemberSource``."""
        return name in self._archive.places

    def front(self, name: str, size: int) -> bytes:
        """See ``MemberSource``."""
        return b"".join(self._archive.pieces(name, size))

    def damage_of(self, name: str) -> str | None:
        """See ``MemberSource``; a tar that is damaged says so itself."""
        del name
        return None

    def place_of(self, name: str) -> Path | None:
        """See ``MemberSource``."""
        del name
        return None

    def copy(self, name: str, target: Path) -> str | None:
        """See ``MemberSource``."""
        copied = 0
        with NamedTemporaryFile(dir=target.parent, delete=False) as file:
            for piece in self._archive.pieces(name):
                copied += file.write(piece)
        shutil.move(file.name, target)
        return "input_truncated" if copied < self._archive.places[name].size_bytes else None

    def notices(self) -> Iterator[Notice]:
        """See ``MemberSource``."""
        for name in self._archive.refused:
            yield Notice(code="member_refused", subject=shown_name(name))
        if self._archive.damage is not None:
            yield Notice(code=self._archive.damage, ends_reading=self._archive.damage != BEHIND_END)


class PackedSource:
    """One file that gzip, bzip2 or xz packed, unpacked; what it unpacks to was counted as it was.

    Args:
        name: What it is called without the end that says how it is packed.
        place: Where it was unpacked to.
        damage: Notice code of what cut it short. None: nothing did.
    """

    def __init__(self, name: str, place: Path, damage: str | None) -> None:
        self._place = place
        self._damage = damage
        self.names: tuple[str, ...] = (name,)
        self.locked: tuple[str, ...] = ()

    def has(self, name: str) -> bool:
        """See ``MemberSource``."""
        return name in self.names

    def front(self, name: str, size: int) -> bytes:
        """See ``MemberSource``."""
        del name
        with self._place.open("rb") as file:
            return file.read(size)

    def damage_of(self, name: str) -> str | None:
        """See ``MemberSource``; the packed file says so itself."""
        del name
        return None

    def place_of(self, name: str) -> Path | None:
        """See ``MemberSource``."""
        del name
        return self._place

    def copy(self, name: str, target: Path) -> str | None:
        """See ``MemberSource``."""
        del name
        shutil.copyfile(self._place, target)
        return None

    def notices(self) -> Iterator[Notice]:
        """See ``MemberSource``."""
        if self._damage is not None:
            ends_reading = self._damage != BEHIND_END
            yield Notice(code=self._damage, subject=shown_name(self.names[0]), ends_reading=ends_reading)


class FolderSource:
    """A folder of the vault, or of the scratch folder. Links in it are not followed, and named."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._folder = folder
        self._links: list[str] = []
        self.names = tuple(sorted(self._walk(limits)))
        self.locked: tuple[str, ...] = ()
        self._present = frozenset(self.names)

    def has(self, name: str) -> bool:
        """See ``MemberSource``."""
        return name in self._present

    def front(self, name: str, size: int) -> bytes:
        """See ``MemberSource``."""
        with (self._folder / name).open("rb") as file:
            return file.read(size)

    def damage_of(self, name: str) -> str | None:
        """See ``MemberSource``; nothing tells of a file by itself whether it is whole."""
        del name
        return None

    def place_of(self, name: str) -> Path | None:
        """See ``MemberSource``."""
        return self._folder / name

    def copy(self, name: str, target: Path) -> str | None:
        """See ``MemberSource``."""
        shutil.copyfile(self._folder / name, target, follow_symlinks=False)
        return None

    def notices(self) -> Iterator[Notice]:
        """See ``MemberSource``."""
        for name in self._links:
            yield Notice(code="member_refused", subject=shown_name(name))

    def _walk(self, limits: Limits) -> Iterator[str]:
        count = 0
        for root, folders, files in os.walk(self._folder):
            for name in [*folders, *files]:
                path = Path(root, name)
                if path.is_symlink():
                    self._links.append(path.relative_to(self._folder).as_posix())
                elif name in files:
                    count += 1
                    if count > limits.archive_members:
                        raise InputRefused("archive_refused", f"more than {limits.archive_members} files")
                    yield path.relative_to(self._folder).as_posix()
            folders[:] = [name for name in folders if not Path(root, name).is_symlink()]


@contextmanager
def open_members(
    delivery: Delivery, limits: Limits, scratch_dir: Path, budget: UnpackBudget | None = None
) -> Iterator[MemberSource]:
    """Open a zip, tar or folder, or one packed file.

    Args:
        delivery: The zip, tar, folder or packed file.
        limits: Bounds on hostile input.
        scratch_dir: Where what gzip, bzip2 or xz packed is unpacked.
        budget: What is left of the outer archive's, where this one was packed in it.

    Raises:
        InputRefused: The archive is not safe to open.
    """
    if delivery.is_folder:
        yield FolderSource(delivery.path, limits)
        return
    budget = budget or UnpackBudget(delivery.path.stat().st_size, limits)
    if is_tar_file(delivery.path):
        with open_tar(delivery.path, limits, scratch_dir, budget.spend) as tar:
            yield TarSource(tar)
        return
    if is_packed_file(delivery.path):
        spend = _spending_alone(delivery.path, scratch_dir, budget, limits)
        with unpacked(delivery.path, scratch_dir, spend) as (place, damage):
            yield PackedSource(name_unpacked(delivery.name), place, damage)
        return
    with open_archive(delivery.path, limits) as archive:
        yield ArchiveSource(archive, limits, budget)


def _spending_alone(path: Path, scratch_dir: Path, budget: UnpackBudget, limits: Limits) -> Callable[[int], None]:
    """Return what counts the bytes that one packed file unpacks to, before they are written.

    It is held closer than an archive of files: exports shrink to a tenth, databases with much that is free to a
    hundredth. It leaves half of the room on the disk to others.
    """
    left_bytes = max(limits.packed_bytes, path.stat().st_size * limits.packed_ratio)
    room_bytes = shutil.disk_usage(scratch_dir).free // 2

    def spend(size: int) -> None:
        nonlocal left_bytes, room_bytes
        left_bytes -= size
        room_bytes -= size
        if left_bytes < 0:
            raise InputRefused("archive_refused", _TOO_MUCH_ALONE)
        if room_bytes < 0:
            raise InputRefused("archive_refused", "what is packed takes more than half of the room on the disk")
        budget.spend(size)

    return spend


def name_unpacked(name: str) -> str:
    """Return what a packed file is called without the end that says how it is packed: ``sms.xml`` of ``sms.xml.gz``."""
    last = name.rpartition("/")[2]
    end = next((end for end in PACKED_SUFFIXES if last.casefold().endswith(end)), "")
    return last[: len(last) - len(end)] or last
