"""What two walks over a file tell of it, before the third makes records: titles, layout, the order of its dates.

Both are needed because a text can hold anything, also lines that look like the report's own: only the whole file tells
which they are.
"""

from __future__ import annotations

from array import array
from typing import Final

import msgspec

from parsers.contract import Limits
from parsers.formats.xry_text.entities import Block, Blocks
from parsers.formats.xry_text.export_files import ExportFile, ExportSource
from parsers.formats.xry_text.header import read_header
from parsers.formats.xry_text.layout import Layout
from parsers.formats.xry_text.text_lines import TextLines
from parsers.formats.xry_text.times import DateOrders
from parsers.formats.xry_text.titles import KEY, Titles, find_titles
from parsers.formats.xry_text.views import KEYS, TEXT_KEYS, ViewKind

_TIME_KEYS: Final = {ViewKind.DEVICE: "data"}
"""Which key holds times; ``time`` in all other views. What is no date under it decides nothing."""


class FileSurvey(msgspec.Struct, frozen=True, kw_only=True):
    """What was learned of one file."""

    file: ExportFile
    titles: Titles
    layout: Layout
    orders: DateOrders
    is_utf16: bool


def survey_file(source: ExportSource, file: ExportFile, limits: Limits) -> FileSurvey:
    """Return what two walks over the file tell."""
    titles = Titles(category=None, lines=array("l"))
    with source.opened(file.member) as stream:
        lines = TextLines(stream, limits.text_chars)
        found = read_header(lines)
        if found is not None:
            titles = find_titles(found[1], found[0].count, is_crlf=found[0].is_crlf)
    survey = FileSurvey(
        file=file, titles=titles, layout=Layout(KEYS[file.kind]), orders=DateOrders(), is_utf16=lines.is_utf16
    )
    if file.kind is not ViewKind.OTHER:
        with source.opened(file.member) as stream:
            _learn(survey, Blocks(TextLines(stream, limits.text_chars), titles, limits.text_chars))
    survey.layout.settle()
    return survey


def _learn(survey: FileSurvey, blocks: Blocks) -> None:
    key = _TIME_KEYS.get(survey.file.kind, "time")
    for block in blocks:
        # The last one may have been cut in its text: it teaches nothing then, where there are others.
        if not block.is_last or len(survey.titles.lines) == 1 or _ends_in_key(block):
            survey.layout.learn(block.lines)
        for value in _values_of(block, key):
            survey.orders.add(value)


def _ends_in_key(block: Block) -> bool:
    """Whether the last line is a key with its value and its line end, and not the text's."""
    found = KEY.fullmatch(block.lines[-1].text) if block.lines and block.lines[-1].ending else None
    return found is not None and found[1].casefold() not in TEXT_KEYS


def _values_of(block: Block, key: str) -> list[str]:
    """Return the values under the key; of a message the last alone, for those above it may stand in its text."""
    found = [match for line in block.lines if (match := KEY.fullmatch(line.text)) and match[1].casefold() == key]
    values = [match[3].strip() for match in found]
    return values[-1:] if key == "time" else values
