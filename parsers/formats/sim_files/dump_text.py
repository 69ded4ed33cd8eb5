"""Reads dumps of a card as text: scripts of pySim-shell's ``export``, and lines of a file's name and hexadecimal."""

from __future__ import annotations

import re
from typing import Final

from parsers.formats.sim_files.card_files import CardContent, FileRef, find_file
from parsers.part_book import PartBook
from parsers.plain_lines import PlainLine

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
_TEMPLATE: Final = "FCP"
_FAULT: Final = re.compile(r"error|unable|not readable|failed", re.IGNORECASE)
_COMMENT: Final = "#"


class DumpLines:
    """Reads a dump line by line; what it cannot place is counted in the book, if there is one.

    Attributes:
        has_commands: Whether a command stood there that writes a file, as ``export`` prints them.
    """

    def __init__(self, book: PartBook | None = None) -> None:
        self.has_commands = False
        self._book = book
        self._file: FileRef | None = None
        self._next = 1

    def content_of(self, line: PlainLine) -> CardContent | None:
        """Return the content that a line holds. None: it names a file, says something else, or nothing."""
        text = line.text.strip()
        if not text:
            return None
        command = _COMMAND.match(text)
        if command is not None:
            return self._commanded(command, line)
        if text.startswith(_COMMENT) or text.lower().startswith("select "):
            self._comment(text, line)
            return None
        return self._labelled(text, line)

    def _labelled(self, text: str, line: PlainLine) -> CardContent | None:
        found = find_file(text)
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
        rest = command["rest"].strip()
        if self._file is None or command["decoded"]:
            self._leave_out("decoded content" if command["decoded"] else "line without a file", line)
            return None
        number = None
        if command["what"].lower() == "record":
            first, _, rest = rest.partition(" ")
            number = int(first) if first.isdecimal() and len(first) <= 3 else None
        digits = rest.strip()
        if not _HEX.fullmatch(digits):
            self._lose(line)
            return None
        return self._made(number, bytes.fromhex(digits.replace(":", " ")))

    def _comment(self, text: str, line: PlainLine) -> None:
        if _TEMPLATE in text:
            return
        found = find_file(text)
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
        if not _HEX.fullmatch(digits):
            number, digits = None, rest.strip(" \t:=)]>-,;|\"'")
        digits = digits.strip(" \t\"',;")
        if not digits:
            return None
        if not _HEX.fullmatch(digits):
            if sum(char in "0123456789abcdefABCDEF" for char in digits) * 2 > len(digits) and file.is_known:
                self._lose(line)
            else:
                self._leave_out("line without a file's content", line)
            return None
        return self._made(number, bytes.fromhex(digits.replace(":", " ")))

    def _made(self, number: int | None, octets: bytes) -> CardContent:
        file = self._file
        assert file is not None
        if number is None and file.name in _WITH_RECORDS:
            number = self._next
        if number is not None:
            self._next = number + 1
        return CardContent(file, number, octets, file.locator(number))

    def _turn_to(self, file: FileRef) -> None:
        held = self._file
        if held is not None and held.name == file.name and (not file.path or held.path == file.path):
            return
        if held is None or held.name != file.name or (held.path and file.path and held.path != file.path):
            self._next = 1
        self._file = file

    def _leave_out(self, source_type: str, line: PlainLine) -> None:
        if self._book is not None:
            self._book.leave_out(source_type, line.locator)

    def _lose(self, line: PlainLine) -> None:
        if self._book is not None:
            self._book.leave_out("content of a file", line.locator, code="element_unreadable")


_WITH_RECORDS: Final = frozenset({"SMS", "ADN", "FDN", "LND", "SDN", "BDN", "MSISDN", "SMSP", "ICI", "OCI"})
