"""The list of a backup's files: what each hashed name is on the handset.

A file lies under the SHA-1 of its domain and path, in a folder of the first two digits (before iOS 10: at the top).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
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

_KNOWN_PATHS: Final = (
    ("HomeDomain", "Library/SMS/sms.db"),
    ("HomeDomain", "Library/CallHistoryDB/CallHistory.storedata"),
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
        notices: What was wrong with the list.
    """

    files: tuple[StoredFile, ...]
    missing: tuple[str, ...]
    other_counts: dict[str, int]
    notices: tuple[Notice, ...] = ()


def hashed_name(domain: str, path: str) -> str:
    """Return the name under which a backup keeps a file."""
    return hashlib.sha1(f"{domain}-{path}".encode(), usedforsecurity=False).hexdigest()


def read_listing(
    source: MemberSource, prefix: str, is_wanted: Callable[[str], bool], scratch_dir: Path, limits: Limits
) -> Listing:
    """Read the list of a backup.

    Args:
        source: The delivery.
        prefix: Folder of the backup in it, with its ``/``; ``""`` at the top.
        is_wanted: Whether a file is asked for, by its path on the handset.
        scratch_dir: Where a copy of the list is made.
        limits: Bounds on hostile input.

    Raises:
        InputRefused: The list is encrypted, or no list.
    """
    if not source.has(prefix + MANIFEST):
        return _known_files(source, prefix, is_wanted)

    def copy(suffix: str, target: Path) -> bool:
        name = f"{prefix}{MANIFEST}{suffix}"
        return source.has(name) and source.copy(name, target) is None

    try:
        with open_database(copy, scratch_dir, limits) as database:
            return _listed(database, source, prefix, is_wanted)
    except InputRefused as refused:
        if refused.code == "format_unknown" and refused.subject == "no SQLite database":
            raise InputRefused(
                "backup_encrypted", "a Finder or iTunes backup whose list of files is encrypted"
            ) from None
        raise


def _listed(database: EvidenceDatabase, source: MemberSource, prefix: str, is_wanted: Callable[[str], bool]) -> Listing:
    if "files" not in database.tables:
        raise InputRefused("format_unknown", "a Manifest.db without a list of files")
    files: list[StoredFile] = []
    missing: list[str] = []
    others: Counter[str] = Counter()
    for row in database.rows("Files", ("fileID", "domain", "relativePath", "flags")):
        if row.whole("flags") == _FOLDER:
            continue
        domain, path, file_id = row.text("domain") or _NO_DOMAIN, row.text("relativePath") or "", row.word("fileID")
        if not is_wanted(path) or file_id is None:
            others[domain if domain in others or len(others) < 1_000 else "further domains"] += 1
            continue
        member = _place_of(source, prefix, file_id)
        if member is None:
            missing.append(path)
        elif len(files) < _MOST_FILES:
            files.append(StoredFile(member, domain, path))
    return Listing(
        files=tuple(files),
        missing=tuple(missing),
        other_counts=dict(others),
        notices=tuple(database.notices(None, MANIFEST)),
    )


def _known_files(source: MemberSource, prefix: str, is_wanted: Callable[[str], bool]) -> Listing:
    """Return the files that lie under the hashes of known paths; for a backup whose list is of the older form."""
    files = [
        StoredFile(member, domain, path)
        for domain, path in _KNOWN_PATHS
        if is_wanted(path) and (member := _place_of(source, prefix, hashed_name(domain, path))) is not None
    ]
    taken = {file.member for file in files}
    hashed = sum(1 for name in _below(source, prefix) if is_hashed(name) and prefix + name not in taken)
    return Listing(files=tuple(files), missing=(), other_counts={"files under hashed names": hashed} if hashed else {})


def is_hashed(name: str) -> bool:
    """Whether a file lies under a hash, in the folder of its first two digits or at the top."""
    folder, _, last = name.rpartition("/")
    is_hash = len(last) == 40 and all(digit in "0123456789abcdef" for digit in last)
    return is_hash and folder in {"", last[:2]}


def _place_of(source: MemberSource, prefix: str, file_id: str) -> str | None:
    for member in (f"{prefix}{file_id[:2]}/{file_id}", f"{prefix}{file_id}"):
        if source.has(member):
            return member
    return None


def _below(source: MemberSource, prefix: str) -> Iterator[str]:
    for name in source.names:
        if name.startswith(prefix):
            yield name.removeprefix(prefix)
