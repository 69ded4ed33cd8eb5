"""Files that systems and programs leave beside those of people: known by name, and by content where it is of a form.

A name alone says nothing: a database may be called Thumbs.db, and is read. What is known as litter is named and not
read, in an archive as in a folder.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable
from typing import Final

from parsers.part_book import shown_name

FRONT_BYTES: Final = 64 * 1024
"""So much of a file tells whether it is litter."""

_NAMED: Final = 8

_MAC_STORE: Final = b"\x00\x00\x00\x01Bud1"
_APPLE_DOUBLE: Final = b"\x00\x05\x16\x07"
_SHORTCUT: Final = bytes.fromhex("4c0000000114020000000000c000000000000046")
_COMPOUND: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_SECTOR_SHIFTS: Final = frozenset({9, 12})
_ENTRY_BYTES: Final = 128
_DOCUMENTS: Final = ("workbook", "book", "worddocument", "powerpoint document", "__properties_version1.0")
"""Streams, in small letters, of documents that are compound files as a store of thumbnails is one."""

_FOLDER_VIEW = re.compile(
    r"(?:\s|;[^\n]*\n)*\[(?:\.ShellClassInfo|LocalizedFileNames|ViewState|DeleteOnCopy|ExtShellFolderViews|"
    r"InternetShortcut|\.Copyright|\{[0-9A-F-]{36}\})\]",
    re.IGNORECASE,
)
_MOST_OWNER_BYTES: Final = 512
_MOST_OWNER_CHARS: Final = 54
_MOST_LOCK_BYTES: Final = 4096
_LOCK = re.compile(rb"[^\r\n\x00]*,[^\r\n\x00]*,[^\r\n\x00]*\r?\n?")

_NAMES: Final = re.compile(
    r"(?:^|/)(?:(?P<mac_store>\.DS_Store)|(?P<apple_double>\._[^/]+)|(?P<thumbnails>(?:eh)?thumbs\.db)"
    r"|(?P<folder_view>desktop\.ini)|(?P<owner>~\$[^/]+)|(?P<lock>\.~lock\.[^/]+\#)|(?P<shortcut>[^/]+\.lnk)"
    r"|(?P<mark>\.localized|\.nomedia|Icon\r))$",
    re.IGNORECASE,
)


def is_named_as_litter(name: str) -> bool:
    """Whether a file has a name under which litter comes; what is in it has to say so too."""
    return _NAMES.search(name) is not None


def is_litter(name: str, front: bytes) -> bool:
    """Whether a file is what a system or program leaves beside others.

    Args:
        name: Its name, or path with ``/`` between.
        front: Up to ``FRONT_BYTES`` from its start; less is the whole file.
    """
    found = _NAMES.search(name)
    if found is None:
        return False
    # An empty one of such a name holds nothing that could be lost.
    return not front or _has_content_of(str(found.lastgroup), front)


def litter_subject(names: Iterable[str]) -> str:
    """Return how a notice names litter: the first of it, and how many more there are."""
    listed = list(names)
    shown = ", ".join(map(shown_name, listed[:_NAMED]))
    return f"{shown} and {len(listed) - _NAMED} more" if len(listed) > _NAMED else shown


def _has_content_of(kind: str, front: bytes) -> bool:
    if kind == "thumbnails":
        return front.startswith(_COMPOUND) and not _is_document(front)
    if kind == "folder_view":
        return _FOLDER_VIEW.match(_text(front)) is not None
    if kind == "owner":
        # The length of a person's name, the name, and blanks: no file of a format is so short and begins so.
        return len(front) < _MOST_OWNER_BYTES and 0 < front[0] <= _MOST_OWNER_CHARS
    if kind == "lock":
        return len(front) < _MOST_LOCK_BYTES and _LOCK.fullmatch(front) is not None
    magics = {"mac_store": _MAC_STORE, "apple_double": _APPLE_DOUBLE, "shortcut": _SHORTCUT}
    return kind in magics and front.startswith(magics[kind])


def _text(front: bytes) -> str:
    if front.startswith(b"\xff\xfe"):
        return front[2:].decode("utf-16-le", "replace")
    return front.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def _is_document(front: bytes) -> bool:
    """Whether a compound file is a workbook, a document or a mail, or may be: its list of streams is further down."""
    if len(front) < _ENTRY_BYTES * 4:
        return False
    (shift,) = struct.unpack_from("<H", front, 30)
    if shift not in _SECTOR_SHIFTS:
        return False
    (first,) = struct.unpack_from("<I", front, 48)
    start = (first + 1) << shift
    entries = front[start : start + (1 << shift)]
    if not entries:
        return True
    names = {_stream_name(entries[place : place + _ENTRY_BYTES]) for place in range(0, len(entries), _ENTRY_BYTES)}
    return not names.isdisjoint(_DOCUMENTS)


def _stream_name(entry: bytes) -> str:
    return entry[:64].decode("utf-16-le", "replace").partition("\0")[0].casefold()
