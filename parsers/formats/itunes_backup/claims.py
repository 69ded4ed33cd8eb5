"""Tells a Finder or iTunes backup by the names in it, unpacked or in a zip."""

from __future__ import annotations

from typing import Final

from parsers.contract import Claim, Head
from parsers.formats.itunes_backup.manifest import MANIFEST, OLD_MANIFEST, is_hashed

_BESIDE: Final = ("Info.plist", "Manifest.plist", "Status.plist")
_SNAPSHOT: Final = "Snapshot/"
_LOOKED_AT: Final = 5_000


def backup_prefix(names: tuple[str, ...], *, is_folder: bool) -> str | None:
    """Return the folder of the one backup in a delivery, with its ``/``; None where there is none, or several.

    A folder is a backup only itself; in a zip the backup may lie any number of folders down: the tool makes two, and
    whoever packs it may add his own.
    """
    present = set(names)
    found = []
    for name in names:
        folder, slash, last = name.rpartition("/")
        prefix = folder + slash
        if last in (MANIFEST, OLD_MANIFEST) and any(prefix + each in present for each in _BESIDE):
            found.append(prefix)
    # A backup that was broken off keeps the lists of the one before in a folder of its own.
    snapshots = {f"{prefix}{_SNAPSHOT}" for prefix in found}
    prefixes = set(found) - snapshots
    if len(prefixes) != 1:
        return None
    (prefix,) = prefixes
    return prefix if prefix == "" or not is_folder else None


def claim_on(head: Head) -> Claim | None:
    """Return the claim of this format on a delivery."""
    if not head.members:
        return None
    prefix = backup_prefix(head.members, is_folder=head.is_folder)
    if prefix is None:
        return None
    below = [name.removeprefix(prefix) for name in head.members[:_LOOKED_AT] if name.startswith(prefix)]
    if not any(is_hashed(name) for name in below) and not any(prefix + each in head.members for each in _BESIDE[:2]):
        return None
    is_whole = all(name.startswith(prefix) for name in head.members)
    return Claim(score=92, reason=f"{MANIFEST} or its older form, with files under hashed names", is_whole=is_whole)
