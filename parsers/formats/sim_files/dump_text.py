"""Reads dumps of a card as text: scripts of pySim-shell's ``export``, and lines of a file's name and hexadecimal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from parsers.formats.sim_files.card_files import NO_IDS, CardContent, FileRef, find_file
from parsers.formats.sim_files.dump_binary import contents_of_file
from parsers.part_book import PartBook
from parsers.plain_lines import PlainLine
from parsers.sms_pdu.sim_records import RECORD_OCTETS

_COMMAND: Final = re.compile(
    r"update_(?P<what>record|binary)(?P<decoded>_decoded)?\s+(?P<rest>.*)", re.IGNORECASE | re.DOTALL
)
# A number alone is a record's where octets that are not cut into pairs follow; else it may be an octet itself.
_RECORD: Final = re.compile(
    r"[\s:=)\]>\-,;|]*+(?:"
    r"(?:rec(?:ord)?|no|nr|\#)[\s._#\-]*+[\[(]?(?P<named>[0-9]{1,3})[\s:=.)\]>|,;]*+"
    r"|[\[(]?(?P<marked>[0-9]{1,3})\s*+[:=.)\]>|,;][\s:=.)\]>|,;]*+(?![0-9A-Fa-f]{2}:)"
    r"|(?P<bare>[0-9]{1,3})\s++(?=[0-9A-Fa-f]{4})"
    r")?",
    re.IGNORECASE,
)
# ASCII alone: ``bytes.fromhex`` knows no other white space.
_HEX: Final = re.compile(r"(?:[0-9A-Fa-f]{2}[\s:]*+)++", re.ASCII)
_VALUE: Final = re.compile(r"[\s:=]*+(?:\([^)]*+\))?[\s:=]*+\"?(?P<value>\+?[0-9]{5,22})F?\"?\s*$")
_PLAIN: Final = {
    "ICCID": re.compile(r"89[0-9]{16,18}"),
    "IMSI": re.compile(r"[0-9]{14,15}"),
    "MSISDN": re.compile(r"\+?[0-9]{5,15}"),
}
_OCTETS_BEFORE: Final = re.compile(r"[\s0-9A-Fa-f]*[0-9A-Fa-f]{2}[\s:]+")
# The front of a row: where its octets stand in the file or the record.
_OFFSET: Final = re.compile(r"(?:0x)?(?P<offset>[0-9A-Fa-f]{4}|[0-9A-Fa-f]{8})(?:h|\s*[:|\-]|(?=\s\s))\s*")
_ROW: Final = re.compile(r"(?:[0-9A-Fa-f]{2} {0,2}){1,16}(?=\s|\||$)", re.ASCII)
_JOINED: Final = re.compile(
    r"\s*(?=update_(?:record|binary))|\s*(?=\bselect\s)|(?<=[^\s#])\s*(?=select\s+(?:MF|ADF|DF|EF)\b)|(?<=[0-9A-Fa-f]{2})\s*(?=#)",
    re.IGNORECASE,
)
_TEMPLATE: Final = "FCP"
_FAULT: Final = re.compile(r"error|unable|not readable|failed", re.IGNORECASE)
_COMMENT: Final = "#"


class DumpLines:
    """Reads a dump line by line; what it cannot place is counted in the book, if there is one.

    Octets below a heading that numbers a record, and rows with their offset in front, are one content.

    Attributes:
        has_commands: Whether a command stood there that writes a file, as ``export`` prints them.
        line_count: Lines that held octets of a file that is read, or numbered a record.
        ends_short: Whether the last line made a record of the texts that is shorter than the others.
    """

    def __init__(self, book: PartBook | None = None, ids: Mapping[str, str] = NO_IDS) -> None:
        self.has_commands = False
        self._book = book
        self._ids = ids
        self._file: FileRef | None = None
        self._next = 1
        self.line_count = 0
        self._number: int | None = None
        self._rows = b""
        self._length: int | None = None
        self.ends_short = False
        self._longest_text = 0

    def contents_of(self, line: PlainLine) -> Iterator[CardContent]:
        """Yield what a line makes whole; nothing where it names a file, is a row of several, or says something else.

        Commands of which the line ends are lost are each read.
        """
        text = line.text.strip()
        self.ends_short = False
        for piece in _JOINED.split(text) if _may_be_joined(text) else (text,):
            if piece:
                yield from self._contents_of(piece, line)

    def _contents_of(self, text: str, line: PlainLine) -> Iterator[CardContent]:
        row = self._row_of(text)
        if self._rows and (row is None or row[0] == 0):
            yield from self.rest()
        elif row is None:
            self._number = None
        if row is not None:
            self._rows += row[1]
            self.line_count += self._file is not None and self._file.is_known
            return
        content = self._content_of(text, line)
        if content is not None:
            self.line_count += content.file.is_known
            yield content

    def rest(self) -> Iterator[CardContent]:
        """Yield the content whose rows came last; call it at the end."""
        octets, number = self._rows, self._number
        self._rows, self._number = b"", None
        if not octets or self._file is None:
            return
        pieces = [octets]
        if number is None and self._file.name in _WITH_RECORDS:
            book = self._book or PartBook("")
            pieces = [content.octets or b"" for content in contents_of_file(self._file, octets, book)]
        for piece in pieces:
            yield self._made(number, piece)

    def _row_of(self, text: str) -> tuple[int, bytes] | None:
        """Return where a row stands and its octets, if it begins a content or goes on with it. None: it is no row."""
        if self._file is None:
            return None
        offset = _OFFSET.match(text)
        if offset is not None and (place := int(offset["offset"], 16)) in {0, len(self._rows)}:
            rest = text[offset.end() :]
            row = _HEX.fullmatch(rest) or _ROW.match(rest)
            if row is not None:
                return place, bytes.fromhex(row[0].replace(":", " "))
        octets = _octets_of(text) if self._number is not None else None
        return None if octets is None else (len(self._rows), octets)

    def _content_of(self, text: str, line: PlainLine) -> CardContent | None:
        command = _COMMAND.match(text)
        if command is not None:
            return self._commanded(command, line)
        if text.startswith(_COMMENT) or text.lower().startswith("select "):
            self._comment(text, line)
            return None
        return self._labelled(text, line)

    def _labelled(self, text: str, line: PlainLine) -> CardContent | None:
        found = find_file(text, self._ids)
        # Four digits in the middle of octets are octets, and no id.
        if found is not None and not _OCTETS_BEFORE.fullmatch(text[: found[1]]):
            self._turn_to(found[0])
            return self._content(text[found[2] :], line)
        if self._file is None:
            self._leave_out("line without a file", line)
            return None
        return self._content(text, line)

    def _commanded(self, command: re.Match[str], line: PlainLine) -> CardContent | None:
        self.has_commands = True
        what, decoded, rest = command.groups()
        rest = rest.strip()
        if self._file is None or decoded:
            self._leave_out("decoded content" if decoded else "line without a file", line)
            return None
        number = None
        if what.lower() == "record":
            first, _, rest = rest.partition(" ")
            number = int(first) if first.isdecimal() and len(first) <= 3 else None
        octets = _octets_of(rest.strip())
        if octets is None and self._file.name == _TEXTS:
            # Cut within an octet: what stands before it is whole, and the text says that it is cut.
            octets = _octets_of(rest.strip()[:-1])
        if octets is None or self._is_cut(octets):
            self._lose(line)
            return None
        return self._made(number, octets)

    def _is_cut(self, octets: bytes) -> bool:
        """Whether a record is shorter than those before it in its file, whose number stands at the end of a record."""
        file = self._file
        assert file is not None
        if file.name not in _OF_ONE_LENGTH:
            return False
        if self._length is None:
            self._length = len(octets)
        return len(octets) < self._length

    def _comment(self, text: str, line: PlainLine) -> None:
        if _TEMPLATE in text:
            return
        found = find_file(text, self._ids)
        if found is not None:
            self._turn_to(found[0])
        elif _FAULT.search(text):
            self._leave_out("file that the tool could not read", line)

    def _content(self, rest: str, line: PlainLine) -> CardContent | None:
        file = self._file
        assert file is not None
        value = _VALUE.fullmatch(rest)
        plain = _PLAIN.get(file.name)
        if value is not None and plain is not None and plain.fullmatch(value["value"]):
            return CardContent(file, None, None, file.locator(None), value["value"])
        start = _RECORD.match(rest)
        assert start is not None
        written = start["named"] or start["marked"] or start["bare"]
        number = int(written) if written else None
        digits = rest[start.end() :]
        if number is not None and not digits.strip():
            # The record's octets stand below.
            self._number = number
            self.line_count += file.is_known
            return None
        if not _HEX.fullmatch(digits):
            number, digits = None, rest.strip(" \t:=)]>-,;|\"'")
        digits = digits.strip(" \t\"',;")
        if not digits or digits.upper() == file.name:
            return None
        octets = _octets_of(digits)
        if octets is None:
            if sum(char in "0123456789abcdefABCDEF" for char in digits) * 2 > len(digits) and file.is_known:
                self._lose(line)
            else:
                self._leave_out("line without a file's content", line)
            return None
        return self._made(number, octets)

    def _made(self, number: int | None, octets: bytes) -> CardContent:
        file = self._file
        assert file is not None
        if number is None and file.name in _WITH_RECORDS:
            number = self._next
        if number is not None:
            self._next = number + 1
        if file.name == _TEXTS:
            usual = self._longest_text or (RECORD_OCTETS if self.has_commands else 0)
            self.ends_short = len(octets) < usual
            self._longest_text = max(self._longest_text, len(octets))
        return CardContent(file, number, octets, file.locator(number))

    def _turn_to(self, file: FileRef) -> None:
        held = self._file
        if held is not None and held.name == file.name and (not file.path or held.path == file.path):
            return
        if held is None or held.name != file.name or (held.path and file.path and held.path != file.path):
            self._next = 1
        self._length = None
        self._file = file

    def _leave_out(self, source_type: str, line: PlainLine) -> None:
        if self._book is not None:
            self._book.leave_out(source_type, line.locator)

    def _lose(self, line: PlainLine) -> None:
        if self._book is not None:
            self._book.leave_out("content of a file", line.locator, code="element_unreadable")


def _octets_of(text: str) -> bytes | None:
    """Return the octets of pairs of digits, with blanks or colons between them or without. None: it is something else.

    Most are digits alone, which need no look at each pair: that takes three times as long.
    """
    try:
        octets = bytes.fromhex(text)
    except ValueError:
        octets = b""
    if octets and len(octets) * 2 == len(text):
        return octets
    return bytes.fromhex(text.replace(":", " ")) if _HEX.fullmatch(text) else None


def _may_be_joined(text: str) -> bool:
    return "update_" in text and (text.count("update_") > 1 or "#" in text or "select " in text or text[0] not in "uU")


_TEXTS: Final = "SMS"
_WITH_RECORDS: Final = frozenset({_TEXTS, "ADN", "FDN", "LND", "SDN", "BDN", "MSISDN", "SMSP", "ICI", "OCI"})
_OF_ONE_LENGTH: Final = _WITH_RECORDS - {_TEXTS}
