"""Whether files lie beside a report, in an archive or folder, that could be deliveries of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

TAR_SUFFIXES: Final = (".tar", ".tgz", ".tar.gz", ".tbz2", ".tar.bz2", ".txz", ".tar.xz")

PACKED_SUFFIXES: Final = (".gz", ".bz2", ".xz")
"""Ends of names of what is packed; of one file, where the name does not say that it is a tar."""

_NOT_DELIVERIES: Final = (
    # pictures, sound, film, type
    *(".jpg", ".jpeg", ".jpe", ".png", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".heic", ".heif", ".ico", ".svg"),
    *(".mp4", ".m4v", ".mov", ".3gp", ".3g2", ".avi", ".mkv", ".webm", ".wmv", ".mpg", ".mpeg", ".ts"),
    *(".mp3", ".m4a", ".aac", ".opus", ".ogg", ".oga", ".amr", ".wav", ".caf", ".flac", ".mid", ".wma"),
    *(".ttf", ".otf", ".woff", ".woff2", ".thumb", ".tgs"),
    # pages, documents, programs
    *(".html", ".htm", ".xhtml", ".css", ".js", ".map", ".pdf", ".doc", ".docx", ".rtf", ".odt", ".ppt", ".pptx"),
    *(".exe", ".dll", ".msi", ".apk", ".jar", ".so", ".dex", ".bat", ".url", ".lnk"),
    # what programs keep beside files, and databases their logs
    *(".ds_store", "thumbs.db", "desktop.ini", ".trapline.toml", "-wal", "-shm", "-journal"),
    *(".md5", ".sha1", ".sha256", ".sig", ".lock", ".nomedia", ".part", ".tmp"),
)
"""Ends of names, in small letters, of what is never a delivery by itself. Any other could be: a file is told by what is
in it, dumps of cards and logs of handsets are called anything, and what is not looked at is lost without a trace."""


_OF_A_MAC: Final = re.compile(r"(?:^|/)\._[^/]+$")

EXPORT_NAMES: Final = frozenset({"result.json", "chat_history.json", "snap_history.json"})
"""Names that applications give their exports: a file of such a name is a delivery wherever it lies."""


def could_be_delivery(name: str) -> bool:
    """Whether a file can be a delivery by its name: whether it is not media, a document, a program or a companion."""
    return not name.casefold().endswith(_NOT_DELIVERIES) and not is_of_a_mac(name)


def is_of_a_mac(name: str) -> bool:
    """Whether a file is what a Mac packs beside each file, its icon and attributes: no file of the delivery's maker."""
    return "._" in name and _OF_A_MAC.search(name) is not None


def has_neighbours(
    folder: str,
    own: Iterable[str],
    names: Iterable[str],
    inside: frozenset[str] | None = None,
    could_be: Callable[[str], bool] = could_be_delivery,
) -> bool:
    """Whether a file that could be a delivery lies outside a report's folder, or directly in it.

    Args:
        folder: The report's folder, ``""`` at the top.
        own: The report's own files.
        names: All files of the archive or folder.
        inside: The folders that the report makes in its own, in small letters; what lies in another one is none of
            its files. None: whatever lies below is.
        could_be: Whether a file could be a delivery; by its name alone unless somebody looked further.
    """
    prefix = f"{folder}/" if folder else ""
    known = set(own)
    for name in names:
        if name in known or not could_be(name):
            continue
        below, slash, _ = name.removeprefix(prefix).partition("/")
        if not name.startswith(prefix) or not slash:
            return True
        if inside is not None and below.casefold() not in inside:
            return True
    return False
