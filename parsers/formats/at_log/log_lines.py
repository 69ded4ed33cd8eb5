"""Cuts a log of AT commands into commands, answers with what belongs to them, and results."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final

import msgspec

from parsers.formats.at_log.answer_fields import Field, fields_of
from parsers.formats.at_log.log_text import LogLine
from parsers.sms_pdu.national_shifts import EXTENSION

_COMMAND: Final = re.compile(r"AT\s*(?P<name>[+^*#&$%][A-Z0-9]*)(?P<rest>(?![A-Z]).*)", re.IGNORECASE | re.DOTALL)
_BASIC: Final = re.compile(
    r"AT(?P<name>)(?P<rest>D[TP]?[0-9*#+,;W @!-]*|(?:[ABCEFHILMNOPQSTVWXYZ][0-9]{0,3}(?:=[0-9]{1,3}|\?)?){0,8})",
    re.IGNORECASE,
)
"""Commands of single letters (V.250), nothing else on their line: texts begin with ``At`` too."""

_ANSWER: Final = re.compile(r"(?P<name>[+^*#][A-Z]{2,12}):\s?(?P<rest>.*)", re.DOTALL)
_RESULT: Final = re.compile(r"(?:OK|ERROR|NO CARRIER|(?P<kind>\+CM[SE] ERROR):\s*(?P<code>.*))")
_ARROW: Final = re.compile(
    r"(?:\[[^\]]{0,40}\]\s*)?(?:[<>-]{1,3}\s+|(?:TX|RX|SEND|RECV)\s*:\s*)(?=AT|[+^]C|OK\b|ERROR\b)", re.IGNORECASE
)
_MESSAGE_ANSWERS: Final = frozenset({"+CMGL", "+CMGR", "+CMT", "+CDS"})
_RECORD_ANSWERS: Final = _MESSAGE_ANSWERS | {"+CPBR", "+CPBF"}
_STATUS: Final = re.compile(r"(?:REC|STO) [A-Z]{3,12}", re.IGNORECASE)
_DELIVERED: Final = "+CMT"
UNASKED: Final = frozenset(
    {_DELIVERED, "+CDS", "+CMTI", "+CDSI", "+CBM", "+CBMI", "+CREG", "+CGREG", "+CEREG", "+CRING", "+CLIP", "+CCWA"}
    | {"+CUSD", "+CIEV", "+CSSI", "+CSSU", "+CGEV", "^RSSI", "^MODE", "^BOOT", "^SRVST", "^SIMST"}
)
"""Answers that modems give without being asked (TS 27.005, TS 27.007)."""

_LOG_BEGINS: Final = re.compile(r"=(?:~=){4}")
"""PuTTY writes each session behind the last: ``=~=~=~=~=~= PuTTY log 2024.05.13 14:05:01 =~=~=~=~=~=``."""

_ARROW_MARKS: Final = re.compile("[<>:-]")
_RESULT_STARTS: Final = "OEN+"
_ANSWER_STARTS: Final = "+^*#"
_OCTET_STARTS: Final = frozenset("0123456789")
_COMMAND_STARTS: Final = "Aa"
_DIGITS: Final = re.compile(r"[0-9A-Fa-f ]+")
_RINGING: Final = "RING"
_ESCAPED: Final = frozenset(EXTENSION.values())
_MOST_LINES: Final = 10_000
_MOST_AHEAD: Final = 1_000


class PieceKind(StrEnum):
    """What a piece of a log is."""

    COMMAND = "command"
    ANSWER = "answer"
    RESULT = "result"
    LINE = "line"


COMMAND: Final = PieceKind.COMMAND
ANSWER: Final = PieceKind.ANSWER
RESULT: Final = PieceKind.RESULT
LINE: Final = PieceKind.LINE
"""Named here because looking one up in its enumeration takes four times as long, and many are asked for a line."""


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """One piece.

    Attributes:
        name: Of a command or an answer, in capitals: ``+CMGL``. Of a result: ``OK``, ``ERROR`` or its code.
        rest: Behind the name.
        fields: Of an answer: what stands there, apart.
        is_text_mode: Whether it is an answer that shows a message as text; its status stands in words there.
        data: The lines that belong to a message, without those that frame it.
        replaced_count: Characters of the data that were replaced.
        is_open: Whether the log ends in it.
        is_cut: Whether the log ends inside the name of an answer that shows an entry, in it or behind it.
    """

    kind: PieceKind
    line: LogLine
    name: str = ""
    rest: str = ""
    fields: tuple[Field, ...] = ()
    is_text_mode: bool = False
    data: tuple[str, ...] = ()
    replaced_count: int = 0
    is_open: bool = False
    is_cut: bool = False


def pieces_of(lines: Iterable[LogLine]) -> Iterator[Piece]:
    """Yield the pieces of a log, in order.

    A text may hold a line ``OK`` of its own: right behind its answer, before its stated length is reached, or where the
    log shows commands and none follows.
    """
    ahead = _Ahead(lines)
    has_commands = False
    answer: Piece | None = None
    held: list[LogLine] = []
    for line in ahead:
        piece = _piece(line)
        if answer is not None:
            is_result = piece is not None and piece.kind is RESULT
            if _is_data(piece, answer, held) or (is_result and has_commands and _is_typed(answer, ahead)):
                held.append(line)
                continue
            yield _settled(answer, held, is_open=False)
            answer, held = None, []
        if piece is None:
            continue
        has_commands = has_commands or piece.kind is COMMAND
        if piece.kind is ANSWER and piece.name in _MESSAGE_ANSWERS:
            answer = piece
        else:
            yield piece
    if answer is not None:
        yield _settled(answer, held, is_open=True)


class _Ahead:
    """Lines, with a look at the next one that is not blank."""

    def __init__(self, lines: Iterable[LogLine]) -> None:
        self._lines = iter(lines)
        self._waiting: deque[LogLine] = deque()

    def __iter__(self) -> Iterator[LogLine]:
        """Yield the lines, in order."""
        while True:
            if self._waiting:
                yield self._waiting.popleft()
            elif (line := next(self._lines, None)) is not None:
                yield line
            else:
                return

    def next_piece(self) -> Piece | None:
        """Return what the next line that is not blank is. None: the log ends, or looks empty for long."""
        for waiting in self._waiting:
            if (piece := _piece(waiting)) is not None:
                return piece
        while len(self._waiting) < _MOST_AHEAD and (line := next(self._lines, None)) is not None:
            self._waiting.append(line)
            if (piece := _piece(line)) is not None:
                return piece
        return None


def _is_begun_answer(line: LogLine) -> bool:
    """Whether a log that ends in a line without a line end ends inside the name of an answer that shows an entry."""
    if line.is_ended:
        return False
    word = line.text.strip()
    return bool(word) and any(name.startswith(word) for name in _RECORD_ANSWERS)


def _is_text_mode(name: str, fields: tuple[Field, ...]) -> bool:
    """Whether an answer about a message shows it as text."""
    if name == _DELIVERED:
        # In octets it has a name and a length alone.
        return len(fields) > 2
    place = 1 if name == "+CMGL" else 0
    return len(fields) > place and _STATUS.fullmatch(fields[place].text.strip()) is not None


def _piece(line: LogLine) -> Piece | None:
    """Return what a line is by itself. None: a blank one."""
    text = line.text.strip()
    if text[:1] in _OCTET_STARTS and text.isalnum():
        # Octets, as half of the lines are: no arrow stands in front of them, and nothing else begins with a digit.
        return Piece(kind=LINE, line=line, rest=text)
    if _ARROW_MARKS.search(text) is not None:
        text = _ARROW.sub("", text, count=1)
    if not text:
        return None
    start = text[0]
    result = _RESULT.fullmatch(text) if start in _RESULT_STARTS else None
    if result is not None:
        name = text if result["kind"] is None else result["code"].strip()
        return Piece(kind=RESULT, line=line, name=name)
    answer = _ANSWER.match(text) if start in _ANSWER_STARTS else None
    if answer is not None:
        name, rest = answer["name"], answer["rest"]
        fields = fields_of(rest)
        is_text_mode = name in _MESSAGE_ANSWERS and (bool(line.header) or _is_text_mode(name, fields))
        return Piece(kind=ANSWER, line=line, name=name, rest=rest, fields=fields, is_text_mode=is_text_mode)
    command = (_COMMAND.match(text) or _BASIC.fullmatch(text)) if start in _COMMAND_STARTS else None
    if command is not None:
        return Piece(kind=COMMAND, line=line, name=command["name"].upper(), rest=command["rest"])
    return Piece(kind=LINE, line=line, rest=text, is_cut=_is_begun_answer(line))


def _is_data(piece: Piece | None, answer: Piece, held: list[LogLine]) -> bool:
    """Whether a line belongs to the message that an answer began."""
    if piece is None:
        return len(held) < _MOST_LINES
    if not answer.is_text_mode:
        # Octets are one line, unless a terminal has cut it; whatever follows them is something else.
        return piece.kind is LINE and _lacks_octets(answer, held, piece)
    if answer.name == _DELIVERED or (piece.kind is ANSWER and _is_unasked(piece, held)):
        return answer.name == _DELIVERED and not _is_over(answer, held, piece)
    if piece.kind is ANSWER and piece.name in _MESSAGE_ANSWERS:
        return not (piece.is_text_mode or _is_octets_answer(piece))
    if piece.kind is RESULT and held:
        length = stated_length(answer)
        return length is not None and _most_chars(held) < length and len(held) < _MOST_LINES
    # Before the result of the one that asked no command is given; a text may be a word like one (``ate``).
    return not (piece.kind is COMMAND and piece.name) and len(held) < _MOST_LINES


def _is_typed(answer: Piece, ahead: _Ahead) -> bool:
    """Whether a result in a log that shows commands is a line of the text: no command follows it.

    Nor does what a modem says unasked, which waits until the answer is over, or a terminal where it begins a log anew.
    """
    if not answer.is_text_mode or stated_length(answer) is not None:
        return False
    following = ahead.next_piece()
    if following is None or following.kind is COMMAND or following.name in UNASKED:
        return False
    return following.kind is not LINE or _LOG_BEGINS.match(following.rest) is None


def _lacks_octets(answer: Piece, held: list[LogLine], piece: Piece) -> bool:
    """Whether octets that the answer says there are have not been met before a line that may hold them."""
    digits = "".join(line.text for line in held).replace(" ", "")
    if not digits:
        return True
    length = answer.fields[-1].number if answer.fields else None
    if length is None or _DIGITS.fullmatch(digits) is None or _DIGITS.fullmatch(piece.rest) is None:
        return False
    return len(digits) < 2 * (1 + int(digits[:2], 16) + length) and len(digits) != 2 * length


def _is_over(answer: Piece, held: list[LogLine], piece: Piece) -> bool:
    """Whether a text that was handed on as it came in ends before a line: no result follows it, as nobody asked."""
    if not held:
        return piece.kind is COMMAND or piece.name in _MESSAGE_ANSWERS
    if piece.kind is not LINE:
        return True
    length = stated_length(answer)
    if length is not None and _least_chars(held) >= length:
        return True
    return piece.rest == _RINGING and len(held) > 1 and not held[-1].text


def _is_unasked(piece: Piece, held: list[LogLine]) -> bool:
    """Whether an answer came unasked behind a text: a blank line stands before it, as modems frame such answers."""
    return piece.name in UNASKED and len(held) > 1 and not held[-1].text


def _is_octets_answer(piece: Piece) -> bool:
    return piece.fields[-1].number is not None


def stated_length(answer: Piece) -> int | None:
    """Return how many characters a message in text mode says it has. None: it does not say."""
    fields = answer.fields
    place = {"+CMGL": 6, _DELIVERED: 4}.get(answer.name, 5)
    return fields[-1].number if len(fields) > place else None


def _least_chars(held: list[LogLine]) -> int:
    return sum(len(line.text) + 1 for line in held) - 1


def _most_chars(held: list[LogLine]) -> int:
    """Return how many characters the modem may have counted: two for a line end, and for one behind an escape."""
    return sum(len(line.text) + 2 + sum(line.text.count(char) for char in _ESCAPED) for line in held) - 2


def _settled(answer: Piece, held: list[LogLine], *, is_open: bool) -> Piece:
    """Return an answer with its data, without the blank line that frames it."""
    kept = list(held)
    if answer.is_text_mode:
        length = stated_length(answer)
        while len(kept) > 1 and not kept[-1].text and (length is None or _least_chars(kept) > length):
            kept.pop()
            if length is None:
                break
    else:
        kept = [line for line in kept if line.text.strip()]
    return msgspec.structs.replace(
        answer,
        data=tuple([line.text for line in kept]),
        replaced_count=sum([line.replaced_count for line in kept]),
        is_open=is_open,
        # A text has a line of its own before the next answer begins.
        is_cut=is_open and len(held) > 1 and _is_begun_answer(held[-1]),
    )
