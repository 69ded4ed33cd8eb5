"""Tells a Finder or iTunes backup by the names in it, unpacked or in a zip."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from parsers.contract import Claim, Head
from parsers.formats.itunes_backup.manifest import KNOWN_NAMES, MANIFEST, OLD_MANIFEST, is_hashed, is_of_backup
from parsers.members.told_fronts import AMONG_DELIVERIES, deliveries_beside, own_among_deliveries

_BESIDE: Final = ("Info.plist", "Manifest.plist", "Status.plist")
_SNAPSHOT: Final = "Snapshot/"
_LOOKED_AT: Final = 5_000
_LIKELY: Final = 92


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
    found += _without_list(names, present)
    # A backup that was broken off keeps the lists of the one before in a folder of its own.
    snapshots = {f"{prefix}{_SNAPSHOT}" for prefix in found}
    prefixes = set(found) - snapshots
    if len(prefixes) != 1:
        return None
    (prefix,) = prefixes
    return prefix if prefix == "" or not is_folder else None


def _without_list(names: tuple[str, ...], present: set[str]) -> list[str]:
    """Return the folders of backups that lack their list of files: two property lists beside files that are known."""
    tops = [name.removesuffix(_BESIDE[0]) for name in names if name.rpartition("/")[2] == _BESIDE[0]]
    tops = [prefix for prefix in tops if prefix + _BESIDE[1] in present]
    return [
        prefix
        for prefix in tops
        if any(f"{prefix}{folder}{name}" in present for name in KNOWN_NAMES for folder in ("", f"{name[:2]}/"))
    ]


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
    has_others = bool(deliveries_beside(head, _own_test(prefix)))
    is_whole = not has_others and all(name.startswith(prefix) for name in head.members)
    score = AMONG_DELIVERIES if has_others else _LIKELY
    return Claim(score=score, reason=f"{MANIFEST} or its older form, with files under hashed names", is_whole=is_whole)


def own_members(head: Head) -> tuple[str, ...]:
    """Return the files of the backup that a folder is, where deliveries were put beside it. Empty: none were."""
    prefix = backup_prefix(head.members, is_folder=True) if head.is_folder else None
    return () if prefix is None else own_among_deliveries(head, _own_test(prefix))


def _own_test(prefix: str) -> Callable[[str], bool]:
    """Return what tells whether a file is the backup's own, or lies outside of it."""

    def is_own(name: str) -> bool:
        below = name.removeprefix(prefix)
        return not name.startswith(prefix) or is_of_backup(below) or below.startswith(_SNAPSHOT)

    return is_own


def is_kept_beside(path: str) -> bool:
    """Whether a file is the backup's own, or one of a backup before it."""
    *folders, name = path.split("/")
    return is_of_backup(name) or _SNAPSHOT.rstrip("/") in folders
