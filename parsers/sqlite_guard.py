"""Opens a database of the vault: on a copy, for reading alone, with nothing in it executed and everything bounded.

The copy is made with the write-ahead log beside it, because rows that were written last may stand there alone, and with
a journal, because an unfinished change must be taken back. What is dangerous in SQLite is switched off here; what is
dangerous in a database is not used (``sqlite_database``).
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, TypeAlias

from parsers.contract import Limits
from parsers.errors import InputRefused
from parsers.sqlite_database import EvidenceDatabase, says_malformed
from parsers.sqlite_pages import WAL_SUFFIX, written_suffixes
from parsers.stored_text import escaped_text

JOURNAL_SUFFIX: Final = "-journal"

_JOURNAL_MAGIC: Final = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
_NAME: Final = "evidence.sqlite"
_CHAR_BYTES: Final = 4

Copier: TypeAlias = Callable[[str, Path], bool]
"""Copies the database with a suffix (``""``, ``-wal``, ``-journal``) to a place; False where there is none."""


def file_copier(path: Path) -> Copier:
    """Return what copies a database of the vault, whose companions lie beside it under the same name."""

    def copy(suffix: str, target: Path) -> bool:
        places = [path.with_name(path.name + each) for each in written_suffixes(suffix)] if suffix else [path]
        source = next((place for place in places if not suffix or place.is_file()), None)
        if source is None:
            return False
        shutil.copyfile(source, target)
        return True

    return copy


@contextmanager
def open_database(copy: Copier, scratch_dir: Path, limits: Limits) -> Iterator[EvidenceDatabase]:
    """Open a copy of a database for reading; the copy is removed afterwards.

    Args:
        copy: Makes the copy.
        scratch_dir: Where it is made.
        limits: Bounds on hostile input.

    Raises:
        InputRefused: It is no SQLite database.
        OSError: It cannot be read or copied.
    """
    with TemporaryDirectory(dir=scratch_dir, prefix="database-") as folder:
        path = Path(folder) / _NAME
        for suffix in ("", WAL_SUFFIX, JOURNAL_SUFFIX):
            target = path.with_name(path.name + suffix)
            if copy(suffix, target):
                target.chmod(0o600)
        journal = path.with_name(path.name + JOURNAL_SUFFIX)
        has_journal = journal.exists() and _is_hot(journal)
        if not has_journal:
            journal.unlink(missing_ok=True)
        try:
            connection, is_malformed = _connected(path, limits, has_journal=has_journal)
            database = EvidenceDatabase(path, connection, has_journal=has_journal, is_malformed=is_malformed)
        except ValueError:
            raise InputRefused("format_unknown", "no SQLite database") from None
        try:
            yield database
        finally:
            database.close()


def _is_hot(journal: Path) -> bool:
    """Whether a journal holds pages that an unfinished change has overwritten."""
    with journal.open("rb") as file:
        return file.read(len(_JOURNAL_MAGIC)) == _JOURNAL_MAGIC


def _connected(path: Path, limits: Limits, *, has_journal: bool) -> tuple[sqlite3.Connection | None, bool]:
    """Return a connection to the copy, or None where SQLite cannot read it at all; and whether it calls it damaged.

    Only a journal needs writing: what an unfinished change has overwritten is put back, in the copy.
    """
    mode = "rw" if has_journal else "ro"
    connection = None
    try:
        connection = sqlite3.connect(
            f"{path.as_uri()}?mode={mode}", uri=True, isolation_level=None, cached_statements=0
        )
        connection.text_factory = escaped_text
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, limits.text_chars * _CHAR_BYTES)
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        connection.setlimit(sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 1)
        for setting in (
            "trusted_schema = OFF",
            "query_only = ON",
            "cell_size_check = ON",
            "mmap_size = 0",
            "temp_store = MEMORY",
            "cache_size = -16384",
        ):
            connection.execute(f"PRAGMA {setting}")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except (sqlite3.Error, UnicodeError) as error:
        if connection is not None:
            with suppress(sqlite3.Error):
                connection.close()
        return None, says_malformed(error)
    return connection, False
