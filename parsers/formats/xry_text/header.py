"""The header of a report: five lines, of which the first says ``XRY Export`` and the third names the view.

What stands in the other three is not published; a case, an exhibit and a count are taken where they say so themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import Final

import msgspec

from parsers.formats.xry_text.text_lines import Line, TextLines, settle
from parsers.formats.xry_text.views import is_view

START: Final = "xry export"
TITLE = re.compile(r"[ \t]*+([^\t:#\r\n]{1,80}?)[ \t]*+#[ \t]*+([0-9]{1,9})[ \t]*+")
"""The first line of an entity: ``Messages #``, a tab, and its number."""

_FEWEST_LETTERS: Final = 3
_LINES: Final = 5
_VIEW_LINE: Final = 2
_LEADING_LINES: Final = 20
_MOST_CHARS: Final = 1_000
_FRONT_BYTES: Final = 4_096
_STATED = re.compile(r"[ \t]*([^:\t]{2,40}?)[ \t]*:[ \t]*(\S.*?)[ \t]*")
_COUNT = re.compile(r"[ \t]*([0-9]{1,9})[ \t]+(?:items?|entries|entities|records)[ \t]*", re.IGNORECASE)
_COUNT_KEYS: Final = frozenset({"items", "count", "total", "number of items", "entries"})
_CASE_KEYS: Final = ("case number", "case reference", "case ref", "case id", "case", "case name")
_EXHIBIT_KEYS: Final = (
    *("exhibit reference", "exhibit ref", "exhibit number", "exhibit", "evidence number", "evidence reference"),
    *("evidence", "evidence item", "item reference"),
)
_MOST_FRONT_CHARS: Final = 60
_TOOLS_NAME = re.compile(r"(?<![^\W_])(?:XRY|XAMN)(?![^\W_])", re.IGNORECASE)
_VERSION = re.compile(r"xry[^0-9\n]{0,20}([0-9]+(?:\.[0-9]+)+)", re.IGNORECASE)


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """What a report says of itself; None where it does not.

    Attributes:
        view: As written: ``Messages/SMS``.
        count: Entities that it states.
        is_crlf: Whether its own lines end with CR LF.
        is_whole: Whether the file goes on behind it, or it has all of its lines.
    """

    view: str
    case_ref: str | None
    exhibit_ref: str | None
    tool_version: str | None
    count: int | None
    is_crlf: bool
    is_whole: bool = True


def read_header(lines: TextLines) -> tuple[Header, Iterator[list[Line]]] | None:
    """Return the header and, in portions, the lines behind it; None where the text is no report.

    Blank lines may stand in front. An entity's title ends a header that has fewer lines than it should.
    """
    walk = iter(lines)
    for place, line in enumerate(walk):
        if line.text.strip().casefold() == START:
            break
        if not line.is_blank or place >= _LEADING_LINES:
            return None
    else:
        return None
    held = [line]
    behind: list[Line] = []
    for line in walk:
        if TITLE.fullmatch(line.text):
            behind.append(line)
            break
        held.append(line)
        if len(held) == _LINES:
            break
    view = _view_of(held)
    if view is None:
        return None
    texts = [text for text in map(_shown, held[1:]) if text.strip() != view]
    stated = {
        found[1].casefold(): found[2] for text in reversed(texts) if (found := _STATED.fullmatch(text)) is not None
    }
    version = next((found[1] for text in texts if (found := _VERSION.search(text))), None)
    return Header(
        view=view,
        case_ref=next((stated[key] for key in _CASE_KEYS if key in stated), None),
        exhibit_ref=next((stated[key] for key in _EXHIBIT_KEYS if key in stated), None),
        tool_version=version,
        count=_count_of(texts, stated),
        is_crlf=all(line.ending == "\r\n" for line in held),
        is_whole=bool(behind) or len(held) == _LINES,
    ), _portions(behind, lines)


def portions_behind_header(lines: TextLines) -> Iterator[list[Line]]:
    """Return the lines behind the header, in portions; none where the text is no report."""
    found = read_header(lines)
    return found[1] if found is not None else iter(())


def _portions(taken: list[Line], lines: TextLines) -> Iterator[list[Line]]:
    if taken:
        yield taken
    yield from lines.portions()


def header_of(first_bytes: bytes) -> Header | None:
    """Return the header that stands in the first bytes of a file; None where it is no report."""
    front = first_bytes[:_FRONT_BYTES].replace(b"\x00", b"").lower()
    if START.encode() not in front:
        return None
    found = read_header(TextLines(BytesIO(first_bytes), _MOST_CHARS * _LEADING_LINES))
    return found[0] if found is not None else None


def foreign_front(first_bytes: bytes) -> str | None:
    """Return the first line of a file that is built as a report, names XRY or XAMN there, and is none in English.

    A title with its number among the first lines makes it one, and no text that speaks of the tool.
    """
    lines = [line for line in islice(TextLines(BytesIO(first_bytes), _MOST_CHARS), _LEADING_LINES) if not line.is_blank]
    first = _shown(lines[0]).strip() if lines else ""
    if len(first) > _MOST_FRONT_CHARS or _TOOLS_NAME.search(first) is None or first.casefold() == START:
        return None
    has_title = any("\t" in line.text and TITLE.fullmatch(line.text) for line in lines[1:])
    return first if has_title else None


def is_cut_header(first_bytes: bytes) -> bool:
    """Whether a file that is no report begins as one does: it was cut off, or damaged, inside the header."""
    front = first_bytes[:_FRONT_BYTES].removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").removeprefix(b"\xef\xbb\xbf")
    front = front.replace(b"\x00", b"").lstrip().lower()
    return len(front) >= _FEWEST_LETTERS and front[: len(START)] == START[: len(front)].encode()


def _shown(line: Line) -> str:
    return settle(line.text[:_MOST_CHARS], is_utf16=True)[0]


def _view_of(held: list[Line]) -> str | None:
    texts = [_shown(line).strip() for line in held]
    third = texts[_VIEW_LINE] if len(texts) > _VIEW_LINE else ""
    known = next((text for text in (third, *texts[1:]) if text and is_view(text)), None)
    view = known or third
    return view if view and not _STATED.fullmatch(view) else None


def _count_of(texts: list[str], stated: dict[str, str]) -> int | None:
    for text in texts:
        found = _COUNT.fullmatch(text)
        if found is not None:
            return int(found[1])
    value = next((stated[key] for key in _COUNT_KEYS if key in stated), "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else None
