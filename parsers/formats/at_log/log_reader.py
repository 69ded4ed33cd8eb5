"""Reads a log of AT commands from its front: which store and character set hold, and what each answer is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from parsers.clocks import Clock
from parsers.contract import SourceStamp
from parsers.formats.at_log.answer_fields import decoded, fields_of
from parsers.formats.at_log.answers import Identity, PhoneBooks, listing_of
from parsers.formats.at_log.damaged_headers import BROKEN, entry_of, is_part_of_entry, mended_lines
from parsers.formats.at_log.log_lines import ANSWER, COMMAND, LINE, RESULT, UNASKED, Piece, pieces_of
from parsers.formats.at_log.log_text import LogLine
from parsers.formats.at_log.text_mode import TextModeMessages
from parsers.part_book import PartBook
from parsers.records.facts import Record
from parsers.records.values import DeletedState
from parsers.sms_pdu.long_messages import Slot
from parsers.sms_pdu.sms_messages import SmsMessages
from parsers.stored_text import FILLING

_STATUS_WORDS: Final = ("REC UNREAD", "REC READ", "STO UNSENT", "STO SENT")
_HEX: Final = re.compile(r"(?:[0-9A-Fa-f]{2})++")
_OCTETS: Final = re.compile(r"(?:[0-9A-Fa-f]{2}){12,1024}")
"""What a line of a stored SMS is; the shortest in use is a dozen octets, and a number or a date is shorter."""
_DIGIT: Final = re.compile(r"[0-9A-F]")
_FEWEST_DIGITS: Final = 24
_LISTS: Final = frozenset({"+CMGL", "+CMGR"})
_BOOK_LISTS: Final = frozenset({"+CPBR", "+CPBF"})
_BEHIND_SEVERAL: Final = "texts, behind one of several lines that may hold the next"
_READS: Final = frozenset({"+CMGL", "+CMGR", "+CPBR", "+CPBF"})
# Of 3GPP TS 27.005 and 27.007: there is nothing in that place, which readers meet who ask for one after the other.
_EMPTY_PLACE: Final = frozenset({"321", "21", "22", "INVALID MEMORY INDEX", "INVALID INDEX", "NOT FOUND"})
_FIRST_NUMBER: Final = re.compile(r"=\s*(\d{1,6})\s*$")


class LogReader:
    """Reads one log, once.

    Attributes:
        identity: What the log says of the handset; complete once the log is read.
    """

    def __init__(self, stamp: SourceStamp, book: PartBook, clock: Clock, region: str) -> None:
        self.identity = Identity()
        self._stamp = stamp
        self._book = book
        self._clock = clock
        self._octets = SmsMessages(stamp, book, clock, region)
        self._texts = TextModeMessages(stamp, book, clock, region)
        self._books = PhoneBooks(stamp, book, clock, region)
        self._store: str | None = None
        self._phone_book: str | None = None
        self._command: str | None = None
        self._argument = ""
        self._before: tuple[str | None, str | None] | None = None
        self._has_commands = False
        self._has_results = False
        self._is_settled = True
        self._is_cut = False
        self._is_among_octets = False
        self._is_text_mode = False
        self._is_book_list = False
        self._unbegun: list[Piece] = []
        self._several: int | None = None

    def records(self, lines: Iterable[LogLine]) -> Iterator[Record]:
        """Yield the records of a log, in order; the handset comes last."""
        for piece in pieces_of(mended_lines(lines)):
            if self._unbegun and piece.kind is not LINE:
                yield from self._unbegun_text()
            if piece.line.damage is not None:
                self._book.note(piece.line.damage, locator=piece.line.locator)
            self._settle(piece)
            self._is_cut = piece.is_cut
            if piece.kind is COMMAND:
                self._take_command(piece)
            elif piece.kind is ANSWER:
                yield from self._answer(piece)
            elif piece.kind is RESULT:
                self._result(piece)
            else:
                yield from self._line(piece)
        yield from self._unbegun_text()
        yield from self._octets.rest()
        yield from self.identity.device(self._stamp, self._book)
        if self._is_cut or (self._has_results and not self._is_settled):
            # Every other answer has a result behind it.
            self._book.note("input_truncated", ends_reading=True)

    def _line(self, piece: Piece) -> Iterator[Record]:
        if self._is_text_list():
            self._unbegun.append(piece)
        elif self._is_book_list and (entry_of(piece.rest) is not None or is_part_of_entry(piece.rest)):
            yield from self._damaged_entry(piece)
        elif not self.identity.take_line(piece, self._command):
            yield from self._loose(piece)

    def _settle(self, piece: Piece) -> None:
        """Follow whether what was asked has its result; what comes unasked and loose lines leave that as it is."""
        if piece.kind is RESULT:
            self._is_settled = True
        elif piece.kind is LINE:
            self._is_settled = self._is_settled and self._has_commands
        elif piece.kind is COMMAND or piece.name not in UNASKED:
            self._is_settled = False

    def _take_command(self, piece: Piece) -> None:
        self._has_commands = True
        self._before = self._several = None
        self._command, self._argument = piece.name, piece.rest
        self._is_book_list = piece.name in _BOOK_LISTS
        if piece.name == "+CMGF":
            self._is_text_mode = piece.rest.replace(" ", "") == "=1"
        if not piece.rest.startswith("="):
            return
        first = next(iter(fields_of(piece.rest[1:])), None)
        if first is None:
            return
        value = first.text.strip().upper()
        self._turn_to(piece.name, value)

    def _answer(self, piece: Piece) -> Iterator[Record]:
        fields = piece.fields
        name = piece.name
        if name in {"+CSCS", "+CPMS", "+CPBS"}:
            self._take_setting(piece)
        elif name in {"+CMGL", "+CMGR", "+CMT", "+CDS"}:
            yield from self._message(piece)
        elif name in {"+CPBR", "+CPBF"}:
            if fields and fields[0].text.startswith("("):
                return  # the range of places, as an answer to a question about the command
            self._is_book_list = True
            yield from self._books.records_of(piece, self._phone_book, piece.line.character_set, self.identity)
        elif name not in UNASKED and self._is_text_list():
            self._unbegun.append(piece)
        elif self._is_book_list and is_part_of_entry(piece.rest):
            yield from self._damaged_entry(piece)
        elif not self.identity.take_answer(piece, piece.line.character_set, self._clock):
            self._book.leave_out(f"answer {name}", piece.line.locator)

    def _take_setting(self, piece: Piece) -> None:
        first = next(iter(piece.fields), None)
        if first is None or not first.is_quoted:
            return
        value = first.text.strip().upper()
        self._turn_to(piece.name, value)

    def _turn_to(self, name: str, value: str) -> None:
        """Turn to another store or phone book; one that the modem refuses does not hold."""
        if name not in {"+CPMS", "+CPBS"}:
            return
        self._before = self._before or (self._store, self._phone_book)
        if name == "+CPMS":
            self._store = value
        else:
            self._phone_book = value

    def _message(self, piece: Piece) -> Iterator[Record]:
        index = None
        if piece.name == "+CMGR" and self._command == "+CMGR":
            asked = _FIRST_NUMBER.search(self._argument)
            index = int(asked[1]) if asked is not None else None
        if piece.is_text_mode:
            self._name_gap(piece)
            message = self._texts.message(piece, index, self._store)
            if message is not None:
                yield message
            return
        self._is_among_octets = True
        fields = piece.fields
        if piece.name == "+CDS" and len(fields) > 2:
            self._book.leave_out("SMS status report", piece.line.locator)
            return
        if piece.name == "+CMGL":
            index = fields[0].number if fields else None
            fields = fields[1:]
        locator = f"{self._store or 'store'} {index}" if index is not None else piece.line.locator
        digits = "".join(piece.data).replace(" ", "")
        if not _HEX.fullmatch(digits):
            self._book.lose("message", locator, "SMS (its octets are no hexadecimal)")
            return
        is_stored = piece.name in {"+CMGL", "+CMGR"}
        status = fields[0].number if fields and is_stored else None
        name = decoded(fields[1].text, piece.line.character_set) if len(fields) > 2 and fields[1].text else None
        slot = Slot(
            locator=locator,
            listing=listing_of(self._store),
            status=None if status is None else _STATUS_WORDS[status] if status < 4 else f"status {status}",
            deleted=DeletedState.INTACT if is_stored else DeletedState.UNKNOWN,
            name=name or None,
        )
        yield from self._octets.add(
            slot, bytes.fromhex(digits), has_service_centre=self._has_centre(piece, digits), may_be_cut=True
        )

    def _is_text_list(self) -> bool:
        """Whether texts were asked for as text: a line in none of them is what is left of one."""
        return self._is_text_mode and self._has_commands and self._command in _LISTS

    def _unbegun_text(self) -> Iterator[Record]:
        """Yield the message of lines whose header is damaged beyond what tells one."""
        if self._unbegun:
            yield self._texts.unbegun(self._unbegun, listing_of(self._store))
            self._unbegun = []

    def _name_gap(self, piece: Piece) -> None:
        """Say that places are left out behind a text of several lines: the next may stand in it, without its header."""
        index = piece.fields[0].number if piece.name == "+CMGL" and piece.fields else None
        if self._several is not None and index is not None and index > self._several:
            self._book.note("numbers_left_out", subject=_BEHIND_SEVERAL, locator=piece.line.locator)
        self._several = index + 1 if index is not None and len(piece.data) > 1 else None

    def _damaged_entry(self, piece: Piece) -> Iterator[Record]:
        """Yield the entry of a phone book whose name is damaged; what is left of one is an entry that is lost."""
        locator = piece.line.locator
        rest = entry_of(piece.line.text.strip())
        if rest is None:
            self._books.lose(self._phone_book, locator)
            return
        self._book.note(BROKEN, locator=locator)
        entry = Piece(kind=ANSWER, line=piece.line, name="+CPBR", rest=rest, fields=fields_of(rest))
        yield from self._books.records_of(entry, self._phone_book, piece.line.character_set, self.identity)

    def _loose(self, piece: Piece) -> Iterator[Record]:
        """Yield the message of a line in no answer; in a list of octets one is an SMS whose answer is damaged."""
        is_list = self._command in _LISTS if self._has_commands else self._is_among_octets
        text, locator = piece.rest, piece.line.locator
        if is_list and _OCTETS.fullmatch(text) is not None:
            self._book.note("message_unbegun", locator=locator)
            slot = Slot(locator=locator, listing=listing_of(self._store))
            yield from self._octets.add(slot, bytes.fromhex(text), may_be_cut=True)
        elif is_list and _is_of_octets(text):
            self._book.lose("message", locator, "SMS (its octets are no hexadecimal)")
        else:
            self._book.leave_out("line of a log", locator)

    def _has_centre(self, piece: Piece, digits: str) -> bool:
        """Whether a service centre stands in front: the stated length leaves it out."""
        fields = piece.fields
        length = fields[-1].number if fields else None
        return length is None or length * 2 != len(digits)

    def _result(self, piece: Piece) -> None:
        self._has_results = True
        if self._before is not None and piece.name != "OK":
            self._store, self._phone_book = self._before
        self._before = self._several = None
        self._is_book_list = False
        command, self._command = self._command, None
        if piece.name == "OK" or command not in _READS:
            return
        if piece.name.upper() in _EMPTY_PLACE:
            self._book.leave_out("empty place", piece.line.locator)
        else:
            self._book.note("command_failed", subject=f"AT{command}", locator=piece.line.locator)


def _is_of_octets(text: str) -> bool:
    """Whether most of a line are digits of octets: damage stands in what is left of an SMS."""
    count = len(_DIGIT.findall(text))
    return count >= _FEWEST_DIGITS and count * 2 >= len(text.replace(FILLING, ""))
