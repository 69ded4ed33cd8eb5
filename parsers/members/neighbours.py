"""Whether files lie beside a report, in an archive or folder, that could be deliveries of their own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

TAR_SUFFIXES: Final = (".tar", ".tgz", ".tar.gz", ".tbz2", ".tar.bz2", ".txz", ".tar.xz")

_DELIVERIES: Final = (
    *(
        ".ufdr",
        ".zip",
        ".ab",
        ".xml",
        ".csv",
        ".tsv",
        ".xlsx",
        ".xls",
        ".ods",
        ".vcf",
        ".vmg",
        ".txt",
        ".json",
        ".jsonl",
        ".jsonld",
        ".backup",
        ".smsbackup",
    ),
    *(".db", ".sqlite", ".sqlitedb", ".storedata"),
    *TAR_SUFFIXES,
)


EXPORT_NAMES: Final = frozenset({"result.json", "chat_history.json", "snap_history.json"})
"""Names that applications give their exports: a file of such a name is a delivery wherever it lies."""


def has_neighbours(folder: str, own: Iterable[str], names: Iterable[str], inside: frozenset[str] | None = None) -> bool:
    """Whether a file that could be a delivery lies outside a report's folder, or directly in it.

    Args:
        folder: The report's folder, ``""`` at the top.
        own: The report's own files.
        names: All files of the archive or folder.
        inside: The folders that the report makes in its own, in small letters; what lies in another one is none of
            its files. None: whatever lies below is.
    """
    prefix = f"{folder}/" if folder else ""
    known = set(own)
    for name in names:
        if name in known or not name.casefold().endswith(_DELIVERIES):
            continue
        below, slash, _ = name.removeprefix(prefix).partition("/")
        if not name.startswith(prefix) or not slash:
            return True
        if inside is not None and below.casefold() not in inside:
            return True
    return False
