"""Puts lines right of which a header is damaged or a line end is lost, before a log is cut into its answers.

A header is told by what it states: a status in the modem's words, a time in quotes. Nobody types these in a text.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator
from typing import Final

import msgspec

from parsers.formats.at_log.log_text import LogLine

BROKEN: Final = "markup_broken"
UNBEGUN: Final = "message_unbegun"

_STATUS: Final = r'"(?:REC (?:UN)?READ|STO (?:UN)?SENT)",'
_HEAD: Final = re.compile(rf"\+CMG[LR]:\s?(?:[0-9]{{1,5}},\s?)?{_STATUS}")
_CLOCK: Final = r"[0-9]{2,4}/[0-9]{1,2}/[0-9]{1,2},? ?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?\s*[+-][0-9]{1,2}"
_TIME: Final = re.compile(rf'"{_CLOCK}"')
_DETAILS: Final = re.compile(r'(?:,(?:\s*"[^"]*"|\s*[0-9]{1,4}|(?=,|\s*$)))*')
"""Type of number, coding, length, as ``AT+CSDH=1`` asks for them."""

_SENT: Final = re.compile(r'[^"]*"STO [A-Z]+","[^"]*",(?:"[^"]*")?,?(?=(?P<text>[^",\s].*))', re.DOTALL)
"""What was sent has no time; behind an empty name, or one in quotes, its header is over."""

_NAME_DAMAGED: Final = re.compile(rf'[^"\s]{{0,8}}?:?\s?(?P<rest>(?P<index>[0-9]{{1,5}},\s?)?{_STATUS}.*)', re.DOTALL)
_PART: Final = re.compile(
    rf'.{{0,20}}(?:REC (?:UN)?READ|STO (?:UN)?SENT)"?,"?[+0-9].*|.*",[^,]{{0,40}},"{_CLOCK}"', re.DOTALL
)
_STATED: Final = re.compile(r"(?:REC (?:UN)?READ|STO (?:UN)?SENT)")
_NUMBER: Final = re.compile(r'"(\+?[0-9*#]{3,20})"')
_OTHER: Final = re.compile(
    r"\s*(?:AT|[+^*#](?:CM[TWS]|CDS|CBM|CPB[RFW]|CCLK|CL[IC][PCK]|CCWA|CUSD|CNUM|CRING|CSCA)[A-Z]*:)", re.IGNORECASE
)
"""Commands, and answers other than these that may end in a time."""

_ENTRY_BEHIND: Final = re.compile(r'(?<=")\s*(?=\+CPB[RF]:\s?[0-9]{1,5},")')
_ENTRY: Final = re.compile(r'[^"\s]{0,8}?:?\s?(?P<rest>[0-9]{1,5},"[^"]*",[0-9]{1,3},".*)', re.DOTALL)
_ENTRY_PART: Final = re.compile(r'.*(?:",[0-9]{2,3}(?:,|$)|[0-9]{1,5},").*', re.DOTALL)


def mended_lines(lines: Iterable[LogLine]) -> Iterator[LogLine]:
    """Yield the lines of a log, those of which a header is damaged or a line end is lost as they should stand."""
    for line in lines:
        left: LogLine | None = line
        while left is not None:
            left = yield from _first_of(left)


def _first_of(line: LogLine) -> Generator[LogLine, None, LogLine | None]:
    """Yield what a line begins with as it should stand, and return what is left to be looked at."""
    # Every header has quotes, and few texts do.
    if '"' not in line.text:
        yield line
    elif '"REC ' in line.text or '"STO ' in line.text:
        return (yield from _with_status(line))
    elif "+CPB" in line.text:
        yield from _entries(line)
    elif _OTHER.match(line.text) is None and _PART.fullmatch(line.text.strip()) is not None:
        yield _part(line)
    else:
        yield line
    return None


def entry_of(text: str) -> str | None:
    """Return what stands behind the name of an entry of a phone book whose name is damaged. None: it is none."""
    found = _ENTRY.fullmatch(text)
    return found["rest"] if found is not None else None


def is_part_of_entry(text: str) -> bool:
    """Whether a line is what is left of an entry of a phone book."""
    return _ENTRY_PART.fullmatch(text) is not None


def stated_in(line: LogLine) -> tuple[str, str, str]:
    """Return what is left in a damaged header: status, number and time, each empty where it is not there."""
    found = [form.search(line.header) for form in (_STATED, _NUMBER, _TIME)]
    status, number, time = (each[0].strip('"') if each is not None else "" for each in found)
    return status, number, time


def _with_status(line: LogLine) -> Generator[LogLine, None, LogLine | None]:
    """Yield the lines that one with a status begins with, and return what is left."""
    text = line.text
    head = _HEAD.search(text)
    if head is None:
        bare = text.strip()
        found = _NAME_DAMAGED.fullmatch(bare)
        if found is not None and _is_whole(found["rest"]):
            name = "+CMGL" if found["index"] else "+CMGR"
            return (yield from _with_text(line, f"{name}: {found['rest']}", damage=BROKEN))
        if _OTHER.match(text) is None and _PART.fullmatch(bare) is not None:
            yield _part(line)
        else:
            yield line
        return None
    if not text[: head.start()].strip():
        return (yield from _with_text(line, text, damage=None))
    if _is_whole(text[head.start() :]):
        yield _piece(line, text[: head.start()])
        return (yield from _with_text(line, text[head.start() :], damage=BROKEN))
    yield line
    return None


def _with_text(line: LogLine, text: str, *, damage: str | None) -> Generator[LogLine, None, LogLine | None]:
    """Yield a header, and return the text that stands on its line: another header may stand behind that."""
    time = _TIME.search(text)
    if time is not None:
        details = _DETAILS.match(text, time.end())
        end = details.end() if details is not None else time.end()
        # A field of another form is one more of the header.
        end = len(text) if text.startswith((",", '"'), end) else end
    else:
        sent = _SENT.match(text)
        end = sent.end() if sent is not None and any(map(str.isalpha, sent["text"])) else len(text)
    if not text[end:].strip():
        yield line if damage is None else _piece(line, text, damage=damage)
        return None
    yield _piece(line, text[:end], damage=BROKEN)
    return _piece(line, text[end:], is_ended=line.is_ended)


def _is_whole(text: str) -> bool:
    return _TIME.search(text) is not None or _SENT.match(text + "x") is not None


def _part(line: LogLine) -> LogLine:
    return msgspec.structs.replace(line, text="+CMGL:", damage=UNBEGUN, header=line.text.strip())


def _entries(line: LogLine) -> Iterator[LogLine]:
    """Yield the entries of a phone book that stand on one line."""
    pieces = _ENTRY_BEHIND.split(line.text)
    if len(pieces) == 1:
        yield line
        return
    for place, piece in enumerate(pieces):
        yield _piece(line, piece, damage=BROKEN if place else None)


def _piece(line: LogLine, text: str, *, damage: str | None = None, is_ended: bool = True) -> LogLine:
    replaced = min(line.replaced_count, text.count("\N{REPLACEMENT CHARACTER}")) if line.replaced_count else 0
    return LogLine(line.number, text, replaced, is_ended, line.character_set, damage=damage)
