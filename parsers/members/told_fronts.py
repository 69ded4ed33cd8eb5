"""Whether a file of an archive or folder shows by its front that it is in a format of its own."""

from __future__ import annotations

from typing import Final

from parsers.contract import Head, names_member
from parsers.errors import InputRefused
from parsers.registry import all_parsers, identify
from parsers.sqlite_pages import SQLITE_MAGIC

_CONTAINERS: Final = (b"PK\x03\x04", SQLITE_MAGIC)
"""What stands inside tells these."""

_REFUSALS: Final = frozenset({"doctype_refused", "input_protected"})


def is_delivery(name: str, front: bytes) -> bool:
    """Whether a file is one that a reader takes by itself, by its front; an archive or a database may be."""
    return front.startswith(_CONTAINERS) or _told_by(name, front) is not None


def named_member(path: str) -> str | None:
    """Return the parser of a file that a handset keeps under this name. None: the name says nothing."""
    return next((parser.name for parser in all_parsers() if names_member(parser, path)), None)


def format_told(head: Head, name: str) -> str | None:
    """Return the parser of a member by its front. None: it has none that was looked at, or no format is told by it."""
    front = head.member_heads.get(name)
    return None if front is None else _told_by(name, front)


def refused_by(name: str, front: bytes) -> str | None:
    """Return the parser that knows a file as one of its own format by its front, and refuses it. None: there is none.

    A document type alone says nothing: drawings and web pages have one.
    """
    head = _head(name, front)
    try:
        identify(head)
    except InputRefused as refused:
        if refused.code in _REFUSALS:
            claims = [(claim.score, parser.name) for parser in all_parsers() if (claim := parser.identify(head))]
            return max(claims)[1] if claims else None
    return None


def _told_by(name: str, front: bytes) -> str | None:
    try:
        parser, _ = identify(_head(name, front))
    except InputRefused:
        return None
    return parser.name


def _head(name: str, front: bytes) -> Head:
    return Head(name=name.rpartition("/")[2], is_folder=False, first_bytes=front, mime_type="text/plain")
