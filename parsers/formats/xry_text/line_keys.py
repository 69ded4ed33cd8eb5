"""The key that a line begins with, found once a line: a report has few, and writes one in front of every value."""

from __future__ import annotations

from typing import Final

import msgspec

from parsers.formats.xry_text.views import SIDES

_MOST_KEY_CHARS: Final = 40
_BLANKS: Final = " \t"
_MOST_KNOWN: Final = 4_096
_MOST_KNOWN_CHARS: Final = 80


class LineKey(msgspec.Struct, frozen=True, eq=False, gc=False):
    """What stands in front of the value of a line; lines with the same there mostly share one, and equal by identity.

    Attributes:
        name: The key as written, 1 to 40 characters. Empty: the line has none.
        folded: In lower case. Of a line without a key, the namespace that it is, else empty.
        separator: The colon's blanks: what stands between it and the value.
        size: Characters in front of the value; 0 for a line without a key.
        has_value: Whether anything stands behind.
    """

    name: str
    folded: str
    separator: str
    size: int
    has_value: bool


_NO_KEY: Final = LineKey("", "", "", 0, False)  # noqa: FBT003 - a field


class LineKeys(dict[str, LineKey]):
    """The key of each line of one file, asked as a dictionary is: half of the lines of a report come again as they are.

    Bounded, whatever the lines hold.
    """

    __slots__ = ("_bare", "_empty", "_filled")

    def __init__(self) -> None:
        super().__init__()
        self._filled: dict[str, LineKey] = {}
        self._empty: dict[str, LineKey] = {}
        self._bare: dict[str, LineKey] = {}

    def __missing__(self, text: str) -> LineKey:
        """Find the key of a line that is not known: up to the first colon, without a tab in it, blanks around it."""
        _, colon, rest = text.partition(":")
        if colon and (value := rest.lstrip(_BLANKS)):
            front = text[: -len(value)]
            key = self._filled.get(front)
            if key is None:
                key = self._kept(self._filled, front, _key(front, has_value=True))
        elif colon:
            key = self._empty.get(text) or self._kept(self._empty, text, _key(text, has_value=False))
        elif len(text) > _MOST_KEY_CHARS:
            key = _bare(text.strip() if text[:1].isspace() or text[-1:].isspace() else "")
        else:
            key = self._bare.get(text) or self._kept(self._bare, text, _bare(text.strip()))
        if len(text) <= _MOST_KNOWN_CHARS:
            if len(self) >= _MOST_KNOWN:
                self.clear()
            self[text] = key
        return key

    @staticmethod
    def _kept(known: dict[str, LineKey], text: str, key: LineKey) -> LineKey:
        if len(text) <= _MOST_KNOWN_CHARS:
            if len(known) >= _MOST_KNOWN:
                known.clear()
            known[text] = key
        return key


def _bare(word: str) -> LineKey:
    folded = word.casefold()
    return LineKey("", folded, "", 0, False) if folded in SIDES else _NO_KEY  # noqa: FBT003 - a field


def _key(front: str, *, has_value: bool) -> LineKey:
    """Return the key of what stands in front of a value, with the first colon in it."""
    head, _, separator = front.partition(":")
    name = head.strip(_BLANKS)
    if not name or len(name) > _MOST_KEY_CHARS or "\t" in name:
        # With a colon, no line is a namespace either.
        return _NO_KEY
    return LineKey(name, name.casefold(), separator, len(front), has_value)
