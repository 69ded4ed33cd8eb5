"""Lines of an entity whose key lost its colon or its tab, or has another mark in its place.

Where a file has a tab behind its keys, a known key in front of a tab is one: nobody types a tab.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from parsers.formats.xry_text.layout import Layout
from parsers.formats.xry_text.line_keys import LineKeys
from parsers.formats.xry_text.text_lines import Line
from parsers.formats.xry_text.views import TEXT_KEYS

_WORD: Final = re.compile(r"[^:\t]{1,40}")


def with_colons(lines: Sequence[Line], form: tuple[list[str], int, int], layout: Layout) -> list[Line] | None:
    """Return the lines of an entity with the colons that its keys should have. None: they have all.

    Args:
        lines: Those of the entity.
        form: The key of each line, where the text begins and where it ends.
        layout: What was learned of the file.
    """
    names, place, end = form
    if not layout.has_tabs:
        return None
    mended: dict[int, Line] = {}
    for at in range(place):
        if not names[at] and (line := _with_colon(lines[at], layout)) is not None:
            mended[at] = line
    # Of a text, only lines right in front of the keys behind it: what stands above them is its own.
    for at in range(end - 1, place, -1):
        line = _with_colon(lines[at], layout)
        if line is None or line.key.folded in names[:place] or line.key.folded in TEXT_KEYS:
            break
        mended[at] = line
    return [mended.get(at, line) for at, line in enumerate(lines)] if mended else None


def with_tabs(lines: Sequence[Line], form: tuple[list[str], int, int], layout: Layout) -> list[Line] | None:
    """Return the lines of an entity with the tabs that its keys behind the text should have. None: they have all.

    Only where the key that stands behind each text of the file is not there, and stands in what was taken for text,
    with a tab: from it on nothing but keys may stand, of which those without a tab are known as well. What somebody
    typed stands in front of the entity's own key.
    """
    names, place, end = form
    anchor = layout.anchor
    if not layout.has_tabs or not anchor or anchor in names[end:]:
        return None
    mended: dict[int, Line] = {}
    for at in range(end - 1, place, -1):
        key = lines[at].key
        if not key.size or "\t" not in key.separator or key.folded not in layout.known:
            line = _with_tab(lines[at], layout)
            if line is None or line.key.folded in names[:place]:
                return None
            mended[at] = line
        elif key.folded == anchor:
            return [mended.get(at, line) for at, line in enumerate(lines)] if mended else None
    return None


def _with_tab(line: Line, layout: Layout) -> Line | None:
    """Return a line with a colon and a tab behind the known key that it begins with. None: it begins with none."""
    found = _WORD.match(line.text)
    name = found[0].strip() if found is not None else ""
    while name and name.casefold() not in layout.known:
        name = name[:-1].rstrip()
    value = line.text[len(name) :].lstrip(": \t")
    if not name or not value or name.casefold() in TEXT_KEYS:
        return None
    text = f"{name}:\t{value}"
    return msgspec.structs.replace(line, text=text, key=LineKeys()[text])


def _with_colon(line: Line, layout: Layout) -> Line | None:
    """Return a line with a colon behind its key. None: it has one, or no key that is known."""
    front, tab, behind = line.text.partition("\t")
    if not tab or line.key.size:
        return None
    for name in (front.strip(), front.strip()[:-1].strip()):
        if name.casefold() in layout.known:
            text = f"{name}:\t{behind}"
            return msgspec.structs.replace(line, text=text, key=LineKeys()[text])
    return None
