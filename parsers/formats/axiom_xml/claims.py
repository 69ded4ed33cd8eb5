"""Tells the XML that AXIOM Examine exports from other XML, by its four elements; alone, in a zip or in a folder."""

from __future__ import annotations

import re
from typing import Final

from parsers.contract import Claim, Head
from parsers.errors import InputRefused
from parsers.members.neighbours import has_neighbours
from parsers.members.told_fronts import neighbour_test
from parsers.xml_guard import encoding_of, root_tag

_ARTIFACT = re.compile(r"<(?:[\w.-]+:)?Artifact\b[^<>]*\bname\s*=")
_FRAGMENT = re.compile(r"<(?:[\w.-]+:)?Fragment\b[^<>]*\bname\s*=")
_HIT = re.compile(r"<(?:[\w.-]+:)?Hits?\b")
_SUFFIX: Final = ".xml"
_FOLDERS: Final = frozenset(
    {
        *("attachments", "files", "media", "export", "exported files", "external files", "evidence", "resources"),
        *("pictures", "images", "videos", "audio", "documents", "thumbnails"),
    }
)
"""Folders of what an export keeps beside its XML. In one of another name only media and documents are its own."""


def shows_export(first_bytes: bytes) -> bool:
    """Whether the front of a file (64 KiB are enough) has the elements of the export.

    Raises:
        InputRefused: It has them behind a document type, which the tool never writes.
    """
    encoding, skipped = encoding_of(first_bytes)
    text = first_bytes[skipped:].decode(encoding, "replace")
    if not (_ARTIFACT.search(text) and _HIT.search(text) and _FRAGMENT.search(text)):
        return False
    return root_tag(first_bytes) is not None


def claim_on(head: Head) -> Claim | None:
    """Return the claim of this format on a delivery."""
    if not head.members:
        return None if head.is_folder else _claim(head.first_bytes, "the file")
    told = [(name, claim) for name, first in sorted(head.member_heads.items()) if (claim := _claim(first, name))]
    told = [(name, claim) for name, claim in told if name.casefold().endswith(_SUFFIX)]
    if len(told) != 1:
        return None
    name, claim = told[0]
    is_alone = not has_neighbours(name.rpartition("/")[0], (name,), head.members, _FOLDERS, neighbour_test(head))
    if head.is_folder and ("/" in name or not is_alone or len(head.members) == 1):
        # A single file in a folder is a delivery by itself.
        return None
    return claim if is_alone else None


def _claim(first_bytes: bytes, where: str) -> Claim | None:
    try:
        if shows_export(first_bytes):
            return Claim(score=90, reason=f"elements Artifact, Hit and Fragment in {where}")
    except InputRefused as refused:
        return Claim(score=90, reason=f"a document type in {where}", refusal=refused.code)
    return None


def is_kept_beside(path: str) -> bool:
    """Whether a file lies in a folder that the export keeps beside its XML."""
    return any(folder.casefold() in _FOLDERS for folder in path.split("/")[:-1])
