"""Carriage returns that stand alone in a file of cards whose lines end otherwise.

One ends a line where a property that the specifications name stands behind it, or the beginning or the end of a card:
in a value nobody writes one in capitals with its colon. Elsewhere it is part of its value, and where something stands
behind it that could be a property of another kind, that is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from parsers.plain_lines import RawLine

_RETURN: Final = b"\r"
_NAMES: Final = (
    rb"VERSION|FN|N|NICKNAME|PHOTO|BDAY|ANNIVERSARY|GENDER|ADR|LABEL|TEL|EMAIL|MAILER|IMPP|LANG|TZ|GEO|TITLE|ROLE|LOGO"
    rb"|AGENT|ORG|MEMBER|RELATED|CATEGORIES|NOTE|PRODID|REV|SORT-STRING|SOUND|UID|URL|CLASS|KEY|KIND|SOURCE|X-[A-Z0-9-]+"
)
_LINE: Final = re.compile(
    rb"[ \t]*(?:(?:[A-Za-z0-9-]{1,40}\.)?(?:" + _NAMES + rb')(?:;(?:"[^"\r]*+"|[^":\r])*+)?:'
    rb"|(?i:(?:BEGIN|END)[ \t]*:[ \t]*VCARD[ \t]*\Z))"
)
_UNKNOWN: Final = re.compile(rb"[A-Za-z][A-Za-z-]{1,30}(?:;[^:\r]{1,60})?:(?!//)\S")


class LineParter:
    """Parts the lines of one file at the carriage returns that end one.

    Attributes:
        doubtful_count: Carriage returns that may end a line and were left in their value.
        first_doubtful: Number of the line in which the first of them stands.
    """

    def __init__(self) -> None:
        self.doubtful_count = 0
        self.first_doubtful = 0

    def lines(self, lines: Iterable[RawLine]) -> Iterator[RawLine]:
        """Yield the lines; those that stood in one have its number."""
        for line in lines:
            if _RETURN in line.raw:
                yield from self._parted(line)
            else:
                yield line

    def _parted(self, line: RawLine) -> Iterator[RawLine]:
        # In front of a line it belongs to the end of the line before: LF CR.
        first, *others = line.raw.lstrip(_RETURN).split(_RETURN)
        held = [first]
        for piece in others:
            if _LINE.match(piece) is not None:
                yield msgspec.structs.replace(line, raw=_RETURN.join(held), is_ended=True)
                held = [piece]
                continue
            if _UNKNOWN.match(piece) is not None:
                self.doubtful_count += 1
                self.first_doubtful = self.first_doubtful or line.number
            held.append(piece)
        yield msgspec.structs.replace(line, raw=_RETURN.join(held))
