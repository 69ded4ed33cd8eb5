"""The exit code of a run of several items is the gravest, and refused beside whole is partial."""

from __future__ import annotations

import errno
import pickle
import resource
import sqlite3
from pathlib import Path
from types import SimpleNamespace

import pytest

from ingest.command_errors import OutputRefused
from ingest.error_codes import code_of, own_words, sentence_of_error
from ingest.errors import (
    BackupRefused,
    ChainBroken,
    DataFolderFull,
    DataFolderLocked,
    DataFolderNewer,
    DataFolderRefused,
    SegmentDamaged,
)
from ingest.exit_codes import ExitCode, gravest
from parsers.errors import InputRefused
from search.errors import IndexBusy, IndexConflict, IndexOutdated, IndexUnreachable, LeaseLost, QueryRefused


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ((), 0),
        ((0, 0), 0),
        ((3, 3), 3),
        ((0, 3), 4),
        ((0, 4), 4),
        ((3, 4), 4),
        ((4, 5), 5),
        ((3, 5, 0), 5),
        ((5, 70), 70),
    ],
)
def test_the_gravest_code_wins(codes: tuple[int, ...], expected: int) -> None:
    assert gravest(*codes) == expected


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (QueryRefused("a bracket is not closed", 4), ExitCode.USAGE),
        (DataFolderNewer("d", "schema 9"), ExitCode.USAGE),
        (InputRefused("input_missing"), ExitCode.REFUSED),
        (SegmentDamaged("ex-1", "cut short"), ExitCode.PARTIAL),
        (ChainBroken("audit.jsonl", 3, "the line cannot be read"), ExitCode.PARTIAL),
        (DataFolderLocked("d", "process 7"), ExitCode.NO_INDEX),
        (IndexUnreachable("no answer"), ExitCode.NO_INDEX),
        (IndexBusy("another site writes"), ExitCode.NO_INDEX),
        (LeaseLost("taken over"), ExitCode.NO_INDEX),
        (IndexConflict("other content"), None),
        (IndexOutdated("index", {"mapping": "0"}, {"mapping": "1"}), ExitCode.NO_INDEX),
        (ValueError("secret"), None),
        (DataFolderFull(), ExitCode.NO_ROOM),
        (OSError(errno.ENOSPC, "No space left on device"), ExitCode.NO_ROOM),
        (OSError(errno.EIO, "Input/output error"), None),
    ],
)
def test_each_error_has_its_code(error: Exception, code: ExitCode | None) -> None:
    assert code_of(error) is code


def test_a_query_error_points_at_its_column() -> None:
    assert "column 4" in sentence_of_error(QueryRefused("a bracket is not closed", 4))


def test_a_refusal_says_what_to_do() -> None:
    assert "Check the path." in sentence_of_error(InputRefused("input_missing"))


def test_an_index_of_another_version_says_what_makes_it_again_and_no_names_of_ours() -> None:
    sentence = sentence_of_error(IndexOutdated("the index", {"mapping": "0"}, {"mapping": "1"}))
    assert sentence == "the index was made by another version of Trapline. Nothing is lost. Run trapline rebuild."


def test_a_full_disk_is_said_and_nothing_else() -> None:
    folder = DataFolderRefused("data/tmp/custody-0", "No space left on device")
    folder.__cause__ = OSError(errno.ENOSPC, "No space left on device")
    limited = OSError(errno.EFBIG, "File too large")
    for error in (folder, folder.__cause__, limited, pickle.loads(pickle.dumps(DataFolderFull()))):
        assert sentence_of_error(error).startswith("No room is left on the disk")


def test_a_write_that_a_limit_stops_is_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite says of it what it says of a broken disk, which it is where there is no limit."""
    failed = sqlite3.OperationalError("disk I/O error")
    failed.sqlite_errorcode = sqlite3.SQLITE_IOERR_WRITE
    for limit, code in ((1_500_000, ExitCode.NO_ROOM), (resource.RLIM_INFINITY, None)):
        monkeypatch.setattr(resource, "getrlimit", lambda _kind, limit=limit: (limit, resource.RLIM_INFINITY))
        assert code_of(failed) is code


@pytest.mark.parametrize(("free", "is_full"), [(0, True), (2**30, False)])
def test_a_disk_without_a_byte_is_named_where_sqlite_calls_it_broken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, free: int, is_full: bool
) -> None:
    monkeypatch.setattr("ingest.full_disk.shutil.disk_usage", lambda _folder: SimpleNamespace(free=free))
    for kind in (IndexUnreachable, lambda text: DataFolderRefused("/data", text)):
        cause = sqlite3.OperationalError("disk I/O error")
        cause.sqlite_errorcode = sqlite3.SQLITE_IOERR | (19 << 8)
        error = kind("journal.sqlite: disk I/O error")
        error.__cause__ = cause
        assert (sentence_of_error(error, tmp_path) == str(DataFolderFull(str(tmp_path)))) is is_full
        assert str(tmp_path) in sentence_of_error(error, tmp_path) or not is_full
        assert (code_of(error, tmp_path) is ExitCode.NO_ROOM) is is_full


@pytest.mark.parametrize("kind", [BackupRefused, OutputRefused])
def test_a_full_disk_of_another_place_is_named_by_it(tmp_path: Path, kind: type[Exception]) -> None:
    error = kind("/mnt/backup", "No space left on device")
    error.__cause__ = OSError(errno.ENOSPC, "No space left on device")
    assert code_of(error, tmp_path) is ExitCode.NO_ROOM
    sentence = sentence_of_error(error, tmp_path)
    assert sentence.startswith("/mnt/backup")
    assert sentence.endswith("No space left on device. Make room there, or name another place, and run it again.")


def test_words_of_foreign_errors_are_not_passed_on() -> None:
    """They can hold evidence text."""
    assert own_words(ValueError("bell me on the new number")) == "ValueError"
    assert own_words(OSError(28, "No space left on device")) == "OSError, No space left on device"
