"""The composition root: settings in, working objects out. No other module constructs a back end."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from config.settings import ElasticSettings, IndexBackend, Settings
from ingest.audit import AuditLog
from ingest.custody import Vault
from ingest.data_lock import writer_lock
from ingest.data_paths import DataPaths
from ingest.decisions import DecisionJournal
from ingest.errors import DataFolderMissing, DataFolderRefused
from ingest.journal import JOURNAL_LOST, Journal
from ingest.processes.child_environment import TEMPORARY_VARIABLES, child_environment
from ingest.processes.text_findings import discard_damaged
from ingest.processes.workers import Workers
from ingest.segment_store.segments import SegmentStore
from search.backends.embedded import EmbeddedIndex
from search.backends.embedded_schema import checked_version
from search.contract import Index
from search.linkage.kept import Kept
from search.linkage.phrases import listed

_TEMPORARY_FOLDERS: Final[list[tuple[object, str]]] = []
_OUTSIDE: Final[dict[str, str | None]] = {}
"""What holds where no data folder is written to: the variables by name, and the folder of ``tempfile``."""

Clock = Callable[[], datetime]
Sleep = Callable[[float], Awaitable[None]]


class Workspace:
    """An open data folder.

    Attributes:
        data_dir: Absolute path of the data folder.
        audit: ``await workspace.audit.append("search", {"query": ...})`` BEFORE a result is shown; the writing verbs
            of ``ingest.worker`` do it themselves.
        workers: The processes that read and analyse; they start with their first job.
        sleep: Waits; tests put another in its place.
        kept: What the last report was made from; one report at a time.
    """

    def __init__(self, settings: Settings, paths: DataPaths, journal: Journal, clock: Clock) -> None:
        self.settings = settings
        self.paths = paths
        self.data_dir = paths.root
        self.journal = journal
        self.vault = Vault(paths.root, paths.vault, paths.scratch, clock)
        self.segments = SegmentStore(paths.segments)
        self.audit = AuditLog(paths.audit, clock)
        self.decisions = DecisionJournal(paths.decisions, clock)
        self.workers = Workers(settings.ingest, settings.nlp, child_environment(os.environ, paths.scratch))
        self.sleep: Sleep = asyncio.sleep
        self.kept = Kept()
        self._clock = clock
        self._is_writing = False

    @property
    def index_name(self) -> str:
        """Names the index that the settings name: what is loaded is noted under it."""
        if self.settings.index.backend is IndexBackend.EMBEDDED:
            return IndexBackend.EMBEDDED.value
        elastic = self.settings.elastic
        return f"{IndexBackend.ELASTIC.value} {elastic.index_prefix} {' '.join(sorted(elastic.urls))}"

    @asynccontextmanager
    async def open_index(self) -> AsyncIterator[Index]:
        """Open the index that the settings name; closed at the end of the block.

        Raises:
            IndexUnreachable: The index is not there (exit code 5).
        """
        index = _index_of(self.settings, self.paths)
        if self.settings.index.backend is IndexBackend.EMBEDDED and not self.paths.index.exists():
            # A new folder, a restored one, or a file that somebody removed: nothing is loaded, whatever was noted.
            self.journal.forget_loads(self.index_name)
        try:
            await index.open()
            yield index
        finally:
            await index.close()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[None]:
        """Hold the lock of the data folder for the length of the block; nothing more where it is held already.

        Raises:
            DataFolderLocked: Another process writes, and did not end within ``ingest.lock_wait_seconds``.
        """
        if self._is_writing:
            yield
            return
        async with writer_lock(self.paths.lock, self.settings.ingest.lock_wait_seconds, self.sleep):
            await asyncio.to_thread(self.paths.empty_scratch)
            await asyncio.to_thread(discard_damaged, self.paths.texts)
            self._is_writing = True
            try:
                with _temporary_files_in(self.paths.scratch):
                    yield
            finally:
                self._is_writing = False
                await asyncio.to_thread(self.paths.empty_scratch)

    def discard_embedded_index(self) -> None:
        """Remove the file of the embedded index, if that is the one in use; only the holder of the lock may."""
        if self.settings.index.backend is not IndexBackend.EMBEDDED:
            return
        for suffix in ("", "-wal", "-shm", "-journal"):
            self.paths.index.with_name(self.paths.index.name + suffix).unlink(missing_ok=True)

    def now(self) -> datetime:
        """Return the present instant, in UTC."""
        return self._clock()


def utc_now() -> datetime:
    """Return the present instant, in UTC."""
    return datetime.now(UTC)


@asynccontextmanager
async def open_workspace(
    settings: Settings,
    *,
    is_writer: bool = False,
    is_repair: bool = False,
    must_exist: bool = False,
    clock: Clock = utc_now,
) -> AsyncIterator[Workspace]:
    """Open the data folder, creating it where it is not there and may be new, and bring an older one up to date.

    Args:
        settings: All settings; ``data_dir`` says where.
        is_writer: Take the lock of the data folder for the length of the block (ingest, reparse, amend, rebuild,
            backup). Readers need none and run beside a writer. ``watch`` is no writer here: it takes the lock for
            each drop.
        is_repair: Open a folder also where its vault holds deliveries and its journal knows none: it was lost, and
            whatever looks at it would find nothing held.
        must_exist: Make none: what is said of a new folder would be said of a slip of the pen. So for every verb but
            those that bring something into it (ingest, watch, demo, backup --restore).
        clock: Gives the present instant in UTC.

    Raises:
        DataFolderMissing: There is none, and it must exist.
        DataFolderLocked: Another process writes, and did not end within ``ingest.lock_wait_seconds``.
        DataFolderNewer: A newer version wrote the folder.
        DataFolderRefused: The path cannot be a data folder, or is a folder of other files.
    """
    paths = DataPaths(settings.data_dir.absolute())
    if must_exist:
        _check_is_there(paths)
    else:
        _check_is_free(paths)
    _make_folders(paths)
    journal = Journal(paths.journal, clock)
    try:
        workspace = Workspace(settings, paths, journal, clock)
        if not is_repair and journal.is_empty() and next(workspace.vault.hashes(), None) is not None:
            raise DataFolderRefused(str(paths.root), f"its vault holds deliveries and its journal none: {JOURNAL_LOST}")
        try:
            with _temporary_files_in(paths.root):
                if is_writer:
                    async with workspace.writing():
                        yield workspace
                else:
                    yield workspace
        finally:
            await workspace.workers.close()
    finally:
        journal.close()


@asynccontextmanager
async def open_index_alone(settings: Settings) -> AsyncIterator[Index]:
    """Open the index in a cluster that the settings name, where no data folder is there; makes none.

    Raises:
        IndexUnreachable: The index is not there (exit code 5).
    """
    index = _index_of(settings, DataPaths(settings.data_dir.absolute()))
    try:
        await index.open()
        yield index
    finally:
        await index.close()


def embedded_index_version(paths: DataPaths) -> str:
    """Return the version of what reads the embedded index, which is opened for reading alone; errors as there."""
    return checked_version(paths.index)


READ_ONLY: Final = (
    "it cannot be written, and every command opens its journal there for writing; copy the folder whole to a place that"
    " can be written, and name the copy with --data"
)
"""Said of a data folder."""
FOREIGN: Final = (
    "it holds other files ({names}) and is no data folder of Trapline, which puts nothing beside evidence; name a new"
    " or an empty folder with --data"
)
_MOST_NAMED: Final = 3
_NAME_ANOTHER: Final = "name a folder that can be written with --data"


def _check_is_there(paths: DataPaths) -> None:
    try:
        is_there = paths.is_there
    except OSError as exc:
        raise DataFolderRefused(str(paths.root), exc.strerror or "it cannot be looked at") from exc
    if not is_there:
        raise DataFolderMissing(str(paths.root), _what_lies_at(paths.root))


def _check_is_free(paths: DataPaths) -> None:
    """Refuse a folder that holds files of others: the evidence itself, where its path was given for the data folder.

    Raises:
        DataFolderRefused: It is one.
    """
    try:
        foreign = paths.foreign()
    except OSError as exc:
        raise DataFolderRefused(str(paths.root), exc.strerror or "it cannot be looked at") from exc
    if foreign:
        raise DataFolderRefused(str(paths.root), FOREIGN.format(names=listed(foreign, _MOST_NAMED)))


def _make_folders(paths: DataPaths) -> None:
    try:
        paths.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        for folder in (paths.vault, paths.segments):
            folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as exc:
        raise DataFolderRefused(str(paths.root), f"it cannot be made ({exc.strerror}); {_NAME_ANOTHER}") from exc
    if not os.access(paths.root, os.W_OK | os.X_OK):
        raise DataFolderRefused(str(paths.root), READ_ONLY)


def _index_of(settings: Settings, paths: DataPaths) -> Index:
    if settings.index.backend is IndexBackend.EMBEDDED:
        return EmbeddedIndex(paths.index)
    return _elastic_index(settings.elastic, paths)


def _elastic_index(elastic: ElasticSettings, paths: DataPaths) -> Index:
    # The client and what it brings take longer to import than a search of the embedded index takes.
    from search.backends.elastic import ElasticIndex  # noqa: PLC0415  # see above
    from search.backends.elastic_settings import ElasticSettings as Connection  # noqa: PLC0415  # see above

    return ElasticIndex(
        Connection(
            url=elastic.url,
            prefix=elastic.index_prefix,
            username=elastic.user_name or None,
            password=elastic.password.get_secret_value() or None,
            api_key=elastic.api_key.get_secret_value() or None,
            ca_cert=Path(elastic.ca_file) if elastic.ca_file else None,
            shards=elastic.shard_count,
            replicas=elastic.replica_count,
            request_seconds=elastic.request_timeout_seconds,
            patience_seconds=elastic.retry_seconds,
            bulk_documents=elastic.bulk_documents,
            bulk_bytes=elastic.bulk_bytes,
            requests_in_flight=elastic.bulk_in_flight,
            lease_seconds=elastic.lease_seconds,
            mirror=paths.mirror,
        )
    )


@contextmanager
def _temporary_files_in(folder: Path) -> Iterator[None]:
    """Make libraries put their temporary files into the data folder; the system's own may be on another medium.

    Two folders may be written to at once by one process, and be left in any order: the one that was entered last of
    those that are left holds, and at the end what was there at first.
    """
    if not _TEMPORARY_FOLDERS:
        _OUTSIDE.clear()
        _OUTSIDE.update({name: os.environ.get(name) for name in TEMPORARY_VARIABLES}, module=tempfile.tempdir)
    place = object(), str(folder)
    _TEMPORARY_FOLDERS.append(place)
    _use_temporary_folder()
    try:
        yield
    finally:
        _TEMPORARY_FOLDERS.remove(place)
        _use_temporary_folder()


def _use_temporary_folder() -> None:
    held = _TEMPORARY_FOLDERS[-1][1] if _TEMPORARY_FOLDERS else None
    tempfile.tempdir = held or _OUTSIDE["module"]
    for name in TEMPORARY_VARIABLES:
        value = held or _OUTSIDE[name]
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


def _what_lies_at(path: Path) -> str:
    """Return what is there in place of a data folder; a folder of drops is taken for one now and then."""
    try:
        is_other = path.is_dir() and any(path.iterdir())
    except OSError:
        return "what is there cannot be looked at"
    return "a folder is there, but no data folder of Trapline" if is_other else "nothing was ever taken in there"
