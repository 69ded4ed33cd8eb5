"""Looks whether this machine, these settings and these stores can do the work. Changes nothing."""

from __future__ import annotations

import asyncio
import fcntl
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from config.settings import IndexBackend, Settings
from ingest.assemble import embedded_index_version, open_index_alone, open_workspace
from ingest.data_paths import DataPaths
from ingest.diagnoses import Diagnosis
from ingest.errors import DataFolderError
from ingest.full_disk import is_of_full_disk
from ingest.migrations import SCHEMA_VERSION
from ingest.store_checks import (
    DAMAGED_INDEX,
    MAKE_ROOM,
    embedded_index_fault,
    fault_of,
    journal_remedy,
    missing_index,
    schema_version,
    store_checks,
)
from nlp.errors import LexiconRefused
from search.contract import Health
from search.errors import IndexOutdated, SearchError

_PDF_START: Final = b"%PDF-1.4\n"
_LOW_SPACE_BYTES: Final = 5 * 10**9
_LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})


def local_checks(settings: Settings) -> Iterator[Diagnosis]:
    """Yield what the machine and the data folder are like."""
    paths = DataPaths(settings.data_dir.absolute())
    yield _python()
    yield _libmagic()
    yield _analysis(settings)
    yield _data_folder(paths.root)
    yield _disk_space(paths.root)
    yield _writer_lock(paths.lock)
    yield _schema(paths.journal)
    yield from store_checks(paths)
    if settings.index.backend is IndexBackend.ELASTIC:
        yield from _elastic_safety(settings)


async def index_check(settings: Settings) -> Diagnosis:
    """Return whether the index can be used now. A data folder that is not there yet has none, which is sound."""
    name = f"index ({settings.index.backend})"
    paths = DataPaths(settings.data_dir.absolute())
    is_embedded = settings.index.backend is IndexBackend.EMBEDDED
    if is_embedded and not paths.journal.exists():
        return Diagnosis(name=name, is_sound=True, detail="there is none yet; the first ingest makes it")
    if is_embedded:
        return await asyncio.to_thread(_embedded_check, paths, name)
    try:
        health = await _health(settings)
    except (DataFolderError, SearchError) as exc:
        return _unusable(name, exc, paths)
    detail = " ".join(part for part in (health.version, health.detail) if part) or "ready"
    remedy = None if health.is_ready else "See the detail; trapline rebuild makes the index anew."
    return Diagnosis(name=name, is_sound=health.is_ready, detail=detail, remedy=remedy)


def _embedded_check(paths: DataPaths, name: str) -> Diagnosis:
    """Return whether the file of the embedded index can be used; it is opened for reading alone, and none is made."""
    if not paths.index.exists():
        return missing_index(paths, name)
    fault = embedded_index_fault(paths, name)
    if fault is not None:
        return fault
    try:
        version = embedded_index_version(paths)
    except IndexOutdated as exc:
        return Diagnosis(name=name, is_sound=False, detail=str(exc), remedy=exc.remedy)
    except sqlite3.Error as exc:
        return fault_of(name, exc, paths.index, DAMAGED_INDEX)
    return Diagnosis(name=name, is_sound=True, detail=f"{version} ready")


def _unusable(name: str, error: DataFolderError | SearchError, paths: DataPaths) -> Diagnosis:
    if isinstance(error, DataFolderError):
        remedy = MAKE_ROOM if is_of_full_disk(error, paths.root) else "See the data folder first."
    elif isinstance(error, IndexOutdated):
        remedy = error.remedy
    else:
        remedy = "Start the index; segments wait for it."
    return Diagnosis(name=name, is_sound=False, detail=str(error), remedy=remedy)


async def _health(settings: Settings) -> Health:
    if not DataPaths(settings.data_dir).is_there:
        async with open_index_alone(settings) as index:
            return await index.health()
    async with open_workspace(settings) as workspace, workspace.open_index() as index:
        return await index.health()


def _python() -> Diagnosis:
    version = ".".join(str(part) for part in sys.version_info[:3])
    return Diagnosis(name="python", is_sound=sys.version_info >= (3, 11), detail=version)


def _libmagic() -> Diagnosis:
    def look() -> str:
        from parsers.identification import mime_type_of  # noqa: PLC0415  # a library that is missing is what this tells

        told = mime_type_of(_PDF_START)
        if told != "application/pdf":
            raise ValueError(told)
        return "tells files by their content"

    return _tried("libmagic", look, "Install the locked dependencies again.")


def _analysis(settings: Settings) -> Diagnosis:
    def look() -> str:
        from nlp.analysis import build_analyser  # noqa: PLC0415  # as above

        analyser = build_analyser(settings.nlp.lexicon_dirs)
        return f"analysis {analyser.nlp_version}, lexicon {analyser.lexicon_version}"

    return _tried("analysis (spaCy)", look, "Install the locked dependencies again; check nlp.lexicon_dirs.")


def _tried(name: str, look: Callable[[], str], remedy: str) -> Diagnosis:
    try:
        return Diagnosis(name=name, is_sound=True, detail=look())
    except LexiconRefused as exc:
        return Diagnosis(
            name=name, is_sound=False, detail=str(exc), remedy="Correct the lexicon, or take its folder out."
        )
    except (ImportError, OSError, ValueError) as exc:
        return Diagnosis(name=name, is_sound=False, detail=type(exc).__name__, remedy=remedy)


def _data_folder(root: Path) -> Diagnosis:
    existing = next(folder for folder in (root, *root.parents) if folder.exists())
    is_sound = existing.is_dir() and os.access(existing, os.W_OK | os.X_OK)
    if is_sound and os.access(existing, os.R_OK) and DataPaths(root).foreign():
        remedy = "Name a new or an empty folder with --data: Trapline puts nothing beside other files."
        detail = f"{root}: a folder is there, but no data folder of Trapline"
        return Diagnosis(name="data folder", is_sound=False, detail=detail, remedy=remedy)
    state = "there" if existing == root else "not there yet; the first ingest makes it"
    return Diagnosis(
        name="data folder",
        is_sound=is_sound,
        detail=f"{root}: {state if is_sound else 'cannot be written'}",
        remedy=None if is_sound else "Name a folder that can be written: --data DIR or TRAPLINE_DATA.",
    )


def _disk_space(root: Path) -> Diagnosis:
    existing = next(folder for folder in (root, *root.parents) if folder.is_dir())
    free = shutil.disk_usage(existing).free
    return Diagnosis(
        name="disk space",
        is_sound=free >= _LOW_SPACE_BYTES,
        detail=f"{free / 1e9:,.1f} GB free",
        remedy=None if free >= _LOW_SPACE_BYTES else "Originals are copied into the data folder: make room first.",
    )


def _writer_lock(lock: Path) -> Diagnosis:
    try:
        handle = os.open(lock, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return Diagnosis(name="writer lock", is_sound=True, detail="free")
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(handle, 32, 0).decode("ascii", "replace").strip()
        return Diagnosis(name="writer lock", is_sound=True, detail=f"process {holder} is writing")
    finally:
        os.close(handle)
    return Diagnosis(name="writer lock", is_sound=True, detail="free")


def _schema(journal: Path) -> Diagnosis:
    if not journal.exists():
        return Diagnosis(name="schema version", is_sound=True, detail="no journal yet")
    try:
        version = schema_version(journal)
    except sqlite3.Error as exc:
        return fault_of("schema version", exc, journal, journal_remedy())
    is_sound = version <= SCHEMA_VERSION
    return Diagnosis(
        name="schema version",
        is_sound=is_sound,
        detail=f"{version}, this version knows {SCHEMA_VERSION}",
        remedy=None if is_sound else "Install the newer Trapline that wrote the folder.",
    )


def _elastic_safety(settings: Settings) -> Iterator[Diagnosis]:
    elastic = settings.elastic
    for url in elastic.urls:
        parts = urlsplit(url)
        is_local = parts.hostname in _LOOPBACK
        is_sound = parts.scheme == "https" or is_local
        how = (
            "encrypted"
            if parts.scheme == "https"
            else "not encrypted, on this machine"
            if is_local
            else "NOT ENCRYPTED"
        )
        yield Diagnosis(
            name="Elasticsearch connection",
            is_sound=is_sound,
            detail=f"{parts.hostname}: {how}",
            remedy=None if is_sound else "Turn on TLS in the cluster and write https:// in elastic.url.",
        )
        has_key = bool(elastic.api_key.get_secret_value() or elastic.password.get_secret_value() or parts.password)
        yield Diagnosis(
            name="Elasticsearch access",
            is_sound=has_key or is_local,
            detail="with a key or password" if has_key else "without a password",
            remedy=None if has_key or is_local else "Turn on security in the cluster; set elastic.api_key.",
        )
