"""Android: the backup that ``adb backup`` writes (.ab). See README.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from parsers.contract import Claim, Delivery, Head, ReadContext, ReadEvent, Tier
from parsers.formats.adb_backup.backup_reader import BackupReader
from parsers.formats.adb_backup.backup_stream import MAGIC, header_of
from parsers.formats.adb_backup.backup_tree import is_unpacked

_UNPACKED = 90


class AdbBackupParser:
    """Reads the texts of the telephone's own backup, and the databases of applications that it holds."""

    name: ClassVar[str] = "adb_backup"
    version: ClassVar[str] = "7"
    tier: ClassVar[Tier] = Tier.DOCUMENTED
    title: ClassVar[str] = "Android adb backup (.ab), not encrypted"
    versions_seen: ClassVar[tuple[str, ...]] = ("1 to 5, by their header",)
    not_read: ClassVar[tuple[str, ...]] = (
        "backups with a password: refused, with what to do",
        "files of applications that are none of the known databases; the shared storage: counted by application",
        "layouts (SMIL) of picture messages",
    )
    reads_members: ClassVar[bool] = True

    def identify(self, head: Head) -> Claim | None:
        """Return a claim where the four lines of the header stand at the front, and on a folder of an unpacked one."""
        if head.is_folder:
            is_own = is_unpacked(head.members)
            return Claim(score=_UNPACKED, reason="files of an adb backup that was unpacked") if is_own else None
        if not head.first_bytes.startswith(MAGIC):
            return None
        header = header_of(head.first_bytes)
        if header is not None and header.is_encrypted:
            reason = f"an adb backup with a password ({header.encryption})"
            return Claim(score=100, reason=reason, refusal="backup_encrypted")
        return Claim(score=100, reason="starts with ANDROID BACKUP")

    def read(self, delivery: Delivery, ctx: ReadContext) -> Iterator[ReadEvent]:
        """Yield the handset, its texts in the order of the backup, and what its databases hold."""
        yield from BackupReader(delivery, ctx, AdbBackupParser).events()
