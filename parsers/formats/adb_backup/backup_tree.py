"""A backup that somebody unpacked into a folder: its files one after the other, as the archive has them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from parsers.tar_stream import TarMember

TEXTS: Final = re.compile(r"apps/com\.android\.providers\.telephony/d_f/[0-9]{6}_(sms|mms)_backup")
"""The files in which the telephone's own application has its texts."""

_TOPS: Final = ("apps/", "shared/")


def is_unpacked(members: Collection[str]) -> bool:
    """Whether the files of a folder are those of a backup, and hold texts: what else it has other readers read."""
    return all(name.startswith(_TOPS) for name in members) and any(map(TEXTS.fullmatch, members))


class BackupTree:
    """Reads a folder as the archive that it was; links in it are not followed.

    Args:
        folder: Of the delivery.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: BinaryIO | None = None

    def members(self) -> Iterator[TarMember]:
        """Yield the files in the order of their names; ``read`` gives the content of the one that was yielded last."""
        for path in sorted(self._folder.rglob("*")):
            if path.is_symlink() or not path.is_file():
                continue
            with path.open("rb") as self._file:
                yield TarMember(path.relative_to(self._folder).as_posix(), path.stat().st_size, is_file=True)

    def read(self, size: int) -> bytes:
        """Return the next bytes of the file that was yielded last; none at its end."""
        return b"" if self._file is None else self._file.read(size)
