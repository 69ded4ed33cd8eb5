"""A backup is a checked copy of what cannot be made anew: vault, segments, journal, decisions, audit.

A folder, or an uncompressed tar file, with a manifest of hashes. It is written under a temporary name beside its
place, read again and compared, and only then given its name. The index, its mirror and the analysis cache are left
out: one command makes them anew.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import shutil
import tarfile
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import quote_from_bytes, unquote_to_bytes

import msgspec

from ingest.assemble import Workspace
from ingest.command_errors import FileMissing
from ingest.data_paths import DataPaths, sync_folder, write_file
from ingest.deliveries import absolute_place
from ingest.errors import BackupRefused
from ingest.outcomes import BackupManifest
from ingest.progress import OnProgress, Progress, from_thread, no_progress
from ingest.segment_store.segment_file import file_sha256
from ingest.verification import stored_checks
from parsers.clocks import to_utc_text
from parsers.errors import is_out_of_room

_CHUNK_BYTES: Final = 2**20
_MANIFEST: Final = "backup-manifest.json"
_MANIFEST_DECODER: Final = msgspec.json.Decoder(BackupManifest)
_JOURNAL: Final = "journal.sqlite"
_DAMAGED: Final = "It is damaged, and nothing was laid down: take another backup"
_FOLDERS: Final = ("vault", "segments", "quarantine")
_FILES: Final = ("audit.jsonl", "audit.jsonl.head", "decisions.jsonl", "decisions.jsonl.head")


async def back_up(workspace: Workspace, target: Path, *, on_progress: OnProgress = no_progress) -> BackupManifest:
    """Copy vault, journal, segments, decisions and audit to a new folder, or to a new ``.tar`` file; check the copy.

    What does not match the checksums that custody took, or is missing, is copied as it is, for it may be all there is,
    and named in the manifest (``faults``).

    Raises:
        BackupRefused: The target exists, or lies in the data folder, or cannot be written.
    """
    target = absolute_place(target)
    if await asyncio.to_thread(os.path.lexists, target):
        raise BackupRefused(str(target), "it exists already: name a new place")
    if workspace.data_dir in (target, *target.parents):
        raise BackupRefused(str(target), "it lies in the data folder: name a place on another medium")
    await workspace.audit.append("backup", {"target": str(target)})
    async with workspace.writing():
        checks = [check async for check in stored_checks(workspace, on_progress)]
        faults = tuple(f"{check.name} {check.subject}: {check.detail}" for check in checks if not check.is_sound)
        try:
            return await asyncio.to_thread(_written, workspace, target, faults, from_thread(on_progress))
        except OSError as exc:
            raise BackupRefused(str(target), exc.strerror or "it cannot be written") from exc


async def restore(source: Path, data_dir: Path, *, on_progress: OnProgress = no_progress) -> BackupManifest:
    """Lay a backup into a new data folder after checking every hash; ``rebuild`` makes the index.

    Raises:
        BackupRefused: A hash differs, it is no backup, or the data folder is not empty.
        FileMissing: There is nothing at the place.
    """
    if not await asyncio.to_thread(source.exists):
        raise FileMissing(str(source))
    data_dir = absolute_place(data_dir)
    if data_dir.exists() and (not data_dir.is_dir() or any(data_dir.iterdir())):
        raise BackupRefused(str(data_dir), "it is not empty: restore into a new data folder")
    try:
        return await asyncio.to_thread(_restored, source, data_dir, from_thread(on_progress))
    except OSError as exc:
        place = data_dir if is_out_of_room(exc) else source
        raise BackupRefused(str(place), exc.strerror or "it cannot be read") from exc


def _written(workspace: Workspace, target: Path, faults: tuple[str, ...], on_progress: OnProgress) -> BackupManifest:
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    _remove(part)
    folder = part if target.suffix != ".tar" else workspace.paths.scratch / "backup"
    folder.mkdir(mode=0o700)
    try:
        journal = workspace.paths.scratch / _JOURNAL
        journal.unlink(missing_ok=True)
        workspace.journal.copy_to(journal)
        sources = {_JOURNAL: journal, **dict(_sources(workspace.paths))}
        manifest = BackupManifest(
            created_at=to_utc_text(workspace.now()),
            software_version=version("trapline"),
            schema_version=workspace.journal.schema_version,
            files={name: file_sha256(path) for name, path in sorted(sources.items())},
            faults=faults,
        )
        if target.suffix == ".tar":
            _write_tar(part, sources, manifest, on_progress)
            _check_tar(part, manifest)
        else:
            _copy_all(sources, folder, on_progress)
            _check_folder(folder, manifest)
            write_file(folder / _MANIFEST, msgspec.json.encode(manifest))
        part.rename(target)
        sync_folder(target.parent)
    finally:
        _remove(part)
        _remove(folder)
    return manifest


def _sources(paths: DataPaths) -> Iterator[tuple[str, Path]]:
    for name in _FILES:
        if (path := paths.root / name).exists():
            yield name, path
    for name in _FOLDERS:
        for path in sorted((paths.root / name).rglob("*")):
            relative = path.relative_to(paths.root)
            if path.is_file() and not path.is_symlink() and not _is_unfinished(relative):
                yield _name_of(relative), path


def _is_unfinished(relative: Path) -> bool:
    """Whether a file is one of ours that was never whole. What a delivery in the vault is called is its own affair."""
    is_ours = "content" not in relative.parts[:-1]
    return is_ours and relative.name.startswith(".") and relative.name.endswith(".part")


def _copy_all(sources: Mapping[str, Path], folder: Path, on_progress: OnProgress) -> None:
    for done, (name, path) in enumerate(sorted(sources.items()), 1):
        place = folder / _path_of(name)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copyfile(path, place)
        place.chmod(path.stat().st_mode & 0o777)
        with place.open("rb") as file:
            os.fsync(file.fileno())
        on_progress(Progress(delivery="backup", step="copy", done=done, total=len(sources), unit="files"))


def _write_tar(target: Path, sources: Mapping[str, Path], manifest: BackupManifest, on_progress: OnProgress) -> None:
    listed = target.with_name(f"{target.name}.manifest")
    write_file(listed, msgspec.json.encode(manifest))
    try:
        with tarfile.open(target, "x", format=tarfile.PAX_FORMAT) as archive:
            # First, so that a restore knows what to expect before it writes anything.
            archive.add(listed, _MANIFEST, recursive=False)
            for done, (name, path) in enumerate(sorted(sources.items()), 1):
                archive.add(path, name, recursive=False)
                on_progress(Progress(delivery="backup", step="copy", done=done, total=len(sources), unit="files"))
    finally:
        listed.unlink()
    with target.open("rb") as file:
        os.fsync(file.fileno())


def _check_laid(part: Path, manifest: BackupManifest, source: Path) -> None:
    """Check what was laid down; what differs is the backup's, whose place the user knows."""
    try:
        _check_folder(part, manifest)
    except BackupRefused as exc:
        raise BackupRefused(str(source), f"{exc.detail}. {_DAMAGED}") from exc


def _check_folder(folder: Path, manifest: BackupManifest) -> None:
    for name, sha256 in manifest.files.items():
        path = folder / _path_of(name)
        if not path.is_file() or path.is_symlink() or file_sha256(path) != sha256:
            raise BackupRefused(str(folder), f"{name} does not match its hash")


def _check_tar(path: Path, manifest: BackupManifest) -> None:
    with tarfile.open(path, "r:") as archive:
        members = _members_of(archive)
        for name, sha256 in manifest.files.items():
            if name not in members or _member_sha256(archive, members[name]) != sha256:
                raise BackupRefused(str(path), f"{name} does not match its hash")


def _members_of(archive: tarfile.TarFile) -> dict[str, tarfile.TarInfo]:
    """Return the members by name; an archive that is asked by name looks through all of them each time."""
    return {member.name: member for member in archive.getmembers()}


def _member_sha256(archive: tarfile.TarFile, member: tarfile.TarInfo) -> str | None:
    file = archive.extractfile(member)
    if file is None:
        return None
    digest = hashlib.sha256()
    while chunk := file.read(_CHUNK_BYTES):
        digest.update(chunk)
    return digest.hexdigest()


def _restored(source: Path, data_dir: Path, on_progress: OnProgress) -> BackupManifest:
    part = data_dir.with_name(f".{data_dir.name}.part")
    _remove(part)
    part.mkdir(mode=0o700, parents=True)
    try:
        manifest = _unpacked(source, part, on_progress) if source.is_file() else _taken_over(source, part, on_progress)
        _check_laid(part, manifest, source)
        for path in part.rglob("*"):
            if path.is_dir() and "content" in path.relative_to(part).parts:
                path.chmod(0o500)
        if data_dir.exists():
            data_dir.rmdir()
        part.rename(data_dir)
        sync_folder(data_dir.parent)
    finally:
        _remove(part)
    return manifest


def _taken_over(source: Path, part: Path, on_progress: OnProgress) -> BackupManifest:
    try:
        content = (source / _MANIFEST).read_bytes()
    except (FileNotFoundError, NotADirectoryError) as exc:
        detail = f"it is no backup of a data folder: {_MANIFEST} is not in it. Name what trapline backup wrote"
        raise BackupRefused(str(source), detail) from exc
    manifest = _manifest_of(content, source)
    _copy_all({name: source / _path_of(name) for name in manifest.files}, part, on_progress)
    return manifest


def _unpacked(source: Path, part: Path, on_progress: OnProgress) -> BackupManifest:
    try:
        with tarfile.open(source, "r:") as archive:
            listed = archive.extractfile(_MANIFEST)
            manifest = _manifest_of(b"" if listed is None else listed.read(), source)
            members = _members_of(archive)
            for done, name in enumerate(sorted(manifest.files), 1):
                file = archive.extractfile(members[name])
                if file is None:
                    raise BackupRefused(str(source), f"{name} is no file")
                place = part / _path_of(name)
                place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                with place.open("xb") as copy:
                    shutil.copyfileobj(file, copy)
                    copy.flush()
                    os.fsync(copy.fileno())
                place.chmod(members[name].mode & 0o777)
                total = len(manifest.files)
                on_progress(Progress(delivery="backup", step="copy", done=done, total=total, unit="files"))
    except (tarfile.TarError, KeyError) as exc:
        raise BackupRefused(str(source), f"it is no whole backup of a data folder. {_DAMAGED}") from exc
    return manifest


def _manifest_of(content: bytes, source: Path) -> BackupManifest:
    try:
        manifest = _MANIFEST_DECODER.decode(content)
    except msgspec.DecodeError as exc:
        raise BackupRefused(str(source), "it is no backup of a data folder") from exc
    for name in manifest.files:
        parts = _path_of(name).parts
        # A manifest that was tampered with must not write outside the new data folder.
        if not parts or parts[0] == "/" or ".." in parts:
            raise BackupRefused(str(source), "its manifest names a file outside the data folder")
    return manifest


def _name_of(relative: Path) -> str:
    """Return the name that a backup has for a file: percent-encoded, for names in a vault may be in any encoding."""
    return quote_from_bytes(os.fsencode(relative), safe="/ !()+,;=@[]")


def _path_of(name: str) -> PurePosixPath:
    return PurePosixPath(os.fsdecode(unquote_to_bytes(name)))


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        for folder, _, _ in os.walk(path):
            Path(folder).chmod(0o700)
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
