"""Boxes and lines of small graphs, as places in a drawing 1,000 wide. The pages draw them as inline SVG."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

WIDTH = 1000.0
BOX_HEIGHT = 32.0
_LABEL_CHARS = 18


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
        """What stands in it: a first line, and the case of a phone under it."""
        first, _, case = self.title.partition(" (case ")
        if self.kind != "phone" or not case:
            return self.label, ""
        return short(first), short(case.removesuffix(")"))

    @property
    def is_cut(self) -> bool:
        """Whether not all of its title stands in it."""
        first, case = self.words
        return self.title not in {first, f"{first} (case {case})"}

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

    ``past`` is a part of the way from a number to the one that took over, where it leads past others; ``followed`` ends
    at the box.
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


def short(text: str) -> str:
    """Return a label that fits into its box."""
    return text if len(text) <= _LABEL_CHARS else text[: _LABEL_CHARS - 3] + "..."


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
