"""The vault: every delivery once, under its key, read-only, with a manifest of where it came from.

The key is the SHA-256 of the content, or is made of it (``ingest.delivery_keys``) where the same bytes are two
deliveries: two chats that only their names tell apart, an export that two handsets gave. The bytes are there once,
by a link, where the file system has links; both names are kept.

    vault/<first two digits>/<key>/content             the file, or the folder; companions as content-wal ...
    vault/<first two digits>/<key>/manifest.json    written before the delivery has its place
    vault/<first two digits>/<key>/sidecar-<n>.toml  the submitter's statements; the highest number holds

A delivery gets its place by one rename: it is in the vault whole or not at all. The original is opened for reading
only and never moved, renamed or deleted.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from ingest.copying import (
    CopiedFile,
    LeftOut,
    OnBytes,
    copy_file,
    copy_folder,
    copy_joined,
    fault_of,
    folder_sha256,
)
from ingest.data_paths import sync_folder, write_file
from ingest.deliveries import Found, companion_of, shown_path
from ingest.delivery_keys import delivery_key
from ingest.errors import DataFolderRefused
from ingest.segment_store.segment_file import file_sha256
from parsers.clocks import to_utc_text
from parsers.errors import InputRefused

_CONTENT: Final = "content"
_MANIFEST: Final = "manifest.json"
_SIDECAR: Final = "sidecar-{}.toml"
_BROUGHT: Final = "sidecar-brought.toml"
_SIDECAR_LIMIT_BYTES: Final = 2**20
_NO_MANIFEST: Final = "its manifest is missing or cannot be read"
EMPTY_SHA256: Final = hashlib.sha256().hexdigest()


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What the vault says of a delivery.

    Attributes:
        sha256: The key of the delivery; see ``ingest.delivery_keys``.
        received_at: When it came first.
        original_path: Where it came from first.
        files: Every file of a folder; the file and its companions else (``content`` stands for the file's name).
        left_out: What lay in a folder and was not taken.
        content_sha256: Of the file; of a folder see ``copying.CopiedFolder``. None: it is the key.
        said_by_name: What of its records its name alone says, part of the key. None: taken by a version that did not
            ask.
        device: The device that its sidecar stated, where it is part of the key; so for ``number``.
        parts: Of an archive that was split the parts as they came, in order; ``content`` is their bytes joined.
    """

    sha256: str
    name: str
    is_folder: bool
    size_bytes: int
    received_at: str
    original_path: str
    companions: tuple[str, ...]
    files: tuple[CopiedFile, ...]
    left_out: tuple[LeftOut, ...]
    content_sha256: str | None = None
    said_by_name: str | None = None
    device: str | None = None
    number: int = 1
    parts: tuple[CopiedFile, ...] = ()

    @property
    def stated_sha256(self) -> str:
        """Hash of the content, as receipts and records state it."""
        return self.content_sha256 or self.sha256


_MANIFEST_DECODER: Final = msgspec.json.Decoder(Manifest)


class Copied(msgspec.Struct, frozen=True, kw_only=True):
    """A delivery that was copied and has no place yet; its manifest has the hash of its content for a key.

    Attributes:
        work: Folder that it lies in.
        sidecar: Copy of the sidecar that came with it. None: there is none.
    """

    manifest: Manifest
    work: Path
    sidecar: Path | None

    @property
    def path(self) -> Path:
        """Of the content."""
        return self.work / _CONTENT


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """A delivery in the vault.

    Attributes:
        path: Of the content.
        stored_as: The same, relative to the data folder.
        sidecar: The sidecar that holds. None: none was brought.
        earlier_sidecars: Those that the same content came with before, oldest first.
    """

    manifest: Manifest
    path: Path
    stored_as: str
    sidecar: Path | None
    earlier_sidecars: tuple[Path, ...] = ()

    @property
    def sidecar_name(self) -> str | None:
        """Name of the sidecar that holds."""
        return self.sidecar.name if self.sidecar is not None else None


class Vault:
    """The deliveries. Calls block: they read and write whole deliveries."""

    def __init__(self, data_dir: Path, folder: Path, scratch: Path, now: Callable[[], datetime]) -> None:
        self._data_dir = data_dir
        self._folder = folder
        self._scratch = scratch
        self._now = now

    def copy(self, found: Found, on_bytes: OnBytes) -> Copied:
        """Copy a delivery; ``keep`` gives the copy its place, ``discard`` takes away what has none.

        Raises:
            InputRefused: It is empty, cannot be read, or changed while it was copied; or what is held of it is damaged.
            DataFolderRefused: The copy cannot be written.
        """
        work = self._new_folder()
        try:
            with self._refusing():
                sidecar = self._read_sidecar(found) if found.has_sidecar else None
                manifest = self._copied(found, work, on_bytes)
                manifest = self._apart_from_other_companions(manifest)
                if sidecar is not None:
                    write_file(work / _BROUGHT, sidecar, 0o400)
        except BaseException:
            _remove(work)
            raise
        return Copied(manifest=manifest, work=work, sidecar=None if sidecar is None else work / _BROUGHT)

    def discard(self, copied: Copied) -> None:
        """Take away a copy that was not kept; nothing where it was."""
        _remove(copied.work)

    def keep(self, copied: Copied, manifest: Manifest, same_bytes: Sequence[str] = ()) -> Held:
        """Give a copy its place; what is held already is kept as it is, and its sidecar is added.

        Args:
            copied: The copy.
            manifest: What is said of it, under its key.
            same_bytes: Keys of deliveries with the same content, whose bytes serve for both.

        Raises:
            InputRefused: What is held of it is damaged.
            DataFolderRefused: It cannot be written.
        """
        place = self.place(manifest.sha256)
        with self._refusing():
            sidecar = copied.sidecar.read_bytes() if copied.sidecar is not None else None
            if copied.sidecar is not None:
                copied.sidecar.unlink()
            if not place.exists():
                self._share_bytes(copied, same_bytes)
                write_file(copied.work / _MANIFEST, msgspec.json.encode(manifest), 0o400)
                place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                sync_folder(self._folder)
                copied.work.rename(place)
                sync_folder(place.parent)
            if sidecar is not None:
                self._add_sidecar(place, sidecar)
        return self.held(manifest.sha256)

    def place(self, sha256: str) -> Path:
        """Return where a delivery has its place, whether or not it is there."""
        return self._folder / sha256[:2] / sha256

    def held(self, sha256: str) -> Held:
        """Return a delivery of the vault.

        Raises:
            InputRefused: It is not there, or not as it was taken.
        """
        place = self.place(sha256)
        try:
            manifest = _MANIFEST_DECODER.decode((place / _MANIFEST).read_bytes())
        except (OSError, msgspec.DecodeError) as exc:
            raise InputRefused("vault_damaged", _NO_MANIFEST) from exc
        sidecars = self._sidecars(place)
        content = place / _CONTENT
        return Held(
            manifest=manifest,
            path=content,
            stored_as=content.relative_to(self._data_dir).as_posix(),
            sidecar=sidecars[-1] if sidecars else None,
            earlier_sidecars=tuple(sidecars[:-1]),
        )

    def held_sound(self, sha256: str) -> Held:
        """Return a delivery of the vault after it was read and compared with its manifest.

        Raises:
            InputRefused: It is not there, or not as it was taken.
        """
        damage = self.check(sha256, lambda _count: None)
        if damage:
            raise InputRefused("vault_damaged", damage)
        return self.held(sha256)

    def hashes(self) -> Iterator[str]:
        """Yield the SHA-256 of every delivery, in order."""
        for place in sorted(self._folder.glob("??/*")):
            yield place.name

    def check(self, sha256: str, on_bytes: OnBytes) -> str:
        """Read a delivery and compare it with its manifest; returns what is wrong, empty where nothing is."""
        try:
            held = self.held(sha256)
        except InputRefused:
            return _NO_MANIFEST
        manifest = held.manifest
        present = present_files(held.path, is_folder=manifest.is_folder)
        lines: list[bytes] = []
        for file in manifest.files:
            path = present.pop(file.name, None)
            if path is None:
                return f"{file.name} is missing"
            if fault := fault_of(path, file, manifest.parts):
                return fault
            on_bytes(file.size_bytes)
            lines.append(os.fsencode(path.relative_to(held.path if manifest.is_folder else held.path.parent)))
            lines[-1] += b"\0" + file.sha256.encode("ascii")
        if present:
            return f"{min(present)} was added"
        hashes = {folder_sha256(lines)} | ({manifest.files[0].sha256} if not manifest.is_folder else set())
        is_named_so = manifest.sha256 == sha256 == key_of(manifest) and manifest.stated_sha256 in hashes
        return "" if is_named_so else "its manifest does not match its name"

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        try:
            yield
        except OSError as exc:
            raise DataFolderRefused(str(self._data_dir), exc.strerror or "the copy cannot be written") from exc

    def _share_bytes(self, copied: Copied, same_bytes: Sequence[str]) -> None:
        """Put a link to the same bytes in place of a copied file, if they are sound and the file system has links."""
        if copied.manifest.is_folder:
            return
        part = copied.path.with_name(f"{_CONTENT}.part")
        for sha256 in same_bytes:
            other = self.place(sha256) / _CONTENT
            # The copy is at hand, and right: a link to bytes that were harmed would lose it.
            if other.is_file() and file_sha256(other) == copied.manifest.files[0].sha256:
                with suppress(OSError):
                    part.hardlink_to(other)
                    part.replace(copied.path)
                    return

    def _copied(self, found: Found, work: Path, on_bytes: OnBytes) -> Manifest:
        source, content = found.path, work / _CONTENT
        left_out: tuple[LeftOut, ...] = ()
        parts: tuple[CopiedFile, ...] = ()
        if found.is_folder:
            folder = copy_folder(source, content, on_bytes)
            files, left_out, sha256, size = folder.files, folder.left_out, folder.sha256, folder.size_bytes
        elif found.raw_parts:
            main, parts = copy_joined(found.part_paths, content, on_bytes)
            files, sha256, size = (main,), main.sha256, main.size_bytes
        else:
            main = copy_file(source, content, on_bytes)
            others = [self._companion(source, content, suffix, on_bytes) for suffix in found.companions]
            files = (msgspec.structs.replace(main, name=_CONTENT), *others)
            sha256, size = main.sha256, main.size_bytes
        if not files or (size == 0 and not found.is_folder):
            raise InputRefused("input_empty")
        return Manifest(
            sha256=sha256,
            name=shown_path(Path(source.name)),
            is_folder=found.is_folder,
            size_bytes=size,
            received_at=to_utc_text(self._now()),
            original_path=shown_path(source),
            companions=found.companions,
            files=tuple(files),
            left_out=left_out,
            parts=parts,
        )

    def _companion(self, source: Path, content: Path, suffix: str, on_bytes: OnBytes) -> CopiedFile:
        target = content.with_name(_CONTENT + suffix)
        copied = copy_file(companion_of(source, suffix), target, on_bytes)
        return msgspec.structs.replace(copied, name=target.name)

    def _apart_from_other_companions(self, manifest: Manifest) -> Manifest:
        """Return the manifest under another hash where the same SQLite file is held with other companions.

        Rows that are only in a ``-wal`` are another content, although the main file is the same.
        """
        if manifest.is_folder or not self.place(manifest.sha256).exists():
            return manifest
        held = self.held(manifest.sha256).manifest
        if _companion_hashes(held) == _companion_hashes(manifest):
            return manifest
        combined = folder_sha256([f"{file.name}\0{file.sha256}".encode("ascii") for file in manifest.files])
        return msgspec.structs.replace(manifest, sha256=combined)

    def _read_sidecar(self, found: Found) -> bytes:
        path = found.sidecar_path
        try:
            about = path.lstat()
            if not stat.S_ISREG(about.st_mode) or about.st_size > _SIDECAR_LIMIT_BYTES:
                raise InputRefused("sidecar_refused", "it is no file, or larger than a sidecar can be")
            return path.read_bytes()
        except OSError as exc:
            raise InputRefused("sidecar_refused", exc.strerror) from exc

    def _add_sidecar(self, place: Path, content: bytes) -> None:
        held = self._sidecars(place)
        if not held or held[-1].read_bytes() != content:
            write_file(place / _SIDECAR.format(len(held) + 1), content, 0o400)

    def _sidecars(self, place: Path) -> list[Path]:
        paths = (place / _SIDECAR.format(number) for number in range(1, 10_000))
        found = []
        for path in paths:
            if not path.exists():
                break
            found.append(path)
        return found

    def _new_folder(self) -> Path:
        self._scratch.mkdir(mode=0o700, exist_ok=True)
        number = sum(1 for _ in self._scratch.iterdir())
        while True:
            work = self._scratch / f"custody-{number}"
            try:
                work.mkdir(mode=0o700)
            except FileExistsError:
                number += 1
            else:
                return work


def key_of(manifest: Manifest) -> str:
    """Return the key that a delivery has by what its manifest says of it."""
    if manifest.content_sha256 is None:
        return manifest.sha256
    return delivery_key(manifest.content_sha256, manifest.said_by_name or "", manifest.device, manifest.number)


def _companion_hashes(manifest: Manifest) -> dict[str, str]:
    # SQLite rebuilds -shm from -wal; it tells nothing of the content.
    return {file.name: file.sha256 for file in manifest.files if file.name not in {_CONTENT, f"{_CONTENT}-shm"}}


def present_files(content: Path, *, is_folder: bool) -> dict[str, Path]:
    """Return what lies in a delivery, by the name that its manifest has for it."""
    if is_folder:
        found = (path for path in content.rglob("*") if path.is_symlink() or not path.is_dir())
        return {shown_path(path.relative_to(content)): path for path in found}
    return {path.name: path for path in content.parent.glob(f"{_CONTENT}*")}


def _remove(folder: Path) -> None:
    if not folder.exists():
        return
    for path in (folder, *folder.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o700)
    shutil.rmtree(folder)
