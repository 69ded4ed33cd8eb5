"""Opens each store of a data folder to read, as the other verbs do, and says what is wrong with it. Writes nothing.

``verify`` reads all and compares it with its hashes; this reads the databases, the ends of the logs, and the tables of
contents of the segments.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from ingest.assemble import READ_ONLY
from ingest.chained_log import ChainedLog
from ingest.data_paths import DataPaths
from ingest.diagnoses import Diagnosis
from ingest.errors import ChainBroken, SegmentDamaged
from ingest.full_disk import is_of_full_disk
from ingest.journal import JOURNAL_LOST
from ingest.migrations import SCHEMA_VERSION
from ingest.segment_store.finding_segments import FindingSegment
from ingest.segment_store.segments import RecordSegment, SegmentStore

DAMAGED_INDEX: Final = "Run trapline rebuild: it makes the index anew of the segments."
MAKE_ROOM: Final = "Make room there, and run it again; nothing that is held is lost."
_DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_NOT_WRITABLE: Final = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM})
_IN_USE: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_BUSY_SECONDS: Final = 60.0
_NAMED_AT_MOST: Final = 3

_Named = tuple[str, str, str | None]
"""An extraction: its id, the hash of its record segment, and that of its finding segment; None: not made yet."""


def store_checks(paths: DataPaths) -> Iterator[Diagnosis]:
    """Yield what the journal, the logs and the segments are like.

    Nothing is said of what there is not yet, and nothing of the tables of a journal that a newer version wrote.
    """
    if not paths.journal.exists():
        if next(paths.vault.glob("??/*"), None) is not None:
            detail = "there is none, and the vault holds deliveries"
            yield Diagnosis(name="journal", is_sound=False, detail=detail, remedy=_sentence(JOURNAL_LOST))
        return
    try:
        version = schema_version(paths.journal)
        if version > SCHEMA_VERSION:
            return
        delivery_count, named = _held(paths.journal) if version else (0, [])
        found = quick_check(paths.journal)
    except sqlite3.Error as exc:
        yield fault_of("journal", exc, paths.journal, journal_remedy())
        yield from _logs(paths, 0)
        return
    if found == "ok":
        detail = f"deliveries and extractions can be read: {delivery_count:,} and {len(named):,}"
        yield Diagnosis(name="journal", is_sound=True, detail=detail)
    else:
        detail = f"{paths.journal.name} is damaged ({_first_line(found)})"
        yield Diagnosis(name="journal", is_sound=False, detail=detail, remedy=journal_remedy())
    yield from _logs(paths, delivery_count)
    yield _segments(paths, named)


def embedded_index_fault(paths: DataPaths, name: str) -> Diagnosis | None:
    """Return what is wrong with the file of the embedded index; None: nothing, or there is none yet."""
    if not paths.index.exists():
        return None
    try:
        found = quick_check(paths.index)
    except sqlite3.Error as exc:
        return fault_of(name, exc, paths.index, DAMAGED_INDEX)
    if found == "ok":
        return None
    detail = f"{paths.index.name} is damaged ({_first_line(found)})"
    return Diagnosis(name=name, is_sound=False, detail=detail, remedy=DAMAGED_INDEX)


def missing_index(paths: DataPaths, name: str) -> Diagnosis:
    """Return what it means that there is no file of the embedded index: it is lost where extractions are held."""
    try:
        named = _held(paths.journal)[1] if schema_version(paths.journal) else []
    except sqlite3.Error:
        return Diagnosis(name=name, is_sound=False, detail="there is none", remedy="See the journal first.")
    if named:
        detail = f"there is none, and extractions are held: {len(named):,}"
        return Diagnosis(name=name, is_sound=False, detail=detail, remedy=DAMAGED_INDEX)
    return Diagnosis(name=name, is_sound=True, detail="there is none yet; the first ingest makes it")


def journal_remedy() -> str:
    """Return what to do about a damaged journal, as a sentence."""
    return _sentence(f"take it away, and {JOURNAL_LOST}")


def schema_version(journal: Path) -> int:
    """Return the version of the schema; 0: nothing was written yet.

    Raises:
        sqlite3.Error: The file cannot be read.
    """
    with closing(_opened(journal)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def quick_check(database: Path) -> str:
    """Return ``ok``, or what SQLite finds wrong with a file.

    Raises:
        sqlite3.Error: It cannot be read.
    """
    with closing(_opened(database)) as connection:
        return str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])


def fault_of(name: str, error: Exception, database: Path, damaged_remedy: str) -> Diagnosis:
    """Return what an error of a database says of it, and what to do: a sound file on a full disk needs no backup.

    Args:
        name: Of the check.
        error: What came of opening or reading the file.
        database: The file; it lies in the data folder.
        damaged_remedy: What to do where the file is damaged, as a sentence.
    """
    of_sqlite = _of_sqlite(error)
    code = getattr(of_sqlite, "sqlite_errorcode", 0) & 0xFF
    if is_of_full_disk(error, database.parent):
        detail, remedy = f"{database.name} could not be read: no room is left on its disk", MAKE_ROOM
    elif code in _DAMAGED:
        detail, remedy = f"{database.name} is damaged ({of_sqlite})", damaged_remedy
    elif code in _NOT_WRITABLE and not os.access(database.parent, os.W_OK | os.X_OK):
        detail, remedy = f"{database.name} could not be opened ({of_sqlite})", f"The data folder: {READ_ONLY}."
    elif code in _IN_USE:
        detail = f"{database.name} could not be read: another process is using it"
        remedy = "Run it again when that has ended."
    else:
        detail = f"{database.name} could not be read ({of_sqlite or error})"
        remedy = "Check the disk and the rights to the file, and run it again."
    return Diagnosis(name=name, is_sound=False, detail=detail, remedy=remedy)


def _of_sqlite(error: BaseException | None) -> sqlite3.Error | None:
    while error is not None and not isinstance(error, sqlite3.Error):
        error = error.__cause__ or error.__context__
    return error


def _opened(database: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True, timeout=_BUSY_SECONDS)


def _held(journal: Path) -> tuple[int, list[_Named]]:
    # Columns that every version of the schema has: an older folder is brought up to date by the verbs that write.
    with closing(_opened(journal)) as connection:
        deliveries = connection.execute("SELECT sha256, name FROM deliveries").fetchall()
        named = connection.execute(
            "SELECT extraction_id, records_sha256, findings_sha256 FROM extractions ORDER BY extraction_id"
        ).fetchall()
    return len(deliveries), named


def _logs(paths: DataPaths, delivery_count: int) -> Iterator[Diagnosis]:
    if delivery_count and not paths.audit.exists() and not paths.audit.with_name(f"{paths.audit.name}.head").exists():
        detail = "there is none, and deliveries are held: who took them in is not told any more"
        remedy = "Compare with a backup. The next command begins a new one."
        yield Diagnosis(name="audit log", is_sound=False, detail=detail, remedy=remedy)
    else:
        yield _log("audit log", paths.audit)
    yield _log("decision journal", paths.decisions)


def _log(name: str, path: Path) -> Diagnosis:
    try:
        count = ChainedLog(path).check_end()
    except ChainBroken as exc:
        detail = f"{exc.path}, line {exc.line}: {exc.detail}"
        return Diagnosis(name=name, is_sound=False, detail=detail, remedy=exc.remedy)
    except OSError as exc:
        detail = f"{path.name} could not be read: {exc.strerror or 'the system does not say why'}"
        return Diagnosis(name=name, is_sound=False, detail=detail, remedy="Check the disk and the rights to the file.")
    detail = f"its end holds together, lines: {count:,}" if count else "no line yet"
    return Diagnosis(name=name, is_sound=True, detail=detail)


def _segments(paths: DataPaths, named: list[_Named]) -> Diagnosis:
    faults = _segment_faults(paths, named)
    if faults:
        # Another process may have put a newer reading in their place since the journal was read.
        try:
            _, now = _held(paths.journal)
        except sqlite3.Error as exc:
            return fault_of("segments", exc, paths.journal, journal_remedy())
        faults = _segment_faults(paths, [row for row in now if row[0] in faults])
    if not faults:
        return Diagnosis(name="segments", is_sound=True, detail=f"all there, of extractions: {len(named):,}")
    told = [f"{extraction_id}: {detail}" for extraction_id, detail in list(faults.items())[:_NAMED_AT_MOST]]
    if len(faults) > _NAMED_AT_MOST:
        told.append(f"and of {len(faults) - _NAMED_AT_MOST:,} extractions more; trapline verify names them")
    shown = " ".join(list(faults)[:_NAMED_AT_MOST])
    remedy = f"The originals are in the vault. Run trapline reparse {shown}" + (
        ", or without a name, which reads all of them again." if len(faults) > _NAMED_AT_MOST else "."
    )
    return Diagnosis(name="segments", is_sound=False, detail="; ".join(told), remedy=remedy)


def _segment_faults(paths: DataPaths, named: list[_Named]) -> dict[str, str]:
    """Return, by extraction, what is wrong with its segments: each opened, its table of contents read."""
    store = SegmentStore(paths.segments)
    faults: dict[str, str] = {}
    for extraction_id, records_sha256, findings_sha256 in named:
        try:
            RecordSegment(store.records_path(extraction_id, records_sha256), extraction_id).close()
            if findings_sha256 is not None:
                FindingSegment(store.findings_path(extraction_id, findings_sha256), extraction_id).close()
        except SegmentDamaged as exc:
            faults[extraction_id] = exc.detail
    return faults


def _first_line(found: str) -> str:
    return found.splitlines()[-1].removeprefix("*** ") if found else found


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."
