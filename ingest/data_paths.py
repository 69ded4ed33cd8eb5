"""Where things lie in the data folder. Nothing of ours lies anywhere else."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

_MAY_LIE_THERE: Final = re.compile(
    r"\..*|lost\+found|System Volume Information|\$RECYCLE\.BIN|Thumbs\.db|desktop\.ini|.+\.toml"
    r"|@eaDir|#recycle|#snapshot|aquota\.(?:user|group)|lexicons|outbox"
    r"|vault|segments|quarantine|reports|demonstration|tmp|lock|trapline\.log(?:\.\d+)?|(?:audit|decisions)\.jsonl(?:\.head)?"
    r"|(?:journal|texts|index|mirror)\.sqlite(?:-wal|-shm|-journal)?",
    re.IGNORECASE,
)
"""Names of ours, and of what systems keep on a disk or leave in a folder."""


class DataPaths(msgspec.Struct, frozen=True):
    """The places in one data folder."""

    root: Path

    @property
    def vault(self) -> Path:
        """Originals by hash, read-only."""
        return self.root / "vault"

    @property
    def segments(self) -> Path:
        """Record and finding segments by extraction."""
        return self.root / "segments"

    @property
    def journal(self) -> Path:
        """Deliveries, extractions and how far each is."""
        return self.root / "journal.sqlite"

    @property
    def texts(self) -> Path:
        """What the analysis said of each distinct text; can be made anew."""
        return self.root / "texts.sqlite"

    @property
    def index(self) -> Path:
        """The embedded index; can be made anew."""
        return self.root / "index.sqlite"

    @property
    def mirror(self) -> Path:
        """What linkage reads of an index in a cluster, as a copy; can be made anew."""
        return self.root / "mirror.sqlite"

    @property
    def audit(self) -> Path:
        """Who looked at what, and did what."""
        return self.root / "audit.jsonl"

    @property
    def decisions(self) -> Path:
        """What people decided."""
        return self.root / "decisions.jsonl"

    @property
    def quarantine(self) -> Path:
        """One reason file for each drop that was refused by ``watch``."""
        return self.root / "quarantine"

    @property
    def lock(self) -> Path:
        """The file that a writer locks."""
        return self.root / "lock"

    @property
    def scratch(self) -> Path:
        """Temporary files of a writer; emptied when one starts and when it ends."""
        return self.root / "tmp"

    @property
    def is_there(self) -> bool:
        """Whether the folder is one of ours; one whose journal was lost is too."""
        return self.journal.exists() or self.vault.is_dir()

    def foreign(self) -> list[str]:
        """Return the names of what lies in the folder and is not ours, where it is none of our folders; empty: nothing.

        A new folder may hold what an earlier start or a system left there (a lock, ``lost+found``, hidden files), and
        a settings file.

        Raises:
            OSError: It cannot be looked at.
        """
        if self.is_there or not self.root.is_dir():
            return []
        return sorted(path.name for path in self.root.iterdir() if not _MAY_LIE_THERE.fullmatch(path.name))

    def empty_scratch(self) -> None:
        """Remove all temporary files; only the holder of the lock may."""
        if self.scratch.exists():
            for folder, _, _ in os.walk(self.scratch):
                Path(folder).chmod(0o700)
            shutil.rmtree(self.scratch)
        self.scratch.mkdir(mode=0o700)


def sync_folder(folder: Path) -> None:
    """Make renames and new names in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_private(path: Path) -> None:
    """Make a file that the owner alone may read and write, or take what others may from one that is there.

    For a database, before SQLite opens it: it gives its log the mode of the file.
    """
    # What keeps us from it keeps SQLite from it, which says so better.
    with suppress(OSError):
        path.touch(mode=0o600, exist_ok=True)
        path.chmod(0o600)


def write_file(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Write a small file so that it is either there whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    sync_folder(path.parent)


def remove_any(path: Path) -> None:
    """Remove what lies at a path, also where a file should lie and a folder does."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
