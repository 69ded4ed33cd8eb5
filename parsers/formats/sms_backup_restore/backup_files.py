"""Finds the files of a backup in a delivery: one file, or an archive or folder of texts and calls."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

import msgspec

from parsers.archive_guard import Archive, ArchiveMember, damage_of, open_archive
from parsers.byte_streams import ByteStream
from parsers.contract import Delivery, Limits
from parsers.errors import InputRefused
from parsers.folder_files import LINK, files_below
from parsers.formats.sms_backup_restore.claims import BackupForm, form_of
from parsers.members.neighbours import could_be_delivery
from parsers.outcome import NoticeBook
from parsers.records.notices import Notice
from parsers.zip_headers import ZIP_MAGICS

_HEAD_BYTES: Final = 64 * 1024
_SUFFIX: Final = ".xml"
_DOCTYPE: Final = "doctype_refused"
_LOOKED_AT: Final = 2_000
_NAMED_MEMBERS: Final = 50


class BackupFile(msgspec.Struct, frozen=True, kw_only=True):
    """One file of a backup. ``member`` None: the delivery is the file."""

    member: str | None
    form: BackupForm

    @property
    def folder(self) -> str:
        """The folder of the delivery in which it lies; those in one folder are one handset's."""
        return (self.member or "").rpartition("/")[0]


class BackupSource:
    """A delivery, opened; its files are read one at a time.

    Attributes:
        files: In order of their names; those that are refused are named by a notice instead.
        has_refused: Whether there is one that declares a document type.
    """

    def __init__(self, delivery: Delivery, limits: Limits, archive: Archive | None, notices: NoticeBook) -> None:
        self._delivery = delivery
        self._limits = limits
        self._archive = archive
        self._members: dict[str, ArchiveMember] = {}
        self._unread: dict[str, Notice] = {}
        self.has_refused = False
        if archive is not None:
            self._members = {member.name: member for member in archive.members}
            for code, name in archive.left_out():
                notices.add(Notice(code=code, subject=name))
            if not archive.has_end:
                notices.add(Notice(code="input_truncated", ends_reading=True))
            self.files = tuple(self._find(sorted(self._members), notices))
        elif delivery.is_folder:
            self.files = tuple(
                self._find(sorted(files_below(delivery.path, limits, partial(_note_link, notices))), notices)
            )
        else:
            form = form_of(self._head(None))
            self.has_refused = form is not None and form.has_doctype
            self.files = () if form is None or self.has_refused else (BackupFile(member=None, form=form),)

    def _find(self, names: list[str], notices: NoticeBook) -> Iterator[BackupFile]:
        groups: set[str] = set()
        for name in names:
            # The extension says nothing; but a delivery of ten thousand pictures need not be opened file by file.
            is_looked_at = name.casefold().endswith(_SUFFIX) or (len(names) <= _LOOKED_AT and could_be_delivery(name))
            form = self._form(name) if is_looked_at else None
            if form is not None and form.has_doctype:
                # The others beside it are read: one file that may be an attack must not hide them.
                self.has_refused = True
                notices.add(Notice(code=_DOCTYPE, subject=name, first_locator=name))
                continue
            if form is not None:
                yield BackupFile(member=name, form=form)
                continue
            if name in self._unread and could_be_delivery(name):
                notices.add(self._unread[name])
                continue
            head, slash, _ = name.partition("/")
            group = head + slash
            if group not in groups and len(groups) >= _NAMED_MEMBERS:
                group = "further members"
            groups.add(group)
            notices.add(Notice(code="member_not_read", subject=group, first_locator=name))

    def _form(self, name: str) -> BackupForm | None:
        try:
            return form_of(self._head(name))
        except InputRefused as refused:
            # It may be a backup: nobody can tell.
            self._unread[name] = Notice(code=refused.code, subject=refused.about(name), first_locator=name)
            return None

    def _head(self, member: str | None) -> bytes:
        head = b""
        with self.opened(member) as stream:
            while len(head) < _HEAD_BYTES and (piece := stream.read(_HEAD_BYTES - len(head))):
                head += piece
            damage = damage_of(stream)
        if member is not None and damage is not None:
            self._unread[member] = Notice(code=damage, subject=member)
        return head

    @contextmanager
    def opened(self, member: str | None) -> Iterator[ByteStream]:
        """Open a file for reading.

        Raises:
            InputRefused: The member is encrypted, or packed by a method that is not read.
        """
        if member is None:
            with self._delivery.path.open("rb") as stream:
                yield stream
        elif self._archive is not None:
            yield self._archive.open(self._members[member], self._limits)
        else:
            with (self._delivery.path / member).open("rb") as stream:
                yield stream


@contextmanager
def open_backup(delivery: Delivery, limits: Limits, notices: NoticeBook) -> Iterator[BackupSource]:
    """Open a delivery for reading, and put what else stands in it in the notices.

    Raises:
        InputRefused: There is no backup in it, all that are there declare a document type, or the archive is not safe
            to open.
    """
    if delivery.is_folder or not _is_archive(delivery.path):
        yield _checked(BackupSource(delivery, limits, None, notices))
        return
    with open_archive(delivery.path, limits) as archive:
        yield _checked(BackupSource(delivery, limits, archive, notices))


def _checked(source: BackupSource) -> BackupSource:
    if source.files:
        return source
    if source.has_refused:
        raise InputRefused(_DOCTYPE)
    raise InputRefused("format_unknown", "no backup of SMS Backup & Restore")


def _is_archive(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(4) in ZIP_MAGICS


def _note_link(notices: NoticeBook, name: str) -> None:
    notices.add(Notice(code=LINK, subject=name))
