"""Which error ends a command with which exit code, and the sentence that the user reads.

Loaded when there is an error: it knows the errors of every package, and a verb needs few of them.
"""

from __future__ import annotations

from pathlib import Path

from config.errors import SettingsError
from ingest.command_errors import CommandError
from ingest.errors import (
    AmendmentRefused,
    BackupRefused,
    ChainBroken,
    DataFolderFull,
    DataFolderLocked,
    DataFolderMissing,
    DataFolderNewer,
    DataFolderRefused,
    DecisionRefused,
    ExtractionUnknown,
    IngestError,
    SegmentDamaged,
)
from ingest.exit_codes import ExitCode
from ingest.full_disk import is_of_full_disk
from ingest.processes.worker_process import WorkerFault
from nlp.errors import LexiconRefused
from parsers.errors import InputRefused, is_out_of_room
from parsers.records.notice_codes import NOTICE_TABLE
from search.errors import IndexOutdated, IndexUnreachable, QueryRefused, SearchError

_CODES: tuple[tuple[type[Exception], ExitCode], ...] = (
    (SettingsError, ExitCode.USAGE),
    (QueryRefused, ExitCode.USAGE),
    (CommandError, ExitCode.USAGE),
    (DataFolderNewer, ExitCode.USAGE),
    (DataFolderMissing, ExitCode.USAGE),
    (DataFolderFull, ExitCode.NO_ROOM),
    (DataFolderRefused, ExitCode.USAGE),
    (ExtractionUnknown, ExitCode.USAGE),
    (AmendmentRefused, ExitCode.USAGE),
    (DecisionRefused, ExitCode.USAGE),
    (BackupRefused, ExitCode.USAGE),
    (LexiconRefused, ExitCode.USAGE),
    (InputRefused, ExitCode.REFUSED),
    (SegmentDamaged, ExitCode.PARTIAL),
    (ChainBroken, ExitCode.PARTIAL),
    # A data folder that another process writes to is a store that cannot be reached now: try again, nothing is wrong.
    (DataFolderLocked, ExitCode.NO_INDEX),
    (IndexUnreachable, ExitCode.NO_INDEX),
    (IndexOutdated, ExitCode.NO_INDEX),
)


def code_of(error: Exception, data_dir: Path | None = None) -> ExitCode | None:
    """Return the exit code of an error that is raised on purpose, or of a full disk; None for every other.

    Args:
        error: What ends the command.
        data_dir: The data folder, where one is in use.
    """
    if _is_of_full_disk(error, data_dir) or is_out_of_room(error):
        return ExitCode.NO_ROOM
    for kind, code in _CODES:
        if isinstance(error, kind):
            return code
    return None


def sentence_of_error(error: Exception, data_dir: Path | None = None) -> str:
    """Return what the user is told of an error that has a code. Holds no evidence text; arguments as ``code_of``."""
    if _is_of_full_disk(error, data_dir):
        return str(DataFolderFull("" if data_dir is None else str(data_dir.absolute())))
    if is_out_of_room(error):
        return f"{error}. Make room there, or name another place, and run it again."
    if isinstance(error, QueryRefused):
        return f"the query cannot be read at column {error.column}: {error.args[0]}"
    if isinstance(error, InputRefused):
        entry = NOTICE_TABLE[error.code]
        return f"{entry.sentence.format(subject=error.subject or 'it')} {entry.remedy or ''}".rstrip()
    return str(error)


def _is_of_full_disk(error: Exception, data_dir: Path | None) -> bool:
    """Whether an error is that the disk of the data folder is full; of a place elsewhere its own error says so."""
    return not isinstance(error, CommandError | BackupRefused) and is_of_full_disk(error, data_dir)


def frames_elsewhere(error: Exception) -> str | None:
    """Return where in a worker process an error of ours arose; None: it arose in this process."""
    return error.detail if isinstance(error, WorkerFault) else None


def own_words(error: Exception) -> str:
    """Return what may be told of any error: our own errors' sentence, of others the type and the system's reason."""
    if isinstance(error, (IngestError, SearchError)):
        return str(error)
    reason = f", {error.strerror}" if isinstance(error, OSError) and error.strerror else ""
    return f"{type(error).__name__}{reason}"
