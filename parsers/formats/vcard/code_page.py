"""Which code page the properties of a file are written in that state no character set and are no UTF-8.

Version 2.1 has no character set of its own, and programs wrote that of their Windows. Where any such property of the
file is UTF-8, the file is, and what is none of it was damaged.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from parsers.contract import Limits
from parsers.formats.vcard.cards import CardCutter
from parsers.formats.vcard.lone_returns import LineParter
from parsers.plain_lines import PlainLines
from parsers.sheets.code_pages import code_page_of
from parsers.vcard_properties import CHARSET, octets_of

_PIECE_BYTES: Final = 1 << 16
_MOST_BYTES: Final = 1 << 20
"""Octets by which the page is told; a phone book of a thousand names has fewer."""


def page_of(path: Path, limits: Limits) -> str | None:
    """Return the page, as Python names it. None: UTF-8, as far as the file does not say otherwise."""
    if _is_plain(path):
        return None
    odd: list[bytes] = []
    size = 0
    for raw in _unstated(path, limits):
        try:
            raw.decode()
        except UnicodeDecodeError:
            odd.append(raw)
            size += len(raw)
            if size > _MOST_BYTES:
                break
            continue
        return None
    return code_page_of(iter(odd)) if odd else None


def _is_plain(path: Path) -> bool:
    """Whether no octet of a file is above ASCII, nor is any coded."""
    before = b""
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE_BYTES):
            if not piece.isascii() or b"QUOTED-PRINTABLE" in (before + piece).upper():
                return False
            before = piece[-32:]
    return True


def _unstated(path: Path, limits: Limits) -> Iterator[bytes]:
    """Yield the octets above ASCII of each property that states no character set; not of a card that is cut off."""
    with path.open("rb") as stream:
        lines = PlainLines(stream, limits.text_chars)
        for card in CardCutter(limits.text_chars).cards(LineParter().lines(lines.raw_lines())):
            if card.is_ended:
                yield from (
                    raw for raw, parameters in octets_of(card.lines) if CHARSET not in parameters and not raw.isascii()
                )
