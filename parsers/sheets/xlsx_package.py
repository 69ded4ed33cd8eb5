"""Opens a workbook's package (ECMA-376: a zip of XML parts), and finds the parts that hold its cells."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import msgspec
from lxml import etree

from parsers.archive_guard import Archive, ArchiveMember, MemberStream, open_archive
from parsers.contract import Head, Limits
from parsers.errors import InputRefused
from parsers.sheets.cell_values import Shown, shown_by
from parsers.xml_guard import CleanXml, strict_parser

WORKBOOK: Final = "xl/workbook.xml"
_ROOT_RELATIONS: Final = "_rels/.rels"
_WORKSHEETS: Final = "xl/worksheets/"
_STYLES: Final = "xl/styles.xml"
_STRINGS: Final = "xl/sharedstrings.xml"
_ID: Final = ("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
              "{http://purl.oclc.org/ooxml/officeDocument/relationships}id")  # fmt: skip
_WITHOUT_CELLS: Final = frozenset({"chartsheet", "dialogsheet"})
"""Sheets that show a drawing or a form."""

_MOST_SHEETS: Final = 1_000
_MOST_FORMATS: Final = 70_000
_MOST_RATIO: Final = 250
_RATIO_FROM_BYTES: Final = 64 * 2**20
"""Above this a part that packs better is a bomb: the XML of a sheet packs ten to a hundred to one."""


class SheetPart(msgspec.Struct, frozen=True):
    """One worksheet: its name, and the member that holds it (None: it is not in the package)."""

    name: str
    member: str | None


class CellFormat(msgspec.Struct, frozen=True, gc=False):
    """What a cell's style shows its number as, and how many digits it pads one to."""

    shown: Shown
    padded_to: int


class Package:
    """An opened workbook.

    Attributes:
        sheets: In the order of the workbook.
        malformed: Parts beside the sheets that are not whole, or are missing.
        without_cells: Names of its sheets that hold a chart or a form alone.
        formats: Cell formats by style number.
        is_1904: Whether its days count from 1904.
        strings: Member of the shared strings. None: it has none.
        is_cut: Whether the file ends before the package does.
    """

    def __init__(self, archive: Archive, limits: Limits) -> None:
        """Read what stands beside the sheets.

        Raises:
            InputRefused: It holds no workbook, is encrypted, or packs as only an attack does.
        """
        self._archive = archive
        self._limits = limits
        self._members: dict[str, ArchiveMember] = {member.name.casefold(): member for member in archive.members}
        for member in archive.members:
            _refuse_bomb(member)
        self.malformed: tuple[str, ...] = ()
        self.is_cut = not archive.has_end
        self._workbook = WORKBOOK if WORKBOOK in self._members else self._stated_workbook()
        if self._workbook not in self._members:
            raise InputRefused("archive_damaged", "damaged workbook")
        self.is_1904 = False
        self.without_cells: tuple[str, ...] = ()
        self._related: set[str] = set()
        self.sheets = self._sheets()
        self.formats = self._formats() if _STYLES in self._members else []
        self.strings = _STRINGS if _STRINGS in self._members else None
        if self.is_cut:
            self._refuse_halves()

    def open(self, member: str) -> MemberStream:
        """Return a stream of a part; one at a time.

        Raises:
            InputRefused: It is encrypted, or packed by a method that is not read.
        """
        return self._archive.open(self._members[member.casefold()], self._limits)

    def close(self) -> None:
        """Close the package. Safe to call twice."""
        self._archive.close()

    def _refuse_halves(self) -> None:
        """Refuse a package that was cut off where its sheets alone do not tell what stands in their cells.

        Raises:
            InputRefused: What lists the sheets, their texts or their formats is not whole, or stands there twice.
        """
        is_twice = len(self._members) < len(self._archive.members)
        needed = {_STRINGS, _STYLES} & self._related
        if is_twice or self.malformed or any(name not in self._members for name in needed):
            raise InputRefused("archive_damaged", "damaged workbook")

    def _stated_workbook(self) -> str:
        """Return the part that the package calls its workbook; some programs number it."""
        if _ROOT_RELATIONS not in self._members:
            return WORKBOOK
        for element in self._elements(_ROOT_RELATIONS, ("{*}Relationship",)):
            if (element.get("Type") or "").endswith("/officeDocument"):
                return (element.get("Target") or "").lstrip("/").casefold()
        return WORKBOOK

    def _sheets(self) -> tuple[SheetPart, ...]:
        targets, others = self._targets()
        found: list[SheetPart] = []
        for element in self._elements(self._workbook, ("{*}sheet", "{*}workbookPr")):
            if local_name(element) == "workbookPr":
                self.is_1904 = element.get("date1904") in {"1", "true"}
                continue
            relation = next((element.get(name) for name in _ID if element.get(name)), None)
            target = targets.get(relation or "")
            name = element.get("name") or f"sheet {len(found) + 1}"
            member = target if target is not None and target.casefold() in self._members else None
            if relation in others:
                self.without_cells = (*self.without_cells, name)
                continue
            found.append(SheetPart(name, member))
            if len(found) > _MOST_SHEETS:
                raise InputRefused("archive_refused", f"more than {_MOST_SHEETS} sheets")
        if not self.malformed:
            return tuple(found)
        # What the workbook lists is not known whole: every worksheet that is there is read, under what name it may be.
        whole = [part for part in found if part.member is not None]
        listed = {part.member.casefold() for part in whole if part.member is not None}
        left = [name for name in self._members if name.startswith(_WORKSHEETS) and name.endswith(".xml")]
        orphans = [SheetPart(posixpath.basename(name)[:-4], name) for name in left if name not in listed]
        return (*whole, *orphans[:_MOST_SHEETS]) if orphans else tuple(found)

    def _targets(self) -> tuple[Mapping[str, str], frozenset[str]]:
        """Return the members of the worksheets by relation, and the relations of sheets that hold no cells."""
        folder, name = posixpath.split(self._workbook)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations not in self._members:
            self.malformed = (*self.malformed, relations)
            return {}, frozenset()
        found: dict[str, str] = {}
        others: set[str] = set()
        for element in self._elements(relations, ("{*}Relationship",)):
            target, kind = element.get("Target") or "", (element.get("Type") or "").rpartition("/")[2]
            self._related.add(posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/").casefold())
            if kind in _WITHOUT_CELLS:
                others.add(element.get("Id") or "")
            elif kind == "worksheet" and element.get("TargetMode") != "External":
                place = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                found[element.get("Id") or ""] = posixpath.normpath(place)
        return found, frozenset(others)

    def _formats(self) -> Sequence[CellFormat]:
        codes: dict[int, str] = {}
        formats: list[CellFormat] = []
        for element in self._elements(_STYLES, ("{*}numFmt", "{*}xf")):
            format_id = _whole(element.get("numFmtId"))
            if local_name(element) == "numFmt":
                codes[format_id] = element.get("formatCode") or ""
                continue
            parent = element.getparent()
            if parent is not None and local_name(parent) == "cellXfs" and len(formats) < _MOST_FORMATS:
                formats.append(CellFormat(*shown_by(format_id, codes.get(format_id))))
        return formats

    def _elements(self, member: str, tags: Sequence[str]) -> Iterator[etree._Element]:
        """Yield elements of a small part; one that is malformed ends there, and is put down as such."""
        clean = CleanXml(self.open(member))
        parser = strict_parser(tags)
        held = 0
        try:
            for chunk in clean.chunks():
                held += len(chunk)
                if held > self._limits.text_chars:
                    raise InputRefused("archive_refused", f"{member} is too large")
                parser.feed(chunk)
                yield from elements_of(parser)
            parser.close()
        except etree.XMLSyntaxError:
            self.malformed = (*self.malformed, member)


def elements_of(parser: etree.XMLPullParser) -> Iterator[etree._Element]:
    """Yield the elements that have ended since the parser was last asked."""
    for _, element in parser.read_events():
        yield element  # type: ignore[misc]  # elements alone are asked for


def local_name(element: etree._Element) -> str:
    """Return the name of an element without its namespace, of which there are two."""
    return _local(element.tag)


@lru_cache(maxsize=256)
def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def open_package(path: Path, limits: Limits) -> Package:
    """Open a workbook for reading.

    Raises:
        InputRefused: It cannot or may not be read.
    """
    archive = open_archive(path, limits)
    try:
        return Package(archive, limits)
    except BaseException:
        archive.close()
        raise


def _refuse_bomb(member: ArchiveMember) -> None:
    size, packed = member.size_bytes or 0, member.packed_bytes or 1
    if size > _RATIO_FROM_BYTES and size > packed * _MOST_RATIO:
        raise InputRefused("archive_refused", f"{member.name} unpacks to more than {_MOST_RATIO} times its size")


def _whole(text: str | None) -> int:
    return int(text) if text is not None and text.isascii() and text.isdecimal() and len(text) < 10 else -1


def is_workbook(head: Head) -> bool:
    """Whether the delivery is a workbook of the kind that is a zip of XML parts."""
    names = {name.casefold() for name in head.members}
    return WORKBOOK in names or any(name.startswith("xl/worksheets/") for name in names)
