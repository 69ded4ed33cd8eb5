"""Tells a chat of Signal from one that WhatsApp exported, which may have the same brackets in some regions."""

from __future__ import annotations

from typing import Final

from parsers.contract import Claim, Head
from parsers.formats.signal_text.line_starts import read_start
from parsers.plain_lines import front_lines

OWNER_NAME: Final = "Me"
"""How the tool calls the owner."""

_LOOKED_AT_LINES: Final = 400
_LINES_A_START: Final = 10
_SIGNAL: Final = "signal"
_MARKDOWN: Final = ".md"
_DIRECTION_MARK: Final = "\u200e"
_BEHIND_OTHERS: Final = 28
"""Below whatever tells a text that begins otherwise."""


def claim_on(head: Head) -> Claim | None:
    """Return the claim of this format on a file.

    iOS writes seconds and a direction mark, and never calls the owner ``Me``: a chat with seconds that shows nothing
    of Signal is left to the reader of WhatsApp's.
    """
    if head.is_folder or head.members:
        return None
    lines = front_lines(head.first_bytes, _LOOKED_AT_LINES)
    starts = [start for line in lines if (start := read_start(line)) is not None]
    if not starts or len(starts) * _LINES_A_START < len(lines):
        return None
    name = head.name.casefold()
    is_named = _SIGNAL in name or name.endswith(_MARKDOWN)
    has_owner = any(start.sender == OWNER_NAME for start in starts) and not any(
        _DIRECTION_MARK in line for line in lines
    )
    if starts[0].has_seconds and not is_named and not has_owner:
        return None
    if read_start(lines[0]) is None:
        return Claim(score=_BEHIND_OTHERS, reason="lines start as those of an exported chat of Signal")
    return Claim(
        score=65 if is_named or has_owner else 58, reason="begins as an exported chat of Signal: [date, time] name:"
    )
