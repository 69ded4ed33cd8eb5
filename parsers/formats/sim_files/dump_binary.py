"""Reads the files of a card as they are: one file, a folder or a zip of them, each named by its id or name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from parsers.archive_guard import open_archive
from parsers.contract import Delivery, Limits
from parsers.formats.sim_files.card_files import NO_IDS, CardContent, FileRef, find_file
from parsers.formats.sim_files.card_octets import card_octets
from parsers.formats.sim_files.card_values import FURTHER_OCTETS, NUMBER_OCTETS, is_filling, number_in
from parsers.members.neighbours import is_of_a_mac
from parsers.part_book import PartBook
from parsers.sms_pdu.sim_records import RECORD_OCTETS

_MOST_BYTES: Final = 255 * 255
"""A file of a card has at most 255 records of 255 octets."""

_FEWEST_RECORD_OCTETS: Final = NUMBER_OCTETS
_MOST_RECORD_OCTETS: Final = 255
_RECORD_OCTETS: Final = {"SMS": RECORD_OCTETS, **dict.fromkeys(("EXT1", "EXT2", "EXT3"), FURTHER_OCTETS)}
_NUMBERS_LAST: Final = frozenset({"ADN", "FDN", "SDN", "BDN", "LND", "MSISDN"})
"""Files in whose records nothing stands behind the number."""

_WHOLE: Final = frozenset({"PBR", "ICCID", "IMSI", "SPN", "LOCI"})
ZIP_MAGIC: Final = b"PK"


def file_of_name(name: str, ids: Mapping[str, str] = NO_IDS) -> FileRef | None:
    """Return the file of a card that a file is named after. None: it is named otherwise."""
    if is_of_a_mac(name):
        return None
    last = name.rpartition("/")[2]
    stem = last.rpartition(".")[0] or last
    for part in (stem, last):
        found = find_file(part, ids)
        if found is not None and found[0].is_known:
            folder = name.rpartition("/")[0]
            return FileRef(found[0].name, name if folder else found[0].path or "")
    return None


def binary_contents(
    delivery: Delivery, limits: Limits, book: PartBook, ids: Mapping[str, str] = NO_IDS
) -> Iterator[CardContent]:
    """Yield the contents of the files of a card, by name.

    Raises:
        InputRefused: The archive is not safe to open, or is encrypted.
    """
    for name, octets in _files(delivery, limits, book):
        # A file alone was told by its records, whatever it is called.
        file = file_of_name(name, ids) or (FileRef("SMS") if name == delivery.name else None)
        held = octets if name == delivery.name else card_octets(octets, file.name if file is not None else "")
        if file is None or held is None:
            book.note("member_not_read", subject=name)
        elif len(octets) > _MOST_BYTES:
            book.note("limit_reached", subject=name, locator=name)
        else:
            yield from contents_of_file(file, held, book)


def contents_of_file(file: FileRef, octets: bytes, book: PartBook) -> Iterator[CardContent]:
    """Yield the contents of one file; a rest that is no whole record is noticed."""
    if file.name in _WHOLE:
        yield CardContent(file, None, octets, file.locator(None))
        return
    size = _RECORD_OCTETS.get(file.name) or record_octets_of(octets, may_be_cut=file.name in _NUMBERS_LAST)
    whole = len(octets) // size * size
    for number, start in enumerate(range(0, whole, size), 1):
        yield CardContent(file, number, octets[start : start + size], file.locator(number))
    if not is_filling(octets[whole:]):
        number = whole // size + 1
        book.leave_out("rest of a file", file.locator(number), code="element_unreadable")


def record_octets_of(octets: bytes, *, may_be_cut: bool = True) -> int:
    """Return the size of a phone book's records: the one with which most records are numbers, and none is not one.

    A file that was cut off holds a part of a record at its end, which fits no size: what stands before it tells, where
    it holds more numbers than any size shows that fits the whole.
    """
    *_, size = max(_fitting_sizes(octets, may_be_cut=may_be_cut), default=(0, True, 0))
    return -size or max(len(octets), 1)


def _fitting_sizes(octets: bytes, *, may_be_cut: bool) -> Iterator[tuple[int, bool, int]]:
    """Yield each size with which no record is no number: how many are one, whether it fits the whole, its negative."""
    for size in range(_FEWEST_RECORD_OCTETS, min(_MOST_RECORD_OCTETS, len(octets)) + 1):
        whole = len(octets) // size * size
        is_whole = whole == len(octets)
        if not is_whole and not may_be_cut:
            continue
        numbers = [number_in(octets[start + size - NUMBER_OCTETS : start + size]) for start in range(0, whole, size)]
        if None not in numbers:
            count = sum(map(bool, numbers))
            if is_whole or count:
                yield count, is_whole, -size


def _files(delivery: Delivery, limits: Limits, book: PartBook) -> Iterator[tuple[str, bytes]]:
    if delivery.is_folder:
        for path in sorted(_files_below(delivery.path)):
            with path.open("rb") as file:
                yield path.relative_to(delivery.path).as_posix(), file.read(_MOST_BYTES + 1)
        return
    with delivery.path.open("rb") as file:
        content = file.read(_MOST_BYTES + 1)
    if not content.startswith(ZIP_MAGIC):
        yield delivery.name, content
        return
    with open_archive(delivery.path, limits) as archive:
        for member in archive.members:
            stream = archive.open(member, limits)
            octets = b""
            while len(octets) <= _MOST_BYTES and (piece := stream.read(_MOST_BYTES)):
                octets += piece
            if stream.damage is not None:
                book.note(stream.damage, subject=member.name, locator=member.name)
            yield member.name, octets
        for code, name in archive.left_out():
            book.note(code, subject=name)
        if not archive.has_end:
            book.note("input_truncated", ends_reading=True)


def _files_below(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            yield path
