"""Finds the databases in a delivery: the file itself, or members of a zip or folder, each with its write-ahead log."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

import msgspec

from parsers.archive_guard import Archive, ArchiveMember, open_archive
from parsers.contract import Delivery, Limits
from parsers.errors import InputRefused
from parsers.folder_files import LINK, files_below
from parsers.part_book import shown_name
from parsers.records.notices import Notice
from parsers.sqlite_database import EvidenceDatabase
from parsers.sqlite_guard import JOURNAL_SUFFIX, Copier, file_copier, open_database
from parsers.sqlite_pages import WAL_SUFFIX, written_suffixes
from parsers.stray_logs import LOG_ALONE, may_be_log, stray_logs
from parsers.zip_headers import ZIP_MAGICS

_SHARED_SUFFIX: Final = "-shm"
_COMPANIONS: Final = (WAL_SUFFIX, JOURNAL_SUFFIX, _SHARED_SUFFIX)
_NAMED_MEMBERS: Final = 50
_CHUNK_BYTES: Final = 1 << 16


def application_folder(path: str) -> str:
    """Return the folder of an application: the one above that in which its database, or its preferences, lie."""
    return path.rpartition("/")[0].rpartition("/")[0]


class DatabaseFile(msgspec.Struct, frozen=True):
    """One database of a delivery.

    Attributes:
        member: None where the delivery is the database.
        place: Path on the handset, as far as the delivery shows it: folders or the domain of a backup, and the name.
    """

    member: str | None
    name: str
    place: str = ""


class StoredNames(msgspec.Struct, frozen=True):
    """Names under which files lie that are called otherwise on the handset, as in a backup.

    Attributes:
        shown: Member to its name on the handset.
        beside: Member with the suffix of a companion (``-wal``) to the member that is that companion.
        places: Member to its place on the handset, where its own path does not tell it.
    """

    shown: Mapping[str, str] = {}
    beside: Mapping[str, str] = {}
    places: Mapping[str, str] = {}


_OWN_NAMES: Final = StoredNames()


class DatabaseFiles:
    """The databases of a delivery.

    Attributes:
        files: In the order of the archive or folder.
        members: Name of a file of the delivery in lower case, without folder, to its member; the first of several.
    """

    def __init__(self, delivery: Delivery, limits: Limits, archive: Archive | None) -> None:
        self._delivery = delivery
        self._limits = limits
        self._archive = archive
        self._stored_names = _OWN_NAMES
        self._members: dict[str, ArchiveMember] = {}
        names: tuple[str, ...] = ()
        self._left_out: tuple[tuple[str, str], ...] = ()
        if archive is not None:
            self._members = {member.name: member for member in archive.members}
            self._left_out = tuple(archive.left_out())
            names = tuple(self._members)
        elif delivery.is_folder:
            links: list[str] = []
            names = tuple(files_below(delivery.path, limits, links.append))
            self._left_out = tuple((LINK, name) for name in links)
        self._names = names
        self.members: dict[str, str] = {}
        self._alike: dict[str, list[str]] = {}
        for name in names:
            last = name.rpartition("/")[2].casefold()
            held = self.members.setdefault(last, name)
            if held != name:
                self._alike.setdefault(last, [held]).append(name)
        self._damages: dict[tuple[str, str], None] = {}
        self._read: set[str | None] = set()
        self.files: tuple[DatabaseFile, ...] = (DatabaseFile(None, delivery.name),)

    def choose(self, is_wanted: Callable[[str], bool], stored_names: StoredNames = _OWN_NAMES) -> None:
        """Choose the members that are databases of the format, by their paths.

        Raises:
            InputRefused: There is none.
        """
        if self._archive is None and not self._delivery.is_folder:
            return
        chosen = [name for name in self._names if is_wanted(name)]
        if not chosen:
            raise InputRefused("format_unknown", "no database of this format in it")
        self._stored_names = stored_names
        shown, places = stored_names.shown, stored_names.places
        self.files = tuple(
            DatabaseFile(name, shown.get(name, name.rpartition("/")[2]), places.get(name, name)) for name in chosen
        )

    @contextmanager
    def opened(self, file: DatabaseFile, scratch_dir: Path) -> Iterator[EvidenceDatabase]:
        """Open one of the databases on a copy.

        Raises:
            InputRefused: It is no SQLite database, or packed or encrypted so that it cannot be read.
        """
        with open_database(self._copier(file), scratch_dir, self._limits) as database:
            yield database

    def members_called(self, name: str) -> tuple[str, ...]:
        """Return the members that have a name, which is without folder."""
        last = name.casefold()
        held = self.members.get(last)
        return tuple(self._alike.get(last, ())) or (() if held is None else (held,))

    def member_of(self, path: str) -> str | None:
        """Return the member that a file is which the handset keeps at a path.

        Names repeat from folder to folder: of several members with the file's name it is the one with most of its
        folders. None: there is none, or two have as many.
        """
        parts = path.casefold().split("/")
        found = self.members_called(parts[-1])
        if len(found) < 2:
            return found[0] if found else None
        shared = [_shared_parts(member.casefold().split("/"), parts) for member in found]
        most = max(shared)
        return found[shared.index(most)] if shared.count(most) == 1 else None

    def content(self, member: str, most_bytes: int) -> bytes | None:
        """Return what a member holds. None: it is too large."""
        self._read.add(member)
        found = bytearray()
        if self._archive is None:
            with (self._delivery.path / member).open("rb") as file:
                found += file.read(most_bytes + 1)
        else:
            stream = self._archive.open(self._members[member], self._limits)
            while len(found) <= most_bytes and (piece := stream.read(_CHUNK_BYTES)):
                found += piece
            if stream.damage is not None:
                self._damages[member, stream.damage] = None
        return bytes(found) if len(found) <= most_bytes else None

    def _front(self, member: str, most_bytes: int) -> bytes:
        if self._archive is None:
            with (self._delivery.path / member).open("rb") as file:
                return file.read(most_bytes)
        stream, front = self._archive.open(self._members[member], self._limits), bytearray()
        while len(front) < most_bytes and (piece := stream.read(most_bytes - len(front))):
            front += piece
        return bytes(front)

    def notices(self) -> Iterator[Notice]:
        """Yield what is to be said of the archive or folder: what was not read, and what was broken."""
        for name, code in self._damages:
            yield Notice(code=code, subject=shown_name(name), ends_reading=code != "checksum_wrong")
        for code, name in self._left_out:
            yield Notice(code=code, subject=shown_name(name))
        if self._archive is not None and not self._archive.has_end:
            yield Notice(code="input_truncated", ends_reading=True)
        taken = {file.member for file in self.files} | self._read
        left = {name: base for name in self._names if (base := _base_of(name)) not in taken}
        strays = stray_logs(
            (name for name, base in left.items() if may_be_log(name) and (base == name or base not in left)),
            self._front,
        )
        for name in strays:
            yield Notice(code=LOG_ALONE, subject=shown_name(name), first_locator=name)
        counts: Counter[str] = Counter()
        for name in left:
            if name not in strays:
                shown = shown_name(name)
                counts[shown if shown in counts or len(counts) < _NAMED_MEMBERS else "further members"] += 1
        for shown, count in counts.items():
            yield Notice(code="member_not_read", subject=shown, count=count)

    def _copier(self, file: DatabaseFile) -> Copier:
        if file.member is None:
            return file_copier(self._delivery.path)
        name, beside = file.member, self._stored_names.beside
        folder, is_archive = self._delivery.path, self._archive is not None

        def copy(suffix: str, target: Path) -> bool:
            stored = [beside.get(name + each, name + each) for each in written_suffixes(suffix)]
            return any(self._unpack(each, target) if is_archive else _copied(folder / each, target) for each in stored)

        return copy

    def _unpack(self, name: str, target: Path) -> bool:
        member = self._members.get(name)
        if member is None or self._archive is None:
            return False
        stream = self._archive.open(member, self._limits)
        with NamedTemporaryFile(dir=target.parent, delete=False) as file:
            while piece := stream.read(_CHUNK_BYTES):
                file.write(piece)
        shutil.move(file.name, target)
        if stream.damage is not None:
            self._damages[name, stream.damage] = None
        return True


@contextmanager
def open_databases(
    delivery: Delivery, limits: Limits, is_wanted: Callable[[str], bool], stored_names: StoredNames = _OWN_NAMES
) -> Iterator[DatabaseFiles]:
    """Open a delivery for reading.

    Args:
        delivery: A database, a zip or a folder.
        limits: Bounds on hostile input.
        is_wanted: Whether a member is a database of the format, by its path.
        stored_names: What members are called on the handset.

    Raises:
        InputRefused: The archive is not safe to open, or holds no such database.
    """
    if delivery.is_folder:
        found = DatabaseFiles(delivery, limits, None)
        found.choose(is_wanted, stored_names)
        yield found
        return
    with delivery.path.open("rb") as stream:
        is_archive = stream.read(4) in ZIP_MAGICS
    if not is_archive:
        yield DatabaseFiles(delivery, limits, None)
        return
    with open_archive(delivery.path, limits) as archive:
        found = DatabaseFiles(delivery, limits, archive)
        found.choose(is_wanted, stored_names)
        yield found


def _base_of(name: str) -> str:
    """Return the database that a file lies beside, by its name; the name itself where it is none of a companion."""
    return next((name[: -len(each)] for each in _COMPANIONS if name.endswith(written_suffixes(each))), name)


def _copied(path: Path, target: Path) -> bool:
    if not path.is_file():
        return False
    shutil.copyfile(path, target)
    return True


def _shared_parts(one: list[str], two: list[str]) -> int:
    """Return how many names two paths share at their ends."""
    count = 0
    for name, other in zip(reversed(one), reversed(two), strict=False):
        if name != other:
            break
        count += 1
    return count
