"""Tells an XRY text export, and what else MSAB's tools write, by the front of a file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from parsers.contract import Claim, Head
from parsers.errors import InputRefused
from parsers.formats.xry_text.export_files import ExportFile, export_file, group_exports, residue_of
from parsers.formats.xry_text.header import header_of
from parsers.xml_guard import root_tag

_CONTAINER_MAGIC: Final = b"XRY\x00"
_CONTAINER_SUFFIXES: Final = (".xry", ".xrycase", ".xrydump")
# At the start of a word, whatever follows: ``XamnReport``, ``MSAB_Export``, ``http://www.msab.com/xry``.
_VENDOR = re.compile(r"(?<![^\W_])(?:MSAB|XRY|XAMN)", re.IGNORECASE)
_SIDECAR: Final = ".trapline.toml"
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

    One export has each view once, or its handset once and some of its lists in several files; files that are called
    alike but for the view; and nothing beside them that could be a delivery of its own. What has a sidecar beside it is
    a delivery whatever it holds.
    """
    files = [file for name, first in head.member_heads.items() if (file := export_file(name, first)) is not None]
    if head.has_sidecar:
        return Claim(score=95, reason=f"XRY Export in {len(files)} files", is_whole=False) if files else None
    files = [file for file in files if "/" not in str(file.member)]
    views = {file.header.view.casefold() for file in files}
    stated = {(file.header.case_ref, file.header.exhibit_ref) for file in files}
    if (
        len(files) < 2
        or len(stated) > 1
        or not (_is_one_by_names(files) if len(views) == len(files) else _is_one(files))
    ):
        return None
    known = {str(file.member) for file in files}
    if any(name not in known and not _is_beside(name) for name in head.members):
        return None
    return Claim(score=95, reason=f"one XRY Export in {len(files)} files")


def _is_one_by_names(files: Sequence[ExportFile]) -> bool:
    return len({residue_of(file) for file in files}) == 1


def _is_one(files: Sequence[ExportFile]) -> bool:
    """Whether files of which some list the same view are one handset's, which they state."""
    return any(file.stated for file in files) and len(list(group_exports(files))) == 1


def _is_beside(name: str) -> bool:
    """Whether a member can stand beside the views of one export without being a delivery itself."""
    lower = name.casefold()
    return not lower.endswith(_SIDECAR) and lower.endswith(_MEDIA)


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
    return None
