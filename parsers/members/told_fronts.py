"""Whether a file of an archive or folder shows by its front that it is in a format of its own."""

from __future__ import annotations

from parsers.contract import Head
from parsers.errors import InputRefused
from parsers.registry import identify


def format_told(head: Head, name: str) -> str | None:
    """Return the parser of a member by its front. None: it has none that was looked at, or no format is told by it."""
    front = head.member_heads.get(name)
    if front is None:
        return None
    try:
        parser, _ = identify(
            Head(name=name.rpartition("/")[2], is_folder=False, first_bytes=front, mime_type="text/plain")
        )
    except InputRefused:
        return None
    return parser.name
