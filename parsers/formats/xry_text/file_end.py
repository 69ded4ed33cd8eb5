"""How a file ends: whole, or cut off in the middle of a copy. A text file has no mark of its own at its end."""

from __future__ import annotations

from enum import Enum

from parsers.formats.xry_text.entities import Entity
from parsers.formats.xry_text.file_survey import FileSurvey
from parsers.formats.xry_text.layout import Layout
from parsers.formats.xry_text.text_lines import TextLines


class FileEnd(Enum):
    """What the last line and the last entity show.

    ``OPEN``: the last line has no end, or no empty line behind it where no other entity ends so, and nothing else is
    missing: some programs write it so, and a copy that lost a few lines looks the same. ``OPEN_TEXT``: likewise, and
    that line is of a text, which may be cut. ``CUT``: an entity is not whole.
    """

    WHOLE = "whole"
    OPEN = "open"
    OPEN_TEXT = "open text"
    CUT = "cut"


def end_of(lines: TextLines, survey: FileSurvey, entity: Entity, *, has_blank_behind: bool) -> FileEnd:
    """Return how a file ends.

    Args:
        lines: The lines, read to their end.
        survey: What the whole file shows.
        entity: The last one, as it stands.
        has_blank_behind: Whether an empty line stands behind it, as between any two.
    """
    has_octet_alone = lines.is_torn and not lines.is_open and has_blank_behind
    if lines.is_torn and not has_octet_alone:
        return FileEnd.CUT
    ends_in_text = entity.text is not None and entity.has_text_last
    if ends_in_text and survey.layout.closes_texts:
        return FileEnd.CUT
    count = survey.file.header.count
    is_short = count is not None and len(survey.titles.lines) < count
    may_be_in_text = ends_in_text and (has_octet_alone or not has_blank_behind)
    if is_short and (lines.is_open or may_be_in_text):
        return FileEnd.CUT
    # A lone octet may have been of a text that goes on behind an empty line.
    if not lines.is_open and has_blank_behind and not may_be_in_text:
        return FileEnd.WHOLE
    if ends_in_text:
        return FileEnd.OPEN_TEXT
    end = _end_behind_key(survey.layout, entity, is_open=lines.is_open)
    # An only entity shows no usual end but its own.
    is_shown = len(survey.titles.lines) > 1
    may_go_on = is_short or (not is_shown and entity.text is None)
    return FileEnd.OPEN if end is FileEnd.WHOLE and may_go_on else end


def _end_behind_key(layout: Layout, entity: Entity, *, is_open: bool) -> FileEnd:
    """Return how a file ends whose last line is a key, without a line end or without an empty line behind it."""
    last_key = entity.fields[-1].key if entity.fields else ""
    is_usual = layout.is_usual_end(last_key, is_learned=not is_open) if last_key else False
    lacks_text = entity.text is None and layout.has_texts
    if is_usual is None:
        is_usual = not lacks_text
    if is_open:
        return FileEnd.OPEN if is_usual else FileEnd.CUT
    if is_usual:
        return FileEnd.WHOLE
    return FileEnd.CUT if lacks_text else FileEnd.OPEN
