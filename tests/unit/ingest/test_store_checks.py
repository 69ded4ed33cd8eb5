from __future__ import annotations

import os
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.chained_log import ChainedLog
from ingest.data_paths import DataPaths
from ingest.diagnoses import Diagnosis
from ingest.doctor_checks import _embedded_check, _unusable
from ingest.journal import STARTED, DeliveryRow, ExtractionRow, Journal, Step
from ingest.store_checks import DAMAGED_INDEX, MAKE_ROOM, embedded_index_fault, fault_of, store_checks
from search.errors import IndexUnreachable

_SHA256 = "ab" * 32


@pytest.fixture
def paths(tmp_path: Path) -> DataPaths:
    """A folder with one delivery, whose extraction names a segment that is not there."""
    journal = Journal(tmp_path / "journal.sqlite", lambda: datetime(2026, 1, 2, tzinfo=UTC))
    delivery = DeliveryRow(
        sha256=_SHA256,
        name="HW-1.xml",
        is_folder=False,
        size_bytes=1,
        received_at="2026-01-02T00:00:00Z",
        original_path="/drops/HW-1.xml",
        stored_as="content",
        state=STARTED,
        step=Step.RECEIVED,
    )
    journal.put_delivery(delivery)
    row = ExtractionRow(
        extraction_id="ex-1", sha256=_SHA256, place=0, step=Step.SEGMENTED, records_sha256="cd" * 32, summary=b""
    )
    journal.replace_extractions(_SHA256, [row])
    journal.close()
    ChainedLog(tmp_path / "audit.jsonl").append({"action": "custody"})
    return DataPaths(tmp_path)


def faults(paths: DataPaths) -> dict[str, Diagnosis]:
    return {found.name: found for found in store_checks(paths) if not found.is_sound}


def failed(code: int, words: str = "of SQLite") -> sqlite3.Error:
    error = sqlite3.OperationalError(words)
    error.sqlite_errorcode = code
    return error


def test_nothing_is_said_where_nothing_is(tmp_path: Path) -> None:
    assert list(store_checks(DataPaths(tmp_path / "none"))) == []
    assert embedded_index_fault(DataPaths(tmp_path), "index") is None


def test_an_empty_journal_is_sound(tmp_path: Path) -> None:
    (tmp_path / "journal.sqlite").touch()
    assert faults(DataPaths(tmp_path)) == {}


def test_a_missing_segment_is_named_with_its_extraction(paths: DataPaths) -> None:
    found = faults(paths)
    assert set(found) == {"segments"}
    assert "ex-1" in found["segments"].detail
    assert "trapline reparse ex-1." in str(found["segments"].remedy)


def test_a_lost_journal_is_told(paths: DataPaths) -> None:
    paths.journal.unlink()
    (paths.vault / "ab" / _SHA256).mkdir(parents=True)
    assert set(faults(paths)) == {"journal"}


def test_a_lost_audit_log_is_told(paths: DataPaths) -> None:
    for path in paths.root.glob("audit.jsonl*"):
        path.unlink()
    assert "audit log" in faults(paths)


def test_a_cut_audit_log_is_told(paths: DataPaths) -> None:
    paths.audit.write_bytes(b"")
    assert "audit log" in faults(paths)


def test_a_damaged_journal_is_told(paths: DataPaths) -> None:
    with paths.journal.open("r+b") as file:
        file.seek(4096)
        file.write(b"junk" * 2048)
    found = faults(paths)["journal"]
    assert "damaged" in found.detail
    assert "trapline reparse" in str(found.remedy)


def test_a_journal_of_a_newer_version_is_left_alone(paths: DataPaths) -> None:
    connection = sqlite3.connect(paths.journal)
    connection.execute("PRAGMA user_version = 9999")
    connection.close()
    assert list(store_checks(paths)) == []


def test_the_check_changes_no_file(paths: DataPaths) -> None:
    before = {path: path.read_bytes() for path in paths.root.rglob("*") if path.is_file()}
    list(store_checks(paths))
    assert {path: path.read_bytes() for path in before} == before


def test_a_damaged_index_is_made_anew(paths: DataPaths) -> None:
    paths.index.write_bytes(b"no database" * 1000)
    found = embedded_index_fault(paths, "index")
    assert found is not None
    assert found.remedy == DAMAGED_INDEX


@pytest.mark.parametrize("code", [sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN])
def test_a_full_disk_asks_for_room(paths: DataPaths, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 10, 0))
    found = fault_of("schema version", failed(code), paths.journal, "Lay the last backup.")
    assert found.remedy == MAKE_ROOM


@pytest.mark.parametrize("code", [sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN])
def test_a_folder_that_cannot_be_written_asks_for_a_copy(
    paths: DataPaths, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    found = fault_of("schema version", failed(code), paths.journal, "Lay the last backup.")
    assert "cannot be written" in str(found.remedy)
    assert "backup" not in str(found.remedy)


def test_damage_has_the_remedy_of_the_store(paths: DataPaths) -> None:
    extended = sqlite3.SQLITE_CORRUPT | 1 << 8
    assert fault_of("journal", failed(extended), paths.journal, "Lay the last backup.").remedy == "Lay the last backup."


@pytest.mark.parametrize("code", [sqlite3.SQLITE_BUSY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_ERROR])
def test_what_is_no_damage_asks_for_no_backup(paths: DataPaths, code: int) -> None:
    found = fault_of("journal", failed(code), paths.journal, "Lay the last backup.")
    assert "OperationalError" not in found.detail
    assert "backup" not in str(found.remedy)


def test_an_index_in_a_cluster_alone_is_to_be_started(paths: DataPaths) -> None:
    error = IndexUnreachable("the index file cannot be used")
    error.__cause__ = failed(sqlite3.SQLITE_NOTADB)
    paths.index.write_bytes(b"rubbish" * 1000)
    assert _embedded_check(paths, "index").remedy == DAMAGED_INDEX
    assert "Start the index" in str(_unusable("index", error, paths).remedy)
