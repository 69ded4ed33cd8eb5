"""Boxes and lines of small graphs, as places in a drawing 1,000 wide. The pages draw them as inline SVG."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from search.reports.accounts import is_named_account

WIDTH = 1000.0
BOX_HEIGHT = 32.0
_LABEL_CHARS = 18
_WIDEST = 150.0
_CHAR_WIDTH = 8.2
"""Of the letters of a label, bold ones too; those of what stands under it are smaller."""
_SMALLER = 1.25
_CUT = "..."


class Box(msgspec.Struct, frozen=True):
    """A phone, a number or a line: its upper left corner, its width, its label, and a title in full.

    ``kind`` is ``phone``, ``number``, ``line`` or ``more`` (how many are left out).
    """

    x: float
    y: float
    width: float
    kind: str
    label: str
    title: str

    @property
    def words(self) -> tuple[str, str]:
        """What stands in it: a first line, and a second one under it, which may be empty.

        Under it stands the case of a phone, what tells a line from others, or of which application an account is.
        """
        if self.kind == "number" and is_named_account(self.title):
            service, _, account = self.title.rpartition(" ")
            return short(account, self.width), short(service, self.width * _SMALLER)
        mark = {"phone": " (case ", "line": " ("}.get(self.kind)
        first, _, rest = self.title.partition(mark) if mark else (self.title, "", "")
        if not rest:
            return (self.label if self.kind == "more" else short(self.label, self.width)), ""
        return short(first, self.width), short(rest.removesuffix(")"), self.width * _SMALLER)

    @property
    def is_cut(self) -> bool:
        """Whether not all of its title stands in it."""
        first, case = self.words
        return self.title not in {first, f"{first} (case {case})", f"{first} ({case})", f"{case} {first}"}

    @property
    def middle(self) -> float:
        """Where its middle lies from the left."""
        return round(self.x + self.width / 2, 1)

    @property
    def bottom(self) -> float:
        """Where it ends from the top."""
        return self.y + BOX_HEIGHT


class Tie(msgspec.Struct, frozen=True):
    """A line between two boxes. ``kind`` is ``adverts``, ``contact`` or ``followed``.

    ``past`` is a part of the way from a number to the one that took over, where it leads past others, or all of it to
    one in use beside it; ``followed`` ends at the box.
    """

    x1: float
    y1: float
    x2: float
    y2: float
    kind: str


class Drawing(msgspec.Struct, frozen=True):
    """A graph with its height."""

    height: float
    boxes: tuple[Box, ...]
    ties: tuple[Tie, ...]
    note: str = ""
    """What is left out of it, in a sentence; empty where nothing is."""


def short(text: str, width: float = _WIDEST) -> str:
    """Return a label that fits into its box of a width; what is long is cut in its middle: ends tell names apart."""
    chars = min(_LABEL_CHARS, int(width / _CHAR_WIDTH))
    if len(text) <= chars:
        return text
    behind = (chars - len(_CUT)) // 2
    return f"{text[: chars - len(_CUT) - behind].rstrip()}{_CUT}{text[len(text) - behind :].lstrip()}"


def row_of(labels: Sequence[tuple[str, str, str]], y: float, widest: float) -> list[Box]:
    """Return boxes in a row, spread over the width.

    Args:
        labels: Kind, label and title of each.
        y: Where the row begins from the top.
        widest: Width that a box has at most.
    """
    if not labels:
        return []
    step = WIDTH / len(labels)
    width = min(widest, step - 10)
    return [
        Box(round(step * place + (step - width) / 2, 1), y, round(width, 1), kind, label, title)
        for place, (kind, label, title) in enumerate(labels)
    ]
