"""Whether a file of an archive or folder shows by its front that it is in a format of its own."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Final

from parsers.contract import Head, names_member
from parsers.errors import InputRefused
from parsers.members.litter import is_named_as_litter
from parsers.members.neighbours import TAR_SUFFIXES, could_be_delivery
from parsers.registry import all_parsers, identify
from parsers.sqlite_pages import SQLITE_MAGIC
from parsers.zip_headers import LOCAL_MAGIC

_CONTAINERS: Final = (LOCAL_MAGIC, SQLITE_MAGIC)
"""What stands inside tells these."""

_ARCHIVES: Final = (".ufdr", ".zip", ".ab", ".7z", ".rar", ".gz", ".bz2", ".xz", *TAR_SUFFIXES)
_TOLD_BY_NAME: Final = (
    *_ARCHIVES,
    *(".csv", ".tsv", ".xlsx", ".xls", ".ods", ".vcf", ".vmg", ".xml", ".backup", ".smsbackup"),
)
"""Ends of names of what may be a delivery where its front was not looked at."""

AMONG_DELIVERIES: Final = 5
"""Score of a report beside which deliveries lie: below that of any archive or folder of files, which reads them all."""

_REFUSALS: Final = frozenset({"doctype_refused", "input_protected"})


def is_delivery(name: str, front: bytes) -> bool:
    """Whether a file is one that a reader takes by itself, by its front; an archive or a database may be."""
    return front.startswith(_CONTAINERS) or _told_by(name, front) is not None


def neighbour_test(head: Head) -> Callable[[str], bool]:
    """Return what tells whether a file beside a report could be a delivery: in a folder by its front, too.

    An empty file, a note, or one of which nothing is left that tells a format is none: a folder that holds one report
    is one delivery whatever else lies in it. Where the front was not looked at the name alone tells.
    """

    def could_be(name: str) -> bool:
        front = head.member_heads.get(name)
        if not could_be_delivery(name):
            return is_store_named_as_litter(name, front)
        if not head.is_folder:
            return True
        return front is None or is_delivery(name, front) or refused_by(name, front) is not None

    return could_be


def is_store_named_as_litter(name: str, front: bytes | None) -> bool:
    """Whether a file is a database under a name that systems give what they leave beside files."""
    return front is not None and front.startswith(SQLITE_MAGIC) and is_named_as_litter(name)


def deliveries_beside(head: Head, is_own: Callable[[str], bool]) -> frozenset[str]:
    """Return the files of an archive or folder that show that they are deliveries, and are none of a report's own.

    By their fronts, by the names that handsets give, and where the front was not looked at by the ends of their names.
    """
    return frozenset(name for name in head.members if not is_own(name) and _shows_delivery(head, name))


def own_among_deliveries(head: Head, is_own: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the files of a folder's report beside which deliveries lie, with what is none. Empty: none lies there."""
    others = deliveries_beside(head, is_own)
    return tuple(name for name in head.members if name not in others) if others else ()


def _shows_delivery(head: Head, name: str) -> bool:
    front = head.member_heads.get(name)
    if not could_be_delivery(name):
        return is_store_named_as_litter(name, front)
    if named_member(name) is not None:
        return True
    if front is None:
        return name.casefold().endswith(_TOLD_BY_NAME)
    return is_delivery(name, front) or refused_by(name, front) is not None


def own_beside_others(head: Head, own: Collection[str]) -> tuple[str, ...]:
    """Return the files of a report of several files at the top of a folder in which loose deliveries lie beside it.

    Empty: nothing lies there that could be one, or archives and folders do: then deliveries were collected there.

    Args:
        head: Of the folder.
        own: The report's own files.
    """
    could_be = neighbour_test(head)
    others = {name for name in head.members if name not in own and could_be(name)}
    if not others or any("/" in name or name.casefold().endswith(_ARCHIVES) for name in others):
        return ()
    return tuple(name for name in head.members if name not in others)


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
