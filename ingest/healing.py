"""Replaces damaged bytes of the vault by those of the same delivery that came again.

What tells that it is the same is the hash that custody took of each file, never a name or a place: a file is put in the
place of another only where the manifest of what is held states the hash of its bytes. Each replacement is one rename,
in the audit log before it is made, and the delivery is read and compared once more after it.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec

from ingest.assemble import Workspace
from ingest.copying import fault_of
from ingest.custody import Copied, Vault, present_files
from ingest.data_paths import sync_folder
from ingest.errors import DataFolderRefused
from parsers.errors import InputRefused

_READ_ONLY_FOLDER: Final = 0o500
_PART: Final = ".healing.part"
"""Beside the content, not in it: what a run that was ended leaves there is no file of the delivery."""


class Healing(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a damaged delivery of the vault.

    Attributes:
        damage: What was wrong with it.
        left: What is wrong with it still. Empty: it is as it was taken.
    """

    damage: str
    left: str


async def heal(workspace: Workspace, copied: Copied, keys: Sequence[str], place: str) -> dict[str, Healing]:
    """Compare what is held of a delivery that came again, replace what is damaged, and return that by key.

    Args:
        workspace: The data folder; the caller holds its lock.
        copied: The copy of what came, in no place yet.
        keys: Deliveries of the same content, its own first. Their bytes are links to each other: the first that is
            sound ends the look.
        place: Where it came from, as the audit log states it.

    Raises:
        DataFolderRefused: The vault cannot be written.
    """
    vault, found = workspace.vault, dict[str, Healing]()
    for key in dict.fromkeys(keys):
        if not vault.place(key).exists():
            continue
        damage = await asyncio.to_thread(vault.check, key, _uncounted)
        if not damage:
            break
        left = damage
        if wanted := await asyncio.to_thread(_replacements, vault, copied, key):
            await workspace.audit.append("heal", {"sha256": key, "damage": damage, "original_path": place})
            await asyncio.to_thread(_replace, vault, copied, key, wanted)
            left = await asyncio.to_thread(vault.check, key, _uncounted)
        found[key] = Healing(damage=damage, left=left)
    return found


def _uncounted(_count: int) -> None:
    """Take the count of bytes that are compared."""


def _replacements(vault: Vault, copied: Copied, key: str) -> list[Path]:
    """Return the files of the copy that take the place of damaged or missing ones; empty where none can."""
    try:
        held = vault.held(key)
    except InputRefused:
        return []
    lying = present_files(held.path, is_folder=held.manifest.is_folder)
    brought = present_files(copied.path, is_folder=copied.manifest.is_folder)
    hashes = {file.name: file.sha256 for file in copied.manifest.files}
    return [
        brought[file.name]
        for file in held.manifest.files
        if hashes.get(file.name) == file.sha256
        and file.name in brought
        and (file.name not in lying or fault_of(lying[file.name], file, ()))
    ]


def _replace(vault: Vault, copied: Copied, key: str, files: Sequence[Path]) -> None:
    place = vault.place(key)
    try:
        with _writable(copied, place):
            for file in files:
                target = place / file.relative_to(copied.work)
                # A folder of the vault that somebody made a link leads out of it: nothing is written there.
                if target.parent.resolve().is_relative_to(place.resolve()):
                    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                    _put(file, place / _PART, target)
    except OSError as exc:
        raise DataFolderRefused(str(place), exc.strerror or "the copy cannot be replaced") from exc


def _put(file: Path, part: Path, target: Path) -> None:
    part.unlink(missing_ok=True)
    try:
        part.hardlink_to(file)
    except OSError:
        shutil.copy2(file, part)
        with part.open("rb") as written:
            os.fsync(written.fileno())
    try:
        part.replace(target)
    except (IsADirectoryError, NotADirectoryError):
        # What lies there is no file: it stays for a person to look at, and is told.
        part.unlink()
    sync_folder(target.parent)


@contextmanager
def _writable(copied: Copied, place: Path) -> Iterator[None]:
    """Let the folders of a delivery be written to for the length of the block."""
    folders = [place / Path(folder).relative_to(copied.work) for folder, _, _ in os.walk(copied.path)]
    for folder in folders:
        if folder.is_dir() and not folder.is_symlink():
            folder.chmod(0o700)
    try:
        yield
    finally:
        for folder in reversed(folders):
            if folder.is_dir() and not folder.is_symlink():
                folder.chmod(_READ_ONLY_FOLDER)
