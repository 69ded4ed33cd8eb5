"""Finds the files of an export in a delivery: one file, or a folder or archive of one file a view.

One export is one machine's writing of one handset or card. Files of two exports can lie in one archive; they are told
apart by their folder, by what stands in their names beside the view when a view is there twice, and by what they state
of the handset.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

import msgspec

from parsers.archive_guard import Archive, ArchiveMember, damage_of, open_archive
from parsers.byte_streams import ByteStream
from parsers.contract import Delivery, Limits, ReadContext
from parsers.errors import InputRefused
from parsers.folder_files import LINK, files_below
from parsers.formats.xry_text.header import Header, header_of, is_cut_header
from parsers.formats.xry_text.joined_reports import reports_of, write_apart
from parsers.formats.xry_text.same_handset import Stated, any_contradict, stated_in_front
from parsers.formats.xry_text.text_lines import TextLines
from parsers.formats.xry_text.views import ViewKind, kind_of, view_words
from parsers.members.neighbours import could_be_delivery
from parsers.outcome import NoticeBook
from parsers.records.notices import Notice
from parsers.zip_headers import ZIP_MAGICS

_HEAD_BYTES: Final = 16 * 1024
_SUFFIX: Final = ".txt"
_LOOKED_AT: Final = 2_000
_NAMED_MEMBERS: Final = 50
_WORD = re.compile(r"[^\W\d_]+")
_COPY_MARK = re.compile(r"\s*\([0-9]{1,3}\)$")
_ORDINAL = re.compile(r"^[0-9]{1,2}(?=[\W_])")

_ORDER: Final = (ViewKind.DEVICE, ViewKind.CONTACTS, ViewKind.CALLS, ViewKind.MESSAGES, ViewKind.OTHER)
"""The device first: what it says holds for every record of the export."""


class ExportFile(msgspec.Struct, frozen=True, kw_only=True):
    """One file of an export.

    Attributes:
        member: None: the delivery is the file.
        first_line: Number of its first line: several reports may stand in one file.
        stated: What its front states of the handset; empty for any other view.
    """

    member: str | None
    header: Header
    first_line: int = 1
    stated: Stated = msgspec.field(default_factory=dict)

    @property
    def kind(self) -> ViewKind:
        """What its entities become."""
        return kind_of(self.header.view)


class Export(msgspec.Struct, frozen=True, kw_only=True):
    """One export: its files in the order in which they are read.

    ``member`` names it among several; None: it is alone.
    """

    member: str | None
    files: tuple[ExportFile, ...]


class ExportSource:
    """A delivery, opened; each file of it can be read any number of times, one at a time.

    Attributes:
        exports: In order of their names.
        base_names: Lower-case base name of every other file, to its name as stored.
    """

    def __init__(
        self, delivery: Delivery, ctx: ReadContext, archive: Archive | None, notices: NoticeBook, scratch_dir: Path
    ) -> None:
        limits = ctx.limits
        self._delivery = delivery
        self._limits = limits
        self._scratch_dir = scratch_dir
        self._apart: dict[tuple[str | None, int], Path] = {}
        self._archive = archive
        self._unread: dict[str, Notice] = {}
        self._members: dict[str, ArchiveMember] = {}
        self.exports: tuple[Export, ...] = ()
        self.base_names: Mapping[str, str] = {}
        if archive is not None:
            self._members = {member.name: member for member in archive.members}
            for code, name in archive.left_out():
                notices.add(Notice(code=code, subject=name))
            if not archive.has_end:
                notices.add(Notice(code="input_truncated", ends_reading=True))
            names = list(self._members)
        elif delivery.is_folder:
            names = sorted(files_below(delivery.path, limits, partial(_note_link, notices)))
        else:
            header = header_of(self._head(None))
            if header is not None:
                files = self._with_further(ExportFile(member=None, header=header), notices)
                self.exports = tuple(_exports_of_one_file(files))
            return
        files = [each for file in self._find(names) for each in self._with_further(file, notices)]
        self.exports = tuple(group_exports(files))
        rest = sorted(set(names) - {str(file.member) for file in files})
        self.base_names = {name.rpartition("/")[2].casefold(): name for name in reversed(rest)}
        for name in rest:
            # What is damaged, or cannot be opened, may be a report that is not told any more.
            if name in self._unread:
                notices.add(self._unread[name])
        _note_members((name for name in rest if name not in self._unread), notices)

    def _find(self, names: Sequence[str]) -> Iterator[ExportFile]:
        for name in names:
            # The extension says nothing; but a delivery of ten thousand pictures need not be opened file by file.
            if len(names) > _LOOKED_AT and not name.casefold().endswith(_SUFFIX):
                continue
            try:
                head = self._head(name)
            except InputRefused as refused:
                if could_be_delivery(name):
                    self._unread[name] = Notice(code=refused.code, subject=refused.about(name), first_locator=name)
                continue
            if (file := export_file(name, head)) is not None:
                yield file
            elif is_cut_header(head):
                self._unread.setdefault(name, Notice(code="input_truncated", subject=name))

    def _with_further(self, file: ExportFile, notices: NoticeBook) -> list[ExportFile]:
        """Return a file as often as reports stand in it, each with its own header and first line."""
        reports = reports_of(partial(self.opened, file.member), file.header, self._limits.text_chars)
        if len(reports) == 1:
            return [file]
        name = file.member or self._delivery.name
        notices.add(Notice(code="reports_joined", count=len(reports) - 1, first_locator=name))
        with self.opened(file.member) as stream:
            lines = TextLines(stream, self._limits.text_chars)
            paths = write_apart(lines, reports, self._scratch_dir)
            damage = damage_of(stream) or ("input_truncated" if lines.is_torn else None)
        if lines.is_over_limit:
            notices.add(Notice(code="limit_reached", subject="A line", first_locator=name, ends_reading=True))
        elif damage is not None:
            notices.add(Notice(code=damage, subject=name, ends_reading=damage != "checksum_wrong"))
        self._apart |= {(file.member, first_line): path for first_line, path in paths.items()}
        return [msgspec.structs.replace(file, header=report.header, first_line=report.first_line) for report in reports]

    def _head(self, member: str | None) -> bytes:
        head = b""
        with self.opened(member) as stream:
            while len(head) < _HEAD_BYTES and (piece := stream.read(_HEAD_BYTES - len(head))):
                head += piece
            damage = damage_of(stream)
        if member is not None and damage is not None and could_be_delivery(member):
            self._unread[member] = Notice(code=damage, subject=member)
        return head

    @contextmanager
    def opened(self, member: str | None, first_line: int = 1) -> Iterator[ByteStream]:
        """Open a file for reading; of one with several reports, that with the first line.

        Raises:
            InputRefused: The member is encrypted, or packed by a method that is not read.
        """
        apart = self._apart.get((member, first_line))
        if apart is not None or member is None:
            with (apart or self._delivery.path).open("rb") as stream:
                yield stream
        elif self._archive is not None:
            yield self._archive.open(self._members[member], self._limits)
        else:
            with (self._delivery.path / member).open("rb") as stream:
                yield stream


@contextmanager
def open_export(delivery: Delivery, ctx: ReadContext, notices: NoticeBook) -> Iterator[ExportSource]:
    """Open a delivery for reading, and put what else stands in it in the notices.

    Raises:
        InputRefused: There is no report in it, or the archive is not safe to open.
    """
    with (
        tempfile.TemporaryDirectory(dir=ctx.scratch_dir) as scratch,
        _archive_of(delivery, ctx.limits) as archive,
    ):
        source = ExportSource(delivery, ctx, archive, notices, Path(scratch))
        if not source.exports:
            raise InputRefused("format_unknown", "no XRY text export")
        yield source


def export_file(member: str, first_bytes: bytes) -> ExportFile | None:
    """Return the file of an export that begins so. None: it is none."""
    header = header_of(first_bytes)
    if header is None:
        return None
    is_device = kind_of(header.view) is ViewKind.DEVICE
    return ExportFile(member=member, header=header, stated=stated_in_front(first_bytes) if is_device else {})


def _exports_of_one_file(files: Sequence[ExportFile]) -> Iterator[Export]:
    """Yield the exports whose reports stand in one file: two of general information are those of two handsets.

    Where there are two, each begins with the first list that the one before it has already.
    """
    groups: list[list[ExportFile]] = [[]]
    are_several = sum(file.kind is ViewKind.DEVICE for file in files) > 1
    for file in files:
        views = {each.header.view.casefold() for each in groups[-1]}
        if are_several and file.header.view.casefold() in views:
            groups.append([])
        groups[-1].append(file)
    for group in groups:
        ordered = sorted(group, key=lambda file: _ORDER.index(file.kind))
        member = f"report in line {group[0].first_line}" if len(groups) > 1 else None
        yield Export(member=member, files=tuple(ordered))


def group_exports(files: Sequence[ExportFile]) -> Iterator[Export]:
    """Yield the exports that the files belong to, by name."""
    groups: dict[tuple[str, str], list[ExportFile]] = {}
    for folder in sorted({_folder_of(file) for file in files}):
        inside = [file for file in files if _folder_of(file) == folder]
        for residue, group in _by_residue(inside).items():
            # Two handsets, saved in one folder: ``Calls.txt`` and ``Calls (2).txt``.
            are_several = any_contradict(file.stated for file in group if file.kind is ViewKind.DEVICE)
            for file in group:
                mark = copy_mark_of(file) if are_several else ""
                groups.setdefault((folder, " ".join(filter(None, (residue, mark)))), []).append(file)
    for (folder, residue), group in groups.items():
        member = "/".join(part for part in (folder, residue) if part) or "."
        ordered = sorted(group, key=lambda file: (_ORDER.index(file.kind), str(file.member)))
        yield Export(member=member if len(groups) > 1 else None, files=tuple(ordered))


def _by_residue(inside: Sequence[ExportFile]) -> dict[str, list[ExportFile]]:
    """Return the files of one folder by what is left of their names, where that tells exports apart."""
    views = Counter(file.header.view.casefold() for file in inside)
    if max(views.values()) == 1:
        return {"": list(inside)}
    groups: dict[str, list[ExportFile]] = {}
    for file in inside:
        groups.setdefault(residue_of(file), []).append(file)
    if _describes(groups.get("", ())):
        # ``Messages-SMS 1.txt`` and ``Messages-SMS 2.txt`` beside the one handset: its texts, in two files.
        for residue in [name for name, group in groups.items() if name.isdecimal() and not _describes(group)]:
            groups[""] += groups.pop(residue)
    return groups


def _describes(files: Iterable[ExportFile]) -> bool:
    return any(file.kind is ViewKind.DEVICE for file in files)


def copy_mark_of(file: ExportFile) -> str:
    """Return the number that a file's name was given because another of that name was there; empty: none."""
    found = _COPY_MARK.search(str(file.member).casefold().removesuffix(_SUFFIX))
    return "" if found is None else found[0].strip()


def residue_of(file: ExportFile) -> str:
    """Return what is left of a file's name without the words of its view: equal for the files of one export."""
    stem = str(file.member).rpartition("/")[2].casefold()
    stem = _ORDINAL.sub("", _COPY_MARK.sub("", stem.removesuffix(_SUFFIX)))
    words = view_words(file.header.view)
    left = _WORD.sub(lambda word: "" if word[0] in words else word[0], stem)
    return re.sub(r"[\W_]+", " ", left).strip()


def _folder_of(file: ExportFile) -> str:
    return str(file.member).rpartition("/")[0]


@contextmanager
def _archive_of(delivery: Delivery, limits: Limits) -> Iterator[Archive | None]:
    if delivery.is_folder:
        yield None
        return
    with delivery.path.open("rb") as stream:
        is_archive = stream.read(4) in ZIP_MAGICS
    if not is_archive:
        yield None
        return
    with open_archive(delivery.path, limits) as archive:
        yield archive


def _note_members(names: Iterable[str], notices: NoticeBook) -> None:
    """Name what is not read: folders by their name with a count, files one by one up to a bound."""
    groups: set[str] = set()
    for name in names:
        head, slash, _ = name.partition("/")
        group = head + slash
        if group not in groups and len(groups) >= _NAMED_MEMBERS:
            group = "further members"
        groups.add(group)
        notices.add(Notice(code="member_not_read", subject=group, first_locator=name))


def _note_link(notices: NoticeBook, name: str) -> None:
    notices.add(Notice(code=LINK, subject=name))
