"""Tells an XRY text export, and what else MSAB's tools write, by the front of a file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from parsers.contract import Claim, Head
from parsers.errors import InputRefused
from parsers.formats.xry_text.export_files import ExportFile, export_file, group_exports, residue_of
from parsers.formats.xry_text.header import foreign_front, header_of
from parsers.formats.xry_text.views import ViewKind
from parsers.members.handset_files import folder_of
from parsers.members.told_fronts import neighbour_test, own_beside_others
from parsers.sidecar import states_members
from parsers.xml_guard import root_tag

_CONTAINER_MAGIC: Final = b"XRY\x00"
_CONTAINER_SUFFIXES: Final = (".xry", ".xrycase", ".xrydump")
# At the start of a word, whatever follows: ``XamnReport``, ``MSAB_Export``, ``http://www.msab.com/xry``.
_VENDOR = re.compile(r"(?<![^\W_])(?:MSAB|XRY|XAMN)", re.IGNORECASE)
# What an export holds beside its views: never a delivery of its own.
_MEDIA: Final = (
    *(".jpg", ".jpeg", ".png", ".gif", ".bmp", ".webp", ".3gp", ".mp4", ".avi", ".mp3", ".amr", ".wav", ".aac", ".m4a"),
    *(".pdf", ".html", ".htm", ".css", ".js", ".rtf", ".docx", ".log", ".xsl", ".ini", ".db-wal", ".thumb"),
)


def claim_on(head: Head) -> Claim | None:
    """Return the claim of this format on a delivery."""
    if head.is_folder:
        return _claim_on_folder(head)
    if head.members:
        found = sorted(name for name, first in head.member_heads.items() if header_of(first) is not None)
        return Claim(score=95, reason=f"XRY Export in {found[0]}", is_whole=False) if found else None
    header = header_of(head.first_bytes)
    if header is not None:
        return Claim(score=100, reason=f"starts with XRY Export, view {header.view[:80]}")
    return _claim_on_other_output(head)


def _claim_on_folder(head: Head) -> Claim | None:
    """Claim a folder that is one export, and not one in which deliveries were collected.

    Nothing lies beside one export that could be a delivery of its own. What has a sidecar beside it is a delivery
    whatever it holds.
    """
    if head.has_sidecar:
        files = _files_of(head)
        return Claim(score=95, reason=f"XRY Export in {len(files)} files", is_whole=False) if files else None
    views = _views_at_top(head)
    views |= _views_below(head, views)
    could_be = neighbour_test(head)
    if not views or any(name not in views and not _is_beside(name) and could_be(name) for name in head.members):
        return None
    return Claim(score=95, reason=f"one XRY Export in {len(views)} files")


def own_members(head: Head) -> tuple[str, ...]:
    """Return the files of one export at the top of a folder, where other deliveries lie beside it. Empty: none do."""
    views = _views_at_top(head) if head.is_folder and not head.has_sidecar else frozenset()
    if not views:
        return ()
    views |= _views_below(head, views)
    return own_beside_others(head, views.union(name for name in head.members if _is_beside(name)))


def _files_of(head: Head) -> list[ExportFile]:
    return [file for name, first in head.member_heads.items() if (file := export_file(name, first)) is not None]


def _views_at_top(head: Head) -> frozenset[str]:
    """Return the files at the top of a folder that are one export. Empty: they are none, or several.

    One export has each view once, or its handset once and some of its lists in several files; and files that are
    called alike but for the view.
    """
    files = [file for file in _files_of(head) if "/" not in str(file.member)]
    views = {file.header.view.casefold() for file in files}
    if (
        len(files) < 2
        or _contradict(files)
        or not (_is_one_by_names(files) if len(views) == len(files) else _is_one(files))
    ):
        return frozenset()
    return frozenset(str(file.member) for file in files)


def _views_below(head: Head, at_top: frozenset[str]) -> frozenset[str]:
    """Return the files in folders below one export that are lists of its own: of its case and exhibit.

    A folder in which a handset is described is another export, and a sidecar among the files says that several were
    put together.
    """
    if not at_top or states_members(head.members):
        return frozenset()
    files = _files_of(head)
    stated = {_stated_by(file) for file in files if file.member in at_top}
    below = [file for file in files if file.member not in at_top and "/" in str(file.member)]
    of_others = {_folder_of(file) for file in below if file.kind is ViewKind.DEVICE or _stated_by(file) not in stated}
    return frozenset(str(file.member) for file in below if _folder_of(file) not in of_others)


def _contradict(files: Sequence[ExportFile]) -> bool:
    """Whether two files state another case or exhibit; one that states none is of what the others state."""
    stated = list(map(_stated_by, files))
    cases, exhibits = {case for case, _ in stated} - {None}, {exhibit for _, exhibit in stated} - {None}
    return len(cases) > 1 or len(exhibits) > 1


def _stated_by(file: ExportFile) -> tuple[str | None, str | None]:
    return file.header.case_ref, file.header.exhibit_ref


def _folder_of(file: ExportFile) -> str:
    return folder_of(str(file.member))


def _is_one_by_names(files: Sequence[ExportFile]) -> bool:
    # Of a log or a summary beside them, from which nothing is read, the name says nothing.
    return len({residue_of(file) for file in files if file.kind is not ViewKind.OTHER}) <= 1


def _is_one(files: Sequence[ExportFile]) -> bool:
    """Whether files of which some list the same view are one handset's, which they state."""
    return any(file.stated for file in files) and len(list(group_exports(files))) == 1


def _is_beside(name: str) -> bool:
    """Whether a member can stand beside the views of one export without being a delivery itself."""
    return name.casefold().endswith(_MEDIA)


def _claim_on_other_output(head: Head) -> Claim | None:
    """Claim what is known and cannot be read, so that the refusal says what to send instead."""
    is_container = head.first_bytes.startswith(_CONTAINER_MAGIC) or head.name.casefold().endswith(_CONTAINER_SUFFIXES)
    if is_container and head.first_bytes[:1] != b"<":
        return Claim(score=60, reason="an MSAB container (.xry)", refusal="xry_not_read")
    try:
        tag = root_tag(head.first_bytes[:4096])
    except InputRefused:
        return None
    if tag is not None and _VENDOR.search(tag):
        return Claim(score=30, reason="MSAB's Extended XML", refusal="xry_not_read")
    front = foreign_front(head.first_bytes)
    if front is not None:
        return Claim(score=30, reason=front, refusal="xry_other_language")
    return None
