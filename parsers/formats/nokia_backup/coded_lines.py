"""Lines of PC Suite's own export: a code, a tab, its value, and so on; each line is one message, contact or entry."""

from __future__ import annotations

import re
from itertools import islice, zip_longest
from typing import Final

import msgspec

_CODE: Final = re.compile(r"[0-9]{3,4}")
_KIND: Final = re.compile(r"PIT_[A-Z0-9_]{2,40}")
_FRONT: Final = re.compile(r"\ufeff?[0-9]{3,4}\tPIT_[A-Z0-9_]{2,40}(?:\t|\r|\n|$)")

_LINE_END: Final = "\\n"
_MESSAGE: Final = "PIT_MESSAGE_"
_TEXT: Final = "1033"
_CODE_OF_MESSAGE: Final = re.compile(r"1[01][0-9]{2}")
_OF_SEVERAL: Final = frozenset({"1080", "1081"})
"""What a message may have several of, one behind the other: its parties."""

_MOST_ENDS: Final = 64
"""So many places are tried where a text may end."""


class CodedLine(msgspec.Struct, frozen=True):
    """A line taken apart.

    Attributes:
        kind: What it calls itself: ``PIT_MESSAGE_INBOX``. None: it does not say.
        fields: Code and value, in their order.
        has_tabs: Whether a tab stands in a value.
    """

    kind: str | None
    fields: tuple[tuple[str, str], ...]
    has_tabs: bool = False

    def first(self, code: str) -> str | None:
        """Return the first value of a code that is not empty. None: there is none."""
        return next((value for held, value in self.fields if held == code and value), None)

    def all_of(self, *codes: str) -> list[tuple[str, str]]:
        """Return every field with one of some codes whose value is not empty."""
        return [(held, value) for held, value in self.fields if held in codes and value]

    def has(self, code: str) -> bool:
        """Whether the line has a field of a code, be it empty."""
        return any(held == code for held, _ in self.fields)


def is_front(text: str) -> bool:
    """Whether a text begins with such a line."""
    return _FRONT.match(text) is not None


def coded_line(text: str) -> CodedLine | None:
    """Return a line taken apart. None: it begins with no code.

    Where a code has to stand and none does, a tab was typed into the value before, which goes on.
    """
    pieces = _with_text_in_one(text.split("\t"))
    fields: list[tuple[str, str]] = []
    place, has_tabs = 0, False
    while place < len(pieces):
        piece = pieces[place]
        if _CODE.fullmatch(piece) is not None:
            fields.append((piece, pieces[place + 1] if place + 1 < len(pieces) else ""))
            has_tabs = has_tabs or "\t" in fields[-1][1]
            place += 2
            continue
        if not fields:
            return None
        if piece or place + 1 < len(pieces):
            code, value = fields[-1]
            fields[-1] = (code, f"{value}\t{piece}")
            has_tabs = True
        place += 1
    kind = fields[0][1]
    return CodedLine(kind if _KIND.fullmatch(kind) else None, tuple(fields), has_tabs)


def _with_text_in_one(pieces: list[str]) -> list[str]:
    """Return the pieces of a line with a message's text in one, whatever digits stand behind a tab in it.

    It ends where all that follows are codes of a message with their values, none of them again; where nothing follows
    so, with its first piece.
    """
    place = next((place for place in range(2, len(pieces), 2) if pieces[place] == _TEXT), None)
    if place is None or not any(piece.startswith(_MESSAGE) for piece in pieces[1:2]):
        return pieces
    before = pieces[0 : place + 1 : 2]
    ends = (end for end in range(place + 2, len(pieces)) if _CODE_OF_MESSAGE.fullmatch(pieces[end]))
    for end in islice(ends, _MOST_ENDS):
        if _is_rest_of_message(before, pieces[end:]):
            return [*pieces[: place + 1], "\t".join(pieces[place + 1 : end]), *pieces[end:]]
    return pieces


def _is_rest_of_message(before: list[str], pieces: list[str]) -> bool:
    """Whether pieces are codes with values; a code comes once, those of parties several times behind each other."""
    seen = set(before)
    last = None
    for code, value in zip_longest(pieces[::2], pieces[1::2], fillvalue=""):
        if not code and not value and last is not None:
            continue
        if not _CODE_OF_MESSAGE.fullmatch(code) or (code in seen and not (code == last and code in _OF_SEVERAL)):
            return False
        seen.add(code)
        last = code
    return True


def unfolded(value: str) -> str:
    """Return a value with the line ends that somebody typed, which stand in it as a backslash and an ``n``."""
    return value.replace(_LINE_END, "\n")
