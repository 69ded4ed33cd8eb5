"""SMS Backup & Restore (SyncTech): XML backups of texts, picture messages and calls. See README.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from parsers.contract import Claim, Delivery, Head, ReadContext, ReadEvent, SourceStamp, Tier
from parsers.formats.sms_backup_restore.backup_files import BackupFile, open_backup
from parsers.formats.sms_backup_restore.backup_reader import BackupReader
from parsers.formats.sms_backup_restore.claims import claim_on
from parsers.outcome import NoticeBook


class SmsBackupRestoreParser:
    """Reads the backups of the application."""

    name: ClassVar[str] = "sms_backup_restore"
    version: ClassVar[str] = "17"
    tier: ClassVar[Tier] = Tier.PROVEN
    title: ClassVar[str] = "SMS Backup & Restore (Android) XML: texts, picture messages, calls"
    versions_seen: ClassVar[tuple[str, ...]] = ("a backup of texts of January 2025",)
    not_read: ClassVar[tuple[str, ...]] = (
        "the media of picture messages: size and type are kept, the file stays in the original",
        "layouts (SMIL), delivery and read reports of picture messages",
        "encrypted archives: refused; the address book beside it (.vcf) has a reader of its own",
    )
    reads_text: ClassVar[bool] = True
    reads_together: ClassVar[bool] = True

    def identify(self, head: Head) -> Claim | None:
        """Return a claim where the root is the application's, alone, in an archive or in a folder."""
        return claim_on(head)

    def read(self, delivery: Delivery, ctx: ReadContext) -> Iterator[ReadEvent]:
        """Yield parts, records, notices and, last, what was seen; in source order."""
        notices = NoticeBook()

        def stamp_of(member: str | None) -> SourceStamp:
            return SourceStamp(delivery, member, SmsBackupRestoreParser)

        with open_backup(delivery, ctx.limits, notices) as source:
            folders: dict[str, list[BackupFile]] = {}
            for file in source.files:
                folders.setdefault(file.folder, []).append(file)
            for files in folders.values():
                yield from BackupReader(delivery, ctx, source, files, stamp_of).events()
        yield from notices.notices()
