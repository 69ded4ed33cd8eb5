"""Cuts the lines of a file into blocks: a title, and what stands behind it up to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from parsers.formats.xry_text.header import TITLE
from parsers.formats.xry_text.text_lines import Line, TextLines, settle


class Block(msgspec.Struct, frozen=True):
    """The lines of an entity: its title, and those behind it without the empty ones at the end.

    Attributes:
        blank_count: Empty lines at the end.
        has_zeros_behind: Whether nothing but zeros stands behind these: the entity is whole, the file may not be.
    """

    title: Line
    lines: list[Line]
    blank_count: int
    is_last: bool
    has_zeros_behind: bool = False


class Blocks:
    """Cuts the lines of a file, behind its header, into blocks.

    Attributes:
        leading_count: Lines with something in them in front of the first title.
        cut_title: Locator of the entity in which the limit was reached. None: it was not.
        is_over_limit: Whether an entity was longer than the limit, so that reading stopped in it.
    """

    def __init__(
        self, lines: TextLines, behind: Iterable[Sequence[Line]], titles: Sequence[int], most_chars: int
    ) -> None:
        """Take the lines.

        Args:
            lines: The file that they are of.
            behind: Those behind its header, in portions, none of which is empty.
            titles: Numbers of those that are titles, ascending; each known at the latest when its portion comes.
            most_chars: Most characters of one entity.
        """
        self.leading_count = 0
        self.cut_title: str | None = None
        self.is_over_limit = False
        self._lines = lines
        self._behind = behind
        self._titles = titles
        self._most_chars = most_chars

    def __iter__(self) -> Iterator[Block]:
        """Yield the blocks, in order."""
        titles, place = self._titles, 0
        title: Line | None = None
        held: list[Line] = []
        held_chars = 0
        for portion in self._behind:
            start, first = 0, portion[0].number
            while start < len(portion):
                has_title = place < len(titles) and titles[place] < first + len(portion)
                end = titles[place] - first if has_title else len(portion)
                lines = portion[start:end]
                if title is None:
                    self.leading_count += sum(not line.is_blank for line in lines)
                else:
                    held += lines
                    held_chars += sum([len(line.text) for line in lines]) + len(lines)
                    if held_chars > self._most_chars:
                        self.is_over_limit, self.cut_title = True, locator_of(title)
                        return
                if has_title:
                    if title is not None:
                        yield _block(title, held, is_last=False)
                    title, held, held_chars = portion[end], [], 0
                    place += 1
                start = end + 1
        if title is not None and self._lines.is_over_limit:
            self.cut_title = locator_of(title)
        elif title is not None:
            yield _block(title, held, is_last=True)


def _block(title: Line, lines: list[Line], *, is_last: bool) -> Block:
    blank_count = 0
    has_zeros_behind = is_last and len(lines) > 1 and lines[-2].is_blank and _is_zeros(lines[-1].text)
    if has_zeros_behind:
        lines.pop()
    while lines and not lines[-1].text.strip(" \t"):
        lines.pop()
        blank_count += 1
    return Block(title, lines, blank_count, is_last, has_zeros_behind)


def _is_zeros(text: str) -> bool:
    return bool(text) and not text.strip("\x00")


def locator_of(title: Line) -> str:
    """Return where an entity stands: category, number and line of its title."""
    found = TITLE.fullmatch(title.text)
    assert found is not None
    return f"{settle(found[1], is_utf16=True)[0]} {found[2]}, line {title.number}"
