"""The files of a delivery by name, whether it is a file, a zip or a folder; each can be opened any number of times."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from parsers.archive_guard import Archive, ArchiveMember, MemberStream, open_archive
from parsers.byte_streams import ByteStream
from parsers.contract import Delivery, Limits
from parsers.errors import InputRefused
from parsers.folder_files import LINK, files_below
from parsers.part_book import shown_name
from parsers.records.notices import Notice
from parsers.zip_headers import ZIP_MAGICS

_NAMED_NOTICES: Final = 50


class MemberFiles:
    """The files of one delivery.

    Attributes:
        names: In the order of the archive, or sorted. None: the delivery is one file.
        left_out: Notice codes and names of members that cannot be opened.
        has_end: Whether the archive's directory was there.
    """

    def __init__(self, delivery: Delivery, limits: Limits, archive: Archive | None) -> None:
        self._delivery = delivery
        self._limits = limits
        self._archive = archive
        self._members: dict[str, ArchiveMember] = {}
        self._damage: dict[str, str] = {}
        self.names: tuple[str, ...] | None = None
        self.left_out: tuple[tuple[str, str], ...] = ()
        self.has_end = archive is None or archive.has_end
        if archive is not None:
            self._members = {member.name: member for member in archive.members}
            self.names = tuple(self._members)
            self.left_out = tuple(archive.left_out())
        elif delivery.is_folder:
            links: list[str] = []
            self.names = tuple(sorted(files_below(delivery.path, limits, links.append), key=_parts))
            self.left_out = tuple((LINK, name) for name in links)

    def chosen(self, is_wanted: Callable[[str], bool], what: str) -> list[str | None]:
        """Return the files of a format, in their order; None stands for a delivery that is one file.

        Raises:
            InputRefused: Nothing in it is wanted: no ``what`` in it.
        """
        if self.names is None:
            return [None]
        members: list[str | None] = [name for name in self.names if is_wanted(name)]
        if not members:
            raise InputRefused("format_unknown", f"no {what} in it")
        return members

    @contextmanager
    def opened(self, name: str | None) -> Iterator[ByteStream]:
        """Open a file for reading; None is the delivery itself. What was wrong with its octets is kept for ``damage``.

        Raises:
            InputRefused: The member is encrypted, or packed by a method that is not read.
        """
        if name is None:
            with self._delivery.path.open("rb") as file:
                yield file
        elif self._archive is not None:
            stream: MemberStream = self._archive.open(self._members[name], self._limits)
            yield stream
            if stream.damage is not None:
                self._damage[name] = stream.damage
        else:
            with (self._delivery.path / name).open("rb") as file:
                yield file

    def damage(self, name: str | None) -> str | None:
        """Return the notice code of what was wrong with a file that was read. None: nothing was."""
        return None if name is None else self._damage.get(name)

    def notices(self, used: set[str]) -> Iterator[Notice]:
        """Yield what has to be said of the delivery's files: those that nothing used, those that are not safe."""
        unused = [name for name in self.names or () if name not in used]
        for name in unused[:_NAMED_NOTICES]:
            yield Notice(code="member_not_read", subject=shown_name(name))
        if len(unused) > _NAMED_NOTICES:
            further = len(unused) - _NAMED_NOTICES
            yield Notice(code="member_not_read", subject="further members", count=further)
        for code, name in self.left_out:
            yield Notice(code=code, subject=shown_name(name))
        if not self.has_end:
            yield Notice(code="input_truncated", ends_reading=True)


@contextmanager
def open_members(delivery: Delivery, limits: Limits) -> Iterator[MemberFiles]:
    """Open a delivery for reading.

    Raises:
        InputRefused: The archive is not safe to open, or the folder has more files than an archive may have.
    """
    if delivery.is_folder or not _is_archive(delivery.path):
        yield MemberFiles(delivery, limits, None)
        return
    with open_archive(delivery.path, limits) as archive:
        yield MemberFiles(delivery, limits, archive)


def _is_archive(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) in ZIP_MAGICS


def _parts(name: str) -> list[str]:
    return name.split("/")
