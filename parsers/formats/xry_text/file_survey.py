"""What a walk over a file tells of it, before another makes records: titles, layout, the order of its dates.

It is needed because a text can hold anything, also lines that look like the report's own: only the whole file tells
which they are. Layout and dates are learned as if every title were one; where one was not, a walk of their own follows.
"""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Iterator
from typing import Final

import msgspec

from parsers.byte_streams import ByteStream
from parsers.contract import Limits
from parsers.formats.xry_text.blocks import Block, Blocks
from parsers.formats.xry_text.export_files import ExportFile, ExportSource
from parsers.formats.xry_text.header import portions_behind_header, read_header
from parsers.formats.xry_text.layout import Layout
from parsers.formats.xry_text.text_lines import TextLines
from parsers.formats.xry_text.times import DateOrders
from parsers.formats.xry_text.titles import Titles, TitleSurvey, closes, find_titles
from parsers.formats.xry_text.views import KEYS, ViewKind
from parsers.sheets.text_encoding import CHUNK_BYTES, page_of

_TIME_KEYS: Final = {ViewKind.DEVICE: "data"}
"""Which key holds times; ``time`` in all other views. What is no date under it decides nothing."""


class FileSurvey(msgspec.Struct, frozen=True, kw_only=True):
    """What was learned of one file.

    Attributes:
        page: Code page of Windows in which it is written. None: it is UTF-8 or UTF-16.
    """

    file: ExportFile
    titles: Titles
    layout: Layout
    orders: DateOrders
    is_utf16: bool
    has_nuls: bool
    page: str | None = None

    def lines_of(self, stream: ByteStream, limits: Limits) -> TextLines:
        """Return the lines of the report, from the file at its beginning."""
        return TextLines(stream, limits.text_chars, page=self.page, first_line=self.file.first_line)


def survey_file(source: ExportSource, file: ExportFile, limits: Limits) -> FileSurvey:
    """Return what the file tells as a whole."""
    survey, has_invalid = _surveyed(source, file, limits, None)
    if not has_invalid:
        return survey
    page = page_of(lambda: _pieces(source, file))
    return survey if page is None else _surveyed(source, file, limits, page)[0]


def _pieces(source: ExportSource, file: ExportFile) -> Iterator[bytes]:
    with source.opened(file.member, file.first_line) as stream:
        while piece := stream.read(CHUNK_BYTES):
            yield piece


def _surveyed(source: ExportSource, file: ExportFile, limits: Limits, page: str | None) -> tuple[FileSurvey, bool]:
    """Return what the file tells, and whether places of it are no UTF-8."""
    learns = file.kind is not ViewKind.OTHER
    titles = Titles(category=None, lines=array("l"))
    learned = _Learned(file.kind)
    with source.opened(file.member, file.first_line) as stream:
        lines = TextLines(stream, limits.text_chars, page=page, first_line=file.first_line)
        found = read_header(lines)
        if found is not None:
            seen = TitleSurvey()
            watched = seen.watched(found[1])
            if learns:
                learned.learn(Blocks(lines, watched, seen.lines, limits.text_chars))
            # What the limit on one entity left, or everything.
            deque(watched, maxlen=0)
            titles = find_titles(seen, found[0].count, is_crlf=found[0].is_crlf)
        has_invalid = lines.has_invalid
    if learns and titles.rejected_count:
        learned = _Learned(file.kind)
        with source.opened(file.member, file.first_line) as stream:
            lines = TextLines(stream, limits.text_chars, page=page, first_line=file.first_line)
            learned.learn(Blocks(lines, portions_behind_header(lines), titles.lines, limits.text_chars))
    learned.layout.settle()
    survey = FileSurvey(
        file=file,
        titles=titles,
        layout=learned.layout,
        orders=learned.orders,
        is_utf16=lines.is_utf16,
        has_nuls=lines.has_nuls,
        page=page,
    )
    return survey, has_invalid


class _Learned:
    """What the entities of a file tell of it."""

    def __init__(self, kind: ViewKind) -> None:
        self.layout = Layout(KEYS[kind])
        self.orders = DateOrders()
        self._time_key = _TIME_KEYS.get(kind, "time")

    def learn(self, blocks: Blocks) -> None:
        is_only = True
        for block in blocks:
            # The last one may have been cut in its text: it teaches nothing then, where there are others.
            if not block.is_last or is_only or _ends_in_key(block):
                self.layout.learn(block.lines)
            is_only = False
            for value in _values_of(block, self._time_key):
                self.orders.add(value)


def _ends_in_key(block: Block) -> bool:
    """Whether the last line is a key with its value and its line end, and not the text's."""
    return bool(block.lines) and bool(block.lines[-1].ending) and closes(block.lines[-1].key)


def _values_of(block: Block, key: str) -> list[str]:
    """Return the values under the key; of a message the last alone, for those above it may stand in its text."""
    found = [line for line in block.lines if line.key.folded == key]
    if key == "time":
        found = found[-1:]
    return [line.text[line.key.size :].strip() for line in found]
