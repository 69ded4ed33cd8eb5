"""Finds the report in a delivery: a .ufdr archive, a bare report.xml, or the folder that a unit copies."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final

from parsers.archive_guard import Archive, ArchiveMember, MemberStream, open_archive
from parsers.archive_names import leads_away
from parsers.byte_streams import ByteStream
from parsers.contract import Delivery, Limits
from parsers.errors import InputRefused
from parsers.folder_files import LINK, files_below
from parsers.formats.ufdr.claims import (
    ReportForm,
    choose_report,
    form_of,
    is_exported_file,
    is_plain_name,
    is_report_name,
)
from parsers.formats.ufdr.notice_book import NoticeBook
from parsers.zip_headers import ZIP_MAGICS

_HEAD_BYTES: Final = 1 << 16
_CANDIDATES: Final = 64
_NAMED_MEMBERS: Final = 50
_MODEL: Final = re.compile(rb"<(?:[A-Za-z_][\w.-]{0,40}:)?model[\s>]")
_LONGEST_TAG: Final = 64

Reopen = Callable[[], AbstractContextManager[ByteStream]]


class ReportSource:
    """The report of a delivery, opened.

    Attributes:
        member: Name of the report inside the delivery; None where the delivery is the report.
        stream: Its bytes.
        names: Lower-case path relative to the report's folder to the name as stored, of everything else that was
            delivered. None for a bare report, beside which no file is expected.
        reopen: Opens its bytes from the front once more, beside the stream.
    """

    def __init__(self, member: str | None, stream: ByteStream, names: dict[str, str] | None, reopen: Reopen) -> None:
        self.member = member
        self.stream = stream
        self.names = names
        self.reopen = reopen

    @property
    def damage(self) -> str | None:
        """Notice code of what was wrong with the member's bytes, known once they are read."""
        return self.stream.damage if isinstance(self.stream, MemberStream) else None


@contextmanager
def open_report(delivery: Delivery, limits: Limits, notices: NoticeBook) -> Iterator[ReportSource]:
    """Open the report for reading, and put what else stands in the delivery in the notices.

    Raises:
        InputRefused: No report, more than one, a protected one, or an archive that is not safe.
    """
    if delivery.is_folder:
        names = sorted(files_below(delivery.path, limits, lambda link: notices.add(LINK, subject=link)))
        head_of_file = partial(_head_of_file, delivery.path)
        report = _the_report(names, head_of_file)
        _note_members(names, report, notices)
        _note_reports(names, report, head_of_file, notices)
        path = delivery.path / report
        with path.open("rb") as stream:
            yield ReportSource(report, stream, _relative_names(names, report), lambda: path.open("rb"))
        return
    with delivery.path.open("rb") as stream:
        first = stream.read(4)
        if first not in ZIP_MAGICS:
            stream.seek(0)
            _refuse_unreadable(form_of(stream.read(_HEAD_BYTES)))
            stream.seek(0)
            yield ReportSource(None, stream, None, lambda: delivery.path.open("rb"))
            return
    with open_archive(delivery.path, limits) as archive:
        yield _archive_report(archive, delivery.path, limits, notices)


def _archive_report(archive: Archive, path: Path, limits: Limits, notices: NoticeBook) -> ReportSource:
    members = {member.name: member for member in archive.members}
    # XML of another name that leads out of the archive is left out, as any member that does, where a report is left.
    has_other = any(map(is_report_name, members))
    outside: str | None = None
    for code, name in archive.left_out():
        if code == "member_refused" and is_report_name(name):
            if not (has_other and _is_beside_report(name)):
                raise _unsafe(name)
            outside = name
        notices.add(code, subject=name)
    names = list(members)

    def head_of_member(name: str) -> bytes:
        return _head_of_member(archive, members[name], limits)

    report = _the_report(names, head_of_member)
    if outside is not None and not (is_plain_name(report) or _holds_models(archive.open(members[report], limits))):
        # A report has any name: beside one of nothing, the one that leads out may be the whole.
        raise _unsafe(outside)
    _note_members(names, report, notices)
    _note_reports(names, report, head_of_member, notices)
    if not archive.has_end:
        notices.add("input_truncated", ends_reading=True)
    stream = archive.open(members[report], limits)
    reopen = partial(_member_again, path, members[report], limits)
    related = _relative_names([*names, *archive.locked], report)
    return ReportSource(report, stream, related, reopen)


def _unsafe(name: str) -> InputRefused:
    return InputRefused("archive_refused", f"an unsafe or repeated member {name}")


def _holds_models(stream: ByteStream) -> bool:
    """Whether a report has any model, which may stand far behind its front."""
    kept = b""
    while piece := stream.read(_HEAD_BYTES):
        # UTF-16 has a zero in each character of a tag.
        text = kept + piece.replace(b"\0", b"")
        if _MODEL.search(text) is not None:
            return True
        kept = text[-_LONGEST_TAG:]
    return False


def _is_beside_report(name: str) -> bool:
    """Whether XML leads out of the archive and is not called as the report is."""
    return leads_away(name) and not is_plain_name(name.replace("\\", "/"))


@contextmanager
def _member_again(path: Path, member: ArchiveMember, limits: Limits) -> Iterator[ByteStream]:
    """Open a member in a second view of its archive: of one view one member is read at a time."""
    with open_archive(path, limits) as archive:
        yield archive.open(member, limits)


def _head_of_file(folder: Path, name: str) -> bytes:
    with (folder / name).open("rb") as stream:
        return stream.read(_HEAD_BYTES)


def _head_of_member(archive: Archive, member: ArchiveMember, limits: Limits) -> bytes:
    stream = archive.open(member, limits)
    head = b""
    while len(head) < _HEAD_BYTES and (piece := stream.read(_HEAD_BYTES - len(head))):
        head += piece
    return head


def _the_report(names: Iterable[str], head_of: Callable[[str], bytes]) -> str:
    candidates = sorted((name for name in names if is_report_name(name)), key=lambda name: (name.count("/"), name))
    forms: dict[str, ReportForm] = {}
    for name in candidates[:_CANDIDATES]:
        form = form_of(head_of(name))
        if form is not None:
            forms[name] = form
    chosen = choose_report(list(forms))
    if not chosen:
        raise InputRefused("format_unknown", "no Cellebrite report in it")
    if len(chosen) > 1:
        # To take one of them would be to lose the other in silence.
        raise InputRefused("archive_refused", f"more than one report: {chosen[0]}, {chosen[1]}")
    _refuse_unreadable(forms[chosen[0]])
    return chosen[0]


def _refuse_unreadable(form: ReportForm | None) -> None:
    match form:
        case ReportForm.PROTECTED:
            raise InputRefused("input_protected", "report.xml exported with a password")
        case ReportForm.OLD_SCHEMA:
            raise InputRefused("format_unknown", "old stand-alone UFED XML, root 'reports'")
        case ReportForm.DOCTYPE:
            raise InputRefused("doctype_refused")
        case ReportForm.WITH_NAMESPACE | ReportForm.WITHOUT_NAMESPACE:
            return
        case None:
            raise InputRefused("format_unknown", "no Cellebrite report")


def _note_members(names: Iterable[str], report: str, notices: NoticeBook) -> None:
    """Name what is not read: folders by their name with a count, files one by one up to a bound."""
    folder = report.rpartition("/")[0]
    groups: Counter[str] = Counter()
    first: dict[str, str] = {}
    for name in names:
        if name == report:
            continue
        below = name.removeprefix(folder + "/") if folder else name
        head, slash, _ = below.partition("/")
        group = head + slash
        if group not in groups and len(groups) >= _NAMED_MEMBERS:
            group = "further members"
        groups[group] += 1
        first.setdefault(group, name)
    for group, count in groups.items():
        notices.add("member_not_read", subject=group, count=count, locator=first[group])


def _note_reports(names: Iterable[str], report: str, head_of: Callable[[str], bytes], notices: NoticeBook) -> None:
    """Name further reports, whatever they are called: the one that is read does not stand for them."""
    others = (name for name in names if name != report and name.casefold().endswith(".xml"))
    for name in islice((name for name in others if not is_exported_file(name)), _CANDIDATES):
        try:
            form = form_of(head_of(name))
        except InputRefused:
            continue
        if form is not None:
            notices.add("report_not_read", subject=name, locator=name)


def _relative_names(names: Iterable[str], report: str) -> dict[str, str]:
    folder = report.rpartition("/")[0]
    prefix = folder + "/" if folder else ""
    return {name.removeprefix(prefix).replace("\\", "/").casefold(): name for name in names if name.startswith(prefix)}
