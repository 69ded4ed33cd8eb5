"""Says of a text that no parser reads why: its encoding, or rows that do not fit their headings."""

from __future__ import annotations

import codecs
from typing import Final

from parsers.contract import Head
from parsers.sheets.rows import Row
from parsers.sheets.text_encoding import encoding_of_text
from parsers.tables.columns import columns_of

_UTF_32_MARKS: Final = ((codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"))
_UTF_32_BYTES: Final = 4_096
_FEWEST_CHARS: Final = 16
_PLAIN_SHARE: Final = 0.9
_DELIMITERS: Final = (",", ";", "\t", "|")
_HEADINGS_WITHIN: Final = 50
_LOOKED_AT_LINES: Final = 300
_FRONT_BYTES: Final = 64 * 1024


def is_utf_32(first_bytes: bytes) -> bool:
    """Whether a file is a text of four bytes a character, by its mark or by what its bytes become."""
    front = first_bytes[: min(len(first_bytes), _UTF_32_BYTES) // 4 * 4]
    for mark, encoding in _UTF_32_MARKS:
        try:
            text = front.decode(encoding)
        except UnicodeDecodeError:
            continue
        plain = sum(char in "\t\r\n" or (char.isascii() and char.isprintable()) for char in text)
        if front.startswith(mark) or (len(text) >= _FEWEST_CHARS and plain >= len(text) * _PLAIN_SHARE):
            return True
    return False


def ragged_rows(head: Head) -> str | None:
    """Return how many cells the headings and the rows of a table have, where they differ. None: no headings are known.

    Where most rows do, nothing tells which of a row's cells are of one text.
    """
    encoding = encoding_of_text(head.first_bytes)
    lines = head.first_bytes[encoding.mark_bytes :].decode(encoding.name, "replace").splitlines()
    if len(head.first_bytes) >= _FRONT_BYTES:
        lines.pop()
    rows = [line for line in lines[:_LOOKED_AT_LINES] if line.strip()]
    for place, line in enumerate(rows[:_HEADINGS_WITHIN]):
        for delimiter in _DELIMITERS:
            cells = [cell.strip().strip('"') for cell in line.split(delimiter)]
            if len(cells) < 2 or columns_of(Row(number=place, cells=cells), head.name) is None:
                continue
            widths = {row.count(delimiter) + 1 for row in rows[place + 1 :]}
            if widths <= {len(cells)}:
                return None
            shown = " to ".join(str(width) for width in sorted({min(widths), max(widths)}))
            return f"{len(cells)} in the headings, {shown} in the rows"
    return None
