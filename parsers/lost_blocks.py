"""Blocks of a text that are zeros, or ones: what stood there is lost, and nothing of the text says so.

A disk that cannot read a block gives zeros in its place, and so does a copy that went on over it; memory that was
erased gives ones. Texts and whole records are gone then, and what is left may be well-formed: a line or an element that
is longer than it was. Zeros at the end are a copy that broke off, which readers tell themselves. In archives the
checksum of the member tells.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from parsers.contract import Delivery, ExtractionParser, has_no_zeros, reads_text
from parsers.plain_lines import encoding_of
from parsers.records.notices import Notice
from parsers.sqlite_pages import SQLITE_MAGIC
from parsers.zip_headers import ZIP_MAGICS

_FEWEST_ONES: Final = 32
_FEWEST_IN_OCTETS: Final = 32
"""Zeros in a row of a file whose front is no text of one byte or two a letter."""
_FEWEST_ZEROS: Final = 4
"""Zeros in a row of a text. One of two bytes a letter has two at most, where U+0100 stands behind an ``a``; one of one
byte a letter has none, but what a tool printed of a store may hold a stray one."""
_ZEROS, _ONES = b"\0", b"\xff"
_UTF_32: Final = (b"\xff\xfe\0\0", b"\0\0\xfe\xff")
_FRONT_BYTES: Final = 256
_LEAST_SHARE: Final = 8
_CHUNK_BYTES: Final = 1 << 20
_MOST_FILES: Final = 10_000
_PACKED: Final = (*ZIP_MAGICS, b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\xd0\xcf\x11\xe0", SQLITE_MAGIC)
_TEXT_SUFFIXES: Final = (".xml", ".json", ".jsonl", ".jsonld", ".txt", ".csv", ".tsv", ".vcf", ".vmg", ".log")
"""Of the files of a folder: those that a reader of texts reads."""


def lost_blocks(parser: ExtractionParser, delivery: Delivery) -> Iterator[Notice]:
    """Yield a notice for the blocks of zeros in the texts that a parser has read; opens them for reading only."""
    if not reads_text(parser):
        return
    count, first = 0, None
    for path in _texts_of(delivery.path) if delivery.is_folder else (delivery.path,):
        for offset in _runs(path, has_no_zeros=has_no_zeros(parser)):
            if first is None:
                name = path.relative_to(delivery.path).as_posix() if delivery.is_folder else ""
                first = f"{name} byte {offset}".strip()
            count += 1
    if count:
        yield Notice(code="block_lost", count=count, first_locator=first, ends_reading=True)


def _texts_of(folder: Path) -> Iterator[Path]:
    left = _MOST_FILES
    for root, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            path = Path(root, name)
            if left and path.suffix.casefold() in _TEXT_SUFFIXES and not path.is_symlink():
                left -= 1
                yield path


def _runs(path: Path, *, has_no_zeros: bool) -> Iterator[int]:
    """Yield where zeros or ones in a row begin that have text before and behind them; all zeros first."""
    with path.open("rb") as file:
        front = file.read(_FRONT_BYTES)
        if front.startswith(_PACKED):
            return
        for fill, fewest in ((_ZEROS, _fewest_zeros(front, has_no_zeros=has_no_zeros)), (_ONES, _FEWEST_ONES)):
            file.seek(0)
            yield from _runs_in(file, fill, fewest, is_lost_at_end=has_no_zeros and fill == _ONES)


def _fewest_zeros(front: bytes, *, has_no_zeros: bool) -> int:
    """Return how many zeros in a row are a block that is lost, by the front of a file."""
    if front.startswith(_UTF_32):
        return _FEWEST_IN_OCTETS
    if encoding_of(front)[0] != "utf-8":
        return _FEWEST_ZEROS
    if front.count(0) * _LEAST_SHARE > len(front):
        return _FEWEST_IN_OCTETS
    return 1 if has_no_zeros else _FEWEST_ZEROS


def _runs_in(file: BinaryIO, fill: bytes, fewest: int, *, is_lost_at_end: bool) -> Iterator[int]:
    """Yield where runs of an octet begin; of one at the end only where no reader tells it itself, as of zeros."""
    run, whole = fill * fewest, re.compile(re.escape(fill) + b"+")
    begun: int | None = None
    place = 0
    kept = b""
    while chunk := file.read(_CHUNK_BYTES):
        held = kept + chunk
        at = 0
        while (found := at if begun is not None else held.find(run, at)) >= 0:
            behind = whole.match(held, found)
            if begun is None:
                begun = place - len(kept) + found
            at = found if behind is None else behind.end()
            if at == len(held):
                break
            if begun > 0:
                yield begun
            begun = None
        place += len(chunk)
        kept = b"" if begun is not None else held[len(held) - (fewest - 1) :]
    if begun and is_lost_at_end:
        yield begun
