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
    ),
    *(".db", ".sqlite", ".sqlitedb", ".storedata"),
    *TAR_SUFFIXES,
)


def has_neighbours(folder: str, own: Iterable[str], names: Iterable[str]) -> bool:
    """Whether a file that could be a delivery lies outside a report's folder, or directly in it.

    Args:
        folder: The report's folder, ``""`` at the top.
        own: The report's own files.
        names: All files of the archive or folder.
    """
    prefix = f"{folder}/" if folder else ""
    known = set(own)
    for name in names:
        if name in known or not name.casefold().endswith(_DELIVERIES):
            continue
        if not name.startswith(prefix) or "/" not in name.removeprefix(prefix):
            return True
    return False
