"""The list of a backup's files: what each hashed name is on the handset.

A file lies under the SHA-1 of its domain and path, in a folder of the first two digits (before iOS 10: at the top).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec

from parsers.contract import Limits
from parsers.errors import InputRefused
from parsers.members.sources import MemberSource
from parsers.records.notices import Notice
from parsers.sqlite_database import EvidenceDatabase
from parsers.sqlite_guard import open_database

MANIFEST, OLD_MANIFEST = "Manifest.db", "Manifest.mbdb"
_FILE, _FOLDER = 1, 2
_MOST_FILES: Final = 5_000_000
_NO_DOMAIN: Final = "no domain"
_UNLISTED: Final = "files under hashed names"
_BESIDE: Final = "files beside the backup's own"
_MOST_NAMED: Final = 20
_OWN: Final = frozenset(
    {MANIFEST, f"{MANIFEST}-wal", f"{MANIFEST}-shm", OLD_MANIFEST, "Info.plist", "Manifest.plist", "Status.plist"}
)
_WAL: Final = "-wal"

_KNOWN_PATHS: Final = (
    ("HomeDomain", "Library/SMS/sms.db"),
    ("HomeDomain", "Library/CallHistoryDB/CallHistory.storedata"),
    ("WirelessDomain", "Library/CallHistory/call_history.db"),
    ("HomeDomain", "Library/AddressBook/AddressBook.sqlitedb"),
    ("AppDomainGroup-group.net.whatsapp.WhatsApp.shared", "ChatStorage.sqlite"),
    ("AppDomainGroup-group.net.whatsapp.WhatsApp.shared", "ContactsV2.sqlite"),
    ("AppDomainGroup-group.net.whatsapp.WhatsApp.shared", "CallHistory.sqlite"),
    ("WirelessDomain", "Library/Preferences/com.apple.commcenter.plist"),
    ("WirelessDomain", "Library/Preferences/com.apple.commcenter.device_specific_nobackup.plist"),
)


class StoredFile(msgspec.Struct, frozen=True):
    """A file of the backup: the member that holds it, and its domain and path on the handset."""

    member: str
    domain: str
    path: str

    @property
    def name(self) -> str:
        """Its own name on the handset."""
        return self.path.rpartition("/")[2]


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """What the list says.

    Attributes:
        files: The files that were asked for.
        missing: Those of them that are not in the delivery, by their paths on the handset.
        other_counts: Domain to the number of its other files.
        beside: Files that are none of the backup's own, up to a bound; those beyond it are in ``other_counts``.
        absent_count: Other files that the list names and the delivery lacks.
        notices: What was wrong with the list.
    """

    files: tuple[StoredFile, ...]
    missing: tuple[str, ...]
    other_counts: dict[str, int]
    beside: tuple[str, ...] = ()
    absent_count: int = 0
    notices: tuple[Notice, ...] = ()


def hashed_name(domain: str, path: str) -> str:
    """Return the name under which a backup keeps a file."""
    return hashlib.sha1(f"{domain}-{path}".encode(), usedforsecurity=False).hexdigest()


KNOWN_NAMES: Final = frozenset(hashed_name(domain, path) for domain, path in _KNOWN_PATHS)
"""The hashed names of the files that are read."""


def read_listing(
    source: MemberSource,
    prefix: str,
    is_wanted: Callable[[str], bool],
    scratch_dir: Path,
    limits: Limits,
    *,
    may_be_encrypted: bool,
) -> Listing:
    """Read the list of a backup.

    Args:
        source: The delivery.
        prefix: Folder of the backup in it, with its ``/``; ``""`` at the top.
        is_wanted: Whether a file is asked for, by its path on the handset.
        scratch_dir: Where a copy of the list is made.
        limits: Bounds on hostile input.
        may_be_encrypted: Whether a list that is no database may be an encrypted one; else it is damaged.

    Raises:
        InputRefused: The list is encrypted.
    """
    left = _Unlisted(source, prefix)
    if not source.has(prefix + MANIFEST):
        is_old = source.has(prefix + OLD_MANIFEST)
        return left.listing([], [], Counter(), is_wanted, () if is_old else (_LACKS_LIST,))

    damages: list[Notice] = []

    def copy(suffix: str, target: Path) -> bool:
        name = f"{prefix}{MANIFEST}{suffix}"
        if not source.has(name):
            return False
        damage = source.copy(name, target)
        if damage is not None:
            damages.append(Notice(code=damage, subject=MANIFEST, ends_reading=damage != "checksum_wrong"))
        return True

    try:
        with open_database(copy, scratch_dir, limits) as database:
            found = _listed(database, left, is_wanted)
            return msgspec.structs.replace(found, notices=(*damages, *found.notices))
    except InputRefused as refused:
        if refused.code != "format_unknown":
            raise
        if may_be_encrypted:
            raise InputRefused(
                "backup_encrypted", "a Finder or iTunes backup whose list of files is encrypted"
            ) from None
        return left.listing([], [], Counter(), is_wanted, (*damages, _NO_LIST))


_LACKS_LIST: Final = Notice(code="member_missing", subject=MANIFEST)
_NO_LIST: Final = Notice(code="input_malformed", subject=MANIFEST, ends_reading=True)


class _Unlisted:
    """The files of a backup that its list has not named so far."""

    def __init__(self, source: MemberSource, prefix: str) -> None:
        below = [name.removeprefix(prefix) for name in source.names if name.startswith(prefix)]
        # Of a file that lies in its folder and at the top, the one in the folder.
        names = sorted((name for name in below if is_hashed(name)), key=lambda name: "/" in name)
        self._members = {name.rpartition("/")[2].lower(): f"{prefix}{name}" for name in names}
        self._hashed = set(self._members)
        self._beside = [name for name in source.names if not _is_own(name, prefix)]

    def take(self, file_id: str) -> str | None:
        """Return the member that lies under a hash. None: there is none."""
        self._hashed.discard(file_id.lower())
        return self._members.get(file_id.lower())

    def listing(
        self,
        files: list[StoredFile],
        missing: list[str],
        others: Counter[str],
        is_wanted: Callable[[str], bool],
        notices: tuple[Notice, ...],
    ) -> Listing:
        """Return what the list says, and what it does not: known files lie under the hashes of their paths."""
        for domain, path in ((domain, f"{path}{suffix}") for domain, path in _KNOWN_PATHS for suffix in ("", _WAL)):
            name = hashed_name(domain, path)
            if name in self._hashed and is_wanted(path) and (member := self.take(name)) is not None:
                files.append(StoredFile(member, domain, path))
        others[_UNLISTED] += len(self._hashed)
        others[_BESIDE] += len(self._beside[_MOST_NAMED:])
        return Listing(
            files=tuple(files),
            missing=tuple(missing),
            other_counts=dict(+others),
            beside=tuple(self._beside[:_MOST_NAMED]),
            notices=notices,
        )


def _listed(database: EvidenceDatabase, left: _Unlisted, is_wanted: Callable[[str], bool]) -> Listing:
    if "files" not in database.tables:
        return left.listing([], [], Counter(), is_wanted, (*database.notices(None, MANIFEST), _NO_LIST))
    files: list[StoredFile] = []
    missing: list[str] = []
    others: Counter[str] = Counter()
    absent = 0
    for row in database.rows("Files", ("fileID", "domain", "relativePath", "flags")):
        if row.whole("flags") == _FOLDER:
            continue
        domain, path, file_id = row.text("domain") or _NO_DOMAIN, row.text("relativePath") or "", row.word("fileID")
        member = left.take(file_id) if file_id is not None else None
        if not is_wanted(path) and member is None:
            absent += 1
        elif not is_wanted(path) or file_id is None:
            others[domain if domain in others or len(others) < 1_000 else "further domains"] += 1
        elif member is None:
            missing.append(path)
        elif len(files) < _MOST_FILES:
            files.append(StoredFile(member, domain, path))
    lost = database.unreadable_rows.total()
    notices = [Notice(code="element_unreadable", subject="Files", count=lost)] if lost else []
    found = left.listing(files, missing, others, is_wanted, (*notices, *database.notices(None, MANIFEST)))
    return msgspec.structs.replace(found, absent_count=absent)


def is_of_backup(name: str) -> bool:
    """Whether a file is one that the tool writes, by its place in the folder of the backup."""
    return name in _OWN or is_hashed(name)


def _is_own(name: str, prefix: str) -> bool:
    return name.startswith(prefix) and is_of_backup(name.removeprefix(prefix))


def is_hashed(name: str) -> bool:
    """Whether a file lies under a hash, in the folder of its first two digits or at the top, in letters of any case."""
    folder, _, last = name.lower().rpartition("/")
    is_hash = len(last) == 40 and all(digit in "0123456789abcdef" for digit in last)
    return is_hash and folder in {"", last[:2]}
