"""Which files hold what an earlier run of ours wrote: told by their content, never by their names."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from ingest.export.export_csv import COLUMNS

IsEarlier = Callable[[Path], bool]
"""Whether a regular file holds an earlier result of the same command. Raises OSError where it cannot be read."""

_LOOKED_AT: Final = 64 * 1024
"""Bytes at the head in which a mark stands; a page of a report has its title in the first
thousand, the keys of a graph before it takes twenty thousand."""

_REPORT_HEADS: Final = tuple(
    re.compile(pattern, re.DOTALL)
    for pattern in (
        rb'\{\s*"schema":\s*"trapline\.linkage-report/',
        rb"<!DOCTYPE html>.{,4000}<title>Linkage report, ",
        rb'<\?xml .{,200}<graphml .*<graph id="linkage" edgedefault="directed">',
    )
)
_EXPORT_HEADS: Final = tuple(
    re.compile(pattern, re.DOTALL)
    for pattern in (
        rb'\{"schema":"trapline\.record/',
        ",".join(COLUMNS[:5]).encode() + b",",
        rb'\{"@context": .{,8000}\n"@graph": \[\n\{.{,400}"uco-core:name":"Trapline"',
    )
)
_PDF_TITLE: Final = b"<</Title(Linkage report)/Creator(Typst"
_PDF_TRAILER: Final = re.compile(
    rb"trailer\s*<<[^<>]*/Info (\d{1,9}) 0 R.*startxref\s+(\d{1,12})\s+%%EOF\s*$", re.DOTALL
)
_PDF_END: Final = 1024
"""Bytes at the end of a PDF in which its trailer stands. The title stands before the table of all places in the file,
which takes a hundred thousand bytes in a report of fifty pages."""
_PDF_ENTRY: Final = 20
"""Bytes of a place in that table."""
_ZIPPED_HEADS: Final = {
    "columns.csv": ("\ufefftable,column,meaning\r\n".encode(), "\ufeffFile,Column,Meaning\r\n".encode()),
    "docProps/core.xml": (b"<dc:title>Linkage report</dc:title>",),
}


def is_report(path: Path) -> bool:
    """Whether a file holds a linkage report, in any form that is one file."""
    head = _head(path)
    if head.startswith(b"%PDF-"):
        return _is_titled(path)
    if head.startswith(b"PK"):
        return _is_zipped_report(path)
    return any(pattern.match(head) for pattern in _REPORT_HEADS)


def is_export(path: Path) -> bool:
    """Whether a file holds records that were exported, in any form."""
    head = _head(path)
    return any(pattern.match(head) for pattern in _EXPORT_HEADS)


def is_none(_path: Path) -> bool:
    """Say no of every file: what a person corrects by hand is never replaced."""
    return False


def begins_as(content: bytes) -> IsEarlier:
    """Return what says whether a file has the first line (the headings) of a table."""
    first_line = content.partition(b"\n")[0] + b"\n"
    return lambda path: _head(path).startswith(first_line)


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_LOOKED_AT)


def _is_titled(path: Path) -> bool:
    """Whether what a PDF says of itself begins as it does in ours; found by its trailer, and nowhere else."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _PDF_END))
        trailer = _PDF_TRAILER.search(file.read(_PDF_END))
        if trailer is None:
            return False
        number, table = map(int, trailer.groups())
        file.seek(table)
        if file.readline(_PDF_END) != b"xref\n" or not file.readline(_PDF_END).startswith(b"0 "):
            return False
        file.seek(number * _PDF_ENTRY, os.SEEK_CUR)
        place = file.read(10)
        if not place.isdigit():
            return False
        file.seek(int(place))
        return file.read(_PDF_END).startswith(b"%d 0 obj\n%s" % (number, _PDF_TITLE))


def _is_zipped_report(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            held = set(archive.namelist())
            for name, marks in _ZIPPED_HEADS.items():
                if name in held:
                    with archive.open(name) as file:
                        content = file.read(_LOOKED_AT)
                    return any(mark in content for mark in marks)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError):
        pass
    return False
