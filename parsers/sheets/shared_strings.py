"""The texts of a workbook, which its cells name by number. Kept in memory while they are small, else on disk."""

from __future__ import annotations

from array import array
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Final

from lxml import etree

from parsers.contract import Limits
from parsers.errors import InputRefused
from parsers.sheets.cell_values import unescaped
from parsers.sheets.xlsx_package import Package, elements_of, local_name
from parsers.xml_guard import CleanXml, strict_parser, unmark

_HELD_BYTES: Final = 16 * 2**20
_MOST_STRINGS: Final = 20_000_000
_BYTES_A_CHARACTER: Final = 2
_CACHED: Final = 8_192


class SharedStrings:
    """Texts by number, in flat memory.

    Attributes:
        damage: Notice code of what ended the list early. None: it was whole.
        has_bad_checksum: Whether the part does not match its checksum.
        unescaped_count: Ampersands that XML wants escaped; they were read as they stand.
    """

    def __init__(self, scratch_dir: Path | None) -> None:
        """Make an empty list, which may keep one unnamed file in the scratch folder. None: it stays in memory."""
        self.damage: str | None = None
        self.has_bad_checksum = False
        self.unescaped_count = 0
        held_bytes, folder = (0, None) if scratch_dir is None else (_HELD_BYTES, str(scratch_dir))
        self._file: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(max_size=held_bytes, dir=folder)  # noqa: SIM115 - kept until close()
        self._ends = array("Q")
        self._replaced: dict[int, int] = {}
        self._cache: dict[int, str] = {}

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._ends)

    def load(self, package: Package, limits: Limits) -> None:
        """Read the list of a package to its end, or to where it is damaged."""
        assert package.strings is not None
        stream = package.open(package.strings)
        clean = CleanXml(stream)
        parser = strict_parser(("{*}si",))
        held, was_marked = 0, False
        for chunk in clean.chunks():
            held += len(chunk)
            was_marked |= clean.chunk_has_marks
            self.unescaped_count = clean.unescaped_count
            try:
                parser.feed(chunk)
            except etree.XMLSyntaxError:
                self.damage = stream.damage or "input_malformed"
            # What ended before a malformed place is whole.
            for element in elements_of(parser):
                self._add(element, is_marked=was_marked)
                held = 0
            if held > limits.text_chars * _BYTES_A_CHARACTER or len(self._ends) > _MOST_STRINGS:
                self.damage = "limit_reached"
            if self.damage is not None:
                return
        self.has_bad_checksum = stream.damage == "checksum_wrong"
        if stream.damage is not None and not self.has_bad_checksum:
            self.damage = stream.damage

    def text(self, number: int) -> tuple[str, int]:
        """Return a text, and how many of its characters were replaced.

        Raises:
            IndexError: There is none of that number.
        """
        text = self._cache.get(number)
        if text is None:
            if not 0 <= number < len(self._ends):
                raise IndexError(number)
            start = self._ends[number - 1] if number else 0
            self._file.seek(start)
            text = self._file.read(self._ends[number] - start).decode()
            if len(self._cache) >= _CACHED:
                self._cache.clear()
            self._cache[number] = text
        return text, self._replaced.get(number, 0) if self._replaced else 0

    def close(self) -> None:
        """Remove the file. Safe to call twice."""
        self._file.close()

    def _add(self, element: etree._Element, *, is_marked: bool) -> None:
        text, replaced = rich_text(element, is_marked=is_marked)
        if replaced:
            self._replaced[len(self._ends)] = replaced
        self._file.write(text.encode())
        self._ends.append(self._file.tell())
        element.clear()
        parent = element.getparent()
        while parent is not None and len(parent) > 1:
            del parent[0]


def rich_text(element: etree._Element, *, is_marked: bool) -> tuple[str, int]:
    """Return the text of a string item or inline string, its runs joined, and how many characters were replaced.

    The phonetic reading beside a text (``rPh``) is no part of it.
    """
    pieces = []
    for child in element:
        name = local_name(child)
        if name == "t":
            pieces.append(child.text or "")
        elif name == "r":
            pieces.extend(each.text or "" for each in child if local_name(each) == "t")
    return plain_text("".join(pieces), is_marked=is_marked)


def plain_text(text: str, *, is_marked: bool) -> tuple[str, int]:
    """Return a stored text as it is meant, and how many characters of it were replaced."""
    marked = 0
    if is_marked:
        text, marked = unmark(text)
    text, lone = unescaped(text)
    return text, marked + lone


def load_strings(package: Package, limits: Limits, scratch_dir: Path | None) -> SharedStrings:
    """Return the shared strings of a package; empty where it has none.

    Raises:
        InputRefused: The part declares a document type, or is encrypted.
    """
    strings = SharedStrings(scratch_dir)
    if package.strings is not None:
        try:
            strings.load(package, limits)
        except InputRefused:
            strings.close()
            raise
    return strings
